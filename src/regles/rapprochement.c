#include "regles/rapprochement.h"

#include <string.h>

#define MOT_MAX 40

static const struct {
    const char *mot, *forme;
} abreges[] = {
#define ABREGE(mot, forme) {mot, forme},
#include "regles/rapprochement.def"
#undef ABREGE
};
static const char *const vides[] = {
#define VIDE(mot) mot,
#include "regles/rapprochement.def"
#undef VIDE
},
                 *const communs[] = {
#define COMMUN(mot) mot,
#include "regles/rapprochement.def"
#undef COMMUN
};
static const struct {
    const char *suite, *sigle;
} genres[] = {
#define GENRE(suite, sigle) {suite, sigle},
#include "regles/rapprochement.def"
#undef GENRE
};
#define RANGS(t) (sizeof(t) / sizeof *(t))

static bool egaux(struct slice a, struct slice b)
{
    return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

static bool dans(const char *const *liste, size_t n, struct slice mot)
{
    for (size_t i = 0; i < n; i++)
        if (slice_equals(mot, liste[i]))
            return true;
    return false;
}

/* --- couper ------------------------------------------------------------------------------------------------------- */

static bool lettre_seule(struct slice s)
{
    return s.len == 1 && s.bytes[0] >= 'A' && s.bytes[0] <= 'Z';
}

static bool article_seul(struct slice s)
{
    return s.bytes[0] == 'A' || s.bytes[0] == 'D' || s.bytes[0] == 'L';
}

static void pousser(struct mots *m, struct slice s)
{
    if (m->n < MOTS_MAX && s.len > 0)
        m->m[m->n++] = (struct mot){{s.bytes, s.len < MOT_MAX ? s.len : MOT_MAX}, MOT_DISTINCTIF};
}

/* Les mots du texte plié ; des lettres seules qui se suivent (« S.A.J. ») font un sigle, sauf si ce ne sont que des articles. */
static void decouper(const char *texte, struct arene *a, struct mots *out)
{
    struct buffer b = {0};
    texte_fold(&b, texte, strlen(texte));
    char *plie = arene_strndup(a, b.len == 0 ? "" : b.bytes, b.len);
    char *colle = arene_alloc(a, b.len + 1);
    size_t n = 0;
    buffer_free(&b);
    *out = (struct mots){.plie = slice_of(plie)};
    for (char *p = plie; *p != '\0';) {
        struct slice mot = {p, strcspn(p, " ")};
        const size_t debut = n;
        bool articles = true;
        char *q = p;
        while (*q != '\0' && lettre_seule((struct slice){q, strcspn(q, " ")})) {
            articles = articles && article_seul((struct slice){q, 1});
            colle[n++] = *q;
            q += 1 + (q[1] == ' ');
        }
        if (n - debut >= 2 && !articles) {
            pousser(out, (struct slice){colle + debut, n - debut});
            p = q;
            continue;
        }
        pousser(out, mot);
        p += mot.len + (p[mot.len] == ' ');
    }
}

static void abreger(struct mots *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < RANGS(abreges); k++)
            if (slice_equals(m->m[i].texte, abreges[k].mot)) {
                m->m[i].texte = slice_of(abreges[k].forme);
                break;
            }
}

static void vider(struct mots *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (!dans(vides, RANGS(vides), m->m[i].texte))
            m->m[n++] = m->m[i];
    if (n > 0) /* « LES » seul reste */
        m->n = n;
}

/* Longueur, en mots, de la suite qui commence ici ; 0 quand elle n'y est pas. */
static size_t suite_ici(const struct mots *m, size_t i, const char *suite)
{
    size_t n = 0;
    for (; *suite != '\0'; n++) {
        const size_t len = strcspn(suite, " ");
        if (i + n >= m->n || !egaux(m->m[i + n].texte, (struct slice){suite, len}))
            return 0;
        suite += len + (suite[len] == ' ');
    }
    return n;
}

static void genres_reunir(struct mots *m)
{
    for (size_t i = 0; i < m->n; i++) {
        size_t meilleur = 0, longueur = 0;
        for (size_t k = 0; k < RANGS(genres); k++) {
            const size_t n = suite_ici(m, i, genres[k].suite);
            if (n > longueur) {
                longueur = n;
                meilleur = k;
            }
        }
        if (longueur == 0)
            continue;
        m->m[i] = (struct mot){slice_of(genres[meilleur].sigle), MOT_SIGLE};
        memmove(&m->m[i + 1], &m->m[i + longueur], (m->n - i - longueur) * sizeof *m->m);
        m->n -= longueur - 1;
    }
}

/* Chiffres, ou chiffres romains. */
static bool est_numero(struct slice s)
{
    bool chiffres = true, romain = s.len <= 4;
    for (size_t i = 0; i < s.len; i++) {
        chiffres = chiffres && s.bytes[i] >= '0' && s.bytes[i] <= '9';
        romain = romain && (s.bytes[i] == 'I' || s.bytes[i] == 'V' || s.bytes[i] == 'X');
    }
    return s.len > 0 && (chiffres || romain);
}

void mots_du_nom(const char *nom, struct arene *a, struct mots *out)
{
    decouper(nom, a, out);
    abreger(out);
    vider(out);
    genres_reunir(out);
    for (size_t i = 0; i < out->n; i++) {
        struct mot *m = &out->m[i];
        if (m->genre == MOT_SIGLE)
            continue;
        /* « I » n'est un numéro qu'à la fin : « I FIORI » est un nom corse. */
        const bool numero = est_numero(m->texte) && (!slice_equals(m->texte, "I") || i + 1 == out->n);
        m->genre = numero ? MOT_NUMERO : dans(communs, RANGS(communs), m->texte) ? MOT_COMMUN : MOT_DISTINCTIF;
    }
}

static bool a_un_chiffre(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.bytes[i] >= '0' && s.bytes[i] <= '9')
            return true;
    return false;
}

void mots_de_la_commune(const char *commune, struct arene *a, struct mots *out)
{
    size_t n = 0;
    decouper(commune, a, out);
    abreger(out);
    vider(out);
    for (size_t i = 0; i < out->n; i++) {
        const struct slice s = out->m[i].texte;
        if (slice_equals(s, "CEDEX") || slice_equals(s, "ARRONDISSEMENT") || slice_equals(s, "ARRDT") || a_un_chiffre(s))
            continue;
        out->m[n++] = out->m[i];
    }
    out->n = n;
}

/* --- comparer ----------------------------------------------------------------------------------------------------- */

/* Distance d'édition (ajout, retrait, remplacement, deux lettres échangées), bornée. */
static size_t distance(struct slice a, struct slice b, size_t max)
{
    size_t d[3][MOT_MAX + 1];
    if (a.len > b.len + max || b.len > a.len + max)
        return max + 1;
    for (size_t j = 0; j <= b.len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *ligne = d[i % 3], *avant = d[(i + 2) % 3], *avant2 = d[(i + 1) % 3];
        ligne[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            const size_t change = avant[j - 1] + (a.bytes[i - 1] != b.bytes[j - 1]);
            size_t v = avant[j] < ligne[j - 1] ? avant[j] + 1 : ligne[j - 1] + 1;
            v = change < v ? change : v;
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1] && avant2[j - 2] + 1 < v)
                v = avant2[j - 2] + 1;
            ligne[j] = v;
        }
    }
    return d[a.len % 3][b.len];
}

/* Le même mot : égal, coupé (trois lettres au moins), ou à une faute de frappe près s'il est long. La première lettre compte. */
static bool meme_mot(struct slice a, struct slice b, const struct tolerance *t)
{
    if (egaux(a, b))
        return true;
    const size_t court = a.len < b.len ? a.len : b.len;
    if (a.bytes[0] != b.bytes[0] || a_un_chiffre(a) || a_un_chiffre(b))
        return false;
    if (court >= 3 && memcmp(a.bytes, b.bytes, court) == 0)
        return true;
    const size_t seuil = (size_t)t->mot_long, fautes = court + 1 >= 2 * seuil ? 2 : court >= seuil ? 1 : 0;
    return fautes > 0 && distance(a, b, fautes) <= fautes;
}

static bool meme(const struct mot *a, const struct mot *b, const struct tolerance *t)
{
    if (a->genre == MOT_SIGLE || b->genre == MOT_SIGLE || a->genre == MOT_NUMERO || b->genre == MOT_NUMERO)
        return a->genre == b->genre && egaux(a->texte, b->texte);
    return meme_mot(a->texte, b->texte, t);
}

/* Chaque mot de x trouve-t-il le sien dans y ? Les mots pris sont marqués dans les deux ; ceux qui sont égaux d'abord. */
struct appariement {
    bool x[MOTS_MAX], y[MOTS_MAX];
    bool egal[MOTS_MAX];    /* de y : sans faute ni coupure */
    uint8_t avec[MOTS_MAX]; /* de y : le mot de x */
};
static void apparier(const struct mots *x, const struct mots *y, const struct tolerance *t, struct appariement *p)
{
    *p = (struct appariement){.x = {false}};
    for (int tour = 0; tour < 2; tour++)
        for (size_t i = 0; i < x->n; i++)
            for (size_t j = 0; j < y->n && !p->x[i]; j++)
                if (!p->y[j] && (tour == 0 ? x->m[i].genre == y->m[j].genre && egaux(x->m[i].texte, y->m[j].texte)
                                           : meme(&x->m[i], &y->m[j], t))) {
                    p->x[i] = p->y[j] = true;
                    p->egal[j] = tour == 0;
                    p->avec[j] = (uint8_t)i;
                }
}

static bool debut_de(const struct mots *court, const struct mots *entier, const struct tolerance *t)
{
    for (size_t i = 0; i < court->n; i++)
        if (i >= entier->n || !meme_mot(court->m[i].texte, entier->m[i].texte, t))
            return false;
    return court->n > 0 && !(court->n == 1 && dans(communs, RANGS(communs), court->m[0].texte));
}

bool communes_semblables(const struct mots *donnee, const struct mots *finess, const struct tolerance *t)
{
    struct appariement p;
    size_t trouves = 0;
    if (donnee->n == 0 || finess->n == 0)
        return false;
    apparier(donnee, finess, t, &p);
    for (size_t i = 0; i < donnee->n; i++)
        trouves += p.x[i];
    return (trouves == donnee->n && trouves == finess->n) || debut_de(donnee, finess, t) || debut_de(finess, donnee, t);
}

static bool de_la_commune(const struct mot *m, const struct mots *commune, const struct tolerance *t)
{
    for (size_t i = 0; i < commune->n; i++)
        if (m->genre != MOT_SIGLE && m->genre != MOT_NUMERO && meme_mot(m->texte, commune->m[i].texte, t))
            return true;
    return false;
}

struct compte {
    size_t communs;         /* mots distinctifs des deux noms */
    size_t donne, finess;   /* ceux d'un seul */
    size_t numeros, numeros_donne, numeros_finess;
    size_t sigles, sigles_donne, sigles_finess;
    size_t courants;        /* mots courants des deux noms */
    size_t de_commune;      /* mots du nom donné qui sont de la commune de FINESS */
};

static void compter(const struct mots *x, const bool *pris, const struct mots *commune, const struct tolerance *t, bool donne,
                    struct compte *c)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct mot *m = &x->m[i];
        if (m->genre == MOT_SIGLE) {
            *(donne ? &c->sigles_donne : &c->sigles_finess) += 1;
            c->sigles += donne && pris[i];
        } else if (m->genre == MOT_NUMERO) {
            *(donne ? &c->numeros_donne : &c->numeros_finess) += 1;
            c->numeros += donne && pris[i];
        } else if (m->genre == MOT_COMMUN) {
            c->courants += donne && pris[i];
        } else if (pris[i]) {
            c->communs += donne;
        } else if (de_la_commune(m, commune, t)) {
            c->de_commune += donne;
        } else {
            *(donne ? &c->donne : &c->finess) += 1;
        }
    }
}

static struct compte comparer(const struct mots *donne, const struct mots *finess, const struct mots *commune, const struct tolerance *t)
{
    struct appariement p;
    struct compte c = {0};
    apparier(donne, finess, t, &p);
    compter(donne, p.x, commune, t, true, &c);
    compter(finess, p.y, commune, t, false, &c);
    return c;
}

static enum ecart ecart_de(const struct compte *c, bool commune_sure, const struct tolerance *t)
{
    const size_t court = c->donne < c->finess ? c->donne : c->finess;
    if (c->numeros_donne > 0 && c->numeros_finess > 0 && c->numeros == 0)
        return ECART_NUMERO;
    const enum ecart genre = c->sigles_donne > 0 && c->sigles_finess > 0 && c->sigles == 0 ? ECART_GENRE : ECART_AUCUN;
    if (c->communs + c->donne == 0 && genre == ECART_AUCUN) /* le nom donné ne distingue rien : il lui faut un appui */
        return commune_sure || c->sigles + c->de_commune + c->courants > 0 ? ECART_AUCUN : ECART_NOM;
    if (c->communs == 0)
        return c->donne > 0 && !(c->finess == 0 && commune_sure) ? ECART_NOM : genre;
    return (int64_t)c->communs * 10000 >= t->part * (int64_t)(c->communs + court) ? genre : ECART_NOM;
}

enum ecart noms_ecart(const struct mots *donne, const struct mots *finess, const struct mots *commune, bool commune_sure,
                      const struct tolerance *t)
{
    const struct compte c = comparer(donne, finess, commune, t);
    return ecart_de(&c, commune_sure, t);
}

/* Poids : un mot distinctif ou un numéro 4, un sigle 3 quand les deux en ont, la commune 2, un mot courant 1. Ce qui n'est dit
 * que d'un côté ne compte que s'il distingue. */
static int proximite_de(const struct compte *c)
{
    const bool sigles = c->sigles_donne > 0 && c->sigles_finess > 0;
    const size_t deux = 4 * (c->communs + c->numeros) + (sigles ? 3 * c->sigles : 0) + 2 * c->de_commune + c->courants;
    const size_t seuls = 4 * (c->donne + c->finess + (c->numeros_donne - c->numeros) + (c->numeros_finess - c->numeros)) +
                         (sigles ? 3 * (c->sigles_donne + c->sigles_finess - 2 * c->sigles) : 0);
    return deux == 0 ? 0 : (int)(1000 * 2 * deux / (2 * deux + seuls));
}

int noms_proximite(const struct mots *donne, const struct mots *finess, const struct mots *commune, const struct tolerance *t)
{
    if (egaux(donne->plie, finess->plie))
        return PROXIMITE_EXACTE;
    const struct compte c = comparer(donne, finess, commune, t);
    return proximite_de(&c);
}

void noms_concordance(const struct mots *donne, const struct mots *finess, const struct mots *commune, bool commune_sure,
                      const struct tolerance *t, struct concordance *out)
{
    struct appariement p;
    struct compte c = {0};
    apparier(donne, finess, t, &p);
    compter(donne, p.x, commune, t, true, &c);
    compter(finess, p.y, commune, t, false, &c);
    *out = (struct concordance){.ecart = ecart_de(&c, commune_sure, t),
                                .proximite = egaux(donne->plie, finess->plie) ? PROXIMITE_EXACTE : proximite_de(&c),
                                .manquants = c.donne + c.numeros_donne - c.numeros,
                                .genre_donne = c.sigles_donne > 0, .genre_finess = c.sigles_finess > 0};
    for (size_t i = 0; i < finess->n; i++) {
        const enum mot_genre g = finess->m[i].genre;
        out->pris[i] = p.y[i] && (g == MOT_DISTINCTIF || g == MOT_NUMERO) && donne->m[p.avec[i]].genre == g;
        out->communs += out->pris[i];
        out->net[i] = out->pris[i] && p.egal[i];
        out->egaux += out->net[i];
    }
}

void mots_abreges(const char *texte, struct arene *a, struct mots *out)
{
    decouper(texte, a, out);
    abreger(out);
}
