/* An order at an instant: what happened to it up to then, in the order of the dates, and what follows. */
#include "modele.h"

#include <string.h>

/* --- its life -------------------------------------------------------------------------------------------------------- */

static int avant(const struct chose *a, const struct chose *b)
{
    return a->le != b->le ? a->le < b->le : a->rang < b->rang;
}

/* A request sent back and asked again keeps its number: next version if the one before had left, same first deposit. Rejected, the
 * next one has a number, versions and a deposit of its own. */
static void redemander(struct demande *d, const struct chose *e)
{
    const bool meme = d->existe && d->numero == e->numero;
    *d = (struct demande){.existe = true, .numero = e->numero, .version = meme ? d->version + d->emise : 1, .montant = e->montant,
                          .premier_depot = meme ? d->premier_depot : 0, .paye = -1};
}

/* What ASP answered to the version it has; once it has decided, it has. */
static void entendre(struct demande *d, const struct chose *e)
{
    if (e->numero != d->numero || e->version != d->version || d->statut == PAYEE || d->statut == REJETEE)
        return;
    d->statut = e->statut;
    d->statut_le = e->le;
    d->dit_par = e->rang;
    if (e->statut == PAYEE)
        d->paye = e->montant >= 0 ? e->montant : d->montant;
}

/* The invoice and the VA in use are the last told, not the last dated. */
static void dernier_dit(int *lequel, int document)
{
    *lequel = document > *lequel ? document : *lequel;
}

static int64_t plus_petit(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Received beyond what was decided; what ASP has said nothing of waits for its answer, unless the order is cancelled. */
static int64_t en_trop(const struct regard *r, enum versement v)
{
    const struct demande *d = &r->d[v];
    const int64_t decide = d->paye > 0 ? d->paye : 0;
    if (d->paye < 0 && d->statut != REJETEE && !r->annulee_le)
        return 0;
    return r->encaisse[v] > decide ? r->encaisse[v] - decide : 0;
}

static int64_t trop_recu(const struct regard *r)
{
    return r->rejete + en_trop(r, AVANCE) + en_trop(r, SOLDE);
}

/* What came: received as soon as something was, decided until then. */
static int64_t venu_de(const struct regard *r, enum versement v)
{
    return r->encaisse[v] > 0 ? r->encaisse[v] : r->d[v].paye > 0 ? r->d[v].paye : 0;
}

int64_t tout_venu(const struct regard *r)
{
    return r->rejete + venu_de(r, AVANCE) + venu_de(r, SOLDE);
}

/* Of what was decided, what came. */
static int64_t touche(const struct regard *r, enum versement v)
{
    return r->d[v].paye < 0 ? 0 : plus_petit(r->d[v].paye, venu_de(r, v));
}

/* What an ordre asks and what goes back, both: first what came in excess. */
static int64_t rendu_de_l_avance(const struct regard *r)
{
    const int64_t rendu = plus_petit(r->reverse, r->a_reverser) - trop_recu(r);
    return rendu < 0 || r->d[AVANCE].paye < 0 ? 0 : plus_petit(rendu, r->d[AVANCE].paye);
}

static int64_t perdu(const struct regard *r)
{
    return r->rendu_avant >= 0 ? r->rendu_avant : rendu_de_l_avance(r);
}

int64_t gardee(const struct regard *r)
{
    return r->d[AVANCE].paye - perdu(r);
}

int64_t manque(const struct regard *r, enum versement v)
{
    const int64_t avant = r->rejete + (v == SOLDE ? en_trop(r, AVANCE) : 0), hors = r->reverse - perdu(r);
    const int64_t couvre = hors > avant ? hors - avant : 0, decide = r->d[v].paye < 0 ? 0 : r->d[v].paye;
    return decide - r->encaisse[v] + plus_petit(couvre, en_trop(r, v));
}

static void suivre(struct regard *r, const struct chose *e)
{
    struct demande *d = &r->d[e->v];
    switch (e->quoi) {
    case DEMANDEE:
        if (d->statut == REJETEE && r->n_rejetees[e->v] < REJETS_MAX)
            r->rejetees[e->v][r->n_rejetees[e->v]++] = *d;
        if (d->statut == REJETEE && r->encaisse[e->v] > 0) { /* it does not pay the next one */
            r->rejete += r->encaisse[e->v];
            r->encaisse[e->v] = 0;
        }
        redemander(d, e); if (e->v == SOLDE) { r->solde = e->document; r->rendu_avant = -1; } break;
    case EMISE: d->emise = true; d->emise_le = e->le; if (e->v == SOLDE) r->rendu_avant = rendu_de_l_avance(r); break;
    case REPRISE: d->emise = false; d->emise_le = 0; if (e->v == SOLDE) r->rendu_avant = -1; break;
    case DEPOSEE: d->deposee_le = e->le; d->premier_depot = d->premier_depot ? d->premier_depot : e->le; break;
    case REPONDUE: entendre(d, e); break;
    case FACTUREE: r->facturee = true; dernier_dit(&r->facture, e->document); break;
    case ATTESTEE: r->attestee = true; dernier_dit(&r->va, e->document); break;
    case ENCAISSEE:
        r->encaisse[e->v] += e->montant;
        if (r->encaisse[e->v] < 0) { /* taken back from where it had gone */
            r->rejete += r->encaisse[e->v];
            r->encaisse[e->v] = 0;
        }
        break;
    case ANNULEE: r->annulee_le = e->le; break;
    case ORDONNEE: r->ordre = true; r->a_reverser += e->montant; r->ordonne_le = e->le; break;
    case REVERSEE: r->reverse += e->montant; break;
    }
}

/* --- its state --------------------------------------------------------------------------------------------------------- */

static const char *etat_demande(const struct regard *r, enum versement v)
{
    static const char *const mots[2][3 + STATUTS] = {
        {"avance_demandee", "avance_emise", "avance_deposee", "", "avance_recue", "avance_incomplete", "avance_a_modifier", "avance_validee",
         "avance_payee", "avance_rejetee"},
        {"solde_demande", "solde_emis", "solde_depose", "", "solde_recu", "solde_incomplet", "solde_a_modifier", "solde_valide", "solde_paye",
         "solde_rejete"}};
    const struct demande *d = &r->d[v];
    return mots[v][d->statut ? 3 + (int)d->statut : d->deposee_le ? 2 : d->emise ? 1 : 0];
}

/* What the advance and the balance paid have beyond the total; what went back before the balance left was in what it asked. */
static int64_t au_dela_du_total(const struct regard *r)
{
    const bool solde = r->d[SOLDE].statut == PAYEE;
    const int64_t venu = touche(r, AVANCE) + (solde ? touche(r, SOLDE) : 0);
    if (r->total < 0 || venu <= r->total || (solde && gardee(r) + touche(r, SOLDE) <= r->total))
        return 0;
    return venu - r->total;
}

static const char *etat_vie(struct regard *r)
{
    const bool payee = r->d[AVANCE].statut == PAYEE, obei = r->reverse >= r->a_reverser;
    const int64_t venu = tout_venu(r);
    const bool tout_ordonne = r->ordre && r->a_reverser + trop_recu(r) >= venu; /* what came in excess goes back without an ordre */
    const bool recu = r->encaisse[AVANCE] >= r->d[AVANCE].paye && r->encaisse[SOLDE] >= r->d[SOLDE].paye;
    if (r->annulee_le && r->ordre && (jour_de(r->ordonne_le) >= jour_de(r->annulee_le) || tout_ordonne)) /* of the cancellation */
        return obei && r->reverse >= venu ? "annulee_reversee" : "annulee_a_reverser";
    if (r->annulee_le)
        return venu > 0 ? "annulee_avance_payee" : "annulee";
    if (r->ordre && !obei)
        return "a_reverser";
    if (payee && r->reverse >= venu && tout_ordonne) /* an ordre of a part, obeyed, changes nothing */
        return "reversee";
    /* Nothing is owed, on either side: what came in excess of the decisions went back, then what is beyond the total. */
    const bool quitte = r->d[SOLDE].statut == PAYEE && recu && trop_recu(r) <= r->reverse - perdu(r);
    r->depasse = quitte && au_dela_du_total(r) > 0 && au_dela_du_total(r) > r->reverse - trop_recu(r);
    if (quitte && !r->depasse)
        return "close";
    if (r->d[SOLDE].existe)
        return etat_demande(r, SOLDE);
    if (payee && (r->facturee || r->attestee))
        return !r->attestee ? "facturee" : !r->facturee ? "attestee" : "a_solder";
    return r->d[AVANCE].existe ? etat_demande(r, AVANCE) : "enregistree";
}

static bool mot_de(const char *mot, const char *mots)
{
    const size_t n = strlen(mot);
    for (const char *p = mots; (p = strstr(p, mot)) != NULL; p += n)
        if ((p == mots || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
            return true;
    return false;
}

bool est(const struct regard *r, const char *etats)
{
    return mot_de(r->vie, etats);
}

static bool eteinte(const char *etat)
{
    return mot_de(etat, "annulee annulee_a_reverser annulee_reversee renoncee remplacee");
}

bool en_vigueur(const struct regard *r)
{
    return !eteinte(r->etat);
}

static struct regard plier(const struct commande *c, int64_t au, int rang, int sauf)
{
    struct regard r = {.facture = -1, .va = -1, .solde = -1, .rendu_avant = -1, .d = {{.paye = -1}, {.paye = -1}}};
    const struct chose *ordre[CHOSES_MAX];
    int n = 0;
    for (int i = 0; i < c->n_choses; i++) {
        if ((au != TOUJOURS && c->choses[i].le > au) || c->choses[i].rang >= rang || c->choses[i].rang == sauf)
            continue;
        int k = n++;
        for (; k > 0 && avant(&c->choses[i], ordre[k - 1]); k--)
            ordre[k] = ordre[k - 1];
        ordre[k] = &c->choses[i];
    }
    for (int i = 0; i < n; i++)
        suivre(&r, ordre[i]);
    r.dernier = n ? ordre[n - 1]->le : 0;
    r.total = r.solde >= 0 ? c->soldes[r.solde].total : -1;
    r.etat = r.vie = etat_vie(&r);
    return r;
}

struct regard regarder_dite(const struct commande *c, int rang, int sauf)
{
    return plier(c, TOUJOURS, rang, sauf);
}

struct regard regarder(const struct commande *c, int64_t au)
{
    struct regard r = plier(c, au, INT32_MAX, 0);
    const int jour = au == TOUJOURS ? INT32_MAX : jour_de(au);
    if (c->remplacee && c->remplacee <= jour)
        r.etat = r.vie = "remplacee";
    if (!eteinte(r.vie) && c->litige.du && c->litige.du <= jour) {
        const bool fini = c->litige.fin && c->litige.fin <= jour;
        r.etat = !fini ? "en_litige" : c->litige.ecartee ? "renoncee" : r.vie;
    }
    return r;
}

/* --- sums ---------------------------------------------------------------------------------------------------------------- */

int64_t trente_pour_cent(int64_t ttc)
{
    return (ttc * 3 + 5) / 10;
}

int64_t part_ttc(const struct commande *c, int i)
{
    return c->ttc / c->n + (i < c->ttc % c->n);
}

/* --- whose ESSMS --------------------------------------------------------------------------------------------------------- */

static bool rendu(const struct commande *c, const struct regard *r, int i)
{
    return r->d[SOLDE].statut == PAYEE && r->solde >= 0 && c->soldes[r->solde].retire[i];
}

static bool reclame(const struct commande *c, int et, int64_t au)
{
    const struct regard r = regarder(c, au);
    if (c->jour > jour_de(au) || !en_vigueur(&r))
        return false;
    for (int i = 0; i < c->n; i++)
        if (c->et[i] == et)
            return !rendu(c, &r, i);
    return false;
}

bool libre(const struct modele *m, int et, int64_t au)
{
    for (int k = 0; k < m->n; k++)
        if (reclame(&m->commandes[k], et, au))
            return false;
    return true;
}

bool prise(const struct modele *m, int commande, int64_t au)
{
    const struct commande *c = &m->commandes[commande];
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < m->n && reclame(c, c->et[i], au); k++) {
            const struct commande *o = &m->commandes[k];
            const bool premiere = o->jour != c->jour ? o->jour < c->jour : k < commande;
            if (k != commande && premiere && reclame(o, c->et[i], au))
                return true;
        }
    return false;
}

/* --- what goes back ------------------------------------------------------------------------------------------------------ */

static bool atteste_a_temps(const struct commande *c, const struct regard *r)
{
    bool un = false;
    for (int i = 0; i < c->n && r->va >= 0; i++)
        un = un || c->vas[r->va].atteste[i];
    return un && c->vas[r->va].le <= cloture;
}

/* What is due and what of it went back, `rendu` having gone back in all and `avant` of it for what comes before. */
static struct du devoir(const char *regle, int64_t du, int64_t rendu, int64_t avant)
{
    const int64_t libre = rendu > avant ? rendu - avant : 0, pris = plus_petit(libre, du);
    return (struct du){regle, du, du - pris, -1, pris};
}

/* Received of a payment for which nothing lies with ASP. */
static int64_t sans_demande(const struct regard *r)
{
    int64_t somme = 0;
    for (int v = AVANCE; v <= SOLDE; v++)
        somme += !r->annulee_le && r->d[v].statut == SANS_REPONSE && !r->d[v].premier_depot && r->encaisse[v] > 0 ? r->encaisse[v] : 0;
    return somme;
}

/* At most what came is to be repaid: a whole advance, or what is beyond the total; what ASP orders of a lost balance's advance, the rest
 * being for it to say; what it orders beyond; what came in excess; what nobody asked for; what went back beyond all of it. */
int dus(const struct commande *c, int64_t au, struct du out[DUS_MAX])
{
    struct regard r = regarder(c, au);
    const struct demande *a = &r.d[AVANCE], *s = &r.d[SOLDE];
    const bool finie = r.annulee_le || strcmp(r.etat, "renoncee") == 0 || strcmp(r.etat, "remplacee") == 0;
    if (finie && !r.annulee_le)
        r.annulee_le = au; /* renounced, or replaced: no answer is awaited any more */
    const int64_t parti = s->statut == REJETEE ? 0 : s->premier_depot ? s->premier_depot : s->emise_le, recu = trop_recu(&r);
    const int64_t ordonne = r.a_reverser > recu ? r.a_reverser - recu : 0, rendu = r.reverse > recu ? r.reverse - recu : 0;
    const int64_t trop = au_dela_du_total(&r), pris = trop > ordonne ? trop : ordonne;
    const bool ouverte = a->statut == PAYEE && !finie && s->statut != PAYEE, temps = atteste_a_temps(c, &r);
    const int64_t apprecier = touche(&r, AVANCE) > pris ? touche(&r, AVANCE) - pris : 0;
    int64_t dit = 0;
    int n = 0;
    if (ouverte && !temps && au > cloture)
        out[n++] = devoir("REV-01", touche(&r, AVANCE), rendu, 0);
    if (a->statut == PAYEE && (finie || trop > 0) && (n == 0 || out[0].du == 0))
        out[n++] = devoir("REV-03", finie ? touche(&r, AVANCE) : trop, rendu, 0);
    for (int i = 0; i < n; i++)
        dit += out[i].du;
    if (ouverte && temps && (parti ? parti > cloture : au > cloture) && (apprecier > 0 || r.a_reverser > 0)) {
        out[n] = (struct du){"REV-02", -1, NON_DIT, -1, 0};
        if (ordonne > dit) {
            out[n] = devoir("REV-02", ordonne - dit, rendu, dit);
            dit = ordonne;
        }
        out[n++].apprecier = apprecier > 0 ? apprecier : -1;
    }
    if (ordonne > dit) {
        out[n++] = devoir(NULL, ordonne - dit, rendu, dit);
        dit = ordonne;
    }
    if (recu > 0)
        out[n++] = devoir(NULL, recu, r.reverse, 0);
    const int64_t non_demande = sans_demande(&r) - (a->statut == PAYEE ? 0 : dit); /* what is ordered of it is not to appreciate */
    if (non_demande > 0)
        out[n++] = (struct du){NULL, -1, NON_DIT, non_demande, 0};
    if (rendu > dit)
        out[n++] = (struct du){NULL, -1, dit - rendu, -1, rendu - dit};
    return n;
}
