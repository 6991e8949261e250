#include "regles/motifs.h"

#include <string.h>

#include "regles/regles.h"

static const struct {
    const char *mots, *regles;
} motifs[] = {
#define MOTIF(mots, regles) {mots, regles},
#include "regles/motifs.def"
#undef MOTIF
};
#define DEBUT_SUFFIT 4

/* Le mot suivant d'un texte à un blanc entre les mots ; vide à la fin. */
static struct slice mot_suivant(const char **p)
{
    const char *debut = *p, *fin = strchr(debut, ' ');
    const size_t len = fin == NULL ? strlen(debut) : (size_t)(fin - debut);
    *p = debut + len + (fin != NULL);
    return (struct slice){debut, len};
}

static bool mot_present(struct slice mot, const char *texte)
{
    struct slice autre;
    while ((autre = mot_suivant(&texte)).len > 0)
        if (autre.len >= mot.len && (mot.len >= DEBUT_SUFFIT || autre.len == mot.len) && memcmp(autre.bytes, mot.bytes, mot.len) == 0)
            return true;
    return false;
}

static bool tous_presents(const char *mots, const char *texte)
{
    struct slice mot;
    while ((mot = mot_suivant(&mots)).len > 0)
        if (!mot_present(mot, texte))
            return false;
    return true;
}

size_t motif_regles(struct slice motif, uint16_t rangs[MOTIF_REGLES_MAX])
{
    struct buffer b = {0};
    size_t n = 0;
    const struct slice nu = slice_trim(motif);
    const size_t rang = nu.len == 0 ? regles_nombre() : regle_rang(nu.bytes, nu.len);
    if (rang != regles_nombre()) {
        rangs[0] = (uint16_t)rang;
        return 1;
    }
    if (nu.len > 0)
        texte_fold(&b, nu.bytes, nu.len);
    for (size_t i = 0; b.len > 0 && n == 0 && i < sizeof motifs / sizeof *motifs; i++) {
        if (!tous_presents(motifs[i].mots, b.bytes))
            continue;
        struct slice regle;
        for (const char *p = motifs[i].regles; n < MOTIF_REGLES_MAX && (regle = mot_suivant(&p)).len > 0;)
            rangs[n++] = (uint16_t)regle_rang(regle.bytes, regle.len);
    }
    buffer_free(&b);
    return n;
}
