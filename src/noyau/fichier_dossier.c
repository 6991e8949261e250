/* What a folder holds. */
#include "config.h" /* _GNU_SOURCE, large files */

#include "noyau/fichier.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "noyau/memoire.h"
#include "noyau/tri.h"

static int cmp_nom(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool faute(enum erreur_code code, const char *chemin, const char *quoi, const char *cause, struct diag_liste *diags)
{
    diag_lieu(diag_erreur(diags, code, "%s%s%s", quoi, cause != NULL ? " : " : "", cause != NULL ? cause : ""),
              &(struct lieu){.fichier = chemin});
    return false;
}

bool fichier_lister(const char *dossier, size_t max, struct fichier_noms *out, struct diag_liste *diags)
{
    size_t cap = 0;
    *out = (struct fichier_noms){0};
    DIR *d = opendir(dossier);
    if (d == NULL && errno == ENOTDIR)
        return faute(E_CHEMIN, dossier, "ce n'est pas un dossier", NULL, diags);
    if (d == NULL)
        return faute(E_OUVRIR, dossier, "le dossier ne peut pas être lu", fichier_cause(errno), diags);
    const struct dirent *e;
    for (errno = 0; (e = readdir(d)) != NULL; errno = 0) {
        if (e->d_name[0] == '.') {
            out->caches += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
            continue;
        }
        if (out->n == max)
            break;
        out->noms = memoire_grow(out->noms, &cap, out->n + 1, sizeof *out->noms);
        out->noms[out->n++] = memoire_strdup(e->d_name);
    }
    const int err = errno;
    (void)closedir(d);
    if (e == NULL && err == 0) {
        if (out->n > 0)
            trier_liste(out->noms, out->n, sizeof *out->noms, cmp_nom);
        return true;
    }
    fichier_noms_free(out);
    if (e == NULL)
        return faute(E_LECTURE, dossier, "la lecture du dossier s'est interrompue", fichier_cause(err), diags);
    diag_lieu(diag_erreur(diags, E_TROP_GROS, "le dossier contient plus de %zu fichiers", max), &(struct lieu){.fichier = dossier});
    return false;
}

void fichier_noms_free(struct fichier_noms *n)
{
    for (size_t i = 0; i < n->n; i++)
        memoire_free(n->noms[i]);
    memoire_free(n->noms);
    *n = (struct fichier_noms){0};
}
