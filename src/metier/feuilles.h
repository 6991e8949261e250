/* Ranks of the columns of each sheet (feuilles.def). */
#ifndef SONS_METIER_FEUILLES_H
#define SONS_METIER_FEUILLES_H

/* One enum for all: each kind starts again at 0 through its own constants. */
#define FEUILLE(genre) enum {
#define COLONNE(ident, nom, requis) ident,
#define FIN_FEUILLE(nombre) nombre };
#include "metier/feuilles.def"
#undef FEUILLE
#undef COLONNE
#undef FIN_FEUILLE

#define MOTS_PAIEMENT "avance|solde"
#define MOTS_ROLE "editeur|distributeur"
#define MOTS_FONDS "esms_numerique|feder|fse"
#define MOTS_PHASE "amorcage|generalisation"
#define MOTS_VOLET "equipement|usage"
#define MOTS_NATURE "acquisition|renouvellement|mise_en_conformite"
#define MOTS_ETAT "candidature|engagement|convention|refuse|renonce|rembourse"
#define MOTS_MOTIF_TVA "exemption|guyane|mayotte|non_assujetti"
#define MOTS_PAIEMENT "avance|solde"
#define MOTS_MODE "manuscrite|cpx|psc|rgs|eidas"

#endif
