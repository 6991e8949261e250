#include "metier/reversements.h"

#include <string.h>

#include "registre/base.h"
#include "regles/cycle.h"

static const struct valeur *valeur_de(const struct constat *c, const char *cle)
{
    for (uint16_t i = 0; i < c->n; i++)
        if (strcmp(c->valeurs[i].cle, cle) == 0)
            return &c->valeurs[i];
    return NULL;
}

/* A day or an instant of the registre about this order; `*out` untouched when there is none. */
static bool demander_date(struct contexte *ctx, const char *sql, int64_t commande, bool jour, struct instant *out)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, sql, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1 && sqlite3_column_type(s, 0) != SQLITE_NULL) {
        const int64_t n = sqlite3_column_int64(s, 0);
        *out = jour ? instant_debut_du_jour((struct jour){(int32_t)n}) : (struct instant){n};
    }
    sqlite3_finalize(s);
    return la >= 0;
}

/* The end of the 120 days (REV-03, caduque): what REF-03 waits for. */
static struct instant fin_du_delai(const struct contexte *ctx, const struct dossier *d)
{
    int64_t jours;
    if (!parametre_n(ctx->parametres, P_DELAI_DOSSIER, d->date_signature, &jours))
        return INSTANT_ABSENT;
    return instant_fin_du_jour(jour_plus(d->date_signature, (int32_t)jours));
}

/* What it is due since: the cancellation, the clôture, the end of the dispute, of the 120 days, the balance that is less than the advance,
 * ASP's decision on a balance that is more. */
static bool dater(struct contexte *ctx, const struct dossier *d, const struct constat *c, struct instant *out)
{
    const struct valeur *cloture = valeur_de(c, "cloture");
    *out = INSTANT_ABSENT;
    if (cloture != NULL)
        *out = (struct instant){cloture->n};
    else if (instant_present(d->vie.annulee_le))
        *out = d->vie.annulee_le;
    else if (d->etat == ETAT_RENONCEE)
        return demander_date(ctx, "select min(le) from litige_fin where ecartee = ?1", d->fait, true, out);
    else if (montant_present(d->vie.total) && d->vie.total.centimes < d->vie.avance.paye.centimes)
        return demander_date(ctx, "select le from demande where commande = ?1 and paiement = 2", d->fait, false, out);
    else if (valeur_de(c, "solde_paye") != NULL)
        *out = d->vie.solde.statut_le;
    else
        *out = fin_du_delai(ctx, d);
    return true;
}

/* --- the rows ------------------------------------------------------------------------------------------------------------- */

struct releve {
    struct contexte *ctx;
    const struct dossier *d;
    struct vie vie; /* its life; renounced in a dispute, or replaced, it ends there as by a cancellation */
    struct reversement *t;
    size_t n;
    int64_t dit, rendu; /* due by the rows so far, what was received in excess left aside; repaid, likewise */
};

static int64_t positif(int64_t n)
{
    return n > 0 ? n : 0;
}

static struct reversement *ajouter(struct releve *r, const struct constat *c, const char *pourquoi, const char *source)
{
    struct reversement *x = &r->t[r->n++];
    *x = (struct reversement){.constat = c, .pourquoi = pourquoi, .source = source, .depuis = INSTANT_ABSENT, .du = MONTANT_ABSENT,
                              .a_apprecier = MONTANT_ABSENT, .rendu = montant_of(0), .reste = MONTANT_ABSENT};
    return x;
}

/* Due, and what of it was repaid: `avant`, all that was, less what the rows before it took. */
static void devoir(struct reversement *x, int64_t du, int64_t avant)
{
    x->du = montant_of(du);
    x->reste = montant_of(positif(du - positif(avant)));
    x->rendu = montant_of(du - x->reste.centimes);
}

static void devoir_de(struct releve *r, struct reversement *x, int64_t du)
{
    devoir(x, du, r->rendu - r->dit);
    r->dit += du;
}

/* Since when the sum of the events of a kind (`paiement`: of that payment, PAIEMENT_AUCUN = any) is beyond `limite`. */
static bool depasse_depuis(const struct releve *r, enum evenement_type type, enum paiement paiement, int64_t limite, struct instant *out)
{
    sqlite3_stmt *s = registre_stmt(r->ctx->registre, "select le, montant from vie where commande = ?1 and le <= ?2 and evenement = ?3 and "
                                                      "paiement = ?4 order by le, fait", r->ctx->diags);
    int64_t somme = 0;
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, r->d->fait);
    lier_n(s, 2, r->d->au.s);
    lier_n(s, 3, (int64_t)type);
    lier_n(s, 4, (int64_t)paiement);
    while ((la = registre_suivant(r->ctx->registre, s, r->ctx->diags)) == 1) {
        const int64_t avant = somme;
        somme += sqlite3_column_int64(s, 1);
        if (avant <= limite && somme > limite)
            *out = (struct instant){sqlite3_column_int64(s, 0)};
    }
    sqlite3_finalize(s);
    return la == 0;
}

static void plus_tot(struct instant *le, struct instant autre)
{
    if (!instant_present(*le) || (instant_present(autre) && instant_cmp(autre, *le) < 0))
        *le = autre;
}

/* What came beyond what ASP decided: dated from the payment that was too much, or from the decision when it came after. */
static bool relever_trop(struct releve *r)
{
    const struct vie *v = &r->vie;
    const int64_t trop = vie_recu_en_trop(v).centimes;
    if (trop == 0)
        return true;
    struct reversement *x = ajouter(r, NULL, "reçu au-delà de ce que l'ASP a décidé", "inférence : ce qui est reçu en trop se rend");
    devoir(x, trop, v->argent.reverse.centimes);
    x->depuis = v->argent.rejete_le;
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        const struct dossier_demande *q = vie_demande(v, (enum paiement)p);
        const int64_t decide = montant_present(q->paye) ? q->paye.centimes : 0;
        struct instant depuis = INSTANT_ABSENT;
        if (v->argent.encaisse[p].centimes <= decide)
            continue;
        if (!depasse_depuis(r, EV_ENCAISSEMENT, (enum paiement)p, decide, &depuis))
            return false;
        if ((montant_present(q->paye) || q->statut == STATUT_REJETEE) && instant_cmp(depuis, q->statut_le) < 0)
            depuis = q->statut_le;
        plus_tot(&x->depuis, depuis);
    }
    return true;
}

/* What was received of a payment for which nothing is deposited: no decision of ASP is awaited on it, unless it has ordered it back. */
static bool relever_sans_demande(struct releve *r)
{
    const int64_t ordonne = r->d->vie.avance.statut == STATUT_PAYEE ? 0 : r->dit; /* else of the advance first */
    const struct montant recu = montant_of(positif(vie_recu_sans_demande(&r->vie).centimes - ordonne));
    if (recu.centimes == 0)
        return true;
    struct reversement *x = ajouter(r, NULL, "reçu sans qu'une demande soit déposée : à éclaircir avec l'ASP", "inférence : ce qui n'est pas demandé n'est pas dû");
    x->a_apprecier = recu;
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        const struct dossier_demande *q = vie_demande(&r->d->vie, (enum paiement)p);
        struct instant depuis = INSTANT_ABSENT;
        if (q->statut != STATUT_AUCUN || instant_present(q->premier_depot) || r->d->vie.argent.encaisse[p].centimes == 0)
            continue;
        if (!depasse_depuis(r, EV_ENCAISSEMENT, (enum paiement)p, 0, &depuis))
            return false;
        plus_tot(&x->depuis, depuis);
    }
    return true;
}

/* A rule that says how much, repaid or not; the whole advance is due once: what the balance has less of it is in it. */
static bool relever_du(struct releve *r, const struct constat *c)
{
    const struct valeur *v = valeur_de(c, "a_reverser");
    if (v == NULL || r->dit > 0 || (c->verdict != VERDICT_NON_CONFORME && c->verdict != VERDICT_CONFORME))
        return true;
    struct reversement *x = ajouter(r, c, "", "");
    devoir_de(r, x, v->n);
    return dater(r->ctx, r->d, c, &x->depuis);
}

/* REV-02: what ASP has ordered of it is due, it has yet to decide upon the rest. */
static bool relever_a_apprecier(struct releve *r, const struct constat *c, int64_t ordonne)
{
    const struct montant reste = vie_a_apprecier(&r->d->vie);
    if (c->verdict != VERDICT_NON_CONFORME && (c->verdict != VERDICT_CONFORME || valeur_de(c, "ordonne") == NULL))
        return true;
    struct reversement *x = ajouter(r, c, "", "");
    if (ordonne > r->dit)
        devoir_de(r, x, ordonne - r->dit);
    if (reste.centimes > 0)
        x->a_apprecier = reste;
    return dater(r->ctx, r->d, c, &x->depuis);
}

static bool relever_regles(struct releve *r, struct arene *a, int64_t ordonne)
{
    const uint16_t rev_02 = (uint16_t)regle_rang("REV-02", 6);
    const uint16_t regles[] = {(uint16_t)regle_rang("REV-01", 6), rev_02, (uint16_t)regle_rang("REV-03", 6)};
    struct constat *c;
    const size_t dits = regles_appliquer(r->d, r->ctx->parametres, 0, regles, sizeof regles / sizeof *regles, a, &c);
    for (size_t i = 0; i < dits; i++)
        if (c[i].regle != rev_02 && !relever_du(r, &c[i]))
            return false;
    for (size_t i = 0; i < dits; i++)
        if (c[i].regle == rev_02 && !relever_a_apprecier(r, &c[i], ordonne))
            return false;
    return true;
}

static bool relever_ordres(struct releve *r, int64_t ordonne)
{
    if (ordonne <= r->dit)
        return true;
    struct reversement *x = ajouter(r, NULL, r->dit > 0 ? "ordre de recouvrer de l'ASP, au-delà de ce que disent les règles" : "ordre de recouvrer de l'ASP", "ASP");
    x->depuis = r->d->vie.argent.ordre_le;
    devoir_de(r, x, ordonne - r->dit);
    return true;
}

static bool relever_au_dela(struct releve *r, int64_t trop)
{
    if (r->rendu <= r->dit)
        return true;
    struct reversement *x = ajouter(r, NULL, "reversé au-delà de ce qui est dû", "inférence : seul un ordre de recouvrer diminue l'avance gardée");
    x->rendu = montant_of(r->rendu - r->dit);
    x->reste = montant_of(r->dit - r->rendu);
    return depasse_depuis(r, EV_REVERSEMENT, PAIEMENT_AUCUN, r->dit + trop, &x->depuis);
}

bool reversements_de(struct contexte *ctx, const struct dossier *d, struct arene *a, struct reversement out[REVERSEMENTS_MAX], size_t *n)
{
    const struct dossier_argent *argent = &d->vie.argent;
    struct releve r = {.ctx = ctx, .d = d, .vie = d->vie, .t = out};
    if (!etat_en_vigueur((enum etat_commande)d->etat) && !instant_present(r.vie.annulee_le))
        r.vie.annulee_le = d->au;
    const int64_t trop = vie_recu_en_trop(&r.vie).centimes, ordonne = positif(argent->a_reverser.centimes - trop);
    r.rendu = vie_rendu(&r.vie).centimes;
    const bool ok = (d->vie.avance.statut != STATUT_PAYEE || relever_regles(&r, a, ordonne)) && relever_ordres(&r, ordonne) && relever_trop(&r) &&
                    relever_sans_demande(&r) && relever_au_dela(&r, trop);
    *n = r.n;
    return ok;
}

void reversements_sommer(const struct reversement *t, size_t n, struct montant *du, struct montant *reste)
{
    *du = *reste = montant_of(0);
    for (size_t i = 0; i < n; i++) {
        if (montant_present(t[i].du))
            (void)montant_add(*du, t[i].du, du);
        if (montant_present(t[i].reste) && t[i].reste.centimes > 0)
            (void)montant_add(*reste, t[i].reste, reste);
    }
}

struct montant reversements_au_dela(const struct reversement *t, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (montant_present(t[i].reste) && t[i].reste.centimes < 0)
            return montant_of(-t[i].reste.centimes);
    return montant_of(0);
}
