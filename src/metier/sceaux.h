/* Seals of the journal: making one, joining its time-stamp, verifying the registre with them; the extract of one order. */
#ifndef SONS_METIER_SCEAUX_H
#define SONS_METIER_SCEAUX_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/contexte.h"
#include "noyau/empreinte.h"
#include "noyau/tableau.h"

/* --- making -------------------------------------------------------------------------------------------------------- */
struct sceller_demande {
    const char *dossier;
    const char *cle, *certificat, *mot_de_passe; /* files; NULL = none */
    int64_t refaire;            /* 0, or the number of a seal to write again, byte for byte but for its signature and request */
};
struct sceller_rapport {
    bool deja;
    int64_t numero, entrees;
    char fichier[64];           /* sceau-xxxxxxxx-000001.txt; the others have its name, .p7s and .tsq */
    char racine[EMPREINTE_HEX], empreinte[EMPREINTE_HEX];
    bool signe;
    char signataire[200];
    bool sans_signature;        /* written again without the signature that it announces: no key was given */
};
/* Verifies the chain and the last seal, seals every entry, records it. A registre fictif signs nothing. Nothing written since
 * the last seal: `deja`, with its number, and nothing is done. */
bool acte_journal_sceller(struct contexte *ctx, const struct sceller_demande *d, struct sceller_rapport *out);

struct horodater_rapport {
    struct instant le;
    char autorite[200];
    char fichier[256];          /* where the answer was put; cut when longer */
    bool deja, jugee;           /* jugee: the authority is one of those trusted */
};
/* The answer of a time-stamping authority, checked, then copied beside the seal. Needs no registre. */
bool acte_sceau_horodater(const char *sceau, const char *reponse, const char *confiance, bool essai, struct horodater_rapport *out,
                          struct diag_liste *diags);

/* --- verifying ----------------------------------------------------------------------------------------------------- */
struct sceaux_demande {
    const char *const *fichiers;
    size_t n;
    const char *confiance;      /* may be NULL */
};
struct sceaux_rapport {
    size_t sceaux, lisibles;
    size_t identiques, grandis, rompus; /* with a registre */
    size_t continuites, lacunes; /* pairs of seals: continuity proved, or not shown */
    size_t non_signes, non_juges, non_horodates;
    int64_t entrees;            /* of the registre */
    char tete[EMPREINTE_HEX];
    bool chaine, registre;      /* registre: there was one */
};
/* One row a seal: what the registre says of it. Without a registre, the seals alone, and between themselves. False = a fault. */
bool vue_sceaux_verifier(struct contexte *ctx, const struct sceaux_demande *d, struct tableau_sortie *s, struct sceaux_rapport *out);

/* « Rappel : … » when the last seal, or the opening of a registre never sealed, is more than SCEAU_RAPPEL_JOURS old. Appends
 * nothing otherwise. */
#define SCEAU_RAPPEL_JOURS 31
bool vue_sceau_rappel(struct contexte *ctx, struct buffer *out);

/* --- extract of one order ------------------------------------------------------------------------------------------ */
struct extrait_ecrit {
    size_t entrees, posterieures; /* posterieures: recorded after the seal, left out */
};
/* Writes `sortie`, a new file. Orders that the entries name in spite of all (a rule that compares them) are told. */
bool vue_extrait_ecrire(struct contexte *ctx, int64_t commande, const char *sceau, const char *sortie, struct extrait_ecrit *out);
struct extrait_lu {
    char commande[128];          /* its number */
    size_t entrees;
    char sceau[128];
    char registre[33];
};
/* One row a fact. Needs no registre. `d` names one seal. */
bool vue_extrait_verifier(const char *fichier, const struct sceaux_demande *d, struct tableau_sortie *s, struct extrait_lu *out,
                          struct diag_liste *diags);

#endif
