/* A large JSON object read member by member, element by element: only one value is in memory at a time, of bounded size and
 * depth. The bounds are found here, the values are parsed by jansson. */
#ifndef SONS_FORMATS_JSON_FLUX_H
#define SONS_FORMATS_JSON_FLUX_H

#include <jansson.h>
#include <stdbool.h>
#include "formats/flux.h"
#include "noyau/diag.h"

#define JSON_PROFONDEUR_MAX 32
#define JSON_VALEUR_MAX ((size_t)32 << 20) /* bytes of one value: the largest EJ, of 700 ET, takes 2 MB */
#define JSON_CLE_MAX ((size_t)256)

struct json_flux;
/* The document must begin with an object. NULL with a fault. `chemin` is kept. */
struct json_flux *json_ouvrir(struct flux *f, const char *chemin, struct diag_liste *diags);
void json_fermer(struct json_flux *j);
/* The next member of the outermost object; a value not taken is skipped. 1 = there is one, `*cle` valid until the next call;
 * 0 = the end of the document; −1 = fault. */
int json_membre(struct json_flux *j, const char **cle);
/* First character of the value of the member: `{`, `[`, `"`, or another. */
char json_genre(struct json_flux *j);
/* The value of the member, whole (json_decref). NULL with a fault. */
json_t *json_prendre(struct json_flux *j);
/* The next element of the array that is the value of the member: 1, 0 at its end, −1. */
int json_element(struct json_flux *j, json_t **out);
/* Line on which the last value begins, from 1; 0 before any. */
uint64_t json_ligne(const struct json_flux *j);

#endif
