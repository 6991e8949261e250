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
    if (e->statut == PAYEE)
        d->paye = e->montant >= 0 ? e->montant : d->montant;
}

/* The invoice and the VA in use are the last told, not the last dated. */
static void dernier_dit(int *lequel, int document)
{
    *lequel = document > *lequel ? document : *lequel;
}

static int64_t en_trop(const struct regard *r, enum versement v)
{
    const int64_t decide = r->d[v].paye > 0 ? r->d[v].paye : 0;
    return r->encaisse[v] > decide ? r->encaisse[v] - decide : 0;
}

/* What goes back gives back first what came in excess. */
static int64_t rendu_de_l_avance(const struct regard *r)
{
    const int64_t rendu = r->reverse - en_trop(r, AVANCE);
    return rendu < 0 ? 0 : rendu < r->d[AVANCE].paye ? rendu : r->d[AVANCE].paye;
}

int64_t gardee(const struct regard *r)
{
    return r->d[AVANCE].paye - (r->rendu_avant >= 0 ? r->rendu_avant : rendu_de_l_avance(r));
}

static void suivre(struct regard *r, const struct chose *e)
{
    struct demande *d = &r->d[e->v];
    switch (e->quoi) {
    case DEMANDEE: redemander(d, e); if (e->v == SOLDE) { r->solde = e->document; r->rendu_avant = -1; } break;
    case EMISE: d->emise = true; d->emise_le = e->le; if (e->v == SOLDE) r->rendu_avant = rendu_de_l_avance(r); break;
    case REPRISE: d->emise = false; d->emise_le = 0; if (e->v == SOLDE) r->rendu_avant = -1; break;
    case DEPOSEE: d->deposee_le = e->le; d->premier_depot = d->premier_depot ? d->premier_depot : e->le; break;
    case REPONDUE: entendre(d, e); break;
    case FACTUREE: r->facturee = true; dernier_dit(&r->facture, e->document); break;
    case ATTESTEE: r->attestee = true; dernier_dit(&r->va, e->document); break;
    case ENCAISSEE: r->encaisse[e->v] += e->montant; break;
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

static const char *etat_vie(const struct regard *r)
{
    const bool payee = r->d[AVANCE].statut == PAYEE, obei = r->reverse >= r->a_reverser;
    int64_t venu = 0, trop = 0;
    bool manque = false;
    for (int v = AVANCE; v <= SOLDE; v++) { /* what ASP decided, or what came when it is more */
        venu += r->d[v].paye > r->encaisse[v] ? r->d[v].paye : r->encaisse[v] > 0 ? r->encaisse[v] : 0;
        trop += en_trop(r, (enum versement)v);
        manque = manque || r->encaisse[v] < r->d[v].paye;
    }
    if (r->annulee_le && r->ordre && (jour_de(r->ordonne_le) >= jour_de(r->annulee_le) || r->a_reverser >= venu)) /* of the cancellation */
        return obei && r->reverse >= venu ? "annulee_reversee" : "annulee_a_reverser";
    if (r->annulee_le)
        return payee ? "annulee_avance_payee" : "annulee";
    if (r->ordre && (!obei || r->reverse >= venu)) /* an ordre of a part, obeyed, changes nothing */
        return obei ? "reversee" : "a_reverser";
    if (r->d[SOLDE].statut == PAYEE && !manque && trop <= r->reverse)
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
    return mot_de(etat, "annulee annulee_a_reverser annulee_reversee renoncee");
}

bool en_vigueur(const struct regard *r)
{
    return !eteinte(r->etat);
}

struct regard regarder(const struct commande *c, int64_t au)
{
    struct regard r = {.facture = -1, .va = -1, .solde = -1, .rendu_avant = -1, .d = {{.paye = -1}, {.paye = -1}}};
    const struct chose *ordre[CHOSES_MAX];
    int n = 0;
    for (int i = 0; i < c->n_choses; i++) {
        if (au != TOUJOURS && c->choses[i].le > au)
            continue;
        int k = n++;
        for (; k > 0 && avant(&c->choses[i], ordre[k - 1]); k--)
            ordre[k] = ordre[k - 1];
        ordre[k] = &c->choses[i];
    }
    for (int i = 0; i < n; i++)
        suivre(&r, ordre[i]);
    r.dernier = n ? ordre[n - 1]->le : 0;
    r.etat = r.vie = etat_vie(&r);
    const int jour = au == TOUJOURS ? INT32_MAX : jour_de(au);
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

/* At most what was paid is to be repaid: a whole advance, or what it has beyond the total. */
int dus(const struct commande *c, int64_t au, struct du out[3])
{
    const struct regard r = regarder(c, au);
    const struct demande *a = &r.d[AVANCE], *s = &r.d[SOLDE];
    const bool finie = r.annulee_le || strcmp(r.etat, "renoncee") == 0;
    const int64_t parti = s->premier_depot ? s->premier_depot : s->emise_le;
    int64_t trop = r.solde >= 0 && c->soldes[r.solde].total < a->paye ? a->paye - c->soldes[r.solde].total : 0;
    int n = 0;
    if (a->statut != PAYEE)
        return 0;
    if (!finie && s->statut != PAYEE && !atteste_a_temps(c, &r) && au > cloture) {
        out[n++] = (struct du){"REV-01", a->paye, 0, false};
        trop = 0;
    } else if (!finie && s->statut != PAYEE && atteste_a_temps(c, &r) && (parti ? parti > cloture : au > cloture)) {
        out[n++] = (struct du){"REV-02", r.ordre ? r.a_reverser : -1, -1, !r.ordre}; /* ASP has decided, or will */
        trop = r.ordre ? 0 : trop;
    }
    if (finie || trop > 0)
        out[n++] = (struct du){"REV-03", finie ? a->paye : trop, 0, false};
    if (n == 0 && r.ordre)
        out[n++] = (struct du){NULL, r.a_reverser, 0, false};
    for (int i = 0; i < n; i++)
        if (out[i].du >= 0)
            out[i].reste = out[i].du > r.reverse ? out[i].du - r.reverse : 0;
    return n;
}
