/* Fundings of one ESSMS (regles.md § 4): what identifies one, which of its states counts, what the scheme cannot have.
 * Pure functions over the dossier. */
#ifndef SONS_REGLES_FINANCEMENT_H
#define SONS_REGLES_FINANCEMENT_H

#include <stdbool.h>
#include "regles/dossier.h"

/* The state has come at `au` (no date: it always had). */
bool financement_connu(const struct dossier *d, const struct financement *f);
/* Rank of the state that counts, of the funding that the state `rang` belongs to: the latest known. */
uint32_t financement_actuel(const struct dossier *d, const struct dossier_essms *e, uint32_t rang);
/* Known, and the state that counts. */
bool financement_compte(const struct dossier *d, const struct dossier_essms *e, uint32_t rang);
/* The state, completed with what an earlier state of the same funding said and it does not repeat (dui, dui_reference). */
struct financement financement_lu(const struct dossier *d, const struct dossier_essms *e, uint32_t rang);
/* Engagement letter or convention (COR). */
bool financement_beneficiaire(const struct financement *f);
/* It pays the installation or the upgrade of a software: equipment, or anything of the amorçage (AMO). */
bool financement_paie_logiciel(const struct financement *f);
/* Do both texts name the same software? TROIS_ABSENT when one is empty. Names already resolved (`logiciel`). */
enum trois meme_logiciel(const char *a, const char *b);
/* Why such a funding cannot exist, in French; NULL when it can. Absent data is not judged. */
const char *financement_impossible(enum fonds fonds, enum phase phase, enum volet volet, enum nature nature);

#endif
