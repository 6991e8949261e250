#include "fabrique.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "metier/parametres_charger.h"

#define SIREN_EDITEUR 552100554u
#define SIREN_AUTRE 732829320u

static struct jour jour_de(const char *s)
{
    struct jour j;
    if (*s == '\0' || strcmp(s, "absent") == 0)
        return JOUR_ABSENT;
    if (!jour_parse_iso(slice_of(s), &j)) {
        fprintf(stderr, "jour illisible : %s\n", s);
        abort();
    }
    return j;
}

static struct instant instant_de(const char *s)
{
    struct instant i;
    if (strcmp(s, "absent") == 0)
        return INSTANT_ABSENT;
    if (!instant_parse(slice_of(s), &i, NULL)) {
        fprintf(stderr, "instant illisible : %s\n", s);
        abort();
    }
    return i;
}

/* An integer finess of the same order as its text; test numbers need no valid key. */
static finess finess_de(const char *s)
{
    finess f;
    if (strcmp(s, "absent") == 0)
        return FINESS_ABSENT;
    if (finess_parse(slice_of(s), &f) != NUMERO_VALIDE) {
        fprintf(stderr, "FINESS invalide : %s\n", s);
        abort();
    }
    return f;
}

static struct montant montant_de(const char *s)
{
    return strcmp(s, "absent") == 0 ? MONTANT_ABSENT : montant_of(strtoll(s, NULL, 10));
}

static enum trois trois_de(const char *s)
{
    return strcmp(s, "oui") == 0 ? TROIS_OUI : strcmp(s, "non") == 0 ? TROIS_NON : TROIS_ABSENT;
}

static bool oui(const char *s)
{
    return strcmp(s, "oui") == 0;
}

static void essms_nombre(struct fabrique *f, uint32_t n)
{
    if (n > FABRIQUE_ESSMS)
        abort();
    memset(f->essms, 0, sizeof f->essms);
    f->d.essms = f->essms;
    f->d.n_essms = n;
    for (uint32_t i = 0; i < n; i++)
        f->essms[i] = (struct dossier_essms){
            .et = finess_de("2A0000196") + i * 10, .ht = MONTANT_ABSENT, .ttc = MONTANT_ABSENT, .dans_base = true,
            .ej_base = finess_de("2A0000022"), .categorie = 500, .agregat = 4401,
            .autres = f->autres[i], .financements = f->financements[i],
            .va = {TROIS_ABSENT, TROIS_ABSENT, TROIS_ABSENT, TBB_ABSENT, {-1, -1, -1}}};
}

void fabrique_defaut(struct fabrique *f)
{
    *f = (struct fabrique){0};
    struct dossier *d = &f->d;
    essms_nombre(f, 3);
    d->au = instant_de("2022-12-31");
    d->calendrier = CALENDRIER_INITIAL;
    d->liste_financements = true;
    d->fait = 100;
    d->etat = ETAT_ENREGISTREE;
    d->numero = "BC-2022-0100";
    d->reference_externe = "";
    d->couloir = COULOIR_MS1;
    d->ej = finess_de("2A0000022");
    d->date_commande = d->date_signature = jour_de("2022-07-12");
    d->ht = montant_of(700000);
    d->tva = montant_of(140000);
    d->ttc = montant_of(840000);
    d->taux_tva = (struct taux){2000};
    d->signataire_present = true;
    d->qualite_signataire = "directrice";
    d->mode_signature = MODE_MANUSCRITE;
    d->sous_condition = TROIS_NON;
    d->mention_segur = d->deja_equipe = TROIS_OUI;
    d->deja_equipe_depuis = JOUR_ABSENT;
    d->engagement = d->option = TROIS_ABSENT;
    d->reste_a_charge = MONTANT_ABSENT;
    d->lignes = f->lignes;
    d->version_solution = "4.2";
    d->solution_lue = "DUI Exemple";
    d->pieces[PIECE_BON_DE_COMMANDE] = true;
    d->base = (struct dossier_base){BASE_DESIGNEE, jour_de("2022-01-03"), 2022, true, {4, 4, 0, 0, 0}, 60};
    d->solution = (struct dossier_solution){
        .connue = true, .nom = "DUI Exemple", .numero_ans = "1234", .siren_editeur = SIREN_EDITEUR, .couloir_connu = true,
        .version_referencee = "4.2", .dossier_complet_le = jour_de("2022-05-30"), .reference_le = jour_de("2022-06-30"),
        .refuse_le = JOUR_ABSENT, .retire_le = JOUR_ABSENT, .n_couloirs = 1};
    d->fournisseur = (struct dossier_fournisseur){
        .connu = true, .siren = SIREN_EDITEUR, .nom = "Éditeur", .enrole_le = jour_de("2022-07-01"), .mandats = f->mandats};
    vie_init(&d->vie);
    d->facture = (struct dossier_facture){.numero = "", .date = JOUR_ABSENT, .ht = MONTANT_ABSENT, .tva = MONTANT_ABSENT, .ttc = MONTANT_ABSENT,
                                          .taux_tva = TAUX_ABSENT, .mention_segur = TROIS_ABSENT, .nom_accorde = TROIS_ABSENT};
    d->va = (struct dossier_va){.signee_le = INSTANT_ABSENT, .qualite = "", .delegation = TROIS_ABSENT, .delegation_le = JOUR_ABSENT,
                                .bon_fonctionnement = TROIS_ABSENT, .nom_accorde = TROIS_ABSENT};
    d->solde = (struct dossier_solde){.trop_percu = MONTANT_ABSENT};
    d->justifications = &f->justification;
}

/* Words split at `/`, in place. */
static size_t couper(char *s, char *mots[], size_t max)
{
    size_t n = 0;
    while (n < max) {
        mots[n++] = s;
        char *fin = strchr(s, '/');
        if (fin == NULL)
            return n;
        *fin = '\0';
        s = fin + 1;
    }
    return n;
}

/* `_` stands for a blank. */
static const char *blancs(struct fabrique *f, const char *valeur)
{
    char *t = arene_strndup(&f->a, valeur, strlen(valeur));
    for (char *p = t; *p != '\0'; p++)
        *p = *p == '_' ? ' ' : *p;
    return t;
}

static int etat_de(const char *mot)
{
    for (int e = 0; e < ETAT_NOMBRE; e++)
        if (strcmp(etat_mot((enum etat_commande)e), mot) == 0)
            return e;
    fprintf(stderr, "état inconnu : %s\n", mot);
    abort();
}

/* FAIT/DATE/SIREN/NUMERO[/ETAT[/SOLUTION[/COMPLET/REFERENCE/REFUS]]]: SIREN moi, autre or 0; ETAT = its word, `-` = the first. */
static struct autre_commande autre_lire(struct fabrique *f, const char *valeur)
{
    char copie[160], *m[9];
    snprintf(copie, sizeof copie, "%s", valeur);
    size_t n = couper(copie, m, 9);
    if (n < 4)
        abort();
    return (struct autre_commande){
        .fait = strtoll(m[0], NULL, 10), .date_signature = jour_de(m[1]),
        .fournisseur = strcmp(m[2], "moi") == 0 ? SIREN_EDITEUR : strcmp(m[2], "autre") == 0 ? SIREN_AUTRE : 0,
        .numero = arene_strndup(&f->a, m[3], strlen(m[3])), .etat = n >= 5 && strcmp(m[4], "-") != 0 ? etat_de(m[4]) : ETAT_ENREGISTREE,
        .logiciel = n >= 6 ? blancs(f, m[5]) : "", .solution_couloir = n == 9, .dossier_complet_le = n == 9 ? jour_de(m[6]) : JOUR_ABSENT,
        .reference_le = n == 9 ? jour_de(m[7]) : JOUR_ABSENT, .refuse_le = n == 9 ? jour_de(m[8]) : JOUR_ABSENT};
}

static void autre(struct fabrique *f, uint32_t i, const char *valeur)
{
    if (f->essms[i].n_autres == FABRIQUE_VOISINS)
        abort();
    f->autres[i][f->essms[i].n_autres++] = autre_lire(f, valeur);
}

static void de_l_og(struct fabrique *f, const char *valeur)
{
    if (f->d.n_de_l_og == FABRIQUE_VOISINS)
        abort();
    f->d.de_l_og = f->de_l_og;
    f->de_l_og[f->d.n_de_l_og++] = autre_lire(f, valeur);
}

static int rang(const char *mot, const char *(*nom)(int), int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(nom(i), strcmp(mot, "-") == 0 ? "" : mot) == 0)
            return i;
    fprintf(stderr, "mot inconnu : %s\n", mot);
    abort();
}
static const char *n_fonds(int i) { return fonds_nom((enum fonds)i); }
static const char *n_phase(int i) { return phase_nom((enum phase)i); }
static const char *n_volet(int i) { return volet_nom((enum volet)i); }
static const char *n_nature(int i) { return nature_nom((enum nature)i); }
static const char *n_etat(int i) { return etat_financement_nom((enum etat_financement)i); }

/* FONDS/PHASE/VOLET/NATURE/REFERENCE/ETAT/DATE[/DUI[/FAIT]], `-` = absent. */
static void financement(struct fabrique *f, uint32_t i, const char *valeur)
{
    char copie[160], *m[9];
    snprintf(copie, sizeof copie, "%s", valeur);
    size_t n = couper(copie, m, 9);
    if (n < 7 || f->essms[i].n_financements == FABRIQUE_VOISINS)
        abort();
    struct financement *x = &f->financements[i][f->essms[i].n_financements++];
    *x = (struct financement){
        .fait = n == 9 ? strtoll(m[8], NULL, 10) : 10 + f->essms[i].n_financements, .fonds = (enum fonds)rang(m[0], n_fonds, FONDS_NOMBRE),
        .phase = (enum phase)rang(m[1], n_phase, PHASE_NOMBRE), .volet = (enum volet)rang(m[2], n_volet, VOLET_NOMBRE),
        .nature = (enum nature)rang(m[3], n_nature, NATURE_NOMBRE), .dui_reference = trois_de(m[4]),
        .etat = (enum etat_financement)rang(m[5], n_etat, FINANCEMENT_ETAT_NOMBRE), .date_etat = jour_de(m[6]),
        .dui = n >= 8 ? arene_strndup(&f->a, m[7], strlen(m[7])) : ""};
    x->logiciel = x->dui;
}

/* EDITEUR/SOLUTION/DU/AU/RETIRE: EDITEUR moi (that of the solution) or autre; `-` = absent. */
static void mandat(struct fabrique *f, const char *valeur)
{
    char copie[120], *m[5];
    snprintf(copie, sizeof copie, "%s", valeur);
    if (couper(copie, m, 5) != 5 || f->d.fournisseur.n_mandats == FABRIQUE_VOISINS)
        abort();
    f->mandats[f->d.fournisseur.n_mandats++] = (struct mandat){
        .editeur = strcmp(m[0], "moi") == 0 ? SIREN_EDITEUR : SIREN_AUTRE,
        .solution = *m[1] == '-' ? "" : arene_strndup(&f->a, m[1], strlen(m[1])), .du = jour_de(m[2]),
        .au_le = jour_de(*m[3] == '-' ? "" : m[3]), .retire_le = jour_de(*m[4] == '-' ? "" : m[4])};
}

static bool champ_nom(struct fabrique *f, struct dossier_essms *e, const char *champ, const char *valeur)
{
    const char **lieu = strcmp(champ, "libelle") == 0     ? &e->libelle_lu
                        : strcmp(champ, "commune") == 0   ? &e->commune_lue
                        : strcmp(champ, "nom") == 0       ? &e->nom_base
                        : strcmp(champ, "a") == 0         ? &e->commune_base
                                                          : NULL;
    if (lieu != NULL)
        *lieu = blancs(f, valeur);
    return lieu != NULL;
}

/* FINESS/NOM/COMMUNE. */
static void voisin(struct fabrique *f, const char *valeur)
{
    char copie[200], *m[3];
    snprintf(copie, sizeof copie, "%s", valeur);
    if (couper(copie, m, 3) != 3 || f->d.n_voisins == FABRIQUE_VOISINS)
        abort();
    f->d.voisins = f->voisins;
    f->voisins[f->d.n_voisins++] = (struct essms_voisin){finess_de(m[0]), blancs(f, m[1]), blancs(f, m[2])};
}

/* 12/0/-: active files, with a project, with an event; `-` = not delivered. */
static void indicateurs(int32_t out[3], const char *valeur)
{
    char copie[60], *m[3];
    snprintf(copie, sizeof copie, "%s", valeur);
    if (couper(copie, m, 3) != 3)
        abort();
    for (int i = 0; i < 3; i++)
        out[i] = strcmp(m[i], "-") == 0 ? -1 : (int32_t)strtol(m[i], NULL, 10);
}

/* What the VA says of one ESSMS. */
static bool champ_va_essms(struct dossier_essms *e, const char *champ, const char *valeur)
{
    enum trois *lieu = strcmp(champ, "atteste") == 0     ? &e->va.atteste
                       : strcmp(champ, "deploye") == 0   ? &e->va.deploye
                       : strcmp(champ, "tbb_livre") == 0 ? &e->va.tbb_livre
                                                         : NULL;
    if (lieu != NULL)
        *lieu = trois_de(valeur);
    else if (strcmp(champ, "tbb") == 0)
        e->va.tbb = tbb_parse(valeur, strlen(valeur));
    else if (strcmp(champ, "indicateurs") == 0)
        indicateurs(e->va.indicateurs, valeur);
    else if (strcmp(champ, "retire") == 0)
        e->retire = oui(valeur);
    else if (strcmp(champ, "libere") == 0)
        e->libere = oui(valeur);
    else
        return false;
    return true;
}

static bool champ_essms(struct fabrique *f, const char *cle, const char *valeur)
{
    char *champ;
    unsigned long i = strtoul(cle, &champ, 10);
    if (i < 1 || i > f->d.n_essms || *champ++ != '.')
        return false;
    struct dossier_essms *e = &f->essms[i - 1];
    if (strcmp(champ, "dans_base") == 0)
        e->dans_base = oui(valeur);
    else if (strcmp(champ, "ej_base") == 0)
        e->ej_base = finess_de(valeur);
    else if (strcmp(champ, "agregat") == 0)
        e->agregat = (uint16_t)strtoul(valeur, NULL, 10);
    else if (strcmp(champ, "categorie") == 0)
        e->categorie = (uint16_t)strtoul(valeur, NULL, 10);
    else if (strcmp(champ, "autre") == 0)
        autre(f, (uint32_t)i - 1, valeur);
    else if (strcmp(champ, "financement") == 0)
        financement(f, (uint32_t)i - 1, valeur);
    else
        return champ_va_essms(e, champ, valeur) || champ_nom(f, e, champ, valeur);
    return true;
}

#define CHAMPS_JOUR(X)                                                                                                 \
    X("date_commande", d->date_commande) X("signature", d->date_signature) X("equipe_le", d->deja_equipe_depuis)       \
    X("base", d->base.date) X("complet_le", d->solution.dossier_complet_le) X("reference_le", d->solution.reference_le) \
    X("refuse_le", d->solution.refuse_le) X("retire_le", d->solution.retire_le) X("enrole_le", d->fournisseur.enrole_le) \
    X("va_delegation_le", d->va.delegation_le)
#define CHAMPS_MONTANT(X) X("ht", d->ht) X("tva", d->tva) X("ttc", d->ttc) X("avance", d->vie.avance.montant) \
    X("reste", d->reste_a_charge) X("facture_ht", d->facture.ht) X("facture_tva", d->facture.tva) X("facture_ttc", d->facture.ttc) \
    X("solde_montant", d->vie.solde.montant) X("trop_percu", d->solde.trop_percu) X("solde_total", d->vie.total)           \
    X("reverse", d->vie.argent.reverse) X("ordre", d->vie.argent.a_reverser) X("encaisse", d->vie.argent.encaisse[PAIEMENT_AVANCE])   \
    X("solde_encaisse", d->vie.argent.encaisse[PAIEMENT_SOLDE])
#define CHAMPS_BOOL(X)                                                                                                 \
    X("tva_calculee", d->tva_calculee) X("ttc_calcule", d->ttc_calcule) X("liste", d->liste_financements)              \
    X("attestation", d->attestation_non_cumul) X("signataire", d->signataire_present)                                  \
    X("og_present", d->base.og_present) X("solution", d->solution.connue) X("ambigue", d->solution.ambigue)                                              \
    X("solution_couloir", d->solution.couloir_connu) X("fournisseur_connu", d->fournisseur.connu)                      \
    X("distributeur", d->fournisseur.distributeur) X("piece", d->pieces[PIECE_BON_DE_COMMANDE])                       \
    X("va_signataire", d->va.signataire_present) X("va_piece", d->va.piece) X("va_delegation_piece", d->va.delegation_piece) \
    X("facture_piece", d->facture.piece)
#define CHAMPS_TROIS(X)                                                                                                \
    X("sous_condition", d->sous_condition) X("mention_segur", d->mention_segur) X("deja_equipe", d->deja_equipe) \
    X("engagement", d->engagement) X("option", d->option) X("va_delegation", d->va.delegation)                          \
    X("va_bon", d->va.bon_fonctionnement) X("va_nom", d->va.nom_accorde) X("facture_nom", d->facture.nom_accorde)       \
    X("facture_mention", d->facture.mention_segur)
#define CHAMPS_TEXTE(X)                                                                                                \
    X("version", d->version_solution) X("referencee", d->solution.version_referencee) X("qualite", d->qualite_signataire) \
    X("solution_nom", d->solution.nom) X("va_qualite", d->va.qualite)
#define CHAMPS_INSTANT(X) X("emise_le", d->vie.avance.emise_le) X("deposee_le", d->vie.avance.premier_depot) X("au", d->au) \
    X("payee_le", d->vie.avance.statut_le) X("annulee_le", d->vie.annulee_le) X("va_le", d->va.signee_le)                   \
    X("avance_le", d->vie.avance.statut_le) X("solde_le", d->vie.solde.statut_le)                                           \
    X("solde_emis_le", d->vie.solde.emise_le) X("solde_premier", d->vie.solde.premier_depot) X("solde_rejete", d->vie.solde.depot_rejete) X("solde_depot", d->vie.solde.deposee_le)
#define CHAMPS_NOMBRE(X) X("n", d->base.n[COULOIR_MS1]) X("n_tous", d->base.n[COULOIR_INCONNU]) X("va_mss", d->va.mss_cas) \
    X("mss", d->solde.mss_cas)

static bool champ_simple(struct fabrique *f, const char *cle, const char *valeur)
{
    struct dossier *d = &f->d;
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = jour_de(valeur); return true; }
    CHAMPS_JOUR(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = montant_de(valeur); return true; }
    CHAMPS_MONTANT(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = oui(valeur); return true; }
    CHAMPS_BOOL(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = trois_de(valeur); return true; }
    CHAMPS_TROIS(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = arene_strndup(&f->a, valeur, strlen(valeur)); return true; }
    CHAMPS_TEXTE(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = instant_de(valeur); return true; }
    CHAMPS_INSTANT(X)
#undef X
#define X(nom, lieu) if (strcmp(cle, nom) == 0) { lieu = (uint32_t)strtoul(valeur, NULL, 10); return true; }
    CHAMPS_NOMBRE(X)
#undef X
    return false;
}

/* NATURE[/CENTIMES[/og]], `-` = no amount. */
static void ligne(struct fabrique *f, const char *valeur)
{
    char copie[60], *m[3];
    snprintf(copie, sizeof copie, "%s", valeur);
    const size_t n = couper(copie, m, 3);
    struct ligne_bon l = {ligne_nature_parse(m[0], strlen(m[0])), n == 3, MONTANT_ABSENT};
    if (l.nature == LIGNE_NOMBRE)
        abort();
    if (n >= 2 && strcmp(m[1], "-") != 0)
        l.ht = montant_de(m[1]);
    lignes_ajouter(f->lignes, &f->d.n_lignes, &l);
}

static bool champ_choix(struct fabrique *f, const char *cle, const char *valeur)
{
    struct dossier *d = &f->d;
    if (strcmp(cle, "taux") == 0)
        d->taux_tva = strcmp(valeur, "absent") == 0 ? TAUX_ABSENT : (struct taux){(int32_t)strtol(valeur, NULL, 10)};
    else if (strcmp(cle, "de_l_og") == 0)
        de_l_og(f, valeur);
    else if (strcmp(cle, "voisin") == 0)
        voisin(f, valeur);
    else if (strcmp(cle, "ligne") == 0)
        ligne(f, valeur);
    else if (strcmp(cle, "motif") == 0)
        d->motif_tva = motif_tva_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "mode") == 0)
        d->mode_signature = mode_signature_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "couloir") == 0)
        d->couloir = couloir_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "calendrier") == 0)
        d->calendrier = strcmp(valeur, "proroge") == 0 ? CALENDRIER_PROROGE : CALENDRIER_INITIAL;
    else if (strcmp(cle, "ej") == 0)
        d->ej = finess_de(valeur);
    else if (strcmp(cle, "base_etat") == 0)
        d->base.etat = strcmp(valeur, "manquante") == 0 ? BASE_MANQUANTE : BASE_INDETERMINABLE;
    else if (strcmp(cle, "statut_og") == 0)
        d->base.statut_og = (uint16_t)strtoul(valeur, NULL, 10);
    else if (strcmp(cle, "etat") == 0)
        d->etat = etat_de(valeur);
    else if (strcmp(cle, "fait") == 0)
        d->fait = strtoll(valeur, NULL, 10);
    else if (strcmp(cle, "siren") == 0 || strcmp(cle, "editeur") == 0)
        *(*cle == 's' ? &d->fournisseur.siren : &d->solution.siren_editeur) =
            strcmp(valeur, "autre") == 0 ? SIREN_AUTRE : 0;
    else if (strcmp(cle, "mandat") == 0)
        mandat(f, valeur);
    else if (strcmp(cle, "financement") == 0)
        d->financement = (uint32_t)strtoul(valeur, NULL, 10);
    else if (strcmp(cle, "essms") == 0)
        essms_nombre(f, (uint32_t)strtoul(valeur, NULL, 10));
    else
        return false;
    return true;
}

/* `payee=CENTIMES`: the advance was asked, decided and paid, on 15/01/2023. */
static void avance_payee(struct dossier *d, const char *valeur)
{
    d->vie.avance.existe = true;
    d->vie.avance.montant = d->vie.avance.paye = montant_de(valeur);
    d->vie.avance.statut = STATUT_PAYEE;
    d->vie.avance.statut_le = instant_de("2023-01-15T10:00");
}

/* `facture=oui`: of the whole order, to its OG, in order; fact 200. */
static void facture(struct dossier *d)
{
    d->facture = (struct dossier_facture){
        .existe = true, .fait = 200, .numero = "F-2023-7", .date = jour_de("2023-02-10"), .ht = d->ht, .tva = d->tva, .ttc = d->ttc,
        .taux_tva = d->taux_tva, .mention_segur = TROIS_OUI, .client = d->ej, .nom_accorde = TROIS_ABSENT, .piece = true};
}

/* `va=oui`: signed on 01/03/2023, all attested, everything delivered; fact 210, after the invoice. */
static void va(struct dossier *d)
{
    d->va = (struct dossier_va){
        .existe = true, .fait = 210, .version = 1, .signee_le = instant_de("2023-03-01T11:00"), .signataire_present = true, .signataire_fait = 210,
        .qualite = "directrice", .mode = MODE_EIDAS, .delegation = TROIS_NON, .delegation_le = JOUR_ABSENT, .bon_fonctionnement = TROIS_OUI,
        .nom_accorde = TROIS_OUI, .piece = true};
    for (uint32_t i = 0; i < d->n_essms; i++)
        d->essms[i].va = (struct essms_va){TROIS_OUI, TROIS_OUI, TROIS_OUI, TBB_TOUS, {12, 9, 0}};
}

/* `solde=CENTIMES`: total of the balance asked; its amount is what remains of it after the advance paid. The shares of the TTC are
 * equal. */
static void solde(struct dossier *d, const char *valeur)
{
    struct montant parts[FABRIQUE_ESSMS];
    d->solde = (struct dossier_solde){.existe = true, .trop_percu = montant_of(0), .facture = 200, .va = 210};
    d->vie.total = montant_de(valeur);
    d->vie.solde.existe = true;
    d->vie.solde.numero = 2;
    if (!solde_calculer(d->vie.total, d->vie.avance.paye, &d->vie.solde.montant, &d->solde.trop_percu))
        d->vie.solde.montant = MONTANT_ABSENT;
    if (!montant_present(d->ttc) || !montant_repartir(d->ttc, NULL, d->n_essms, parts))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++)
        d->essms[i].ttc = parts[i];
}

static bool champ_vie(struct fabrique *f, const char *cle, const char *valeur)
{
    struct dossier *d = &f->d;
    if (strcmp(cle, "payee") == 0)
        avance_payee(d, valeur);
    else if (strcmp(cle, "avance_statut") == 0)
        d->vie.avance.statut = statut_asp_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "solde_statut") == 0)
        d->vie.solde.statut = statut_asp_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "facture") == 0)
        facture(d);
    else if (strcmp(cle, "va") == 0)
        va(d);
    else if (strcmp(cle, "solde") == 0)
        solde(d, valeur);
    else if (strcmp(cle, "solde_paye") == 0) {
        d->vie.solde.paye = montant_de(valeur);
        d->vie.solde.statut = STATUT_PAYEE;
    } else if (strcmp(cle, "va_mode") == 0)
        d->va.mode = mode_signature_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "facture_taux") == 0)
        d->facture.taux_tva = strcmp(valeur, "absent") == 0 ? TAUX_ABSENT : (struct taux){(int32_t)strtol(valeur, NULL, 10)};
    else if (strcmp(cle, "facture_motif") == 0)
        d->facture.motif_tva = motif_tva_parse(valeur, strlen(valeur));
    else if (strcmp(cle, "facture_client") == 0)
        d->facture.client = finess_de(valeur);
    else if (strcmp(cle, "facture_fait") == 0)
        d->facture.fait = strtoll(valeur, NULL, 10);
    else
        return false;
    return true;
}

bool fabrique_champ(struct fabrique *f, const char *cle, const char *valeur)
{
    if (strncmp(cle, "essms", 5) == 0 && cle[5] != '\0')
        return champ_essms(f, cle + 5, valeur);
    if (strcmp(cle, "avance") == 0)
        f->d.vie.avance.existe = true;
    /* The two dates of the order go together unless the document's own is given after. */
    if (strcmp(cle, "signature") == 0)
        f->d.date_commande = jour_de(valeur);
    return champ_simple(f, cle, valeur) || champ_choix(f, cle, valeur) || champ_vie(f, cle, valeur);
}

void fabrique_free(struct fabrique *f)
{
    arene_free(&f->a);
}

struct parametres *fabrique_parametres(void)
{
    struct diag_liste diags = {0};
    struct parametres *p = parametres_embarques(&diags);
    if (p == NULL) {
        for (size_t i = 0; i < diags.n; i++)
            fprintf(stderr, "# %s\n", diags.items[i].message);
        abort();
    }
    diag_vider(&diags);
    return p;
}

struct parametres *fabrique_variante(const struct parametres *p, const char *cle, const char *valeur)
{
    struct parametres *q = parametres_creer();
    struct diag_liste diags = {0};
    struct parametre_vue v;
    bool bon = true;
    for (size_t i = 0; parametres_rang(p, i, &v); i++) {
        char depuis[JOUR_TEXTE_MAX];
        struct parametre_lu lu = {v.cle, v.type, v.titre, v.date, v.source, v.inference, jour_iso(v.depuis, depuis),
                                  strcmp(v.cle, cle) == 0 ? valeur : v.mot};
        bon = parametres_ajouter(q, &lu, &diags) && bon;
    }
    if (!bon || !parametres_clore(q, parametres_empreinte(p), &diags))
        abort();
    return q;
}
