/* REF : référencement de la solution, délai du dossier complet, enrôlement (regles.md § 5 et 9). */
#include "noyau/version.h"
#include "regles/regles_prive.h"

/* La solution et son entrée pour le couloir, exigées. */
static bool solution_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->solution.connue && parametres_couloir(d->couloir)->connu && d->solution.couloir_connu)
        return true;
    if (!d->solution.connue)
        attendre(a, c, manque_solution(d));
    if (!parametres_couloir(d->couloir)->connu)
        attendre(a, c, "couloir");
    else if (d->solution.connue)
        attendre(a, c, "solution_couloir");
    attendre_limite(d, p, a, c);
    return false;
}

enum version { VERSION_ABSENTE, VERSION_REFERENCE_ABSENTE, VERSION_COUVERTE, VERSION_ANTERIEURE, VERSION_INCONNUE };

static bool vide(const char *s)
{
    return s == NULL || *s == '\0';
}

/* La version commandée face à la version référencée : égale ou postérieure sous le même numéro, elle est couverte. Nombre
 * à nombre (noyau/version.h) ; sinon inconnue, à moins d'être écrite de même. */
static enum version comparer_versions(const struct dossier *d)
{
    if (vide(d->version_solution))
        return VERSION_ABSENTE;
    if (vide(d->solution.version_referencee))
        return VERSION_REFERENCE_ABSENTE;
    switch (version_comparer(d->version_solution, d->solution.version_referencee)) {
    case VERSION_AVANT:
        return VERSION_ANTERIEURE;
    case VERSION_EGALE:
    case VERSION_APRES:
        return VERSION_COUVERTE;
    case VERSION_INCOMPARABLE:
        break;
    }
    return VERSION_INCONNUE;
}

/* Un refus ou un retrait venu, que le référencement n'a pas suivi. */
static bool levee(const struct dossier *d, struct jour fin)
{
    return venu(d, fin) && (!venu(d, d->solution.reference_le) || !jour_avant(fin, d->solution.reference_le));
}

bool levee_depuis_l_avance(const struct dossier *d, struct jour fin)
{
    return avance_payee(d) && levee(d, fin) && !jour_avant(fin, instant_jour(d->vie.avance.statut_le));
}

/* REF-01. Aucun versement avant le référencement pour le couloir (IDF) ; référencement refusé ou retiré : plus rien n'est
 * versé ; depuis que l'avance est payée, c'est REF-05 qui le dit. Version commandée = version référencée, ou postérieure sous le même numéro ; antérieure : non couverte. */
void regle_ref_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_solution *s = &d->solution;
    if (!solution_lue(d, p, a, c))
        return;
    bool refuse = levee(d, s->refuse_le) && !levee_depuis_l_avance(d, s->refuse_le);
    bool retire = levee(d, s->retire_le) && !levee_depuis_l_avance(d, s->retire_le);
    enum version version = comparer_versions(d);
    if (refuse || retire) {
        non_conforme(c);
        constat_mot(c, a, "cas", retire ? "retire" : "refuse");
        constat_jour(c, a, retire ? "retire_le" : "refuse_le", retire ? s->retire_le : s->refuse_le);
    }
    if (version == VERSION_ANTERIEURE) {
        non_conforme(c);
        constat_mot(c, a, "cas", "version");
        constat_texte(c, a, "version", d->version_solution);
        constat_texte(c, a, "referencee", s->version_referencee);
    }
    if (c->verdict == VERDICT_NON_CONFORME)
        return;
    if (!venu(d, s->reference_le)) {
        attendre(a, c, "reference_le");
        if (jour_present(s->reference_le))
            constat_jour(c, a, "a_partir_du", s->reference_le);
    }
    if (version == VERSION_ABSENTE)
        attendre(a, c, "version_solution");
    else if (version == VERSION_REFERENCE_ABSENTE)
        attendre(a, c, "version_referencee");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    conforme(c);
    constat_jour(c, a, "reference_le", s->reference_le);
}

/* REF-02. Commande antérieure au référencement = « sous condition » : elle en porte la mention (IDF, OCC). Référencée le
 * jour de la commande ou avant : sans objet. */
void regle_ref_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct jour reference = d->solution.reference_le;
    if (!signature_lue(d, p, a, c) || !solution_lue(d, p, a, c))
        return;
    bool referencee = jour_present(reference);
    if (referencee && !jour_avant(d->date_signature, reference))
        return;
    if (d->sous_condition == TROIS_ABSENT) {
        attendre(a, c, "sous_condition");
        attendre_limite(d, p, a, c);
    } else if (d->sous_condition == TROIS_OUI) {
        conforme(c);
    } else {
        non_conforme(c);
    }
    constat_jour(c, a, "signature", d->date_signature);
    if (referencee && c->verdict != VERDICT_CONFORME)
        constat_jour(c, a, "reference_le", reference);
}

/* Le dépôt qui compte est celui, déclaré complet, qui a conduit au référencement : refusé puis redéposé, le second. Un
 * dossier refusé sans autre dépôt ne compte pas. */
static bool depot_compte(const struct dossier *d, const struct dossier_solution *s)
{
    return venu(d, s->dossier_complet_le) &&
           (!venu(d, s->refuse_le) || jour_avant(s->refuse_le, s->dossier_complet_le));
}

static bool delai_de(const struct dossier *d, const struct parametres *p, const struct dossier_solution *s, struct jour commande,
                     struct delai_lu *out)
{
    *out = (struct delai_lu){.depot = JOUR_ABSENT, .dernier_jour = JOUR_ABSENT};
    if (!parametre_n(p, P_DELAI_DOSSIER, commande, &out->maximum))
        return false;
    out->dernier_jour = jour_plus(commande, (int32_t)out->maximum);
    if (jour_present(s->reference_le) && !jour_avant(commande, s->reference_le)) {
        out->etat = DELAI_SANS_OBJET;
    } else if (depot_compte(d, s)) {
        out->depot = s->dossier_complet_le;
        out->jours = jour_ecart(commande, out->depot);
        out->etat = out->jours <= out->maximum ? DELAI_TENU : DELAI_DEPASSE;
    } else if (venu(d, s->reference_le) && !(venu(d, s->refuse_le) && !jour_avant(s->refuse_le, s->reference_le))) {
        out->etat = DELAI_DATE_INCONNUE;
    } else {
        out->etat = jour_au(d).n <= out->dernier_jour.n ? DELAI_COURT : DELAI_PASSE;
    }
    return true;
}

bool delai_lire(const struct dossier *d, const struct parametres *p, struct jour commande, struct delai_lu *out)
{
    return delai_de(d, p, &d->solution, commande, out);
}

/* Caduque quand on le sait : dossier complet déposé trop tard, ou refusé sans second dépôt dans le délai. Un dépôt dont le registre
 * ne sait rien ne libère aucun ESSMS : ce qui manque n'est jamais conforme. */
static bool caduque(const struct dossier *d, const struct parametres *p, const struct dossier_solution *s, struct jour commande)
{
    struct delai_lu r;
    return jour_present(commande) && delai_de(d, p, s, commande, &r) &&
           (r.etat == DELAI_DEPASSE || (r.etat == DELAI_PASSE && venu(d, s->refuse_le)));
}

bool commande_caduque(const struct dossier *d, const struct parametres *p)
{
    return d->solution.connue && d->solution.couloir_connu && caduque(d, p, &d->solution, d->date_signature);
}

bool autre_caduque(const struct dossier *d, const struct parametres *p, const struct autre_commande *o)
{
    const struct dossier_solution s = {
        .dossier_complet_le = o->dossier_complet_le, .reference_le = o->reference_le, .refuse_le = o->refuse_le};
    return o->solution_couloir && caduque(d, p, &s, o->date_signature);
}

/* REF-03. Au plus 120 jours calendaires (paramètre) de la commande au dépôt d'un dossier complet à l'ANS (IDF, OCC).
 * Jours = dépôt − commande. Déposé avant la commande : conforme. Non déposé : en attente, avec son dernier jour ; passé
 * ce jour, anomalie, et l'éditeur en informe le client (OCC). */
void regle_ref_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct delai_lu r;
    if (!signature_lue(d, p, a, c) || !solution_lue(d, p, a, c))
        return;
    if (!delai_lire(d, p, d->date_signature, &r)) {
        attendre(a, c, "delai_en_vigueur");
        return;
    }
    switch (r.etat) {
    case DELAI_SANS_OBJET:
        return;
    case DELAI_TENU:
        conforme(c);
        if (r.jours < 0)
            constat_mot(c, a, "cas", "avant");
        constat_jour(c, a, "depot", r.depot);
        constat_entier(c, a, "jours", r.jours);
        return;
    case DELAI_DEPASSE:
        non_conforme(c);
        constat_mot(c, a, "cas", "depasse");
        constat_jour(c, a, "depot", r.depot);
        constat_entier(c, a, "jours", r.jours);
        break;
    case DELAI_COURT:
        attendre(a, c, "dossier_complet");
        constat_jour(c, a, "jusqu_au", r.dernier_jour);
        break;
    case DELAI_PASSE:
        non_conforme(c);
        constat_mot(c, a, "cas", "non_depose");
        break;
    case DELAI_DATE_INCONNUE:
        attendre(a, c, "dossier_complet_le");
        attendre_limite(d, p, a, c);
        break;
    }
    constat_jour(c, a, "signature", d->date_signature);
    constat_entier(c, a, "maximum", r.maximum);
    if (c->verdict == VERDICT_NON_CONFORME)
        constat_jour(c, a, "dernier_jour", r.dernier_jour);
    constat_parametre(c, a, parametre_cle(P_DELAI_DOSSIER));
}

/* REF-04. Enrôlement d'abord (ASP) : il suit le référencement et précède toute demande. */
void regle_ref_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (venu(d, d->fournisseur.enrole_le)) {
        conforme(c);
        constat_jour(c, a, "enrole_le", d->fournisseur.enrole_le);
        return;
    }
    attendre(a, c, d->fournisseur.siren == 0 ? "fournisseur" : "enrolement");
    if (jour_present(d->fournisseur.enrole_le))
        constat_jour(c, a, "a_partir_du", d->fournisseur.enrole_le);
    attendre_limite(d, p, a, c);
}

/* REF-06. Version commandée inconnue, c'est-à-dire qui ne se compare pas à la version référencée : discordance. Absente de
 * la saisie : en attente, elle se lit sur la commande et ne se déduit jamais. */
void regle_ref_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (vide(d->version_solution)) {
        attendre(a, c, "version_solution");
        attendre_limite(d, p, a, c);
        return;
    }
    if (!solution_lue(d, p, a, c))
        return;
    switch (comparer_versions(d)) {
    case VERSION_ABSENTE:
    case VERSION_REFERENCE_ABSENTE:
        attendre(a, c, "version_referencee");
        attendre_limite(d, p, a, c);
        return;
    case VERSION_INCONNUE:
        non_conforme(c);
        break;
    case VERSION_COUVERTE:
    case VERSION_ANTERIEURE:
        conforme(c);
        break;
    }
    constat_texte(c, a, "version", d->version_solution);
    constat_texte(c, a, "referencee", d->solution.version_referencee);
}
