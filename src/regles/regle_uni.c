/* UNI : une commande par ESSMS pour la vague, tous OG, éditeurs, solutions et couloirs confondus (IDF ; regles.md § 3).
 * Les commandes en vigueur sur un ESSMS sont rangées par (date de signature, numéro de fait). Ce que le registre ne
 * connaît pas n'est pas vu : « unique dans ce registre ». */
#include "regles/cycle.h"
#include "regles/financement.h"
#include "regles/regles_prive.h"

/* En vigueur à l'instant d'évaluation : signée, dans un état qui réclame ses ESSMS, et non caduque. */
bool commande_reclame(const struct dossier *d, const struct parametres *p, const struct autre_commande *o)
{
    return o->fait != d->fait && !o->libere && etat_en_vigueur((enum etat_commande)o->etat) && venu(d, o->date_signature) && !autre_caduque(d, p, o);
}

static bool precede(struct jour jour_a, int64_t fait_a, struct jour jour_b, int64_t fait_b)
{
    return jour_a.n != jour_b.n ? jour_a.n < jour_b.n : fait_a < fait_b;
}

/* La première des autres commandes en vigueur sur l'ESSMS, ou NULL ; celui que la commande a rendu au solde décidé n'est plus réclamé. */
static const struct autre_commande *premiere(const struct dossier *d, const struct parametres *p, const struct dossier_essms *e)
{
    const struct autre_commande *trouvee = NULL;
    if (e->libere)
        return NULL;
    for (uint32_t i = 0; i < e->n_autres; i++) {
        const struct autre_commande *o = &e->autres[i];
        if (commande_reclame(d, p, o) &&
            (trouvee == NULL || precede(o->date_signature, o->fait, trouvee->date_signature, trouvee->fait)))
            trouvee = o;
    }
    return trouvee;
}

static bool nous_precede(const struct dossier *d, const struct autre_commande *o)
{
    return precede(o->date_signature, o->fait, d->date_signature, d->fait);
}

/* Nomme une commande : numéro, signature, fournisseur. Le journal n'en garde que le numéro de son fait : la preuve d'une commande ne
 * montre pas les données d'une autre. */
static void nommer(const struct dossier *d, struct arene *a, struct constat *c, const struct autre_commande *o)
{
    constat_entier(c, a, "entree", o->fait);
    constat_ecrire_seulement(c);
    constat_texte(c, a, "commande", o->numero);
    constat_dire_seulement(c);
    constat_jour(c, a, "du", o->date_signature);
    constat_dire_seulement(c);
    if (o->fournisseur != 0 && o->fournisseur != d->fournisseur.siren) {
        constat_siren(c, a, "fournisseur", o->fournisseur);
        constat_dire_seulement(c);
    }
    constat_mot(c, a, "lien",
                o->fournisseur == 0                     ? "fournisseur_inconnu"
                : o->fournisseur == d->fournisseur.siren ? "meme_fournisseur"
                                                         : "autre_fournisseur");
}

/* Une commande qui n'est pas en vigueur, ou qui est caduque, ne réclame rien ; sans signature, elle n'a pas de rang. */
static bool a_un_rang(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    return etat_en_vigueur((enum etat_commande)d->etat) && !commande_caduque(d, p) && signature_lue(d, p, a, c);
}

/* COM-11. Une commande pour tous les ESSMS d'un même DUI est conseillée (IDF) ; plusieurs, sur des ESSMS différents, sont
 * permises : information, qui nomme les autres commandes en vigueur de l'OG pour la même solution. */
void regle_com_11(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!a_un_rang(d, p, a, c) || !base_lue(d, p, a, c))
        return;
    const char *nom = d->solution.nom != NULL && *d->solution.nom != '\0' ? d->solution.nom : d->solution_lue;
    for (uint32_t i = 0; i < d->n_de_l_og; i++) {
        const struct autre_commande *o = &d->de_l_og[i];
        if (!commande_reclame(d, p, o) || meme_logiciel(nom, o->logiciel) != TROIS_OUI)
            continue;
        non_conforme(c);
        nommer(d, a, c, o);
    }
    if (c->verdict != VERDICT_NON_CONFORME)
        conforme(c);
}

/* UNI-01. Chaque commande postérieure reçoit l'anomalie, qui nomme la première, sa date, son éditeur et tous les ESSMS. */
void regle_uni_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct autre_commande *derniere = NULL;
    if (!a_un_rang(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct autre_commande *o = premiere(d, p, &d->essms[i]);
        if (o == NULL || !nous_precede(d, o))
            continue;
        non_conforme(c);
        if (c->sujet == 0)
            c->sujet = i + 1;
        if (derniere == NULL || derniere->fait != o->fait)
            nommer(d, a, c, o);
        constat_finess(c, a, "essms", d->essms[i].et);
        derniere = o;
    }
    if (c->verdict == VERDICT_NON_CONFORME)
        return;
    conforme(c);
    constat_entier(c, a, "n", d->n_essms);
}

/* Nomme les autres commandes en vigueur sur un ESSMS dont celle-ci est la première. */
static void nommer_les_autres(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                              const struct dossier_essms *e)
{
    for (uint32_t k = 0; k < e->n_autres; k++) {
        if (!commande_reclame(d, p, &e->autres[k]))
            continue;
        nommer(d, a, c, &e->autres[k]);
        constat_finess(c, a, "essms", e->et);
    }
}

/* UNI-02. La première commande reçoit l'information, qui nomme les autres. */
void regle_uni_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!a_un_rang(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct autre_commande *o = premiere(d, p, &d->essms[i]);
        if (o == NULL || nous_precede(d, o))
            continue;
        non_conforme(c);
        if (c->sujet == 0)
            c->sujet = i + 1;
        nommer_les_autres(d, p, a, c, &d->essms[i]);
    }
    if (c->verdict == VERDICT_NON_CONFORME)
        return;
    conforme(c);
    constat_entier(c, a, "n", d->n_essms);
}
