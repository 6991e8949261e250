/* cas DOSSIER: runs every file of known answers found in a folder against the program's own code.
 * Exit code 0: all as expected; 1: a difference; 2: usage, unreadable folder or file, nothing to run. */
#include "cas.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include "metier/parametres_charger.h"
#include "noyau/diag.h"
#include "noyau/fichier.h"

#define CHAMPS_MAX 8
#define OCTETS_MAX ((size_t)1 << 28)

struct cas_fichier {
    const char *nom, *entete;
    unsigned entrees, champs; /* columns given, columns in all */
    cas_fonction *fonction;
    bool parametres;
};
static const struct cas_fichier fichiers[] = {
    {"avance.csv", "total_ttc_centimes;avance_centimes;solde_centimes", 1, 3, cas_avance, true},
    {"bareme.csv",
     "essms_og;essms_commandes;tranche;taux_ttc_centimes;plafond_ttc_centimes;plafond_ht_bas_centimes;"
     "plafond_ht_haut_centimes;lecture_progressive_ttc_centimes",
     2, 8, cas_bareme, true},
    {"delai120.csv", "date_signature;date_dossier_complet;jours;verdict", 2, 4, cas_delai120, true},
    {"finess.csv", "numero;verdict", 1, 2, cas_finess, false},
    {"heure_legale.csv", "utc;paris", 1, 2, cas_heure_legale, false},
    {"plafond.csv", "essms_og;essms_commandes;ht_centimes;taux_dix_milliemes;tva_centimes;ttc_centimes;severite", 6, 7,
     cas_plafond, true},
    {"repartition.csv", "ht_centimes;essms;parts_centimes_dans_l_ordre_des_finess", 2, 3, cas_repartition, false},
    {"tva.csv", "ht_centimes;taux_dix_milliemes;tva_centimes;ttc_centimes", 2, 4, cas_tva, false},
};
#define FICHIERS (sizeof fichiers / sizeof *fichiers)

bool cas_entier(struct slice s, int64_t min, int64_t max, int64_t *out)
{
    bool negative = s.len > 0 && s.bytes[0] == '-';
    int64_t n = 0;
    if (s.len == negative)
        return false;
    for (size_t i = negative; i < s.len; i++)
        if (s.bytes[i] < '0' || s.bytes[i] > '9' || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, s.bytes[i] - '0', &n))
            return false;
    *out = negative ? -n : n;
    return *out >= min && *out <= max;
}

/* The next line, without LF nor CR; false at the end. */
static bool next_line(struct slice *rest, struct slice *line)
{
    if (rest->len == 0)
        return false;
    const char *lf = memchr(rest->bytes, '\n', rest->len);
    size_t len = lf ? (size_t)(lf - rest->bytes) : rest->len;
    *line = (struct slice){rest->bytes, len};
    rest->bytes += len + (lf ? 1 : 0);
    rest->len -= len + (lf ? 1 : 0);
    if (line->len > 0 && line->bytes[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* Number of fields, at most CHAMPS_MAX + 1. */
static unsigned split(struct slice line, struct slice champs[CHAMPS_MAX])
{
    unsigned n = 0;
    for (;;) {
        const char *mark = line.len ? memchr(line.bytes, ';', line.len) : NULL;
        size_t len = mark ? (size_t)(mark - line.bytes) : line.len;
        if (n == CHAMPS_MAX)
            return n + 1;
        champs[n++] = slice_trim((struct slice){line.bytes, len});
        if (!mark)
            return n;
        line.bytes += len + 1;
        line.len -= len + 1;
    }
}

static void print_diags(const struct diag_liste *l)
{
    for (size_t i = 0; i < l->n; i++)
        fprintf(stderr, "%s%s%s %s\n", l->items[i].fichier ? l->items[i].fichier : "", l->items[i].fichier ? " : " : "",
                l->items[i].code, l->items[i].message);
}

/* True when the program finds what the row expects. */
static bool row(const struct cas_fichier *f, uint64_t number, struct slice line, struct cas_contexte *c)
{
    struct slice champs[CHAMPS_MAX];
    struct buffer found = {0}, expected = {0};
    unsigned n = split(line, champs);
    if (n != f->champs) {
        printf("%s, ligne %llu : trouvé %u champs, attendu %u\n", f->nom, (unsigned long long)number, n, f->champs);
        return false;
    }
    for (unsigned i = f->entrees; i < n; i++) {
        if (i > f->entrees)
            buffer_putc(&expected, ';');
        buffer_append(&expected, champs[i].bytes, champs[i].len);
    }
    buffer_append(&found, "", 0);
    if (!f->fonction(c, champs, &found)) {
        buffer_clear(&found);
        buffer_puts(&found, "(donnée illisible ou sans réponse)");
    }
    bool same = found.len == expected.len && memcmp(found.bytes, expected.bytes, found.len) == 0;
    if (!same)
        printf("%s, ligne %llu : trouvé %s, attendu %s (%.*s)\n", f->nom, (unsigned long long)number, found.bytes,
               expected.bytes, (int)(line.len < 200 ? line.len : 200), line.bytes);
    buffer_free(&found);
    buffer_free(&expected);
    arene_reset(&c->arene);
    return same;
}

static int run(const struct cas_fichier *f, struct slice bytes, struct cas_contexte *c)
{
    struct slice line = {0};
    if (bytes.len >= 3 && memcmp(bytes.bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes.bytes += 3;
        bytes.len -= 3;
    }
    next_line(&bytes, &line);
    if (!slice_equals(slice_trim(line), f->entete)) {
        fprintf(stderr, "%s, ligne 1 : en-tête « %.*s », attendu « %s »\n", f->nom,
                (int)(line.len < 300 ? line.len : 300), line.bytes ? line.bytes : "", f->entete);
        return 2;
    }
    uint64_t number = 1, rows = 0, differences = 0;
    while (next_line(&bytes, &line)) {
        number++;
        if (line.len == 0)
            continue;
        rows++;
        if (!row(f, number, line, c))
            differences++;
    }
    printf("%s : %llu ligne%s, %llu différence%s\n", f->nom, (unsigned long long)rows, rows > 1 ? "s" : "",
           (unsigned long long)differences, differences > 1 ? "s" : "");
    if (rows == 0)
        fprintf(stderr, "%s : aucune ligne, rien n'est éprouvé\n", f->nom);
    return rows == 0 ? 2 : differences > 0 ? 1 : 0;
}

static int run_file(const char *folder, const struct cas_fichier *f, struct cas_contexte *c)
{
    struct diag_liste diags = {0};
    struct buffer path = {0}, bytes = {0};
    int rc = 2;
    buffer_printf(&path, "%s/%s", folder, f->nom);
    if (f->parametres && !c->parametres)
        c->parametres = parametres_embarques(&diags);
    if ((!f->parametres || c->parametres) && fichier_lire(path.bytes, FICHIER_LIENS_SUIVIS, OCTETS_MAX, &bytes, &diags))
        rc = run(f, (struct slice){bytes.bytes, bytes.len}, c);
    print_diags(&diags);
    diag_vider(&diags);
    buffer_free(&path);
    buffer_free(&bytes);
    return rc;
}

/* Marks the files of the table that the folder holds; says which ones it does not know. False: unreadable folder. */
static bool look(const char *folder, bool present[FICHIERS])
{
    DIR *d = opendir(folder);
    if (!d)
        return false;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        size_t len = strlen(e->d_name), k = 0;
        while (k < FICHIERS && strcmp(e->d_name, fichiers[k].nom) != 0)
            k++;
        if (k < FICHIERS)
            present[k] = true;
        else if (len > 4 && strcmp(e->d_name + len - 4, ".csv") == 0)
            fprintf(stderr, "%s : fichier inconnu, non éprouvé\n", e->d_name);
    }
    closedir(d);
    return true;
}

int main(int argc, char **argv)
{
    bool present[FICHIERS] = {false};
    struct cas_contexte c = {0};
    int worst = -1;
    if (argc != 2) {
        fprintf(stderr, "usage : cas DOSSIER\n");
        return 2;
    }
    if (!look(argv[1], present)) {
        fprintf(stderr, "%s : ce dossier ne peut pas être lu\n", argv[1]);
        return 2;
    }
    for (size_t k = 0; k < FICHIERS; k++) {
        int rc = present[k] ? run_file(argv[1], &fichiers[k], &c) : -1;
        worst = rc > worst ? rc : worst;
    }
    if (worst < 0) {
        fprintf(stderr, "%s : aucun fichier connu ; attendu :", argv[1]);
        for (size_t k = 0; k < FICHIERS; k++)
            fprintf(stderr, " %s", fichiers[k].nom);
        fprintf(stderr, "\n");
    }
    parametres_free(c.parametres);
    arene_free(&c.arene);
    return worst < 0 ? 2 : worst;
}
