/* Events made in a line; the test of the table, which stands apart. */
#ifndef SONS_TESTS_REGLES_ESSAI_VIE_H
#define SONS_TESTS_REGLES_ESSAI_VIE_H

#include "../noyau/essai.h"
#include "regles/vie.h"

static inline struct evenement ev(enum evenement_type type, enum paiement p, int64_t le)
{
    return (struct evenement){.type = type, .paiement = p, .le = {le}, .fait = le, .numero = p == PAIEMENT_SOLDE ? 2 : 1,
                              .version = type == EV_REPONSE ? 1 : 0, .montant = MONTANT_ABSENT};
}

static inline struct evenement ev_montant(enum evenement_type type, enum paiement p, int64_t le, int64_t centimes)
{
    struct evenement e = ev(type, p, le);
    e.montant = montant_of(centimes);
    return e;
}

static inline struct evenement ev_solde(int64_t le, int64_t montant, int64_t total)
{
    struct evenement e = ev_montant(EV_DEMANDE, PAIEMENT_SOLDE, le, montant);
    e.total = montant_of(total);
    return e;
}

static inline struct evenement reponse(enum paiement p, int64_t le, enum statut_asp s, uint32_t version)
{
    struct evenement e = ev(EV_REPONSE, p, le);
    e.statut = s;
    e.version = version;
    return e;
}

/* Every state reached, every act tried: the fold (vie.c) and the table of states (cycle.def) say the same. */
void table_et_pli(void **ctx);

#endif
