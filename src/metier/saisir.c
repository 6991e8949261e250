#include "metier/saisir.h"

#include <string.h>

#include "metier/actes.h"
#include "metier/preparer_interne.h"
#include "registre/dossier_charger.h"

#define ORIGINE "saisie"

void saisie_free(struct saisie *s)
{
    for (size_t k = 0; k < C_NOMBRE; k++)
        memoire_free(s->valeurs[k]);
    for (size_t i = 0; i < s->n; i++)
        memoire_free(s->essms[i].ht);
    memoire_free(s->essms);
    *s = (struct saisie){0};
}

void saisie_mettre(struct saisie *s, size_t champ, struct slice v)
{
    char *copie = v.len == 0 ? NULL : memoire_strndup(v.bytes, v.len); /* `v` may be the value itself */
    memoire_free(s->valeurs[champ]);
    s->valeurs[champ] = copie;
}

struct slice saisie_valeur(const struct saisie *s, size_t champ)
{
    return slice_of(s->valeurs[champ]);
}

void saisie_essms(struct saisie *s, finess et, bool basculer)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->essms[i].et != et)
            continue;
        if (basculer) {
            memoire_free(s->essms[i].ht);
            memmove(s->essms + i, s->essms + i + 1, (s->n - i - 1) * sizeof *s->essms);
            s->n--;
        }
        return;
    }
    s->essms = memoire_grow(s->essms, &s->cap, s->n + 1, sizeof *s->essms);
    s->essms[s->n++] = (struct saisie_essms){et, NULL};
}

/* --- one answer ------------------------------------------------------------------------------------------------------- */

/* Reads a sheet of that only value; `et` gets the ESSMS it names. */
static bool lire_seule(struct contexte *ctx, size_t champ, struct slice v, finess *et, struct diag_liste *diags)
{
    size_t n;
    struct contexte local = *ctx;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    struct slice valeurs[C_NOMBRE] = {{NULL, 0}};
    struct commandes_lues lues;
    local.diags = diags;
    valeurs[champ] = v;
    if (champ != C_NUMERO)
        valeurs[C_NUMERO] = slice_of("1");
    struct feuille *f = feuille_de_valeurs(ORIGINE, champs, n, valeurs, diags);
    const bool ok = feuille_saine(f) && commande_valeurs_lire(&local, f, &lues);
    if (ok && et != NULL)
        *et = lues.items[0].essms[0].et;
    if (feuille_saine(f))
        commandes_lues_free(&lues);
    feuille_free(f);
    return ok;
}

bool saisie_verifier(struct contexte *ctx, size_t champ, struct slice v, struct diag_liste *diags)
{
    return lire_seule(ctx, champ, v, NULL, diags);
}

bool saisie_verifier_solution(struct contexte *ctx, const struct saisie *s, struct slice v, struct diag_liste *diags)
{
    const char *numeros[2];
    const struct slice couloir = saisie_valeur(s, C_COULOIR);
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, diags);
    const bool ambigue = c != NULL && chargeur_ambigue(c, v, couloir.len > 0 ? couloir_parse(couloir.bytes, couloir.len) : COULOIR_INCONNU, numeros);
    if (ambigue) {
        struct diag *d = diag_erreur(diags, E_AMBIGU, "plusieurs solutions d'un même couloir portent ce nom");
        diag_trouve(d, "%s, %s", numeros[0], numeros[1]);
        diag_attendu(d, "le numéro ANS de la solution");
        diag_a_faire(d, "répondre par ce numéro");
    }
    chargeur_free(c);
    return !ambigue;
}

finess saisie_lire_essms(struct contexte *ctx, struct slice v, struct diag_liste *diags)
{
    uint64_t siret;
    finess et = FINESS_ABSENT;
    const bool est_siret = siret_parse(v, &siret) == NUMERO_VALIDE;
    return lire_seule(ctx, est_siret ? C_SIRET_ESSMS : C_FINESS_ET, v, &et, diags) ? et : FINESS_ABSENT;
}

/* --- all of them ------------------------------------------------------------------------------------------------------ */

struct feuille *saisie_feuille(const struct saisie *s, struct diag_liste *diags)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const size_t lignes = s->n > 0 ? s->n : 1;
    struct slice *v = memoire_calloc(lignes * n, sizeof *v);
    char (*numeros)[FINESS_TEXTE_MAX] = memoire_calloc(lignes, sizeof *numeros);
    for (size_t k = 0; k < n; k++)
        v[k] = saisie_valeur(s, k);
    for (size_t i = 0; i < s->n; i++) {
        v[i * n + C_NUMERO] = v[C_NUMERO];
        v[i * n + C_FINESS_ET] = slice_of(finess_texte(s->essms[i].et, numeros[i]));
        v[i * n + C_MONTANT_HT_ESSMS] = slice_of(s->essms[i].ht);
    }
    struct feuille *f = feuille_de_lignes(ORIGINE, champs, n, v, lignes, diags);
    memoire_free(numeros);
    memoire_free(v);
    return f;
}

/* --- what the registre knows ------------------------------------------------------------------------------------------ */

void saisie_connu_free(struct saisie_connu *k)
{
    arene_free(&k->arene);
    *k = (struct saisie_connu){0};
}

/* Couloir and supplier: given, else as an import derives them. */
static bool deduire(struct contexte *ctx, const struct saisie *s, struct saisie_connu *k)
{
    const struct registre *r = ctx->registre;
    const struct slice couloir = saisie_valeur(s, C_COULOIR), fournisseur = saisie_valeur(s, C_FOURNISSEUR);
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    if (c == NULL)
        return false;
    k->couloir_deduit = couloir.len == 0;
    k->p.couloir = k->couloir_deduit ? chargeur_couloir(c, saisie_valeur(s, C_SOLUTION)) : couloir_parse(couloir.bytes, couloir.len);
    k->fournisseur_deduit = fournisseur.len == 0 || siren_parse(fournisseur, &k->p.fournisseur) != NUMERO_VALIDE;
    if (k->fournisseur_deduit)
        k->p.fournisseur = registre_editeur(r);
    const uint32_t editeur = chargeur_editeur(c, saisie_valeur(s, C_SOLUTION));
    k->solution_inconnue = s->valeurs[C_SOLUTION] != NULL && editeur == 0;
    if (k->p.fournisseur == 0)
        k->p.fournisseur = editeur;
    chargeur_free(c);
    return true;
}

/* The base that will serve the order; else the latest one, for the names that it gives. */
static bool trouver_base(struct contexte *ctx, struct saisie_connu *k, int64_t *base)
{
    const enum couloir c = k->p.couloir == COULOIR_INCONNU ? COULOIR_MS1 : k->p.couloir;
    if (!finess_base_designee(ctx->registre, c, jour_annee(k->signature), JOUR_ABSENT, base, &k->p.base, ctx->diags))
        return false;
    k->base_de_l_annee = *base != 0;
    return *base != 0 || finess_base_derniere(ctx->registre, "cs1100502", base, &k->p.base, ctx->diags);
}

/* The OG: asked for, given, else that of the first ESSMS. */
static void trouver_og(struct contexte *ctx, const struct saisie *s, struct finess_lecteur *l, int64_t base, finess og, struct saisie_connu *k)
{
    uint16_t categorie, agregat;
    const struct slice ej = saisie_valeur(s, C_FINESS_EJ);
    k->p.ej = og;
    k->ej_deduit = og == FINESS_ABSENT && (ej.len == 0 || finess_parse_saisie(ej, &k->p.ej, NULL) != NUMERO_VALIDE);
    if (k->ej_deduit && s->n > 0 && finess_trouver_rattachement(l, base, s->essms[0].et, &k->p.ej, &categorie, &agregat, ctx->diags) != 1)
        k->p.ej = FINESS_ABSENT;
}

static bool plafonner(struct contexte *ctx, const struct saisie *s, struct finess_lecteur *l, int64_t base, struct saisie_connu *k)
{
    struct og_compte og;
    const int la = finess_trouver_og(l, base, k->p.ej, &og, NULL, ctx->diags);
    k->p.plafonne = la == 1 && k->base_de_l_annee && k->p.couloir != COULOIR_INCONNU && s->n > 0 && og.n[k->p.couloir] > 0 &&
                    bareme_plafond(ctx->parametres, og.n[k->p.couloir], (uint32_t)s->n, k->signature, &k->p.plafond);
    return la >= 0;
}

bool saisie_connaitre(struct contexte *ctx, const struct saisie *s, finess og, struct saisie_connu *out)
{
    int64_t base = 0;
    *out = (struct saisie_connu){.p = {.base = JOUR_ABSENT, .ht = MONTANT_ABSENT}};
    const struct slice signature = saisie_valeur(s, C_DATE_SIGNATURE);
    if (!jour_parse(signature, &out->signature))
        out->signature = instant_jour(ctx->maintenant);
    if (!deduire(ctx, s, out) || !trouver_base(ctx, out, &base))
        return false;
    if (base == 0)
        return true;
    struct finess_lecteur *l = finess_lecteur_creer(ctx->registre, ctx->diags);
    bool ok = l != NULL;
    if (ok)
        trouver_og(ctx, s, l, base, og, out);
    if (ok && out->p.ej != FINESS_ABSENT)
        ok = plafonner(ctx, s, l, base, out) && preparer_og(ctx, l, base, INT64_MAX, &out->arene, &out->p);
    finess_lecteur_free(l);
    return ok;
}

/* Runs `quoi` on the base of `k`. */
static bool dans_la_base(struct contexte *ctx, struct saisie_connu *k, bool (*quoi)(struct contexte *, struct finess_lecteur *, int64_t, void *), void *arg)
{
    int64_t base = 0;
    if (!jour_present(k->p.base) || !finess_base_du(ctx->registre, "cs1100502", k->p.base, &base, ctx->diags) || base == 0)
        return false;
    struct finess_lecteur *l = finess_lecteur_creer(ctx->registre, ctx->diags);
    const bool ok = l != NULL && quoi(ctx, l, base, arg);
    finess_lecteur_free(l);
    return ok;
}

static bool og_present(struct contexte *ctx, struct finess_lecteur *l, int64_t base, void *numero)
{
    struct og_compte og;
    return finess_trouver_og(l, base, *(finess *)numero, &og, NULL, ctx->diags) == 1;
}

bool saisie_est_og(struct contexte *ctx, const struct saisie_connu *k, finess numero)
{
    struct saisie_connu copie = *k;
    return dans_la_base(ctx, &copie, og_present, &numero);
}

struct nomme {
    struct arene *arene;
    finess et;
    struct slice *nom, *commune;
};

static bool nommer(struct contexte *ctx, struct finess_lecteur *l, int64_t base, void *arg)
{
    const struct nomme *n = arg;
    struct etablissement e;
    if (finess_trouver_et(l, base, n->et, &e, ctx->diags) != 1)
        return false;
    *n->nom = (struct slice){arene_strndup(n->arene, e.raison_sociale.len > 0 ? e.raison_sociale.bytes : "", e.raison_sociale.len), e.raison_sociale.len};
    *n->commune = (struct slice){arene_strndup(n->arene, e.acheminement.len > 0 ? e.acheminement.bytes : "", e.acheminement.len), e.acheminement.len};
    return true;
}

bool saisie_nommer(struct contexte *ctx, struct saisie_connu *k, finess et, struct slice *nom, struct slice *commune)
{
    struct nomme n = {&k->arene, et, nom, commune};
    *nom = *commune = (struct slice){NULL, 0};
    return dans_la_base(ctx, k, nommer, &n);
}

bool saisie_deja(struct contexte *ctx, struct slice numero, struct buffer *b)
{
    char siren[10];
    int la = -1;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fournisseur from commande where numero = ?1 order by fait", ctx->diags);
    if (s != NULL)
        lier_slice(s, 1, numero);
    while (s != NULL && (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1)
        buffer_printf(b, "%s%s/%.*s", b->len > 0 ? ", " : "", siren_texte((uint32_t)sqlite3_column_int64(s, 0), siren), (int)numero.len, numero.bytes);
    sqlite3_finalize(s);
    return la == 0;
}

bool saisie_solutions(struct contexte *ctx, size_t max, struct buffer *b, struct buffer *seule)
{
    int la = -1;
    size_t n = 0;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select distinct numero_ans, nom, couloir from solution order by numero_ans, couloir", ctx->diags);
    while (s != NULL && (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(s, 0), nom = colonne_slice(s, 1);
        if (n++ < max)
            buffer_printf(b, "%s%.*s (%.*s, %s)", n > 1 ? " ; " : "", (int)numero.len, numero.bytes, (int)nom.len, nom.bytes,
                          couloir_nom((enum couloir)sqlite3_column_int(s, 2)));
        if (n == 1)
            buffer_append(seule, numero.bytes, numero.len);
        else
            buffer_clear(seule);
    }
    if (n > max)
        buffer_printf(b, " ; et %zu autres", n - max);
    sqlite3_finalize(s);
    return la == 0;
}
