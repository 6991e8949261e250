/* situation: one month, as it was known at its end, and what was entered of it since. The journal is replayed up to the last second of the month;
 * the same questions are asked of that past and of what is known now. Their rows are compared one by one: what was entered since and what was
 * taken back since both show, even when they cancel out. */
#include "metier/argent.h"
#include "metier/vue_commun.h"
#include "registre/base.h"
#include "registre/etat.h"

static const struct colonne colonnes[] = {
    {"quoi", "au cours du mois", CELLULE_TEXTE}, {"connues", "connues à sa fin", CELLULE_ENTIER}, {"montant_connu", "montant", CELLULE_MONTANT},
    {"maintenant", "maintenant", CELLULE_ENTIER}, {"montant_maintenant", "montant", CELLULE_MONTANT},
    {"saisies", "saisies depuis", CELLULE_ENTIER}, {"montant_saisi", "montant", CELLULE_MONTANT},
    {"retirees", "retirées depuis", CELLULE_ENTIER}, {"montant_retire", "montant", CELLULE_MONTANT}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

/* ?1 and ?2: first and last day; ?3 and ?4: first and last second of the period. Each row: what it is (two integers that never change, by
 * which the rows are sorted), 1 or, when it takes another one back, -1, and its amount. */
#define JOUR_DANS(colonne) " where " colonne " between ?1 and ?2"
#define DANS(colonne) " where " colonne " between ?3 and ?4"
/* What was entered and taken back, its own row being gone (table retiree): each of them twice. */
#define RETIREE(dans, quoi) " union all select fait, s.rang, s.sens, montant from retiree, (select 0 as rang, 1 as sens union all select 1, -1) s" dans \
                            " and quoi = '" quoi "'"
#define PAYE(paiement) "select statut_fait, 0, 1, paye from demande" DANS("statut_le") " and paiement = " paiement " and paye is not null" \
                       RETIREE(DANS("le"), "reponse") " and paiement = " paiement " and statut = 5 order by 1, 2"
#define REPONSE(statuts) "select fait, 0, 1, montant from vie" DANS("le") " and evenement = 5 and statut in " statuts \
                         RETIREE(DANS("le"), "reponse") " and statut in " statuts " order by 1, 2"
#define LOT(le) "select fait, 0, 1, somme from lot" DANS(le) " order by 1"
#define ARGENT(table) "select fait, 0, 1, montant from " table JOUR_DANS("le") RETIREE(JOUR_DANS("le"), table) " order by 1, 2"
/* What was recorded, and what took some of it back: `retire` is true of a row that no longer counts. */
#define REPRIS(table, montant, dans, retire) "select fait, 0, 1, " montant " from " table dans " union all select fait, 1, -1, " montant " from " table dans \
                                             " and " retire " order by 1, 2"
/* The last invoice or VA that was entered holds (registre/charger_vie.c), the others are replaced: by one of the month at the latest, since
 * what happens after it leaves it as it was. */
#define REMPLACEE(table, date, fin) "fait < (select max(t.fait) from " table " t where t.commande = " table ".commande and t." date " <= " fin ")"
/* A request corrected before it left is one; sent back and made again, or rejected and followed by another, it is one each time. */
#define DEMANDE(paiement) REPRIS("demande_faite", "montant", DANS("le") " and paiement = " paiement, \
                                 "exists (select 1 from demande_faite t where t.commande = demande_faite.commande and t.paiement = " paiement \
                                 " and t.numero = demande_faite.numero and t.version = demande_faite.version and t.fait > demande_faite.fait and t.le <= ?4)")
static const struct {
    const char *quoi, *sql;
} questions[] = {
    {"commandes signées", "select fait, 0, 1, ttc from commande" JOUR_DANS("date_signature") " order by 1"},
    {"commandes annulées", "select fait, 0, 1, ttc from commande" DANS("annulee_le") " order by 1"},
    {"demandes d'avance", DEMANDE("1")},
    {"demandes de solde", DEMANDE("2")},
    {"lots émis", LOT("le")},
    {"lots annulés", LOT("annule_le")},
    {"lots déposés", LOT("depose_le")},
    {"demandes reçues", REPONSE("(1)")},
    {"demandes rendues ou rejetées", REPONSE("(2, 3, 6)")},
    {"demandes validées", REPONSE("(4)")},
    {"avances décidées et payées", PAYE("1")},
    {"soldes décidés et payés", PAYE("2")},
    {"factures", REPRIS("facture", "ttc", JOUR_DANS("date"), REMPLACEE("facture", "date", "?2"))},
    {"VA signées", REPRIS("va", "null", DANS("le"), REMPLACEE("va", "le", "?4"))},
    {"encaissements", REPRIS("encaissement", "montant", JOUR_DANS("le"), "retire_par is not null")},
    {"virements", ARGENT("virement")},
    {"ordres de recouvrer", ARGENT("ordre_de_recouvrer")},
    {"reversements", ARGENT("reversement")},
};
_Static_assert(EV_REPONSE == 5 && STATUT_RECUE == 1 && STATUT_INCOMPLETE == 2 && STATUT_A_MODIFIER == 3 && STATUT_VALIDEE == 4 && STATUT_PAYEE == 5 && STATUT_REJETEE == 6 &&
               PAIEMENT_AVANCE == 1 && PAIEMENT_SOLDE == 2, "written in the questions above");

/* How many rows, and their sum: absent while none has an amount. */
struct total {
    int64_t n;
    struct montant somme;
};
#define TOTAL_NUL ((struct total){0, MONTANT_ABSENT})

struct rang {
    int la; /* 1 = a row, 0 = no more, -1 = fault */
    int64_t cle[2], sens;
    struct montant montant;
};

static void ajouter(struct total *t, const struct rang *r, int64_t fois)
{
    t->n += fois;
    if (montant_present(r->montant))
        t->somme = montant_of((montant_present(t->somme) ? t->somme.centimes : 0) + fois * r->montant.centimes);
}

/* Of a month, what had come at --au: up to its last second, when none is given. */
struct periode {
    struct jour premier, dernier;
    struct instant debut, fin;
};

static struct instant le_premier(struct instant a, struct instant b)
{
    return instant_present(b) && instant_cmp(b, a) < 0 ? b : a;
}

static struct periode periode(const struct contexte *ctx, const struct mois *m)
{
    const struct instant f = le_premier(instant_fin_du_jour(m->dernier), ctx->au_donne ? ctx->au : INSTANT_ABSENT);
    return (struct periode){m->premier, instant_jour(f), instant_debut_du_jour(m->premier), f};
}

static sqlite3_stmt *demander(struct contexte *ctx, struct registre *r, const char *sql, const struct periode *p)
{
    sqlite3_stmt *s = registre_stmt(r, sql, ctx->diags);
    const int64_t bornes[] = {p->premier.n, p->dernier.n, p->debut.s, p->fin.s};
    for (int i = 1; s != NULL && i <= sqlite3_bind_parameter_count(s); i++)
        lier_n(s, i, bornes[i - 1]);
    return s;
}

static void suivant(struct contexte *ctx, struct registre *r, sqlite3_stmt *s, struct rang *out)
{
    *out = (struct rang){.la = registre_suivant(r, s, ctx->diags)};
    if (out->la == 1)
        *out = (struct rang){1, {sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)}, sqlite3_column_int64(s, 2),
                             sqlite3_column_type(s, 3) == SQLITE_NULL ? MONTANT_ABSENT : montant_of(sqlite3_column_int64(s, 3))};
}

static int comparer(const struct rang *a, const struct rang *b)
{
    if (a->la != b->la)
        return a->la == 1 ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (a->cle[i] != b->cle[i])
            return a->cle[i] < b->cle[i] ? -1 : 1;
    return 0;
}

struct comparaison {
    struct total alors, hui, saisies, retirees;
};

/* Both are sorted: a row that only the past has was taken back, one that it does not have was entered, one whose amount differs was both. */
static bool rapprocher(struct contexte *ctx, struct registre *passe, sqlite3_stmt *avant, sqlite3_stmt *apres, struct comparaison *out)
{
    struct rang a, h;
    *out = (struct comparaison){TOTAL_NUL, TOTAL_NUL, TOTAL_NUL, TOTAL_NUL};
    suivant(ctx, passe, avant, &a);
    suivant(ctx, ctx->registre, apres, &h);
    while (a.la == 1 || h.la == 1) {
        if (a.la < 0 || h.la < 0)
            return false;
        const int ordre = comparer(&a, &h);
        const bool meme = ordre == 0 && a.montant.centimes == h.montant.centimes;
        if (ordre <= 0) {
            ajouter(&out->alors, &a, a.sens);
            if (!meme)
                ajouter(a.sens > 0 ? &out->retirees : &out->saisies, &a, 1);
            suivant(ctx, passe, avant, &a);
        }
        if (ordre >= 0) {
            ajouter(&out->hui, &h, h.sens);
            if (!meme)
                ajouter(h.sens > 0 ? &out->saisies : &out->retirees, &h, 1);
            suivant(ctx, ctx->registre, apres, &h);
        }
    }
    return a.la == 0 && h.la == 0;
}

static bool ligne(const char *quoi, const struct comparaison *k, struct tableau_sortie *s, struct situation_rapport *out)
{
    out->saisies += (size_t)k->saisies.n;
    out->retirees += (size_t)k->retirees.n;
    const struct cellule c[N_COLONNES] = {
        cellule_texte(quoi), cellule_entier(k->alors.n), cellule_montant(k->alors.somme), cellule_entier(k->hui.n), cellule_montant(k->hui.somme),
        k->saisies.n != 0 ? cellule_entier(k->saisies.n) : cellule_vide(), cellule_montant(k->saisies.somme),
        k->retirees.n != 0 ? cellule_entier(k->retirees.n) : cellule_vide(), cellule_montant(k->retirees.somme)};
    return s->ligne(s->ctx, c, N_COLONNES);
}

static bool question(struct contexte *ctx, struct registre *passe, size_t i, const struct periode *p, struct tableau_sortie *s, struct situation_rapport *out)
{
    struct comparaison k;
    sqlite3_stmt *avant = demander(ctx, passe, questions[i].sql, p), *apres = demander(ctx, ctx->registre, questions[i].sql, p);
    const bool ok = avant != NULL && apres != NULL && rapprocher(ctx, passe, avant, apres, &k) && ligne(questions[i].quoi, &k, s, out);
    sqlite3_finalize(avant);
    sqlite3_finalize(apres);
    return ok;
}

bool vue_situation(struct contexte *ctx, const struct mois *m, struct tableau_sortie *s, struct situation_rapport *out)
{
    const struct periode p = periode(ctx, m);
    *out = (struct situation_rapport){.connu_le = le_premier(le_premier(p.fin, ctx->maintenant), ctx->connu_le)};
    struct registre *passe = registre_passe(ctx->registre->chemin, ctx->diags);
    bool ok = passe != NULL && etat_rejouer(passe, 0, out->connu_le, ctx->diags) && s->debut(s->ctx, colonnes, N_COLONNES);
    for (size_t i = 0; ok && i < sizeof questions / sizeof *questions; i++)
        ok = question(ctx, passe, i, &p, s, out);
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
