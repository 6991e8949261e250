/* Disputes (regles.md § 3): acts, the deadline to answer, what is said of an order in one. */
#ifndef SONS_METIER_LITIGES_H
#define SONS_METIER_LITIGES_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/contexte.h"
#include "noyau/jour.h"

enum litige_reponse { LITIGE_MAINTENIR, LITIGE_CORRIGER, LITIGE_RETIRER, LITIGE_REPONSE_NOMBRE };
const char *litige_reponse_nom(enum litige_reponse r); /* "maintenir" … */

struct litige_rapport {
    bool deja;                 /* recorded already: nothing written */
    struct jour limite;        /* last day to answer */
    bool hors_delai;           /* answered after it */
    char contre[128];          /* the other order */
};
/* The mail of ASP, of the day ctx->le. `contre` (may be NULL): the other order, `SIREN/NUMERO`, a number, or what ASP calls it;
 * without it, the only other order in force on one of the ESSMS, when there is only one. `piece` may be NULL. */
bool acte_litige_ouvrir(struct contexte *ctx, int64_t commande, const char *contre, const char *piece, struct litige_rapport *out);
/* What the éditeur answers; a withdrawal ends the dispute. `contre` chooses among several. */
bool acte_litige_repondre(struct contexte *ctx, int64_t commande, enum litige_reponse reponse, const char *contre, const char *piece,
                          struct litige_rapport *out);
/* What the client, or ASP, decided of this order: kept, or set aside (it is no longer in force from that day). */
bool acte_litige_conclure(struct contexte *ctx, int64_t commande, bool retenue, const char *contre, const char *motif, const char *piece,
                          struct litige_rapport *out);

/* Last day to answer a mail of `courrier`: working days, the parameter of `au`. JOUR_ABSENT without the parameter. */
struct jour litige_limite(const struct contexte *ctx, struct jour courrier, struct jour au);
/* One sentence on the open dispute of the order on the day of `au`, and what is possible; both empty when there is none. */
bool litige_dire(struct contexte *ctx, int64_t commande, struct instant au, struct buffer *phrase, struct buffer *a_faire);

#endif
