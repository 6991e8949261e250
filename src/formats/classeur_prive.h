/* Inside of the workbook reader. */
#ifndef SONS_FORMATS_CLASSEUR_PRIVE_H
#define SONS_FORMATS_CLASSEUR_PRIVE_H

#include "formats/classeur.h"
#include "formats/paquet.h"
#include "formats/xml.h"

struct classeur_onglet {
    char *nom, *id, *partie; /* name, relationship, part of the package (NULL: not a worksheet) */
    bool visible;
};
struct classeur_lecture {
    const char *chemin;
    struct paquet *paquet;
    struct diag_liste *diags;
    struct classeur_onglet *onglets;
    size_t n_onglets, cap_onglets;
    char *partie_classeur, *partie_styles, *partie_chaines;
    bool base_1904;
    unsigned char *formats;     /* enum classeur_format of each cell style */
    size_t n_formats, cap_formats;
    struct buffer chaines;      /* shared strings, one after the other */
    struct { size_t debut; uint32_t len; } *chaine;
    size_t n_chaines, cap_chaines;
};

/* Reads one part through the hardened XML reader; false with a diagnostic. `arrete` (may be NULL) is asked after each piece: true
 * ends the reading, which is then a success. */
bool classeur_partie(struct classeur_lecture *l, const char *partie, const struct xml_evenements *ev, bool (*arrete)(void *ctx));
/* Sheets, date system, parts: workbook.xml and its relationships. */
bool classeur_structure(struct classeur_lecture *l);
/* styles.xml and sharedStrings.xml, when there are. */
bool classeur_styles(struct classeur_lecture *l);
bool classeur_chaines(struct classeur_lecture *l);
/* The cells of one sheet into `c`; only the first `max` rows when `max` > 0. */
bool classeur_cellules(struct classeur_lecture *l, const char *partie, uint32_t max, struct classeur *c);
/* `id` or `s`: a whole number, −1 when it is not one. */
int64_t classeur_entier(struct slice s);
bool classeur_fini_par(struct slice s, const char *fin);

#endif
