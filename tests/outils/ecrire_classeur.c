/* A workbook from cells given one a line on standard input, apart from the program's own writer: « c ROW COLUMN TYPE VALUE », « m RANGE » (merged),
 * « h ROW » (hidden), separated by tabs; rows ascending. Types: s text, n number, d day, p percentage, a amount, b boolean, e error, f formula
 * without its value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../formats/classeur_exemple.h"

#define LIGNES_MAX 5000

struct sortie {
    struct buffer feuille, fusions;
    bool masquee[LIGNES_MAX];
    long ligne;
};

static void echapper(struct buffer *b, const char *t)
{
    for (; *t != '\0'; t++) {
        if (*t == '&' || *t == '<' || *t == '>')
            buffer_puts(b, *t == '&' ? "&amp;" : *t == '<' ? "&lt;" : "&gt;");
        else
            buffer_putc(b, *t);
    }
}

static void cellule(struct sortie *s, long ligne, const char *colonne, char type, const char *valeur)
{
    static const char types[] = "nd pa"; /* rank: the style, see STYLES; 2 is not used */
    struct buffer *b = &s->feuille;
    if (ligne != s->ligne) {
        if (s->ligne > 0)
            buffer_puts(b, "</row>");
        buffer_printf(b, "<row r=\"%ld\"%s>", ligne, ligne < LIGNES_MAX && s->masquee[ligne] ? " hidden=\"1\"" : "");
        s->ligne = ligne;
    }
    buffer_printf(b, "<c r=\"%s%ld\"", colonne, ligne);
    const char *style = strchr(types, type);
    if (style != NULL)
        buffer_printf(b, " s=\"%d\"><v>%s</v></c>", (int)(style - types), valeur);
    else if (type == 'b' || type == 'e')
        buffer_printf(b, " t=\"%c\"><v>%s</v></c>", type, valeur);
    else if (type == 'f')
        buffer_printf(b, "><f>%s</f></c>", valeur);
    else {
        buffer_puts(b, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        echapper(b, valeur);
        buffer_puts(b, "</t></is></c>");
    }
}

/* The fields of a line, cut in place. */
static size_t couper(char *ligne, char *champs[5])
{
    size_t n = 0;
    ligne[strcspn(ligne, "\n")] = '\0';
    while (n < 4) {
        champs[n++] = ligne;
        char *t = strchr(ligne, '\t');
        if (t == NULL)
            return n;
        *t = '\0';
        ligne = t + 1;
    }
    champs[n++] = ligne;
    return n;
}

int main(void)
{
    struct sortie s = {.ligne = 0};
    char ligne[4096], *c[5];
    size_t fusions = 0;
    buffer_puts(&s.feuille, "<sheetData>");
    while (fgets(ligne, sizeof ligne, stdin) != NULL) {
        const size_t n = couper(ligne, c);
        if (n == 5 && *c[0] == 'c')
            cellule(&s, strtol(c[1], NULL, 10), c[2], *c[3], c[4]);
        else if (n == 2 && *c[0] == 'm' && ++fusions > 0)
            buffer_printf(&s.fusions, "<mergeCell ref=\"%s\"/>", c[1]);
        else if (n == 2 && *c[0] == 'h' && strtol(c[1], NULL, 10) < LIGNES_MAX)
            s.masquee[strtol(c[1], NULL, 10)] = true;
        else
            return fprintf(stderr, "ecrire_classeur : ligne illisible : %s\n", c[0]), 1;
    }
    buffer_puts(&s.feuille, s.ligne > 0 ? "</row></sheetData>" : "</sheetData>");
    if (fusions > 0)
        buffer_printf(&s.feuille, "<mergeCells count=\"%zu\">%s</mergeCells>", fusions, s.fusions.bytes);
    struct buffer xml = {0};
    buffer_printf(&xml, FEUILLE_XML("%s"), s.feuille.bytes);
    struct buffer z = classeur_de(CLASSEUR(UNE), NULL, xml.bytes, 8, 0);
    const bool ok = fwrite(z.bytes, 1, z.len, stdout) == z.len && fflush(stdout) == 0;
    buffer_free(&z);
    buffer_free(&xml);
    buffer_free(&s.feuille);
    buffer_free(&s.fusions);
    return ok ? 0 : 1;
}
