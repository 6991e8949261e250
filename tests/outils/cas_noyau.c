/* Known answers that need values only. */
#include "cas.h"

#include "noyau/instant.h"
#include "noyau/montant.h"
#include "noyau/numero.h"
#include "regles/bareme.h"

bool cas_finess(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    (void)c;
    finess f;
    buffer_puts(trouve, numero_verdict_nom(finess_parse(champs[0], &f)));
    return true;
}

/* Both ways: to legal time, and back to the same second. */
bool cas_heure_legale(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    (void)c;
    struct instant i, back;
    char text[INSTANT_TEXTE_MAX];
    if (!instant_parse_utc(champs[0], &i))
        return false;
    buffer_puts(trouve, instant_paris(i, text));
    return instant_parse(slice_of(text), &back, NULL) && instant_cmp(i, back) == 0;
}

bool cas_repartition(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    int64_t ht, n;
    if (!cas_entier(champs[0], 0, MONTANT_MAX, &ht) || !cas_entier(champs[1], 1, 1000000, &n))
        return false;
    struct montant *parts = arene_alloc(&c->arene, (size_t)n * sizeof *parts);
    if (!montant_repartir(montant_of(ht), NULL, (uint32_t)n, parts))
        return false;
    for (int64_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_putc(trouve, ' ');
        buffer_put_i64(trouve, parts[i].centimes);
    }
    return true;
}

bool cas_tva(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    (void)c;
    int64_t ht, rate;
    struct montant tva, ttc;
    if (!cas_entier(champs[0], 0, MONTANT_MAX, &ht) || !cas_entier(champs[1], 0, 10000, &rate) ||
        !tva_calculer(montant_of(ht), (struct taux){(int32_t)rate}, &tva) || !montant_add(montant_of(ht), tva, &ttc))
        return false;
    buffer_put_i64(trouve, tva.centimes);
    buffer_putc(trouve, ';');
    buffer_put_i64(trouve, ttc.centimes);
    return true;
}
