#include "metier/retour_lignes.h"

#include <stdio.h>
#include <string.h>

#include "metier/actes.h"
#include "metier/cellules.h"
#include "metier/collage.h"
#include "metier/feuilles.h"
#include "metier/reponses.h"
#include "noyau/fichier.h"

#define VERSION_MAX 999999
#define COLLAGE_MAX ((size_t)16 << 20)

/* Headers of portals and of e-mails, folded, beside our own. A number of request is ASP's: ours is `demande`. */
static const struct feuille_renommage synonymes[] = {
    {"bon_de_commande", J_COMMANDE}, {"numero_de_commande", J_COMMANDE}, {"n°_de_commande", J_COMMANDE}, {"numero_commande", J_COMMANDE},
    {"n°_commande", J_COMMANDE}, {"numero_bon_de_commande", J_COMMANDE}, {"n°_bon_de_commande", J_COMMANDE}, {"numero", J_COMMANDE},
    {"reference", J_COMMANDE}, {"numero_de_demande", J_NUMERO_ASP}, {"n°_de_demande", J_NUMERO_ASP}, {"numero_demande", J_NUMERO_ASP},
    {"n°_demande", J_NUMERO_ASP}, {"numero_de_dossier", J_NUMERO_ASP}, {"n°_de_dossier", J_NUMERO_ASP}, {"numero_dossier", J_NUMERO_ASP},
    {"n°_dossier", J_NUMERO_ASP}, {"dossier", J_NUMERO_ASP}, {"n°_asp", J_NUMERO_ASP}, {"type", J_PAIEMENT}, {"versement", J_PAIEMENT},
    {"nature", J_PAIEMENT}, {"etat", J_STATUT}, {"statut_de_la_demande", J_STATUT}, {"etat_de_la_demande", J_STATUT}, {"le", J_DATE},
    {"date_du_statut", J_DATE}, {"date_statut", J_DATE}, {"date_de_reponse", J_DATE}, {"date_de_decision", J_DATE},
    {"montant_decide", J_MONTANT}, {"montant_paye", J_MONTANT}, {"montant_retenu", J_MONTANT}, {"motifs", J_MOTIF}, {"commentaire", J_MOTIF},
    {"commentaires", J_MOTIF}, {"observations", J_MOTIF}, {"siren", J_FOURNISSEUR}, {"numero_de_lot", J_LOT}, {"n°_de_lot", J_LOT}};

struct lieu ligne_retour_lieu(struct lignes_retour *l, const struct ligne_retour *x, size_t champ)
{
    if (l->feuille == NULL)
        return (struct lieu){.fichier = l->nom, .ligne = x->ligne};
    struct lieu lieu = feuille_lieu(l->feuille, x->rang, champ);
    if (lieu.ligne == 0)
        lieu.ligne = x->rang + 2; /* pasted: below its header */
    return lieu;
}

void lignes_retour_free(struct lignes_retour *l)
{
    feuille_free(l->feuille);
    retour_free(&l->xml);
    memoire_free(l->t);
    buffer_free(&l->octets);
    arene_free(&l->arene);
    *l = (struct lignes_retour){0};
}

/* --- tables ----------------------------------------------------------------------------------------------------------- */

/* A bare date is the end of that day; today's is now. */
static struct instant lire_date(struct contexte *ctx, struct cellules *c, size_t i)
{
    const struct slice v = feuille_valeur(c->f, i, J_DATE);
    struct instant le;
    bool jour_seul;
    if (v.len == 0)
        return ctx->le;
    if (!instant_parse(v, &le, &jour_seul)) {
        diag_attendu(cellule_faute(c, E_DATE, i, J_DATE, "date illisible"), "10/12/2022, ou 2022-12-10 14:30");
        return ctx->le;
    }
    return jour_seul && jour_cmp(instant_jour(le), instant_jour(ctx->maintenant)) == 0 ? ctx->maintenant : le;
}

static void lire_empreinte(struct cellules *c, size_t i, char out[EMPREINTE_HEX])
{
    const struct slice v = feuille_valeur(c->f, i, J_EMPREINTE);
    struct empreinte e;
    if (v.len > 0 && empreinte_parse(v, &e))
        (void)empreinte_hex(&e, out);
    else if (v.len > 0)
        diag_attendu(cellule_faute(c, E_VALEUR, i, J_EMPREINTE, "empreinte illisible"), "64 chiffres hexadécimaux");
}

static void lire_rangee(struct contexte *ctx, struct cellules *c, size_t i, struct lignes_retour *l)
{
    struct ligne_retour *x = &l->t[i];
    const struct slice paiement = cellule_mot_de(c, i, J_PAIEMENT, MOTS_PAIEMENT);
    cellule_exiger(c, i, J_STATUT);
    *x = (struct ligne_retour){.rang = i, .commande = cellule_texte_de(c, i, J_COMMANDE), .fournisseur = cellule_siren_de(c, i, J_FOURNISSEUR),
                               .lot = cellule_entier_de(c, i, J_LOT, UINT32_MAX)};
    x->r = (struct reponse_lue){.paiement = paiement_parse(paiement.bytes, paiement.len), .demande = cellule_entier_de(c, i, J_DEMANDE, UINT32_MAX),
                                .version = cellule_entier_de(c, i, J_VERSION, VERSION_MAX), .statut = cellule_statut_de(c, i, J_STATUT),
                                .le = lire_date(ctx, c, i), .numero_asp = cellule_numero_asp_de(c, i, J_NUMERO_ASP),
                                .montant = cellule_montant_de(c, i, J_MONTANT)};
    x->r.n_motifs = motifs_lire(cellule_texte_de(c, i, J_MOTIF), &l->arene, &x->r.motifs);
    lire_empreinte(c, i, x->empreinte);
    if (x->commande.len == 0 && x->r.demande == 0 && x->r.numero_asp.len == 0)
        diag_attendu(cellule_faute(c, E_OBLIGATOIRE, i, J_COMMANDE, "la ligne ne dit pas de quelle demande il s'agit"),
                     "commande, demande ou numero_asp");
}

static bool lire_table(struct contexte *ctx, struct lignes_retour *l)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_RETOURS, &n);
    if (l->feuille == NULL)
        return false;
    struct cellules c = {l->feuille, champs, ctx->diags, feuille_saine(l->feuille)};
    l->n = feuille_nombre(l->feuille);
    l->t = memoire_calloc(l->n + 1, sizeof *l->t);
    for (size_t i = 0; feuille_inconnue(l->feuille, i) != NULL; i++)
        colonne_ignoree(ctx->diags, l->nom, slice_of(feuille_inconnue(l->feuille, i)));
    const bool saine = c.ok;
    for (size_t i = 0; i < l->n; i++) {
        c.ok = true;
        lire_rangee(ctx, &c, i, l);
        l->t[i].fautive = !c.ok;
        l->fautif = l->fautif || !c.ok;
    }
    if (l->n == 0)
        diag_lieu(diag_erreur(ctx->diags, E_ENTETE, "ce retour n'a pas de ligne"), &(struct lieu){.fichier = l->nom});
    l->le = ctx->le;
    return saine && l->n > 0;
}

/* --- XML -------------------------------------------------------------------------------------------------------------- */

static bool prendre_xml(struct contexte *ctx, struct lignes_retour *l)
{
    const struct retour_entete *e = &l->xml.entete;
    l->n = l->xml.n;
    l->t = memoire_calloc(l->n + 1, sizeof *l->t);
    l->le = e->instant;
    l->fictif = e->fictif;
    (void)snprintf(l->numero, sizeof l->numero, "%s", e->numero);
    for (size_t i = 0; i < l->n; i++) {
        const struct retour_reponse *r = &l->xml.reponses[i];
        struct ligne_retour *x = &l->t[i];
        *x = (struct ligne_retour){.rang = i, .ligne = r->ligne, .fournisseur = e->fournisseur, .lot = (int64_t)e->lot};
        x->r = (struct reponse_lue){.demande = (int64_t)r->demande, .version = r->version, .le = r->instant, .numero_asp = r->numero_asp,
                                    .statut = statut_asp_parse(r->statut.bytes, r->statut.len), .montant = r->montant};
        x->r.n_motifs = motifs_lire(r->motifs, &l->arene, &x->r.motifs);
        (void)snprintf(x->empreinte, sizeof x->empreinte, "%s", e->empreinte);
    }
    if (l->fictif == contexte_fictif(ctx))
        return true;
    diag_lieu(diag_erreur(ctx->diags, E_RETOUR, l->fictif ? "ce retour est un essai, et le registre est réel"
                                                                 : "ce retour est réel, et le registre est fictif"), &(struct lieu){.fichier = l->nom});
    return false;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

bool lignes_retour_lire(struct contexte *ctx, const char *chemin, struct lignes_retour *out)
{
    const bool entree = strcmp(chemin, "-") == 0;
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_RETOURS, &n);
    *out = (struct lignes_retour){.nom = entree ? COLLAGE_NOM : chemin, .forme = entree ? "collage" : "csv"};
    if (entree ? !fichier_lire_entree(COLLAGE_NOM, COLLAGE_MAX, &out->octets, ctx->diags)
               : !fichier_lire(chemin, FICHIER_LIENS_SUIVIS, RETOUR_OCTETS_MAX, &out->octets, ctx->diags))
        return false;
    const struct slice octets = {out->octets.bytes, out->octets.len};
    out->fichier = empreinte_de(octets.bytes, octets.len);
    if (retour_est_xml(octets)) {
        out->forme = "xml";
        return retour_lire(out->nom, octets, &out->xml, ctx->diags) && prendre_xml(ctx, out);
    }
    const struct feuille_options options = {.renommages = synonymes, .n_renommages = sizeof synonymes / sizeof *synonymes};
    out->feuille = entree ? collage_lire(octets, champs, n, synonymes, options.n_renommages, &out->arene, ctx->diags)
                          : feuille_lire_avec(chemin, champs, n, &options, NULL, ctx->diags);
    return lire_table(ctx, out);
}
