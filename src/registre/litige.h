/* Disputes as the projections have them: what an act or a view asks of one order. */
#ifndef SONS_REGISTRE_LITIGE_H
#define SONS_REGISTRE_LITIGE_H

#include "noyau/diag.h"
#include "noyau/jour.h"
#include "registre/base.h"

/* SQL: the order `commande` (an expression) was set aside by the day `jour`; is in an open dispute on that day. */
#define LITIGE_ECARTEE_SQL(commande, jour) \
    "exists (select 1 from litige_fin lf where lf.ecartee = " commande " and lf.le <= " jour ")"
#define LITIGE_OUVERT_SQL(commande, jour)                                                                          \
    "exists (select 1 from litige lt where (lt.commande = " commande " or lt.contre = " commande ") and lt.le <= " jour \
    " and not exists (select 1 from litige_fin lf where lf.litige = lt.fait and lf.le <= " jour "))"

/* One dispute of an order, seen from it, by a day. */
struct litige_lu {
    int64_t fait;               /* 0 = none */
    int64_t commande, contre;   /* first facts; contre 0 = not in this registre */
    struct jour le;             /* of the mail */
    struct jour repondu_le, fini_le; /* JOUR_ABSENT until then */
    char reponse[16];           /* maintenir, corriger, retirer; "" */
    char *contre_texte;         /* the other order, as people name it; owned: memoire_free */
    bool plusieurs;             /* other open disputes match */
};
/* The open dispute of the order on `jour` (the one against `contre`, when it is not NULL: its text or its number). The latest
 * when there are several. False on a fault; `out->fait` 0 when there is none. */
bool litige_ouvert(struct registre *r, int64_t commande, struct jour jour, const char *contre, struct litige_lu *out,
                   struct diag_liste *diags);

#endif
