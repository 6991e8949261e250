/* The files of a seal: the bordereau, and beside it, under the same name, its signature (.p7s), the request of its time-stamp
 * (.tsq) and the answer (.tsr). */
#ifndef SONS_METIER_SCEAU_FICHIER_H
#define SONS_METIER_SCEAU_FICHIER_H

#include "noyau/texte.h"
#include "registre/sceau.h"
#include "signature/horodatage.h"

struct sceau_lu {
    const char *chemin;
    struct buffer octets;
    struct sceau s;
    bool lisible;
    const char *signature, *horodatage; /* static words: « aucune », « valable » … */
    bool signe, juge;                   /* signed and good; by a certificate that is trusted */
    struct instant horodate_le;
    char signataire[CERTIFICAT_NOM_MAX];
};
/* The bordereau, and what stands beside it. False when there is a fault, told. sceau_lu_free in every case. */
bool sceau_fichier_lire(const char *chemin, const struct confiance *c, struct sceau_lu *out, struct diag_liste *diags);
void sceau_lu_free(struct sceau_lu *l);
/* The name of a companion: `a/sceau.txt` and ".p7s" → `a/sceau.p7s`. Owned by the caller. */
char *sceau_voisin(const char *chemin, const char *extension);
/* Reads a companion: 1 read, 0 not there, −1 a fault. */
int voisin_lire(const char *chemin, const char *extension, size_t max, struct buffer *out, struct diag_liste *diags);
/* What is wrong with an answer, as a fault. False when there is one. */
bool horodatage_juger(const struct horodatage_vue *v, const char *fichier, struct diag_liste *diags);

#endif
