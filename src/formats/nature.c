#include "formats/nature.h"

#include <string.h>

/* Signatures of what people give by mistake. */
static const struct {
    const char *octets;
    size_t len;
    enum erreur_code code;
    const char *nom;
} signatures[] = {
    {"\xff\xfe", 2, E_UTF16, "texte en UTF-16"},
    {"\xfe\xff", 2, E_UTF16, "texte en UTF-16"},
    {"PK\x03\x04", 4, E_BINAIRE, "classeur (xlsx, ods) ou archive ZIP"},
    {"\xd0\xcf\x11\xe0", 4, E_CLASSEUR_AUTRE, "ancien classeur (.xls), ou classeur protégé par un mot de passe"},
    {"%PDF", 4, E_BINAIRE, "document PDF"},
    {"\x1f\x8b", 2, E_BINAIRE, "fichier gzip deux fois compressé"},
    {"BZh", 3, E_BINAIRE, "archive bzip2"},
    {"7z\xbc\xaf", 4, E_BINAIRE, "archive 7z"},
    {"SQLite format 3", 15, E_BINAIRE, "base SQLite"},
};

static bool refuser(const char *chemin, enum erreur_code c, const char *nom, struct diag_liste *diags)
{
    struct diag *d = diag_erreur(diags, c, "%s", erreur_titre(c));
    diag_lieu(d, &(struct lieu){.fichier = chemin});
    if (nom != NULL) diag_trouve(d, "%s", nom);
    return false;
}

/* ASCII text in UTF-16 without a mark: one byte out of two is NUL. */
static bool semble_utf16(struct slice s)
{
    size_t nuls[2] = {0, 0};
    size_t n = s.len < 64 ? s.len : 64;
    for (size_t i = 0; i < n; i++) nuls[i % 2] += s.bytes[i] == '\0';
    return n >= 8 && (nuls[0] + nuls[1]) * 4 > n && (nuls[0] == 0 || nuls[1] == 0);
}

bool nature_texte(struct flux *f, const char *chemin, struct diag_liste *diags)
{
    struct slice s;
    if (!flux_apercu(f, &s, diags)) return false;
    if (s.len == 0) return refuser(chemin, E_VIDE, NULL, diags);
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (s.len >= signatures[i].len && memcmp(s.bytes, signatures[i].octets, signatures[i].len) == 0) {
            return refuser(chemin, signatures[i].code, signatures[i].nom, diags);
        }
    }
    if (semble_utf16(s)) return refuser(chemin, E_UTF16, "texte en UTF-16", diags);
    if (memchr(s.bytes, '\0', s.len) != NULL) return refuser(chemin, E_BINAIRE, "octets nuls", diags);
    if (s.bytes[0] == '<') return refuser(chemin, E_BINAIRE, "document XML ou HTML", diags);
    const char *cr = memchr(s.bytes, '\r', s.len);
    if (cr != NULL && memchr(s.bytes, '\n', s.len) == NULL && (size_t)(cr - s.bytes) + 1 < s.len) {
        return refuser(chemin, E_FIN_LIGNE, "retours chariot seuls (CR), sans saut de ligne", diags);
    }
    return true;
}
