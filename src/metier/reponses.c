#include "metier/reponses.h"

#include <string.h>

#include "metier/commande_contenu.h"
#include "noyau/tri.h"
#include "registre/vie_lire.h"

#define SQL_VIE "select " VIE_COLONNES " from vie where commande = ?1 order by le, fait"
#define SQL_REPONSES "select statut, le, montant, numero_asp, motifs, fait from reponse where commande = ?1 and demande = ?2 and version = ?3 order by le, fait"
#define SQL_MEMES "select statut, le, montant, numero_asp, motifs from reponse where commande = ?1 and le = ?2 and statut = ?3 and ?4 in (0, paiement) " \
                  "and ?5 in (0, demande) and ?6 in (0, version)"
#define SQL_ASP "select o.numero from reponse r join commande o on o.fait = r.commande where r.numero_asp = ?1 and r.demande <> ?2 limit 1"

bool reponses_ouvrir(struct reponses *r, struct acte *acte, struct retour_rapport *out, int64_t retour, int64_t premier)
{
    struct contexte *ctx = acte->ctx;
    *r = (struct reponses){.ctx = ctx, .acte = acte, .out = out, .retour = retour, .premier = premier, .prochain = premier};
    r->vie = registre_stmt(ctx->registre, SQL_VIE, ctx->diags);
    r->reponses = registre_stmt(ctx->registre, SQL_REPONSES, ctx->diags);
    r->memes = registre_stmt(ctx->registre, SQL_MEMES, ctx->diags);
    r->asp = registre_stmt(ctx->registre, SQL_ASP, ctx->diags);
    return r->vie != NULL && r->reponses != NULL && r->memes != NULL && r->asp != NULL;
}

void reponses_fermer(struct reponses *r)
{
    sqlite3_finalize(r->vie);
    sqlite3_finalize(r->reponses);
    sqlite3_finalize(r->memes);
    sqlite3_finalize(r->asp);
    buffer_free(&r->textes);
    memoire_free(r->fins);
    memoire_free(r->lignes);
}

/* --- the life of the order, at the date of the answer and now --------------------------------------------------------- */

struct vies {
    struct vie alors, maintenant;
};

static bool lire_vies(struct reponses *r, const struct reponse_lue *x, struct vies *v)
{
    sqlite3_stmt *s = r->vie;
    int la;
    vie_init(&v->alors);
    vie_init(&v->maintenant);
    (void)sqlite3_reset(s);
    lier_n(s, 1, x->commande);
    while ((la = registre_suivant(r->ctx->registre, s, r->ctx->diags)) == 1) {
        struct evenement e;
        evenement_colonnes(s, 0, &e);
        vie_ajouter(&v->maintenant, &e);
        if (instant_cmp(e.le, x->le) <= 0)
            vie_ajouter(&v->alors, &e);
    }
    (void)sqlite3_reset(s);
    return la == 0;
}

/* --- refusals --------------------------------------------------------------------------------------------------------- */

static struct diag *refuser(struct reponses *r, const struct reponse_lue *x, enum erreur_code code, const char *quoi)
{
    struct contexte *ctx = r->ctx;
    struct arene a = {0};
    struct commande_etat e = {.numero = ""};
    r->refuse = true;
    (void)commande_etat_lire(ctx, x->commande, &a, &e);
    struct diag *d = diag_erreur(ctx->diags, code, "commande %s : %s", e.numero, quoi);
    if (x->lieu.fichier != NULL)
        diag_lieu(d, &x->lieu);
    arene_free(&a);
    return d;
}

/* The state at that date takes no answer: told with the facts that led there. */
static bool etat_refuse(struct reponses *r, const struct reponse_lue *x, enum etat_commande etat)
{
    struct contexte *ctx = r->ctx;
    struct arene a = {0};
    struct commande_etat e;
    r->refuse = true;
    if (commande_etat_lire(ctx, x->commande, &a, &e)) {
        if (e.etat != ETAT_RENONCEE && e.etat != ETAT_REMPLACEE) /* told by other orders, which the fold does not hold */
            e.etat = etat;
        const size_t rang = ctx->diags->n;
        if (commande_permet(ctx, &e, ACTE_REPONDRE)) { /* to the other payment */
            struct diag *d = diag_erreur(ctx->diags, E_ETAT, "commande %s : la demande dont parle cette réponse n'est pas déposée à l'ASP", e.numero);
            diag_trouve(d, "elle est %s", etat_label(etat));
            diag_a_faire(d, "dire à quel versement l'ASP répond (--paiement), ou d'abord déposer le lot : sons lot deposer");
        }
        if (x->lieu.fichier != NULL && ctx->diags->n > rang)
            diag_lieu(&ctx->diags->items[rang], &x->lieu);
    }
    arene_free(&a);
    return false;
}

static bool final(enum statut_asp s)
{
    return s == STATUT_PAYEE || s == STATUT_REJETEE;
}

/* Which request, which version it answers: false when it is refused. `*depassee`: one that was sent again since. */
static bool viser(struct reponses *r, const struct reponse_lue *x, const struct vies *v, struct reponse_lue *vise, bool *depassee)
{
    char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
    *vise = *x;
    *depassee = false;
    if (x->paiement == PAIEMENT_AUCUN)
        vise->paiement = instant_present(v->alors.solde.premier_depot) ? PAIEMENT_SOLDE : PAIEMENT_AVANCE;
    const struct dossier_demande *alors = vie_demande(&v->alors, vise->paiement), *la = vie_demande(&v->maintenant, vise->paiement);
    if (!instant_present(alors->premier_depot)) {
        if (!instant_present(la->premier_depot))
            return etat_refuse(r, x, vie_etat(&v->maintenant));
        struct diag *d = refuser(r, x, E_CHRONOLOGIE, "réponse datée d'avant le dépôt de la demande");
        diag_trouve(d, "%s", instant_fr(x->le, t));
        diag_attendu(d, "au plus tôt le %s", instant_fr(la->premier_depot, u));
        return false;
    }
    if (vise->demande == 0)
        vise->demande = alors->numero;
    if (vise->demande != alors->numero) {
        diag_trouve(refuser(r, x, E_RETOUR, "ce n'est pas la demande que l'ASP avait à cette date"), "demande %lld, au lieu de %lld",
                    (long long)vise->demande, (long long)alors->numero);
        return false;
    }
    if (vise->version == 0)
        vise->version = alors->version;
    *depassee = vise->version < alors->version;
    if (vise->version > alors->version || (!*depassee && !instant_present(alors->deposee_le))) {
        struct diag *d = refuser(r, x, E_ETAT, "cette version de la demande n'était pas déposée à cette date");
        diag_trouve(d, "version %u ; déposée en dernier : version %u", vise->version, alors->version - !instant_present(alors->deposee_le));
        diag_a_faire(d, "donner la version à laquelle l'ASP répond (--version), ou d'abord déposer le lot : sons lot deposer");
        return false;
    }
    return true;
}

/* --- against the answers already recorded ----------------------------------------------------------------------------- */

static void joindre_motifs(const struct reponse_lue *x, struct buffer *b)
{
    for (size_t i = 0; i < x->n_motifs; i++) {
        buffer_puts(b, i > 0 ? " | " : "");
        buffer_append(b, x->motifs[i].bytes, x->motifs[i].len);
    }
}

static bool memes_octets(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

/* Nothing of it is new: what it does not say is not compared. A final answer has one date, the first recorded. */
static bool deja_dite(const struct reponse_lue *x, sqlite3_stmt *s, const struct buffer *motifs)
{
    const struct slice asp = colonne_slice(s, 3), dits = colonne_slice(s, 4);
    return sqlite3_column_int(s, 0) == (int)x->statut && (final(x->statut) || sqlite3_column_int64(s, 1) == x->le.s) &&
           (!montant_present(x->montant) || (sqlite3_column_type(s, 2) != SQLITE_NULL && sqlite3_column_int64(s, 2) == x->montant.centimes)) &&
           (x->numero_asp.len == 0 || memes_octets(x->numero_asp, asp)) &&
           (x->n_motifs == 0 || memes_octets((struct slice){motifs->bytes, motifs->len}, dits));
}

/* The very same answer, whatever was asked again since: 1, 0, −1 a fault. */
static int redite(struct reponses *r, const struct reponse_lue *x)
{
    sqlite3_stmt *s = r->memes;
    struct buffer motifs = {0};
    bool trouvee = false;
    int la;
    joindre_motifs(x, &motifs);
    (void)sqlite3_reset(s);
    lier_n(s, 1, x->commande);
    lier_n(s, 2, x->le.s);
    lier_n(s, 3, (int64_t)x->statut);
    lier_n(s, 4, (int64_t)x->paiement);
    lier_n(s, 5, x->demande);
    lier_n(s, 6, x->version);
    while ((la = registre_suivant(r->ctx->registre, s, r->ctx->diags)) == 1 && !trouvee)
        trouvee = deja_dite(x, s, &motifs);
    (void)sqlite3_reset(s);
    buffer_free(&motifs);
    return la < 0 ? -1 : trouvee;
}

/* Why it cannot stand beside this one, or NULL. */
static const char *contredit(const struct reponse_lue *x, sqlite3_stmt *s)
{
    const enum statut_asp statut = (enum statut_asp)sqlite3_column_int(s, 0);
    const int64_t le = sqlite3_column_int64(s, 1);
    const struct slice asp = colonne_slice(s, 3);
    if (x->numero_asp.len > 0 && asp.len > 0 && !memes_octets(x->numero_asp, asp))
        return "l'ASP donnait un autre numéro à cette demande";
    if (statut == x->statut && (final(statut) || le == x->le.s))
        return montant_present(x->montant) && sqlite3_column_type(s, 2) != SQLITE_NULL && sqlite3_column_int64(s, 2) != x->montant.centimes
                   ? "l'ASP disait un autre montant" : NULL;
    if (final(statut) && (final(x->statut) || le <= x->le.s))
        return "l'ASP avait déjà décidé autrement";
    if (final(x->statut) && le > x->le.s)
        return "l'ASP répondait encore après cette décision";
    return le == x->le.s && statut != STATUT_RECUE ? "deux réponses différentes au même instant" : NULL;
}

enum sort { SORT_NOUVELLE, SORT_DEJA, SORT_REFUSEE, SORT_FAUTE };

/* Nothing says that it is about the advance, and the balance waits for its deposit: it may be meant. */
static bool solde_en_attente(const struct reponse_lue *lue, const struct vies *v)
{
    return lue->paiement == PAIEMENT_AUCUN && lue->demande == 0 && lue->numero_asp.len == 0 && v->alors.solde.existe &&
           !instant_present(v->alors.solde.premier_depot);
}

static enum sort comparer(struct reponses *r, const struct reponse_lue *x, const struct reponse_lue *lue, const struct vies *v)
{
    sqlite3_stmt *s = r->reponses;
    struct buffer motifs = {0};
    char t[INSTANT_TEXTE_MAX];
    enum sort sort = SORT_NOUVELLE;
    int la;
    joindre_motifs(x, &motifs);
    (void)sqlite3_reset(s);
    lier_n(s, 1, x->commande);
    lier_n(s, 2, x->demande);
    lier_n(s, 3, x->version);
    while ((la = registre_suivant(r->ctx->registre, s, r->ctx->diags)) == 1 && sort == SORT_NOUVELLE) {
        const char *pourquoi = contredit(x, s);
        if (deja_dite(x, s, &motifs)) {
            sort = SORT_DEJA;
        } else if (pourquoi != NULL && solde_en_attente(lue, v)) {
            (void)etat_refuse(r, x, vie_etat(&v->alors));
            sort = SORT_REFUSEE;
        } else if (pourquoi != NULL) {
            struct diag *d = refuser(r, x, E_RETOUR, pourquoi);
            const int64_t entree = sqlite3_column_int64(s, 5);
            const bool ici = entree >= r->premier; /* of the same file: not an entry yet */
            diag_trouve(d, "%s, le %s (%s, demande %lld, version %u, %s %lld%s)", statut_asp_label((enum statut_asp)sqlite3_column_int(s, 0)),
                        instant_fr((struct instant){sqlite3_column_int64(s, 1)}, t), paiement_nom(x->paiement), (long long)x->demande, x->version,
                        ici ? "ligne" : "entrée", ici ? (long long)r->lignes[entree - r->premier] : (long long)entree, ici ? " de ce retour" : "");
            diag_a_faire(d, "demander à l'ASP laquelle vaut ; si elles se suivent le même jour, donner l'heure de chacune");
            sort = SORT_REFUSEE;
        }
    }
    (void)sqlite3_reset(s);
    buffer_free(&motifs);
    return la < 0 ? SORT_FAUTE : sort;
}

/* A number of ASP is that of one request. */
static bool numero_asp_libre(struct reponses *r, const struct reponse_lue *x, bool *libre)
{
    *libre = true;
    if (x->numero_asp.len == 0)
        return true;
    (void)sqlite3_reset(r->asp);
    lier_slice(r->asp, 1, x->numero_asp);
    lier_n(r->asp, 2, x->demande);
    const int la = registre_suivant(r->ctx->registre, r->asp, r->ctx->diags);
    if (la == 1) {
        const struct slice autre = colonne_slice(r->asp, 0);
        diag_trouve(refuser(r, x, E_RETOUR, "ce numéro de l'ASP est celui d'une autre demande"), "%.*s, commande %.*s",
                    (int)x->numero_asp.len, x->numero_asp.bytes, (int)autre.len, autre.bytes);
        *libre = false;
    }
    (void)sqlite3_reset(r->asp);
    return la >= 0;
}

/* --- its fact --------------------------------------------------------------------------------------------------------- */

static int cmp_slice(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    const int c = memcmp(x->bytes, y->bytes, x->len < y->len ? x->len : y->len);
    return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

size_t motifs_lire(struct slice texte, struct arene *a, const struct slice **out)
{
    struct slice *t = arene_alloc(a, (texte.len + 1) * sizeof *t);
    size_t n = 0, distincts = 0;
    while (texte.len > 0) {
        const char *barre = memchr(texte.bytes, '|', texte.len);
        const size_t len = barre == NULL ? texte.len : (size_t)(barre - texte.bytes);
        t[n] = slice_trim((struct slice){texte.bytes, len});
        n += t[n].len > 0;
        texte = barre == NULL ? (struct slice){NULL, 0} : (struct slice){barre + 1, texte.len - len - 1};
    }
    trier_liste(t, n, sizeof *t, cmp_slice);
    for (size_t i = 0; i < n; i++)
        if (distincts == 0 || cmp_slice(&t[distincts - 1], &t[i]) != 0)
            t[distincts++] = t[i];
    *out = t;
    return distincts;
}

static bool projeter_reponse_lue(struct reponses *r, const struct reponse_lue *x)
{
    struct buffer ref = {0};
    struct fait f;
    fait_init(&f, FAIT_DEMANDE_REPONDUE);
    fait_put_n(&f, DR_COMMANDE, x->commande);
    fait_put_texte(&f, DR_PAIEMENT, paiement_nom(x->paiement));
    fait_put_n(&f, DR_DEMANDE, x->demande);
    fait_put_n(&f, DR_VERSION, x->version);
    fait_put_texte(&f, DR_STATUT, statut_asp_nom(x->statut));
    fait_put_instant(&f, DR_LE, x->le);
    fait_put_slice(&f, DR_NUMERO_ASP, x->numero_asp);
    if (montant_present(x->montant))
        fait_put_montant(&f, DR_MONTANT, x->montant);
    fait_put_liste(&f, DR_MOTIF, x->motifs, x->n_motifs);
    if (r->retour != 0)
        fait_put_n(&f, DR_RETOUR, r->retour);
    if (x->piece.media.len > 0)
        piece_ref_ecrire(&x->piece, &ref);
    fait_put_slice(&f, DR_PIECE, (struct slice){ref.bytes, ref.len});
    fait_ecrire(&f, &r->textes);
    r->lignes = memoire_grow(r->lignes, &r->cap_lignes, r->n + 1, sizeof *r->lignes);
    r->lignes[r->n] = x->lieu.ligne;
    r->fins = memoire_grow(r->fins, &r->cap, r->n + 1, sizeof *r->fins);
    r->fins[r->n++] = r->textes.len;
    const bool ok = projeter(r->acte->p, r->prochain++, &f, r->ctx->diags);
    buffer_free(&ref);
    return ok;
}

/* --- one answer ------------------------------------------------------------------------------------------------------- */

static bool montant_permis(struct reponses *r, const struct reponse_lue *x)
{
    if (!montant_present(x->montant) || x->statut == STATUT_VALIDEE || x->statut == STATUT_PAYEE)
        return true;
    diag_trouve(refuser(r, x, E_RETOUR, "seule une demande validée ou payée a un montant"), "demande %s", statut_asp_label(x->statut));
    return false;
}

/* More than what was asked, less: shown, never absorbed. */
static void dire_ecart(struct reponses *r, const struct reponse_lue *x, const struct dossier_demande *d)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    if (!montant_present(x->montant) || x->montant.centimes == d->montant.centimes)
        return;
    struct diag *g = diag_regle(r->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "demande %lld : l'ASP retient %s pour %s demandés", (long long)x->demande, montant_fr(x->montant, t),
                                montant_fr(d->montant, u));
    if (x->lieu.fichier != NULL)
        diag_lieu(g, &x->lieu);
}

static bool recevable(struct reponses *r, const struct reponse_lue *x, const struct vies *v, bool depassee)
{
    if (depassee && final(x->statut)) {
        diag_a_faire(refuser(r, x, E_RETOUR, "l'ASP ne décide plus d'une version qui a été demandée de nouveau"),
                     "vérifier auprès de l'ASP à quelle version elle répond");
        return false;
    }
    if (!depassee && !cycle_permet(ACTE_REPONDRE, vie_etat(&v->alors), NULL))
        return etat_refuse(r, x, vie_etat(&v->alors));
    return true;
}

bool reponses_ajouter(struct reponses *r, const struct reponse_lue *lue)
{
    struct reponse_lue x;
    struct vies v;
    bool depassee, libre;
    const int connue = redite(r, lue);
    r->out->inchangees += connue == 1;
    if (connue != 0)
        return connue == 1;
    if (!lire_vies(r, lue, &v))
        return false;
    if (!viser(r, lue, &v, &x, &depassee))
        return true;
    const enum sort sort = comparer(r, &x, lue, &v);
    if (sort == SORT_DEJA)
        r->out->inchangees++;
    if (sort != SORT_NOUVELLE || !montant_permis(r, &x))
        return sort != SORT_FAUTE;
    if (!numero_asp_libre(r, &x, &libre))
        return false;
    if (!libre || !recevable(r, &x, &v, depassee))
        return true;
    if (!reponse_homonyme(r->ctx, &x))
        return false;
    dire_ecart(r, &x, vie_demande(&v.alors, x.paiement));
    r->out->enregistrees++;
    r->out->sans_effet += depassee;
    r->out->par_statut[x.statut]++;
    return projeter_reponse_lue(r, &x);
}

bool reponses_ecrire(struct reponses *r)
{
    size_t debut = 0;
    for (size_t i = 0; i < r->n; debut = r->fins[i++])
        if (!journal_append(r->ctx->registre, (struct slice){r->textes.bytes + debut, r->fins[i] - debut}, (struct slice){NULL, 0}, r->ctx->diags))
            return false;
    return true;
}
