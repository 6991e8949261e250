/* ASP's answers, and the money: what comes, what is attributed, what goes back. */
#include "modele.h"

#include <stdlib.h>
#include <string.h>

/* --- answers --------------------------------------------------------------------------------------------------------------- */

static bool decide(enum statut s)
{
    return s == PAYEE || s == REJETEE;
}

enum sort { NOUVELLE, DEJA_DITE, REFUSEE };

/* Against one recorded answer to the same version. */
static enum sort comparer(const struct reponse *x, const struct chose *e)
{
    const bool meme = e->statut == x->statut && (decide(x->statut) || e->le == x->le), asp = !x->asp || e->asp;
    if (meme && x->montant >= 0 && e->montant >= 0 && x->montant != e->montant)
        return REFUSEE; /* ASP said another amount */
    if (meme && asp && (x->montant < 0 || x->montant == e->montant))
        return DEJA_DITE;
    if (meme)
        return NOUVELLE;
    if (decide(e->statut) && (decide(x->statut) || e->le <= x->le))
        return REFUSEE; /* it had decided otherwise */
    if (decide(x->statut) && e->le > x->le)
        return REFUSEE; /* it still answered after */
    return e->le == x->le && e->statut != RECUE ? REFUSEE : NOUVELLE;
}

static enum sort confronter(const struct commande *c, const struct reponse *x, int numero, int version)
{
    int64_t le = INT64_MIN;
    int rang = 0;
    for (;;) { /* in the order of their dates */
        const struct chose *suivante = NULL;
        for (int i = 0; i < c->n_choses; i++) {
            const struct chose *e = &c->choses[i];
            if (e->quoi != REPONDUE || e->numero != numero || e->version != version || e->le < le || (e->le == le && e->rang <= rang))
                continue;
            if (suivante == NULL || e->le < suivante->le || (e->le == suivante->le && e->rang < suivante->rang))
                suivante = e;
        }
        if (suivante == NULL)
            return NOUVELLE;
        const enum sort s = comparer(x, suivante);
        if (s != NOUVELLE)
            return s;
        le = suivante->le;
        rang = suivante->rang;
    }
}

/* The very same answer, whatever was asked again since. */
static bool redite(const struct commande *c, const struct reponse *x, enum versement vise)
{
    for (int i = 0; i < c->n_choses; i++) {
        const struct chose *e = &c->choses[i];
        if (e->quoi == REPONDUE && e->le == x->le && e->statut == x->statut && (x->montant < 0 || x->montant == e->montant) &&
            (!x->asp || (e->asp && e->v == vise)) && (x->demande == 0 || x->demande == e->numero) && (x->versement < 0 || x->versement == (int)e->v) && (x->version == 0 || x->version == e->version))
            return true;
    }
    return false;
}

/* The payment that an answer is about: the balance from its deposit. */
enum versement versement_vise(const struct modele *m, const struct reponse *x)
{
    const struct regard r = regarder(&m->commandes[x->commande], x->le);
    return x->versement >= 0 ? (enum versement)x->versement : r.d[SOLDE].premier_depot ? SOLDE : AVANCE;
}

/* ASP's number is that of one request: not of the one that took the place of a rejected one. */
static bool numero_asp_pris(const struct commande *c, enum versement v, int demande)
{
    for (int i = 0; i < c->n_choses; i++)
        if (c->choses[i].quoi == REPONDUE && c->choses[i].asp && c->choses[i].v == v && c->choses[i].numero != demande)
            return true;
    return false;
}

/* One answer, about what ASP had at its date. */
static enum sort repondre_une(struct modele *m, const struct reponse *x)
{
    if (x->commande < 0)
        return REFUSEE;
    const enum versement v = versement_vise(m, x);
    if (redite(&m->commandes[x->commande], x, v))
        return DEJA_DITE;
    const struct regard r = regarder(&m->commandes[x->commande], x->le);
    const struct demande *d = &r.d[v];
    const int version = x->version ? x->version : d->version;
    if (x->demande != 0 && x->demande != d->numero)
        return REFUSEE; /* it was another that it had then */
    if (!d->premier_depot || version > d->version || (version == d->version && !d->deposee_le))
        return REFUSEE; /* it had nothing of the kind */
    const enum sort s = confronter(&m->commandes[x->commande], x, d->numero, version);
    if (s != NOUVELLE)
        return s;
    if (x->asp && numero_asp_pris(&m->commandes[x->commande], v, d->numero))
        return REFUSEE;
    if (x->montant >= 0 && x->statut != VALIDEE && x->statut != PAYEE)
        return REFUSEE;
    if (version < d->version ? decide(x->statut)
                             : !est(&r, "avance_deposee avance_recue avance_incomplete avance_a_modifier avance_validee "
                                        "solde_depose solde_recu solde_incomplet solde_a_modifier solde_valide a_reverser reversee"))
        return REFUSEE;
    struct chose *e = ajouter(m, x->commande, REPONDUE, x->le);
    e->v = v;
    e->numero = d->numero;
    e->version = version;
    e->statut = x->statut;
    e->montant = x->montant;
    e->asp = x->asp;
    m->dites[m->n_dites++] = (struct dite){.commande = x->commande, .rang = e->rang};
    return NOUVELLE;
}

/* By order, then by date; received before decided. */
static int ranger(const void *a, const void *b)
{
    const struct reponse *x = a, *y = b;
    if (x->commande != y->commande)
        return x->commande < y->commande ? -1 : 1;
    if (x->le != y->le)
        return x->le < y->le ? -1 : 1;
    return (y->statut == RECUE) - (x->statut == RECUE);
}

/* A file of answers is that of one supplier, as far as their requests have left. */
static bool un_fournisseur(const struct modele *m, const struct reponse *t, int n)
{
    int f = -1;
    for (int i = 0; i < n; i++) {
        const struct commande *c = t[i].commande < 0 ? NULL : &m->commandes[t[i].commande];
        for (int k = 0; c != NULL && k < c->n_choses; k++)
            if (c->choses[k].quoi == EMISE) {
                if (f >= 0 && f != c->f)
                    return false;
                f = c->f;
            }
    }
    return true;
}

int repondre(struct modele *m, const struct reponse *t, int n, bool saisie)
{
    struct reponse tri[COMMANDES_MAX];
    for (int i = 0; i < n; i++)
        if (t[i].le > m->maintenant)
            return saisie ? USAGE : REFUS;
    memcpy(tri, t, (size_t)n * sizeof *t);
    qsort(tri, (size_t)n, sizeof *tri, ranger);
    struct modele *essai = malloc(sizeof *essai); /* whole or nothing */
    bool bon = essai != NULL && un_fournisseur(m, t, n);
    if (essai != NULL)
        *essai = *m;
    for (int i = 0; i < n; i++)
        bon = essai != NULL && repondre_une(essai, &tri[i]) != REFUSEE && bon;
    if (bon)
        *m = *essai;
    free(essai);
    return bon ? FAIT : REFUS;
}

/* --- money that comes ------------------------------------------------------------------------------------------------------ */

static void recevoir(struct modele *m, const struct encaissement *e)
{
    struct chose *x = ajouter(m, e->commande, ENCAISSEE, minuit_de(e->jour));
    x->v = e->v;
    x->montant = e->montant;
    m->encaissements[m->n_encaissements] = *e;
    m->encaissements[m->n_encaissements++].rang = x->rang;
}

int encaisser(struct modele *m, int c, enum versement v, int64_t montant, int jour, int reference)
{
    if (jour > jour_de(m->maintenant))
        return REFUS;
    for (int i = 0; i < m->n_encaissements; i++) {
        const struct encaissement *e = &m->encaissements[i];
        if (!e->retire && e->commande == c && e->v == v && e->montant == montant && e->jour == jour && e->reference == reference)
            return FAIT;
    }
    recevoir(m, &(struct encaissement){.commande = c, .v = v, .montant = montant, .jour = jour, .reference = reference, .virement = -1});
    return FAIT;
}

int retirer(struct modele *m, int rang)
{
    if (rang < 0)
        return REFUS;
    struct encaissement *e = &m->encaissements[rang];
    if (e->retire)
        return FAIT;
    e->retire = true;
    struct chose *x = ajouter(m, e->commande, ENCAISSEE, minuit_de(e->jour));
    x->v = e->v;
    x->montant = -e->montant;
    return FAIT;
}

int virer(struct modele *m, int f, int64_t montant, int jour, int reference)
{
    if (jour > jour_de(m->maintenant))
        return REFUS;
    for (int i = 0; i < m->n_virements; i++) {
        const struct virement *v = &m->virements[i];
        if (!v->retire && v->f == f && v->montant == montant && v->jour == jour && v->reference == reference)
            return FAIT;
    }
    m->virements[m->n_virements++] = (struct virement){.f = f, .montant = montant, .jour = jour, .reference = reference, .rang = ++m->rang};
    return FAIT;
}

int retirer_virement(struct modele *m, int rang)
{
    if (rang < 0)
        return REFUS;
    struct virement *v = &m->virements[rang];
    if (v->retire)
        return FAIT;
    for (int i = 0; i < m->n_encaissements; i++)
        if (m->encaissements[i].virement == rang && !m->encaissements[i].retire) {
            m->rares[VIREMENT_TENU]++;
            return REFUS; /* attributed */
        }
    v->retire = true;
    m->rang++;
    return FAIT;
}

int64_t reste_du(const struct modele *m, int c, enum versement v)
{
    const struct regard r = regarder(&m->commandes[c], TOUJOURS);
    return r.d[v].paye < 0 ? 0 : r.d[v].paye - r.encaisse[v];
}

int64_t reste_virement(const struct modele *m, int virement)
{
    int64_t reste = m->virements[virement].montant;
    for (int i = 0; i < m->n_encaissements; i++)
        if (m->encaissements[i].virement == virement && !m->encaissements[i].retire)
            reste -= m->encaissements[i].montant;
    return reste;
}

/* The requests that a name may mean: all that are due; with an amount, the only one due, else the only one. Their count, −1 = none, or several. */
static int nommer(const struct modele *m, const struct nommee *x, enum versement out[2])
{
    const struct regard r = regarder(&m->commandes[x->commande], TOUJOURS);
    int dues = 0, n = 0;
    for (int tous = 0; tous < 2 && dues == 0 && (tous == 0 || x->montant >= 0); tous++)
        for (int v = AVANCE; v <= SOLDE; v++) {
            if ((x->v >= 0 && x->v != v) || (x->numero != 0 && r.d[v].numero != x->numero) || !r.d[v].existe)
                continue;
            if (tous || reste_du(m, x->commande, (enum versement)v) > 0)
                out[n++] = (enum versement)v;
            dues = n;
        }
    return n == 0 || (n == 2 && x->montant >= 0) ? -1 : n;
}

/* Each receives what it waits for, or the amount said; nothing when one of them waits for nothing, or when it is too little. */
int ventiler(struct modele *m, int virement, const struct nommee *t, int n)
{
    const struct virement *w = &m->virements[virement];
    struct encaissement parts[8];
    int64_t somme = 0;
    int k = 0;
    if (w->retire)
        return REFUS;
    for (int i = 0; i < n; i++) {
        enum versement v[2];
        const int vises = nommer(m, &t[i], v);
        if (vises < 0 || m->commandes[t[i].commande].f != w->f)
            return REFUS;
        for (int j = 0; j < vises; j++) {
            const int64_t montant = t[i].montant >= 0 ? t[i].montant : reste_du(m, t[i].commande, v[j]);
            parts[k++] = (struct encaissement){.commande = t[i].commande, .v = v[j], .montant = montant, .jour = w->jour, .reference = w->reference,
                                               .virement = virement};
            somme += montant;
        }
    }
    if (somme > reste_virement(m, virement))
        return REFUS;
    for (int i = 0; i < k; i++)
        recevoir(m, &parts[i]);
    return FAIT;
}

static int par_decision(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return x->decide_le != y->decide_le ? x->decide_le < y->decide_le ? -1 : 1 : x->commande != y->commande ? x->commande - y->commande : (int)x->v - (int)y->v;
}

int proposer(const struct modele *m, int virement, struct part parts[2 * COMMANDES_MAX], int *n)
{
    struct part dus[2 * COMMANDES_MAX];
    const int64_t reste = reste_virement(m, virement);
    int k = 0, sommes = 0;
    *n = 0;
    for (int c = 0; c < m->n; c++)
        for (int v = AVANCE; v <= SOLDE; v++)
            if (m->commandes[c].f == m->virements[virement].f && reste_du(m, c, (enum versement)v) > 0)
                dus[k++] = (struct part){c, (enum versement)v, reste_du(m, c, (enum versement)v), regarder(&m->commandes[c], TOUJOURS).d[v].statut_le};
    if (k > 12 || reste <= 0 || m->virements[virement].retire)
        return reste <= 0 || m->virements[virement].retire ? 0 : -1;
    qsort(dus, (size_t)k, sizeof *dus, par_decision);
    for (int quels = 1; quels < 1 << k; quels++) {
        int64_t somme = 0;
        for (int i = 0; i < k; i++)
            somme += quels >> i & 1 ? dus[i].du : 0;
        if (somme != reste)
            continue;
        sommes++;
        *n = 0;
        for (int i = 0; i < k; i++)
            if (quels >> i & 1)
                parts[(*n)++] = dus[i];
    }
    return sommes == 0 ? 0 : sommes == 1 && (*n <= 2 || *n == k) ? 1 : -1;
}

int ventiler_parts(struct modele *m, int virement, const struct part *parts, int n)
{
    const struct virement *w = &m->virements[virement];
    for (int i = 0; i < n; i++)
        recevoir(m, &(struct encaissement){.commande = parts[i].commande, .v = parts[i].v, .montant = parts[i].du, .jour = w->jour,
                                           .reference = w->reference, .virement = virement});
    return FAIT;
}

/* --- money that goes back --------------------------------------------------------------------------------------------------- */

int verser(struct modele *m, enum quoi quoi, int c, int64_t montant, int jour, int reference)
{
    const struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    if (jour > jour_de(m->maintenant))
        return REFUS;
    for (int i = 0; i < m->n_sommes; i++) {
        const struct somme *s = &m->sommes[i];
        if (!s->retire && s->commande == c && s->quoi == quoi && s->montant == montant && s->jour == jour && s->reference == reference)
            return FAIT;
    }
    int64_t depuis = r.d[AVANCE].statut == PAYEE ? r.d[AVANCE].statut_le : INT64_MAX; /* at any time once it has paid, decided or not */
    for (int i = 0; i < o->n_choses && r.d[AVANCE].statut != PAYEE && tout_venu(&r) > 0; i++)
        if (o->choses[i].quoi == ENCAISSEE && o->choses[i].montant > 0 && o->choses[i].le < depuis)
            depuis = o->choses[i].le;
    if (depuis == INT64_MAX || jour < jour_de(depuis))
        return REFUS;
    const int64_t soir = soir_de(jour); /* its day is over, or it is now */
    struct chose *e = ajouter(m, c, quoi, soir < m->maintenant ? soir : m->maintenant);
    e->montant = montant;
    m->sommes[m->n_sommes++] = (struct somme){.commande = c, .jour = jour, .reference = reference, .rang = e->rang, .quoi = quoi, .montant = montant};
    return FAIT;
}

int retirer_somme(struct modele *m, int rang)
{
    if (rang < 0)
        return REFUS;
    struct somme *s = &m->sommes[rang];
    if (s->retire)
        return FAIT;
    s->retire = true;
    oublier(m, s->commande, s->rang);
    return FAIT;
}
