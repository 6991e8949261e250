/* avance, solde, lot. */
#include <stdio.h>
#include <string.h>
#include "cli/commandes.h"
#include "cli/cmd_sceau.h"
#include "cli/commun.h"
#include "formats/lot_asp.h"
#include "metier/actes.h"
#include "metier/feuilles.h"
#include "metier/vues.h"
#include "noyau/memoire.h"
#include "regles/regles.h"

/* `REGLE=motif` → `regle` is copied in `tampon`. */
static bool lire_justification(struct cli *c, const char *texte, char tampon[16], struct justification_demandee *out)
{
    const char *egal = strchr(texte, '=');
    size_t len = egal ? (size_t)(egal - texte) : strlen(texte);
    if (!egal || slice_trim(slice_of(egal + 1)).len == 0) {
        struct diag *d = diag_erreur(&c->diags, E_CLI_VALEUR, "justification sans motif");
        diag_trouve(d, "%s", texte);
        diag_attendu(d, "REGLE=motif, par exemple \"BAR-05=TVA arrondie ligne à ligne\"");
        return false;
    }
    size_t rang = regle_rang(texte, len);
    if (rang >= regles_nombre() || regle_de(rang)->gravite != GRAVITE_DISCORDANCE) {
        struct diag *d = diag_erreur(&c->diags, E_CLI_VALEUR, rang >= regles_nombre()
                                         ? "règle inconnue : %.*s" : "%.*s ne se justifie pas : ce n'est pas une discordance",
                                     (int)len, texte);
        diag_a_faire(d, "voir les règles par « sons regles »");
        return false;
    }
    snprintf(tampon, 16, "%s", regle_de(rang)->ident);
    *out = (struct justification_demandee){.regle = tampon, .motif = egal + 1};
    return true;
}

/* What the two payments say of themselves. */
struct mots_demande {
    const char *une, *plusieurs, *aucune, *etait, *etaient;
};
static const struct mots_demande mots_avance = {"avance demandée", "avances demandées", "Aucune avance demandée", "était déjà demandée.",
                                                "étaient déjà demandées."};
static const struct mots_demande mots_solde = {"solde demandé", "soldes demandés", "Aucun solde demandé", "était déjà demandé.",
                                               "étaient déjà demandés."};

static void dire_demande(struct cli *c, const struct mots_demande *m, const struct demande_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"demandees", "demandées", CELLULE_ENTIER}, {"deja", "déjà demandées", CELLULE_ENTIER},
        {"somme", "somme", CELLULE_MONTANT}, {"conformes", "conformes", CELLULE_ENTIER},
        {"en_attente", "en attente", CELLULE_ENTIER}, {"discordances", "discordances", CELLULE_ENTIER},
        {"anomalies", "anomalies", CELLULE_ENTIER}, {"essms_retires", "ESSMS retirés", CELLULE_ENTIER},
        {"trop_percu", "trop-perçu", CELLULE_MONTANT}};
    struct buffer b = {0};
    char somme[MONTANT_TEXTE_MAX];
    if (r->demandees > 0) {
        compte(&b, r->demandees, m->une, m->plusieurs);
        buffer_printf(&b, " pour %s", montant_fr(r->somme, somme));
    } else {
        buffer_puts(&b, m->aucune);
    }
    const struct compte_mots v[] = {
        {r->conformes, "conforme", "conformes"}, {r->attentes, "en attente", "en attente"},
        {r->discordances, "discordance", "discordances"}, {r->anomalies, "anomalie", "anomalies"}};
    comptes(&b, v, sizeof v / sizeof *v);
    buffer_putc(&b, '.');
    if (r->deja > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r->deja, m->etait, m->etaient);
    }
    if (r->retires > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r->retires, "ESSMS retiré.", "ESSMS retirés.");
    }
    if (r->trop_percu.centimes > 0)
        buffer_printf(&b, " Trop-perçu : %s à reverser.", montant_fr(r->trop_percu, somme));
    if (r->justifiees > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r->justifiees, "discordance justifiée.", "discordances justifiées.");
    }
    const struct cellule cellules[] = {
        cellule_entier((int64_t)r->demandees), cellule_entier((int64_t)r->deja), cellule_montant(r->somme),
        cellule_entier((int64_t)r->conformes), cellule_entier((int64_t)r->attentes),
        cellule_entier((int64_t)r->discordances), cellule_entier((int64_t)r->anomalies), cellule_entier((int64_t)r->retires),
        cellule_montant(r->trop_percu)};
    cli_rapporter(c, b.bytes, colonnes, cellules, m == &mots_solde ? 9 : 7);
    buffer_free(&b);
}

/* `s`: a balance; NULL = the advance. */
static int demander(struct cli *c, const struct solde_demande *s)
{
    const struct ligne_commande *l = &c->ligne;
    const char *quoi = s == NULL ? "avance" : "solde";
    bool toutes = option_donnee(l, OPT_TOUTES);
    if (toutes == (l->n_arguments > 0)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner des commandes, ou --toutes"),
                     "sons %s demander COMMANDE…, ou sons %s demander --toutes", quoi, quoi);
        return SORTIE_USAGE;
    }
    struct justification_demandee *j = memoire_calloc(l->n_justifier + 1, sizeof *j);
    char (*regles)[16] = memoire_calloc(l->n_justifier + 1, sizeof *regles);
    bool bon = true;
    for (size_t i = 0; i < l->n_justifier; i++)
        bon &= lire_justification(c, l->justifier[i], regles[i], &j[i]);
    int code = SORTIE_USAGE;
    size_t n;
    int64_t *commandes = bon ? lire_commandes(c, 0, &n) : NULL;
    struct demande_rapport r = {.somme = montant_of(0), .trop_percu = montant_of(0)};
    if (bon)
        code = SORTIE_REFUS;
    if (commandes && (s == NULL ? acte_avance_demander(&c->ctx, commandes, n, toutes, j, l->n_justifier, &r)
                                : acte_solde_demander(&c->ctx, commandes, n, toutes, s, j, l->n_justifier, &r))) {
        code = SORTIE_FAIT;
        cli_a_ecrit(c, r.demandees > 0 || r.justifiees > 0);
        dire_demande(c, s == NULL ? &mots_avance : &mots_solde, &r);
    }
    memoire_free(commandes);
    memoire_free(regles);
    memoire_free(j);
    return code;
}

int cmd_avance_demander(struct cli *c)
{
    return demander(c, NULL);
}

/* --sans, --avec FINESS,FINESS… Owned by the caller. */
static bool lire_liste(struct cli *c, struct slice texte, const char *option, finess **out, size_t *n)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    for (size_t i = 0; texte.len > 0 && i <= texte.len;) {
        size_t fin = i;
        while (fin < texte.len && texte.bytes[fin] != ',' && texte.bytes[fin] != '|')
            fin++;
        char mot[32];
        const struct slice s = slice_trim((struct slice){texte.bytes + i, fin - i});
        (void)snprintf(mot, sizeof mot, "%.*s", (int)(s.len < sizeof mot ? s.len : sizeof mot - 1), s.bytes);
        *out = memoire_grow(*out, &cap, *n + 1, sizeof **out);
        if (!lire_finess(c, mot, option, &(*out)[*n]))
            return false;
        ++*n;
        i = fin + 1;
    }
    return true;
}

int cmd_solde_demander(struct cli *c)
{
    struct solde_demande s = {0};
    const struct slice mss = c->ligne.colonnes[O_MSS];
    finess *retires = NULL, *rendus = NULL;
    int64_t cas = 0;
    char texte[8];
    bool bon = lire_liste(c, c->ligne.colonnes[O_SANS], "--sans", &retires, &s.n_sans);
    bon = lire_liste(c, c->ligne.colonnes[O_AVEC], "--avec", &rendus, &s.n_avec) && bon;
    (void)snprintf(texte, sizeof texte, "%.*s", (int)(mss.len < sizeof texte ? mss.len : sizeof texte - 1), mss.len > 0 ? mss.bytes : "");
    bon = (mss.len == 0 || lire_entier(c, texte, "--mss", 1, 2, &cas)) && bon;
    if (bon && s.n_sans + s.n_avec > 0 && option_donnee(&c->ligne, OPT_TOUTES)) {
        diag_erreur(&c->diags, E_CLI_ARGUMENTS, "%s nomme des ESSMS : donner leurs commandes, non --toutes", s.n_sans > 0 ? "--sans" : "--avec");
        bon = false;
    }
    for (size_t i = 0; bon && i < s.n_sans; i++)
        for (size_t k = 0; bon && k < s.n_avec; k++)
            if (retires[i] == rendus[k]) {
                char t[FINESS_TEXTE_MAX];
                diag_erreur(&c->diags, E_CLI_ARGUMENTS, "l'ESSMS %s ne peut être à la fois de --sans et de --avec", finess_texte(retires[i], t));
                bon = false;
            }
    s.sans = retires;
    s.avec = rendus;
    s.mss_cas = (uint32_t)cas;
    const int code = bon ? demander(c, &s) : SORTIE_USAGE;
    memoire_free(retires);
    memoire_free(rendus);
    return code;
}

/* --- lot --- */

static void a_la_ligne(struct buffer *b)
{
    if (b->len > 0)
        buffer_putc(b, '\n');
}

static void dire_emission(struct cli *c, const struct lot_emission *r)
{
    static const struct colonne colonnes[] = {
        {"lot", "lot", CELLULE_ENTIER}, {"fichier", "fichier", CELLULE_TEXTE}, {"demandes", "demandes", CELLULE_ENTIER},
        {"essms", "ESSMS", CELLULE_ENTIER}, {"pieces", "pièces", CELLULE_ENTIER}, {"somme", "somme", CELLULE_MONTANT},
        {"refusees", "refusées", CELLULE_ENTIER}, {"restantes", "restantes", CELLULE_ENTIER},
        {"reconstitue", "reconstitué", CELLULE_OUI_NON}, {"empreinte", "empreinte", CELLULE_TEXTE},
        {"empreinte_xml", "empreinte du XML", CELLULE_TEXTE}};
    struct buffer b = {0};
    char somme[MONTANT_TEXTE_MAX];
    if (r->emis) {
        buffer_printf(&b, "Lot %llu%s : ", (unsigned long long)r->numero, r->reconstitue ? " (reconstitué)" : "");
        compte(&b, r->demandes, "demande", "demandes");
        buffer_puts(&b, ", ");
        compte(&b, r->essms, "ESSMS", "ESSMS");
        buffer_puts(&b, ", ");
        compte(&b, r->pieces, "pièce", "pièces");
        buffer_printf(&b, ", %s %s.", montant_fr(r->somme, somme), r->type == PAIEMENT_SOLDE ? "de solde" : "d'avance");
        if (*r->fichier && !c->ctx.essai)
            buffer_printf(&b, "\nFichier : %s/%s", c->ligne.valeurs[OPT_SORTIE], r->fichier);
        if (*r->empreinte_zip)
            buffer_printf(&b, "\nEmpreinte : %s", r->empreinte_zip);
    } else if (c->diags.pire < SORTIE_ENVIRONNEMENT) {
        buffer_puts(&b, "Aucun lot émis.");
    }
    if (r->refusees > 0) {
        a_la_ligne(&b);
        compte(&b, r->refusees, "demande laissée de côté, raisons ci-dessus.", "demandes laissées de côté, raisons ci-dessus.");
    }
    if (r->restantes > 0) {
        a_la_ligne(&b);
        compte(&b, r->restantes, "demande attend un autre lot : recommencer.", "demandes attendent un autre lot : recommencer.");
    }
    const struct cellule cellules[] = {
        r->emis ? cellule_entier((int64_t)r->numero) : cellule_vide(), cellule_texte(r->fichier),
        cellule_entier((int64_t)r->demandes), cellule_entier((int64_t)r->essms), cellule_entier((int64_t)r->pieces),
        cellule_montant(r->somme), cellule_entier((int64_t)r->refusees), cellule_entier((int64_t)r->restantes),
        cellule_oui_non(r->reconstitue), cellule_texte(r->empreinte_zip), cellule_texte(r->empreinte_xml)};
    if (b.len > 0) /* what the machine refused is told already */
        cli_rapporter(c, b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&b);
}

/* One lot a type: each is an act of its own. What has nothing to send is passed over, unless both have nothing. */
static int emettre_tous(struct cli *c, struct lot_demande_emission *d)
{
    int64_t n[PAIEMENT_NOMBRE] = {0};
    bool complet = true;
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++)
        if (!lot_demandes_en_attente(&c->ctx, (enum paiement)t, &n[t]))
            return SORTIE_REFUS;
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++) {
        struct lot_emission r = {.somme = montant_of(0)};
        if (n[t] == 0 && (t == PAIEMENT_SOLDE || n[PAIEMENT_SOLDE] > 0))
            continue;
        d->type = (enum paiement)t;
        const bool bon = acte_lot_emettre(&c->ctx, d, &r);
        cli_a_ecrit(c, bon && r.emis);
        dire_emission(c, &r);
        complet = complet && bon && r.refusees == 0;
    }
    return cli_code(complet);
}

int cmd_lot_emettre(struct cli *c)
{
    static const char *const types[] = {"avance", "solde", "tous"};
    const struct ligne_commande *l = &c->ligne;
    struct lot_demande_emission d = {.sortie = l->valeurs[OPT_SORTIE], .type = PAIEMENT_AVANCE};
    int64_t lot = 0, remplace = 0;
    const int type = option_donnee(l, OPT_TYPE) ? lire_mot(c, l->valeurs[OPT_TYPE], "--type", types, 3) : 0;
    bool bon = lire_siren(c, l->valeurs[OPT_FOURNISSEUR], "--fournisseur", &d.fournisseur);
    bon &= lire_couloir(c, &d.couloir) && type >= 0;
    if (option_donnee(l, OPT_LOT))
        bon &= lire_entier(c, l->valeurs[OPT_LOT], "--lot", 1, INT64_MAX, &lot);
    if (option_donnee(l, OPT_REMPLACE))
        bon &= lire_entier(c, l->valeurs[OPT_REMPLACE], "--remplace", 1, INT64_MAX, &remplace);
    if (bon && lot != 0 && (remplace != 0 || type > 0)) {
        diag_erreur(&c->diags, E_CLI_ARGUMENTS, "--lot écrit de nouveau un lot tel qu'il est : ni --type, ni --remplace");
        bon = false;
    }
    if (!bon)
        return SORTIE_USAGE;
    d.refaire = (uint64_t)lot;
    d.remplace = (uint64_t)remplace;
    if (type == 2)
        return emettre_tous(c, &d);
    d.type = type == 1 ? PAIEMENT_SOLDE : PAIEMENT_AVANCE;
    struct lot_emission r = {.somme = montant_of(0)};
    bon = acte_lot_emettre(&c->ctx, &d, &r);
    cli_a_ecrit(c, bon && r.emis && lot == 0);
    dire_emission(c, &r);
    if (r.emis)
        sceau_rappeler(c);
    return cli_code(bon && r.refusees == 0);
}

int cmd_lot_verifier(struct cli *c)
{
    static const struct colonne colonnes[] = {
        {"fichier", "fichier", CELLULE_TEXTE}, {"siren", "SIREN", CELLULE_SIREN}, {"lot", "lot", CELLULE_ENTIER},
        {"couloir", "couloir", CELLULE_TEXTE}, {"demandes", "demandes", CELLULE_ENTIER},
        {"essms", "ESSMS", CELLULE_ENTIER}, {"pieces", "pièces", CELLULE_ENTIER}, {"somme", "somme", CELLULE_MONTANT},
        {"fictif", "fictif", CELLULE_OUI_NON}, {"reconstitue", "reconstitué", CELLULE_OUI_NON},
        {"empreinte", "empreinte", CELLULE_TEXTE}, {"empreinte_xml", "empreinte du XML", CELLULE_TEXTE}};
    const char *chemin = c->ligne.arguments[0];
    struct lot_rapport r = {0};
    if (!vue_lot_verifier(chemin, &r, &c->diags)) {
        cli_dire(c, "Lot refusé : %s", chemin);
        return SORTIE_REFUS;
    }
    struct buffer b = {0};
    char siren[10], somme[MONTANT_TEXTE_MAX], zip[EMPREINTE_HEX], xml[EMPREINTE_HEX];
    buffer_printf(&b, "Lot %llu du fournisseur %s, couloir %s%s%s : ", (unsigned long long)r.numero,
                  siren_texte(r.siren, siren), r.couloir, r.fictif ? ", FICTIF" : "", r.reconstitue ? ", reconstitué" : "");
    compte(&b, r.demandes, "demande", "demandes");
    buffer_puts(&b, ", ");
    compte(&b, r.essms, "ESSMS", "ESSMS");
    buffer_puts(&b, ", ");
    compte(&b, r.pieces, "pièce", "pièces");
    buffer_printf(&b, ", %s %s. Aucune faute.\nEmpreinte : %s", montant_fr(r.somme, somme), r.solde ? "de solde" : "d'avance",
                  empreinte_hex(&r.fichier, zip));
    if (r.annule != 0)
        buffer_printf(&b, "\nAnnule et remplace le lot %llu.", (unsigned long long)r.annule);
    const struct cellule cellules[] = {
        cellule_texte(chemin), cellule_siren(r.siren), cellule_entier((int64_t)r.numero), cellule_texte(r.couloir),
        cellule_entier(r.demandes), cellule_entier(r.essms), cellule_entier(r.pieces), cellule_montant(r.somme),
        cellule_oui_non(r.fictif), cellule_oui_non(r.reconstitue), cellule_texte(zip),
        cellule_texte(empreinte_hex(&r.xml, xml))};
    cli_rapporter(c, b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_lot_lister(struct cli *c)
{
    CLI_COLONNES(c, "fournisseur", "numero", "type", "couloir", "emis_le", "demandes", "somme", "reconstitue", "depose_le", "sans_reponse", "etat");
    return cli_code(vue_lots(&c->ctx, &c->tableau));
}
