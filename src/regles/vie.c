#include "regles/vie.h"

#include <string.h>

#include "noyau/texte.h"

static const char *const paiements[PAIEMENT_NOMBRE] = {"", "avance", "solde"};
static const struct {
    const char *mot, *label;
} statuts[STATUT_NOMBRE] = {
    [STATUT_AUCUN] = {"", ""},
    [STATUT_RECUE] = {"recue", "reçue"},
    [STATUT_INCOMPLETE] = {"incomplete", "incomplète"},
    [STATUT_A_MODIFIER] = {"a_modifier", "à modifier"},
    [STATUT_VALIDEE] = {"validee", "validée"},
    [STATUT_PAYEE] = {"decidee_et_payee", "décidée et payée"},
    [STATUT_REJETEE] = {"rejetee", "rejetée"},
};
static const char *const evenements[EV_NOMBRE] = {
    [EV_DEMANDE] = "demande", [EV_EMISSION] = "emission", [EV_LOT_ANNULE] = "lot_annule", [EV_DEPOT] = "depot",
    [EV_REPONSE] = "reponse", [EV_FACTURE] = "facture", [EV_VA] = "va", [EV_ENCAISSEMENT] = "encaissement",
    [EV_ANNULATION] = "annulation", [EV_ORDRE] = "ordre", [EV_REVERSEMENT] = "reversement",
};

const char *paiement_nom(enum paiement t)
{
    return (size_t)t < PAIEMENT_NOMBRE ? paiements[t] : "";
}

enum paiement paiement_parse(const char *bytes, size_t len)
{
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++)
        if (slice_equals((struct slice){bytes, len}, paiements[t]))
            return (enum paiement)t;
    return PAIEMENT_AUCUN;
}

const char *statut_asp_nom(enum statut_asp s)
{
    return (size_t)s < STATUT_NOMBRE ? statuts[s].mot : "";
}

const char *statut_asp_label(enum statut_asp s)
{
    return (size_t)s < STATUT_NOMBRE ? statuts[s].label : "";
}

enum statut_asp statut_asp_parse(const char *bytes, size_t len)
{
    const struct slice texte = {bytes, len};
    for (int s = STATUT_RECUE; s < STATUT_NOMBRE; s++)
        if (slice_equals(texte, statuts[s].mot) || slice_equals(texte, statuts[s].label))
            return (enum statut_asp)s;
    return STATUT_AUCUN;
}

const char *evenement_nom(enum evenement_type t)
{
    return (size_t)t < EV_NOMBRE && evenements[t] != NULL ? evenements[t] : "";
}

/* --- le pli ------------------------------------------------------------------------------------------------------ */

void vie_init(struct vie *v)
{
    *v = (struct vie){.annulee_le = INSTANT_ABSENT, .dernier = INSTANT_ABSENT, .total = MONTANT_ABSENT};
    v->avance = v->solde = (struct dossier_demande){.montant = MONTANT_ABSENT, .emise_le = INSTANT_ABSENT, .deposee_le = INSTANT_ABSENT,
                                                    .premier_depot = INSTANT_ABSENT, .depot_rejete = INSTANT_ABSENT, .statut_le = INSTANT_ABSENT, .paye = MONTANT_ABSENT};
    for (int t = 0; t < PAIEMENT_NOMBRE; t++)
        v->argent.encaisse[t] = montant_of(0);
    v->gardee = MONTANT_ABSENT;
    v->argent.ordre_le = v->argent.ordre_dernier = v->argent.rejete_le = INSTANT_ABSENT;
    v->argent.rejete = v->argent.a_reverser = v->argent.reverse = montant_of(0);
}

/* Au-delà des bornes, la somme reste à la borne : les actes refusent bien avant. */
static void cumuler(struct montant *somme, struct montant m)
{
    if (montant_present(m) && !montant_add(*somme, m, somme))
        *somme = montant_of(m.centimes < 0 ? -MONTANT_MAX : MONTANT_MAX);
}

/* Une demande rendue par l'ASP se refait : même numéro, version suivante, jugée sur son premier dépôt (regles.md § 6). Une demande
 * rejetée est finie : la suivante a son propre numéro et son propre dépôt ; celui de la rejetée reste dit. */
static void demander(struct dossier_demande *d, const struct evenement *e)
{
    const struct dossier_demande avant = *d;
    const bool suite = avant.existe && avant.statut != STATUT_REJETEE && avant.numero == e->numero;
    *d = (struct dossier_demande){.existe = true, .numero = e->numero, .montant = e->montant, .emise_le = INSTANT_ABSENT,
                                  .deposee_le = INSTANT_ABSENT, .statut_le = INSTANT_ABSENT, .paye = MONTANT_ABSENT,
                                  .version = !suite ? 1 : avant.version + (avant.emise ? 1 : 0),
                                  .premier_depot = suite ? avant.premier_depot : INSTANT_ABSENT,
                                  .depot_rejete = suite || !instant_present(avant.premier_depot) ? avant.depot_rejete : avant.premier_depot};
}

/* Ce qui fut reçu d'une demande rejetée ne paie pas celle qui la suit. */
static void delaisser(struct dossier_argent *a, const struct dossier_demande *d, struct montant *recu)
{
    if (d->statut != STATUT_REJETEE || recu->centimes <= 0)
        return;
    if (!instant_present(a->rejete_le))
        a->rejete_le = d->statut_le;
    cumuler(&a->rejete, *recu);
    *recu = montant_of(0);
}

/* Un paiement saisi par erreur se retire de ce qu'il avait compté, le délaissé d'abord s'il n'est plus que là. */
static void encaisser(struct dossier_argent *a, struct montant *recu, struct montant m)
{
    cumuler(recu, m);
    if (recu->centimes >= 0)
        return;
    cumuler(&a->rejete, *recu);
    *recu = montant_of(0);
}

static void emettre(struct dossier_demande *d, const struct evenement *e)
{
    d->emise = true;
    d->reconstitue = e->reconstitue;
    d->emise_le = e->le;
}

static void reprendre(struct dossier_demande *d)
{
    d->emise = d->reconstitue = false;
    d->emise_le = INSTANT_ABSENT;
}

static void deposer(struct dossier_demande *d, const struct evenement *e)
{
    d->deposee_le = e->le;
    if (!instant_present(d->premier_depot))
        d->premier_depot = e->le;
}

/* Une demande payée ou rejetée l'est pour de bon : une réponse qui arrive après ne le défait pas. */
static void repondre(struct dossier_demande *d, const struct evenement *e)
{
    if (!d->existe || e->numero != d->numero || e->version != d->version || d->statut == STATUT_PAYEE || d->statut == STATUT_REJETEE)
        return;
    d->statut = e->statut;
    d->statut_le = e->le;
    d->statut_fait = e->fait;
    if (e->statut == STATUT_PAYEE)
        d->paye = montant_present(e->montant) ? e->montant : d->montant;
}

static void ordonner(struct dossier_argent *a, const struct evenement *e)
{
    if (!a->ordre)
        a->ordre_le = e->le;
    a->ordre = true;
    a->ordre_dernier = e->le;
    cumuler(&a->a_reverser, e->montant);
}

/* Ce qui se reverse après le départ du solde ne change plus ce qu'il demande. */
static void partir(struct vie *v, const struct evenement *e)
{
    if (e->paiement != PAIEMENT_SOLDE)
        return;
    v->gardee = MONTANT_ABSENT;
    if (e->type == EV_DEMANDE)
        v->total = e->total;
    if (e->type == EV_EMISSION)
        v->gardee = vie_avance_gardee(v);
}

void vie_ajouter(struct vie *v, const struct evenement *e)
{
    struct dossier_demande *d = e->paiement == PAIEMENT_SOLDE ? &v->solde : &v->avance;
    struct montant *recu = &v->argent.encaisse[(size_t)e->paiement < PAIEMENT_NOMBRE ? e->paiement : PAIEMENT_AUCUN];
    v->dernier = e->le;
    switch (e->type) {
    case EV_DEMANDE: delaisser(&v->argent, d, recu); demander(d, e); partir(v, e); break;
    case EV_EMISSION: emettre(d, e); partir(v, e); break;
    case EV_LOT_ANNULE: reprendre(d); partir(v, e); break;
    case EV_DEPOT: deposer(d, e); break;
    case EV_REPONSE: repondre(d, e); break;
    case EV_FACTURE: v->facturee = true; break;
    case EV_VA: v->attestee = true; break;
    case EV_ENCAISSEMENT: encaisser(&v->argent, recu, e->montant); break;
    case EV_ANNULATION: v->annulee_le = e->le; break;
    case EV_ORDRE: ordonner(&v->argent, e); break;
    case EV_REVERSEMENT: cumuler(&v->argent.reverse, e->montant); break;
    case EV_NOMBRE: break;
    }
}

const struct dossier_demande *vie_demande(const struct vie *v, enum paiement t)
{
    return t == PAIEMENT_SOLDE ? &v->solde : &v->avance;
}

/* --- l'état ------------------------------------------------------------------------------------------------------ */

static int64_t decide(const struct dossier_demande *d)
{
    return montant_present(d->paye) ? d->paye.centimes : 0;
}

static int64_t moindre(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t positif(int64_t n)
{
    return n > 0 ? n : 0;
}

/* Reçu au-delà de ce que l'ASP a décidé ; tant qu'elle n'a rien dit, c'est un paiement qui attend sa réponse. */
static int64_t en_trop(const struct vie *v, enum paiement t)
{
    const struct dossier_demande *d = vie_demande(v, t);
    const bool jugee = montant_present(d->paye) || d->statut == STATUT_REJETEE || instant_present(v->annulee_le);
    return jugee ? positif(v->argent.encaisse[t].centimes - decide(d)) : 0;
}

static int64_t tout_en_trop(const struct vie *v)
{
    return v->argent.rejete.centimes + en_trop(v, PAIEMENT_AVANCE) + en_trop(v, PAIEMENT_SOLDE);
}

struct montant vie_recu_en_trop(const struct vie *v)
{
    return montant_of(tout_en_trop(v));
}

struct montant vie_paye(const struct vie *v, enum paiement t)
{
    return v->argent.encaisse[t].centimes > 0 ? v->argent.encaisse[t] : montant_of(decide(vie_demande(v, t)));
}

struct montant vie_decide_paye(const struct vie *v, enum paiement t)
{
    return montant_of(moindre(decide(vie_demande(v, t)), vie_paye(v, t).centimes));
}

struct montant vie_rendu(const struct vie *v)
{
    return montant_of(positif(v->argent.reverse.centimes - tout_en_trop(v)));
}

struct montant vie_avance_gardee(const struct vie *v)
{
    if (montant_present(v->gardee) || !montant_present(v->avance.paye))
        return v->gardee;
    const int64_t ordonne = moindre(v->argent.reverse.centimes, v->argent.a_reverser.centimes);
    return montant_of(positif(v->avance.paye.centimes - positif(ordonne - tout_en_trop(v))));
}

/* Reversé, hors de ce qui l'a été de l'avance. */
static int64_t hors_avance(const struct vie *v)
{
    const int64_t de_l_avance = montant_present(v->avance.paye) ? v->avance.paye.centimes - vie_avance_gardee(v).centimes : 0;
    return positif(v->argent.reverse.centimes - de_l_avance);
}

struct montant vie_reste(const struct vie *v, enum paiement t)
{
    const struct dossier_demande *d = vie_demande(v, t);
    if (!montant_present(d->paye) && d->statut != STATUT_REJETEE) /* rejetée : rien n'est dû, ce qui est venu est de trop */
        return MONTANT_ABSENT;
    const int64_t avant = v->argent.rejete.centimes + (t == PAIEMENT_AVANCE ? 0 : en_trop(v, PAIEMENT_AVANCE)), rendu = positif(hors_avance(v) - avant);
    return montant_of(decide(d) - v->argent.encaisse[t].centimes + moindre(rendu, en_trop(v, t)));
}

struct montant vie_recu_sans_demande(const struct vie *v)
{
    int64_t somme = 0;
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++) {
        const struct dossier_demande *d = vie_demande(v, (enum paiement)t);
        if (d->statut == STATUT_AUCUN && !instant_present(d->premier_depot) && !instant_present(v->annulee_le))
            somme += positif(v->argent.encaisse[t].centimes);
    }
    return montant_of(somme);
}

/* Ce que les ordres demandent est reversé. */
static bool ordres_tenus(const struct vie *v)
{
    return v->argent.reverse.centimes >= v->argent.a_reverser.centimes;
}

struct montant vie_tout_paye(const struct vie *v)
{
    return montant_of(v->argent.rejete.centimes + vie_paye(v, PAIEMENT_AVANCE).centimes + vie_paye(v, PAIEMENT_SOLDE).centimes);
}

static int64_t venu(const struct vie *v)
{
    return vie_tout_paye(v).centimes;
}

static bool tout_rendu(const struct vie *v)
{
    return v->argent.reverse.centimes >= venu(v);
}

struct montant vie_au_dela_du_total(const struct vie *v)
{
    const int64_t avance = vie_decide_paye(v, PAIEMENT_AVANCE).centimes;
    int64_t solde = 0;
    if (!montant_present(v->total))
        return montant_of(0);
    if (v->solde.statut == STATUT_PAYEE) {
        solde = vie_decide_paye(v, PAIEMENT_SOLDE).centimes;
        if (vie_avance_gardee(v).centimes + solde <= v->total.centimes)
            return montant_of(0);
    }
    return montant_of(positif(avance + solde - v->total.centimes));
}

/* Ce qui est venu en trop est rendu : au-delà de ce que l'ASP a décidé d'abord, puis au-delà du total (REV-03). */
static bool trop_rendu(const struct vie *v)
{
    return tout_en_trop(v) <= hors_avance(v) && vie_rendu(v).centimes >= vie_au_dela_du_total(v).centimes;
}

static bool payee(const struct dossier_demande *d)
{
    return d->existe && d->statut == STATUT_PAYEE;
}

/* Les ordres demandent tout ce qui fut payé ; ce qui vint en trop se rend sans eux. */
static bool tout_demande(const struct vie *v)
{
    return v->argent.ordre && v->argent.a_reverser.centimes + tout_en_trop(v) >= venu(v);
}

/* L'ordre d'une annulation : de son jour au plus tôt, ou qui demande tout ce qui fut payé. Celui d'une partie, d'avant, ne l'est pas. */
static bool ordre_de_l_annulation(const struct vie *v)
{
    return v->argent.ordre && (jour_cmp(instant_jour(v->argent.ordre_dernier), instant_jour(v->annulee_le)) >= 0 || tout_demande(v));
}

static enum etat_commande etat_annule(const struct vie *v)
{
    if (ordre_de_l_annulation(v)) /* tout est dû (REV-03), quoi que l'ordre demande */
        return ordres_tenus(v) && tout_rendu(v) ? ETAT_ANNULEE_REVERSEE : ETAT_ANNULEE_A_REVERSER;
    return venu(v) > 0 ? ETAT_ANNULEE_AVANCE_PAYEE : ETAT_ANNULEE; /* reçue sans décision, elle est payée quand même */
}

/* La demande en cours : ce que l'ASP en a dit, sinon jusqu'où elle est allée. */
static enum etat_commande etat_demande(const struct dossier_demande *d, const enum etat_commande dits[STATUT_NOMBRE],
                                       const enum etat_commande allers[3])
{
    if (d->statut != STATUT_AUCUN)
        return dits[d->statut];
    return instant_present(d->deposee_le) ? allers[2] : d->emise ? allers[1] : allers[0];
}

static enum etat_commande etat_solde(const struct vie *v)
{
    static const enum etat_commande dits[STATUT_NOMBRE] = {
        [STATUT_RECUE] = ETAT_SOLDE_RECU, [STATUT_INCOMPLETE] = ETAT_SOLDE_INCOMPLET, [STATUT_A_MODIFIER] = ETAT_SOLDE_A_MODIFIER,
        [STATUT_VALIDEE] = ETAT_SOLDE_VALIDE, [STATUT_PAYEE] = ETAT_SOLDE_PAYE, [STATUT_REJETEE] = ETAT_SOLDE_REJETE};
    static const enum etat_commande allers[3] = {ETAT_SOLDE_DEMANDE, ETAT_SOLDE_EMIS, ETAT_SOLDE_DEPOSE};
    const enum etat_commande e = etat_demande(&v->solde, dits, allers);
    const bool recu = vie_reste(v, PAIEMENT_AVANCE).centimes <= 0 && vie_reste(v, PAIEMENT_SOLDE).centimes <= 0 && trop_rendu(v);
    return e == ETAT_SOLDE_PAYE && recu ? ETAT_CLOSE : e;
}

static enum etat_commande etat_avance(const struct vie *v)
{
    static const enum etat_commande dits[STATUT_NOMBRE] = {
        [STATUT_RECUE] = ETAT_AVANCE_RECUE, [STATUT_INCOMPLETE] = ETAT_AVANCE_INCOMPLETE,
        [STATUT_A_MODIFIER] = ETAT_AVANCE_A_MODIFIER, [STATUT_VALIDEE] = ETAT_AVANCE_VALIDEE, [STATUT_PAYEE] = ETAT_AVANCE_PAYEE,
        [STATUT_REJETEE] = ETAT_AVANCE_REJETEE};
    static const enum etat_commande allers[3] = {ETAT_AVANCE_DEMANDEE, ETAT_AVANCE_EMISE, ETAT_AVANCE_DEPOSEE};
    const enum etat_commande e = etat_demande(&v->avance, dits, allers);
    if (e != ETAT_AVANCE_PAYEE)
        return e;
    return v->facturee && v->attestee ? ETAT_A_SOLDER : v->facturee ? ETAT_FACTUREE : v->attestee ? ETAT_ATTESTEE : e;
}

struct montant vie_a_apprecier(const struct vie *v)
{
    const int64_t trop = vie_au_dela_du_total(v).centimes, ordonne = positif(v->argent.a_reverser.centimes - tout_en_trop(v));
    return montant_of(positif(vie_decide_paye(v, PAIEMENT_AVANCE).centimes - (trop > ordonne ? trop : ordonne)));
}

struct montant vie_a_rendre(const struct vie *v, bool finie)
{
    const int64_t trop = tout_en_trop(v) + vie_au_dela_du_total(v).centimes, du = finie ? venu(v) : trop;
    return montant_of(positif((du > v->argent.a_reverser.centimes ? du : v->argent.a_reverser.centimes) - v->argent.reverse.centimes));
}

enum etat_commande vie_etat(const struct vie *v)
{
    if (instant_present(v->annulee_le))
        return etat_annule(v);
    if (v->argent.ordre && !ordres_tenus(v))
        return ETAT_A_REVERSER;
    if (payee(&v->avance) && tout_rendu(v) && tout_demande(v)) /* reversé sans ordre, le reste lui est dû */
        return ETAT_REVERSEE;
    if (v->solde.existe)
        return etat_solde(v);
    return v->avance.existe ? etat_avance(v) : ETAT_ENREGISTREE;
}
