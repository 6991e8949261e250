/* People to write to: names, addresses and numbers in the erasable table, commitments in the facts. */
#include <stdio.h>
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/contact_interne.h"
#include "metier/feuilles.h"
#include "metier/vues.h"

/* Fields of the erasable table, and of the fact; the function of a person is not a name: it stands in the fact. */
static const struct {
    const char *champ;
    enum fait_champ fait;
} noms[CONTACT_CHAMPS] = {{"nom", CD_NOM}, {"fonction", CD_FONCTION}, {"courriel", CD_COURRIEL}, {"telephone", CD_TELEPHONE}};

/* --- what is recorded ------------------------------------------------------------------------------------------------- */

struct contact_connu {
    int64_t fait;
    struct slice champs[CONTACT_CHAMPS]; /* in the arena */
    bool efface[CONTACT_CHAMPS];
};
struct contacts_connus {
    struct contact_connu *items; /* not withdrawn, the last first */
    size_t n, cap;
    struct arene arene;
};

static void connus_free(struct contacts_connus *c)
{
    memoire_free(c->items);
    arene_free(&c->arene);
}

#define SQL_CONNUS                                                                                                             \
    "select c.fait, n.nom, c.fonction, m.nom, t.nom, c.nom, 0, c.courriel, c.telephone from contact c "                         \
    "left join personne n on n.fait = c.fait and n.champ = 'nom' left join personne m on m.fait = c.fait and m.champ = 'courriel' " \
    "left join personne t on t.fait = c.fait and t.champ = 'telephone' where c.retire_par is null and %s order by c.fait desc"

static bool connus_lire(struct contexte *ctx, const struct contact_lu *de, struct contacts_connus *out)
{
    char sql[640];
    (void)snprintf(sql, sizeof sql, SQL_CONNUS, de->commande != 0 ? "c.commande = ?1" : de->fournisseur != 0 ? "c.fournisseur = ?1" : "c.ej = ?1");
    sqlite3_stmt *s = registre_stmt(ctx->registre, sql, ctx->diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, de->commande != 0 ? de->commande : de->fournisseur != 0 ? (int64_t)de->fournisseur : (int64_t)de->ej);
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        out->items = memoire_grow(out->items, &out->cap, out->n + 1, sizeof *out->items);
        struct contact_connu *k = &out->items[out->n++];
        *k = (struct contact_connu){.fait = sqlite3_column_int64(s, 0)};
        for (int i = 0; i < CONTACT_CHAMPS; i++) {
            const struct slice v = colonne_slice(s, 1 + i);
            k->champs[i] = (struct slice){arene_strndup(&out->arene, v.len == 0 ? "" : v.bytes, v.len), v.len};
            k->efface[i] = v.len == 0 && sqlite3_column_int(s, 1 + CONTACT_CHAMPS + i) != 0;
        }
    }
    sqlite3_finalize(s);
    return la == 0;
}

static bool meme_slice(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

/* Names read the same, whatever their case and accents. */
static bool meme_nom(struct slice a, struct slice b)
{
    struct buffer x = {0}, y = {0};
    texte_fold(&x, a.len == 0 ? "" : a.bytes, a.len);
    texte_fold(&y, b.len == 0 ? "" : b.bytes, b.len);
    const bool meme = x.len > 0 && x.len == y.len && memcmp(x.bytes, y.bytes, x.len) == 0;
    buffer_free(&x);
    buffer_free(&y);
    return meme;
}

/* Does `k` hold all that is said? What was erased cannot be compared: taken as the same, `*efface` tells that it was needed. */
static bool dit_deja(const struct contact_connu *k, const struct contact_lu *lu, bool *efface)
{
    *efface = false;
    for (size_t i = 0; i < CONTACT_CHAMPS; i++) {
        if (lu->champs[i].len == 0)
            continue;
        if (k->efface[i])
            *efface = true;
        else if (!meme_slice(k->champs[i], lu->champs[i]))
            return false;
    }
    return true;
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

static bool contact_ecrire(struct acte *a, const struct contact_lu *c, int64_t remplace)
{
    struct registre *r = a->ctx->registre;
    const int64_t numero = journal_prochain(r);
    char hex[CONTACT_CHAMPS][EMPREINTE_HEX];
    struct fait f;
    fait_init(&f, FAIT_CONTACT_DECLARE);
    if (c->commande != 0)
        fait_put_n(&f, CD_COMMANDE, c->commande);
    fait_put_siren(&f, CD_FOURNISSEUR, c->fournisseur);
    fait_put_finess(&f, CD_FINESS_EJ, c->ej);
    fait_put_slice(&f, CD_FONCTION, c->champs[CONTACT_FONCTION]);
    for (size_t i = 0; i < CONTACT_CHAMPS; i++) {
        if (i == CONTACT_FONCTION || c->champs[i].len == 0)
            continue;
        if (!personne_enregistrer(r, numero, noms[i].champ, c->champs[i], hex[i], a->ctx->diags))
            return false;
        fait_put_texte(&f, noms[i].fait, hex[i]);
    }
    if (remplace != 0)
        fait_put_n(&f, CD_REMPLACE, remplace);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

static struct diag *dire(struct contexte *ctx, struct feuille *f, const struct contact_a_verser *v, const char *message)
{
    const struct lieu lieu = feuille_lieu(f, v->ligne, v->champ);
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "%s", message);
    diag_lieu(d, &lieu);
    return d;
}

/* The same person keeps what a new row does not say. */
static void completer(struct contact_lu *c, const struct contact_connu *k)
{
    for (size_t i = 0; i < CONTACT_CHAMPS; i++)
        if (c->champs[i].len == 0)
            c->champs[i] = k->champs[i];
}

/* 1 recorded, 0 known already, −1 fault. `par_nom`: a person replaces only one of the same name. `voulu`: an erased name is recorded
 * again when it is given on purpose. */
static int contact_verser(struct acte *a, struct feuille *f, const struct contact_a_verser *v, bool par_nom, bool voulu)
{
    struct contacts_connus connus = {0};
    struct contact_lu c = v->contact;
    const struct contact_connu *remplace = NULL;
    bool efface = false, deja = false, seul_efface = false;
    int resultat = connus_lire(a->ctx, &c, &connus) ? 1 : -1;
    for (size_t i = 0; resultat == 1 && i < connus.n && !deja; i++) {
        const struct contact_connu *k = &connus.items[i];
        deja = dit_deja(k, &c, &efface) && !(efface && voulu);
        seul_efface = seul_efface || k->efface[CONTACT_NOM];
        if (!deja && remplace == NULL && (par_nom ? meme_nom(k->champs[CONTACT_NOM], c.champs[CONTACT_NOM]) : i == 0))
            remplace = k;
    }
    if (resultat == 1 && (deja || (seul_efface && remplace == NULL && !voulu))) {
        if (efface || !deja)
            diag_a_faire(dire(a->ctx, f, v, "un contact effacé depuis est encore dans la feuille : il n'est pas enregistré de nouveau"),
                         "le retirer de la feuille, ou le déclarer exprès : sons contact declarer");
        resultat = 0;
    } else if (resultat == 1) {
        if (remplace != NULL && (c.champs[CONTACT_NOM].len == 0 || meme_nom(remplace->champs[CONTACT_NOM], c.champs[CONTACT_NOM])))
            completer(&c, remplace);
        if (remplace != NULL)
            (void)dire(a->ctx, f, v, "un contact enregistré est remplacé par celui-ci");
        resultat = contact_ecrire(a, &c, remplace != NULL ? remplace->fait : 0) ? 1 : -1;
    }
    connus_free(&connus);
    return resultat;
}

bool contacts_des_commandes(struct acte *a, struct feuille *f, const struct contact_a_verser *t, size_t n, int64_t neuves,
                            size_t *enregistres)
{
    for (size_t i = 0; i < n; i++) {
        const bool neuve = t[i].contact.commande >= neuves;
        const int fait = neuve ? (contact_ecrire(a, &t[i].contact, 0) ? 1 : -1) : contact_verser(a, f, &t[i], false, false);
        if (fait < 0)
            return false;
        *enregistres += (size_t)fait;
    }
    return true;
}

/* --- by sheet or by command ------------------------------------------------------------------------------------------- */

/* Whose contact: exactly one of the three. */
static bool objet_lire(struct contexte *ctx, struct cellules *c, size_t i, struct contact_lu *out)
{
    struct demande_nommee d = {0};
    const int donnes = (feuille_valeur(c->f, i, P_COMMANDE).len > 0) + (feuille_valeur(c->f, i, P_FOURNISSEUR).len > 0) + (feuille_valeur(c->f, i, P_FINESS_EJ).len > 0);
    out->fournisseur = cellule_siren_de(c, i, P_FOURNISSEUR);
    out->ej = cellule_finess_de(c, i, P_FINESS_EJ);
    if (donnes != 1)
        diag_attendu(cellule_faute(c, donnes == 0 ? E_OBLIGATOIRE : E_CONTRADICTION, i, P_COMMANDE, "de qui est-ce le contact ?"),
                     "une commande, un fournisseur ou un OG, et un seul");
    if (donnes == 1 && cellule_demande_de(ctx, c, i, P_COMMANDE, &d))
        out->commande = d.commande;
    return c->ok;
}

static struct contact_a_verser contact_ligne(struct contexte *ctx, struct cellules *c, struct arene *a, size_t i)
{
    struct contact_a_verser v = {contact_lire(c, a, (const size_t[]){i, i, i, i}, P_NOM), i, P_NOM};
    const struct slice *champs = v.contact.champs;
    (void)objet_lire(ctx, c, i, &v.contact);
    if (champs[CONTACT_NOM].len + champs[CONTACT_COURRIEL].len + champs[CONTACT_TELEPHONE].len == 0 &&
        !slice_equals(feuille_valeur(c->f, i, P_NOM), NOM_EFFACE))
        diag_attendu(cellule_faute(c, E_OBLIGATOIRE, i, P_NOM, "personne n'est nommé"), "un nom, une adresse ou un numéro");
    return v;
}

/* A row of our own list whose names are all erased says nothing. */
static bool ligne_muette(const struct contact_lu *c)
{
    return c->champs[CONTACT_NOM].len + c->champs[CONTACT_COURRIEL].len + c->champs[CONTACT_TELEPHONE].len == 0;
}

bool contacts_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(FEUILLE_CONTACTS, &n_champs), ctx->diags, feuille_saine(f)};
    struct arene arene = {0};
    struct acte a;
    out->quoi = "contacts";
    out->lues = feuille_nombre(f);
    struct contact_a_verser *t = memoire_calloc(out->lues + 1, sizeof *t);
    for (size_t i = 0; i < out->lues; i++)
        t[i] = contact_ligne(ctx, &c, &arene, i);
    bool ok = c.ok && acte_debut(&a, ctx);
    if (ok) {
        for (size_t i = 0; ok && i < out->lues; i++) {
            const int fait = ligne_muette(&t[i].contact) ? 0 : contact_verser(&a, f, &t[i], true, !feuille_est_fichier(f));
            ok = fait >= 0;
            out->enregistrees += fait == 1;
            out->inchangees += fait == 0;
        }
        ok = acte_fin(&a, ok);
    }
    memoire_free(t);
    arene_free(&arene);
    return ok;
}

/* --- withdrawing ------------------------------------------------------------------------------------------------------ */

static int64_t contact_choisir(struct contexte *ctx, const struct contact_lu *c, const struct contacts_connus *connus)
{
    struct buffer b = {0};
    int64_t fait = 0;
    size_t n = 0;
    for (size_t i = 0; i < connus->n; i++) {
        const struct contact_connu *k = &connus->items[i];
        const struct slice nom = k->efface[CONTACT_NOM] ? slice_of(NOM_EFFACE) : k->champs[CONTACT_NOM];
        if (c->champs[CONTACT_NOM].len > 0 && !meme_nom(k->champs[CONTACT_NOM], c->champs[CONTACT_NOM]))
            continue;
        fait = k->fait;
        buffer_printf(&b, "%s%.*s", n++ > 0 ? ", " : "", nom.len == 0 ? 8 : (int)nom.len, nom.len == 0 ? "sans nom" : nom.bytes);
    }
    if (n == 0) {
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de tel contact"), "voir les contacts : sons contact lister");
    } else if (n > 1) {
        struct diag *d = diag_erreur(ctx->diags, E_AMBIGU, "%zu contacts répondent à cela", n);
        diag_trouve(d, "%s", b.bytes);
        diag_a_faire(d, "donner --nom");
    }
    buffer_free(&b);
    return n == 1 ? fait : 0;
}

bool acte_contact_retirer(struct contexte *ctx, struct feuille *f, const char *motif)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(FEUILLE_CONTACTS, &n_champs), ctx->diags, feuille_saine(f)};
    struct contacts_connus connus = {0};
    struct contact_lu lu = {0};
    struct acte a;
    struct fait fait;
    lu.champs[CONTACT_NOM] = cellule_texte_de(&c, 0, P_NOM);
    const int64_t contact = objet_lire(ctx, &c, 0, &lu) && connus_lire(ctx, &lu, &connus) ? contact_choisir(ctx, &lu, &connus) : 0;
    connus_free(&connus);
    if (contact == 0 || !acte_debut(&a, ctx))
        return false;
    fait_init(&fait, FAIT_CONTACT_RETIRE);
    fait_put_n(&fait, CR_CONTACT, contact);
    fait_put_texte(&fait, CR_MOTIF, motif);
    return acte_fin(&a, acte_fait(&a, &fait, (struct slice){NULL, 0}));
}
