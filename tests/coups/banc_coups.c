/* The blows: the n-th call of a class, once or from then on, failing or killing. */
#define _GNU_SOURCE
#include "banc.h"

#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include "noyau/memoire.h"

#define FAUTES_DITES 5
#define ECRITURES_BREF 100
#define BALAYAGE_BREF 150 /* allocations swept in brief */

static const char epuisee[] = COUPS_EPUISEE, nette[] = "rien n'a été écrit à moitié";

void bilan_faute(struct bilan *b, const char *fmt, ...)
{
    va_list ap;
    if (b->c.fautes++ >= FAUTES_DITES)
        return;
    buffer_puts(&b->dit, "# ");
    const size_t debut = b->dit.len;
    va_start(ap, fmt);
    buffer_vprintf(&b->dit, fmt, ap);
    va_end(ap);
    for (size_t i = debut; i < b->dit.len; i++) /* one line each: TAP */
        if (b->dit.bytes[i] == '\n')
            b->dit.bytes[i] = '/';
    buffer_putc(&b->dit, '\n');
}

static bool dit(const struct course *c, const char *texte)
{
    return strstr(c->err.bytes, texte) != NULL;
}

/* The program left where it stood, with a line prepared for it: nothing is cleaned up, the next run does it. */
static bool sortie_nette(const struct course *r)
{
    return r->code == 3 && (dit(r, epuisee) || (dit(r, nette) && dit(r, "À faire : ")));
}

/* ld.so itself, which has nobody to tell while it loads libxml2 and its C++ (glibc 2.36, do_lookup_unique): counted apart,
 * no more of them than LIEUR_MAX. Nobody meets it: xml_biblio.c sees before that there is memory for it (milieu.sh). */
static bool lieur_a_court(const struct course *r)
{
    static const char dernier[] = "out of memory\n";
    return r->code == 127 && r->err.len >= sizeof dernier - 1 && strcmp(r->err.bytes + r->err.len - (sizeof dernier - 1), dernier) == 0;
}

/* Does the exit code agree with what is in the folder? NULL when it does. */
static const char *mensonge(const struct coup *c, const struct course *r, const struct jugement_etat *j)
{
    const bool entier = j->sort == SORT_ENTIER;
    if (entier && !j->complet && (r->code != 3 || sortie_nette(r)) && !j->brouillon)
        return "a enregistré un fichier dont les octets n'étaient pas sur le disque";
    if (r->code == 0 && !j->complet)
        return "rend 0 mais des fichiers manquent";
    if (c->geste == COUPS_TUE || c->geste == COUPS_DECHIRE)
        return r->code == -SIGKILL ? NULL : "n'a pas été tué";
    if (r->code == 0 && !entier)
        return "rend 0 mais l'acte n'est pas fait";
    if (r->code == 0)
        return NULL;
    if (c->geste != COUPS_ECHOUE)
        return "échoue pour un appel partiel";
    if (c->classe == COUPS_MEMOIRE && lieur_a_court(r))
        return NULL;
    if (r->code != 3)
        return r->code < 0 ? "s'écroule" : "ne rend ni 0 ni 3";
    if (!sortie_nette(r) && (!dit(r, "erreur E-") || !dit(r, "à faire")))
        return "ne dit pas ce qui se passe et ce qu'il faut faire";
    if (entier && (dit(r, "rien n'a été enregistré") || dit(r, "Rien n'est enregistré")))
        return "dit que rien n'est enregistré, alors que l'acte l'est";
    if (entier && !j->complet && !sortie_nette(r) && !dit(r, "à faire : sons "))
        return "ne dit pas comment refaire le fichier qui manque";
    if (!entier && dit(r, "Écrit dans "))
        return "dit avoir écrit, alors que rien ne l'est";
    return NULL;
}

static enum fin fin_de(const struct coup *c, const struct course *r)
{
    if (c->classe == COUPS_UNLINK || c->classe == COUPS_DISQUE)
        return FIN_TENACE;
    return r->code == -SIGKILL || c->classe == COUPS_MEMOIRE || sortie_nette(r) ? FIN_BRUTALE : FIN_PROPRE;
}

static void nommer(const struct coup *c, char out[96])
{
    snprintf(out, 96, "%s %s %llu%s", classe_nom(c->classe), geste_nom(c->geste), (unsigned long long)c->rang, c->suite ? " suite" : "");
}

static void compter(struct bilan *b, const struct coup *c, int code)
{
    b->c.essais++;
    b->c.refus += code != 0;
    if (c->geste == COUPS_ECHOUE) {
        b->c.portes[c->classe]++;
        b->c.refuses[c->classe] += code != 0;
    }
}

/* One blow. False when the call of that rank never came: two runs of the act would not be the same. */
static bool frapper(const struct scene *s, struct atelier *a, struct memoire_juge *m, const struct coup *c, struct course *r,
                    struct bilan *b)
{
    struct dossier la;
    char nom[96];
    atelier_mettre(a, &s->avant);
    lancer(a, s->acte->commande, c, r);
    if (r->comptes[c->classe] < c->rang) {
        if (c->classe != COUPS_MEMOIRE) /* a few more or less: the order of a folder, the length of a process's number */
            bilan_faute(b, "%s %s %s %llu : cet appel n'est pas venu (code %d)", s->acte->nom, classe_nom(c->classe), geste_nom(c->geste),
                        (unsigned long long)c->rang, r->code);
        return false;
    }
    compter(b, c, r->code);
    b->c.lieur += c->classe == COUPS_MEMOIRE && lieur_a_court(r);
    atelier_voir(a, &la);
    const struct jugement_etat *j = juger_etat(s, a, m, &la, fin_de(c, r));
    nommer(c, nom);
    const char *faux = j->sort == SORT_FAUTE ? NULL : mensonge(c, r, j);
    if (j->sort == SORT_FAUTE)
        bilan_faute(b, "%s %s : code %d ; %s", s->acte->nom, nom, r->code, j->quoi);
    else if (r->comptes[COUPS_PORTES] == 0)
        bilan_faute(b, "%s %s : panne.so n'a rien frappé", s->acte->nom, nom);
    else if (faux)
        bilan_faute(b, "%s %s : code %d : %s : %.600s", s->acte->nom, nom, r->code, faux, r->err.bytes);
    dossier_free(&la);
    return true;
}

/* --- a series: one class, one gesture ------------------------------------------------------------------------------- */

struct serie {
    enum coups_classe classe;
    enum coups_geste geste;
    bool suite;
    unsigned essais; /* in brief */
};

/* Under the shim a program is deterministic. So a blow « from then on » is the blow « once » of that rank when no other call
 * of the class came after it; except in SQLite's VFS, where an odd rank may not give the same error to both. */
struct deja {
    enum coups_classe classe;
    uint64_t n;
    signed char *code; /* of each rank: the exit code, SANS_SUITE when it does not hold */
};
#define SANS_SUITE 127

static void deja_vider(struct deja *d, enum coups_classe classe, uint64_t n)
{
    memoire_free(d->code);
    *d = (struct deja){classe, n, memoire_alloc(n + 1)};
    memset(d->code, SANS_SUITE, n + 1);
}

static void deja_noter(struct deja *d, const struct coup *c, const struct course *r)
{
    if (c->geste == COUPS_ECHOUE && !c->suite && c->rang <= d->n && r->comptes[c->classe] == c->rang && r->code >= 0 &&
        !(c->classe == COUPS_VFS && c->rang % 2))
        d->code[c->rang] = (signed char)r->code;
}

/* What changes the folder. Between two deaths with the same counts, nothing changed it. */
static bool meme_dossier(const uint64_t *a, const uint64_t *b)
{
    static const enum coups_classe change[] = {COUPS_OPEN, COUPS_WRITE, COUPS_RENAME, COUPS_FTRUNCATE, COUPS_UNLINK};
    for (size_t i = 0; i < sizeof change / sizeof *change; i++)
        if (a[change[i]] != b[change[i]])
            return false;
    return true;
}

struct suite {
    const struct scene *s;
    struct atelier *a;
    struct memoire_juge *m;
    struct bilan *b;
    struct coup c;
    struct course r;
};

static bool mourir_a(struct suite *x, uint64_t rang, uint64_t comptes[COUPS_COMPTES_N])
{
    x->c.rang = rang;
    const bool venu = frapper(x->s, x->a, x->m, &x->c, &x->r, x->b);
    memcpy(comptes, x->r.comptes, sizeof x->r.comptes);
    return venu;
}

/* Deaths at every rank between two that were run: halved until both ends agree. */
static void morts_entre(struct suite *x, uint64_t bas, const uint64_t *au_bas, uint64_t haut, const uint64_t *au_haut)
{
    uint64_t milieu[COUPS_COMPTES_N];
    if (haut - bas < 2)
        return;
    if (meme_dossier(au_bas, au_haut)) {
        for (uint64_t i = bas + 1; i < haut; i++)
            compter(x->b, &x->c, -SIGKILL);
        x->b->c.pareils += haut - bas - 1;
        return;
    }
    const uint64_t ici = bas + (haut - bas) / 2;
    if (!mourir_a(x, ici, milieu))
        return;
    morts_entre(x, bas, au_bas, ici, milieu);
    morts_entre(x, ici, milieu, haut, au_haut);
}

/* Shifted by the act so that they are not always the same ones. */
static uint64_t premier_rang(const struct scene *s, enum coups_classe classe, uint64_t pas, const struct mesure *mesure)
{
    return 1 + (pas > 1 ? (mesure->graine + strlen(s->acte->nom) * 7 + (uint64_t)classe) % pas : 0);
}

/* Every `pas` ranks; the last one always. */
static void rangs(struct suite *x, uint64_t n, uint64_t debut, uint64_t pas, struct deja *deja)
{
    for (x->c.rang = debut; x->c.rang <= n; x->c.rang += pas) {
        if (x->c.suite && deja->code[x->c.rang] != SANS_SUITE) {
            compter(x->b, &x->c, deja->code[x->c.rang]);
            x->b->c.pareils++;
        } else if (frapper(x->s, x->a, x->m, &x->c, &x->r, x->b)) {
            deja_noter(deja, &x->c, &x->r);
        }
    }
    if (pas > 1 && n > 0) {
        x->c.rang = n;
        (void)frapper(x->s, x->a, x->m, &x->c, &x->r, x->b);
    }
}

static void serie_lancer(const struct scene *s, struct atelier *a, struct memoire_juge *m, const struct serie *serie,
                         const struct mesure *mesure, struct deja *deja, struct bilan *b)
{
    const uint64_t n = s->sans_faute.comptes[serie->classe];
    /* An act that makes files writes them by its own code, not by SQLite's: each of those calls is struck. */
    const bool tous = s->apres.n > s->avant.n && serie->classe == COUPS_WRITE && serie->geste == COUPS_ECHOUE && !serie->suite && !BANC_ASAN;
    const uint64_t essais = (serie->essais * mesure->part + 999) / 1000, max = tous ? ECRITURES_BREF : BANC_ASAN ? essais / 4 + 1 : essais;
    const uint64_t pas = (mesure->entier && serie->classe != COUPS_MEMOIRE) || n <= max ? 1 : (n + max - 1) / max;
    struct suite x = {s, a, m, b, {.frapper = true, .classe = serie->classe, .geste = serie->geste, .suite = serie->suite}, {0}};
    const uint64_t avant = b->c.essais, pareils = b->c.pareils, lieur = b->c.lieur, debut = premier_rang(s, serie->classe, pas, mesure);
    const uint64_t attendus = pas == 1 ? n : (debut <= n ? (n - debut) / pas + 1 : 0) + (n > 0);
    uint64_t premier[COUPS_COMPTES_N], dernier[COUPS_COMPTES_N];
    b->c.appels += n;
    if (!deja->code || deja->classe != serie->classe || !serie->suite)
        deja_vider(deja, serie->classe, n);
    if (pas > 1 || serie->geste != COUPS_TUE)
        rangs(&x, n, debut, pas, deja);
    else if (n > 0 && mourir_a(&x, 1, premier) && n > 1 && mourir_a(&x, n, dernier))
        morts_entre(&x, 1, premier, n, dernier);
    if (b->c.essais - avant != attendus && (serie->classe != COUPS_MEMOIRE || b->c.essais - avant + 1 < attendus))
        bilan_faute(b, "%s, %s %s : %llu coups au lieu de %llu", s->acte->nom, classe_nom(serie->classe), geste_nom(serie->geste),
                    (unsigned long long)(b->c.essais - avant), (unsigned long long)attendus);
    if (mesure->entier && serie->classe == COUPS_MEMOIRE)
        b->c.lieur = lieur; /* the sweep has struck every allocation: those of ld.so are counted there, once */
    buffer_printf(&b->dit, "#   %s %s%s : %llu essais sur %llu appels, un sur %llu", classe_nom(serie->classe), geste_nom(serie->geste),
                  serie->suite ? " ensuite" : "", (unsigned long long)(b->c.essais - avant), (unsigned long long)n, (unsigned long long)pas);
    if (b->c.pareils > pareils)
        buffer_printf(&b->dit, ", dont %llu prouvés pareils à d'autres", (unsigned long long)(b->c.pareils - pareils));
    buffer_putc(&b->dit, '\n');
    buffer_free(&x.r.err);
}

/* Every allocation, in children of one run: those that do not leave at once are struck again by themselves and judged. What
 * is on the disk at each of them is what a death leaves there, which GROUPE_MORTS judges. */
static void balayer(const struct scene *s, struct atelier *a, struct memoire_juge *m, const struct mesure *mesure, struct bilan *b)
{
    const uint64_t n = s->sans_faute.comptes[COUPS_MEMOIRE], pas = mesure->entier || n < BALAYAGE_BREF ? 1 : n / BALAYAGE_BREF;
    struct coup c = {.frapper = true, .classe = COUPS_MEMOIRE, .geste = COUPS_ECHOUE, .rang = 1 + mesure->graine % pas, .pas = pas};
    struct course r = {0};
    char nom[1024];
    uint64_t ecarts = 0;
    atelier_mettre(a, &s->avant);
    lancer(a, s->acte->commande, &c, &r);
    const uint64_t appels = r.comptes[COUPS_MEMOIRE], portes = r.comptes[COUPS_PORTES], nets = r.comptes[COUPS_NETS],
                   pareils = r.comptes[COUPS_PAREILS];
    if (r.code != 0 || portes != 2 * ((appels - c.rang) / pas + 1))
        bilan_faute(b, "%s, balayage : code %d, %llu allocations, %llu coups : %.300s", s->acte->nom, r.code,
                    (unsigned long long)appels, (unsigned long long)portes, r.err.bytes);
    b->c.essais += nets;
    b->c.refus += nets;
    b->c.portes[COUPS_MEMOIRE] += nets;
    b->c.refuses[COUPS_MEMOIRE] += nets;
    b->c.pareils += pareils;
    snprintf(nom, sizeof nom, "%s/ecarts", a->racine);
    FILE *f = fopen(nom, "rb");
    if (!f)
        mourir("%s ne s'ouvre pas", nom);
    c.pas = 0;
    while (fread(&c.rang, sizeof c.rang, 1, f) == 1)
        for (int suite = 0; suite < 2; suite++, ecarts++) {
            c.suite = suite;
            (void)frapper(s, a, m, &c, &r, b);
        }
    fclose(f);
    buffer_printf(&b->dit, "#   memoire balayée : %llu coups sur %llu appels, une fois et ensuite, un sur %llu ; %llu prouvés pareils "
                  "à d'autres, %llu refaits à part, dont %llu dans ld.so (code 127)\n",
                  (unsigned long long)portes, (unsigned long long)appels, (unsigned long long)pas, (unsigned long long)pareils,
                  (unsigned long long)ecarts, (unsigned long long)b->c.lieur);
    buffer_free(&r.err);
}

void groupe_lancer(enum groupe g, const struct scene *s, struct atelier *a, const struct mesure *mesure, struct memoire_juge *m,
                   struct bilan *b)
{
    static const struct serie series[GROUPE_NOMBRE][24] = {
        [GROUPE_MEMOIRE] = {{COUPS_MEMOIRE, COUPS_ECHOUE, false, 5}, {COUPS_MEMOIRE, COUPS_ECHOUE, true, 3}},
        [GROUPE_APPELS] = {{COUPS_OPEN, COUPS_ECHOUE, false, 6}, {COUPS_OPEN, COUPS_ECHOUE, true, 2},
                           {COUPS_READ, COUPS_ECHOUE, false, 6}, {COUPS_READ, COUPS_ECHOUE, true, 2},
                           {COUPS_READ, COUPS_COURT, false, 3}, {COUPS_WRITE, COUPS_ECHOUE, false, 8},
                           {COUPS_WRITE, COUPS_ECHOUE, true, 3}, {COUPS_WRITE, COUPS_COURT, false, 3},
                           {COUPS_FSYNC, COUPS_ECHOUE, false, 6}, {COUPS_FSYNC, COUPS_ECHOUE, true, 2},
                           {COUPS_RENAME, COUPS_ECHOUE, false, 2}, {COUPS_RENAME, COUPS_ECHOUE, true, 2},
                           {COUPS_FTRUNCATE, COUPS_ECHOUE, false, 2}, {COUPS_FTRUNCATE, COUPS_ECHOUE, true, 2},
                           {COUPS_CLOSE, COUPS_ECHOUE, false, 5}, {COUPS_CLOSE, COUPS_ECHOUE, true, 2},
                           {COUPS_UNLINK, COUPS_ECHOUE, false, 2}, {COUPS_UNLINK, COUPS_ECHOUE, true, 2},
                           {COUPS_DISQUE, COUPS_ECHOUE, true, 5}},
        [GROUPE_VFS] = {{COUPS_VFS, COUPS_ECHOUE, false, 12}, {COUPS_VFS, COUPS_ECHOUE, true, 5}},
        [GROUPE_MORTS] = {{COUPS_WRITE, COUPS_TUE, false, 8}, {COUPS_WRITE, COUPS_DECHIRE, false, 5},
                          {COUPS_FSYNC, COUPS_TUE, false, 6}, {COUPS_RENAME, COUPS_TUE, false, 2},
                          {COUPS_UNLINK, COUPS_TUE, false, 2}, {COUPS_FTRUNCATE, COUPS_TUE, false, 2},
                          {COUPS_OPEN, COUPS_TUE, false, 3}, {COUPS_VFS, COUPS_TUE, false, 4}},
    };
    struct deja deja = {0};
    const uint64_t etats = m->n, courses = a->courses;
    if (g == GROUPE_MEMOIRE)
        balayer(s, a, m, mesure, b);
    if (g == GROUPE_COUPURE)
        coupure(s, a, mesure, m, b);
    for (const struct serie *x = series[g]; g != GROUPE_COUPURE && x < series[g] + 24 && x->essais; x++)
        serie_lancer(s, a, m, x, mesure, &deja, b);
    for (int k = 0; g == GROUPE_APPELS && k < COUPS_CLASSES; k++)
        b->c.venus[k] = s->sans_faute.comptes[k];
    b->c.etats = m->n - etats;
    b->c.courses = a->courses - courses;
    memoire_free(deja.code);
}

bool coup_unique(const struct scene *s, struct atelier *a, const struct coup *c, FILE *out)
{
    struct memoire_juge m = {0};
    struct course r = {0};
    struct bilan b = {0};
    const bool venu = frapper(s, a, &m, c, &r, &b);
    fprintf(out, "%s\ncode %d%s\n%s", r.err.bytes, r.code, venu ? "" : " ; cet appel n'est pas venu", b.dit.bytes ? b.dit.bytes : "");
    if (venu && m.n && m.t[0].sort != SORT_FAUTE)
        fprintf(out, "l'acte est %s\n", m.t[0].sort == SORT_ENTIER ? "entier" : "absent");
    memoire_free(m.t);
    buffer_free(&r.err);
    buffer_free(&b.dit);
    return b.c.fautes == 0;
}
