/* FINESS bases kept in the registre: immutable, keyed by the number of their import fact. */
#ifndef SONS_REGISTRE_FINESS_BASE_H
#define SONS_REGISTRE_FINESS_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/etablissement.h"
#include "registre/base.h"
#include "regles/dossier.h"

/* An OG as counted in a base: its ESSMS by couloir (n[0] = all 4xxx) and all its ET, sorted. */
struct og_compte {
    finess ej;
    uint32_t n[COULOIR_NOMBRE];
    const struct et_de_l_og *et;
    size_t n_et;
};

/* Hash of the rows as they are kept, categories included: recomputed by the verification. */
struct empreinte finess_lignes_et(const struct etablissement *et, size_t n, const struct categorie_libelle *cat, size_t n_cat);
struct empreinte finess_lignes_ej(const struct entite_juridique *ej, size_t n);

bool finess_base_ecrire_et(struct registre *r, int64_t base, const struct etablissement *et, size_t n,
                           const struct og_compte *og, size_t n_og, const struct categorie_libelle *cat, size_t n_cat,
                           struct diag_liste *diags);
bool finess_base_ecrire_ej(struct registre *r, int64_t base, const struct entite_juridique *ej, size_t n,
                           struct diag_liste *diags);
/* Rehashes every base. Faults exit 4. */
bool finess_base_verifier(struct registre *r, size_t *bases, size_t *lignes, struct diag_liste *diags);

/* What a base says of one ESSMS. */
struct finess_essms {
    finess ej;
    uint16_t categorie, agregat;
    struct slice raison_sociale, acheminement;
};
/* Look-ups, statements prepared once. */
struct finess_lecteur;
struct finess_lecteur *finess_lecteur_creer(struct registre *r, struct diag_liste *diags);
void finess_lecteur_free(struct finess_lecteur *l);
/* From now on, a base asked for a good part of its rows is read whole into memory. */
void finess_lecteur_par_images(struct finess_lecteur *l);
/* About how many ESSMS are to be looked up, most of them in one base: it is read earlier, or not at all. */
void finess_lecteur_attendre(struct finess_lecteur *l, size_t recherches);
/* 1 found, 0 not, −1 fault. Slices live until the next call; NULL `out` members are not needed. */
int finess_trouver_et(struct finess_lecteur *l, int64_t base, finess et, struct etablissement *out, struct diag_liste *diags);
/* What is asked of every ESSMS: the hot path of the rules. */
int finess_trouver_essms(struct finess_lecteur *l, int64_t base, finess et, struct finess_essms *out, struct diag_liste *diags);
/* Only OG, category and aggregate. */
int finess_trouver_rattachement(struct finess_lecteur *l, int64_t base, finess et, finess *ej, uint16_t *categorie,
                             uint16_t *agregat, struct diag_liste *diags);
/* `out->et` is not filled; `octets_et` (may be NULL) receives the packed ET. */
int finess_trouver_og(struct finess_lecteur *l, int64_t base, finess ej, struct og_compte *out, struct slice *octets_et,
                   struct diag_liste *diags);
int finess_trouver_entite(struct finess_lecteur *l, int64_t base, finess ej, struct entite_juridique *out, struct diag_liste *diags);
/* The i-th ET packed in `octets_et` (FINESS_PAQUET bytes each, sorted). */
#define FINESS_PAQUET 8
struct et_de_l_og finess_depaqueter(struct slice octets_et, size_t i);
/* Looks one of them up. */
bool finess_dans_le_paquet(struct slice octets_et, finess et, struct et_de_l_og *out);

/* Of the form that an import fact names, what it holds: "cs1100502" (ET) or "cs1100501" (EJ). The annual archives and
 * FINESS+ give the same rows as these extractions. */
const char *finess_base_nature(struct slice forme);
/* Which base: `nature` "cs1100502" or "cs1100501". 0 = none. */
bool finess_base_du(struct registre *r, const char *nature, struct jour date, int64_t *base, struct diag_liste *diags);
bool finess_base_derniere(struct registre *r, const char *nature, int64_t *base, struct jour *date, struct diag_liste *diags);
/* The base that serves a couloir and a year (0 = none), among bases dated ≤ `au` (JOUR_ABSENT = any). */
bool finess_base_designee(struct registre *r, enum couloir c, int annee, struct jour au, int64_t *base, struct jour *date,
                          struct diag_liste *diags);

#endif
