/* Requests for the advance: one fact an order, judged; discordances justified on the way. */
#include <string.h>

#include "metier/actes.h"
#include "metier/juger.h"
#include "metier/litiges.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "regles/bareme.h"
#include "regles/cycle.h"

struct fait_prevu {
    int64_t commande;
    size_t debut, len;  /* text, in `textes` */
    bool demande;       /* AvanceDemandee (judged), else DiscordanceJustifiee */
};
struct demander {
    struct contexte *ctx;
    const int64_t *commandes;   /* sorted; NULL = all */
    size_t n;
    bool toutes;
    const struct justification_demandee *j;
    size_t n_j;
    bool *j_servie;
    struct demande_rapport *out;
    struct acte acte;
    struct arene arene;
    struct buffer textes;
    struct fait_prevu *faits;
    size_t n_faits, cap_faits;
    int64_t premier, prochaine_demande;
    bool refuse;
    size_t ecrits;              /* facts appended so far */
    struct buffer constats;
    struct compte_verdicts compte;
};

static bool voulue(const struct demander *d, int64_t commande)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->commandes[i] == commande)
            return true;
    return d->toutes;
}

static bool prevoir(struct demander *d, int64_t commande, const struct fait *f)
{
    d->faits = memoire_grow(d->faits, &d->cap_faits, d->n_faits + 1, sizeof *d->faits);
    struct fait_prevu *p = &d->faits[d->n_faits++];
    *p = (struct fait_prevu){commande, d->textes.len, 0, f->type == FAIT_AVANCE_DEMANDEE};
    fait_ecrire(f, &d->textes);
    p->len = d->textes.len - p->debut;
    return true;
}

/* --- justifications ---------------------------------------------------------------------------------------------- */

static const struct constat *discordance_de(const struct jugement *j, const char *regle)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->constats[i].verdict == VERDICT_NON_CONFORME && strcmp(regle_de(j->constats[i].regle)->ident, regle) == 0)
            return &j->constats[i];
    return NULL;
}

static bool justifier(struct demander *d, const struct dossier *dossier, const struct jugement *j)
{
    for (size_t i = 0; i < d->n_j; i++) {
        const struct constat *c = discordance_de(j, d->j[i].regle);
        char hex[EMPREINTE_HEX];
        struct fait f;
        if (c == NULL || constat_justifie(dossier, c) != NULL) {
            d->j_servie[i] = d->j_servie[i] || c != NULL;
            continue;
        }
        d->j_servie[i] = true;
        if (constat_gravite(c) != GRAVITE_DISCORDANCE) {
            struct diag *g = diag_erreur(d->ctx->diags, E_JUSTIFICATION, "%s sur la commande %s est une %s : elle ne se justifie pas",
                                         d->j[i].regle, dossier->numero, gravite_nom(constat_gravite(c)));
            diag_a_faire(g, "sons expliquer %s %s", dossier->numero, d->j[i].regle);
            d->refuse = true;
            continue;
        }
        const struct empreinte e = constat_empreinte(c);
        fait_init(&f, FAIT_DISCORDANCE_JUSTIFIEE);
        fait_put_n(&f, DJ_COMMANDE, dossier->fait);
        fait_put_texte(&f, DJ_REGLE, d->j[i].regle);
        fait_put_texte(&f, DJ_CONSTAT, empreinte_hex(&e, hex));
        fait_put_texte(&f, DJ_MOTIF, d->j[i].motif);
        fait_put_instant(&f, DJ_LE, d->ctx->le);
        d->out->justifiees++;
        if (!prevoir(d, dossier->fait, &f))
            return false;
    }
    return true;
}

static void justifications_vaines(struct demander *d)
{
    for (size_t i = 0; i < d->n_j; i++) {
        if (d->j_servie[i])
            continue;
        diag_erreur(d->ctx->diags, E_JUSTIFICATION, "aucune des commandes n'a de discordance %s", d->j[i].regle);
        d->refuse = true;
    }
}

/* --- first pass: what will be written ------------------------------------------------------------------------------ */

static void sans_montant(struct demander *d, const struct dossier *dossier)
{
    struct diag *g = diag_regle(d->ctx->diags, GRAVITE_ATTENTE, d->toutes ? SORTIE_FAIT : SORTIE_REFUS, "AVA-02",
                                "commande %s : le montant TTC n'est pas connu, l'avance ne se calcule pas", dossier->numero);
    diag_a_faire(g, "donner montant_ht, taux_tva, montant_tva et montant_ttc de la commande");
    d->refuse = d->refuse || !d->toutes;
}

static void etat_refuse(struct demander *d, const struct dossier *dossier)
{
    struct diag *g = diag_erreur(d->ctx->diags, E_ETAT, "commande %s : l'avance ne peut pas être demandée", dossier->numero);
    if (dossier->avance.existe)
        diag_trouve(g, "%s (demande %lld)", etat_label((enum etat_commande)dossier->etat_acquis), (long long)dossier->avance.numero);
    else
        diag_trouve(g, "%s", etat_label((enum etat_commande)dossier->etat_acquis));
    diag_attendu(g, "%s", etat_label(ETAT_ENREGISTREE));
    if (dossier->avance.existe)
        diag_source(g, "une seule avance par commande : AVA-02");
    d->refuse = true;
}

/* In a dispute, or set aside by one: nothing is asked. */
static bool litige_refuse(struct demander *d, const struct dossier *dossier)
{
    struct buffer phrase = {0}, a_faire = {0}, commande = {0};
    const bool ok = litige_dire(d->ctx, dossier->fait, d->ctx->le, &phrase, &a_faire);
    buffer_printf(&commande, "commande %s", dossier->numero);
    struct diag *g = d->toutes ? diag_regle(d->ctx->diags, GRAVITE_ATTENTE, SORTIE_FAIT, erreur_texte(E_ETAT), "l'avance n'est pas demandée")
                               : diag_erreur(d->ctx->diags, E_ETAT, "l'avance n'est pas demandée");
    diag_lieu(g, &(struct lieu){.fichier = commande.bytes});
    diag_trouve(g, "%s", phrase.len > 0 ? phrase.bytes : etat_label((enum etat_commande)dossier->etat));
    diag_a_faire(g, "%s", a_faire.len > 0 ? a_faire.bytes : "rien : l'autre commande a été retenue");
    d->refuse = d->refuse || !d->toutes;
    buffer_free(&phrase);
    buffer_free(&a_faire);
    buffer_free(&commande);
    return ok;
}

/* The discordances named on the command line; also on a request that waits for its lot. */
static bool prevoir_justifications(struct demander *d, const struct dossier *dossier)
{
    struct jugement j;
    if (d->n_j == 0 || dossier->avance.emise)
        return true;
    juger(d->ctx, dossier, &d->arene, &j);
    return justifier(d, dossier, &j);
}

static bool prevoir_demande(struct demander *d, const struct dossier *dossier)
{
    struct montant avance, solde;
    struct fait f;
    if (dossier->etat == ETAT_EN_LITIGE || dossier->etat == ETAT_RENONCEE)
        return litige_refuse(d, dossier);
    if (!etat_en_vigueur((enum etat_commande)dossier->etat_acquis)) {
        if (!d->toutes)
            etat_refuse(d, dossier);
        return true;
    }
    if (!prevoir_justifications(d, dossier))
        return false;
    if (dossier->avance.existe || !cycle_permet(ACTE_DEMANDER_AVANCE, (enum etat_commande)dossier->etat, NULL)) {
        d->out->deja++;
        if (!d->toutes && (d->n_j == 0 || dossier->avance.emise))
            etat_refuse(d, dossier);
        return true;
    }
    if (!montant_present(dossier->ttc) ||
        !avance_calculer(d->ctx->parametres, dossier->ttc, dossier->date_signature, &avance, &solde)) {
        sans_montant(d, dossier);
        return true;
    }
    fait_init(&f, FAIT_AVANCE_DEMANDEE);
    fait_put_n(&f, AD_COMMANDE, dossier->fait);
    fait_put_n(&f, AD_DEMANDE, d->prochaine_demande++);
    fait_put_montant(&f, AD_MONTANT, avance);
    fait_put_instant(&f, AD_LE, d->ctx->le);
    d->out->demandees++;
    return montant_add(d->out->somme, avance, &d->out->somme) && prevoir(d, dossier->fait, &f);
}

/* Every order wanted, in the order of the facts. */
static bool parcourir(struct demander *d, struct chargeur *c, bool (*faire)(struct demander *, const struct dossier *))
{
    struct chargeur_choix choix = {0};
    struct dossier dossier;
    for (size_t i = 0; i < d->n; i++) {
        choix.de = i == 0 || d->commandes[i] < choix.de ? d->commandes[i] : choix.de;
        choix.a = d->commandes[i] > choix.a ? d->commandes[i] : choix.a;
    }
    if (c == NULL || !chargeur_ouvrir(c, &choix, d->ctx->diags))
        return false;
    int lu;
    size_t vues = 0;
    for (arene_reset(&d->arene); (lu = chargeur_suivant(c, &d->arene, &dossier, d->ctx->diags)) == 1; arene_reset(&d->arene)) {
        if (!voulue(d, dossier.fait))
            continue;
        vues++;
        if (!faire(d, &dossier))
            return false;
    }
    const size_t voulues = commandes_distinctes(d->commandes, d->n);
    if (lu == 0 && !d->toutes && vues < voulues) {
        diag_erreur(d->ctx->diags, E_INCONNU, "commandes pas encore signées à cette date : %zu", voulues - vues);
        return false;
    }
    return lu == 0;
}

/* --- second pass: project, then judge and write --------------------------------------------------------------------- */

static bool projeter_tout(struct demander *d)
{
    projecteur_par_rafales(d->acte.p);
    for (size_t i = 0; i < d->n_faits; i++) {
        struct fait f;
        size_t lu;
        arene_reset(&d->arene);
        if (!fait_lire((struct slice){d->textes.bytes + d->faits[i].debut, d->faits[i].len}, &d->arene, &f, &lu) ||
            !projeter(d->acte.p, d->premier + (int64_t)i, &f, d->ctx->diags))
            return false;
    }
    return projecteur_vider(d->acte.p, d->ctx->diags);
}

static bool ecrire_commande(struct demander *d, const struct dossier *dossier)
{
    while (d->ecrits < d->n_faits && d->faits[d->ecrits].commande == dossier->fait) {
        const struct fait_prevu *p = &d->faits[d->ecrits++];
        struct jugement j;
        buffer_clear(&d->constats);
        if (p->demande) {
            juger(d->ctx, dossier, &d->arene, &j);
            compter_verdict(&d->compte, &j.bilan);
            jugement_ecrire(&j, &d->constats);
            jugement_dire(d->ctx, dossier, &j, false, d->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, NULL, NULL);
        }
        if (!journal_append(d->ctx->registre, (struct slice){d->textes.bytes + p->debut, p->len},
                            (struct slice){d->constats.bytes, d->constats.len}, d->ctx->diags))
            return false;
    }
    return true;
}

static bool ecrire_tout(struct demander *d)
{
    struct chargeur *c = chargeur_creer(d->ctx->registre, d->ctx->le, d->ctx->calendrier, d->ctx->diags);
    const bool ok = projeter_tout(d) && parcourir(d, c, ecrire_commande) && d->ecrits == d->n_faits;
    chargeur_free(c);
    d->out->conformes = d->compte.conformes + d->compte.informations + d->compte.justifiees;
    d->out->attentes = d->compte.attentes;
    d->out->discordances = d->compte.discordances;
    d->out->anomalies = d->compte.anomalies;
    return ok && !(d->ctx->strict && d->compte.attentes + d->compte.discordances + d->compte.anomalies > 0);
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static bool regles_connues(struct demander *d)
{
    for (size_t i = 0; i < d->n_j; i++)
        if (regle_rang(d->j[i].regle, strlen(d->j[i].regle)) == regles_nombre())
            diag_erreur(d->ctx->diags, E_REGLE_INCONNUE, "il n'y a pas de règle « %.20s »", d->j[i].regle);
    return diag_sans_erreur(d->ctx->diags);
}

static bool demander(struct demander *d)
{
    int64_t derniere;
    if (!registre_entier(d->ctx->registre, "select max(numero) from demande", 0, &derniere, d->ctx->diags))
        return false;
    d->premier = journal_prochain(d->ctx->registre);
    d->prochaine_demande = derniere + 1;
    struct chargeur *c = chargeur_creer(d->ctx->registre, d->ctx->le, d->ctx->calendrier, d->ctx->diags);
    bool ok = parcourir(d, c, prevoir_demande);
    chargeur_free(c);
    justifications_vaines(d);
    return ok && !d->refuse && ecrire_tout(d);
}

bool acte_avance_demander(struct contexte *ctx, const int64_t *commandes, size_t n, bool toutes,
                          const struct justification_demandee *j, size_t n_j, struct demande_rapport *out)
{
    *out = (struct demande_rapport){.somme = montant_of(0)};
    struct demander d = {.ctx = ctx, .commandes = commandes, .n = toutes ? 0 : n, .toutes = toutes, .j = j, .n_j = n_j, .out = out,
                         .j_servie = memoire_calloc(n_j + 1, sizeof(bool))};
    bool ok = acte_date(ctx) && regles_connues(&d) && acte_debut(&d.acte, ctx);
    if (ok)
        ok = acte_fin(&d.acte, demander(&d));
    memoire_free(d.j_servie);
    memoire_free(d.faits);
    buffer_free(&d.textes);
    buffer_free(&d.constats);
    arene_free(&d.arene);
    return ok;
}
