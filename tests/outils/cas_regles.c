/* Known answers that need the parameters or the rules. */
#include "cas.h"

#include <string.h>
#include "regles/bareme.h"
#include "regles/cycle.h"
#include "regles/regles.h"

/* The rows give no date: an order of the first period. */
static struct jour signature_type(void)
{
    struct jour j = JOUR_ABSENT;
    jour_from_ymd(2022, 6, 1, &j);
    return j;
}

static void put_montants(struct buffer *out, const struct montant *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_putc(out, ';');
        buffer_put_i64(out, m[i].centimes);
    }
}

bool cas_avance(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    int64_t ttc;
    struct montant parts[2];
    if (!cas_entier(champs[0], 0, MONTANT_MAX, &ttc) ||
        !avance_calculer(c->parametres, montant_of(ttc), signature_type(), &parts[0], &parts[1]))
        return false;
    put_montants(trouve, parts, 2);
    return true;
}

static bool read_counts(const struct slice *champs, uint32_t *n_og, uint32_t *n)
{
    int64_t a, b;
    if (!cas_entier(champs[0], 0, UINT32_MAX, &a) || !cas_entier(champs[1], 0, UINT32_MAX, &b))
        return false;
    *n_og = (uint32_t)a;
    *n = (uint32_t)b;
    return true;
}

bool cas_bareme(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    uint32_t n_og, n;
    struct plafond p;
    if (!read_counts(champs, &n_og, &n) || !bareme_plafond(c->parametres, n_og, n, signature_type(), &p))
        return false;
    const struct montant m[] = {p.tranche.taux_ttc, p.ttc, p.ht_bas, p.ht_haut, p.progressif_ttc};
    buffer_putc(trouve, p.tranche.lettre);
    buffer_putc(trouve, ';');
    put_montants(trouve, m, sizeof m / sizeof *m);
    return true;
}

/* An order of n ESSMS, complete but for its amounts. */
static struct dossier dossier_type(struct arene *a, uint32_t n_og, uint32_t n)
{
    struct dossier d = {0};
    d.au = instant_fin_du_jour(jour_plus(signature_type(), 365));
    d.calendrier = CALENDRIER_INITIAL;
    d.liste_financements = true;
    d.fait = 1;
    d.etat = ETAT_ENREGISTREE;
    d.numero = "CAS";
    d.reference_externe = d.qualite_signataire = d.version_solution = d.solution_lue = "";
    d.couloir = COULOIR_MS1;
    d.ej = 1;
    d.date_commande = d.date_signature = signature_type();
    d.ht = d.tva = d.ttc = MONTANT_ABSENT;
    d.taux_tva = TAUX_ABSENT;
    d.engagement = d.option = TROIS_ABSENT;
    d.reste_a_charge = MONTANT_ABSENT;
    d.sous_condition = d.mention_segur = d.deja_equipe = TROIS_OUI;
    d.deja_equipe_depuis = JOUR_ABSENT;
    d.essms = memset(arene_alloc(a, n * sizeof *d.essms), 0, n * sizeof *d.essms);
    d.n_essms = n;
    for (uint32_t i = 0; i < n; i++) {
        d.essms[i].et = 2 + i;
        d.essms[i].dans_base = true;
        d.essms[i].ej_base = d.ej;
        d.essms[i].ht = d.essms[i].ttc = MONTANT_ABSENT;
    }
    d.base = (struct dossier_base){.etat = BASE_DESIGNEE, .annee = 2022, .og_present = true};
    jour_from_ymd(2022, 1, 3, &d.base.date);
    d.base.n[0] = d.base.n[COULOIR_MS1] = n_og;
    d.solution = (struct dossier_solution){.connue = true, .nom = "DUI", .numero_ans = "1", .siren_editeur = 732829320,
                                           .couloir_connu = true, .version_referencee = "1",
                                           .dossier_complet_le = JOUR_ABSENT, .reference_le = JOUR_ABSENT,
                                           .refuse_le = JOUR_ABSENT, .retire_le = JOUR_ABSENT, .n_couloirs = 1};
    d.fournisseur = (struct dossier_fournisseur){.connu = true, .siren = 732829320, .nom = "Éditeur",
                                                 .enrole_le = JOUR_ABSENT};
    return d;
}

/* The worst answer of some rules: a severity, or a verdict when none is broken. */
static bool worst(struct cas_contexte *c, const struct dossier *d, const char *const *idents, size_t n,
                  struct buffer *trouve)
{
    uint16_t ranks[4];
    struct constat *constats;
    const char *word = NULL;
    int weight = -1;
    for (size_t i = 0; i < n; i++) {
        size_t rank = regle_rang(idents[i], strlen(idents[i]));
        if (rank == regles_nombre())
            return false;
        ranks[i] = (uint16_t)rank;
    }
    if (regles_appliquer(d, c->parametres, 0, ranks, n, &c->arene, &constats) != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool broken = constats[i].verdict == VERDICT_NON_CONFORME;
        enum gravite g = constat_gravite(&constats[i]);
        int w = broken ? 10 - (int)g : (int)constats[i].verdict;
        if (w > weight) {
            weight = w;
            word = broken ? gravite_nom(g) : verdict_nom(constats[i].verdict);
        }
    }
    buffer_puts(trouve, word);
    return true;
}

bool cas_plafond(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    static const char *const rules[] = {"BAR-01", "BAR-02"};
    uint32_t n_og, n;
    int64_t ht, rate, tva, ttc;
    if (!read_counts(champs, &n_og, &n) || n > 100000 || !cas_entier(champs[2], 0, MONTANT_MAX, &ht) ||
        !cas_entier(champs[3], 0, 10000, &rate) || !cas_entier(champs[4], 0, MONTANT_MAX, &tva) ||
        !cas_entier(champs[5], 0, MONTANT_MAX, &ttc))
        return false;
    struct dossier d = dossier_type(&c->arene, n_og, n);
    d.ht = montant_of(ht);
    d.tva = montant_of(tva);
    d.ttc = montant_of(ttc);
    d.taux_tva = (struct taux){(int32_t)rate};
    d.motif_tva = rate == 0 ? MOTIF_EXEMPTION : MOTIF_ABSENT;
    return worst(c, &d, rules, 2, trouve);
}

/* REF-03, on a solution referenced after both dates. */
bool cas_delai120(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve)
{
    struct jour signature, complete;
    if (!jour_parse_iso(champs[0], &signature) || !jour_parse_iso(champs[1], &complete))
        return false;
    struct jour later = jour_cmp(signature, complete) > 0 ? signature : complete;
    struct dossier d = dossier_type(&c->arene, 1, 1);
    d.date_commande = d.date_signature = signature;
    d.solution.dossier_complet_le = complete;
    d.solution.reference_le = jour_plus(later, 1);
    d.au = instant_fin_du_jour(jour_plus(later, 30));
    uint16_t rank = (uint16_t)regle_rang("REF-03", 6);
    struct constat *constats;
    if (rank == regles_nombre() || regles_appliquer(&d, c->parametres, 0, &rank, 1, &c->arene, &constats) != 1)
        return false;
    buffer_put_i64(trouve, jour_ecart(signature, complete));
    buffer_putc(trouve, ';');
    buffer_puts(trouve, verdict_nom(constats[0].verdict));
    return true;
}
