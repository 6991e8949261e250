/* Power loss: the trace of an act is cut after each operation, and the files are rebuilt as a disk could then show them:
 * everything written; nothing but what was synced; names without contents; and, seeded, some of what was not synced. */
#define _GNU_SOURCE
#include "banc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "../outils/alea.h"
#include "noyau/memoire.h"

#define SECTEUR 512

struct ecriture {
    uint64_t ou, n;
    const char *octets; /* NULL: a size */
};
struct objet {
    uint64_t ino;
    struct buffer sur; /* on the disk for sure */
    struct ecriture *attente;
    size_t n, cap;
};
struct nom {
    char nom[256];
    size_t objet; /* SIZE_MAX: the name is gone */
    bool lie;     /* a rename: never without the next change */
};
struct noms {
    struct nom *t;
    size_t n, cap;
};
struct disque {
    struct objet *o;
    size_t n, cap;
    struct noms surs, attente; /* names for sure; changes of names that wait, in order */
    const char *racine;
    uint64_t ino_racine;
};
enum variante { TOUT, RIEN, NOMS_SEULS, OCTETS_SEULS, GRAINE };

static struct objet *objet_de(struct disque *d, uint64_t ino)
{
    for (size_t i = d->n; i-- > 0;) /* the last one: an inode is used again */
        if (d->o[i].ino == ino)
            return &d->o[i];
    return NULL;
}

static size_t objet_creer(struct disque *d, uint64_t ino)
{
    d->o = memoire_grow(d->o, &d->cap, d->n + 1, sizeof *d->o);
    d->o[d->n] = (struct objet){.ino = ino};
    return d->n++;
}

static void nom_poser(struct noms *t, const char *nom, size_t objet)
{
    t->t = memoire_grow(t->t, &t->cap, t->n + 1, sizeof *t->t);
    t->t[t->n] = (struct nom){.objet = objet};
    snprintf(t->t[t->n++].nom, sizeof t->t->nom, "%s", nom);
}

static void nom_mettre(struct noms *t, const char *nom, size_t objet)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->t[i].nom, nom) == 0) {
            t->t[i].objet = objet;
            return;
        }
    nom_poser(t, nom, objet);
}

/* The object that a name shows to the program now. */
static size_t nom_objet(const struct disque *d, const char *nom)
{
    for (size_t i = d->attente.n; i-- > 0;)
        if (strcmp(d->attente.t[i].nom, nom) == 0)
            return d->attente.t[i].objet;
    for (size_t i = 0; i < d->surs.n; i++)
        if (strcmp(d->surs.t[i].nom, nom) == 0)
            return d->surs.t[i].objet;
    return SIZE_MAX;
}

/* Relative to the folder, without « ./ » nor « // »; false outside of it. */
static bool relatif(const struct disque *d, const char *p, size_t n, char out[256])
{
    const size_t r = strlen(d->racine);
    size_t k = 0;
    if (n > r && memcmp(p, d->racine, r) == 0 && p[r] == '/') {
        p += r + 1;
        n -= r + 1;
    } else if (n > 0 && *p == '/') {
        return false;
    }
    while (n > 1 && p[0] == '.' && p[1] == '/') {
        p += 2;
        n -= 2;
    }
    for (size_t i = 0; i < n && k < 255; i++)
        if (p[i] != '/' || (k > 0 && out[k - 1] != '/'))
            out[k++] = p[i];
    out[k] = '\0';
    return true;
}

static void appliquer(struct buffer *b, const struct ecriture *e, uint64_t saute, uint64_t n)
{
    const uint64_t fin = e->octets ? e->ou + saute + n : e->ou;
    if (fin > b->len) {
        const size_t avant = b->len;
        buffer_reserve(b, (size_t)fin - b->len + 1);
        memset(b->bytes + avant, 0, (size_t)fin - avant + 1);
        b->len = (size_t)fin;
    }
    if (e->octets)
        memcpy(b->bytes + e->ou + saute, e->octets + saute, n);
    else
        b->len = (size_t)e->ou;
}

static void attendre(struct objet *o, struct ecriture e)
{
    o->attente = memoire_grow(o->attente, &o->cap, o->n + 1, sizeof *o->attente);
    o->attente[o->n++] = e;
}

/* fsync of a folder: the names in it are there for good. */
static void noms_surs(struct disque *d, const char *dossier)
{
    const size_t n = strlen(dossier);
    size_t garde = 0;
    for (size_t i = 0; i < d->attente.n; i++) {
        const char *nom = d->attente.t[i].nom, *reste = nom + n;
        if (strncmp(nom, dossier, n) == 0 && !strchr(reste, '/'))
            nom_mettre(&d->surs, nom, d->attente.t[i].objet);
        else
            d->attente.t[garde++] = d->attente.t[i];
    }
    d->attente.n = garde;
}

static void synchroniser(struct disque *d, uint64_t ino, const struct dossier *dossiers)
{
    struct objet *o = objet_de(d, ino);
    struct stat st;
    char chemin[1024];
    if (ino == d->ino_racine) {
        noms_surs(d, "");
        return;
    }
    for (size_t i = 0; i < dossiers->n; i++) {
        snprintf(chemin, sizeof chemin, "%s/%s", d->racine, dossiers->f[i].nom);
        if (stat(chemin, &st) == 0 && st.st_ino == ino) {
            noms_surs(d, dossiers->f[i].nom);
            return;
        }
    }
    for (size_t i = 0; o && i < o->n; i++)
        appliquer(&o->sur, &o->attente[i], 0, o->attente[i].n);
    if (o)
        o->n = 0;
}

/* One record of the trace. */
static void suivre(struct disque *d, const struct coups_trace *t, const char *a, const char *b, const struct dossier *dossiers)
{
    char de[256], vers[256];
    struct objet *o = objet_de(d, t->ino);
    const char *octets = b + t->n_b;
    switch (t->op) {
    case OP_CREE:
        if (relatif(d, a, t->n_a, de))
            nom_poser(&d->attente, de, objet_creer(d, t->ino));
        break;
    case OP_ECRIT:
        if (o)
            attendre(o, (struct ecriture){t->ou, t->n, octets});
        break;
    case OP_TAILLE:
        if (o)
            attendre(o, (struct ecriture){t->ou, 0, NULL});
        break;
    case OP_SYNC: synchroniser(d, t->ino, dossiers); break;
    case OP_RENOMME:
    case OP_LIE:
        if (!relatif(d, a, t->n_a, de) || !relatif(d, b, t->n_b, vers))
            break;
        nom_poser(&d->attente, vers, nom_objet(d, de));
        d->attente.t[d->attente.n - 1].lie = t->op == OP_RENOMME;
        if (t->op == OP_RENOMME)
            nom_poser(&d->attente, de, SIZE_MAX);
        break;
    case OP_EFFACE:
        if (relatif(d, a, t->n_a, de))
            nom_poser(&d->attente, de, SIZE_MAX);
        break;
    default: mourir("trace : opération %llu", (unsigned long long)t->op);
    }
}

/* --- what the disk shows ---------------------------------------------------------------------------------------------- */

static void contenu(const struct objet *o, enum variante v, struct alea *h, struct buffer *out)
{
    buffer_append(out, o->sur.bytes ? o->sur.bytes : "", o->sur.len);
    for (size_t i = 0; i < o->n; i++) {
        const struct ecriture *e = &o->attente[i];
        if (v == RIEN || v == NOMS_SEULS || (v == GRAINE && alea_chance(h, 500)))
            continue;
        uint64_t n = e->n;
        if (v == GRAINE && e->octets && n > SECTEUR && alea_chance(h, 300)) /* torn between two sectors */
            n = SECTEUR * alea_entre(h, 1, (uint32_t)(n / SECTEUR));
        appliquer(out, e, 0, n);
    }
}

static void montrer(const struct disque *d, enum variante v, struct alea *h, struct dossier *out)
{
    struct noms vus = {0};
    size_t n = v == RIEN || v == OCTETS_SEULS ? 0 : d->attente.n;
    if (v == GRAINE && n)
        n = alea_entre(h, 0, (uint32_t)n); /* names change in order */
    n += n > 0 && d->attente.t[n - 1].lie;
    for (size_t i = 0; i < d->surs.n; i++)
        nom_poser(&vus, d->surs.t[i].nom, d->surs.t[i].objet);
    for (size_t i = 0; i < n; i++)
        nom_mettre(&vus, d->attente.t[i].nom, d->attente.t[i].objet);
    *out = (struct dossier){0};
    for (size_t i = 0; i < vus.n; i++) {
        struct buffer b = {0};
        if (vus.t[i].objet == SIZE_MAX)
            continue;
        contenu(&d->o[vus.t[i].objet], v, h, &b);
        dossier_mettre(out, vus.t[i].nom, b.bytes ? b.bytes : "", b.len);
        buffer_free(&b);
    }
    dossier_trier(out);
    memoire_free(vus.t);
}

static void disque_ouvrir(struct disque *d, const struct scene *s, const struct atelier *a)
{
    struct stat st;
    *d = (struct disque){.racine = a->dossier};
    if (stat(a->dossier, &st) != 0)
        mourir("%s a disparu", a->dossier);
    d->ino_racine = st.st_ino;
    for (size_t i = 0; i < s->avant.n; i++) {
        char nom[1024];
        snprintf(nom, sizeof nom, "%s/%s", a->dossier, s->avant.f[i].nom);
        if (stat(nom, &st) != 0)
            mourir("%s a disparu", nom);
        const size_t o = objet_creer(d, st.st_ino);
        buffer_append(&d->o[o].sur, s->avant.f[i].octets, s->avant.f[i].len);
        nom_poser(&d->surs, s->avant.f[i].nom, o);
    }
}

static void disque_fermer(struct disque *d)
{
    for (size_t i = 0; i < d->n; i++) {
        buffer_free(&d->o[i].sur);
        memoire_free(d->o[i].attente);
    }
    memoire_free(d->o);
    memoire_free(d->surs.t);
    memoire_free(d->attente.t);
}

/* --- the walk ------------------------------------------------------------------------------------------------------- */

struct marche {
    const struct scene *s;
    struct atelier *a;
    struct memoire_juge *juge;
    struct bilan *b;
};

static void essayer(struct marche *m, const struct disque *d, size_t rang, enum variante v, uint64_t graine, bool rendu)
{
    static const char *const noms[] = {"tout", "rien de plus que le synchronisé", "les noms sans les octets", "les octets sans les noms", "graine"};
    struct alea h = alea_de(graine, rang);
    struct dossier etat;
    montrer(d, v, &h, &etat);
    const struct jugement_etat *j = juger_etat(m->s, m->a, m->juge, &etat, FIN_BRUTALE);
    m->b->c.essais++;
    if (j->sort == SORT_FAUTE)
        bilan_faute(m->b, "%s, coupure après %zu opérations (%s %llu) : %s", m->s->acte->nom, rang, noms[v], (unsigned long long)graine, j->quoi);
    else if (rendu && (j->sort != SORT_ENTIER || !j->complet))
        bilan_faute(m->b, "%s, coupure après la réponse (%s %llu) : l'acte annoncé fait est perdu", m->s->acte->nom, noms[v],
                    (unsigned long long)graine);
    dossier_free(&etat);
}

static void essayer_tout(struct marche *m, const struct disque *d, size_t rang, unsigned graines, uint64_t graine, bool rendu)
{
    for (int v = TOUT; v < GRAINE; v++)
        essayer(m, d, rang, (enum variante)v, 0, rendu);
    for (unsigned k = 0; k < graines; k++)
        essayer(m, d, rang, GRAINE, graine + k, rendu);
}

/* Folders of the scene: those of its files. */
static void dossiers_de(const struct scene *s, struct dossier *out)
{
    const struct dossier *t[] = {&s->avant, &s->apres};
    *out = (struct dossier){0};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < t[k]->n; i++) {
            char nom[256];
            snprintf(nom, sizeof nom, "%s", t[k]->f[i].nom);
            char *slash = strrchr(nom, '/');
            if (!slash)
                continue;
            slash[1] = '\0';
            if (!dossier_trouver(out, nom))
                dossier_mettre(out, nom, "", 0);
        }
}

static void lire_trace(const char *chemin, struct buffer *out)
{
    FILE *f = fopen(chemin, "rb");
    char bloc[65536];
    size_t n;
    if (!f)
        mourir("%s ne s'ouvre pas", chemin);
    while ((n = fread(bloc, 1, sizeof bloc, f)) > 0)
        buffer_append(out, bloc, n);
    fclose(f);
}

static void marcher(struct marche *m, struct disque *d, const struct buffer *trace, const struct dossier *dossiers,
                    const struct mesure *mesure)
{
    const unsigned graines = mesure->entier ? 8 : BANC_ASAN ? 0 : 1;
    size_t rang = 0;
    for (size_t i = 0; i < trace->len; rang++) {
        struct coups_trace t;
        memcpy(&t, trace->bytes + i, sizeof t);
        const char *a = trace->bytes + i + sizeof t;
        i += sizeof t + t.n_a + t.n_b + (t.op == OP_ECRIT ? t.n : 0);
        if (i > trace->len)
            mourir("trace coupée");
        if (mesure->entier || t.op == OP_SYNC) /* just before each boundary, in brief */
            essayer_tout(m, d, rang, graines, mesure->graine, false);
        suivre(d, &t, a, a + t.n_a, dossiers);
    }
    m->b->c.appels += rang;
    essayer_tout(m, d, rang, graines, mesure->graine, true);
}

void coupure(const struct scene *s, struct atelier *a, const struct mesure *mesure, struct memoire_juge *juge, struct bilan *b)
{
    struct disque d;
    struct course r = {0};
    struct buffer trace = {0};
    struct dossier dossiers;
    char nom[1024];
    struct marche m = {s, a, juge, b};
    snprintf(nom, sizeof nom, "%s/trace", a->racine);
    atelier_mettre(a, &s->avant);
    disque_ouvrir(&d, s, a);
    a->trace = nom;
    lancer(a, s->acte->commande, NULL, &r);
    a->trace = NULL;
    lire_trace(nom, &trace);
    dossiers_de(s, &dossiers);
    marcher(&m, &d, &trace, &dossiers, mesure);
    buffer_printf(&b->dit, "#   coupures : %llu essais, %llu opérations, graine %llu\n", (unsigned long long)b->c.essais,
                  (unsigned long long)b->c.appels, (unsigned long long)mesure->graine);
    dossier_free(&dossiers);
    disque_fermer(&d);
    buffer_free(&trace);
    buffer_free(&r.err);
}
