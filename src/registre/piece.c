#include "registre/piece.h"

#include <string.h>

bool piece_ref_lire(struct slice texte, struct piece_ref *out)
{
    const char *p = texte.bytes, *fin = texte.bytes + texte.len;
    struct slice mots[4];
    for (size_t i = 0; i < 4; i++) {
        const char *espace = i < 3 ? memchr(p, ' ', (size_t)(fin - p)) : fin;
        if (espace == NULL || espace == p)
            return false;
        mots[i] = (struct slice){p, (size_t)(espace - p)};
        p = espace + (i < 3);
    }
    out->role = PIECE_ROLE_NOMBRE;
    for (int i = 0; i < PIECE_ROLE_NOMBRE; i++)
        if (slice_equals(mots[0], piece_role_nom((enum piece_role)i)))
            out->role = (enum piece_role)i;
    out->taille = 0;
    for (size_t i = 0; i < mots[2].len; i++) {
        if (mots[2].bytes[i] < '0' || mots[2].bytes[i] > '9' || i > 9)
            return false;
        out->taille = out->taille * 10 + (uint64_t)(mots[2].bytes[i] - '0');
    }
    out->media = mots[3];
    return out->role != PIECE_ROLE_NOMBRE && empreinte_parse(mots[1], &out->empreinte);
}

void piece_ref_ecrire(const struct piece_ref *ref, struct buffer *out)
{
    char hex[EMPREINTE_HEX];
    buffer_puts(out, piece_role_nom(ref->role));
    buffer_putc(out, ' ');
    buffer_puts(out, empreinte_hex(&ref->empreinte, hex));
    buffer_putc(out, ' ');
    buffer_put_i64(out, (int64_t)ref->taille);
    buffer_putc(out, ' ');
    buffer_append(out, ref->media.bytes, ref->media.len);
}

static const struct {
    const char *debut;
    size_t n;
    const char *media, *extension;
} medias[] = {
    {"%PDF-", 5, "application/pdf", "pdf"},
    {"PK\x03\x04", 4, "application/zip", "zip"},
    {"\x89PNG", 4, "image/png", "png"},
    {"\xff\xd8\xff", 3, "image/jpeg", "jpg"},
    {"<?xml", 5, "application/xml", "xml"},
    {"", 0, "application/octet-stream", "bin"},
};

const char *piece_media(const void *octets, size_t n)
{
    size_t i = 0;
    while (medias[i].n > n || memcmp(octets, medias[i].debut, medias[i].n) != 0)
        i++;
    return medias[i].media;
}

const char *piece_extension(struct slice media)
{
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++)
        if (slice_equals(media, medias[i].media))
            return medias[i].extension;
    return "bin";
}

/* Prepared once a connection: a sheet may name thousands of pieces. */
static sqlite3_stmt *stmt_garde(struct registre *r, sqlite3_stmt **s, const char *sql, struct diag_liste *diags)
{
    if (*s == NULL)
        *s = registre_stmt(r, sql, diags);
    return *s;
}

int piece_connue(struct registre *r, const struct empreinte *e, struct diag_liste *diags)
{
    sqlite3_stmt *s = stmt_garde(r, &r->piece_connue, "select 1 from piece where empreinte = ?1", diags);
    if (s == NULL)
        return -1;
    lier_octets(s, 1, e->octets, sizeof e->octets);
    const int rc = sqlite3_step(s);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(r, diags);
    (void)sqlite3_reset(s);
    return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

bool piece_enregistrer(struct registre *r, const struct empreinte *e, const void *octets, size_t n, struct diag_liste *diags)
{
    sqlite3_stmt *s = stmt_garde(r, &r->piece_insert, "insert or ignore into piece (empreinte, taille, contenu) values (?1, ?2, ?3)",
                                 diags);
    if (s == NULL)
        return false;
    lier_octets(s, 1, e->octets, sizeof e->octets);
    lier_n(s, 2, (int64_t)n);
    lier_octets(s, 3, octets, n);
    return registre_pas(r, s, diags);
}

bool piece_charger(struct registre *r, const struct empreinte *e, struct buffer *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = stmt_garde(r, &r->piece_lire, "select contenu from piece where empreinte = ?1", diags);
    if (s == NULL)
        return false;
    lier_octets(s, 1, e->octets, sizeof e->octets);
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW)
        buffer_append(out, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
    else if (rc == SQLITE_DONE)
        diag_erreur(diags, E_JOURNAL_PIECE, "une pièce manque dans le registre");
    else
        registre_faute(r, diags);
    (void)sqlite3_reset(s);
    return rc == SQLITE_ROW;
}

/* Orders that name a piece, for the person who must find it again. */
static void dire_commandes(struct registre *r, struct slice empreinte, struct diag *d, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select group_concat(distinct o.numero) from piece_jointe j "
                                       "join commande o on o.fait = j.commande where j.empreinte = ?1", diags);
    if (s == NULL)
        return;
    lier_octets(s, 1, empreinte.bytes, empreinte.len);
    if (sqlite3_step(s) == SQLITE_ROW) {
        const struct slice numeros = colonne_slice(s, 0);
        diag_attendu(d, "la pièce jointe à la commande %.*s", (int)numeros.len, numeros.len == 0 ? "" : numeros.bytes);
    }
    sqlite3_finalize(s);
}

static void verifier_une(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags)
{
    const void *octets = sqlite3_column_blob(s, 1);
    const size_t n = (size_t)sqlite3_column_bytes(s, 1);
    const struct empreinte e = empreinte_de(octets, n);
    char hex[EMPREINTE_HEX];
    if (sqlite3_column_bytes(s, 0) == (int)sizeof e.octets && memcmp(sqlite3_column_blob(s, 0), e.octets, sizeof e.octets) == 0 &&
        sqlite3_column_int64(s, 2) == (int64_t)n)
        return;
    const struct slice nommee = {sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0)};
    struct diag *d = diag_erreur(diags, E_JOURNAL_PIECE, "une pièce a changé depuis qu'elle a été jointe");
    diag_trouve(d, "%zu octets, empreinte %s", n, empreinte_hex(&e, hex));
    dire_commandes(r, nommee, d, diags);
}

static bool manquantes(struct registre *r, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select j.fait, o.numero from piece_jointe j left join commande o on o.fait = j.commande "
                                       "where not exists (select 1 from piece p where p.empreinte = j.empreinte) order by j.fait",
                                    diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct slice numero = colonne_slice(s, 1);
        diag_erreur(diags, E_JOURNAL_PIECE, "la pièce jointe à la commande %.*s par l'entrée %lld manque", (int)numero.len,
                    numero.len == 0 ? "" : numero.bytes, (long long)sqlite3_column_int64(s, 0));
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

bool piece_verifier(struct registre *r, size_t *n, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    sqlite3_stmt *s = registre_stmt(r, "select empreinte, contenu, taille from piece", diags);
    if (s == NULL)
        return false;
    int rc;
    for (*n = 0; (rc = sqlite3_step(s)) == SQLITE_ROW; (*n)++)
        verifier_une(r, s, diags);
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE && manquantes(r, diags) && diags->total == avant;
}
