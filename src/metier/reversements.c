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

/* What it is due since: the cancellation, the clôture, the end of the dispute, of the 120 days, the balance that is less than the advance. */
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
    else if (d->solde.existe && montant_present(d->solde.total) && d->solde.total.centimes < d->vie.avance.paye.centimes)
        return demander_date(ctx, "select le from demande where commande = ?1 and paiement = 2", d->fait, false, out);
    else
        *out = fin_du_delai(ctx, d);
    return true;
}

static struct montant reste(struct montant du, struct montant reverse)
{
    return montant_of(du.centimes > reverse.centimes ? du.centimes - reverse.centimes : 0);
}

bool reversements_de(struct contexte *ctx, const struct dossier *d, struct arene *a, struct reversement out[REVERSEMENTS_MAX], size_t *n)
{
    const uint16_t regles[] = {(uint16_t)regle_rang("REV-01", 6), (uint16_t)regle_rang("REV-02", 6), (uint16_t)regle_rang("REV-03", 6)};
    const struct dossier_argent *argent = &d->vie.argent;
    struct constat *c;
    *n = 0;
    if (d->vie.avance.statut != STATUT_PAYEE)
        return true;
    const size_t dits = regles_appliquer(d, ctx->parametres, 0, regles, sizeof regles / sizeof *regles, a, &c);
    for (size_t i = 0; i < dits && *n < REVERSEMENTS_MAX; i++) {
        const struct valeur *v = valeur_de(&c[i], "a_reverser"); /* conforme with it: repaid in full */
        if (v != NULL && *n > 0 && montant_present(out[*n - 1].du))
            break; /* the whole advance is due already, or what ASP has decided: what the balance has less of it is in it */
        if (c[i].verdict != VERDICT_NON_CONFORME && (c[i].verdict != VERDICT_CONFORME || v == NULL))
            continue;
        struct reversement *r = &out[(*n)++];
        *r = (struct reversement){.constat = &c[i], .du = v == NULL ? MONTANT_ABSENT : montant_of(v->n),
                                  .a_apprecier = v == NULL ? d->vie.avance.paye : MONTANT_ABSENT, .reste = MONTANT_ABSENT};
        if (v == NULL && argent->ordre) { /* ASP has decided */
            r->du = argent->a_reverser;
            r->a_apprecier = MONTANT_ABSENT;
        }
        if (montant_present(r->du))
            r->reste = reste(r->du, argent->reverse);
        if (!dater(ctx, d, &c[i], &r->depuis))
            return false;
    }
    if (*n == 0 && argent->ordre)
        out[(*n)++] = (struct reversement){.depuis = argent->ordre_le, .du = argent->a_reverser, .a_apprecier = MONTANT_ABSENT,
                                           .reste = reste(argent->a_reverser, argent->reverse)};
    return true;
}
