#include "formats/classeur_ecrivain.h"

#include <string.h>
#include <zlib.h>
#include "formats/classeur.h"
#include "formats/xml.h"
#include "formats/zlib_memoire.h"
#include "noyau/diag.h"
#include "noyau/memoire.h"

#define TAMPON ((size_t)64 << 10)
#define TEXTE_MAX 32767u /* of one cell, in characters */
/* 1 January 1980: the first day that the format can say, the same in every time zone. */
#define DOS_JOUR ((1 << 5) | 1)

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OOX "http://schemas.openxmlformats.org/"
#define TABLEUR "xmlns=\"" OOX "spreadsheetml/2006/main\""
#define RELATION OOX "officeDocument/2006/relationships"
#define CONTENU "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const char types[] = XML "<Types xmlns=\"" OOX "package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" CONTENU "sheet.main+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"" CONTENU "styles+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" CONTENU "worksheet+xml\"/></Types>";
static const char racine[] = XML "<Relationships xmlns=\"" OOX "package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" RELATION "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char liens[] = XML "<Relationships xmlns=\"" OOX "package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" RELATION "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" RELATION "/styles\" Target=\"styles.xml\"/></Relationships>";
/* In the order of enum classeur_style. 49 is text, 4 `#,##0.00`, 14 a date as the reader's country writes it, 10 `0.00%`. */
static const char styles[] = XML "<styleSheet " TABLEUR ">"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"6\">"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

struct partie {
    const char *nom;
    uint32_t crc;
    uint64_t position, stocke, taille;
};
struct classeur_ecrivain {
    classeur_octets *ecrire;
    void *ctx;
    bool rompu;             /* the caller could not write */
    uint64_t ecrits;
    struct partie parties[6];
    size_t n_parties;
    z_stream z;
    unsigned char sortie[TAMPON];
    struct buffer xml;      /* of the sheet, not yet compressed */
    struct buffer fusions;
    uint32_t n_fusions;
    uint32_t ligne;
    bool rangee;
};

/* --- the archive: each part deflated as it comes, its sizes after it --------------------------------------------------- */

static void octets(struct classeur_ecrivain *e, const void *p, size_t len)
{
    e->rompu = e->rompu || !e->ecrire(e->ctx, p, len);
    e->ecrits += len;
}

static void entier(struct buffer *b, uint64_t v, unsigned n)
{
    for (unsigned i = 0; i < n; i++, v >>= 8)
        buffer_putc(b, (char)(unsigned char)(v & 0xff));
}

/* What the local header and the directory say alike, from the version needed to the length of the name. */
static void commun(struct buffer *b, const struct partie *p, bool connue)
{
    entier(b, 20, 2);
    entier(b, 8, 2); /* sizes follow the bytes */
    entier(b, 8, 2); /* deflate */
    entier(b, (uint64_t)DOS_JOUR << 16, 4);
    entier(b, connue ? p->crc : 0, 4);
    entier(b, connue ? p->stocke : 0, 4);
    entier(b, connue ? p->taille : 0, 4);
    entier(b, strlen(p->nom), 2);
}

static void partie_debut(struct classeur_ecrivain *e, const char *nom)
{
    struct partie *p = &e->parties[e->n_parties];
    struct buffer b = {0};
    *p = (struct partie){.nom = nom, .position = e->ecrits};
    entier(&b, 0x04034b50, 4);
    commun(&b, p, false);
    entier(&b, 0, 2);
    buffer_puts(&b, nom);
    octets(e, b.bytes, b.len);
    buffer_free(&b);
    e->z = (z_stream){.zalloc = z_alloc, .zfree = z_libere};
    if (deflateInit2(&e->z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        memoire_epuisee();
}

static void partie_ajouter(struct classeur_ecrivain *e, const void *bytes, size_t len, int mode)
{
    struct partie *p = &e->parties[e->n_parties];
    int rc;
    p->crc = (uint32_t)crc32(p->crc, bytes, (uInt)len);
    p->taille += len;
    e->z.next_in = (Bytef *)(uintptr_t)bytes;
    e->z.avail_in = (uInt)len;
    do {
        e->z.next_out = e->sortie;
        e->z.avail_out = (uInt)TAMPON;
        rc = deflate(&e->z, mode);
        octets(e, e->sortie, TAMPON - e->z.avail_out);
        p->stocke += TAMPON - e->z.avail_out;
    } while (mode == Z_FINISH ? rc == Z_OK : e->z.avail_out == 0);
}

static void partie_fin(struct classeur_ecrivain *e)
{
    const struct partie *p = &e->parties[e->n_parties];
    struct buffer b = {0};
    partie_ajouter(e, "", 0, Z_FINISH);
    e->n_parties++;
    deflateEnd(&e->z);
    entier(&b, 0x08074b50, 4);
    entier(&b, p->crc, 4);
    entier(&b, p->stocke, 4);
    entier(&b, p->taille, 4);
    octets(e, b.bytes, b.len);
    buffer_free(&b);
}

static void partie_entiere(struct classeur_ecrivain *e, const char *nom, const char *texte)
{
    partie_debut(e, nom);
    partie_ajouter(e, texte, strlen(texte), Z_NO_FLUSH);
    partie_fin(e);
}

static void repertoire(struct classeur_ecrivain *e)
{
    struct buffer b = {0};
    const uint64_t debut = e->ecrits;
    for (size_t i = 0; i < e->n_parties; i++) {
        entier(&b, 0x02014b50, 4);
        entier(&b, 20, 2);
        commun(&b, &e->parties[i], true);
        entier(&b, 0, 12); /* extra, comment, disk, attributes */
        entier(&b, e->parties[i].position, 4);
        buffer_puts(&b, e->parties[i].nom);
    }
    const size_t taille = b.len;
    entier(&b, 0x06054b50, 4);
    entier(&b, 0, 4);
    entier(&b, e->n_parties, 2);
    entier(&b, e->n_parties, 2);
    entier(&b, taille, 4);
    entier(&b, debut, 4);
    entier(&b, 0, 2);
    octets(e, b.bytes, b.len);
    buffer_free(&b);
    /* Beyond four gigabytes those fields lie: no reader would take it. */
    e->rompu = e->rompu || e->ecrits > UINT32_MAX || e->parties[e->n_parties - 1].taille > UINT32_MAX;
}

/* --- the sheet --------------------------------------------------------------------------------------------------------- */

static void vider(struct classeur_ecrivain *e, bool tout)
{
    if (!tout && e->xml.len < TAMPON)
        return;
    partie_ajouter(e, e->xml.bytes, e->xml.len, Z_NO_FLUSH);
    buffer_clear(&e->xml);
}

struct classeur_ecrivain *classeur_ecrivain_creer(const char *nom, uint32_t figees, classeur_octets *ecrire, void *ctx)
{
    struct classeur_ecrivain *e = memoire_calloc(1, sizeof *e);
    struct buffer b = {0};
    e->ecrire = ecrire;
    e->ctx = ctx;
    partie_entiere(e, "[Content_Types].xml", types);
    partie_entiere(e, "_rels/.rels", racine);
    buffer_puts(&b, XML "<workbook " TABLEUR " xmlns:r=\"" RELATION "\"><sheets><sheet name=\"");
    xml_echapper(&b, slice_of(nom));
    buffer_puts(&b, "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    partie_entiere(e, "xl/workbook.xml", b.bytes);
    buffer_free(&b);
    partie_entiere(e, "xl/_rels/workbook.xml.rels", liens);
    partie_entiere(e, "xl/styles.xml", styles);
    partie_debut(e, "xl/worksheets/sheet1.xml");
    buffer_puts(&e->xml, XML "<worksheet " TABLEUR "><sheetViews><sheetView workbookViewId=\"0\">");
    if (figees > 0)
        buffer_printf(&e->xml, "<pane ySplit=\"%u\" topLeftCell=\"A%u\" activePane=\"bottomLeft\" state=\"frozen\"/>", figees, figees + 1);
    buffer_puts(&e->xml, "</sheetView></sheetViews><sheetFormatPr defaultColWidth=\"16\" defaultRowHeight=\"15\"/><sheetData>");
    return e;
}

static void fermer_rangee(struct classeur_ecrivain *e)
{
    if (e->rangee)
        buffer_puts(&e->xml, "</row>");
    e->rangee = false;
    vider(e, false);
}

bool classeur_rangee(struct classeur_ecrivain *e, uint32_t numero)
{
    fermer_rangee(e);
    if (numero > CLASSEUR_LIGNES)
        return false;
    buffer_printf(&e->xml, "<row r=\"%u\">", numero);
    e->ligne = numero;
    e->rangee = true;
    return true;
}

static void cellule(struct classeur_ecrivain *e, uint32_t colonne, enum classeur_style style, const char *type)
{
    char nom[32];
    buffer_printf(&e->xml, "<c r=\"%s\" s=\"%d\"%s>", cellule_nom(colonne + 1, e->ligne, nom), (int)style, type);
}

/* What XML cannot hold is replaced; `_x0041_`, which a reader would take for a code, is itself given as one. */
static void texte_sur(struct buffer *b, struct slice t)
{
    uint32_t cp, caracteres = 0;
    for (size_t i = 0; i < t.len && caracteres < TEXTE_MAX; caracteres++) {
        size_t n = texte_decode(t.bytes + i, t.len - i, &cp);
        if (t.bytes[i] == '_' && t.len - i >= 7 && t.bytes[i + 1] == 'x' && t.bytes[i + 6] == '_')
            buffer_puts(b, "_x005F");
        if (n == 0 || (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xfffe || cp == 0xffff)
            buffer_puts(b, "\xef\xbf\xbd");
        else
            buffer_append(b, t.bytes + i, n);
        i += n == 0 ? 1 : n;
    }
}

void classeur_ecrire_texte(struct classeur_ecrivain *e, uint32_t colonne, enum classeur_style style, struct slice t)
{
    struct buffer sur = {0};
    if (t.len == 0)
        return;
    texte_sur(&sur, t);
    cellule(e, colonne, style, " t=\"inlineStr\"");
    buffer_puts(&e->xml, "<is><t xml:space=\"preserve\">");
    xml_echapper(&e->xml, (struct slice){sur.bytes, sur.len});
    buffer_puts(&e->xml, "</t></is></c>");
    buffer_free(&sur);
}

void classeur_ecrire_nombre(struct classeur_ecrivain *e, uint32_t colonne, enum classeur_style style, struct slice nombre)
{
    cellule(e, colonne, style, "");
    buffer_puts(&e->xml, "<v>");
    buffer_append(&e->xml, nombre.bytes, nombre.len);
    buffer_puts(&e->xml, "</v></c>");
}

void classeur_ecrire_jour(struct classeur_ecrivain *e, uint32_t colonne, struct jour j)
{
    struct jour base;
    char t[JOUR_TEXTE_MAX];
    (void)jour_from_ymd(1899, 12, 30, &base);
    const int32_t n = jour_ecart(base, j);
    if (n < 61) {
        classeur_ecrire_texte(e, colonne, STYLE_TEXTE, slice_of(jour_iso(j, t)));
        return;
    }
    cellule(e, colonne, STYLE_DATE, "");
    buffer_printf(&e->xml, "<v>%d</v></c>", (int)n);
}

void classeur_fusionner(struct classeur_ecrivain *e, uint32_t l1, uint32_t c1, uint32_t l2, uint32_t c2)
{
    char a[32], b[32];
    buffer_printf(&e->fusions, "<mergeCell ref=\"%s:%s\"/>", cellule_nom(c1 + 1, l1, a), cellule_nom(c2 + 1, l2, b));
    e->n_fusions++;
}

static void liberer(struct classeur_ecrivain *e)
{
    buffer_free(&e->xml);
    buffer_free(&e->fusions);
    memoire_free(e);
}

bool classeur_ecrivain_finir(struct classeur_ecrivain *e)
{
    fermer_rangee(e);
    buffer_puts(&e->xml, "</sheetData>");
    if (e->n_fusions > 0)
        buffer_printf(&e->xml, "<mergeCells count=\"%u\">%s</mergeCells>", e->n_fusions, e->fusions.bytes);
    /* Numbers kept as text are meant so: no green corner. */
    buffer_puts(&e->xml, "<ignoredErrors><ignoredError sqref=\"A1:XFD1048576\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>");
    vider(e, true);
    partie_fin(e);
    repertoire(e);
    const bool ok = !e->rompu;
    liberer(e);
    return ok;
}

void classeur_ecrivain_abandonner(struct classeur_ecrivain *e)
{
    if (e == NULL)
        return;
    deflateEnd(&e->z);
    liberer(e);
}
