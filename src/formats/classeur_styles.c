/* Styles (which numbers are dates) and shared strings of a workbook. */
#include <string.h>

#include "formats/classeur_prive.h"
#include "noyau/memoire.h"

#define FORMATS_MAX 65536u

/* --- styles --------------------------------------------------------------------------------------------------------- */

struct format_perso {
    int64_t id;
    enum classeur_format format;
};
struct styles {
    struct classeur_lecture *l;
    struct format_perso *persos;
    size_t n, cap;
    bool cellules; /* inside of cellXfs */
};

static enum classeur_format format_de(const struct styles *s, int64_t id)
{
    for (size_t i = s->n; i-- > 0;)
        if (s->persos[i].id == id)
            return s->persos[i].format;
    return id < 0 || id > 164 ? FORMAT_NOMBRE : classeur_format_numero((uint32_t)id);
}

static void style_debut(void *ctx, const struct xml_element *e)
{
    struct styles *s = ctx;
    struct classeur_lecture *l = s->l;
    if (e->profondeur == 2)
        s->cellules = strcmp(e->nom, "cellXfs") == 0;
    if (e->profondeur == 3 && strcmp(e->nom, "numFmt") == 0 && s->n < FORMATS_MAX) {
        s->persos = memoire_grow(s->persos, &s->cap, s->n + 1, sizeof *s->persos);
        s->persos[s->n++] = (struct format_perso){classeur_entier(xml_attribut(e, "numFmtId")), classeur_format_code(xml_attribut(e, "formatCode"))};
    }
    if (e->profondeur == 3 && s->cellules && strcmp(e->nom, "xf") == 0 && l->n_formats < FORMATS_MAX) {
        l->formats = memoire_grow(l->formats, &l->cap_formats, l->n_formats + 1, 1);
        l->formats[l->n_formats++] = (unsigned char)format_de(s, classeur_entier(xml_attribut(e, "numFmtId")));
    }
}

bool classeur_styles(struct classeur_lecture *l)
{
    struct styles s = {.l = l};
    const struct xml_evenements ev = {.debut = style_debut, .ctx = &s};
    const bool ok = l->partie_styles == NULL || classeur_partie(l, l->partie_styles, &ev, NULL);
    memoire_free(s.persos);
    return ok;
}

/* --- shared strings ------------------------------------------------------------------------------------------------- */

struct chaines {
    struct classeur_lecture *l;
    bool phonetique; /* inside of rPh: how it is pronounced, not what it says */
};

static void chaine_debut(void *ctx, const struct xml_element *e)
{
    struct chaines *c = ctx;
    struct classeur_lecture *l = c->l;
    if (e->profondeur == 2 && strcmp(e->nom, "si") == 0) {
        l->chaine = memoire_grow(l->chaine, &l->cap_chaines, l->n_chaines + 1, sizeof *l->chaine);
        l->chaine[l->n_chaines].debut = l->chaines.len;
        l->chaine[l->n_chaines++].len = 0;
    }
    if (e->profondeur == 3)
        c->phonetique = strcmp(e->nom, "rPh") == 0;
}

static void chaine_fin(void *ctx, const struct xml_element *e)
{
    struct chaines *c = ctx;
    struct classeur_lecture *l = c->l;
    if (l->n_chaines == 0 || strcmp(e->nom, "t") != 0 || (e->profondeur != 3 && e->profondeur != 4) || (e->profondeur == 4 && c->phonetique))
        return;
    classeur_texte(&l->chaines, e->texte);
    const size_t len = l->chaines.len - l->chaine[l->n_chaines - 1].debut;
    l->chaine[l->n_chaines - 1].len = (uint32_t)(len < CLASSEUR_TEXTE_MAX ? len : CLASSEUR_TEXTE_MAX);
}

bool classeur_chaines(struct classeur_lecture *l)
{
    struct chaines c = {.l = l};
    const struct xml_evenements ev = {.debut = chaine_debut, .fin = chaine_fin, .ctx = &c};
    return l->partie_chaines == NULL || classeur_partie(l, l->partie_chaines, &ev, NULL);
}
