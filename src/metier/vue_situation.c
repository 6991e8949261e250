/* situation: one month, as it was known at its end, and what was entered of it since. The journal is replayed up to the last second of the month;
 * the same questions are asked of that past and of what is known now. */
#include "metier/argent.h"
#include "metier/vue_commun.h"
#include "registre/base.h"
#include "registre/etat.h"

static const struct colonne colonnes[] = {
    {"quoi", "au cours du mois", CELLULE_TEXTE}, {"connues", "connues à sa fin", CELLULE_ENTIER}, {"montant_connu", "montant", CELLULE_MONTANT},
    {"maintenant", "connues maintenant", CELLULE_ENTIER}, {"montant_maintenant", "montant", CELLULE_MONTANT},
    {"ecart", "saisies depuis", CELLULE_ENTIER}, {"montant_ecart", "montant", CELLULE_MONTANT}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

/* ?1 and ?2: first and last day; ?3 and ?4: first and last second. Each gives a count and a sum. */
#define VIE(condition) "select count(*), sum(montant) from vie where le between ?3 and ?4 and " condition
static const struct {
    const char *quoi, *sql;
} questions[] = {
    {"commandes signées", "select count(*), sum(ttc) from commande where date_signature between ?1 and ?2"},
    {"commandes annulées", "select count(*), sum(ttc) from commande where annulee_le between ?3 and ?4"},
    {"demandes d'avance", "select count(*), sum(montant) from demande where paiement = 1 and le between ?3 and ?4"},
    {"demandes de solde", "select count(*), sum(montant) from demande where paiement = 2 and le between ?3 and ?4"},
    {"lots émis", "select count(*), sum(somme) from lot where le between ?3 and ?4"},
    {"lots déposés", "select count(*), sum(somme) from lot where depose_le between ?3 and ?4"},
    {"avances décidées et payées", "select count(*), sum(paye) from demande where paiement = 1 and paye is not null and statut_le between ?3 and ?4"},
    {"soldes décidés et payés", "select count(*), sum(paye) from demande where paiement = 2 and paye is not null and statut_le between ?3 and ?4"},
    {"demandes rendues ou rejetées", VIE("evenement = 5 and statut in (2, 3, 6)")},
    {"factures", "select count(*), sum(ttc) from facture where date between ?1 and ?2"},
    {"VA signées", "select count(*), null from va where le between ?3 and ?4"},
    {"encaissements", "select count(*), sum(montant) from encaissement where retire_par is null and le between ?1 and ?2"},
    {"virements", "select count(*), sum(montant) from virement where le between ?1 and ?2"},
    {"ordres de recouvrer", "select count(*), sum(montant) from ordre_de_recouvrer where le between ?1 and ?2"},
    {"reversements", "select count(*), sum(montant) from reversement where le between ?1 and ?2"},
};
_Static_assert(EV_REPONSE == 5 && STATUT_INCOMPLETE == 2 && STATUT_A_MODIFIER == 3 && STATUT_REJETEE == 6, "written in the question above");

struct reponse {
    int64_t n;
    struct montant somme;
};

static bool demander(struct contexte *ctx, struct registre *r, const char *sql, const struct mois *m, struct reponse *out)
{
    sqlite3_stmt *s = registre_stmt(r, sql, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, m->premier.n);
    lier_n(s, 2, m->dernier.n);
    lier_n(s, 3, instant_debut_du_jour(m->premier).s);
    lier_n(s, 4, instant_fin_du_jour(m->dernier).s);
    const int la = registre_suivant(r, s, ctx->diags);
    if (la == 1)
        *out = (struct reponse){sqlite3_column_int64(s, 0), sqlite3_column_type(s, 1) == SQLITE_NULL ? MONTANT_ABSENT : montant_of(sqlite3_column_int64(s, 1))};
    sqlite3_finalize(s);
    return la == 1;
}

static int64_t centimes(struct montant m)
{
    return montant_present(m) ? m.centimes : 0;
}

static bool ligne(const char *quoi, const struct reponse *alors, const struct reponse *hui, struct tableau_sortie *s, struct situation_rapport *out)
{
    const int64_t n = hui->n - alors->n, m = centimes(hui->somme) - centimes(alors->somme);
    out->changees += n != 0 || m != 0;
    const struct cellule c[N_COLONNES] = {
        cellule_texte(quoi), cellule_entier(alors->n), cellule_montant(alors->somme), cellule_entier(hui->n), cellule_montant(hui->somme),
        n != 0 ? cellule_entier(n) : cellule_vide(), m != 0 ? cellule_montant(montant_of(m)) : cellule_vide()};
    return s->ligne(s->ctx, c, N_COLONNES);
}

/* The last second of the month, or now when it is not over. */
static struct instant fin(const struct contexte *ctx, const struct mois *m)
{
    const struct instant f = instant_fin_du_jour(m->dernier);
    return instant_cmp(f, ctx->maintenant) < 0 ? f : ctx->maintenant;
}

bool vue_situation(struct contexte *ctx, const struct mois *m, struct tableau_sortie *s, struct situation_rapport *out)
{
    *out = (struct situation_rapport){.connu_le = fin(ctx, m)};
    struct registre *passe = registre_passe(ctx->registre->chemin, ctx->diags);
    bool ok = passe != NULL && etat_rejouer(passe, 0, out->connu_le, ctx->diags) && s->debut(s->ctx, colonnes, N_COLONNES);
    for (size_t i = 0; ok && i < sizeof questions / sizeof *questions; i++) {
        struct reponse alors, hui;
        ok = demander(ctx, passe, questions[i].sql, m, &alors) && demander(ctx, ctx->registre, questions[i].sql, m, &hui) &&
             ligne(questions[i].quoi, &alors, &hui, s, out);
    }
    registre_fermer(passe);
    return ok && s->fin(s->ctx);
}

bool mois_lire(struct slice texte, struct mois *out)
{
    const char *t = texte.bytes;
    if (texte.len != 7 || t[4] != '-')
        return false;
    int n[6];
    for (int i = 0, k = 0; i < 7; i++) {
        if (i == 4)
            continue;
        if (t[i] < '0' || t[i] > '9')
            return false;
        n[k++] = t[i] - '0';
    }
    const int annee = ((n[0] * 10 + n[1]) * 10 + n[2]) * 10 + n[3], mois = n[4] * 10 + n[5];
    if (annee < 2000 || annee > 2099 || mois < 1 || mois > 12 || !jour_from_ymd(annee, mois, 1, &out->premier))
        return false;
    struct jour suivant;
    if (!jour_from_ymd(mois == 12 ? annee + 1 : annee, mois == 12 ? 1 : mois + 1, 1, &suivant))
        return false;
    out->dernier = (struct jour){suivant.n - 1};
    return true;
}
