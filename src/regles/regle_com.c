/* COM : la commande, ses dates, ce qu'elle porte (regles.md § 1, 2, 5, 6, 7 et 8). La date d'une commande est, dans toutes
 * les règles, sa signature par l'OG. */
#include <string.h>

#include "regles/regles_prive.h"

/* COM-01. L'État achète la montée de version d'un DUI déjà en place ; l'acquisition relève d'ESMS numérique (IDF, NOR).
 * Un DUI en place depuis un jour donné l'est à la commande si ce jour ne la suit pas. */
void regle_com_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->deja_equipe == TROIS_NON) {
        non_conforme(c);
        constat_mot(c, a, "cas", "non_equipe");
        return;
    }
    if (d->deja_equipe == TROIS_ABSENT && !jour_present(d->deja_equipe_depuis)) {
        attendre(a, c, "deja_equipe");
        attendre_limite(d, p, a, c);
        return;
    }
    if (!jour_present(d->deja_equipe_depuis)) {
        conforme(c);
        constat_mot(c, a, "deja_equipe", "oui");
        return;
    }
    if (!signature_lue(d, p, a, c))
        return;
    if (jour_avant(d->date_signature, d->deja_equipe_depuis)) {
        non_conforme(c);
        constat_mot(c, a, "cas", "equipe_apres");
        constat_jour(c, a, "signature", d->date_signature);
    } else {
        conforme(c);
    }
    constat_jour(c, a, "equipe_le", d->deja_equipe_depuis);
}

/* Un jour du calendrier, comparé à la signature : tous deux exigés. */
static bool borne_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                      enum parametre_cle cle, struct jour *out)
{
    if (!signature_lue(d, p, a, c) || !couloir_ouvert(d, p, a, c))
        return false;
    if (jour_du_calendrier(d, p, cle, out))
        return true;
    attendre(a, c, "calendrier");
    return false;
}

/* COM-04. « après la publication » (IDF) : une commande signée avant le jour du JO est irrecevable ; le jour même convient. */
void regle_com_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    enum parametre_cle cle = parametres_couloir(d->couloir)->jo;
    struct jour jo;
    if (!borne_lue(d, p, a, c, cle, &jo))
        return;
    constat_jour(c, a, "signature", d->date_signature);
    if (jour_avant(d->date_signature, jo)) {
        non_conforme(c);
        constat_jour(c, a, "jo", jo);
    } else {
        conforme(c);
    }
    constat_parametre(c, a, parametre_cle(cle));
}

/* COM-05. Du jour du JO à la veille de l'ouverture, l'IDF dit à la fois « après la publication » et « à compter de cette
 * date » : discordance. Avant le JO, COM-04 a parlé. */
void regle_com_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct parametres_couloir *cles = parametres_couloir(d->couloir);
    struct jour jo, ouverture;
    if (!borne_lue(d, p, a, c, cles->jo, &jo) || !borne_lue(d, p, a, c, cles->ouverture, &ouverture))
        return;
    if (jour_avant(d->date_signature, jo))
        return;
    constat_jour(c, a, "signature", d->date_signature);
    if (jour_avant(d->date_signature, ouverture)) {
        non_conforme(c);
        constat_jour(c, a, "jo", jo);
        constat_jour(c, a, "ouverture", ouverture);
    } else {
        conforme(c);
    }
    constat_parametre(c, a, parametre_cle(cles->ouverture));
}

/* COM-06. Commande passée au plus tard le jour de la fermeture du calendrier retenu ; le jour même convient (COM-07 le
 * signale). Une commande que l'autre calendrier jugerait autrement le dit. */
void regle_com_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct parametres_couloir *cles = parametres_couloir(d->couloir);
    enum calendrier autre = autre_calendrier(d->calendrier);
    struct jour fermeture, autre_fermeture;
    if (!borne_lue(d, p, a, c, cles->fermeture[d->calendrier], &fermeture))
        return;
    bool tenue = !jour_avant(fermeture, d->date_signature);
    constat_jour(c, a, "signature", d->date_signature);
    if (tenue) {
        conforme(c);
    } else {
        non_conforme(c);
        constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
        constat_jour(c, a, "fermeture", fermeture);
    }
    if (jour_du_calendrier(d, p, cles->fermeture[autre], &autre_fermeture) &&
        tenue == jour_avant(autre_fermeture, d->date_signature)) {
        constat_mot(c, a, "autre", calendrier_nom(autre));
        constat_jour(c, a, "autre_fermeture", autre_fermeture);
    }
    constat_parametre(c, a, parametre_cle(cles->fermeture[d->calendrier]));
}

/* COM-07. L'IDF écrit « avant cette date » : une commande signée le jour même de la fermeture est admise, avec une
 * information qui le cite. Après, COM-06 a parlé. */
void regle_com_07(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    enum parametre_cle cle = parametres_couloir(d->couloir)->fermeture[d->calendrier];
    struct jour fermeture;
    if (!borne_lue(d, p, a, c, cle, &fermeture) || jour_avant(fermeture, d->date_signature))
        return;
    constat_jour(c, a, "signature", d->date_signature);
    if (jour_cmp(d->date_signature, fermeture) == 0)
        non_conforme(c);
    else
        conforme(c);
    constat_parametre(c, a, parametre_cle(cle));
}

/* COM-08. Signée par l'OG : signataire, qualité, mode. Modes admis pour la commande : ceux de la VA (CPx, Pro Santé
 * Connect, certificat RGS, eIDAS simple au moins) et la signature manuscrite (regles.md § 7). */
void regle_com_08(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!jour_present(d->date_signature))
        attendre(a, c, "date_signature");
    if (!d->signataire_present)
        attendre(a, c, "signataire");
    if (d->qualite_signataire == NULL || d->qualite_signataire[0] == '\0')
        attendre(a, c, "qualite_signataire");
    if (d->mode_signature == MODE_ABSENT)
        attendre(a, c, "mode_signature");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    conforme(c);
    constat_mot(c, a, "mode", mode_signature_nom(d->mode_signature));
}

/* COM-09. « Montant pris en charge par l'État au titre du Ségur de la santé » (FAQ) figure sur la commande. */
void regle_com_09(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->mention_segur == TROIS_OUI) {
        conforme(c);
    } else if (d->mention_segur == TROIS_NON) {
        non_conforme(c);
    } else {
        attendre(a, c, "mention_segur");
        attendre_limite(d, p, a, c);
    }
}

/* La date du document, exigée avec la signature. */
static bool deux_dates(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!jour_present(d->date_commande))
        attendre(a, c, "date_commande");
    if (!jour_present(d->date_signature))
        attendre(a, c, "date_signature");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return false;
    }
    return true;
}

/* Une commande datée de ce jour manquerait-elle au délai du référencement ? */
static bool hors_delai(const struct dossier *d, const struct parametres *p, struct jour jour)
{
    struct delai_lu r;
    return delai_lire(d, p, jour, &r) && (r.etat == DELAI_DEPASSE || r.etat == DELAI_PASSE);
}

/* COM-10. La date du document et la signature tombent du même côté de chaque limite : année (elle choisit la base),
 * JO, ouverture, fermeture, délai du dossier complet (regles.md § 5 et 11). Sinon le choix de l'une ou de l'autre change le verdict. */
void regle_com_10(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!deux_dates(d, p, a, c))
        return;
    struct jour doc = d->date_commande, sig = d->date_signature, borne;
    if (jour_cmp(doc, sig) == 0) {
        conforme(c);
        constat_jour(c, a, "signature", sig);
        return;
    }
    const struct parametres_couloir *cles = parametres_couloir(d->couloir);
    static const char *const noms[] = {"jo", "ouverture", "fermeture"};
    const enum parametre_cle bornes[] = {cles->jo, cles->ouverture, cles->fermeture[d->calendrier]};
    const char *limites[5];
    enum parametre_cle parametres[5];
    size_t n = 0;
    if (jour_annee(doc) != jour_annee(sig)) {
        parametres[n] = cles->base;
        limites[n++] = "annee";
    }
    for (size_t i = 0; i < sizeof bornes / sizeof *bornes; i++) {
        /* Le jour même de la fermeture est encore dedans, celui du JO et de l'ouverture déjà. */
        if (!jour_du_calendrier(d, p, bornes[i], &borne) ||
            (i < 2 ? jour_avant(doc, borne) == jour_avant(sig, borne) : jour_avant(borne, doc) == jour_avant(borne, sig)))
            continue;
        parametres[n] = bornes[i];
        limites[n++] = noms[i];
    }
    bool solution = d->solution.connue && d->solution.couloir_connu;
    if (solution && hors_delai(d, p, doc) != hors_delai(d, p, sig)) {
        parametres[n] = P_DELAI_DOSSIER;
        limites[n++] = "delai";
    }
    constat_jour(c, a, "document", doc);
    constat_jour(c, a, "signature", sig);
    if (n > 0) {
        non_conforme(c);
        for (size_t i = 0; i < n; i++)
            constat_mot(c, a, "limite", limites[i]);
        for (size_t i = 0; i < n; i++)
            if (parametres[i] != PARAMETRE_NOMBRE)
                constat_parametre(c, a, parametre_cle(parametres[i]));
    } else if (!couloir_ouvert(d, p, a, c)) {
        return;
    } else if (!solution) {
        attendre(a, c, d->solution.connue ? "solution_couloir" : manque_solution(d));
        attendre_limite(d, p, a, c);
    } else {
        conforme(c);
    }
}

/* Ce que disent les mandats de l'éditeur pour la solution, au jour de la commande. */
enum mandat_lu { MANDAT_AUCUN, MANDAT_PAS_ENCORE, MANDAT_ECHU, MANDAT_RETIRE, MANDAT_EN_VIGUEUR };

/* Un mandat vaut du premier au dernier jour qu'il dit, l'un et l'autre compris ; retiré, il ne vaut plus dès ce jour-là
 * (inférence : aucun texte ne dit le sort du jour même). */
static enum mandat_lu mandat_lire(const struct mandat *m, struct jour commande)
{
    if (jour_avant(commande, m->du))
        return MANDAT_PAS_ENCORE;
    if (jour_present(m->retire_le) && !jour_avant(commande, m->retire_le))
        return MANDAT_RETIRE;
    return jour_present(m->au_le) && jour_avant(m->au_le, commande) ? MANDAT_ECHU : MANDAT_EN_VIGUEUR;
}

/* Donné par l'éditeur de la solution, pour elle ou pour toutes les siennes ? */
static bool mandat_vise(const struct dossier *d, const struct mandat *m)
{
    return m->editeur == d->solution.siren_editeur &&
           (m->solution[0] == '\0' || strcmp(m->solution, d->solution.numero_ans) == 0);
}

/* Celui qui est en vigueur avant tout autre ; sinon le dernier commencé ; sinon le premier à venir. */
static bool mandat_mieux(const struct mandat *m, enum mandat_lu etat, const struct mandat *que, enum mandat_lu son_etat)
{
    const bool commence = etat != MANDAT_PAS_ENCORE;
    if ((etat == MANDAT_EN_VIGUEUR) != (son_etat == MANDAT_EN_VIGUEUR))
        return etat == MANDAT_EN_VIGUEUR;
    if (commence != (son_etat != MANDAT_PAS_ENCORE))
        return commence;
    return commence ? jour_avant(que->du, m->du) : jour_avant(m->du, que->du);
}

/* Le mandat qui parle pour cette commande ; NULL quand aucun ne vise son éditeur et sa solution. */
static const struct mandat *mandat_choisir(const struct dossier *d, enum mandat_lu *etat)
{
    const struct mandat *choisi = NULL;
    *etat = MANDAT_AUCUN;
    for (uint32_t i = 0; i < d->fournisseur.n_mandats; i++) {
        const struct mandat *m = &d->fournisseur.mandats[i];
        const enum mandat_lu e = mandat_lire(m, d->date_signature);
        if (!mandat_vise(d, m) || (choisi != NULL && !mandat_mieux(m, e, choisi, *etat)))
            continue;
        choisi = m;
        *etat = e;
    }
    return choisi;
}

/* Le distributeur a un mandat de l'éditeur : il vaut le jour de la signature, ou il ne vaut pas. */
static void mandat_juger(const struct mandat *m, enum mandat_lu etat, const struct dossier *d, struct arene *a, struct constat *c)
{
    static const char *const cas[] = {[MANDAT_AUCUN] = "", [MANDAT_PAS_ENCORE] = "mandat_pas_encore", [MANDAT_ECHU] = "mandat_echu",
                                      [MANDAT_RETIRE] = "mandat_retire", [MANDAT_EN_VIGUEUR] = "mandat"};
    if (etat == MANDAT_EN_VIGUEUR)
        conforme(c);
    else
        non_conforme(c);
    constat_mot(c, a, "cas", cas[etat]);
    constat_jour(c, a, "signature", d->date_signature);
    constat_jour(c, a, "mandat_du", m->du);
    if (jour_present(m->au_le))
        constat_jour(c, a, "mandat_au", m->au_le);
    if (etat == MANDAT_RETIRE)
        constat_jour(c, a, "mandat_retire_le", m->retire_le);
}

/* COM-12. L'argent va à l'éditeur, ou à son distributeur officiel avec un mandat (IDF) : en vigueur le jour de la commande,
 * pour cet éditeur et cette solution. Aucun mandat connu de lui : en attente ; connu mais échu, retiré ou postérieur :
 * non conforme. Un fournisseur éditeur d'une solution peut être mandaté pour une autre. */
void regle_com_12(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->fournisseur.siren == 0)
        attendre(a, c, "fournisseur");
    if (!d->solution.connue)
        attendre(a, c, manque_solution(d));
    else if (d->solution.siren_editeur == 0)
        attendre(a, c, "editeur");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    constat_siren(c, a, "fournisseur", d->fournisseur.siren);
    if (d->fournisseur.siren == d->solution.siren_editeur) {
        conforme(c);
        return;
    }
    constat_siren(c, a, "editeur", d->solution.siren_editeur);
    enum mandat_lu etat;
    const struct mandat *m = mandat_choisir(d, &etat);
    if (m != NULL) {
        if (signature_lue(d, p, a, c))
            mandat_juger(m, etat, d, a, c);
        return;
    }
    if (d->fournisseur.connu && !d->fournisseur.distributeur) {
        non_conforme(c);
        return;
    }
    attendre(a, c, d->fournisseur.connu ? "mandat" : "fournisseur_role");
    attendre_limite(d, p, a, c);
}

/* COM-13. La date du document diffère de la signature : information, les règles lisent la signature (regles.md § 5). */
void regle_com_13(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!deux_dates(d, p, a, c))
        return;
    constat_jour(c, a, "signature", d->date_signature);
    if (jour_cmp(d->date_commande, d->date_signature) == 0) {
        conforme(c);
        return;
    }
    non_conforme(c);
    constat_jour(c, a, "document", d->date_commande);
}
