/* generer_base: a FINESS base of any size, seeded: cs1100502, or cs1100501 with --ej, on standard output.
 * Sorted by number, valid keys; about half of the ET are 4xxx; sizes of the EJ as in the stock of 08/01/2021. */
#include "generer_base.h"
#include "noyau/memoire.h"

#define AIDE                                                                                                          \
    "generer_base --et N --graine G --date AAAA-MM-JJ [--encodage cp1252|utf8] [--ej]\n"                              \
    "        une base FINESS fictive, la même pour une même graine sur toute machine"

struct base {
    uint64_t graine;
    uint32_t n_et, cible;
    size_t n_ej, cap_ej, sociaux;
    struct et *et;
    struct ej *ej;
};

static uint32_t tirer_departement(struct alea *a)
{
    uint32_t total = 0, k = 0;
    for (size_t i = 0; departements[i].prefixe != NULL; i++) total += departements[i].poids;
    uint32_t t = alea_sous(a, total);
    while (t >= departements[k].poids) t -= departements[k++].poids;
    return k;
}

static uint32_t tirer_categorie(struct alea *a, bool social)
{
    uint32_t total = 0, k = 0;
    for (size_t i = 0; categories[i].code != NULL; i++) total += categories[i].social == social ? categories[i].poids : 0;
    uint32_t t = alea_sous(a, total);
    while (categories[k].social != social || t >= categories[k].poids) {
        if (categories[k].social == social) t -= categories[k].poids;
        k++;
    }
    return k;
}

/* Sizes measured on 17,672 EJ: 12,301 of 1; 3,690 of 2–4; 1,019 of 5–10; 362 of 11–19; 283 of 20–99; 17 of 100 or more. */
static uint32_t taille_sociale(struct alea *a)
{
    uint32_t t = alea_sous(a, 17672), x, y;
    if (t < 12301) return 1;
    if (t < 15991) return t < 14331 ? 2 : t < 15364 ? 3 : 4;
    uint32_t min = t < 17010 ? 5 : t < 17372 ? 11 : t < 17655 ? 20 : 100;
    uint32_t max = t < 17010 ? 10 : t < 17372 ? 19 : t < 17655 ? 99 : 689;
    x = alea_entre(a, min, max);
    y = alea_entre(a, min, max);
    return x < y ? x : y;
}

static uint32_t taille_sante(struct alea *a)
{
    uint32_t t = alea_sous(a, 1000);
    return t < 880 ? 1 : t < 980 ? alea_entre(a, 2, 4) : alea_entre(a, 5, 25);
}

static void creer_ej(struct base *b, struct alea *a)
{
    bool social = b->sociaux * 100 < (uint64_t)b->n_et * 49;
    uint32_t taille = social ? taille_sociale(a) : taille_sante(a);
    b->ej = memoire_grow(b->ej, &b->cap_ej, b->n_ej + 1, sizeof *b->ej);
    struct ej *e = &b->ej[b->n_ej];
    *e = (struct ej){.departement = (uint16_t)tirer_departement(a), .social = social, .rang = (uint32_t)b->n_ej};
    uint32_t tete = alea_entre(a, 2, 9), reste = alea_sous(a, 10000000); /* one draw at a time: initializers have no order */
    snprintf(e->siren, sizeof e->siren, "%u%07u", tete, reste);
    e->siren[8] = luhn_cle(e->siren, 8);
    for (uint32_t i = 0; i < taille && b->n_et < b->cible; i++, b->n_et++) {
        bool ailleurs = alea_chance(a, taille == 1 ? 80 : 250);
        uint32_t departement = ailleurs ? tirer_departement(a) : e->departement;
        uint32_t categorie = tirer_categorie(a, social);
        b->et[b->n_et] = (struct et){
            .departement = (uint16_t)departement,
            .categorie = (uint16_t)categorie,
            .ej = e->rang,
            .nic = i + 1,
            .rang = b->n_et,
        };
    }
    if (social) b->sociaux += taille;
    b->n_ej++;
}

/* The next number of a department: six free characters (four after 97 and 98), then the key. */
static void numeroter(char numero[GENERER_NUMERO], uint32_t departement, uint32_t *compteurs, struct alea *a)
{
    const char *prefixe = departements[departement].prefixe;
    compteurs[departement] += alea_chance(a, 300) ? 2 : 1;
    size_t n = strlen(prefixe);
    uint32_t max = n == 4 ? 9999 : 999999;
    if (compteurs[departement] > max) {
        fprintf(stderr, "generer_base : plus de numéro libre dans le département %s ; demander moins d'établissements\n", prefixe);
        exit(1);
    }
    snprintf(numero, GENERER_NUMERO, "%s%0*u", prefixe, (int)(8 - n), compteurs[departement] % 1000000);
    numero[8] = luhn_cle(numero, 8);
    numero[9] = '\0';
}

/* ET and EJ share the numbers of a department, in a shuffled order: the ET of an EJ do not follow one another. */
static void tout_numeroter(struct base *b, struct alea *a)
{
    uint32_t compteurs[128] = {0};
    uint32_t n = b->n_et + (uint32_t)b->n_ej;
    uint32_t *ordre = memoire_calloc(n, sizeof *ordre);
    for (uint32_t i = 0; i < n; i++) ordre[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = alea_sous(a, i), t = ordre[i - 1];
        ordre[i - 1] = ordre[k];
        ordre[k] = t;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = ordre[i];
        if (k < b->n_et) {
            numeroter(b->et[k].numero, b->et[k].departement, compteurs, a);
        } else {
            numeroter(b->ej[k - b->n_et].numero, b->ej[k - b->n_et].departement, compteurs, a);
        }
    }
    memoire_free(ordre);
}

static int comparer_et(const void *x, const void *y)
{
    return memcmp(((const struct et *)x)->numero, ((const struct et *)y)->numero, 9);
}

static int comparer_ej(const void *x, const void *y)
{
    return memcmp(((const struct ej *)x)->numero, ((const struct ej *)y)->numero, 9);
}

static void sortir(struct buffer *lignes, struct buffer *octets, bool utf8, size_t seuil)
{
    if (lignes->len < seuil) return;
    buffer_clear(octets);
    if (!utf8) texte_to_cp1252(octets, lignes->bytes, lignes->len);
    const struct buffer *b = utf8 ? lignes : octets;
    if (fwrite(b->bytes, 1, b->len, stdout) != b->len) {
        perror("generer_base");
        exit(3);
    }
    buffer_clear(lignes);
}

static void ecrire(struct base *b, const char *date, bool utf8, bool ej)
{
    struct buffer lignes = {0}, octets = {0};
    buffer_printf(&lignes, "finess;etalab;93;%s\n", date);
    if (ej) {
        qsort(b->ej, b->n_ej, sizeof *b->ej, comparer_ej);
        for (size_t i = 0; i < b->n_ej; i++) {
            ligne_ej(&lignes, b->graine, &b->ej[i]);
            sortir(&lignes, &octets, utf8, 1 << 16);
        }
    } else {
        qsort(b->et, b->n_et, sizeof *b->et, comparer_et);
        for (uint32_t i = 0; i < b->n_et; i++) {
            ligne_et(&lignes, b->graine, &b->et[i], &b->ej[b->et[i].ej]);
            sortir(&lignes, &octets, utf8, 1 << 16);
        }
    }
    sortir(&lignes, &octets, utf8, 0);
    buffer_free(&lignes);
    buffer_free(&octets);
}

int main(int argc, char **argv)
{
    struct base b = {.graine = 1};
    const char *date = NULL;
    bool utf8 = false, ej = false;
    for (int i = 1; i < argc; i++) {
        const char *valeur = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--ej") == 0) {
            ej = true;
            continue;
        }
        if (valeur == NULL) usage(AIDE);
        i++;
        if (strcmp(argv[i - 1], "--et") == 0) {
            b.cible = (uint32_t)nombre_option(valeur, 1000000, AIDE);
        } else if (strcmp(argv[i - 1], "--graine") == 0) {
            b.graine = nombre_option(valeur, UINT64_MAX, AIDE);
        } else if (strcmp(argv[i - 1], "--date") == 0 && strlen(valeur) == 10) {
            date = valeur;
        } else if (strcmp(argv[i - 1], "--encodage") == 0 && (strcmp(valeur, "utf8") == 0 || strcmp(valeur, "cp1252") == 0)) {
            utf8 = valeur[0] == 'u';
        } else {
            usage(AIDE);
        }
    }
    if (date == NULL || b.cible == 0) usage(AIDE);
    struct alea a = alea_de(b.graine, 0);
    b.et = memoire_calloc(b.cible, sizeof *b.et);
    while (b.n_et < b.cible) creer_ej(&b, &a);
    tout_numeroter(&b, &a);
    ecrire(&b, date, utf8, ej);
    memoire_free(b.et);
    memoire_free(b.ej);
    return fclose(stdout) == 0 ? 0 : 3;
}
