/* The acts that carry an order from its signature to the lot: what each asks, what it is answered, what it changes. */
#include "modele.h"

#include <string.h>

/* « Sent back »: asked again under the same number. */
#define RENDUE_AVANCE "avance_incomplete avance_a_modifier avance_rejetee"
#define AVANT_LOT "enregistree avance_demandee " RENDUE_AVANCE
#define AVANCE_RECUE "avance_payee facturee attestee a_solder"
#define SOLDE_CHEZ_NOUS "solde_demande solde_incomplet solde_a_modifier solde_rejete"
#define ANNULABLE AVANT_LOT " " AVANCE_RECUE " " SOLDE_CHEZ_NOUS
#define RECOUVRABLE AVANT_LOT " avance_emise avance_deposee avance_recue avance_validee " AVANCE_RECUE " solde_demande solde_emis solde_depose solde_recu solde_incomplet solde_a_modifier solde_valide " \
                    "solde_rejete solde_paye close annulee_avance_payee a_reverser reversee annulee_a_reverser annulee_reversee"
#define FACTURABLE AVANT_LOT " avance_emise avance_deposee avance_recue avance_validee " AVANCE_RECUE " " SOLDE_CHEZ_NOUS

/* What acts read: its state now, disputes that are open apart, one that it lost included. */
static bool permis(const struct commande *c, const struct regard *maintenant, const char *etats)
{
    return !(c->litige.fin && c->litige.ecartee) && est(maintenant, etats);
}

bool ce_jour(const struct modele *m, int64_t le)
{
    return le == soir_de(jour_de(m->maintenant));
}

/* A date that was not given is now; a day is its end, today is now; none is to come. */
bool dater(const struct modele *m, int64_t *le)
{
    if (*le == 0 || ce_jour(m, *le))
        *le = m->maintenant;
    return *le <= m->maintenant;
}

struct chose *ajouter(struct modele *m, int c, enum quoi quoi, int64_t le)
{
    struct commande *o = &m->commandes[c];
    struct chose *e = &o->choses[o->n_choses++];
    *e = (struct chose){.le = le, .rang = ++m->rang, .quoi = quoi, .montant = -1};
    return e;
}

/* As if it had not been told: an entry of the journal takes it back. */
void oublier(struct modele *m, int c, int rang)
{
    struct commande *o = &m->commandes[c];
    int n = 0;
    for (int i = 0; i < o->n_choses; i++)
        if (o->choses[i].rang != rang)
            o->choses[n++] = o->choses[i];
    o->n_choses = n;
    m->rang++;
}

/* A request has the date of what it follows. */
static void demander(struct modele *m, int c, enum versement v, int64_t montant, int document)
{
    const struct regard r = regarder(&m->commandes[c], TOUJOURS);
    const bool meme = r.d[v].existe && r.d[v].statut != REJETEE;
    struct chose *e = ajouter(m, c, DEMANDEE, r.dernier);
    e->v = v;
    e->numero = meme ? r.d[v].numero : ++m->demandes;
    e->montant = montant;
    e->document = document;
}

int choisir_calendrier(struct modele *m, bool proroge)
{
    m->rang += m->proroge != proroge;
    m->proroge = proroge;
    calendrier_choisir(proroge);
    return FAIT;
}

/* --- the order ----------------------------------------------------------------------------------------------------------- */

/* A sheet given again says what is recorded, or still says what was corrected since. */
static bool dit_deja(const struct commande *o, int64_t ht)
{
    for (int i = 0; i < o->n_anciens; i++)
        if (o->anciens[i] == ht)
            return true;
    return o->ht == ht;
}

int commander(struct modele *m, const struct commande *c)
{
    for (int i = 0; i < m->n; i++)
        if (m->commandes[i].f == c->f && strcmp(m->commandes[i].numero, c->numero) == 0)
            return dit_deja(&m->commandes[i], c->ht) ? FAIT : REFUS;
    m->commandes[m->n++] = *c;
    m->rang++;
    return FAIT;
}

int rectifier(struct modele *m, int c, int64_t ht, int64_t tva)
{
    struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    if (!permis(o, &r, AVANT_LOT))
        return REFUS;
    if (o->ht == ht)
        return FAIT;
    o->anciens[o->n_anciens++] = o->ht;
    o->ht = ht;
    o->tva = tva;
    o->ttc = ht + tva;
    o->corrigee[o->n_corrigee++] = ++m->rang;
    if (est(&r, "avance_demandee") && r.d[AVANCE].montant != trente_pour_cent(o->ttc))
        demander(m, c, AVANCE, trente_pour_cent(o->ttc), 0);
    return FAIT;
}

/* Another order, of a number of its own, signed on that day or after. */
int remplacer(struct modele *m, int c, const struct commande *nouvelle)
{
    struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    bool pris = false;
    for (int i = 0; i < m->n; i++)
        pris = pris || (m->commandes[i].f == nouvelle->f && strcmp(m->commandes[i].numero, nouvelle->numero) == 0);
    if (!permis(o, &r, AVANT_LOT) || nouvelle->jour < o->jour || pris)
        return REFUS;
    m->commandes[m->n++] = *nouvelle;
    o->remplacee = nouvelle->jour;
    m->rang++;
    return FAIT;
}

int annuler(struct modele *m, int c, int64_t le)
{
    const struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    if (!dater(m, &le))
        return USAGE;
    if (!permis(o, &r, ANNULABLE) || jour_de(le) < o->jour)
        return REFUS;
    ajouter(m, c, ANNULEE, le);
    return FAIT;
}

/* --- what an answer holds ------------------------------------------------------------------------------------------------- */

/* It could be done by what had been told, and could not without that answer. */
static bool repose(const struct commande *o, const struct chose *e, int rang, const char *etats)
{
    const struct regard avec = regarder_dite(o, rang, 0), sans = regarder_dite(o, rang, e->rang);
    return rang > e->rang && est(&avec, etats) && !est(&sans, etats);
}

static bool chose_repose(const struct commande *o, const struct chose *e, const struct chose *t)
{
    switch (t->quoi) {
    case DEMANDEE: return repose(o, e, t->rang, t->v == AVANCE ? "enregistree " RENDUE_AVANCE : "a_solder " SOLDE_CHEZ_NOUS);
    case EMISE: return repose(o, e, t->rang, "avance_demandee solde_demande");
    case REPRISE: case DEPOSEE: return repose(o, e, t->rang, "avance_emise solde_emis");
    case FACTUREE: case ATTESTEE: return repose(o, e, t->rang, FACTURABLE);
    case ANNULEE: return repose(o, e, t->rang, ANNULABLE);
    case ORDONNEE: case REVERSEE: 
        return (e->statut == PAYEE && regarder_dite(o, t->rang, 0).d[e->v].dit_par == e->rang) || repose(o, e, t->rang, RECOUVRABLE); /* of what it decided */
    case REPONDUE: case ENCAISSEE: break;
    }
    return false;
}

int retirer_reponse(struct modele *m, int dite)
{
    if (dite < 0)
        return REFUS;
    struct dite *x = &m->dites[dite];
    const struct commande *o = &m->commandes[x->commande];
    const struct chose *e = NULL;
    bool par_demande = false, par_argent = false, par_acte = false;
    if (x->retire)
        return FAIT;
    for (int i = 0; i < o->n_choses; i++)
        if (o->choses[i].rang == x->rang)
            e = &o->choses[i];
    for (int i = 0; e != NULL && i < o->n_choses; i++)
        if (chose_repose(o, e, &o->choses[i])) {
            const enum quoi quoi = o->choses[i].quoi;
            *(quoi == ORDONNEE || quoi == REVERSEE ? &par_argent : quoi == DEMANDEE ? &par_demande : &par_acte) = true;
        }
    for (int i = 0; e != NULL && i < o->n_corrigee; i++)
        par_acte = par_acte || repose(o, e, o->corrigee[i], AVANT_LOT);
    if (e == NULL || o->remplacee) /* it has no life any more */
        return REFUS;
    m->rares[REPONSE_TENUE] += par_acte && !par_demande && !par_argent;
    m->rares[REPONSE_PAYANTE] += par_argent && !par_demande && !par_acte;
    if (par_demande || par_argent || par_acte)
        return REFUS;
    x->retire = true;
    oublier(m, x->commande, x->rang);
    return FAIT;
}

/* --- disputes ------------------------------------------------------------------------------------------------------------ */

int ouvrir_litige(struct modele *m, int c, int64_t le)
{
    struct commande *o = &m->commandes[c];
    if (!dater(m, &le))
        return USAGE;
    const struct regard r = regarder(o, le);
    if (jour_de(le) < o->jour || !en_vigueur(&r))
        return REFUS;
    if (o->litige.du && !o->litige.fin)
        return o->litige.du == jour_de(le) ? FAIT : REFUS;
    o->litige = (struct litige){.du = jour_de(le)};
    m->rang++;
    return FAIT;
}

int repliquer(struct modele *m, int c, int64_t le, enum replique quoi)
{
    struct litige *l = &m->commandes[c].litige;
    int derniere = -1;
    if (!dater(m, &le))
        return USAGE;
    if (!l->du || l->fin || l->du > jour_de(le))
        return REFUS;
    for (int i = 0; i < l->n; i++) /* the last told of those given by then */
        if (l->repliques[i].jour <= jour_de(le))
            derniere = i;
    if (derniere >= 0 && l->repliques[derniere].quoi == quoi && l->repliques[derniere].jour == jour_de(le))
        return FAIT;
    l->repliques[l->n].jour = jour_de(le);
    l->repliques[l->n++].quoi = quoi;
    if (quoi == RETIRER) { /* it gives its ESSMS up: the dispute is over */
        l->fin = jour_de(le);
        l->ecartee = true;
    }
    m->rang++;
    return FAIT;
}

int conclure_litige(struct modele *m, int c, int64_t le, bool ecartee)
{
    struct litige *l = &m->commandes[c].litige;
    if (!dater(m, &le))
        return USAGE;
    if (!l->du || l->fin || l->du > jour_de(le))
        return REFUS;
    l->fin = jour_de(le);
    l->ecartee = ecartee;
    m->rang++;
    return FAIT;
}

/* --- requests ------------------------------------------------------------------------------------------------------------ */

/* Asked at a date: it could be asked then, and it still can. */
static bool demandable(const struct modele *m, int c, int64_t le, const char *etats)
{
    const struct commande *o = &m->commandes[c];
    const struct regard alors = regarder(o, le), maintenant = regarder(o, TOUJOURS);
    return jour_de(le) >= o->jour && strcmp(alors.etat, alors.vie) == 0 && est(&alors, etats) && permis(o, &maintenant, etats) &&
           strcmp(alors.vie, maintenant.vie) == 0;
}

int demander_avance(struct modele *m, int c, int64_t le)
{
    if (!dater(m, &le))
        return USAGE;
    if (!demandable(m, c, le, "enregistree " RENDUE_AVANCE))
        return REFUS;
    demander(m, c, AVANCE, trente_pour_cent(m->commandes[c].ttc), 0);
    return FAIT;
}

int demander_solde(struct modele *m, int c, int64_t le, int mss, const bool sans[ESSMS_MAX], const bool avec[ESSMS_MAX])
{
    struct commande *o = &m->commandes[c];
    if (!dater(m, &le))
        return USAGE;
    if (!demandable(m, c, le, "a_solder " SOLDE_CHEZ_NOUS))
        return REFUS;
    struct regard r = regarder(o, le);
    const struct facture *f = &o->factures[r.facture];
    r.rendu_avant = -1;
    const int64_t paye = gardee(&r);
    struct solde s = {.facture = r.facture, .va = r.va, .mss = mss ? mss : o->vas[r.va].mss, .total = f->ttc, .montant = f->ttc > paye ? f->ttc - paye : 0,
                      .trop = paye > f->ttc ? paye - f->ttc : 0};
    int gardes = 0;
    for (int i = 0; i < o->n; i++) {
        const struct solde *avant = r.solde >= 0 ? &o->soldes[r.solde] : NULL; /* what it had removed by choice stays removed */
        s.retire[i] = sans[i] || !o->vas[r.va].atteste[i] || (avant && avant->retire[i] && o->vas[avant->va].atteste[i] && !avec[i]);
        gardes += !s.retire[i];
    }
    if (gardes == 0)
        return REFUS;
    if (est(&r, "solde_demande") && memcmp(&s, &o->soldes[r.solde], sizeof s) == 0)
        return FAIT;
    o->soldes[o->n_soldes++] = s;
    demander(m, c, SOLDE, s.montant, o->n_soldes - 1);
    return FAIT;
}

/* --- lots ---------------------------------------------------------------------------------------------------------------- */

static bool a_emettre(const struct commande *c, int f, enum versement v, int64_t le)
{
    const struct regard r = regarder(c, TOUJOURS);
    return c->f == f && c->jour <= jour_de(le) && !r.annulee_le && !c->remplacee && r.d[v].existe && !r.d[v].emise;
}

/* What the rules ask of an advance: nobody has its ESSMS, the term, 30 %. */
static bool avance_conforme(const struct modele *m, int c, const struct regard *r, int64_t le)
{
    const struct demande *d = &r->d[AVANCE];
    const int64_t quand = d->premier_depot ? d->premier_depot : d->emise_le ? d->emise_le : le;
    return !prise(m, c, le) && quand <= fermeture && (!d->existe || d->montant == trente_pour_cent(m->commandes[c].ttc));
}

/* From its instant on, the balance carries a case of « Déploiement MSS », that of its VA; each version by its own deposit, or departure. */
static bool mss_conforme(const struct commande *o, const struct regard *r, int64_t le)
{
    const int dit = o->soldes[r->solde].mss;
    return le < DEBUT_MSS || (dit != 0 && dit == o->vas[r->va].mss);
}

/* What they ask of a balance besides: its term, that of the VA, each ESSMS kept attested, an invoice within the order and not that
 * of one payment alone, a total within the shares kept and the rate. */
static bool solde_conforme(const struct modele *m, int c, const struct regard *r, int64_t le)
{
    const struct commande *o = &m->commandes[c];
    const struct solde *s = &o->soldes[r->solde];
    const struct facture *f = &o->factures[r->facture];
    const struct attestation *va = &o->vas[r->va];
    const int64_t paye = gardee(r), quand = r->d[SOLDE].premier_depot ? r->d[SOLDE].premier_depot : le;
    int64_t parts = 0;
    int gardes = 0;
    bool bon = s->total == f->ttc && s->montant - s->trop == s->total - paye && quand <= cloture && va->le <= cloture && jour_de(va->le) >= o->jour && f->ht > 0 && f->ht <= o->ht && f->ttc <= o->ttc, reduit = false;
    for (int i = 0; i < o->n; i++) {
        reduit = reduit || s->retire[i] || !va->atteste[i];
        if (s->retire[i])
            continue;
        bon = bon && va->atteste[i];
        parts += part_ttc(o, i);
        gardes++;
    }
    const int64_t avance = trente_pour_cent(o->ttc);
    return bon && (reduit || (f->ttc != avance && f->ttc != o->ttc - avance)) && s->total <= parts && s->total <= (int64_t)TAUX_CENTIMES * gardes &&
           s->total <= o->ttc;
}

/* It went somewhere, or was answered, after that date: a lot of before does not hold it. */
static bool suivie_depuis(const struct commande *c, enum versement v, int64_t le)
{
    for (int i = 0; i < c->n_choses; i++) {
        const struct chose *e = &c->choses[i];
        if (e->v == v && e->le > le && (e->quoi == EMISE || e->quoi == REPRISE || e->quoi == DEPOSEE || e->quoi == REPONDUE))
            return true;
    }
    return false;
}

static void partir(struct modele *m, struct lot *l, int c, const struct demande *d)
{
    struct chose *e = ajouter(m, c, EMISE, l->le);
    e->v = l->v;
    l->commandes[l->n] = c;
    l->demandes[l->n] = d->numero;
    l->versions[l->n++] = d->version;
    l->somme += d->montant;
}

int emettre(struct modele *m, int f, enum versement v, int64_t le)
{
    struct lot l = {.f = f, .v = v, .numero = 1};
    struct regard parties[COMMANDES_MAX];
    int retenues[COMMANDES_MAX], n = 0, refusees = 0;
    if (!dater(m, &le))
        return USAGE;
    for (int i = 0; i < m->n_lots; i++)
        l.numero += m->lots[i].f == f;
    for (int c = 0; c < m->n; c++) {
        if (!a_emettre(&m->commandes[c], f, v, le))
            continue;
        const struct regard r = regarder(&m->commandes[c], le);
        bool bon = strcmp(r.etat, v == SOLDE ? "solde_demande" : "avance_demandee") == 0 &&
                         !(m->commandes[c].litige.fin && m->commandes[c].litige.ecartee) && !suivie_depuis(&m->commandes[c], v, le) && avance_conforme(m, c, &r, le) &&
                         (v == AVANCE || solde_conforme(m, c, &r, le));
        if (bon && v == SOLDE && le >= DEBUT_MSS) {
            bon = mss_conforme(&m->commandes[c], &r, le);
            const struct solde *dit = &m->commandes[c].soldes[r.solde];
            const bool autre = dit->mss && dit->va == r.va && m->commandes[c].vas[r.va].mss;
            m->rares[bon ? SOLDE_AVEC_CAS : autre ? SOLDE_AUTRE_CAS : SOLDE_SANS_CAS]++;
        }
        refusees += !bon;
        if (bon) {
            parties[n] = r;
            retenues[n++] = c;
        }
    }
    if (n == 0)
        return REFUS;
    l.le = le;
    for (int i = 0; i < n; i++)
        partir(m, &l, retenues[i], &parties[i].d[v]);
    m->rang++;
    m->lots[m->n_lots++] = l;
    return refusees ? REFUS : FAIT;
}

static struct lot *lot_de(struct modele *m, int f, int numero)
{
    for (int i = 0; i < m->n_lots; i++)
        if (m->lots[i].f == f && m->lots[i].numero == numero)
            return &m->lots[i];
    return NULL;
}

/* Each of its requests, at once. */
static void a_tout_le_lot(struct modele *m, const struct lot *l, enum quoi quoi, int64_t le)
{
    for (int i = 0; i < l->n; i++) {
        struct chose *e = ajouter(m, l->commandes[i], quoi, le);
        e->v = l->v;
        e->document = (int)(l - m->lots);
    }
}

/* The terms that a deposit must meet, unless what it took the place of did. */
static bool depot_conforme(const struct modele *m, const struct lot *l, int64_t le)
{
    bool bon = true;
    for (int i = 0; i < l->n; i++) {
        const struct commande *o = &m->commandes[l->commandes[i]];
        const struct regard r = regarder(o, TOUJOURS);
        const int64_t dit = r.d[l->v].premier_depot, premier = dit && dit != l->depose_le ? dit : le;
        bon = bon && premier <= (l->v == AVANCE ? fermeture : cloture) && (l->v == AVANCE || mss_conforme(o, &r, le));
    }
    return bon;
}

int deposer(struct modele *m, int f, int numero, int64_t le, bool strict)
{
    struct lot *l = lot_de(m, f, numero);
    const bool dit = le != 0, du_jour = ce_jour(m, le);
    if (l == NULL)
        return REFUS;
    if (!dater(m, &le))
        return USAGE;
    if (l->depose_le && du_jour)
        return jour_de(l->depose_le) == jour_de(m->maintenant) ? FAIT : REFUS;
    if (l->depose_le)
        return dit && le != l->depose_le ? REFUS : FAIT;
    if (l->annule_le || le < l->le)
        return REFUS;
    if (strict && !depot_conforme(m, l, le)) {
        m->rares[DEPOT_REFUSE]++;
        return REFUS;
    }
    l->depose_le = le;
    a_tout_le_lot(m, l, DEPOSEE, le);
    return FAIT;
}

/* The instant was recorded wrong: not before the lot, not after an answer to what is in it. */
int rectifier_depot(struct modele *m, int f, int numero, int64_t le, bool strict)
{
    struct lot *l = lot_de(m, f, numero);
    const bool dit = le != 0;
    if (l == NULL)
        return REFUS;
    if (!dater(m, &le))
        return USAGE;
    if (l->annule_le || !l->depose_le)
        return REFUS;
    if (!dit || le == l->depose_le)
        return FAIT;
    bool repondue = false;
    for (int i = 0; i < l->n; i++) {
        const struct commande *o = &m->commandes[l->commandes[i]];
        for (int k = 0; k < o->n_choses; k++) {
            const struct chose *e = &o->choses[k];
            repondue = repondue || (e->quoi == REPONDUE && e->numero == l->demandes[i] && e->version >= l->versions[i] && e->le < le);
        }
    }
    if (le < l->le || repondue || (strict && !depot_conforme(m, l, le)))
        return REFUS;
    for (int i = 0; i < l->n; i++) {
        struct commande *o = &m->commandes[l->commandes[i]];
        for (int k = 0; k < o->n_choses; k++)
            if (o->choses[k].quoi == DEPOSEE && o->choses[k].document == (int)(l - m->lots))
                o->choses[k].le = le;
    }
    l->depose_le = le;
    m->rang++;
    return FAIT;
}

int annuler_lot(struct modele *m, int f, int numero, int64_t le)
{
    struct lot *l = lot_de(m, f, numero);
    if (l == NULL)
        return REFUS;
    if (!dater(m, &le))
        return USAGE;
    if (l->annule_le)
        return FAIT;
    if (l->depose_le || le < l->le)
        return REFUS;
    l->annule_le = le;
    a_tout_le_lot(m, l, REPRISE, le);
    return FAIT;
}

/* --- invoice and VA -------------------------------------------------------------------------------------------------------- */

int facturer(struct modele *m, int c, int numero, int jour, int64_t ht, int64_t tva)
{
    struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    const struct facture *d = o->n_factures ? &o->factures[o->n_factures - 1] : NULL;
    if (jour > jour_de(m->maintenant))
        return REFUS;
    if (d != NULL && d->numero == numero && d->jour == jour && d->ht == ht && d->tva == tva)
        return FAIT;
    if (!permis(o, &r, FACTURABLE) || jour < o->jour)
        return REFUS;
    o->factures[o->n_factures++] = (struct facture){.jour = jour, .numero = numero, .ht = ht, .tva = tva, .ttc = ht + tva};
    ajouter(m, c, FACTUREE, minuit_de(jour))->document = o->n_factures - 1;
    return FAIT;
}

int attester(struct modele *m, int c, int64_t le, int mss, const bool atteste[ESSMS_MAX])
{
    struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    struct attestation va = {.le = le, .mss = mss};
    if (le > m->maintenant)
        return REFUS;
    memcpy(va.atteste, atteste, (size_t)o->n * sizeof *atteste);
    if (o->n_vas && memcmp(&va, &o->vas[o->n_vas - 1], sizeof va) == 0)
        return FAIT;
    if (!permis(o, &r, FACTURABLE))
        return REFUS;
    o->vas[o->n_vas++] = va;
    ajouter(m, c, ATTESTEE, le)->document = o->n_vas - 1;
    return FAIT;
}
