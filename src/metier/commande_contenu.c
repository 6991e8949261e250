#include "metier/commande_contenu.h"

#include <string.h>

#include "registre/base.h"
#include "registre/contenu.h"
#include "registre/litige.h"
#include "regles/vie.h"

/* --- facts of an order ------------------------------------------------------------------------------------------- */

struct une_entree {
    struct contexte *ctx;
    struct arene *arene;
    histoire_visite *f;
    void *visite_ctx;
    bool ok;
};

static bool visiter(void *ctx, int64_t numero, struct slice octets)
{
    struct une_entree *u = ctx;
    struct entree e;
    const struct slice copie = {arene_strndup(u->arene, octets.bytes, octets.len), octets.len}; /* what is read outlives the row */
    u->ok = entree_lire(copie, u->arene, &e);
    if (!u->ok)
        diag_erreur(u->ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)numero);
    else
        u->ok = u->f(u->visite_ctx, &e, u->arene);
    return u->ok;
}

static bool visiter_fait(struct une_entree *u, int64_t fait)
{
    u->ok = false;
    return journal_parcourir(u->ctx->registre, fait, fait, visiter, u, u->ctx->diags) && u->ok;
}

/* Those of a dispute say something of the other order too: who keeps the ESSMS. */
#define SQL_LITIGES(cote)                                                                                                     \
    "union select fait from litige where " cote " = ?1 "                                                                     \
    "union select r.fait from litige l cross join litige_reponse r on r.litige = l.fait where l." cote " = ?1 "              \
    "union select f.fait from litige l cross join litige_fin f on f.litige = l.fait where l." cote " = ?1 "
#define SQL_HISTOIRE                                                                                                          \
    "select ?1 union select fait from histoire where commande = ?1 union select fait from vie where commande = ?1 "          \
    SQL_LITIGES("commande") SQL_LITIGES("contre") "order by 1"

bool histoire_parcourir(struct contexte *ctx, int64_t commande, histoire_visite *f, void *visite_ctx)
{
    struct arene a = {0};
    struct une_entree u = {ctx, &a, f, visite_ctx, true};
    sqlite3_stmt *s = registre_stmt(ctx->registre, SQL_HISTOIRE, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    int la;
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1 && visiter_fait(&u, sqlite3_column_int64(s, 0)))
        arene_reset(&a);
    sqlite3_finalize(s);
    arene_free(&a);
    return la == 0;
}

struct un_contenu {
    struct contexte *ctx;
    struct fait *out;
};

static bool prendre_contenu(void *ctx, const struct entree *e, struct arene *a)
{
    struct un_contenu *u = ctx;
    if (contenu_lire(&e->fait, a, u->out))
        return true;
    diag_erreur(u->ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal ne porte pas une commande", (long long)e->numero);
    return false;
}

bool contenu_du_fait(struct contexte *ctx, int64_t fait, struct arene *a, struct fait *out)
{
    struct un_contenu c = {ctx, out};
    struct une_entree u = {ctx, a, prendre_contenu, &c, true};
    return visiter_fait(&u, fait);
}

/* --- state ------------------------------------------------------------------------------------------------------- */

#define SQL_ETAT                                                                                                             \
    "select o.contenu, o.signataire, o.numero, o.fournisseur, o.date_signature, o.annulee_le is not null, "                  \
    "coalesce(o.remplacee_par, 0), coalesce(d.numero, 0), d.montant, coalesce((select v.etat from vie v where v.commande = o.fait order by v.le desc, v.fait desc limit 1), 0), "                                 \
    "exists (select 1 from commande p where p.remplacee_par = o.fait), " LITIGE_ECARTEE_SQL("o.fait", "9999999") " "                                                        \
    "from commande o left join demande d on d.commande = o.fait and d.paiement = 1 where o.fait = ?1"

bool commande_etat_lire(struct contexte *ctx, int64_t commande, struct arene *a, struct commande_etat *out)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, SQL_ETAT, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice numero = colonne_slice(s, 2);
        *out = (struct commande_etat){
            .commande = commande, .contenu = sqlite3_column_int64(s, 0), .signataire = sqlite3_column_int64(s, 1),
            .numero = arene_strndup(a, numero.len == 0 ? "" : numero.bytes, numero.len),
            .fournisseur = (uint32_t)sqlite3_column_int64(s, 3),
            .date_signature = sqlite3_column_type(s, 4) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, 4)},
            .remplacante = sqlite3_column_int64(s, 6), .demande = sqlite3_column_int64(s, 7),
            .avance = sqlite3_column_type(s, 8) == SQLITE_NULL ? MONTANT_ABSENT : montant_of(sqlite3_column_int64(s, 8)),
            .remplace = sqlite3_column_int(s, 10) != 0};
        const bool remplacee = out->remplacante != 0 && sqlite3_column_int(s, 5) == 0; /* a cancelled one is in its life */
        out->etat = remplacee                   ? ETAT_REMPLACEE
                    : sqlite3_column_int(s, 11) ? ETAT_RENONCEE
                                                : (enum etat_commande)sqlite3_column_int(s, 9);
    } else if (la == 0) {
        diag_erreur(ctx->diags, E_INCONNU, "l'entrée %lld n'enregistre pas de commande", (long long)commande);
    }
    registre_rendre(ctx->registre, s);
    return la == 1;
}

int64_t fait_litige(const struct fait *f)
{
    return f->type == FAIT_LITIGE_OUVERT    ? fait_n(f, LO_COMMANDE)
           : f->type == FAIT_LITIGE_REPONDU ? fait_n(f, LR_COMMANDE)
           : f->type == FAIT_LITIGE_CONCLU  ? fait_n(f, LC_COMMANDE)
                                            : 0;
}

bool fait_raconter_de(struct contexte *ctx, const struct fait *f, int64_t commande, struct buffer *b)
{
    const int64_t autre = fait_litige(f);
    struct arene a = {0};
    struct commande_etat e;
    const bool ok = autre == 0 || autre == commande || commande_etat_lire(ctx, autre, &a, &e);
    if (ok && autre != 0 && autre != commande)
        buffer_printf(b, "sur la commande %s, ", e.numero);
    fait_raconter(f, b);
    arene_free(&a);
    return ok;
}

struct etapes {
    struct contexte *ctx;
    int64_t commande;
    struct buffer *b;
};

/* Those that changed its state, with the entries that say so. */
static bool etape(void *ctx, const struct entree *e, struct arene *a)
{
    struct etapes *t = ctx;
    struct buffer *b = t->b;
    switch (e->fait.type) {
    case FAIT_COMMANDE_ENREGISTREE:
    case FAIT_AVANCE_DEMANDEE:
    case FAIT_AVANCE_EMISE:
    case FAIT_COMMANDE_REMPLACEE:
    case FAIT_COMMANDE_ANNULEE:
    case FAIT_LITIGE_OUVERT:
    case FAIT_LITIGE_CONCLU:
    case FAIT_LITIGE_REPONDU:
    case FAIT_LOT_DEPOSE:
    case FAIT_LOT_ANNULE:
    case FAIT_DEMANDE_REPONDUE:
    case FAIT_FACTURE_ENREGISTREE:
    case FAIT_VA_ENREGISTREE:
    case FAIT_SOLDE_DEMANDE:
    case FAIT_SOLDE_EMIS:
    case FAIT_ORDRE_DE_RECOUVRER:
    case FAIT_REVERSEMENT_EFFECTUE:
    case FAIT_SOMME_RETIREE:
    case FAIT_REPONSE_RETIREE:
    case FAIT_DEPOT_RECTIFIE:
        break;
    default:
        return true;
    }
    const char *date = fait_date(&e->fait, a);
    buffer_puts(b, b->len > 0 ? ", " : "");
    const bool ok = fait_raconter_de(t->ctx, &e->fait, t->commande, b);
    buffer_printf(b, "%s%s (entrée %lld)", *date != '\0' ? " le " : "", date, (long long)e->numero);
    return ok;
}

bool commande_etapes(struct contexte *ctx, int64_t commande, struct buffer *b)
{
    struct buffer faits = {0};
    struct etapes t = {ctx, commande, &faits};
    const bool ok = histoire_parcourir(ctx, commande, etape, &t);
    buffer_append(b, faits.bytes, faits.len);
    buffer_free(&faits);
    return ok;
}

void actes_possibles(enum etat_commande etat, bool litige, struct buffer *b)
{
    size_t n = 0;
    for (int a = 0; a < ACTE_NOMBRE; a++)
        if (cycle_permet((enum acte_commande)a, etat, NULL) && !(litige && litige_retient((enum acte_commande)a)))
            buffer_printf(b, "%ssons %s", n++ > 0 ? ", " : "", acte_mot((enum acte_commande)a));
}

/* The state that acts look at is the one before the dispute: both are told. */
bool commande_en_litige(struct contexte *ctx, int64_t commande)
{
    struct litige_lu l;
    const bool ok = litige_ouvert(ctx->registre, commande, instant_jour(ctx->maintenant), NULL, &l, ctx->diags) && l.fait != 0;
    memoire_free(l.contre_texte);
    return ok;
}

bool commande_permet(struct contexte *ctx, const struct commande_etat *e, enum acte_commande acte)
{
    struct buffer faits = {0}, possibles = {0};
    if (cycle_permet(acte, e->etat, NULL))
        return true;
    if (commande_etapes(ctx, e->commande, &faits)) {
        const bool litige = commande_en_litige(ctx, e->commande);
        struct diag *d = diag_erreur(ctx->diags, E_ETAT, "commande %s : « %s » ne se peut pas, elle est %s%s", e->numero, acte_mot(acte),
                                     etat_label(e->etat), litige ? ", et en litige" : "");
        diag_trouve(d, "%s", faits.bytes);
        actes_possibles(e->etat, litige, &possibles);
        diag_a_faire(d, "ce qui se peut encore : %s%s%s", litige ? "sons litige repondre, sons litige conclure, " : "", possibles.bytes,
                     e->etat == ETAT_AVANCE_EMISE ? " ; une demande émise ne change que si l'ASP la rend" : "");
    }
    buffer_free(&faits);
    buffer_free(&possibles);
    return false;
}

/* --- telling ----------------------------------------------------------------------------------------------------- */

static const char *date_de(struct arene *a, struct instant i)
{
    char t[INSTANT_TEXTE_MAX];
    const char *texte = instant_present(i) ? instant_fr(i, t) : "";
    const char *fin = strstr(texte, " 23:59:59"); /* a bare date */
    return arene_strndup(a, texte, fin != NULL ? (size_t)(fin - texte) : strlen(texte));
}

static const char *jour_de(struct arene *a, struct jour j)
{
    char t[JOUR_TEXTE_MAX];
    const char *texte = jour_present(j) ? jour_fr(j, t) : "";
    return arene_strndup(a, texte, strlen(texte));
}

/* Every act about an order keeps its own date under the key `le`, or `date` for a day; an order, in its signature. */
const char *fait_date(const struct fait *f, struct arene *a)
{
    const struct fait_forme *forme = fait_forme(f->type);
    if (f->type == FAIT_COMMANDE_ENREGISTREE)
        return jour_de(a, fait_jour(f, CE_DATE_SIGNATURE));
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        if (strcmp(champ_forme(c)->cle, "le") == 0 && champ_forme(c)->type == CHAMP_INSTANT)
            return date_de(a, fait_instant(f, c));
        if (champ_forme(c)->type == CHAMP_JOUR)
            return jour_de(a, fait_jour(f, c));
    }
    return "";
}

static void raconter_role(const char *quoi, struct slice piece, struct buffer *b)
{
    const char *espace = piece.len > 0 ? memchr(piece.bytes, ' ', piece.len) : NULL;
    buffer_printf(b, "%s (%.*s)", quoi, espace == NULL ? 0 : (int)(espace - piece.bytes), piece.bytes);
}

static void raconter_demande(const struct fait *f, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    buffer_printf(b, "avance demandée (demande %lld, %s)", (long long)fait_n(f, AD_DEMANDE), montant_fr(fait_montant(f, AD_MONTANT), t));
}

/* « réponse de l'ASP : demande 3 à modifier (n° SEG-1) : plafond HT ». */
static void raconter_reponse(const struct fait *f, struct buffer *b)
{
    const struct slice mot = fait_slice(f, DR_STATUT), asp = fait_slice(f, DR_NUMERO_ASP);
    const struct fait_valeur *motifs = fait_get(f, DR_MOTIF);
    char t[MONTANT_TEXTE_MAX];
    buffer_printf(b, "réponse de l'ASP : demande %lld %s", (long long)fait_n(f, DR_DEMANDE), statut_asp_label(statut_asp_parse(mot.bytes, mot.len)));
    if (fait_n(f, DR_VERSION) > 1)
        buffer_printf(b, ", version %lld", (long long)fait_n(f, DR_VERSION));
    if (fait_get(f, DR_MONTANT)->present)
        buffer_printf(b, ", %s", montant_fr(fait_montant(f, DR_MONTANT), t));
    if (asp.len > 0)
        buffer_printf(b, " (n° ASP %.*s)", (int)asp.len, asp.bytes);
    for (int64_t i = 0; i < (motifs->present ? motifs->n : 0); i++)
        buffer_printf(b, "%s%.*s", i == 0 ? " : " : " | ", (int)motifs->liste[i].len, motifs->liste[i].bytes);
}

/* « retrait de la réponse de l'ASP : demande 3 à modifier ». */
static void raconter_reponse_retiree(const struct fait *f, struct buffer *b)
{
    const struct slice mot = fait_slice(f, RR_STATUT);
    buffer_printf(b, "retrait de la réponse de l'ASP : demande %lld %s", (long long)fait_n(f, RR_DEMANDE), statut_asp_label(statut_asp_parse(mot.bytes, mot.len)));
    if (fait_n(f, RR_VERSION) > 1)
        buffer_printf(b, ", version %lld", (long long)fait_n(f, RR_VERSION));
}

/* « dépôt du lot 1 rectifié (au lieu du 06/12/2022 10:12:00) » */
static void raconter_depot_rectifie(const struct fait *f, struct buffer *b)
{
    char t[INSTANT_TEXTE_MAX];
    const bool instant = instant_cmp(fait_instant(f, DX_LE), fait_instant(f, DX_ANCIEN)) != 0;
    buffer_printf(b, "dépôt du lot %lld rectifié", (long long)fait_n(f, DX_LOT));
    if (instant)
        buffer_printf(b, " (au lieu du %s)", instant_fr(fait_instant(f, DX_ANCIEN), t));
    if (fait_get(f, DX_ACCUSE)->present)
        buffer_puts(b, ", avec son accusé");
}

static void raconter_facture(const struct fait *f, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    const struct slice n = fait_slice(f, FA_NUMERO);
    buffer_printf(b, "%s %.*s", fait_n(f, FA_DEUX) ? "deux factures," : "facture", (int)n.len, n.bytes);
    if (montant_present(fait_montant(f, FA_MONTANT_TTC)))
        buffer_printf(b, " de %s", montant_fr(fait_montant(f, FA_MONTANT_TTC), t));
}

/* How many ESSMS it attests: the second word of their lines. */
static void raconter_va(const struct fait *f, struct buffer *b)
{
    const struct fait_valeur *essms = fait_get(f, VA_ESSMS);
    int64_t n = 0;
    for (int64_t i = 0; essms->present && i < essms->n; i++) {
        const char *espace = memchr(essms->liste[i].bytes, ' ', essms->liste[i].len);
        const size_t reste = espace == NULL ? 0 : essms->liste[i].len - (size_t)(espace + 1 - essms->liste[i].bytes);
        n += reste > 4 && memcmp(espace + 1, "oui ", 4) == 0;
    }
    buffer_printf(b, "VA%s signée, %lld ESSMS %s", fait_n(f, VA_VERSION) > 1 ? ", nouvelle version," : "", (long long)n, n > 1 ? "attestés" : "attesté");
}

static void raconter_solde(const struct fait *f, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    const struct fait_valeur *retires = fait_get(f, SO_RETIRE);
    buffer_printf(b, "solde demandé (demande %lld, %s", (long long)fait_n(f, SO_DEMANDE), montant_fr(fait_montant(f, SO_MONTANT), t));
    if (retires->present && retires->n > 0)
        buffer_printf(b, ", %lld ESSMS %s", (long long)retires->n, retires->n > 1 ? "retirés" : "retiré");
    if (fait_n(f, SO_TROP_PERCU) > 0)
        buffer_printf(b, ", trop-perçu de %s", montant_fr(fait_montant(f, SO_TROP_PERCU), t));
    buffer_putc(b, ')');
}

/* `<Nom>` of a fact that has no words of its own here: « LitigeOuvert » → « litige ouvert ». */
static void raconter_nom(const struct fait *f, struct buffer *b)
{
    for (const char *p = fait_forme(f->type)->nom; *p != '\0'; p++) {
        if (*p >= 'A' && *p <= 'Z' && p != fait_forme(f->type)->nom)
            buffer_putc(b, ' ');
        buffer_putc(b, *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p);
    }
}

/* « encaissement de l'avance, 657,00 € » */
static void raconter_somme(const char *quoi, struct slice paiement, struct montant m, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    buffer_printf(b, "%s%s%s, %s", quoi, paiement.len == 0 ? "" : slice_equals(paiement, "solde") ? " du " : " de l'",
                  paiement.len == 0 ? "" : paiement_nom(paiement_parse(paiement.bytes, paiement.len)), montant_fr(m, t));
}

void fait_raconter(const struct fait *f, struct buffer *b)
{
    const struct slice mot = f->type == FAIT_DISCORDANCE_JUSTIFIEE ? fait_slice(f, DJ_REGLE)
                             : f->type == FAIT_LITIGE_OUVERT       ? fait_slice(f, LO_CONTRE)
                             : f->type == FAIT_LITIGE_REPONDU      ? fait_slice(f, LR_REPONSE)
                             : f->type == FAIT_LITIGE_CONCLU       ? fait_slice(f, LC_ISSUE)
                                                                   : (struct slice){"", 0};
    switch (f->type) {
    case FAIT_COMMANDE_ENREGISTREE: buffer_puts(b, "enregistrée"); break;
    case FAIT_COMMANDE_COMPLETEE: buffer_puts(b, "complétée"); break;
    case FAIT_COMMANDE_RECTIFIEE: buffer_puts(b, "rectifiée"); break;
    case FAIT_COMMANDE_REMPLACEE: buffer_puts(b, "remplacée"); break;
    case FAIT_COMMANDE_ANNULEE:
        buffer_puts(b, fait_trois(f, CA_ACCORD_CLIENT) == TROIS_OUI ? "annulée, avec l'accord du client" : "annulée");
        break;
    case FAIT_COMMANDE_NOTEE: buffer_puts(b, "note"); break;
    case FAIT_PIECE_JOINTE: raconter_role("pièce jointe", fait_slice(f, PJ_PIECE), b); break;
    case FAIT_NON_CUMUL_ATTESTE: buffer_puts(b, "attestation de non-cumul"); break;
    case FAIT_DISCORDANCE_JUSTIFIEE: buffer_printf(b, "%.*s justifiée", (int)mot.len, mot.bytes); break;
    case FAIT_LITIGE_OUVERT: buffer_printf(b, "litige ouvert, contre %.*s", (int)mot.len, mot.len > 0 ? mot.bytes : ""); break;
    case FAIT_LITIGE_REPONDU: buffer_printf(b, "réponse au litige : %.*s", (int)mot.len, mot.bytes); break;
    case FAIT_LITIGE_CONCLU: buffer_printf(b, "litige conclu : %.*s", (int)mot.len, mot.bytes); break;
    case FAIT_AVANCE_DEMANDEE: raconter_demande(f, b); break;
    case FAIT_FACTURE_ENREGISTREE: raconter_facture(f, b); break;
    case FAIT_VA_ENREGISTREE: raconter_va(f, b); break;
    case FAIT_SOLDE_DEMANDE: raconter_solde(f, b); break;
    case FAIT_SOLDE_EMIS: buffer_printf(b, "solde émis dans le lot %lld", (long long)fait_n(f, SM_LOT)); break;
    case FAIT_AVANCE_EMISE: buffer_printf(b, "émise dans le lot %lld", (long long)fait_n(f, AE_LOT)); break;
    case FAIT_LOT_DEPOSE: buffer_printf(b, "lot %lld déposé à l'ASP", (long long)fait_n(f, LD_LOT)); break;
    case FAIT_LOT_ANNULE: buffer_printf(b, "lot %lld annulé avant son dépôt", (long long)fait_n(f, LA_LOT)); break;
    case FAIT_DEMANDE_REPONDUE: raconter_reponse(f, b); break;
    case FAIT_ENCAISSEMENT_ENREGISTRE:
        raconter_somme("encaissement", fait_slice(f, EN_PAIEMENT), fait_montant(f, EN_MONTANT), b);
        break;
    case FAIT_ENCAISSEMENT_RETIRE:
        raconter_somme("retrait de l'encaissement", fait_slice(f, ER_PAIEMENT), fait_montant(f, ER_MONTANT), b);
        break;
    case FAIT_ORDRE_DE_RECOUVRER:
        raconter_somme("ordre de recouvrer", (struct slice){NULL, 0}, fait_montant(f, OR_MONTANT), b);
        break;
    case FAIT_REVERSEMENT_EFFECTUE:
        raconter_somme("reversement", (struct slice){NULL, 0}, fait_montant(f, RE_MONTANT), b);
        break;
    case FAIT_SOMME_RETIREE:
        raconter_somme(slice_equals(fait_slice(f, ST_QUOI), "ordre") ? "retrait de l'ordre de recouvrer" : "retrait du reversement",
                       (struct slice){NULL, 0}, fait_montant(f, ST_MONTANT), b);
        break;
    case FAIT_DEPOT_RECTIFIE: raconter_depot_rectifie(f, b); break;
    case FAIT_REPONSE_RETIREE: raconter_reponse_retiree(f, b); break;
    default: raconter_nom(f, b); break;
    }
}
