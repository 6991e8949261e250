/* An order read again, against what its entry recorded: every difference is shown, nothing is changed. */
#include <string.h>

#include "metier/actes.h"
#include "metier/commande_fait.h"
#include "registre/base.h"
#include "registre/journal.h"

struct comparant {
    struct contexte *ctx;
    struct feuille *f;
    const struct commande_lue *o;
    int64_t existante;
    struct arene *a;
    enum comparaison resultat;
};

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* The column of the sheet that a field of the fact comes from. */
static size_t colonne_du_champ(enum fait_champ champ)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const char *cle = champ == CE_DEJA_EQUIPE_DEPUIS ? "deja_equipe" : champ_forme(champ)->cle;
    if (champ == CE_ESSMS)
        return C_MONTANT_HT_ESSMS;
    for (size_t i = 0; i < n; i++)
        if (strcmp(champs[i].nom, cle) == 0)
            return i;
    return C_NUMERO;
}

static struct diag *dire(struct comparant *c, enum fait_champ champ, const char *quoi, size_t ligne)
{
    size_t colonne = colonne_du_champ(champ);
    if (!feuille_colonne_presente(c->f, colonne))
        colonne = C_NUMERO;
    const struct lieu lieu = feuille_lieu(c->f, ligne, colonne);
    struct diag *d = diag_erreur(c->ctx->diags, E_DIFFERENT, "la commande %.*s est déjà enregistrée : %s diffère", (int)c->o->numero.len,
                                 c->o->numero.bytes, quoi);
    diag_lieu(d, &lieu);
    c->resultat = COMPARAISON_DIFFERENTE;
    return d;
}

static void lignes_dire(const struct fait_valeur *v, struct buffer *b)
{
    struct ligne_bon lignes[LIGNES_MAX], ligne;
    uint32_t n = 0;
    for (int64_t i = 0; i < v->n; i++)
        if (ligne_fait_lire(v->liste[i], &ligne))
            lignes_ajouter(lignes, &n, &ligne);
    lignes_ecrire(lignes, n, b);
}

/* As people write it. */
static void valeur_dire(const struct fait *f, enum fait_champ champ, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX], j[JOUR_TEXTE_MAX];
    if (!fait_get(f, champ)->present)
        buffer_puts(b, "(vide)");
    else if (champ_forme(champ)->type == CHAMP_MONTANT)
        buffer_puts(b, montant_fr(fait_montant(f, champ), t));
    else if (champ_forme(champ)->type == CHAMP_TAUX)
        buffer_puts(b, taux_fr(fait_taux(f, champ), t));
    else if (champ_forme(champ)->type == CHAMP_JOUR)
        buffer_puts(b, jour_fr(fait_jour(f, champ), j));
    else if (champ == CE_LIGNES)
        lignes_dire(fait_get(f, champ), b);
    else
        fait_valeur_ecrire(f, champ, b);
}

static void dire_champ(struct comparant *c, const struct fait *avant, const struct fait *apres, enum fait_champ champ)
{
    const size_t source = c->o->source[colonne_du_champ(champ)];
    const char *quoi = champ == CE_CALCULES ? "ce qui est calculé, non lu," : champ_forme(champ)->cle;
    struct buffer a = {0}, b = {0};
    struct diag *d = dire(c, champ, quoi, source != 0 ? source - 1 : c->o->ligne);
    if (champ != CE_SIGNATAIRE) {
        valeur_dire(avant, champ, &a);
        valeur_dire(apres, champ, &b);
        diag_trouve(d, "%s", b.bytes);
        diag_attendu(d, "%s", a.bytes);
    }
    buffer_free(&a);
    buffer_free(&b);
}

/* --- lists of `<finess> …` ---------------------------------------------------------------------------------------- */

/* Cuts the number off; of `<ht> <ttc> <ht read>` keeps what was read, the shares follow from it. */
static struct slice item_couper(struct slice item, enum fait_champ champ, struct slice *numero)
{
    const char *p = memchr(item.bytes, ' ', item.len), *fin = item.bytes + item.len;
    *numero = (struct slice){item.bytes, p == NULL ? item.len : (size_t)(p - item.bytes)};
    if (p == NULL)
        return (struct slice){fin, 0};
    for (const char *q = p + 1; champ == CE_ESSMS && q < fin; q++)
        if (*q == ' ')
            p = q;
    return (struct slice){p + 1, (size_t)(fin - p - 1)};
}

/* Row of that ESSMS; SIZE_MAX when the order no longer has it. */
static size_t ligne_essms(const struct comparant *c, struct slice numero)
{
    char t[FINESS_TEXTE_MAX];
    for (uint32_t i = 0; i < c->o->n_essms; i++)
        if (slice_equals(numero, finess_texte(c->o->essms[i].et, t)))
            return c->o->essms[i].ligne;
    return SIZE_MAX;
}

static const char *part_dire(struct slice part, enum fait_champ champ, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    int64_t n = 0;
    buffer_clear(b);
    if (champ != CE_ESSMS || slice_equals(part, "-")) {
        buffer_append(b, part.bytes, champ == CE_ESSMS ? 0 : part.len);
        buffer_puts(b, champ == CE_ESSMS ? "dans la commande, sans montant propre" : "");
        return b->bytes;
    }
    for (size_t i = 0; i < part.len; i++)
        n = n * 10 + (part.bytes[i] - '0');
    buffer_puts(b, montant_fr(montant_of(n), t));
    return b->bytes;
}

static void dire_item(struct comparant *c, enum fait_champ champ, const struct slice *avant, const struct slice *apres)
{
    struct buffer quoi = {0}, b = {0};
    struct slice numero, part = {NULL, 0};
    const char *vide = champ == CE_ESSMS ? "absent de la commande" : "(vide)";
    part = item_couper(avant != NULL ? *avant : *apres, champ, &numero);
    const size_t ligne = ligne_essms(c, numero);
    if (ligne == SIZE_MAX && champ != CE_ESSMS)
        return; /* said once, of the ESSMS itself */
    buffer_printf(&quoi, champ == CE_ESSMS ? "l'ESSMS %.*s" : champ == CE_COMMUNE ? "la commune de %.*s" : "le libellé de %.*s",
                  (int)numero.len, numero.bytes);
    struct diag *d = dire(c, champ, quoi.bytes, ligne == SIZE_MAX ? c->o->ligne : ligne);
    diag_attendu(d, "%s", avant != NULL ? part_dire(part, champ, &b) : vide);
    if (apres != NULL)
        part = item_couper(*apres, champ, &numero);
    diag_trouve(d, "%s", apres != NULL ? part_dire(part, champ, &b) : vide);
    buffer_free(&quoi);
    buffer_free(&b);
}

static int slice_cmp(struct slice a, struct slice b)
{
    const int r = memcmp(a.bytes, b.bytes, a.len < b.len ? a.len : b.len);
    return r != 0 ? r : a.len < b.len ? -1 : a.len > b.len;
}

/* Both lists are sorted by number. */
static void comparer_liste(struct comparant *c, const struct fait *avant, const struct fait *apres, enum fait_champ champ)
{
    const struct fait_valeur *x = fait_get(avant, champ), *y = fait_get(apres, champ);
    const int64_t nx = x->present ? x->n : 0, ny = y->present ? y->n : 0;
    for (int64_t i = 0, k = 0; i < nx || k < ny;) {
        struct slice ni, nk;
        const struct slice pi = i < nx ? item_couper(x->liste[i], champ, &ni) : (struct slice){NULL, 0};
        const struct slice pk = k < ny ? item_couper(y->liste[k], champ, &nk) : (struct slice){NULL, 0};
        const int ordre = i == nx ? 1 : k == ny ? -1 : slice_cmp(ni, nk);
        if (ordre != 0 || slice_cmp(pi, pk) != 0)
            dire_item(c, champ, ordre <= 0 ? &x->liste[i] : NULL, ordre >= 0 ? &y->liste[k] : NULL);
        i += ordre <= 0;
        k += ordre >= 0;
    }
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

static bool comparer_piece(struct comparant *c)
{
    const struct piece_ref *ref = &c->o->piece_ref;
    if (!c->o->piece)
        return true;
    sqlite3_stmt *s = registre_stmt(c->ctx->registre, "select 1 from piece_jointe where commande = ?1 and role = ?2 and empreinte = ?3",
                                    c->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, c->existante);
    lier_n(s, 2, (int64_t)ref->role);
    lier_octets(s, 3, ref->empreinte.octets, sizeof ref->empreinte.octets);
    const int la = registre_suivant(c->ctx->registre, s, c->ctx->diags);
    sqlite3_finalize(s);
    if (la == 0)
        diag_a_faire(dire(c, CE_PIECE, "la pièce", c->o->source[C_PIECE] - 1),
                     "sons commande joindre %.*s FICHIER --role bon_de_commande", (int)c->o->numero.len, c->o->numero.bytes);
    return la >= 0;
}

static bool meme_champ(const struct fait *x, const struct fait *y, enum fait_champ champ)
{
    const struct fait_valeur *a = fait_get(x, champ), *b = fait_get(y, champ);
    for (int64_t i = 0; champ_forme(champ)->liste && a->present && b->present && a->n == b->n && i < a->n; i++)
        if (slice_cmp(a->liste[i], b->liste[i]) != 0)
            return false;
    return a->present == b->present && (!a->present || (a->n == b->n && a->texte.len == b->texte.len &&
                                                        (a->texte.len == 0 || memcmp(a->texte.bytes, b->texte.bytes, a->texte.len) == 0)));
}

/* The commitment is made again under the salt kept; an erased name cannot be compared: taken as the same. */
static bool engagement_refaire(struct comparant *c, const struct fait *avant, struct fait *apres)
{
    struct sel sel;
    struct buffer nom = {0};
    char hex[EMPREINTE_HEX];
    const int lu = personne_lire(c->ctx->registre, c->existante, "signataire", &nom, &sel, c->ctx->diags);
    buffer_free(&nom);
    if (lu < 0)
        return false;
    if (lu == 0 && fait_get(avant, CE_SIGNATAIRE)->present) {
        fait_put_slice(apres, CE_SIGNATAIRE, fait_slice(avant, CE_SIGNATAIRE));
    } else if (c->o->signataire.len > 0) {
        const struct sel neuf = lu == 1 ? sel : sel_tirer();
        const struct empreinte e = engagement(&neuf, c->o->signataire.bytes, c->o->signataire.len);
        fait_put_slice(apres, CE_SIGNATAIRE, (struct slice){arene_strndup(c->a, empreinte_hex(&e, hex), EMPREINTE_HEX - 1),
                                                            EMPREINTE_HEX - 1});
    }
    return true;
}

static bool comparer_entree(void *ctx, int64_t numero, struct slice octets)
{
    struct comparant *c = ctx;
    struct entree e;
    struct fait apres;
    if (!entree_lire(octets, c->a, &e) || e.fait.type != FAIT_COMMANDE_ENREGISTREE) {
        diag_erreur(c->ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)numero);
        return false;
    }
    commande_fait_sans_nom(c->o, c->a, &apres);
    if (!engagement_refaire(c, &e.fait, &apres))
        return false;
    c->resultat = COMPARAISON_IDENTIQUE;
    const struct fait_forme *forme = fait_forme(FAIT_COMMANDE_ENREGISTREE);
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ champ = (enum fait_champ)(forme->premier + i);
        if (champ == CE_PIECE)
            continue;
        if (champ_forme(champ)->liste && champ != CE_LIGNES)
            comparer_liste(c, &e.fait, &apres, champ);
        else if (!meme_champ(&e.fait, &apres, champ))
            dire_champ(c, &e.fait, &apres, champ);
    }
    if (!comparer_piece(c))
        c->resultat = COMPARAISON_FAUTE;
    return true;
}

enum comparaison commande_comparer(struct contexte *ctx, struct feuille *f, const struct commande_lue *o, int64_t existante,
                                   struct arene *a)
{
    struct comparant c = {ctx, f, o, existante, a, COMPARAISON_FAUTE};
    (void)journal_parcourir(ctx->registre, existante, existante, comparer_entree, &c, ctx->diags);
    return c.resultat;
}
