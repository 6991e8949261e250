/* Le jeu de paramètres : rempli une fois, clos, puis seulement lu. */
#include "regles/parametres.h"

#include <string.h>

#include "noyau/memoire.h"
#include "regles/parametres_prive.h"

const struct parametre_modele parametre_modeles[PARAMETRE_NOMBRE] = {
#define PARAMETRE(ident, cle, type, domaine) [ident] = {cle, type, domaine},
#include "regles/parametres.def"
#undef PARAMETRE
};

struct parametres *parametres_creer(void)
{
    return memoire_calloc(1, sizeof(struct parametres));
}

void parametres_free(struct parametres *p)
{
    if (p == NULL)
        return;
    for (size_t k = 0; k < PARAMETRE_NOMBRE; k++) {
        struct parametre_entree *e = &p->entrees[k];
        for (size_t i = 0; i < e->n; i++) {
            memoire_free(e->valeurs[i].mot);
            memoire_free(e->valeurs[i].source);
        }
        memoire_free(e->valeurs);
        memoire_free(e->titre);
        memoire_free(e->date);
    }
    memoire_free(p);
}

const char *parametre_cle(enum parametre_cle cle)
{
    return (size_t)cle < PARAMETRE_NOMBRE ? parametre_modeles[cle].cle : "";
}

/* Rang d'une clé ; PARAMETRE_NOMBRE quand elle n'est pas des nôtres. */
static size_t rang_de(const char *cle)
{
    size_t k = 0;
    while (k < PARAMETRE_NOMBRE && strcmp(parametre_modeles[k].cle, cle) != 0)
        k++;
    return k;
}

static const char *ou_vide(const char *s)
{
    return s == NULL ? "" : s;
}

static const char *const dates_permises[] = {"signature", "va", "depot", "au"};

static bool date_permise(const char *date)
{
    for (size_t i = 0; i < sizeof dates_permises / sizeof *dates_permises; i++)
        if (strcmp(dates_permises[i], date) == 0)
            return true;
    return false;
}

/* Ce qu'une valeur doit dire d'elle-même, quelle que soit sa clé. Toutes les fautes sont dites. */
static bool verifier(size_t k, const struct parametre_lu *lu, struct parametre_valeur *v, struct diag_liste *diags)
{
    const struct parametre_modele *m = &parametre_modeles[k];
    bool bon = true;
    if (lu->type != m->type) {
        diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : type inattendu", m->cle);
        return false;
    }
    if (!jour_parse_iso(slice_of(lu->depuis), &v->depuis)) {
        struct diag *d = diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : date de début illisible", m->cle);
        diag_trouve(d, "%s", ou_vide(lu->depuis));
        diag_attendu(d, "un jour AAAA-MM-JJ");
        bon = false;
    }
    if (!parametre_valeur_lire(m, ou_vide(lu->valeur), v)) {
        struct diag *d = diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : valeur impossible", m->cle);
        diag_trouve(d, "%s", ou_vide(lu->valeur));
        if (m->type == PARAMETRE_MOT && m->domaine[0] != '@')
            diag_attendu(d, "%s", m->domaine);
        bon = false;
    }
    if (*ou_vide(lu->titre) == '\0' || *ou_vide(lu->source) == '\0') {
        diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : titre ou source absents", m->cle);
        bon = false;
    }
    if (!date_permise(ou_vide(lu->date))) {
        struct diag *d = diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : date qui le choisit inconnue", m->cle);
        diag_trouve(d, "%s", ou_vide(lu->date));
        diag_attendu(d, "signature, va, depot ou au");
        bon = false;
    }
    return bon;
}

bool parametres_ajouter(struct parametres *p, const struct parametre_lu *lu, struct diag_liste *diags)
{
    size_t k = rang_de(ou_vide(lu->cle));
    if (k == PARAMETRE_NOMBRE) {
        diag_erreur(diags, E_PARAMETRE_INCONNU, "paramètre inconnu : %s", ou_vide(lu->cle));
        return false;
    }
    struct parametre_valeur v = {.base = {BASE_SANS_TEXTE, JOUR_ABSENT, JOUR_ABSENT}, .jour = JOUR_ABSENT};
    if (!verifier(k, lu, &v, diags))
        return false;
    struct parametre_entree *e = &p->entrees[k];
    size_t place = e->n;
    while (place > 0 && jour_cmp(e->valeurs[place - 1].depuis, v.depuis) > 0)
        place--;
    if (place > 0 && jour_cmp(e->valeurs[place - 1].depuis, v.depuis) == 0) {
        diag_erreur(diags, E_PARAMETRE_DOUBLE, "paramètre %s : deux valeurs depuis le %s", lu->cle, lu->depuis);
        return false;
    }
    if (e->n > 0 && (strcmp(e->titre, lu->titre) != 0 || strcmp(e->date, lu->date) != 0)) {
        diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : titre ou date qui diffèrent d'une valeur à l'autre", lu->cle);
        return false;
    }
    if (e->n == 0) {
        e->titre = memoire_strdup(lu->titre);
        e->date = memoire_strdup(lu->date);
    }
    v.mot = memoire_strdup(lu->valeur);
    v.source = memoire_strdup(lu->source);
    v.inference = lu->inference;
    e->valeurs = memoire_grow(e->valeurs, &e->cap, e->n + 1, sizeof *e->valeurs);
    memmove(e->valeurs + place + 1, e->valeurs + place, (e->n - place) * sizeof *e->valeurs);
    e->valeurs[place] = v;
    e->n++;
    return true;
}

/* Les bornes du barème croissent, à chaque date où l'une d'elles commence. */
static bool bornes_croissantes(const struct parametres *p, struct diag_liste *diags)
{
    for (size_t k = P_BAREME_A_MIN; k <= P_BAREME_F_MIN; k++)
        for (size_t i = 0; i < p->entrees[k].n; i++) {
            int64_t avant = 0, n;
            for (size_t b = P_BAREME_A_MIN; b <= P_BAREME_F_MIN; b++) {
                if (!parametre_n(p, (enum parametre_cle)b, p->entrees[k].valeurs[i].depuis, &n))
                    continue;
                if (n <= avant) {
                    diag_erreur(diags, E_PARAMETRE_VALEUR, "paramètre %s : borne qui ne croît pas",
                                parametre_modeles[b].cle);
                    return false;
                }
                avant = n;
            }
        }
    return true;
}

bool parametres_completer(struct parametres *p, const struct parametres *programme, struct diag_liste *diags)
{
    bool bon = true;
    for (size_t k = 0; k < PARAMETRE_NOMBRE; k++) {
        const struct parametre_entree *e = &programme->entrees[k];
        if (p->entrees[k].n > 0)
            continue;
        for (size_t i = 0; i < e->n; i++) {
            char depuis[JOUR_TEXTE_MAX];
            const struct parametre_valeur *v = &e->valeurs[i];
            const struct parametre_lu lu = {
                .cle = parametre_modeles[k].cle, .type = parametre_modeles[k].type, .titre = e->titre, .date = e->date,
                .source = v->source, .inference = v->inference, .depuis = jour_iso(v->depuis, depuis), .valeur = v->mot};
            bon = parametres_ajouter(p, &lu, diags) && bon;
        }
    }
    return bon;
}

bool parametres_clore(struct parametres *p, const struct empreinte *empreinte, struct diag_liste *diags)
{
    bool bon = true;
    for (size_t k = 0; k < PARAMETRE_NOMBRE; k++) {
        if (p->entrees[k].n > 0)
            continue;
        diag_erreur(diags, E_PARAMETRE_ABSENT, "paramètre absent : %s", parametre_modeles[k].cle);
        bon = false;
    }
    if (bon)
        bon = bornes_croissantes(p, diags);
    p->empreinte = *empreinte;
    return bon;
}

const struct empreinte *parametres_empreinte(const struct parametres *p)
{
    return &p->empreinte;
}

static void vue_de(const struct parametres *p, size_t k, const struct parametre_valeur *v, struct parametre_vue *out)
{
    const struct parametre_modele *m = &parametre_modeles[k];
    *out = (struct parametre_vue){
        .cle = m->cle,
        .titre = p->entrees[k].titre,
        .date = p->entrees[k].date,
        .source = v->source,
        .inference = v->inference,
        .type = m->type,
        .depuis = v->depuis,
        .n = v->n,
        .mot = v->mot,
    };
}

bool parametres_rang(const struct parametres *p, size_t rang, struct parametre_vue *out)
{
    for (size_t k = 0; k < PARAMETRE_NOMBRE; k++) {
        if (rang < p->entrees[k].n) {
            vue_de(p, k, &p->entrees[k].valeurs[rang], out);
            return true;
        }
        rang -= p->entrees[k].n;
    }
    return false;
}

const struct parametre_valeur *parametre_en_vigueur(const struct parametres *p, enum parametre_cle cle, struct jour au)
{
    if ((size_t)cle >= PARAMETRE_NOMBRE || !jour_present(au))
        return NULL;
    const struct parametre_entree *e = &p->entrees[cle];
    for (size_t i = e->n; i-- > 0;)
        if (e->valeurs[i].depuis.n <= au.n)
            return &e->valeurs[i];
    return NULL;
}

bool parametres_trouver(const struct parametres *p, const char *cle, struct jour au, struct parametre_vue *out)
{
    size_t k = rang_de(cle);
    const struct parametre_valeur *v = parametre_en_vigueur(p, (enum parametre_cle)k, au);
    if (v == NULL)
        return false;
    vue_de(p, k, v, out);
    return true;
}

bool parametre_n(const struct parametres *p, enum parametre_cle cle, struct jour au, int64_t *out)
{
    const struct parametre_valeur *v = parametre_en_vigueur(p, cle, au);
    if (v == NULL)
        return false;
    *out = v->n;
    return true;
}

bool parametre_jour(const struct parametres *p, enum parametre_cle cle, struct jour au, struct jour *out)
{
    const struct parametre_valeur *v = parametre_en_vigueur(p, cle, au);
    if (v == NULL)
        return false;
    *out = v->jour;
    return jour_present(*out);
}

const char *parametre_mot(const struct parametres *p, enum parametre_cle cle, struct jour au)
{
    const struct parametre_valeur *v = parametre_en_vigueur(p, cle, au);
    return v == NULL ? NULL : v->mot;
}
