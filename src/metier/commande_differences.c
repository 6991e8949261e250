/* The differences between an order read and its recorded content, told. */
#include <string.h>

#include "metier/actes.h"
#include "metier/commande_fusion_interne.h"

size_t colonne_du_champ(enum fait_champ champ)
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

/* --- values ------------------------------------------------------------------------------------------------------ */

static void lignes_dire(const struct fait_valeur *v, struct buffer *b)
{
    struct ligne_bon lignes[LIGNES_MAX], ligne;
    uint32_t n = 0;
    for (int64_t i = 0; i < v->n; i++)
        if (ligne_fait_lire(v->liste[i], &ligne))
            lignes_ajouter(lignes, &n, &ligne);
    lignes_ecrire(lignes, n, b);
}

const char *champ_dire(const struct fait *f, enum fait_champ champ, struct arene *a)
{
    char t[MONTANT_TEXTE_MAX];
    struct buffer b = {0};
    if (champ == CE_DEJA_EQUIPE && fait_get(f, CE_DEJA_EQUIPE_DEPUIS)->present)
        champ = CE_DEJA_EQUIPE_DEPUIS;
    const enum champ_type type = champ_forme(champ)->type;
    if (!fait_get(f, champ)->present)
        return "(vide)";
    if (type == CHAMP_MONTANT)
        buffer_puts(&b, montant_fr(fait_montant(f, champ), t));
    else if (type == CHAMP_TAUX)
        buffer_puts(&b, taux_fr(fait_taux(f, champ), t));
    else if (type == CHAMP_JOUR)
        buffer_puts(&b, jour_fr(fait_jour(f, champ), t));
    else if (champ == CE_LIGNES)
        lignes_dire(fait_get(f, champ), &b);
    else
        fait_valeur_ecrire(f, champ, &b);
    const char *texte = arene_strndup(a, b.len == 0 ? "" : b.bytes, b.len);
    buffer_free(&b);
    return texte;
}

/* --- lists of `<finess> …` ---------------------------------------------------------------------------------------- */

/* Cuts the next word off. */
static struct slice mot(struct slice *reste)
{
    const char *p = reste->len > 0 ? memchr(reste->bytes, ' ', reste->len) : NULL;
    const struct slice m = {reste->bytes, p == NULL ? reste->len : (size_t)(p - reste->bytes)};
    reste->bytes += m.len + (p != NULL);
    reste->len -= m.len + (p != NULL);
    return m;
}

static struct montant part(struct slice *reste)
{
    const struct slice m = mot(reste);
    int64_t n = 0;
    if (m.len == 0 || m.bytes[0] == '-')
        return MONTANT_ABSENT;
    for (size_t i = 0; i < m.len && i < 18; i++)
        n = n * 10 + (m.bytes[i] - '0');
    return montant_of(n);
}

/* The text of that ESSMS in a list of `<finess> <text>`. */
static struct slice texte_de(const struct fait_valeur *liste, finess et)
{
    for (int64_t i = 0; i < (liste->present ? liste->n : 0); i++) {
        struct slice reste = liste->liste[i];
        finess lu;
        if (finess_parse(mot(&reste), &lu) == NUMERO_VALIDE && lu == et)
            return reste;
    }
    return (struct slice){NULL, 0};
}

struct essms_lu *contenu_essms(const struct fait *f, struct arene *a, uint32_t *n)
{
    const struct fait_valeur *l = fait_get(f, CE_ESSMS);
    const int64_t total = l->present ? l->n : 0;
    struct essms_lu *t = arene_alloc(a, (size_t)total * sizeof *t);
    *n = 0;
    for (int64_t i = 0; i < total; i++) {
        struct slice reste = l->liste[i];
        struct essms_lu e = {0};
        if (finess_parse(mot(&reste), &e.et) != NUMERO_VALIDE)
            continue;
        e.ht = part(&reste);
        e.ttc = part(&reste);
        e.ht_lu = part(&reste);
        e.libelle = texte_de(fait_get(f, CE_LIBELLE), e.et);
        e.commune = texte_de(fait_get(f, CE_COMMUNE), e.et);
        t[(*n)++] = e;
    }
    return t;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static void quoi(const struct ecart *d, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX];
    if (d->et != FINESS_ABSENT)
        buffer_printf(b, d->champ == CE_ESSMS ? "l'ESSMS %s" : d->champ == CE_COMMUNE ? "la commune de %s" : "le libellé de %s",
                      finess_texte(d->et, t));
    else
        buffer_puts(b, d->champ == CE_PIECE ? "la pièce" : champ_forme(d->champ)->cle);
}

static struct lieu lieu_de(struct feuille *f, const struct ecart *d)
{
    const size_t colonne = colonne_du_champ(d->champ);
    return feuille_lieu(f, d->ligne, feuille_colonne_presente(f, colonne) ? colonne : C_NUMERO);
}

static void dire_refus(struct contexte *ctx, const struct fusion *x, const struct ecart *d, const char *nom, const struct lieu *lieu)
{
    struct diag *g = diag_erreur(ctx->diags, E_DIFFERENT, "la commande %s est déjà enregistrée : %s diffère", x->etat.numero, nom);
    if (d->avant != NULL) {
        diag_trouve(g, "%s", d->apres);
        diag_attendu(g, "%s", d->avant);
    }
    if (d->champ == CE_PIECE)
        diag_a_faire(g, "si les deux sont de la commande : sons commande joindre %s FICHIER --role bon_de_commande ; si la première était "
                        "fautive : --rectifier MOTIF", x->etat.numero);
    diag_lieu(g, lieu);
}

static void dire_fait(struct contexte *ctx, const struct fusion *x, const struct ecart *d, const char *nom, const struct lieu *lieu)
{
    struct buffer b = {0};
    if (d->avant == NULL)
        buffer_puts(&b, d->nature == DIFFERENCE_COMPLETE ? "complété" : d->nature == DIFFERENCE_RECTIFIE ? "rectifié"
                                                                      : "inchangé, la feuille dit encore ce qui a été corrigé");
    else if (d->nature == DIFFERENCE_COMPLETE)
        buffer_printf(&b, "complété : %s", d->apres);
    else if (d->nature == DIFFERENCE_PERIMEE)
        buffer_printf(&b, "inchangé, la feuille dit encore « %s », corrigé en « %s »", d->apres, d->avant);
    else
        buffer_printf(&b, "%s : « %s » devient « %s »", d->nature == DIFFERENCE_CALCULEE ? "calculé de nouveau" : "rectifié", d->avant,
                      d->apres);
    struct diag *g = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s, %s %s",
                                x->etat.numero, nom, b.bytes);
    if (d->nature == DIFFERENCE_PERIMEE)
        diag_a_faire(g, "corriger la feuille, ou le logiciel dont elle vient");
    diag_lieu(g, lieu);
    buffer_free(&b);
}

void fusion_dire(struct contexte *ctx, struct feuille *f, const struct fusion *x, bool refus)
{
    struct buffer b = {0};
    for (size_t i = 0; i < x->n; i++) {
        const struct ecart *d = &x->d[i];
        const struct lieu lieu = lieu_de(f, d);
        buffer_clear(&b);
        quoi(d, &b);
        if (!refus)
            dire_fait(ctx, x, d, b.bytes, &lieu);
        else if (d->nature == DIFFERENCE_RECTIFIE)
            dire_refus(ctx, x, d, b.bytes, &lieu);
    }
    buffer_free(&b);
}

/* --- from one content to the next --------------------------------------------------------------------------------- */

static void changement(struct buffer *b, const char *marge, const char *nom, struct slice avant, struct slice apres)
{
    if (fusion_slices(avant, apres))
        return;
    buffer_printf(b, "%s%s : « %.*s » → « %.*s »\n", marge, nom, (int)avant.len, avant.len > 0 ? avant.bytes : "", (int)apres.len,
                  apres.len > 0 ? apres.bytes : "");
}

static const struct essms_lu *essms_de(const struct essms_lu *t, uint32_t n, finess et)
{
    for (uint32_t i = 0; i < n; i++)
        if (t[i].et == et)
            return &t[i];
    return NULL;
}

static void essms_dire(const struct essms_lu *x, const struct essms_lu *y, const char *marge, struct arene *a, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], m[MONTANT_TEXTE_MAX], n[MONTANT_TEXTE_MAX];
    const char *et = finess_texte(y->et, t);
    changement(b, marge, arene_printf(a, "libellé de %s", et), x->libelle, y->libelle);
    changement(b, marge, arene_printf(a, "commune de %s", et), x->commune, y->commune);
    if (x->ht_lu.centimes != y->ht_lu.centimes)
        changement(b, marge, arene_printf(a, "HT de %s", et), slice_of(montant_present(x->ht_lu) ? montant_fr(x->ht_lu, m) : ""),
                   slice_of(montant_present(y->ht_lu) ? montant_fr(y->ht_lu, n) : ""));
}

static void perimetres_dire(const struct fait *avant, const struct fait *apres, const char *marge, struct arene *a, struct buffer *b)
{
    uint32_t n, k;
    char t[FINESS_TEXTE_MAX];
    const struct essms_lu *x = contenu_essms(avant, a, &n), *y = contenu_essms(apres, a, &k);
    for (uint32_t i = 0; i < n; i++)
        if (essms_de(y, k, x[i].et) == NULL)
            buffer_printf(b, "%sESSMS %s : retiré\n", marge, finess_texte(x[i].et, t));
    for (uint32_t i = 0; i < k; i++) {
        const struct essms_lu *e = essms_de(x, n, y[i].et);
        if (e == NULL)
            buffer_printf(b, "%sESSMS %s : ajouté\n", marge, finess_texte(y[i].et, t));
        else
            essms_dire(e, &y[i], marge, a, b);
    }
}

void contenus_dire(const struct fait *avant, const struct fait *apres, const char *marge, struct buffer *b)
{
    const struct fait_forme *forme = fait_forme(FAIT_COMMANDE_ENREGISTREE);
    struct arene a = {0};
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        if (c == CE_CALCULES || (c >= CE_ESSMS && c <= CE_COMMUNE) ||
            fusion_valeurs(fait_get(avant, c), fait_get(apres, c), champ_forme(c)->liste))
            continue;
        if (c == CE_SIGNATAIRE || c == CE_PIECE)
            buffer_printf(b, "%s%s\n", marge, c == CE_PIECE ? "pièce : une autre" : "signataire : un autre nom");
        else
            changement(b, marge, champ_forme(c)->cle, slice_of(fait_get(avant, c)->present ? champ_dire(avant, c, &a) : ""),
                       slice_of(fait_get(apres, c)->present ? champ_dire(apres, c, &a) : ""));
    }
    perimetres_dire(avant, apres, marge, &a, b);
    arene_free(&a);
}
