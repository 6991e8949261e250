#include "metier/demander.h"

#include "metier/commande_contenu.h"

#include <string.h>

#include "metier/litiges.h"
#include "regles/cycle.h"

struct fait_prevu {
    int64_t commande;
    size_t debut, len;  /* text, in `textes` */
    bool demande;       /* the request (judged), else DiscordanceJustifiee */
};

static bool voulue(const struct demander *d, int64_t commande)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->commandes[i] == commande)
            return true;
    return d->toutes;
}

void demander_fait(struct demander *d, int64_t commande, const struct fait *f)
{
    d->faits = memoire_grow(d->faits, &d->cap_faits, d->n_faits + 1, sizeof *d->faits);
    struct fait_prevu *p = &d->faits[d->n_faits++];
    *p = (struct fait_prevu){commande, d->textes.len, 0, f->type == FAIT_AVANCE_DEMANDEE || f->type == FAIT_SOLDE_DEMANDE};
    fait_ecrire(f, &d->textes);
    p->len = d->textes.len - p->debut;
}

/* --- justifications ---------------------------------------------------------------------------------------------- */

static const struct constat *discordance_de(const struct jugement *j, const char *regle)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->constats[i].verdict == VERDICT_NON_CONFORME && strcmp(regle_de(j->constats[i].regle)->ident, regle) == 0)
            return &j->constats[i];
    return NULL;
}

static void justifier(struct demander *d, const struct dossier *dossier, const struct jugement *j)
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
        demander_fait(d, dossier->fait, &f);
    }
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

bool demander_justifier(struct demander *d, const struct dossier *dossier)
{
    struct jugement j;
    if (d->n_j == 0)
        return true;
    d->juger(d->ctx, dossier, &d->arene, &j);
    justifier(d, dossier, &j);
    return true;
}

bool demander_litige(struct demander *d, const struct dossier *dossier, const char *quoi)
{
    struct buffer phrase = {0}, a_faire = {0}, commande = {0};
    bool ok = litige_dire(d->ctx, dossier->fait, d->ctx->le, &phrase, &a_faire);
    buffer_printf(&commande, "commande %s", dossier->numero);
    struct diag *g = d->toutes ? diag_regle(d->ctx->diags, GRAVITE_ATTENTE, SORTIE_FAIT, erreur_texte(E_ETAT), "%s", quoi)
                               : diag_erreur(d->ctx->diags, E_ETAT, "%s", quoi);
    diag_lieu(g, &(struct lieu){.fichier = commande.bytes});
    if (phrase.len == 0)
        buffer_puts(&phrase, etat_label((enum etat_commande)dossier->etat));
    if (a_faire.len == 0)
        buffer_puts(&a_faire, "l'autre commande a été retenue");
    if (!d->toutes) { /* of all of them, each fact would be read again */
        buffer_puts(&phrase, " : ");
        ok = commande_etapes(d->ctx, dossier->fait, &phrase) && ok;
    }
    if (!d->toutes && dossier->etat == ETAT_RENONCEE) {
        buffer_puts(&a_faire, " ; ce qui se peut encore : ");
        actes_possibles(ETAT_RENONCEE, false, &a_faire);
    }
    diag_trouve(g, "%s", phrase.bytes);
    diag_a_faire(g, "%s", a_faire.bytes);
    d->refuse = d->refuse || !d->toutes;
    buffer_free(&phrase);
    buffer_free(&a_faire);
    buffer_free(&commande);
    return ok;
}

/* What was entered on the order since the answer: its content, a document, its invoice, its VA. */
static bool corrigee(struct demander *d, const struct dossier *dossier, int64_t reponse, bool *out)
{
    sqlite3_stmt *s = registre_stmt(d->ctx->registre, "select exists (select 1 from commande where fait = ?1 and contenu > ?2) or "
                                                      "exists (select 1 from piece_jointe where commande = ?1 and fait > ?2) or "
                                                      "exists (select 1 from facture where commande = ?1 and fait > ?2) or "
                                                      "exists (select 1 from va where commande = ?1 and fait > ?2)", d->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, dossier->fait);
    lier_n(s, 2, reponse);
    const int la = registre_suivant(d->ctx->registre, s, d->ctx->diags);
    *out = la == 1 && sqlite3_column_int(s, 0) != 0;
    sqlite3_finalize(s);
    return la == 1;
}

#define RENDUES_DITES 20

bool demander_rendue(struct demander *d, const struct dossier *dossier, const struct dossier_demande *q)
{
    bool depuis;
    if (!corrigee(d, dossier, q->statut_fait, &depuis))
        return false;
    d->n_corrigees += depuis;
    if (d->n_rendues++ >= RENDUES_DITES)
        return true;
    buffer_printf(&d->rendues, "%s%s (%s, %s)", d->n_rendues > 1 ? ", " : "", dossier->numero, statut_asp_label(q->statut),
                  depuis ? "corrigée depuis" : "pas corrigée");
    buffer_printf(&d->a_redemander, " %s", dossier->numero);
    return true;
}

static void rendues_dire(struct demander *d)
{
    if (d->n_rendues == 0)
        return;
    struct diag *g = diag_regle(d->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                d->n_rendues > 1 ? "%zu demandes que l'ASP a rendues ou rejetées ne sont pas redemandées, dont %zu corrigée%s depuis"
                                                 : "%zu demande que l'ASP a rendue ou rejetée n'est pas redemandée, dont %zu corrigée%s depuis",
                                d->n_rendues, d->n_corrigees, d->n_corrigees > 1 ? "s" : "");
    diag_trouve(g, "%s%s", d->rendues.bytes, d->n_rendues > RENDUES_DITES ? "…" : "");
    diag_a_faire(g, "corriger ce qui doit l'être, puis les nommer : sons %s demander%s%s", d->paiement == PAIEMENT_SOLDE ? "solde" : "avance", d->a_redemander.bytes,
                 d->n_rendues > RENDUES_DITES ? " …" : "");
}

int64_t demander_numero(struct demander *d, const struct dossier_demande *avant)
{
    return avant->existe && avant->statut != STATUT_REJETEE ? avant->numero : d->prochaine_demande++;
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
            d->juger(d->ctx, dossier, &d->arene, &j);
            jugement_ecrire(&j, &d->constats);
            jugement_sans_reversement(dossier, &j); /* it blocks nothing of what is asked: `reversements` tells it */
            compter_verdict(&d->compte, &j.bilan);
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
    return ok && !(d->ctx->strict && verdicts_bloquants(&d->compte) > 0);
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static bool regles_connues(struct demander *d)
{
    for (size_t i = 0; i < d->n_j; i++)
        if (regle_rang(d->j[i].regle, strlen(d->j[i].regle)) == regles_nombre())
            diag_erreur(d->ctx->diags, E_REGLE_INCONNUE, "il n'y a pas de règle « %.20s »", d->j[i].regle);
    return diag_sans_erreur(d->ctx->diags);
}

static bool demander_tout(struct demander *d)
{
    int64_t derniere;
    if (!registre_entier(d->ctx->registre, "select max(numero) from vie where evenement = 1", 0, &derniere, d->ctx->diags))
        return false;
    d->premier = journal_prochain(d->ctx->registre);
    d->prochaine_demande = derniere + 1;
    struct chargeur *c = chargeur_creer(d->ctx->registre, d->ctx->le, d->ctx->calendrier, d->ctx->diags);
    bool ok = parcourir(d, c, d->prevoir);
    chargeur_free(c);
    justifications_vaines(d);
    rendues_dire(d);
    return ok && !d->refuse && ecrire_tout(d);
}

bool demander(struct demander *d)
{
    *d->out = (struct demande_rapport){.somme = montant_of(0), .trop_percu = montant_of(0)};
    d->n = d->toutes ? 0 : d->n;
    d->j_servie = memoire_calloc(d->n_j + 1, sizeof(bool));
    bool ok = acte_date(d->ctx) && regles_connues(d) && acte_debut(&d->acte, d->ctx);
    if (ok)
        ok = acte_fin(&d->acte, demander_tout(d));
    memoire_free(d->j_servie);
    memoire_free(d->faits);
    buffer_free(&d->textes);
    buffer_free(&d->constats);
    buffer_free(&d->rendues);
    buffer_free(&d->a_redemander);
    arene_free(&d->arene);
    return ok;
}
