/* The table of acts. */
#define _GNU_SOURCE
#include "banc.h"

#include <stdlib.h>
#include <string.h>
#include "noyau/memoire.h"

#define CHAMPS 8

static char *champ(char *t)
{
    while (*t == ' ')
        t++;
    char *fin = t + strlen(t);
    while (fin > t && (fin[-1] == ' ' || fin[-1] == '\n'))
        *--fin = '\0';
    return t;
}

static void lire_ligne(char *ligne, int numero, struct acte *a)
{
    char *c[CHAMPS], *reste = ligne;
    int n = 0;
    for (char *t; n < CHAMPS && (t = strsep(&reste, "|")); n++)
        c[n] = champ(t);
    char *fleche = n == CHAMPS ? strchr(c[4], '>') : NULL, *barre = n == CHAMPS ? strchr(c[7], '/') : NULL;
    if (n != CHAMPS || reste || !fleche || !barre)
        mourir("actes.tab, ligne %d : %d champs attendus", numero, CHAMPS);
    *fleche = '\0';
    *a = (struct acte){
        .nom = memoire_strdup(c[0]), .etape = memoire_strdup(c[1]), .commande = memoire_strdup(c[2]), .sonde = memoire_strdup(c[3]),
        .avant = memoire_strdup(c[4]), .apres = memoire_strdup(fleche + 1), .encore = atoi(c[5]),
        .reparer = strcmp(c[6], "-") == 0 ? NULL : memoire_strdup(c[6]), .bref = (unsigned)strtoul(c[7], NULL, 10),
        .entier = (unsigned)strtoul(barre + 1, NULL, 10),
    };
}

void table_lire(const char *chemin, struct table *out)
{
    FILE *f = fopen(chemin, "r");
    char *ligne = NULL;
    size_t cap_ligne = 0, cap = 0;
    int numero = 0;
    *out = (struct table){0};
    if (!f)
        mourir("%s ne s'ouvre pas", chemin);
    while (getline(&ligne, &cap_ligne, f) >= 0) {
        numero++;
        if (*ligne == '#' || *ligne == '\n')
            continue;
        out->t = memoire_grow(out->t, &cap, out->n + 1, sizeof *out->t);
        lire_ligne(ligne, numero, &out->t[out->n++]);
    }
    free(ligne);
    fclose(f);
}
