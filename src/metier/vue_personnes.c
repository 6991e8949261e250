/* What is held on people, and what was erased. */
#include <string.h>

#include "metier/contact.h"
#include "metier/personnes.h"
#include "metier/vue_commun.h"
#include "registre/base.h"

struct vue_noms {
    struct contexte *ctx;
    struct tableau_sortie *s;
    sqlite3_stmt *numero;
    const char *nom;
    int64_t commande;
};

static bool ligne(void *ctx, const struct personne_vue *p)
{
    struct vue_noms *v = ctx;
    if ((v->commande != 0 && p->commande != v->commande) ||
        (v->nom != NULL && !nom_reconnu(p->nom, v->nom, false) && !nom_reconnu(p->de, v->nom, false)))
        return true;
    struct slice numero = {NULL, 0};
    (void)sqlite3_reset(v->numero);
    lier_n(v->numero, 1, p->commande);
    if (p->commande != 0 && registre_suivant(v->ctx->registre, v->numero, v->ctx->diags) == 1)
        numero = colonne_slice(v->numero, 0);
    const struct cellule c[] = {
        p->efface_par != 0 ? cellule_texte(NOM_EFFACE) : cellule_slice(p->nom), cellule_slice(p->champ), cellule_slice(numero),
        cellule_entier(p->fait), cellule_texte(fait_forme(p->type)->nom), cellule_instant(p->instant),
        p->efface_par != 0 ? cellule_entier(p->efface_par) : cellule_vide()};
    return v->s->ligne(v->s->ctx, c, sizeof c / sizeof *c);
}

bool vue_personnes(struct contexte *ctx, const char *nom, int64_t commande, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"nom", "nom", CELLULE_TEXTE},       {"champ", "en tant que", CELLULE_TEXTE}, {"commande", "commande", CELLULE_TEXTE},
        {"entree", "entrée", CELLULE_ENTIER}, {"fait", "fait", CELLULE_TEXTE},        {"depuis", "depuis", CELLULE_INSTANT},
        {"efface_par", "effacé par", CELLULE_ENTIER}};
    struct vue_noms v = {ctx, s, registre_stmt(ctx->registre, "select numero from commande where fait = ?1", ctx->diags), nom, commande};
    const bool ok = v.numero != NULL && s->debut(s->ctx, c, sizeof c / sizeof *c) && personnes_parcourir(ctx, ligne, &v);
    sqlite3_finalize(v.numero);
    return ok && s->fin(s->ctx);
}
