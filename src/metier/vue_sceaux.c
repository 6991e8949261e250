/* Verification with seals: the journal is walked once; at each length that a seal names, its root and its head are noted. What
 * each seal says then follows from where they agree, and from the instants of the entries. */
#include <stdio.h>
#include <string.h>

#include "metier/sceau_fichier.h"
#include "metier/sceaux.h"
#include "metier/vue_commun.h"
#include "noyau/tri.h"
#include "registre/arbre.h"
#include "registre/etat.h"
#include "registre/lignes.h"

/* What the registre has at a length that a seal names. */
struct mesure {
    int64_t entrees;
    bool faite;
    struct empreinte racine, tete;
};
struct sceau_vu {
    struct sceau_lu l;
    size_t rang;                /* as given */
    struct mesure ici, avant;   /* at its own length, and at that of the seal before it */
    bool enregistre;            /* the entry after those it seals records it */
    bool autre_bordereau;       /* … records this seal, under another bordereau */
    int64_t anterieures;        /* entries dated at its instant or before */
    const char *issue;
};
struct verification {
    struct contexte *ctx;
    struct sceaux_rapport *out;
    struct sceau_vu *t;         /* sorted by length */
    size_t n;
    struct arbre arbre;
    char registre[33];          /* as the genesis says */
    struct instant dernier;
};

/* --- the walk ------------------------------------------------------------------------------------------------------- */

static void mesurer(struct mesure *m, const struct arbre *a, struct slice octets)
{
    if (m->entrees != arbre_entrees(a) || m->faite)
        return;
    m->racine = arbre_racine(a);
    m->tete = empreinte_de(octets.bytes, octets.len);
    m->faite = true;
}

static void genese_lire(struct verification *v, struct slice octets)
{
    struct arene a = {0};
    struct entree e;
    if (entree_lire(octets, &a, &e) && e.fait.type == FAIT_REGISTRE_OUVERT && fait_slice(&e.fait, RO_REGISTRE).len == 32)
        memcpy(v->registre, fait_slice(&e.fait, RO_REGISTRE).bytes, 32);
    arene_free(&a);
}

/* The entry that follows those that the seal covers: is it its own record? */
static void enregistrement_lire(struct sceau_vu *s, struct slice octets)
{
    struct arene a = {0};
    struct entree e;
    char hex[EMPREINTE_HEX];
    const bool lue = entree_lire(octets, &a, &e);
    s->enregistre = lue && e.fait.type == FAIT_SCEAU_ETABLI &&
                    slice_equals(fait_slice(&e.fait, SE_BORDEREAU), empreinte_hex(&s->l.s.empreinte, hex));
    s->autre_bordereau = !s->enregistre && lue && e.fait.type == FAIT_SCEAU_ETABLI && fait_n(&e.fait, SE_ENTREES) == s->l.s.entrees &&
                         slice_equals(fait_slice(&e.fait, SE_RACINE), empreinte_hex(&s->l.s.racine, hex));
    arene_free(&a);
}

static struct instant instant_de(struct slice octets)
{
    struct slice v;
    struct instant i;
    const char *fin = memchr(octets.bytes, '\n', octets.len);
    if (fin == NULL)
        return INSTANT_ABSENT;
    struct slice reste = {fin + 1, octets.len - (size_t)(fin - octets.bytes) - 1};
    return ligne_prendre(&reste, "instant", &v) && instant_parse_utc(v, &i) ? i : INSTANT_ABSENT;
}

static bool temoin(void *ctx, int64_t numero, struct slice octets)
{
    struct verification *v = ctx;
    (void)arbre_entree(&v->arbre, numero, octets);
    if (v->arbre.troue)
        return true;
    if (numero == 1)
        genese_lire(v, octets);
    const struct instant i = instant_de(octets);
    v->dernier = instant_present(i) ? i : v->dernier;
    for (size_t k = 0; k < v->n; k++) {
        struct sceau_vu *s = &v->t[k];
        mesurer(&s->ici, &v->arbre, octets);
        mesurer(&s->avant, &v->arbre, octets);
        if (numero == s->l.s.entrees + 1)
            enregistrement_lire(s, octets);
        if (instant_present(i) && instant_cmp(i, s->l.s.instant) <= 0)
            s->anterieures = numero;
    }
    return true;
}

/* --- what one seal says ---------------------------------------------------------------------------------------------- */

static bool concorde(const struct mesure *m, const struct empreinte *racine)
{
    return m->faite && empreinte_egale(&m->racine, racine);
}

/* The longest beginning, shorter than `max`, that some seal shows unchanged. */
static int64_t intactes(const struct verification *v, int64_t max)
{
    int64_t n = 0;
    for (size_t k = 0; k < v->n; k++) {
        const struct sceau *s = &v->t[k].l.s;
        if (strcmp(s->registre, v->registre) != 0)
            continue;
        if (concorde(&v->t[k].ici, &s->racine) && s->entrees < max && s->entrees > n)
            n = s->entrees;
        if (s->precedent != 0 && concorde(&v->t[k].avant, &s->precedent_racine) && s->precedent_entrees < max && s->precedent_entrees > n)
            n = s->precedent_entrees;
    }
    return n;
}

static void dire_intactes(struct diag *d, const struct verification *v, int64_t max)
{
    const int64_t n = intactes(v, max);
    if (n > 0)
        diag_trouve(d, "les %lld premières entrées sont celles d'un sceau antérieur, inchangées ; ce qui diffère est après", (long long)n);
    else
        diag_trouve(d, "aucun sceau donné ne montre de début inchangé : ce qui diffère peut être partout");
}

/* The projections know of entries that the journal no longer has: it was cut, and nothing else was done. */
static bool projections_en_avance(struct verification *v)
{
    struct diag_liste muet = {0};
    size_t tables;
    const bool tient = etat_verifier(v->ctx->registre, &tables, &muet);
    diag_vider(&muet);
    return !tient;
}

static void dire_lieu(struct diag *d, const struct sceau_vu *s)
{
    diag_lieu(d, &(struct lieu){.fichier = s->l.chemin});
}

static void dire_court(struct verification *v, struct sceau_vu *s)
{
    char nom[SCEAU_NOM_MAX], t[INSTANT_TEXTE_MAX];
    const int64_t n = v->out->entrees;
    struct diag *d;
    (void)sceau_nom(&s->l.s, nom);
    if (s->anterieures < n) {
        s->issue = "copie ancienne";
        d = diag_erreur(v->ctx->diags, E_SCEAU_ANCIENNE, "une copie ancienne a remplacé le registre, puis a servi : %s, il n'en reste que %lld",
                        nom, (long long)s->anterieures);
        diag_trouve(d, "entrées datées d'après le sceau : %lld à %lld (dernière le %s)", (long long)s->anterieures + 1, (long long)n,
                    instant_fr(v->dernier, t));
    } else if (projections_en_avance(v)) {
        s->issue = "coupé";
        d = diag_erreur(v->ctx->diags, E_SCEAU_COUPE, "la fin du journal a été coupée : %s, il en reste %lld", nom, (long long)n);
        diag_trouve(d, "les tables du registre parlent encore de faits que le journal n'a plus");
    } else {
        s->issue = "coupé ou copie ancienne";
        d = diag_erreur(v->ctx->diags, E_SCEAU_COUPE,
                        "le journal a été coupé, ou une copie ancienne a remplacé le registre : %s, il y en a %lld", nom, (long long)n);
        dire_intactes(d, v, n + 1);
    }
    dire_lieu(d, s);
}

/* As many entries as sealed, or more, and not the same. */
static void dire_autre(struct verification *v, struct sceau_vu *s)
{
    char nom[SCEAU_NOM_MAX];
    struct diag *d;
    (void)sceau_nom(&s->l.s, nom);
    if (v->out->chaine && s->anterieures < s->l.s.entrees) {
        s->issue = "copie ancienne";
        d = diag_erreur(v->ctx->diags, E_SCEAU_ANCIENNE, "une copie ancienne a remplacé le registre, puis a servi : %s, il n'en reste que %lld",
                        nom, (long long)s->anterieures);
        diag_attendu(d, "%lld entrées datées d'avant ce sceau", (long long)s->l.s.entrees);
    } else {
        s->issue = "réécrit";
        d = diag_erreur(v->ctx->diags, E_SCEAU_REECRIT, "le journal a été réécrit : une au moins des entrées %lld à %lld n'est plus celle du %s",
                        (long long)intactes(v, s->l.s.entrees) + 1, (long long)s->l.s.entrees, nom);
        diag_attendu(d, "la racine que porte le sceau : le registre en donne une autre");
    }
    dire_intactes(d, v, s->l.s.entrees);
    dire_lieu(d, s);
}

/* All the entries sealed are there; the one that recorded the seal is not. */
static void dire_sans_suite(struct verification *v, struct sceau_vu *s)
{
    char nom[SCEAU_NOM_MAX];
    const bool fin = v->out->entrees == s->l.s.entrees;
    s->issue = fin ? "coupé" : "copie ancienne";
    struct diag *d = diag_erreur(v->ctx->diags, fin ? E_SCEAU_COUPE : E_SCEAU_ANCIENNE,
                                 fin ? "la fin du journal a été coupée après le %s : l'entrée %lld, qui l'enregistre, manque"
                                     : "le journal a pris une autre suite après le %s : l'entrée %lld n'est pas celle qui l'enregistre",
                                 sceau_nom(&s->l.s, nom), (long long)s->l.s.entrees + 1);
    diag_trouve(d, "les %lld entrées scellées sont là, inchangées", (long long)s->l.s.entrees);
    dire_lieu(d, s);
}

/* The registre holds what the seal says; it is the bordereau that somebody wrote again. */
static void dire_autre_bordereau(struct verification *v, struct sceau_vu *s)
{
    char nom[SCEAU_NOM_MAX];
    s->issue = "sceau altéré";
    struct diag *d = diag_erreur(v->ctx->diags, E_SCEAU_ALTERE, "ce bordereau n'est pas celui que le journal a enregistré pour le %s : il a été refait",
                                 sceau_nom(&s->l.s, nom));
    dire_lieu(d, s);
}

static void dire_autre_registre(struct verification *v, struct sceau_vu *s)
{
    s->issue = "autre registre";
    struct diag *d = diag_erreur(v->ctx->diags, E_SCEAU_AUTRE, "ce sceau est celui d'un autre registre : il ne dit rien de celui-ci");
    diag_trouve(d, "registre %s, %s", s->l.s.registre, s->l.s.titulaire);
    diag_attendu(d, "registre %s", v->registre);
    dire_lieu(d, s);
}

static void juger(struct verification *v, struct sceau_vu *s)
{
    struct sceaux_rapport *o = v->out;
    const struct sceau *b = &s->l.s;
    if (strcmp(b->registre, v->registre) != 0) {
        dire_autre_registre(v, s);
        return;
    }
    if (concorde(&s->ici, &b->racine) && empreinte_egale(&s->ici.tete, &b->tete) && s->enregistre) {
        s->issue = o->entrees == b->entrees + 1 ? "identique" : "grandi";
        o->identiques += o->entrees == b->entrees + 1;
        o->grandis += o->entrees > b->entrees + 1;
        return;
    }
    if (concorde(&s->ici, &b->racine) && s->autre_bordereau) {
        dire_autre_bordereau(v, s);
        return;
    }
    o->rompus++;
    if (concorde(&s->ici, &b->racine) && empreinte_egale(&s->ici.tete, &b->tete))
        dire_sans_suite(v, s);
    else if (s->ici.faite)
        dire_autre(v, s);
    else if (o->chaine || o->entrees == 0)
        dire_court(v, s);
    else
        s->issue = "journal rompu"; /* the chain has said where */
}

/* --- between seals ---------------------------------------------------------------------------------------------------- */

static bool contredire(struct verification *v, const struct sceau_vu *a, const struct sceau_vu *b, const char *quoi)
{
    char x[SCEAU_NOM_MAX], y[SCEAU_NOM_MAX];
    struct diag *d = diag_erreur(v->ctx->diags, E_SCEAU_CONTINUITE, "%s et %s se contredisent : %s", sceau_nom(&a->l.s, x), sceau_nom(&b->l.s, y), quoi);
    diag_trouve(d, "%s et %s", a->l.chemin, b->l.chemin);
    return false;
}

/* `a` is not longer than `b`; both of one registre. */
static bool comparer(struct verification *v, const struct sceau_vu *a, const struct sceau_vu *b)
{
    const struct sceau *p = &a->l.s, *q = &b->l.s;
    if (empreinte_egale(&p->empreinte, &q->empreinte))
        return true; /* twice the same */
    if (p->numero >= q->numero)
        return contredire(v, a, b, "ils ne se suivent pas, le registre a été scellé deux fois au même point de son histoire");
    if (q->precedent != p->numero) {
        const bool par_le_registre = concorde(&a->ici, &p->racine) && concorde(&b->ici, &q->racine);
        v->out->continuites += par_le_registre;
        v->out->lacunes += !par_le_registre;
        return true;
    }
    if (q->precedent_entrees != p->entrees || !empreinte_egale(&q->precedent_racine, &p->racine))
        return contredire(v, a, b, "le second ne prolonge pas le premier");
    v->out->continuites++;
    return true;
}

static bool continuites(struct verification *v)
{
    bool ok = true;
    for (size_t i = 0; i < v->n; i++)
        for (size_t k = i + 1; k < v->n; k++)
            if (v->t[i].l.lisible && v->t[k].l.lisible && strcmp(v->t[i].l.s.registre, v->t[k].l.s.registre) == 0) {
                ok = comparer(v, &v->t[i], &v->t[k]) && ok;
                break;
            }
    return ok;
}

/* --- the view ---------------------------------------------------------------------------------------------------------- */

static int par_longueur(const void *a, const void *b)
{
    const struct sceau_vu *x = a, *y = b;
    if (x->l.s.entrees != y->l.s.entrees)
        return x->l.s.entrees < y->l.s.entrees ? -1 : 1;
    if (x->l.s.numero != y->l.s.numero)
        return x->l.s.numero < y->l.s.numero ? -1 : 1;
    return x->rang < y->rang ? -1 : x->rang > y->rang;
}

static bool lire_tous(struct verification *v, const struct sceaux_demande *d)
{
    struct confiance *c = NULL;
    bool ok = d->confiance == NULL || (c = confiance_charger(d->confiance, v->ctx->diags)) != NULL;
    for (size_t i = 0; i < d->n; i++) {
        struct sceau_vu *s = &v->t[i];
        ok = sceau_fichier_lire(d->fichiers[i], c, &s->l, v->ctx->diags) && ok;
        *s = (struct sceau_vu){.l = s->l, .rang = i, .issue = s->l.lisible ? "" : "illisible"};
        s->ici.entrees = s->l.s.entrees;
        s->avant.entrees = s->l.s.precedent_entrees;
        v->out->lisibles += s->l.lisible;
        v->out->non_signes += s->l.lisible && !s->l.signe;
        v->out->non_juges += s->l.signe && !s->l.juge;
        v->out->non_horodates += s->l.lisible && !instant_present(s->l.horodate_le);
    }
    confiance_free(c);
    trier_liste(v->t, v->n, sizeof *v->t, par_longueur);
    return ok;
}

static bool registre_parcourir(struct verification *v)
{
    struct registre *r = v->ctx->registre;
    struct journal_etat e;
    if (r->passe && !r->ancien) {
        diag_erreur(v->ctx->diags, E_USAGE, "une vérification porte sur tout le journal : --connu-le n'y va pas");
        return false;
    }
    if (!registre_lecture(r, v->ctx->diags))
        return false;
    memcpy(v->registre, r->id, sizeof v->registre);
    arbre_debut(&v->arbre, r, v->ctx->diags);
    v->out->chaine = journal_verifier_avec(r, &e, temoin, v, v->ctx->diags);
    v->out->entrees = e.entrees;
    v->out->registre = true;
    (void)empreinte_hex(&e.tete, v->out->tete);
    for (size_t i = 0; i < v->n; i++)
        if (v->t[i].l.lisible)
            juger(v, &v->t[i]);
    v->out->chaine = v->out->chaine && journal_verifier_fin(r, &e, v->ctx->diags);
    arbre_fin(&v->arbre);
    registre_lecture_fin(r);
    return v->out->chaine;
}

static bool lignes_rendre(const struct verification *v, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {
        {"fichier", "sceau", CELLULE_TEXTE},       {"numero", "n°", CELLULE_ENTIER},         {"scelle_le", "scellé le", CELLULE_INSTANT},
        {"entrees", "entrées", CELLULE_ENTIER},    {"issue", "registre", CELLULE_TEXTE},     {"signature", "signature", CELLULE_TEXTE},
        {"signataire", "signataire", CELLULE_TEXTE}, {"horodatage", "horodatage", CELLULE_TEXTE}, {"horodate_le", "horodaté le", CELLULE_INSTANT}};
    bool ok = s->debut(s->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < v->n; i++) {
        const struct sceau_lu *l = &v->t[i].l;
        const bool lu = l->lisible;
        const struct cellule vide = cellule_vide();
        const struct cellule c[] = {
            cellule_texte(l->chemin), lu ? cellule_entier(l->s.numero) : vide, lu ? cellule_instant(l->s.instant) : vide,
            lu ? cellule_entier(l->s.entrees) : vide, cellule_texte(v->t[i].issue), cellule_texte(l->signature), cellule_texte(l->signataire),
            cellule_texte(l->horodatage), instant_present(l->horodate_le) ? cellule_instant(l->horodate_le) : vide};
        ok = s->ligne(s->ctx, c, sizeof c / sizeof *c);
    }
    return ok && s->fin(s->ctx);
}

bool vue_sceaux_verifier(struct contexte *ctx, const struct sceaux_demande *d, struct tableau_sortie *s, struct sceaux_rapport *out)
{
    struct verification v = {.ctx = ctx, .out = out, .n = d->n, .dernier = INSTANT_ABSENT};
    *out = (struct sceaux_rapport){.sceaux = d->n};
    v.t = memoire_calloc(d->n, sizeof *v.t);
    const uint64_t avant = ctx->diags->erreurs;
    bool ok = lire_tous(&v, d);
    if (ctx->registre != NULL)
        ok = registre_parcourir(&v) && ok;
    ok = continuites(&v) && ok;
    ok = lignes_rendre(&v, s) && ok;
    for (size_t i = 0; i < v.n; i++)
        sceau_lu_free(&v.t[i].l);
    memoire_free(v.t);
    return ok && ctx->diags->erreurs == avant;
}

/* --- the reminder ------------------------------------------------------------------------------------------------------ */

static bool ouverture_lire(void *ctx, int64_t numero, struct slice octets)
{
    struct instant *i = ctx;
    (void)numero;
    *i = instant_de(octets);
    return true;
}

bool vue_sceau_rappel(struct contexte *ctx, struct buffer *out)
{
    char t[INSTANT_TEXTE_MAX];
    int64_t numero, le;
    struct instant i = INSTANT_ABSENT;
    if (ctx->registre == NULL || (ctx->registre->passe && !ctx->registre->ancien))
        return true;
    if (!registre_entier(ctx->registre, "select max(numero) from sceau", 0, &numero, ctx->diags) ||
        !registre_entier(ctx->registre, "select le from sceau order by numero desc limit 1", 0, &le, ctx->diags))
        return false;
    if (numero > 0)
        i.s = le;
    else if (!journal_parcourir(ctx->registre, 1, 1, ouverture_lire, &i, ctx->diags))
        return false;
    if (!instant_present(i) || ctx->maintenant.s - i.s <= (int64_t)SCEAU_RAPPEL_JOURS * 86400)
        return true;
    if (numero > 0)
        buffer_printf(out, "Rappel : le dernier sceau, n° %lld, est du %s, il y a plus d'un mois", (long long)numero, instant_fr(i, t));
    else
        buffer_printf(out, "Rappel : ce registre, ouvert le %s, n'a jamais été scellé", instant_fr(i, t));
    buffer_puts(out, ". À faire : sons journal sceller --sortie DOSSIER, puis déposer le sceau hors de la maison (sons-sceau(7)).");
    return true;
}
