/* finess rapprocher: a sheet comes back, all its columns kept, with FINESS numbers. */
#include <stdlib.h>
#include <string.h>

#include "formats/feuille.h"
#include "metier/correspondance.h"
#include "metier/rapprocheur.h"
#include "metier/vue_commun.h"
#include "registre/finess_base.h"

/* What the columns of a CRM are called: the first of each kind that is there is read, the others are only kept. */
enum donnee { D_SIRET, D_SIREN, D_NOM, D_COMMUNE, D_POSTAL, D_DEPARTEMENT, D_FINESS_ET, D_A_NOUS, D_NOMBRE };
static const struct {
    enum donnee d;
    const char *nom;
} entetes[] = {
    {D_SIRET, "siret_essms"}, {D_SIRET, "siret_etablissement"}, {D_SIRET, "siret"}, {D_SIRET, "numero_siret"}, {D_SIRET, "no_siret"},
    {D_SIRET, "n°_siret"}, {D_SIRET, "n_siret"}, {D_SIRET, "siret_client"}, {D_SIRET, "code_siret"},
    {D_SIREN, "siren"}, {D_SIREN, "numero_siren"}, {D_SIREN, "no_siren"}, {D_SIREN, "n°_siren"}, {D_SIREN, "siren_og"}, {D_SIREN, "siren_client"},
    {D_NOM, "libelle_essms"}, {D_NOM, "nom_essms"}, {D_NOM, "raison_sociale"}, {D_NOM, "rslongue"}, {D_NOM, "rs"}, {D_NOM, "nom_etablissement"},
    {D_NOM, "nom_de_l'etablissement"}, {D_NOM, "etablissement"}, {D_NOM, "essms"}, {D_NOM, "nom_structure"}, {D_NOM, "structure"},
    {D_NOM, "denomination"}, {D_NOM, "libelle"}, {D_NOM, "intitule"}, {D_NOM, "nom_client"}, {D_NOM, "client"}, {D_NOM, "compte"}, {D_NOM, "societe"},
    {D_NOM, "nom"}, {D_NOM, "name"},
    {D_COMMUNE, "commune"}, {D_COMMUNE, "ville"}, {D_COMMUNE, "localite"}, {D_COMMUNE, "nom_commune"}, {D_COMMUNE, "libelle_commune"},
    {D_COMMUNE, "ligneacheminement"}, {D_COMMUNE, "bureau_distributeur"}, {D_COMMUNE, "city"},
    {D_POSTAL, "code_postal"}, {D_POSTAL, "codepostal"}, {D_POSTAL, "cp"}, {D_POSTAL, "code_postal_essms"}, {D_POSTAL, "zip"},
    {D_DEPARTEMENT, "departement"}, {D_DEPARTEMENT, "code_departement"}, {D_DEPARTEMENT, "dept"}, {D_DEPARTEMENT, "dpt"}, {D_DEPARTEMENT, "dep"},
    {D_FINESS_ET, "finess_et"}, {D_FINESS_ET, "finess"}, {D_FINESS_ET, "nofinesset"}, {D_FINESS_ET, "numero_finess"},
    /* ours, written again at the end */
    {D_A_NOUS, "finess_ej"}, {D_A_NOUS, "confiance"}, {D_A_NOUS, "raisons"}, {D_A_NOUS, "candidats"},
};
#define ENTETES (sizeof entetes / sizeof *entetes)
#define AJOUTEES 5

struct rapprocher {
    struct contexte *ctx;
    struct feuille *f;
    struct rapprocheur *r;
    size_t champ[D_NOMBRE];   /* the header read for each kind; ENTETES when none */
    size_t *gardees;          /* columns of the sheet given back */
    size_t n_gardees;
    struct arene a;           /* of the row under way */
    struct buffer raisons, candidats;
    struct rapprocher_rapport *out;
};

/* --- the base ----------------------------------------------------------------------------------------------------- */

static bool charger(struct rapprocher *x, int64_t base, struct jour date)
{
    struct registre *r = x->ctx->registre;
    int64_t entites;
    if (!finess_base_du(r, "cs1100501", date, &entites, x->ctx->diags))
        return false;
    sqlite3_stmt *s = registre_stmt(r, "select e.cle & 4294967295, e.ej, e.categorie, e.agregat, e.siret, e.departement, e.raison_sociale, "
                                       "e.acheminement, j.siren from finess_et e left join finess_entite j on j.cle = (?2 << 32) + e.ej "
                                       "where e.cle between ?1 << 32 and (?1 << 32) + 4294967295 order by e.cle", x->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, base);
    lier_n(s, 2, entites);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct etablissement e = {.et = (finess)sqlite3_column_int64(s, 0), .ej = (finess)sqlite3_column_int64(s, 1),
                                        .categorie = (uint16_t)sqlite3_column_int(s, 2), .agregat = (uint16_t)sqlite3_column_int(s, 3),
                                        .siret = (uint64_t)sqlite3_column_int64(s, 4), .departement = colonne_slice(s, 5),
                                        .raison_sociale = colonne_slice(s, 6), .acheminement = colonne_slice(s, 7)};
        rapprocheur_ajouter(x->r, &e, (uint32_t)sqlite3_column_int64(s, 8));
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, x->ctx->diags);
    sqlite3_finalize(s);
    rapprocheur_clore(x->r);
    return rc == SQLITE_DONE;
}

/* --- the sheet ---------------------------------------------------------------------------------------------------- */

/* The header here that has the name of that column of an order; ENTETES when it tells nothing of an établissement. */
static size_t entete_de(size_t champ)
{
    size_t n, i = 0;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    while (i < ENTETES && (champ >= n || strcmp(entetes[i].nom, champs[champ].nom) != 0))
        i++;
    return i;
}

static bool feuille_ouvrir(struct rapprocher *x, const char *chemin, const struct correspondance *c)
{
    struct feuille_champ champs[ENTETES];
    struct feuille_options o = {.toutes = true, .n_renommages = c->n};
    struct feuille_renommage *renommages = memoire_calloc(c->n + 1, sizeof *renommages);
    for (size_t i = 0; i < ENTETES; i++)
        champs[i] = (struct feuille_champ){entetes[i].nom, false};
    for (size_t i = 0; i < c->n; i++)
        renommages[i] = (struct feuille_renommage){c->renommages[i].colonne, entete_de(c->renommages[i].champ)};
    o.renommages = renommages;
    x->f = feuille_lire_avec(chemin, champs, ENTETES, &o, &x->ctx->progression, x->ctx->diags);
    memoire_free(renommages);
    if (x->f == NULL || !feuille_saine(x->f))
        return false;
    feuille_dire(x->f, x->ctx->diags);
    for (int d = 0; d < D_NOMBRE; d++)
        x->champ[d] = ENTETES;
    for (size_t i = ENTETES; i-- > 0;)
        if (feuille_colonne_presente(x->f, i))
            x->champ[entetes[i].d] = i;
    if (x->champ[D_SIRET] != ENTETES || x->champ[D_SIREN] != ENTETES || x->champ[D_NOM] != ENTETES)
        return true;
    struct diag *d = diag_erreur(x->ctx->diags, E_COLONNE_ABSENTE, "rien ne désigne un établissement dans cette feuille");
    diag_lieu(d, &(struct lieu){.fichier = chemin, .ligne = 1});
    diag_attendu(d, "une colonne « siret », « siren » ou « raison_sociale », et « commune »");
    return false;
}

/* All the columns but those that we write: finess_et goes to the end with them. */
static void garder_colonnes(struct rapprocher *x)
{
    const size_t n = feuille_colonnes(x->f);
    x->gardees = memoire_calloc(n + 1, sizeof *x->gardees);
    for (size_t i = 0; i < n; i++) {
        bool a_nous = i == feuille_rang(x->f, x->champ[D_FINESS_ET]) && x->champ[D_FINESS_ET] < ENTETES &&
                      strcmp(entetes[x->champ[D_FINESS_ET]].nom, "finess_et") == 0;
        for (size_t k = 0; k < ENTETES; k++)
            a_nous = a_nous || (entetes[k].d == D_A_NOUS && feuille_rang(x->f, k) == i);
        if (!a_nous)
            x->gardees[x->n_gardees++] = i;
    }
}

static struct slice valeur(const struct rapprocher *x, size_t ligne, enum donnee d)
{
    return x->champ[d] == ENTETES ? (struct slice){"", 0} : feuille_valeur(x->f, ligne, x->champ[d]);
}

static const char *texte(struct rapprocher *x, size_t ligne, enum donnee d)
{
    const struct slice v = valeur(x, ligne, d);
    return arene_strndup(&x->a, v.len == 0 ? "" : v.bytes, v.len);
}

/* `2,601E+13` or a wrong key: said in the reasons, never used. */
static void numeros(struct rapprocher *x, size_t ligne, struct demande_rapprochement *d)
{
    const struct slice siret = valeur(x, ligne, D_SIRET), siren = valeur(x, ligne, D_SIREN);
    if (siret.len > 0 && siret_parse(siret, &d->siret) != NUMERO_VALIDE) {
        d->siret = 0;
        buffer_puts(&x->raisons, "SIRET illisible ou de clé fausse, laissé de côté ; ");
    }
    if (siren.len > 0 && siren_parse(siren, &d->siren) != NUMERO_VALIDE) {
        d->siren = 0;
        buffer_puts(&x->raisons, "SIREN illisible ou de clé fausse, laissé de côté ; ");
    }
    if (d->siren == 0)
        d->siren = (uint32_t)(d->siret / 100000);
}

/* « 1 » in a spreadsheet is « 01 ». */
static const char *departement(struct rapprocher *x, size_t ligne)
{
    const struct slice v = valeur(x, ligne, D_DEPARTEMENT);
    if (v.len == 1 && v.bytes[0] >= '1' && v.bytes[0] <= '9')
        return arene_printf(&x->a, "0%c", v.bytes[0]);
    return v.len <= 3 ? texte(x, ligne, D_DEPARTEMENT) : ""; /* a name: the postcode and the town tell it */
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* A number that the sheet gives is kept, and said when the base does not know it. */
static bool donne(struct rapprocher *x, size_t ligne, finess *et, finess *ej)
{
    const struct slice v = valeur(x, ligne, D_FINESS_ET);
    bool repare = false;
    if (v.len == 0)
        return false;
    if (finess_parse_saisie(v, et, &repare) == NUMERO_VALIDE && rapprocheur_trouver(x->r, *et, ej)) {
        buffer_puts(&x->raisons, repare ? "FINESS donné dans la feuille, zéro de tête remis" : "FINESS donné dans la feuille");
        return true;
    }
    buffer_puts(&x->raisons, *et == FINESS_ABSENT ? "le FINESS donné n'en est pas un ; " : "le FINESS donné n'est pas un établissement de cette base ; ");
    *et = FINESS_ABSENT;
    return false;
}

static void rapprocher_ligne(struct rapprocher *x, size_t ligne, struct rapprochement *r)
{
    struct demande_rapprochement d = {.nom = texte(x, ligne, D_NOM), .commune = texte(x, ligne, D_COMMUNE), .postal = texte(x, ligne, D_POSTAL),
                                      .departement = departement(x, ligne)};
    numeros(x, ligne, &d);
    rapprocheur_juger(x->r, &d, r);
}

static void juger(struct rapprocher *x, size_t ligne, struct cellule ajoutees[AJOUTEES])
{
    struct rapprochement r;
    rapprocher_ligne(x, ligne, &r);
    rapprochement_raisons(&r, &x->raisons);
    if (r.issue != RAPPROCHE_SUR)
        rapprochement_candidats(&r, &x->candidats);
    const bool sur = r.issue == RAPPROCHE_SUR;
    *(sur ? &x->out->sures : r.issue == RAPPROCHE_AUCUN ? &x->out->aucun : &x->out->a_choisir) += 1;
    ajoutees[0] = cellule_finess(sur ? r.c[0].et : FINESS_ABSENT);
    ajoutees[1] = cellule_finess(sur ? r.c[0].ej : FINESS_ABSENT);
    ajoutees[2] = cellule_texte(rapprochement_confiance(&r));
}

/* The number given stays; when the row tells another one for sure, that is said. */
static void verifier_donne(struct rapprocher *x, size_t ligne, finess et)
{
    struct rapprochement r;
    char t[FINESS_TEXTE_MAX];
    const size_t dit = x->raisons.len;
    buffer_puts(&x->raisons, " ; ");
    rapprocher_ligne(x, ligne, &r);
    if (r.issue != RAPPROCHE_SUR || r.c[0].et == et) {
        x->raisons.len = dit;
        return;
    }
    buffer_printf(&x->raisons, "le reste de la ligne désigne %s : ", finess_texte(r.c[0].et, t));
    rapprochement_raisons(&r, &x->raisons);
    rapprochement_candidats(&r, &x->candidats);
    x->out->contredites++;
}

static bool ligne_ecrire(struct rapprocher *x, size_t ligne, struct cellule *c, struct tableau_sortie *s)
{
    finess et = FINESS_ABSENT, ej = FINESS_ABSENT;
    struct cellule *ajoutees = c + x->n_gardees;
    arene_reset(&x->a);
    buffer_clear(&x->raisons);
    buffer_clear(&x->candidats);
    for (size_t i = 0; i < x->n_gardees; i++)
        c[i] = cellule_slice(feuille_cellule(x->f, ligne, x->gardees[i]));
    if (donne(x, ligne, &et, &ej)) {
        ajoutees[0] = cellule_finess(et);
        ajoutees[1] = cellule_finess(ej);
        ajoutees[2] = cellule_texte("donnée");
        verifier_donne(x, ligne, et);
        x->out->donnees++;
    } else {
        juger(x, ligne, ajoutees);
    }
    ajoutees[3] = cellule_slice((struct slice){x->raisons.bytes, x->raisons.len});
    ajoutees[4] = cellule_slice((struct slice){x->candidats.bytes, x->candidats.len});
    return s->ligne(s->ctx, c, x->n_gardees + AJOUTEES);
}

static bool ecrire(struct rapprocher *x, struct tableau_sortie *s)
{
    static const struct colonne ajoutees[AJOUTEES] = {
        {"finess_et", "FINESS", CELLULE_FINESS}, {"finess_ej", "OG", CELLULE_FINESS}, {"confiance", "confiance", CELLULE_TEXTE},
        {"raisons", "raisons", CELLULE_TEXTE},   {"candidats", "candidats", CELLULE_TEXTE}};
    const size_t n = x->n_gardees + AJOUTEES;
    struct colonne *colonnes = memoire_calloc(n, sizeof *colonnes);
    struct cellule *c = memoire_calloc(n, sizeof *c);
    for (size_t i = 0; i < x->n_gardees; i++) {
        const char *titre = feuille_titre(x->f, x->gardees[i]);
        colonnes[i] = (struct colonne){titre, titre, CELLULE_TEXTE};
    }
    memcpy(colonnes + x->n_gardees, ajoutees, sizeof ajoutees);
    bool ok = s->debut(s->ctx, colonnes, n);
    x->out->lignes = feuille_nombre(x->f);
    for (size_t i = 0; ok && i < x->out->lignes; i++)
        ok = ligne_ecrire(x, i, c, s);
    ok = ok && s->fin(s->ctx);
    memoire_free(colonnes);
    memoire_free(c);
    return ok;
}

static bool tolerance_lire(const struct contexte *ctx, struct tolerance *t)
{
    const struct jour jour = instant_jour(ctx->au);
    return parametre_n(ctx->parametres, P_RAPPROCHEMENT_PART, jour, &t->part) && parametre_n(ctx->parametres, P_RAPPROCHEMENT_MOT, jour, &t->mot_long);
}

bool vue_finess_rapprocher(struct contexte *ctx, const char *chemin, const struct correspondance *c, struct jour voulue, struct tableau_sortie *s,
                           struct rapprocher_rapport *out)
{
    struct rapprocher x = {.ctx = ctx, .out = out};
    struct tolerance t = {0};
    int64_t base;
    bool ok = feuille_ouvrir(&x, chemin, c) && vue_base(ctx, COULOIR_MS1, voulue, &base, &out->base) && tolerance_lire(ctx, &t);
    if (ok) {
        x.r = rapprocheur_creer(&t);
        garder_colonnes(&x);
        ok = charger(&x, base, out->base) && ecrire(&x, s);
    }
    rapprocheur_free(x.r);
    feuille_free(x.f);
    memoire_free(x.gardees);
    arene_free(&x.a);
    buffer_free(&x.raisons);
    buffer_free(&x.candidats);
    return ok;
}
