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
                              .a_apprecier = MONTANT_ABSENT, .reste = MONTANT_ABSENT};
    return x;
}

static void devoir(struct releve *r, struct reversement *x, int64_t du)
{
    x->du = montant_of(du);
    x->reste = montant_of(positif(du - positif(r->rendu - r->dit)));
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

/* What came beyond what ASP decided: dated from the payment that was too much, or from the decision when it came after. */
static bool relever_trop(struct releve *r)
{
    const struct vie *v = &r->d->vie;
    const int64_t trop = vie_recu_en_trop(v).centimes;
    if (trop == 0)
        return true;
    struct reversement *x = ajouter(r, NULL, "reçu au-delà de ce que l'ASP a décidé", "inférence : ce qui est reçu en trop se rend");
    x->du = montant_of(trop);
    x->reste = montant_of(positif(trop - v->argent.reverse.centimes));
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        const struct dossier_demande *q = vie_demande(v, (enum paiement)p);
        const int64_t decide = montant_present(q->paye) ? q->paye.centimes : 0;
        struct instant depuis = INSTANT_ABSENT;
        if (!depasse_depuis(r, EV_ENCAISSEMENT, (enum paiement)p, decide, &depuis))
            return false;
        if (v->argent.encaisse[p].centimes <= decide)
            continue;
        if (montant_present(q->paye) && instant_cmp(depuis, q->statut_le) < 0)
            depuis = q->statut_le;
        if (!instant_present(x->depuis) || instant_cmp(depuis, x->depuis) < 0)
            x->depuis = depuis;
    }
    return true;
}

static bool relever_regles(struct releve *r, struct arene *a, int64_t ordonne)
{
    const uint16_t regles[] = {(uint16_t)regle_rang("REV-01", 6), (uint16_t)regle_rang("REV-02", 6), (uint16_t)regle_rang("REV-03", 6)};
    struct constat *c;
    const size_t dits = regles_appliquer(r->d, r->ctx->parametres, 0, regles, sizeof regles / sizeof *regles, a, &c);
    for (size_t i = 0; i < dits; i++) {
        const struct valeur *v = valeur_de(&c[i], "a_reverser"); /* conforme with it: repaid in full */
        if (v != NULL && r->dit > 0)
            break; /* the whole advance is due already, or what ASP has decided: what the balance has less of it is in it */
        if (c[i].verdict != VERDICT_NON_CONFORME && (c[i].verdict != VERDICT_CONFORME || v == NULL))
            continue;
        struct reversement *x = ajouter(r, &c[i], "", "");
        if (v != NULL || ordonne > 0) /* ASP has decided */
            devoir(r, x, v != NULL ? v->n : ordonne);
        else
            x->a_apprecier = vie_decide_paye(&r->d->vie, PAIEMENT_AVANCE);
        if (!dater(r->ctx, r->d, &c[i], &x->depuis))
            return false;
    }
    return true;
}

bool reversements_de(struct contexte *ctx, const struct dossier *d, struct arene *a, struct reversement out[REVERSEMENTS_MAX], size_t *n)
{
    const struct dossier_argent *argent = &d->vie.argent;
    const int64_t trop = vie_recu_en_trop(&d->vie).centimes, ordonne = positif(argent->a_reverser.centimes - trop);
    struct releve r = {.ctx = ctx, .d = d, .t = out, .rendu = vie_rendu(&d->vie).centimes};
    *n = 0;
    if (d->vie.avance.statut != STATUT_PAYEE)
        return true;
    bool ok = relever_regles(&r, a, ordonne);
    if (ok && ordonne > r.dit) {
        struct reversement *x = ajouter(&r, NULL, r.dit > 0 ? "ordre de recouvrer de l'ASP, au-delà de ce que disent les règles" : "ordre de recouvrer de l'ASP", "ASP");
        x->depuis = argent->ordre_le;
        devoir(&r, x, ordonne - r.dit);
    }
    ok = ok && relever_trop(&r);
    if (ok && r.rendu > r.dit) {
        struct reversement *x = ajouter(&r, NULL, "reversé au-delà de ce qui est dû", "inférence : seul un ordre de recouvrer diminue l'avance gardée");
        x->reste = montant_of(r.dit - r.rendu);
        ok = depasse_depuis(&r, EV_REVERSEMENT, PAIEMENT_AUCUN, r.dit + trop, &x->depuis);
    }
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
