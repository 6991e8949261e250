/* Les lignes de la commande, telles que la feuille et le fait les écrivent (dossier.h). */
#include <string.h>

#include "regles/dossier.h"

static const char *const natures[LIGNE_NOMBRE] = {
    [LIGNE_LICENCE] = "licence",       [LIGNE_INSTALLATION] = "installation", [LIGNE_MAINTENANCE] = "maintenance",
    [LIGNE_FORMATION] = "formation",   [LIGNE_SUIVI] = "suivi",               [LIGNE_CERTIFICAT] = "certificat",
    [LIGNE_MESSAGERIE] = "messagerie", [LIGNE_CHANGEMENT] = "changement",     [LIGNE_RATTRAPAGE] = "rattrapage",
    [LIGNE_INFRASTRUCTURE] = "infrastructure", [LIGNE_AUTRE] = "autre",
};

const char *ligne_nature_nom(enum ligne_nature n)
{
    return (size_t)n < LIGNE_NOMBRE ? natures[n] : "";
}

enum ligne_nature ligne_nature_parse(const char *bytes, size_t len)
{
    size_t i = 0;
    while (i < LIGNE_NOMBRE && (strlen(natures[i]) != len || memcmp(natures[i], bytes, len) != 0))
        i++;
    return (enum ligne_nature)i;
}

void lignes_ajouter(struct ligne_bon *lignes, uint32_t *n, const struct ligne_bon *ligne)
{
    const unsigned cle = 2 * (unsigned)ligne->nature + ligne->og;
    uint32_t i = 0;
    while (i < *n && 2 * (unsigned)lignes[i].nature + lignes[i].og < cle)
        i++;
    if (i < *n && lignes[i].nature == ligne->nature && lignes[i].og == ligne->og) {
        if (!montant_present(lignes[i].ht) || !montant_present(ligne->ht) || !montant_add(lignes[i].ht, ligne->ht, &lignes[i].ht))
            lignes[i].ht = MONTANT_ABSENT;
        return;
    }
    memmove(lignes + i + 1, lignes + i, (*n - i) * sizeof *lignes);
    lignes[i] = *ligne;
    (*n)++;
}

/* --- la feuille --------------------------------------------------------------------------------------------------- */

static struct slice rogner(struct slice s)
{
    while (s.len > 0 && s.bytes[0] == ' ')
        s = (struct slice){s.bytes + 1, s.len - 1};
    while (s.len > 0 && s.bytes[s.len - 1] == ' ')
        s.len--;
    return s;
}

/* Le mot sans casse ni accents est-il celui-là ? */
static bool mot_est(struct slice mot, const char *attendu)
{
    struct buffer b = {0};
    texte_fold_name(&b, mot.bytes, mot.len);
    const bool oui = slice_equals((struct slice){b.bytes, b.len}, attendu);
    buffer_free(&b);
    return oui;
}

/* `nature [montant] [etat|og]`. */
static bool ligne_lire(struct slice s, struct ligne_bon *out)
{
    const char *espace = s.len == 0 ? NULL : memchr(s.bytes, ' ', s.len);
    const struct slice mot = {s.bytes, espace == NULL ? s.len : (size_t)(espace - s.bytes)};
    struct slice reste = rogner((struct slice){mot.bytes + mot.len, s.len - mot.len});
    size_t k = 0, dernier = reste.len;
    *out = (struct ligne_bon){.ht = MONTANT_ABSENT};
    while (k < LIGNE_NOMBRE && !mot_est(mot, natures[k]))
        k++;
    out->nature = (enum ligne_nature)k;
    while (dernier > 0 && reste.bytes[dernier - 1] != ' ')
        dernier--;
    const struct slice payeur = {reste.bytes + dernier, reste.len - dernier};
    if (payeur.len > 0) {
        out->og = mot_est(payeur, "og");
        if (out->og || mot_est(payeur, "etat"))
            reste = rogner((struct slice){reste.bytes, dernier});
    }
    return mot.len > 0 && k < LIGNE_NOMBRE && (reste.len == 0 || (montant_parse(reste, &out->ht) && out->ht.centimes >= 0));
}

bool lignes_lire(struct slice texte, struct ligne_bon *lignes, uint32_t *n, struct slice *faute)
{
    *n = 0;
    for (size_t i = 0; i <= texte.len;) {
        struct ligne_bon ligne;
        const char *barre = i == texte.len ? NULL : memchr(texte.bytes + i, '|', texte.len - i);
        const size_t fin = barre == NULL ? texte.len : (size_t)(barre - texte.bytes);
        *faute = rogner((struct slice){texte.bytes + i, fin - i});
        if (!ligne_lire(*faute, &ligne))
            return false;
        lignes_ajouter(lignes, n, &ligne);
        i = fin + 1;
    }
    return true;
}

void lignes_ecrire(const struct ligne_bon *lignes, uint32_t n, struct buffer *out)
{
    char t[MONTANT_TEXTE_MAX];
    for (uint32_t i = 0; i < n; i++) {
        buffer_puts(out, i > 0 ? " | " : "");
        buffer_puts(out, natures[lignes[i].nature]);
        if (montant_present(lignes[i].ht)) {
            buffer_putc(out, ' ');
            buffer_puts(out, montant_csv(lignes[i].ht, t));
        }
        buffer_puts(out, lignes[i].og ? " og" : "");
    }
}

/* --- le fait ------------------------------------------------------------------------------------------------------ */

static bool mot_couper(struct slice *reste, struct slice *mot)
{
    const char *espace = reste->len == 0 ? NULL : memchr(reste->bytes, ' ', reste->len);
    const size_t n = espace == NULL ? reste->len : (size_t)(espace - reste->bytes);
    *mot = (struct slice){reste->bytes, n};
    *reste = (struct slice){reste->bytes + n + (espace != NULL), reste->len - n - (espace != NULL)};
    return n > 0;
}

/* Chiffres seuls, sans zéro de tête : le texte d'un montant est unique. */
static bool centimes_lire(struct slice s, struct montant *out)
{
    int64_t n = 0;
    if (slice_equals(s, "-")) {
        *out = MONTANT_ABSENT;
        return true;
    }
    if (s.len > 14 || (s.len > 1 && s.bytes[0] == '0'))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] < '0' || s.bytes[i] > '9')
            return false;
        n = n * 10 + (s.bytes[i] - '0');
    }
    *out = montant_of(n);
    return true;
}

bool ligne_fait_lire(struct slice item, struct ligne_bon *out)
{
    struct slice nature, ht;
    if (!mot_couper(&item, &nature) || !mot_couper(&item, &ht))
        return false;
    out->nature = ligne_nature_parse(nature.bytes, nature.len);
    out->og = slice_equals(item, "og");
    return out->nature != LIGNE_NOMBRE && (out->og || slice_equals(item, "etat")) && centimes_lire(ht, &out->ht);
}

void ligne_fait_ecrire(const struct ligne_bon *ligne, struct buffer *out)
{
    buffer_puts(out, natures[ligne->nature]);
    buffer_putc(out, ' ');
    if (montant_present(ligne->ht))
        buffer_put_i64(out, ligne->ht.centimes);
    else
        buffer_putc(out, '-');
    buffer_puts(out, ligne->og ? " og" : " etat");
}
