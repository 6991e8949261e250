#include "cli/sortie.h"

#include <errno.h>
#include <string.h>
#include "cli/affichage.h"
#include "noyau/memoire.h"

#define TAMPON (1 << 18)
#define ENTRE "  " /* between two columns of a table */

struct sortie_ecriture {
    struct colonne *colonnes; /* those that are shown */
    size_t n;
    size_t *rangs;            /* of the shown columns among those of the rows */
    size_t n_lignes;          /* cells of a row */
    uint64_t lignes;
    struct buffer ligne;   /* the row being made */
    struct buffer cellule; /* its cell being made */
    /* table only: rows waiting for the widths, one text per cell */
    size_t *largeurs;
    char **attente;        /* n × en_attente texts */
    size_t en_attente, cap_attente;
    bool fixees;
    struct classeur_ecrivain *classeur;
    /* JSON: each key ready to be copied */
    char **cles;
};

void sortie_ouvrir(struct sortie *s, FILE *f, enum format_sortie format)
{
    *s = (struct sortie){.f = f, .format = format, .au = INSTANT_ABSENT};
}

void sortie_tamponner(FILE *f)
{
    static char tampon[TAMPON]; /* setvbuf chooses a small one when it has to allocate */
    setvbuf(f, tampon, _IOFBF, sizeof tampon);
}

void sortie_octets(struct sortie *s, const void *bytes, size_t len)
{
    if (s->erreur == 0 && len > 0 && fwrite(bytes, 1, len, s->f) != len)
        s->erreur = errno ? errno : EIO;
}

static void vider_ligne(struct sortie *s)
{
    sortie_octets(s, s->e->ligne.bytes, s->e->ligne.len);
    buffer_clear(&s->e->ligne);
}

void sortie_texte(struct sortie *s, const char *bytes, size_t len)
{
    struct buffer b = {0};
    affichage_texte(&b, bytes, len);
    sortie_octets(s, b.bytes, b.len);
    buffer_free(&b);
}

static void ecriture_free(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    if (!e)
        return;
    for (size_t i = 0; i < e->en_attente * e->n; i++)
        memoire_free(e->attente[i]);
    for (size_t i = 0; e->cles && i < e->n; i++)
        memoire_free(e->cles[i]);
    classeur_ecrivain_abandonner(e->classeur);
    memoire_free(e->attente);
    memoire_free(e->cles);
    memoire_free(e->rangs);
    memoire_free(e->largeurs);
    memoire_free(e->colonnes);
    buffer_free(&e->ligne);
    buffer_free(&e->cellule);
    memoire_free(e);
    s->e = NULL;
}

void sortie_vider(struct sortie *s)
{
    if (fflush(s->f) != 0 && s->erreur == 0)
        s->erreur = errno ? errno : EIO;
}

static const char *raison(int erreur)
{
    switch (erreur) {
    case EPIPE: return "le programme qui la lisait s'est arrêté";
    case EFBIG: return "trop de lignes pour un classeur ; préférer --format csv";
    case ENOSPC: return "plus de place sur le disque";
    case EBADF: return "la sortie standard est fermée";
    default: return strerror(erreur);
    }
}

bool sortie_fermer(struct sortie *s, struct diag_liste *diags)
{
    ecriture_free(s);
    sortie_vider(s);
    if (s->erreur == 0)
        return true;
    diag_erreur(diags, E_CLI_SORTIE, "la réponse n'a pas pu être écrite entièrement : %s", raison(s->erreur));
    return false;
}

/* --- table --- */

static bool a_droite(enum cellule_type t)
{
    return t == CELLULE_ENTIER || t == CELLULE_MONTANT || t == CELLULE_CENTIMES || t == CELLULE_TAUX;
}

static void combler(struct buffer *b, size_t n)
{
    char *p = buffer_place(b, n);
    memset(p, ' ', n);
    buffer_jusque(b, p + n);
}

/* One cell of a table; the last column is not padded on the right. */
static void poser(struct sortie_ecriture *e, size_t i, const char *texte, size_t len)
{
    size_t largeur = texte_width(texte, len);
    size_t vide = largeur < e->largeurs[i] ? e->largeurs[i] - largeur : 0;
    if (i > 0)
        buffer_puts(&e->ligne, ENTRE);
    if (a_droite(e->colonnes[i].type))
        combler(&e->ligne, vide);
    buffer_append(&e->ligne, texte, len);
    if (!a_droite(e->colonnes[i].type) && i + 1 < e->n)
        combler(&e->ligne, vide);
}

static void finir_ligne_table(struct sortie *s)
{
    struct buffer *l = &s->e->ligne;
    while (l->len > 0 && l->bytes[l->len - 1] == ' ')
        l->len--;
    buffer_putc(l, '\n');
    vider_ligne(s);
}

static void ecrire_tete_table(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    if (s->entete && s->entete->len > 0)
        sortie_texte(s, s->entete->bytes, s->entete->len);
    for (size_t i = 0; i < e->n; i++)
        poser(e, i, e->colonnes[i].titre, strlen(e->colonnes[i].titre));
    finir_ligne_table(s);
    for (size_t i = 0; i < e->n; i++) {
        if (i > 0)
            buffer_puts(&e->ligne, ENTRE);
        for (size_t k = 0; k < e->largeurs[i]; k++)
            buffer_puts(&e->ligne, "─");
    }
    finir_ligne_table(s);
}

/* Widths are known: writes the head and the rows that waited. */
static void fixer(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    ecrire_tete_table(s);
    for (size_t r = 0; r < e->en_attente; r++) {
        for (size_t i = 0; i < e->n; i++) {
            char *texte = e->attente[r * e->n + i];
            poser(e, i, texte, strlen(texte));
            memoire_free(texte);
        }
        finir_ligne_table(s);
    }
    e->en_attente = 0;
    e->fixees = true;
}

static void attendre(struct sortie_ecriture *e, const struct cellule *cellules)
{
    e->attente = memoire_grow(e->attente, &e->cap_attente, (e->en_attente + 1) * e->n, sizeof *e->attente);
    for (size_t i = 0; i < e->n; i++) {
        buffer_clear(&e->ligne);
        cellule_pour_gens(&e->ligne, &cellules[e->rangs[i]]);
        size_t largeur = texte_width(e->ligne.bytes, e->ligne.len);
        if (largeur > e->largeurs[i])
            e->largeurs[i] = largeur;
        e->attente[e->en_attente * e->n + i] = memoire_strndup(e->ligne.len ? e->ligne.bytes : "", e->ligne.len);
    }
    buffer_clear(&e->ligne);
    e->en_attente++;
}

static void ligne_table(struct sortie *s, const struct cellule *cellules)
{
    struct sortie_ecriture *e = s->e;
    if (!e->fixees) {
        attendre(e, cellules);
        if (e->en_attente == SORTIE_LIGNES_MESUREES)
            fixer(s);
        return;
    }
    for (size_t i = 0; i < e->n; i++) {
        buffer_clear(&e->cellule);
        cellule_pour_gens(&e->cellule, &cellules[e->rangs[i]]);
        poser(e, i, e->cellule.len ? e->cellule.bytes : "", e->cellule.len);
    }
    finir_ligne_table(s);
}

/* --- CSV --- */

static void debut_csv(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    buffer_puts(&e->ligne, "\xef\xbb\xbf");
    for (size_t i = 0; i < e->n; i++) {
        if (i > 0)
            buffer_putc(&e->ligne, ';');
        buffer_puts(&e->ligne, e->colonnes[i].cle);
        if (e->colonnes[i].type == CELLULE_CENTIMES)
            buffer_puts(&e->ligne, "_centimes");
    }
    buffer_putc(&e->ligne, '\n');
    vider_ligne(s);
}

static void ligne_csv(struct sortie *s, const struct cellule *cellules)
{
    struct sortie_ecriture *e = s->e;
    for (size_t i = 0; i < e->n; i++) {
        if (i > 0)
            buffer_putc(&e->ligne, ';');
        if (e->colonnes[i].type == CELLULE_CENTIMES && cellules[i].type == CELLULE_MONTANT)
            buffer_put_i64(&e->ligne, cellules[i].n);
        else
            cellule_pour_csv(&e->ligne, &cellules[i]);
    }
    buffer_putc(&e->ligne, '\n');
    vider_ligne(s);
}

/* --- JSON --- */

static void debut_json(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    struct buffer *l = &e->ligne;
    char t[INSTANT_TEXTE_MAX];
    buffer_puts(l, "{\"version\":1");
    if (s->commande) {
        buffer_puts(l, ",\"commande\":");
        json_texte(l, s->commande, strlen(s->commande));
    }
    if (instant_present(s->au))
        buffer_printf(l, ",\"au\":\"%s\"", instant_utc(s->au, t));
    if (s->fictif)
        buffer_puts(l, ",\"fictif\":true");
    buffer_puts(l, ",\"lignes\":[");
    vider_ligne(s);
    e->cles = memoire_calloc(e->n, sizeof *e->cles);
    for (size_t i = 0; i < e->n; i++) {
        json_texte(l, e->colonnes[i].cle, strlen(e->colonnes[i].cle));
        e->cles[i] = memoire_strndup(l->bytes, l->len);
        buffer_clear(l);
    }
}

static void ligne_json(struct sortie *s, const struct cellule *cellules)
{
    struct sortie_ecriture *e = s->e;
    struct buffer *l = &e->ligne;
    buffer_puts(l, e->lignes > 0 ? ",\n{" : "\n{");
    for (size_t i = 0; i < e->n; i++) {
        if (i > 0)
            buffer_putc(l, ',');
        if (e->colonnes[i].type == CELLULE_MONTANT || e->colonnes[i].type == CELLULE_CENTIMES) {
            buffer_append(l, e->cles[i], strlen(e->cles[i]) - 1);
            buffer_puts(l, "_centimes\":");
            if (cellules[i].type == CELLULE_MONTANT)
                buffer_put_i64(l, cellules[i].n);
            else
                buffer_puts(l, "null");
            buffer_putc(l, ',');
        }
        buffer_puts(l, e->cles[i]);
        buffer_putc(l, ':');
        cellule_pour_json(l, &cellules[i]);
    }
    buffer_putc(l, '}');
    vider_ligne(s);
}

/* --- workbook --- */

static bool octets_classeur(void *ctx, const void *octets, size_t len)
{
    struct sortie *s = ctx;
    sortie_octets(s, octets, len);
    return s->erreur == 0;
}

static void debut_classeur(struct sortie *s)
{
    struct sortie_ecriture *e = s->e;
    e->classeur = classeur_ecrivain_creer("sons", 1, octets_classeur, s);
    (void)classeur_rangee(e->classeur, 1);
    for (size_t i = 0; i < e->n; i++) {
        buffer_clear(&e->ligne);
        buffer_printf(&e->ligne, "%s%s", e->colonnes[i].cle, e->colonnes[i].type == CELLULE_CENTIMES ? "_centimes" : "");
        classeur_ecrire_texte(e->classeur, (uint32_t)i, STYLE_ENTETE, (struct slice){e->ligne.bytes, e->ligne.len});
    }
    buffer_clear(&e->ligne);
}

static void ligne_classeur(struct sortie *s, const struct cellule *cellules)
{
    struct sortie_ecriture *e = s->e;
    if (!classeur_rangee(e->classeur, (uint32_t)(e->lignes < UINT32_MAX - 2 ? e->lignes + 2 : UINT32_MAX))) {
        s->erreur = EFBIG;
        return;
    }
    for (size_t i = 0; i < e->n; i++) {
        struct cellule c = cellules[i];
        if (e->colonnes[i].type == CELLULE_CENTIMES && c.type == CELLULE_MONTANT)
            c.type = CELLULE_ENTIER;
        cellule_pour_classeur(e->classeur, (uint32_t)i, &c);
    }
}

static void fin_classeur(struct sortie *s)
{
    const bool bon = classeur_ecrivain_finir(s->e->classeur);
    s->e->classeur = NULL;
    if (!bon && s->erreur == 0)
        s->erreur = EFBIG;
}

/* --- struct tableau_sortie --- */

static bool visible(const struct sortie *s, const char *cle)
{
    if (s->format != FORMAT_TABLE || !s->visibles)
        return true;
    for (size_t i = 0; s->visibles[i]; i++)
        if (strcmp(s->visibles[i], cle) == 0)
            return true;
    return false;
}

static bool debut(void *ctx, const struct colonne *colonnes, size_t n)
{
    struct sortie *s = ctx;
    ecriture_free(s);
    struct sortie_ecriture *e = s->e = memoire_calloc(1, sizeof *e);
    e->n_lignes = n;
    e->colonnes = memoire_calloc(n, sizeof *e->colonnes);
    e->rangs = memoire_calloc(n, sizeof *e->rangs);
    e->largeurs = memoire_calloc(n, sizeof *e->largeurs);
    for (size_t i = 0; i < n; i++) {
        if (!visible(s, colonnes[i].cle))
            continue;
        e->colonnes[e->n] = colonnes[i];
        e->rangs[e->n] = i;
        e->largeurs[e->n++] = texte_width(colonnes[i].titre, strlen(colonnes[i].titre));
    }
    if (s->format == FORMAT_CSV)
        debut_csv(s);
    else if (s->format == FORMAT_JSON)
        debut_json(s);
    else if (s->format == FORMAT_XLSX)
        debut_classeur(s);
    return s->erreur == 0;
}

static bool ligne(void *ctx, const struct cellule *cellules, size_t n)
{
    struct sortie *s = ctx;
    if (!s->e || n != s->e->n_lignes)
        return false;
    switch (s->format) {
    case FORMAT_TABLE: ligne_table(s, cellules); break;
    case FORMAT_CSV: ligne_csv(s, cellules); break;
    case FORMAT_JSON: ligne_json(s, cellules); break;
    case FORMAT_XLSX: ligne_classeur(s, cellules); break;
    }
    s->e->lignes++;
    return s->erreur == 0;
}

static bool fin(void *ctx)
{
    struct sortie *s = ctx;
    if (!s->e)
        return false;
    if (s->format == FORMAT_TABLE && s->e->lignes == 0) {
        if (s->entete && s->entete->len > 0)
            sortie_texte(s, s->entete->bytes, s->entete->len);
        static const char aucune[] = "Aucune ligne.\n";
        sortie_octets(s, aucune, sizeof aucune - 1);
    } else if (s->format == FORMAT_TABLE && !s->e->fixees) {
        fixer(s);
    } else if (s->format == FORMAT_JSON) {
        const char *pied = s->e->lignes > 0 ? "\n]}\n" : "]}\n";
        sortie_octets(s, pied, strlen(pied));
    } else if (s->format == FORMAT_XLSX) {
        fin_classeur(s);
    }
    ecriture_free(s);
    s->complete = s->erreur == 0;
    return s->erreur == 0;
}

struct tableau_sortie sortie_tableau(struct sortie *s)
{
    return (struct tableau_sortie){.debut = debut, .ligne = ligne, .fin = fin, .ctx = s};
}
