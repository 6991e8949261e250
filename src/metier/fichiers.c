#include "metier/fichiers.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "noyau/empreinte.h"
#include "noyau/fichier.h"

#define FICHIER_MAX ((size_t)16 << 20)
#define NOM_MAX 80

void nom_de_fichier(struct slice numero, struct buffer *b)
{
    char hex[EMPREINTE_HEX];
    bool change = numero.len > NOM_MAX;
    for (size_t i = 0; i < numero.len && i < NOM_MAX; i++) {
        const char c = numero.bytes[i];
        const bool sure = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        change = change || !sure;
        buffer_putc(b, sure ? c : '_');
    }
    if (change) {
        const struct empreinte e = empreinte_de(numero.bytes, numero.len);
        buffer_printf(b, "-%.8s", empreinte_hex(&e, hex));
    }
}

bool dossier_creer(const char *dossier, struct diag_liste *diags)
{
    if (mkdir(dossier, 0777) == 0 || errno == EEXIST)
        return true;
    diag_lieu(diag_erreur(diags, E_ECRITURE, "le dossier ne peut pas être créé : %s", fichier_cause(errno)), &(struct lieu){.fichier = dossier});
    return false;
}

/* 1: the same bytes stand there; 0: nothing does; −1: something else, or a fault. */
static int deja_ecrit(const char *chemin, const struct buffer *octets, struct diag_liste *diags)
{
    struct stat st;
    struct buffer b = {0};
    if (lstat(chemin, &st) != 0 && errno == ENOENT)
        return 0;
    const bool lu = fichier_lire(chemin, FICHIER_SANS_LIEN, FICHIER_MAX, &b, diags);
    const bool meme = lu && b.len == octets->len && memcmp(b.bytes, octets->bytes, b.len) == 0;
    buffer_free(&b);
    if (lu && !meme)
        diag_lieu(diag_erreur(diags, E_EXISTE, "un autre document porte ce nom, il n'est pas remplacé"), &(struct lieu){.fichier = chemin});
    return meme ? 1 : -1;
}

bool fichier_nouveau(const char *chemin, const struct buffer *octets, struct diag_liste *diags)
{
    struct fichier_tmp t;
    if (!fichier_tmp_creer(&t, chemin, diags))
        return false;
    if (fichier_write(t.fd, octets->bytes, octets->len))
        return fichier_tmp_publier(&t, false, diags);
    diag_lieu(diag_erreur(diags, E_ECRITURE, "le fichier ne s'écrit pas : %s", fichier_cause(errno)), &(struct lieu){.fichier = chemin});
    fichier_tmp_abandonner(&t);
    return false;
}

bool fichier_poser(const char *chemin, const struct buffer *octets, size_t *ecrits, struct diag_liste *diags)
{
    const int la = deja_ecrit(chemin, octets, diags);
    const bool ecrit = la == 0 && fichier_nouveau(chemin, octets, diags);
    *ecrits += ecrit;
    return la == 1 || ecrit;
}
