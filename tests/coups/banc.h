/* The bench of blows: every act of actes.tab, struck at every call by the shim (panne.h), judged after each blow. */
#ifndef SONS_TESTS_BANC_H
#define SONS_TESTS_BANC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "noyau/empreinte.h"
#include "noyau/texte.h"
#include "panne.h"

#if defined(__SANITIZE_ADDRESS__)
#define BANC_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BANC_ASAN 1
#endif
#endif
#ifndef BANC_ASAN
#define BANC_ASAN 0
#endif

#define REGISTRE "sons.db"

#include "mourir.h"

/* --- folders kept in memory (banc_dossier.c) --- */
struct fichier {
    char nom[256]; /* relative, sorted by bytes */
    char *octets;
    size_t len;
    struct empreinte e;
};
struct dossier {
    struct fichier *f;
    size_t n, cap;
};
void dossier_lire(const char *chemin, struct dossier *out);
/* Names and hashes only. */
void dossier_resumer(const struct dossier *d, struct dossier *out);
/* Makes the folder, which holds `la`, exactly this: what is more goes, what differs is written. */
void dossier_ecrire(const char *chemin, const struct dossier *la, const struct dossier *d);
const struct fichier *dossier_trouver(const struct dossier *d, const char *nom);
void dossier_mettre(struct dossier *d, const char *nom, const void *octets, size_t len);
void dossier_trier(struct dossier *d);
void dossier_free(struct dossier *d);
/* Hash of names (without the number of a process) and contents. */
struct empreinte dossier_empreinte(const struct dossier *d);
void effacer_arbre(const char *chemin);
/* The folders inside `de`, empty ones too, in `vers`. */
void dossiers_imiter(const char *de, const char *vers);

/* --- acts (banc_table.c) --- */
struct acte {
    char *nom, *etape, *commande, *sonde, *avant, *apres, *reparer; /* reparer may be NULL */
    int encore;
    unsigned bref, entier; /* blows at least: sampled; whole, without those of GROUPE_MEMOIRE */
};
struct table {
    struct acte *t;
    size_t n;
};
void table_lire(const char *chemin, struct table *out);

/* --- running (banc_lancer.c) --- */
struct coup {
    bool frapper;
    enum coups_classe classe;
    enum coups_geste geste;
    bool suite;
    uint64_t rang;
    uint64_t pas; /* COUPS_MEMOIRE only, not 0: a sweep, one rank out of `pas` */
};
struct course {
    int code;   /* exit code; −signal */
    uint64_t comptes[COUPS_COMPTES_N];
    struct buffer err;
};
struct atelier { /* one worker's own place */
    char *racine, *dossier; /* dossier = racine/d, where the act runs */
    const char *trace;      /* file of the trace of the next run, or NULL */
    uint64_t courses;
    struct dossier la; /* what the folder holds, without the bytes, when `su` */
    bool su;
};
void atelier_ouvrir(struct atelier *a, const char *racine);
void atelier_fermer(struct atelier *a);
/* Puts this in the folder; reads what is there. */
void atelier_mettre(struct atelier *a, const struct dossier *d);
void atelier_voir(struct atelier *a, struct dossier *out);
void lancer(struct atelier *a, const char *commande, const struct coup *coup, struct course *out);
const char *classe_nom(enum coups_classe c);
const char *geste_nom(enum coups_geste g);

/* --- judging (banc_juger.c) --- */
struct scene { /* an act prepared: where it starts, where it ends when nothing strikes */
    const struct acte *acte;
    struct dossier avant, apres;
    struct empreinte base_avant, base_apres; /* logical contents of the registre */
    struct course sans_faute;
};
enum sort_acte { SORT_FAUTE, SORT_ABSENT, SORT_ENTIER };
/* How the program ended: it could clean up behind itself, it was struck down, or nothing could be removed. */
enum fin { FIN_PROPRE, FIN_BRUTALE, FIN_TENACE };
struct jugement_etat {
    struct empreinte cle;
    enum fin fin;
    enum sort_acte sort;
    bool complet;   /* the files of the act are all there */
    bool brouillon; /* those that are not there are whole under a provisional name */
    char quoi[400]; /* of a SORT_FAUTE */
};
struct memoire_juge {
    struct jugement_etat *t;
    size_t n, cap;
};
struct etape { /* of maison.sh: made once, the start of several acts */
    const char *nom;
    char *chemin; /* where it stands */
    struct dossier d;
};
void etape_preparer(struct etape *e, const char *racine, const char *nom);
/* Runs the act once from there without a fault, and again to see that it is deterministic. `etape` outlives the scene. */
void scene_preparer(struct scene *s, struct atelier *a, const struct acte *acte, const struct etape *etape);
/* The state of the folder after a blow. Each distinct state is verified, told whole or absent, and worked on again; the
 * folder of the workshop is left anyhow. */
const struct jugement_etat *juger_etat(const struct scene *s, struct atelier *a, struct memoire_juge *m, const struct dossier *etat,
                                       enum fin fin);
struct empreinte base_empreinte(const char *chemin);

/* --- blows (banc_coups.c, banc_coupure.c) --- */
struct comptes {
    uint64_t essais;  /* blows that struck */
    uint64_t refus;   /* after which the program gave up, or died of SIGKILL */
    uint64_t appels;  /* calls that could be struck */
    uint64_t etats;   /* distinct states judged */
    uint64_t fautes;  /* verdicts against the program */
    uint64_t courses; /* programs run */
    uint64_t pareils; /* of `essais`: not run, because another blow was proven to be the same one */
    uint64_t lieur;   /* out of memory inside ld.so, which leaves with 127 before anybody can tell */
    uint64_t venus[COUPS_CLASSES]; /* calls of each class in the act, which GROUPE_APPELS tells */
    uint64_t portes[COUPS_CLASSES], refuses[COUPS_CLASSES]; /* `essais` and `refus` of each class, blows that fail only */
};
struct bilan {
    struct comptes c;
    struct buffer dit;
};
struct mesure {
    bool entier;      /* every rank, else sampled */
    unsigned part;    /* of the samples, in thousandths: less of each act when there are many */
    uint64_t graine;
};
enum groupe { GROUPE_MEMOIRE, GROUPE_APPELS, GROUPE_VFS, GROUPE_MORTS, GROUPE_COUPURE, GROUPE_NOMBRE };
void groupe_lancer(enum groupe g, const struct scene *s, struct atelier *a, const struct mesure *m, struct memoire_juge *juge,
                   struct bilan *out);
/* One blow, told; true when the program stood it. */
bool coup_unique(const struct scene *s, struct atelier *a, const struct coup *c, FILE *out);
void coupure(const struct scene *s, struct atelier *a, const struct mesure *m, struct memoire_juge *juge, struct bilan *out);
void bilan_faute(struct bilan *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
