/* Mandates that éditeurs give to distributeurs: one row = one mandate, known by both, its solution and its first day. */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/feuilles.h"
#include "metier/piece_lue.h"
#include "metier/reserve.h"
#include "metier/transaction.h"

struct mandat_lu {
    uint32_t distributeur, editeur;
    struct slice solution; /* ANS number as recorded, in the arena; empty = all */
    struct jour du, au_le, retire_le;
    char *chemin;
    bool piece;
    struct piece_ref ref;
    uint64_t place;        /* in the reserve */
};

struct lecture_mandats {
    struct contexte *ctx;
    struct cellules c;
    struct arene arene;
};

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* The supplier must be known, with its role: COM-12 asks for both. */
static void distributeur_verifier(struct lecture_mandats *l, size_t i, size_t champ, uint32_t siren)
{
    char t[10];
    sqlite3_stmt *s = registre_stmt(l->ctx->registre, "select 1 from fournisseur where siren = ?1", l->ctx->diags);
    int la = -1;
    if (s != NULL) {
        lier_n(s, 1, siren);
        la = registre_suivant(l->ctx->registre, s, l->ctx->diags);
        sqlite3_finalize(s);
    }
    if (la == 0)
        diag_a_faire(cellule_faute(&l->c, E_INCONNU, i, champ, "ce fournisseur n'est pas déclaré"),
                     "sons fournisseur declarer --siren %s --nom NOM --role distributeur", siren_texte(siren, t));
    l->c.ok = l->c.ok && la == 1;
}

/* The number of the solution as it is recorded; it must be one of the éditeur's. */
static struct slice solution_lire(struct lecture_mandats *l, size_t i, size_t champ, uint32_t editeur)
{
    const struct slice lue = cellule_texte_de(&l->c, i, champ);
    struct slice numero = {NULL, 0};
    char t[10];
    if (lue.len == 0 || editeur == 0)
        return numero;
    sqlite3_stmt *s = registre_stmt(l->ctx->registre, "select numero_ans, siren_editeur from solution where numero_ans = ?1 "
                                                      "order by siren_editeur = ?2 desc limit 1", l->ctx->diags);
    if (s == NULL) {
        l->c.ok = false;
        return numero;
    }
    lier_slice(s, 1, lue);
    lier_n(s, 2, editeur);
    const int la = registre_suivant(l->ctx->registre, s, l->ctx->diags);
    const uint32_t le_sien = la == 1 ? (uint32_t)sqlite3_column_int64(s, 1) : 0;
    if (la == 0) {
        struct diag *d = cellule_faute(&l->c, E_INCONNU, i, champ, "aucune solution n'a ce numéro ANS");
        diag_trouve(d, "%.*s", (int)(lue.len > 80 ? 80 : lue.len), lue.bytes);
        diag_a_faire(d, "recopier le numéro (sons solution lister), ou laisser vide pour toutes celles de l'éditeur");
    } else if (la == 1 && le_sien != editeur) {
        struct diag *d = cellule_faute(&l->c, E_VALEUR, i, champ, "cette solution est d'un autre éditeur");
        diag_trouve(d, "éditeur %s", siren_texte(le_sien, t));
        diag_attendu(d, "éditeur %s", siren_texte(editeur, t));
    } else if (la == 1) {
        numero = colonne_slice(s, 0);
        numero.bytes = arene_strndup(&l->arene, numero.bytes, numero.len);
    }
    l->c.ok = l->c.ok && la >= 0;
    sqlite3_finalize(s);
    return numero;
}

static void jours_verifier(struct cellules *c, size_t i, const struct mandat_lu *m)
{
    if (jour_present(m->du) && jour_present(m->au_le) && jour_cmp(m->au_le, m->du) < 0)
        (void)cellule_faute(c, E_CHRONOLOGIE, i, M_AU_LE, "le dernier jour précède le premier");
    if (jour_present(m->du) && jour_present(m->retire_le) && jour_cmp(m->retire_le, m->du) < 0)
        (void)cellule_faute(c, E_CHRONOLOGIE, i, M_RETIRE_LE, "le retrait précède le premier jour");
}

static void parties_lire(struct lecture_mandats *l, size_t i, size_t distributeur, size_t editeur, size_t solution, struct mandat_lu *m)
{
    cellule_exiger(&l->c, i, distributeur);
    cellule_exiger(&l->c, i, editeur);
    m->distributeur = cellule_siren_de(&l->c, i, distributeur);
    m->editeur = cellule_siren_de(&l->c, i, editeur);
    if (m->distributeur != 0 && m->distributeur == m->editeur)
        (void)cellule_faute(&l->c, E_VALEUR, i, distributeur, "un éditeur n'a pas besoin de mandat de lui-même");
    else if (m->distributeur != 0)
        distributeur_verifier(l, i, distributeur, m->distributeur);
    m->solution = solution_lire(l, i, solution, m->editeur);
}

static void mandat_lire_ligne(struct lecture_mandats *l, size_t i, struct mandat_lu *m)
{
    parties_lire(l, i, M_DISTRIBUTEUR, M_EDITEUR, M_SOLUTION, m);
    cellule_exiger(&l->c, i, M_DU);
    m->du = cellule_jour_de(&l->c, i, M_DU);
    m->au_le = cellule_jour_de(&l->c, i, M_AU_LE);
    m->retire_le = cellule_jour_de(&l->c, i, M_RETIRE_LE);
    jours_verifier(&l->c, i, m);
    if (feuille_valeur(l->c.f, i, M_PIECE).len > 0)
        m->chemin = piece_chemin(&l->c, i, M_PIECE);
}

/* Every file is read before the lock is taken. */
static bool pieces_mettre_de_cote(struct contexte *ctx, enum fichier_ouverture mode, struct mandat_lu *t, size_t n, struct reserve *r)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        struct piece_lue p = {0};
        if (t[i].chemin == NULL)
            continue;
        t[i].piece = piece_lire(t[i].chemin, mode, PIECE_AUTRE, &p, ctx->diags) && reserve_mettre(r, &p.octets, &t[i].place, ctx->diags);
        t[i].ref = p.ref;
        ok = ok && t[i].piece;
        buffer_free(&p.octets);
    }
    return ok;
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

struct mandat_connu {
    bool connu;
    struct jour au_le, retire_le;
    struct buffer piece;
};

static struct jour jour_colonne(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, i)};
}

static bool mandat_connaitre(struct contexte *ctx, const struct mandat_lu *m, struct mandat_connu *out)
{
    *out = (struct mandat_connu){.au_le = JOUR_ABSENT, .retire_le = JOUR_ABSENT};
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select au_le, retire_le, piece from mandat where distributeur = ?1 and editeur = ?2 "
                                                   "and solution = ?3 and du = ?4", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, m->distributeur);
    lier_n(s, 2, m->editeur);
    lier_slice(s, 3, m->solution);
    lier_n(s, 4, m->du.n);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice piece = colonne_slice(s, 2);
        out->connu = true;
        out->au_le = jour_colonne(s, 0);
        out->retire_le = jour_colonne(s, 1);
        buffer_append(&out->piece, piece.bytes, piece.len);
    }
    sqlite3_finalize(s);
    return la >= 0;
}

/* What a row changes is said, as for the other registers. */
static void dire_change(struct contexte *ctx, struct feuille *f, size_t ligne, const char *quoi, struct jour avant, struct jour apres)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct lieu lieu = feuille_lieu(f, ligne, M_NOMBRE);
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "cette ligne met à jour un mandat enregistré : %s", quoi);
    diag_trouve(d, "%s au lieu de %s", jour_present(apres) ? jour_fr(apres, t) : "rien", jour_present(avant) ? jour_fr(avant, u) : "rien");
    diag_lieu(d, &lieu);
}

static bool piece_garder(struct contexte *ctx, const struct reserve *r, const struct mandat_lu *m)
{
    struct buffer octets = {0};
    const bool ok = reserve_lire(r, m->place, m->ref.taille, &octets, ctx->diags) &&
                    piece_enregistrer(ctx->registre, &m->ref.empreinte, octets.bytes, octets.len, ctx->diags);
    buffer_free(&octets);
    return ok;
}

static bool declarer(struct acte *a, const struct mandat_lu *m, const struct buffer *ref)
{
    struct fait f;
    fait_init(&f, FAIT_MANDAT_DECLARE);
    fait_put_siren(&f, MD_DISTRIBUTEUR, m->distributeur);
    fait_put_siren(&f, MD_EDITEUR, m->editeur);
    fait_put_slice(&f, MD_SOLUTION, m->solution);
    fait_put_jour(&f, MD_DU, m->du);
    fait_put_jour(&f, MD_AU_LE, m->au_le);
    fait_put_slice(&f, MD_PIECE, (struct slice){ref->bytes, ref->len});
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

static bool retirer(struct acte *a, const struct mandat_lu *m, struct jour le, const char *motif)
{
    struct fait f;
    fait_init(&f, FAIT_MANDAT_RETIRE);
    fait_put_siren(&f, MR_DISTRIBUTEUR, m->distributeur);
    fait_put_siren(&f, MR_EDITEUR, m->editeur);
    fait_put_slice(&f, MR_SOLUTION, m->solution);
    fait_put_jour(&f, MR_DU, m->du);
    fait_put_jour(&f, MR_RETIRE_LE, le);
    fait_put_texte(&f, MR_MOTIF, motif);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

static bool meme_jour(struct jour a, struct jour b)
{
    return jour_present(a) == jour_present(b) && (!jour_present(a) || jour_cmp(a, b) == 0);
}

/* An empty retire_le says nothing: a withdrawal is never undone by an omission. */
static bool verser(struct acte *a, struct feuille *f, size_t i, const struct mandat_lu *m, const struct reserve *r, size_t *inchangees)
{
    struct mandat_connu avant;
    struct buffer ref = {0};
    if (m->piece)
        piece_ref_ecrire(&m->ref, &ref);
    bool ok = mandat_connaitre(a->ctx, m, &avant);
    const bool terme = !meme_jour(avant.au_le, m->au_le);
    const bool piece = m->piece && (avant.piece.len != ref.len || memcmp(avant.piece.bytes, ref.bytes, ref.len) != 0);
    const bool retrait = jour_present(m->retire_le) && !meme_jour(avant.retire_le, m->retire_le);
    if (ok && avant.connu && terme)
        dire_change(a->ctx, f, i, "son dernier jour", avant.au_le, m->au_le);
    if (ok && avant.connu && retrait)
        dire_change(a->ctx, f, i, "son retrait", avant.retire_le, m->retire_le);
    if (ok && (!avant.connu || terme || piece))
        ok = (!m->piece || piece_garder(a->ctx, r, m)) && declarer(a, m, &ref);
    if (ok && retrait)
        ok = retirer(a, m, m->retire_le, NULL);
    *inchangees += avant.connu && !terme && !piece && !retrait;
    buffer_free(&avant.piece);
    buffer_free(&ref);
    return ok;
}

static bool ecrire(struct contexte *ctx, struct feuille *f, struct mandat_lu *t, struct import_rapport *out)
{
    const enum fichier_ouverture mode = feuille_est_fichier(f) ? FICHIER_SANS_LIEN : FICHIER_LIENS_SUIVIS;
    struct reserve r = {0};
    struct acte a;
    bool ok = pieces_mettre_de_cote(ctx, mode, t, out->lues, &r) && acte_debut(&a, ctx);
    if (ok) {
        for (size_t i = 0; ok && i < out->lues; i++)
            ok = verser(&a, f, i, &t[i], &r, &out->inchangees);
        out->enregistrees = out->lues - out->inchangees;
        ok = acte_fin(&a, ok);
    }
    reserve_fermer(&r);
    return ok;
}

bool mandats_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct lecture_mandats l = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_MANDATS, &n_champs), ctx->diags, feuille_saine(f)}};
    out->quoi = "mandats";
    out->lues = feuille_nombre(f);
    struct mandat_lu *t = memoire_calloc(out->lues + 1, sizeof *t);
    for (size_t i = 0; i < out->lues; i++)
        mandat_lire_ligne(&l, i, &t[i]);
    const bool ok = l.c.ok && ecrire(ctx, f, t, out);
    for (size_t i = 0; i < out->lues; i++)
        memoire_free(t[i].chemin);
    memoire_free(t);
    arene_free(&l.arene);
    return ok;
}

/* --- withdrawing ------------------------------------------------------------------------------------------------------ */

static void dire_mandats(struct contexte *ctx, size_t n, const struct buffer *candidats)
{
    struct diag *d;
    if (n == 0) {
        d = diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de tel mandat");
        diag_a_faire(d, "voir les mandats : sons mandat lister");
    } else {
        d = diag_erreur(ctx->diags, E_AMBIGU, "%zu mandats répondent à cela", n);
        diag_trouve(d, "%s", candidats->bytes);
        diag_a_faire(d, "donner --solution ou --du");
    }
}

/* The one mandate of those two, of that solution and first day when they are given; not withdrawn ones before the others. */
static bool mandat_trouver(struct lecture_mandats *l, struct mandat_lu *m, struct jour *retire_le)
{
    struct contexte *ctx = l->ctx;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select solution, du, retire_le from mandat where distributeur = ?1 and editeur = ?2 "
                                                   "and (?3 = '' or solution = ?3) and (?4 is null or du = ?4) "
                                                   "order by retire_le is not null, solution, du", ctx->diags);
    struct buffer candidats = {0};
    char t[JOUR_TEXTE_MAX];
    size_t n = 0;
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, m->distributeur);
    lier_n(s, 2, m->editeur);
    lier_slice(s, 3, m->solution);
    lier_n_ou_null(s, 4, m->du.n, jour_present(m->du));
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const struct slice solution = colonne_slice(s, 0);
        if (n > 0 && !jour_present(*retire_le) && sqlite3_column_type(s, 2) != SQLITE_NULL)
            continue; /* withdrawn already, beside one that is not */
        if (n == 0) {
            m->solution = (struct slice){arene_strndup(&l->arene, solution.len == 0 ? "" : solution.bytes, solution.len), solution.len};
            m->du = jour_colonne(s, 1);
            *retire_le = jour_colonne(s, 2);
        }
        buffer_printf(&candidats, "%s%.*s du %s", n++ > 0 ? ", " : "", solution.len == 0 ? 20 : (int)solution.len,
                      solution.len == 0 ? "toutes les solutions" : solution.bytes, jour_fr(jour_colonne(s, 1), t));
    }
    sqlite3_finalize(s);
    if (la == 0 && n != 1)
        dire_mandats(ctx, n, &candidats);
    buffer_free(&candidats);
    return la == 0 && n == 1;
}

bool acte_mandat_retirer(struct contexte *ctx, struct feuille *f, const char *motif, bool *deja)
{
    size_t n_champs;
    char t[JOUR_TEXTE_MAX];
    struct lecture_mandats l = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_RETRAITS, &n_champs), ctx->diags, feuille_saine(f)}};
    struct mandat_lu m = {0};
    struct jour retire_le = JOUR_ABSENT;
    struct acte a;
    if (!acte_date(ctx))
        return false;
    const struct jour le = instant_jour(ctx->le);
    parties_lire(&l, 0, R_DISTRIBUTEUR, R_EDITEUR, R_SOLUTION, &m);
    m.du = cellule_jour_de(&l.c, 0, R_DU);
    bool ok = l.c.ok && mandat_trouver(&l, &m, &retire_le);
    *deja = ok && meme_jour(retire_le, le);
    if (ok && jour_cmp(le, m.du) < 0) {
        diag_trouve(diag_erreur(ctx->diags, E_CHRONOLOGIE, "le retrait précède le premier jour du mandat"), "premier jour %s", jour_fr(m.du, t));
        ok = false;
    }
    if (ok && !*deja)
        ok = acte_debut(&a, ctx) && acte_fin(&a, retirer(&a, &m, le, motif));
    arene_free(&l.arene);
    return ok;
}
