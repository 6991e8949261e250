/* What is applied: the rules, the parameters. */
#include "metier/vue_commun.h"
#include "regles/regles.h"

static const char *etape_nom(enum regle_etape e)
{
    static const char *const noms[] = {"commande", "avance", "va", "solde", "financement"};
    return noms[e];
}

bool vue_regles(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {
        {"regle", "règle", CELLULE_TEXTE}, {"version", "v.", CELLULE_ENTIER}, {"etape", "étape", CELLULE_TEXTE},
        {"gravite", "gravité", CELLULE_TEXTE}, {"titre", "ce qui doit être", CELLULE_TEXTE}, {"date", "date lue", CELLULE_TEXTE},
        {"depuis", "depuis", CELLULE_TEXTE}, {"source", "source", CELLULE_TEXTE}};
    bool ok = s->debut(s->ctx, colonnes, 8);
    (void)ctx;
    for (size_t i = 0; ok && i < regles_nombre(); i++) {
        const struct regle *r = regle_de(i);
        const struct cellule c[] = {cellule_texte(r->ident), cellule_entier(r->version), cellule_texte(etape_nom(r->etape)),
                                    cellule_texte(gravite_nom(r->gravite)), cellule_texte(r->titre), cellule_texte(r->date),
                                    cellule_texte(r->depuis), cellule_texte(r->source)};
        ok = s->ligne(s->ctx, c, 8);
    }
    return ok && s->fin(s->ctx);
}

/* A value as people read it, in one column whatever its type. */
static const char *valeur_texte(const struct parametre_vue *v, char out[MONTANT_TEXTE_MAX])
{
    switch (v->type) {
    case PARAMETRE_MONTANT:
        return montant_fr(montant_of(v->n), out);
    case PARAMETRE_TAUX:
        return taux_fr((struct taux){(int32_t)v->n}, out);
    case PARAMETRE_JOUR:
        return jour_fr((struct jour){(int32_t)v->n}, out);
    case PARAMETRE_INSTANT:
        return instant_fr((struct instant){v->n}, out);
    case PARAMETRE_MOT:
        return v->mot;
    default:
        return entier_fr(v->n, out);
    }
}

bool vue_parametres(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {
        {"cle", "paramètre", CELLULE_TEXTE}, {"valeur", "valeur", CELLULE_TEXTE}, {"depuis", "depuis", CELLULE_JOUR},
        {"date", "choisi par", CELLULE_TEXTE}, {"inference", "inférence", CELLULE_OUI_NON}, {"titre", "sens", CELLULE_TEXTE},
        {"source", "source", CELLULE_TEXTE}};
    struct parametre_vue v;
    char t[MONTANT_TEXTE_MAX];
    bool ok = s->debut(s->ctx, colonnes, 7);
    const struct cellule calendrier[] = {cellule_texte("calendrier"), cellule_texte(calendrier_nom(ctx->calendrier)), cellule_vide(),
                                         cellule_texte("registre"), cellule_oui_non(false),
                                         cellule_texte("Calendrier appliqué par ce registre"),
                                         cellule_texte("sons parametres calendrier initial|proroge")};
    ok = ok && s->ligne(s->ctx, calendrier, 7);
    for (size_t i = 0; ok && parametres_rang(ctx->parametres, i, &v); i++) {
        const struct cellule c[] = {cellule_texte(v.cle), cellule_texte(valeur_texte(&v, t)), cellule_jour(v.depuis), cellule_texte(v.date),
                                    cellule_oui_non(v.inference), cellule_texte(v.titre), cellule_texte(v.source)};
        ok = s->ligne(s->ctx, c, 7);
    }
    return ok && s->fin(s->ctx);
}
