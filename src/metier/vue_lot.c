/* `lot verifier`: the form of the archive, then its figures by the rules, from the embedded parameters alone. */
#include <string.h>

#include "metier/parametres_charger.h"
#include "metier/vues.h"
#include "regles/bareme.h"

struct juge_lot {
    const struct parametres *p;
    char parametres[EMPREINTE_HEX];
    bool autres; /* the lot was made with other parameters: its figures are not judged */
};

static void ecart(struct diag_liste *diags, const struct lot_chiffres *c, const char *quoi, struct montant trouve, struct montant attendu)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (trouve.centimes == attendu.centimes)
        return;
    struct diag *d = diag_erreur(diags, E_LOT_MONTANT, "demande n° %llu : %s n'est pas conforme aux règles", (unsigned long long)c->numero, quoi);
    diag_trouve(d, "%s", montant_fr(trouve, a));
    diag_attendu(d, "%s", montant_fr(attendu, b));
}

static void juger_bareme(const struct juge_lot *j, const struct lot_chiffres *c, struct diag_liste *diags)
{
    struct plafond f;
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (c->n_essms > c->n_og || !bareme_plafond(j->p, c->n_og, c->n_essms, c->signature, &f)) {
        struct diag *d = diag_erreur(diags, E_LOT_MONTANT, "demande n° %llu : l'OG n'a pas tant d'ESSMS", (unsigned long long)c->numero);
        diag_trouve(d, "%u ESSMS pour N = %u", c->n_essms, c->n_og);
        return;
    }
    if (f.tranche.lettre != c->tranche) {
        struct diag *d = diag_erreur(diags, E_LOT_MONTANT, "demande n° %llu : la tranche n'est pas celle de N = %u", (unsigned long long)c->numero, c->n_og);
        diag_trouve(d, "%c", c->tranche);
        diag_attendu(d, "%c", f.tranche.lettre);
    }
    ecart(diags, c, "le montant par ESSMS", c->taux_tranche, f.tranche.taux_ttc);
    ecart(diags, c, "le plafond HT bas", c->plafond_ht_bas, f.ht_bas);
    ecart(diags, c, "le plafond HT haut", c->plafond_ht_haut, f.ht_haut);
    ecart(diags, c, "le plafond TTC", c->plafond_ttc, f.ttc);
    if (c->ht.centimes <= 0 || c->ht.centimes > f.ht_haut.centimes) {
        struct diag *d = diag_erreur(diags, E_LOT_MONTANT, "demande n° %llu : le montant HT dépasse le plafond, ou il est nul", (unsigned long long)c->numero);
        diag_trouve(d, "%s", montant_fr(c->ht, a));
        diag_attendu(d, "au plus %s", montant_fr(f.ht_haut, b));
    }
}

/* VAT rounded line by line may be off by a centime for each ESSMS (regles.md § 2): justified, it was emitted. */
static void juger_tva(const struct lot_chiffres *c, struct diag_liste *diags)
{
    struct montant tva;
    if (!tva_calculer(c->ht, c->taux_tva, &tva))
        return;
    const int64_t delta = c->tva.centimes - tva.centimes;
    if (delta > c->n_essms || -delta > c->n_essms)
        ecart(diags, c, "la TVA", c->tva, tva);
}

/* What a balance may claim (SOL-03, SOL-04); its sums were checked with its form. */
static void juger_solde(const struct juge_lot *j, const struct lot_chiffres *c, struct diag_liste *diags)
{
    struct plafond f;
    struct montant solde, trop;
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (c->n_essms <= c->n_og && bareme_plafond(j->p, c->n_og, c->gardes, c->signature, &f) && c->total.centimes > f.ttc.centimes) {
        struct diag *d = diag_erreur(diags, E_LOT_MONTANT, "demande n° %llu : le total dépasse le plafond des ESSMS gardés", (unsigned long long)c->numero);
        diag_trouve(d, "%s", montant_fr(c->total, a));
        diag_attendu(d, "au plus %s pour %u ESSMS", montant_fr(f.ttc, b), c->gardes);
    }
    if (solde_calculer(c->total, c->avance_payee, &solde, &trop)) {
        ecart(diags, c, "le solde", c->solde, solde);
        ecart(diags, c, "le trop-perçu", c->trop_percu, trop);
    }
}

static bool juger_demande(void *ctx, const struct lot_chiffres *c, struct diag_liste *diags)
{
    struct juge_lot *j = ctx;
    struct montant avance, solde;
    const uint64_t avant = diags->total;
    j->autres = strcmp(c->parametres, j->parametres) != 0;
    if (j->autres)
        return true;
    juger_bareme(j, c, diags);
    juger_tva(c, diags);
    if (c->reste)
        juger_solde(j, c, diags);
    else if (avance_calculer(j->p, c->ttc, c->signature, &avance, &solde)) {
        ecart(diags, c, "l'avance", c->avance, avance);
        ecart(diags, c, "le solde", c->solde, solde);
    }
    return diags->total == avant;
}

bool vue_lot_verifier(const char *chemin, struct lot_rapport *out, struct diag_liste *diags)
{
    struct parametres *p = parametres_embarques(diags);
    if (p == NULL)
        return false;
    struct juge_lot j = {.p = p};
    (void)empreinte_hex(parametres_empreinte(p), j.parametres);
    const bool ok = lot_verifier(chemin, juger_demande, &j, out, diags);
    if (j.autres) {
        struct diag *d = diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                    "ce lot a été fait avec d'autres paramètres : ses montants ne sont pas jugés ici, seules les sommes le sont");
        diag_a_faire(d, "le vérifier avec la version de sons qui l'a émis");
    }
    parametres_free(p);
    return ok;
}
