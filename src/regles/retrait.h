/* Une réponse de l'ASP saisie par erreur : ce qui a été fait depuis et qui repose sur elle, donc la retient. Pur. */
#ifndef SONS_REGLES_RETRAIT_H
#define SONS_REGLES_RETRAIT_H

#include "regles/vie.h"

/* Un acte fait après la réponse repose sur elle : il se pouvait dans `avec`, la vie telle qu'elle était saisie quand il fut fait, et ne se
 * pouvait pas dans `sans`, la même sans cette réponse. Ainsi la demande refaite ou le solde demandé, l'annulation, la correction d'une
 * commande rendue ; non une réponse de plus, ni une facture qui pouvait venir avant. */
bool retrait_acte_repose(enum acte_commande acte, const struct vie *avec, const struct vie *sans);
/* De même pour un événement. L'argent reçu ne repose sur aucune réponse : il est venu, et attend celle de l'ASP. L'ordre de recouvrer et le
 * reversement reposent sur la décision de payer, dont ils défont les effets, et se retirent eux-mêmes. */
bool retrait_repose(const struct evenement *reponse, const struct evenement *e, const struct vie *avec, const struct vie *sans);

#endif
