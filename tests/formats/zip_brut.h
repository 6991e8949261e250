/* A ZIP made by hand, so that each of its fields may lie. */
#ifndef SONS_TESTS_ZIP_BRUT_H
#define SONS_TESTS_ZIP_BRUT_H

#include <string.h>
#include <zlib.h>
#include "noyau/texte.h"

struct brut {
    const char *nom;
    struct slice octets;
    const char *nom_local;   /* NULL: the same */
    uint32_t drapeaux, methode, mode;  /* mode: 0 = 0100644 */
    uint32_t taille_annoncee;          /* 0: the real one */
    uint32_t crc_ajoute;
    bool extra;              /* a time stamp as other programs add */
};
struct brut_fin {
    const char *avant, *entre, *apres; /* bytes where none should be */
    const char *commentaire;
    uint32_t position_ajoutee;         /* lie on the place of the directory */
    uint64_t position64;               /* ≠ 0: a zip64 record that says this */
    uint64_t n64;
    uint32_t n_annonce;                /* 0: the real one */
    bool inverse;                      /* the directory in another order than the bytes */
    bool chevauche;                    /* the second entry points at the first one's bytes */
};

static inline void le(struct buffer *b, uint64_t v, unsigned n)
{
    for (unsigned i = 0; i < n; i++, v >>= 8)
        buffer_putc(b, (char)(unsigned char)(v & 0xff));
}

/* `offset` < 0: the local header; else the directory's. */
static inline void brut_entete(struct buffer *b, const struct brut *e, int64_t offset)
{
    const char *nom = offset < 0 && e->nom_local ? e->nom_local : e->nom;
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)e->octets.bytes, (uInt)e->octets.len) + e->crc_ajoute;
    le(b, offset < 0 ? 0x04034b50 : 0x02014b50, 4);
    if (offset >= 0)
        le(b, 0x033f, 2);
    le(b, 10, 2);
    le(b, e->drapeaux, 2);
    le(b, e->methode, 2);
    le(b, 0x00210000, 4);
    le(b, crc, 4);
    le(b, e->octets.len, 4);
    le(b, e->taille_annoncee ? e->taille_annoncee : e->octets.len, 4);
    le(b, strlen(nom), 2);
    le(b, e->extra ? 9 : 0, 2);
    if (offset >= 0) {
        le(b, 0, 6);
        le(b, (uint64_t)(e->mode ? e->mode : 0100644) << 16, 4);
        le(b, (uint64_t)offset, 4);
    }
    buffer_puts(b, nom);
    if (e->extra)
        buffer_append(b, "UT\x05\0\x01\0\0\0\0", 9);
}

static inline void brut_zip(struct buffer *b, const struct brut *e, size_t n, const struct brut_fin *f)
{
    int64_t *offsets = calloc(n + 1, sizeof *offsets);
    buffer_puts(b, f->avant ? f->avant : "");
    for (size_t i = 0; i < n; i++) {
        offsets[i] = (int64_t)b->len;
        brut_entete(b, &e[i], -1);
        buffer_append(b, e[i].octets.bytes, e[i].octets.len);
        buffer_puts(b, f->entre && i == 0 ? f->entre : "");
    }
    uint64_t directory = b->len;
    for (size_t i = 0; i < n; i++) {
        size_t j = f->inverse ? n - 1 - i : i;
        brut_entete(b, &e[j], f->chevauche && j == 1 ? offsets[0] : offsets[j]);
    }
    uint64_t size = b->len - directory;
    if (f->position64) {
        uint64_t at = b->len;
        le(b, 0x06064b50, 4);
        le(b, 44, 8);
        le(b, 0x002d002d, 4);
        le(b, 0, 8);
        le(b, f->n64 ? f->n64 : n, 8);
        le(b, f->n64 ? f->n64 : n, 8);
        le(b, size, 8);
        le(b, f->position64 == 1 ? directory : f->position64, 8);
        le(b, 0x07064b50, 4);
        le(b, 0, 4);
        le(b, at, 8);
        le(b, 1, 4);
    }
    uint64_t count = f->n_annonce ? f->n_annonce : n;
    le(b, 0x06054b50, 4);
    le(b, 0, 4);
    le(b, f->position64 ? 0xffff : count, 2);
    le(b, f->position64 ? 0xffff : count, 2);
    le(b, f->position64 ? 0xffffffff : size, 4);
    le(b, f->position64 ? 0xffffffff : directory + f->position_ajoutee, 4);
    le(b, f->commentaire ? strlen(f->commentaire) : 0, 2);
    buffer_puts(b, f->commentaire ? f->commentaire : "");
    buffer_puts(b, f->apres ? f->apres : "");
    free(offsets);
}

#endif
