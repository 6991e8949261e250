/* Shared by the files of the FINESS bases only. */
#ifndef SONS_REGISTRE_FINESS_INTERNE_H
#define SONS_REGISTRE_FINESS_INTERNE_H

#include "registre/finess_base.h"

/* Key of a row: base in the high half, number in the low one. */
static inline int64_t cle_de(int64_t base, finess n)
{
    return base << 32 | (int64_t)n;
}

/* The rows as they are kept, and their columns. */
#define SQL_ET "select cle, ej, categorie, agregat, siret, ouverture, departement, raison_sociale, acheminement from finess_et "
#define SQL_EJ "select cle, siren, raison_sociale, acheminement, statut from finess_entite left join finess_statut using (cle) "
void finess_colonnes_et(sqlite3_stmt *s, struct etablissement *e);
void finess_colonnes_ej(sqlite3_stmt *s, struct entite_juridique *e);

#endif
