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
