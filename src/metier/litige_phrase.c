/* What is said of an order in a dispute. */
#include "metier/litiges.h"
#include "noyau/memoire.h"
#include "noyau/ouvre.h"
#include "registre/litige.h"

static const char *const reponses[LITIGE_REPONSE_NOMBRE] = {
    [LITIGE_MAINTENIR] = "maintenir", [LITIGE_CORRIGER] = "corriger", [LITIGE_RETIRER] = "retirer"};

const char *litige_reponse_nom(enum litige_reponse r)
{
    return (size_t)r < LITIGE_REPONSE_NOMBRE ? reponses[r] : "";
}

struct jour litige_limite(const struct contexte *ctx, struct jour courrier, struct jour au)
{
    int64_t delai;
    return parametre_n(ctx->parametres, P_DELAI_LITIGE, au, &delai) && delai > 0 && delai < 1000 ? jour_ouvre_plus(courrier, (int)delai)
                                                                                                 : JOUR_ABSENT;
}

bool litige_dire(struct contexte *ctx, int64_t commande, struct instant au, struct buffer *phrase, struct buffer *a_faire)
{
    char t[JOUR_TEXTE_MAX];
    struct litige_lu l;
    const struct jour jour = instant_jour(au);
    if (!litige_ouvert(ctx->registre, commande, jour, NULL, &l, ctx->diags))
        return false;
    if (l.fait == 0)
        return true;
    const struct jour limite = litige_limite(ctx, l.le, jour);
    buffer_printf(phrase, "en litige depuis le courrier du %s", jour_fr(l.le, t));
    if (*l.contre_texte != '\0')
        buffer_printf(phrase, ", contre la commande %s", l.contre_texte);
    if (l.reponse[0] != '\0') {
        buffer_printf(phrase, " ; réponse du %s : %s", jour_fr(l.repondu_le, t), l.reponse);
        buffer_puts(a_faire, "attendre la décision (si le client a signé les deux, c'est lui qui décide), puis sons litige conclure ; "
                             "d'ici là, aucune des deux commandes n'est émise");
    } else {
        if (jour_present(limite))
            buffer_printf(phrase, jour_cmp(jour, limite) > 0 ? " ; le délai pour répondre est passé depuis le %s, sans réponse"
                                                             : " ; répondre au plus tard le %s (jours ouvrés)", jour_fr(limite, t));
        buffer_puts(a_faire, "sons litige repondre COMMANDE maintenir, corriger ou retirer ; d'ici la conclusion, aucune des deux "
                             "commandes n'est émise");
    }
    memoire_free(l.contre_texte);
    return true;
}
