/* Import of one kind of sheet; acte_feuille_importer dispatches. */
#ifndef SONS_METIER_ACTE_FEUILLE_H
#define SONS_METIER_ACTE_FEUILLE_H

#include "metier/actes.h"

bool registres_importer(struct contexte *ctx, enum feuille_genre g, struct feuille *f, struct import_rapport *out);
bool financements_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool attestations_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool factures_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool va_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool contacts_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool encaissements_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool mandats_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);
bool commandes_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out);

#endif
