/* Merging an order read again with its recorded content. */
#include "metier/commande_fusion_interne.h"

#include <string.h>

#include "metier/commande_fait.h"
#include "registre/base.h"
#include "registre/journal.h"

/* --- differences ------------------------------------------------------------------------------------------------- */

struct ecart *fusion_ajouter(struct fusionneur *u, enum difference_nature nature, enum fait_champ champ, finess et, size_t ligne)
{
    struct fusion *x = u->x;
    x->completees += nature == DIFFERENCE_COMPLETE;
    x->rectifiees += nature == DIFFERENCE_RECTIFIE;
    x->perimees += nature == DIFFERENCE_PERIMEE;
    x->d = memoire_grow(x->d, &x->cap, x->n + 1, sizeof *x->d);
    x->d[x->n] = (struct ecart){nature, champ, et, NULL, NULL, ligne};
    return &x->d[x->n++];
}

static size_t ligne_de(const struct fusionneur *u, size_t colonne)
{
    return u->o->source[colonne] != 0 ? u->o->source[colonne] - 1 : u->o->ligne;
}

struct fait_valeur *fusion_valeur(struct fait *f, enum fait_champ champ)
{
    return &f->v[champ - fait_forme(f->type)->premier];
}

/* Does the sheet empty what is recorded? By name, or by an empty cell of a column it has. */
bool fusion_vidage(const struct fusionneur *u, size_t colonne)
{
    return u->vider != NULL && u->vider[colonne];
}

bool fusion_vide_parle(const struct fusionneur *u, size_t colonne)
{
    return fusion_vidage(u, colonne) || (u->mode != FUSION_VALEURS && feuille_colonne_presente(u->f, colonne));
}

/* --- fields of the order ----------------------------------------------------------------------------------------- */

static bool est_montant(enum fait_champ champ)
{
    return champ == CE_MONTANT_HT || champ == CE_MONTANT_TVA || champ == CE_MONTANT_TTC;
}

struct montant contenu_montant_lu(const struct fait *f, enum fait_champ champ)
{
    const struct slice mots = fait_slice(f, CE_CALCULES);
    const char *mot = champ == CE_MONTANT_HT ? "ht" : champ == CE_MONTANT_TVA ? "tva" : "ttc";
    for (size_t i = 0; i < mots.len;) {
        size_t n = 0;
        while (i + n < mots.len && mots.bytes[i + n] != '+')
            n++;
        if (slice_equals((struct slice){mots.bytes + i, n}, mot))
            return MONTANT_ABSENT;
        i += n + 1;
    }
    return fait_montant(f, champ);
}

/* The field as the document gives it. */
static struct fait_valeur lue(const struct fait *f, enum fait_champ champ)
{
    struct fait_valeur v = *fait_get(f, champ);
    if (est_montant(champ) && !montant_present(contenu_montant_lu(f, champ)))
        v.present = false;
    return v;
}

static bool champ_ancien_egal(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et)
{
    const struct fait_valeur x = lue(&u->anciens[ancien], champ), y = lue(&u->lu, champ);
    (void)et;
    return fusion_valeurs(&x, &y, champ_forme(champ)->liste) &&
           (champ != CE_DEJA_EQUIPE || fusion_valeurs(fait_get(&u->anciens[ancien], CE_DEJA_EQUIPE_DEPUIS), fait_get(&u->lu, CE_DEJA_EQUIPE_DEPUIS), false));
}

static void noter_champ(struct fusionneur *u, enum difference_nature nature, enum fait_champ champ)
{
    struct ecart *d = fusion_ajouter(u, nature, champ, FINESS_ABSENT, ligne_de(u, colonne_du_champ(champ)));
    d->avant = champ_dire(&u->x->avant, champ, u->a);
    d->apres = champ_dire(&u->lu, champ, u->a);
}

/* Applies what the sheet says of one field; `complete`: nothing recorded is changed by it. */
static void appliquer(struct fusionneur *u, enum fait_champ champ, bool complete)
{
    const bool vide = !lue(&u->lu, champ).present;
    if (!fusion_vidage(u, colonne_du_champ(champ)) && fusion_deja_dit(u, champ_ancien_egal, champ, FINESS_ABSENT)) {
        if (!vide)
            noter_champ(u, DIFFERENCE_PERIMEE, champ);
        return;
    }
    noter_champ(u, complete ? DIFFERENCE_COMPLETE : DIFFERENCE_RECTIFIE, champ);
    *fusion_valeur(&u->x->apres, champ) = vide ? (struct fait_valeur){0} : *fait_get(&u->lu, champ);
    if (champ == CE_DEJA_EQUIPE)
        *fusion_valeur(&u->x->apres, CE_DEJA_EQUIPE_DEPUIS) = *fait_get(&u->lu, CE_DEJA_EQUIPE_DEPUIS);
    if (est_montant(champ))
        u->montants_lus |= 1u << (champ - CE_MONTANT_HT);
    u->recalculer = u->recalculer || est_montant(champ) || champ == CE_TAUX_TVA || champ == CE_LIGNES;
}

/* oui, non, or since when: one value, of which « oui » says less than a date. */
static void fusionner_equipement(struct fusionneur *u)
{
    const enum trois avant = fait_trois(&u->x->avant, CE_DEJA_EQUIPE), lu = fait_trois(&u->lu, CE_DEJA_EQUIPE);
    const struct fait_valeur *x = fait_get(&u->x->avant, CE_DEJA_EQUIPE_DEPUIS), *y = fait_get(&u->lu, CE_DEJA_EQUIPE_DEPUIS);
    if (lu == TROIS_ABSENT ? avant == TROIS_ABSENT || !fusion_vide_parle(u, C_DEJA_EQUIPE)
                           : avant == lu && (!y->present || fusion_valeurs(x, y, false)))
        return;
    appliquer(u, CE_DEJA_EQUIPE, avant == TROIS_ABSENT || (avant == lu && !x->present));
}

static void fusionner_champ(struct fusionneur *u, enum fait_champ champ)
{
    const struct fait_valeur avant = lue(&u->x->avant, champ), lu = lue(&u->lu, champ);
    const size_t colonne = colonne_du_champ(champ);
    if (fusion_valeurs(&avant, &lu, champ_forme(champ)->liste) || (!lu.present && !fusion_vide_parle(u, colonne)))
        return;
    if ((champ == CE_FOURNISSEUR || champ == CE_NUMERO) && u->o->source[colonne] == 0)
        return; /* not said: deduced, or the order that was named */
    appliquer(u, champ, !avant.present);
}

/* --- signatory --------------------------------------------------------------------------------------------------- */

/* 1 the same, 0 another one, −1 a fault. A name erased since cannot be compared: taken as the same. */
static int meme_nom(struct fusionneur *u, int64_t fait)
{
    struct buffer nom = {0};
    const int lu = fait == 0 ? -2 : personne_lire(u->ctx->registre, fait, "signataire", &nom, NULL, u->ctx->diags);
    const int r = lu == -1 ? -1 : lu == -2 ? 0 : lu == 0 ? 1
                  : fusion_slices((struct slice){nom.bytes, nom.len}, u->o->signataire);
    buffer_free(&nom);
    return r;
}

static bool nom_ancien_egal(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et)
{
    struct fusionneur v = *u;
    (void)et;
    if (!fait_get(&u->anciens[ancien], champ)->present)
        return u->o->signataire.len == 0;
    return u->o->signataire.len > 0 && meme_nom(&v, u->notes[ancien].fait) == 1;
}

static void fusionner_nom(struct fusionneur *u)
{
    const bool la = fait_get(&u->x->avant, CE_SIGNATAIRE)->present, vide = u->o->signataire.len == 0;
    const int meme = la ? meme_nom(u, u->x->etat.signataire) : vide;
    if (meme < 0)
        u->ok = false;
    if (meme != 0 && !(la && vide && fusion_vidage(u, C_SIGNATAIRE)))
        return;
    if (vide && !fusion_vide_parle(u, C_SIGNATAIRE))
        return;
    if (!fusion_vidage(u, C_SIGNATAIRE) && fusion_deja_dit(u, nom_ancien_egal, CE_SIGNATAIRE, FINESS_ABSENT)) {
        if (!vide)
            (void)fusion_ajouter(u, DIFFERENCE_PERIMEE, CE_SIGNATAIRE, FINESS_ABSENT, ligne_de(u, C_SIGNATAIRE));
        return;
    }
    (void)fusion_ajouter(u, la ? DIFFERENCE_RECTIFIE : DIFFERENCE_COMPLETE, CE_SIGNATAIRE, FINESS_ABSENT, ligne_de(u, C_SIGNATAIRE));
    *fusion_valeur(&u->x->apres, CE_SIGNATAIRE) = (struct fait_valeur){0};
    u->x->nom_change = !vide;
}

/* --- piece ------------------------------------------------------------------------------------------------------- */

static bool piece_ancienne_egale(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et)
{
    (void)et;
    return fusion_valeurs(fait_get(&u->anciens[ancien], champ), fait_get(&u->lu, champ), true);
}

/* The pieces of that role joined to the order: 1 that one among them, 0 others only, −1 none, −2 a fault. */
static int piece_jointe(struct fusionneur *u)
{
    const struct piece_ref *ref = &u->o->piece_ref;
    sqlite3_stmt *s = registre_stmt(u->ctx->registre, "select max(empreinte = ?3) from piece_jointe where commande = ?1 and role = ?2",
                                    u->ctx->diags);
    if (s == NULL)
        return -2;
    lier_n(s, 1, u->x->etat.commande);
    lier_n(s, 2, (int64_t)ref->role);
    lier_octets(s, 3, ref->empreinte.octets, sizeof ref->empreinte.octets);
    const int la = registre_suivant(u->ctx->registre, s, u->ctx->diags);
    const int r = la < 1 ? -2 : sqlite3_column_type(s, 0) == SQLITE_NULL ? -1 : sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return r;
}

static void fusionner_piece(struct fusionneur *u)
{
    const int jointe = u->o->piece ? piece_jointe(u) : 1;
    u->ok = u->ok && jointe != -2;
    if (jointe == 1 || jointe == -2)
        return;
    if (fusion_deja_dit(u, piece_ancienne_egale, CE_PIECE, FINESS_ABSENT)) {
        (void)fusion_ajouter(u, DIFFERENCE_PERIMEE, CE_PIECE, FINESS_ABSENT, ligne_de(u, C_PIECE));
        return;
    }
    (void)fusion_ajouter(u, jointe < 0 ? DIFFERENCE_COMPLETE : DIFFERENCE_RECTIFIE, CE_PIECE, FINESS_ABSENT, ligne_de(u, C_PIECE));
    *fusion_valeur(&u->x->apres, CE_PIECE) = *fait_get(&u->lu, CE_PIECE);
    u->x->piece_change = true;
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

/* Fields with a way of their own; the others are compared by their type alone. */
static bool champ_a_part(enum fait_champ c)
{
    return c == CE_CALCULES || c == CE_SIGNATAIRE || c == CE_DEJA_EQUIPE || c == CE_DEJA_EQUIPE_DEPUIS || c == CE_PIECE ||
           (c >= CE_ESSMS && c <= CE_COMMUNE);
}

bool commande_fusionner(struct contexte *ctx, struct feuille *f, const struct commande_lue *o, int64_t commande,
                        enum fusion_mode mode, const bool *vider, struct arene *a, struct fusion *out)
{
    struct fusionneur u = {.ctx = ctx, .f = f, .o = o, .mode = mode, .vider = vider, .a = a, .x = out, .ok = true};
    const struct fait_forme *forme = fait_forme(FAIT_COMMANDE_ENREGISTREE);
    *out = (struct fusion){0};
    if (!commande_etat_lire(ctx, commande, a, &out->etat) || !contenu_du_fait(ctx, out->etat.contenu, a, &out->avant))
        return false;
    out->apres = out->avant;
    commande_fait_sans_nom(o, a, &u.lu);
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ champ = (enum fait_champ)(forme->premier + i);
        if (!champ_a_part(champ))
            fusionner_champ(&u, champ);
        else if (champ == CE_DEJA_EQUIPE)
            fusionner_equipement(&u);
        else if (champ == CE_SIGNATAIRE)
            fusionner_nom(&u);
        else if (champ == CE_PIECE)
            fusionner_piece(&u);
    }
    return fusion_listes(&u) && u.ok;
}

void fusion_free(struct fusion *x)
{
    memoire_free(x->d);
    *x = (struct fusion){0};
}
