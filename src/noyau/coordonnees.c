#include "noyau/coordonnees.h"

#include <string.h>

static bool lettre(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool chiffre(char c)
{
    return c >= '0' && c <= '9';
}

static bool local_valide(struct slice s)
{
    if (s.len == 0 || s.len > 64 || s.bytes[0] == '.' || s.bytes[s.len - 1] == '.')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.bytes[i];
        if (c == '\0' || (!lettre(c) && !chiffre(c) && strchr("!#$%&'*+/=?^_`{|}~.-", c) == NULL))
            return false;
        if (c == '.' && i + 1 < s.len && s.bytes[i + 1] == '.')
            return false;
    }
    return true;
}

static bool label_valide(struct slice s)
{
    if (s.len == 0 || s.len > 63 || s.bytes[0] == '-' || s.bytes[s.len - 1] == '-')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!lettre(s.bytes[i]) && !chiffre(s.bytes[i]) && s.bytes[i] != '-')
            return false;
    return true;
}

static bool domaine_valide(struct slice s)
{
    size_t labels = 0;
    struct slice dernier = {NULL, 0};
    for (size_t debut = 0; debut <= s.len; labels++) {
        size_t fin = debut;
        while (fin < s.len && s.bytes[fin] != '.')
            fin++;
        dernier = (struct slice){s.bytes + debut, fin - debut};
        if (!label_valide(dernier))
            return false;
        debut = fin + 1;
    }
    bool lettres = dernier.len >= 2;
    for (size_t i = 0; i < dernier.len; i++)
        lettres = lettres && lettre(dernier.bytes[i]);
    return labels >= 2 && (lettres || (dernier.len > 4 && memcmp(dernier.bytes, "xn--", 4) == 0));
}

bool courriel_valide(struct slice s)
{
    const char *at = s.len == 0 || s.len > COURRIEL_MAX ? NULL : memchr(s.bytes, '@', s.len);
    if (at == NULL)
        return false;
    const size_t n = (size_t)(at - s.bytes);
    return local_valide((struct slice){s.bytes, n}) && domaine_valide((struct slice){at + 1, s.len - n - 1});
}

/* The digits of `s`; SIZE_MAX when something else is in it. */
static size_t chiffres_lire(struct slice s, char chiffres[TELEPHONE_TEXTE_MAX])
{
    size_t n = 0;
    int ouvertes = 0, paires = 0;
    for (size_t i = 0; i < s.len;) {
        const size_t blanc = texte_blanc(s.bytes + i, s.len - i);
        const char c = s.bytes[i];
        if (blanc == 0 && chiffre(c)) {
            if (n == TELEPHONE_TEXTE_MAX - 1)
                return SIZE_MAX;
            chiffres[n++] = c;
        } else if (blanc == 0 && c == '(') {
            if (ouvertes++ != 0 || paires++ != 0)
                return SIZE_MAX;
        } else if (blanc == 0 && c == ')') {
            if (--ouvertes != 0)
                return SIZE_MAX;
        } else if (blanc == 0 && (n == 0 || (c != '.' && c != '-' && c != '/'))) {
            return SIZE_MAX;
        }
        i += blanc > 0 ? blanc : 1;
    }
    return ouvertes == 0 ? n : SIZE_MAX;
}

bool telephone_lire(struct slice s, char out[TELEPHONE_TEXTE_MAX])
{
    char d[TELEPHONE_TEXTE_MAX] = {0};
    bool plus = s.len > 0 && s.bytes[0] == '+';
    if (plus)
        s = (struct slice){s.bytes + 1, s.len - 1};
    size_t n = chiffres_lire(s, d), saut = 0;
    if (n == SIZE_MAX)
        return false;
    if (!plus && n > 10 && d[0] == '0' && d[1] == '0') {
        plus = true;
        saut = 2;
    }
    const char *c = d + saut;
    n -= saut;
    if (plus && n == 12 && memcmp(c, "330", 3) == 0) { /* +33 (0)1 … */
        c += 2;
        n = 10;
        plus = false;
    } else if (plus && n == 11 && memcmp(c, "33", 2) == 0) {
        d[saut + 1] = '0';
        c += 1;
        n = 10;
        plus = false;
    }
    if (!plus && n == 9 && c[0] != '0') {
        out[0] = '0';
        memcpy(out + 1, c, 9);
        out[10] = '\0';
        return true;
    }
    if (plus ? n < 8 || n > 15 || c[0] == '0' : n != 10 || c[0] != '0' || c[1] == '0')
        return false;
    const size_t signe = plus ? 1 : 0;
    out[0] = '+';
    memcpy(out + signe, c, n);
    out[n + signe] = '\0';
    return true;
}
