/* Workbooks made part by part, as the programs that people use write them. */
#ifndef SONS_TESTS_CLASSEUR_EXEMPLE_H
#define SONS_TESTS_CLASSEUR_EXEMPLE_H

#include <string.h>
#include <zlib.h>
#include "noyau/texte.h"

struct partie {
    const char *nom;
    struct slice texte;
    unsigned drapeaux;      /* 8: sizes after the bytes, as streaming writers do */
    int methode;            /* 0 or 8; else announced as it is, stored */
    uint32_t taille_mentie; /* 0: the real one */
};

static inline void petit(struct buffer *b, uint64_t v, unsigned n)
{
    for (unsigned i = 0; i < n; i++, v >>= 8)
        buffer_putc(b, (char)(unsigned char)(v & 0xff));
}

static inline struct buffer degonfler(struct slice s)
{
    struct buffer out = {0};
    z_stream z = {0};
    deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    buffer_reserve(&out, deflateBound(&z, s.len) + 16);
    z.next_in = (Bytef *)(uintptr_t)s.bytes;
    z.avail_in = (uInt)s.len;
    z.next_out = (Bytef *)out.bytes;
    z.avail_out = (uInt)out.cap;
    deflate(&z, Z_FINISH);
    out.len = z.total_out;
    deflateEnd(&z);
    return out;
}

/* The ZIP of those parts. */
static inline struct buffer empaqueter(const struct partie *p, size_t n)
{
    struct buffer b = {0}, rep = {0};
    for (size_t i = 0; i < n; i++) {
        const uint32_t crc = (uint32_t)crc32(0, (const Bytef *)p[i].texte.bytes, (uInt)p[i].texte.len);
        struct buffer d = p[i].methode == 8 ? degonfler(p[i].texte) : (struct buffer){0};
        const struct slice corps = p[i].methode == 8 ? (struct slice){d.bytes, d.len} : p[i].texte;
        const uint32_t taille = p[i].taille_mentie ? p[i].taille_mentie : (uint32_t)p[i].texte.len;
        const bool apres = (p[i].drapeaux & 8) != 0;
        const size_t ou = b.len;
        petit(&b, 0x04034b50, 4); petit(&b, 20, 2); petit(&b, p[i].drapeaux, 2); petit(&b, (uint64_t)p[i].methode, 2); petit(&b, 0x00210000, 4);
        petit(&b, apres ? 0 : crc, 4); petit(&b, apres ? 0 : corps.len, 4); petit(&b, apres ? 0 : taille, 4);
        petit(&b, strlen(p[i].nom), 2); petit(&b, 0, 2);
        buffer_puts(&b, p[i].nom);
        buffer_append(&b, corps.bytes, corps.len);
        if (apres) { petit(&b, 0x08074b50, 4); petit(&b, crc, 4); petit(&b, corps.len, 4); petit(&b, taille, 4); }
        petit(&rep, 0x02014b50, 4); petit(&rep, 45, 2); petit(&rep, 20, 2); petit(&rep, p[i].drapeaux, 2); petit(&rep, (uint64_t)p[i].methode, 2);
        petit(&rep, 0x00210000, 4); petit(&rep, crc, 4); petit(&rep, corps.len, 4); petit(&rep, taille, 4);
        petit(&rep, strlen(p[i].nom), 2); petit(&rep, 0, 8); petit(&rep, 0, 4); petit(&rep, ou, 4);
        buffer_puts(&rep, p[i].nom);
        buffer_free(&d);
    }
    const size_t position = b.len;
    buffer_append(&b, rep.bytes, rep.len);
    petit(&b, 0x06054b50, 4); petit(&b, 0, 4); petit(&b, n, 2); petit(&b, n, 2); petit(&b, rep.len, 4); petit(&b, position, 4); petit(&b, 0, 2);
    buffer_free(&rep);
    return b;
}

#define TYPES "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
#define NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define RELS(corps) "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" corps "</Relationships>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RACINE RELS("<Relationship Id=\"rId1\" Type=\"" TYPE "officeDocument\" Target=\"xl/workbook.xml\"/>")
#define LIENS RELS("<Relationship Id=\"rId1\" Type=\"" TYPE "worksheet\" Target=\"worksheets/sheet1.xml\"/>" \
                   "<Relationship Id=\"rId2\" Type=\"" TYPE "styles\" Target=\"styles.xml\"/>" \
                   "<Relationship Id=\"rId3\" Type=\"" TYPE "sharedStrings\" Target=\"sharedStrings.xml\"/>" \
                   "<Relationship Id=\"rId4\" Type=\"" TYPE "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>")
#define CLASSEUR(corps) "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook " NS ">" corps "</workbook>"
#define UNE "<sheets><sheet name=\"Commandes\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
/* Styles 0 general, 1 date (14), 2 date as LibreOffice writes it, 3 percentage, 4 amount, 5 date and hour. */
#define STYLES "<styleSheet " NS "><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"[$-40C]dd/mm/yyyy\"/>" \
    "<numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ &quot;&#8364; day&quot;\"/><numFmt numFmtId=\"166\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts>" \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"6\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/>" \
    "<xf numFmtId=\"164\"/><xf numFmtId=\"9\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>"
#define CHAINES(corps) "<sst " NS " count=\"9\" uniqueCount=\"9\">" corps "</sst>"
#define FEUILLE_XML(corps) "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet " NS \
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"x14ac xr\" xmlns:x14ac=\"urn:x14ac\" xmlns:xr=\"urn:xr\" xr:uid=\"{1}\">" corps "</worksheet>"
#define LIGNES(corps) FEUILLE_XML("<sheetData>" corps "</sheetData>")

/* A workbook of one sheet; `chaines` may be NULL. */
static inline struct buffer classeur_de(const char *classeur, const char *chaines, const char *feuille, int methode, unsigned drapeaux)
{
    const struct partie p[] = {
        {"[Content_Types].xml", slice_of(TYPES), drapeaux, methode, 0},
        {"_rels/.rels", slice_of(RACINE), drapeaux, methode, 0},
        {"xl/workbook.xml", slice_of(classeur), drapeaux, methode, 0},
        {"xl/_rels/workbook.xml.rels", slice_of(LIENS), drapeaux, methode, 0},
        {"xl/styles.xml", slice_of(STYLES), drapeaux, methode, 0},
        {"xl/sharedStrings.xml", slice_of(chaines ? chaines : CHAINES("")), drapeaux, methode, 0},
        {"xl/worksheets/sheet1.xml", slice_of(feuille), drapeaux, methode, 0},
    };
    return empaqueter(p, sizeof p / sizeof *p);
}

#endif
