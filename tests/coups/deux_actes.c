/* The acts of one person, drawn at random. */
#define _GNU_SOURCE
#include "deux.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "noyau/memoire.h"

const char *const genre_noms[GENRES] = {
    "importer", "réimporter", "completer", "rectifier", "remplacer", "annuler", "noter", "financer", "joindre", "demander", "emettre",
    "surnommer", "effacer", "lister", "controler", "voir", "verifier", "controler --fichier", "exporter", "aller-retour"};
static const unsigned poids[GENRES] = {[IMPORTER] = 280, [REIMPORTER] = 120, [COMPLETER] = 200, [RECTIFIER] = 280, [REMPLACER] = 100,
                                       [ANNULER] = 60, [NOTER] = 240, [FINANCER] = 60, [JOINDRE] = 160, [DEMANDER] = 280,
                                       [EMETTRE] = 80, [SURNOMMER] = 80, [EFFACER] = 40, [LISTER] = 160, [CONTROLER] = 60, [VOIR] = 120,
                                       [VERIFIER] = 20, [CONTROLER_FEUILLE] = 80, [EXPORTER] = 40, [ALLER_RETOUR] = 40};

#define MOTS_MAX 20
struct essai { /* an act being made */
    struct acte a;
    char marque[MARQUE_MAX], commande[MARQUE_MAX], le[MARQUE_MAX], nom[80], fichier[160];
    char *mots[MOTS_MAX];
};

static void dire(struct essai *e, const char *const mots[])
{
    size_t n = 0;
    e->mots[n++] = getenv("SONS");
    for (size_t i = 0; mots[i] && n < MOTS_MAX - 1; i++)
        e->mots[n++] = (char *)(uintptr_t)mots[i];
    e->mots[n] = NULL;
}
#define DIRE(e, ...) dire(e, (const char *const[]){__VA_ARGS__, NULL})

static FILE *fichier_ouvrir(struct personne *p, const char *nom)
{
    char chemin[1200];
    snprintf(chemin, sizeof chemin, "%s/%s", p->monde->dossier, nom);
    FILE *f = fopen(chemin, "w");
    if (!f)
        mourir("%s : %s", chemin, strerror(errno));
    return f;
}

static const char *et_tirer(struct personne *p)
{
    return p->monde->et[alea_sous(&p->h, (uint32_t)p->monde->ets)];
}

/* One of the names that everybody knows; false when there is none yet. */
static bool nom_tirer(struct personne *p, bool feuille, char out[MARQUE_MAX])
{
    struct monde *m = p->monde;
    pthread_mutex_lock(&m->verrou);
    const size_t n = feuille ? m->feuilles : m->commandes;
    if (n)
        memcpy(out, feuille ? m->feuille[alea_sous(&p->h, (uint32_t)n)] : m->commande[alea_sous(&p->h, (uint32_t)n)], MARQUE_MAX);
    pthread_mutex_unlock(&m->verrou);
    return n > 0;
}

static void nom_dire(struct personne *p, bool feuille, const char *nom)
{
    struct monde *m = p->monde;
    pthread_mutex_lock(&m->verrou);
    if (feuille) {
        m->feuille = memoire_grow(m->feuille, &m->cap_feuilles, m->feuilles + 1, MARQUE_MAX);
        snprintf(m->feuille[m->feuilles++], MARQUE_MAX, "%s", nom);
    } else {
        m->commande = memoire_grow(m->commande, &m->cap_commandes, m->commandes + 1, MARQUE_MAX);
        snprintf(m->commande[m->commandes++], MARQUE_MAX, "%s", nom);
    }
    pthread_mutex_unlock(&m->verrou);
}

static void feuille_nom(const char *marque, char out[160])
{
    snprintf(out, 160, "feuille-%s.csv", marque);
}

/* A sheet of orders of one ESSMS; the other people may be given it while it is being imported. */
static void importer(struct personne *p, struct essai *e)
{
    feuille_nom(e->marque, e->fichier);
    FILE *f = fichier_ouvrir(p, e->fichier);
    fputs("numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc;"
          "sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece\n", f);
    for (int i = 0; i < FEUILLE_COMMANDES; i++)
        fprintf(f, "%s-%d;%s;12/07/2022;12/07/2022;DUI Maquis;5.2;1 000,00;20;200,00;1 200,00;non;oui;oui;Mme %u;directrice;manuscrite;bon.pdf\n",
                e->marque, i, et_tirer(p), alea_sous(&p->h, 40));
    fclose(f);
    nom_dire(p, true, e->marque);
    snprintf(e->a.objet, sizeof e->a.objet, "%s", e->marque);
    DIRE(e, "commande", "importer", e->fichier);
}

static void financer(struct personne *p, struct essai *e)
{
    snprintf(e->fichier, sizeof e->fichier, "financement-%u.csv", p->qui);
    FILE *f = fichier_ouvrir(p, e->fichier);
    fputs("finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat\n", f);
    for (int i = 0; i < FINANCEMENTS; i++)
        fprintf(f, "%s;esms_numerique;generalisation;usage;mise_en_conformite;%s;oui;candidature;15/06/2022\n", et_tirer(p), e->marque);
    fclose(f);
    DIRE(e, "financement", "importer", e->fichier);
}

static void joindre(struct personne *p, struct essai *e)
{
    char chemin[1400];
    snprintf(e->fichier, sizeof e->fichier, "piece-%u.pdf", p->qui);
    FILE *f = fichier_ouvrir(p, e->fichier);
    fprintf(f, "%%PDF-1.4\n%s\n", e->marque);
    fclose(f);
    snprintf(chemin, sizeof chemin, "%s/%s", p->monde->dossier, e->fichier);
    sha_de(chemin, e->a.objet);
    DIRE(e, "commande", "joindre", e->commande, e->fichier, "--role", "autre");
}

/* Its own folder: what is there afterwards is the lot of this act. */
static void dossier_faire(struct personne *p, struct essai *e)
{
    char chemin[1400];
    snprintf(e->fichier, sizeof e->fichier, "lots/%s", e->marque);
    snprintf(chemin, sizeof chemin, "%s/%s", p->monde->dossier, e->fichier);
    if (mkdir(chemin, 0700) != 0)
        mourir("%s : %s", chemin, strerror(errno));
}

static bool ecrire(struct personne *p, struct essai *e)
{
    switch (e->a.genre) {
    case IMPORTER: importer(p, e); break;
    case FINANCER: financer(p, e); break;
    case JOINDRE: joindre(p, e); break;
    case REIMPORTER:
        if (!nom_tirer(p, true, e->a.objet))
            return false;
        feuille_nom(e->a.objet, e->fichier);
        DIRE(e, "commande", "importer", e->fichier);
        break;
    case COMPLETER: DIRE(e, "commande", "completer", e->commande, "--reference-externe", e->marque); break;
    case RECTIFIER: DIRE(e, "commande", "rectifier", e->commande, "--qualite-signataire", e->marque, "--motif", e->marque); break;
    case REMPLACER:
        DIRE(e, "commande", "remplacer", e->commande, "--numero", e->marque, "--date-signature", "2022-10-03", "--montant-ht", "900",
             "--taux-tva", "20", "--qualite-signataire", "directrice");
        break;
    case ANNULER: DIRE(e, "commande", "annuler", e->commande, "--attestation", "bon.pdf", "--motif", e->marque); break;
    case NOTER: DIRE(e, "commande", "noter", e->commande, e->marque); break;
    case DEMANDER: DIRE(e, "avance", "demander", e->commande, "--le", e->le); break;
    case EMETTRE:
        dossier_faire(p, e);
        DIRE(e, "lot", "emettre", "--fournisseur", "123456782", "--couloir", "MS1", "--sortie", e->fichier, "--le", e->le);
        break;
    case SURNOMMER: DIRE(e, "solution", "alias", "EX-DUI-001", e->marque); break;
    case EFFACER:
        snprintf(e->nom, sizeof e->nom, "Mme %u", alea_sous(&p->h, 40));
        DIRE(e, "personnes", "effacer", e->nom, "--motif", e->marque);
        break;
    default: return false;
    }
    return true;
}

static bool lire(struct personne *p, struct essai *e)
{
    switch (e->a.genre) {
    case LISTER: DIRE(e, "commande", "lister", "--format", "csv"); break;
    case CONTROLER: DIRE(e, "controler"); break;
    case VOIR: DIRE(e, "commande", "voir", e->commande); break;
    case VERIFIER: DIRE(e, "journal", "verifier", "--tout"); break;
    case CONTROLER_FEUILLE:
        if (!nom_tirer(p, true, e->a.objet))
            return false;
        feuille_nom(e->a.objet, e->fichier);
        DIRE(e, "controler", "--fichier", e->fichier);
        break;
    case EXPORTER:
        snprintf(e->fichier, sizeof e->fichier, "export-%s.xlsx", e->marque);
        DIRE(e, "commande", "lister", "--sortie", e->fichier);
        break;
    case ALLER_RETOUR: /* what this person exported last: nothing of it is new */
        snprintf(e->fichier, sizeof e->fichier, "qui-%u-liste.csv", p->qui);
        DIRE(e, "commande", "importer", e->fichier);
        break;
    default: return false;
    }
    return true;
}

/* --- after ------------------------------------------------------------------------------------------------------------ */

/* A list shows each sheet whole or not at all; the last one is kept to be given back. */
static void liste_juger(struct personne *p, const char *nom)
{
    char out[1200], garde[1200], ligne[4096];
    unsigned qui, n, rang, *vus = memoire_calloc((size_t)GENS_MAX * 100000, sizeof *vus);
    snprintf(out, sizeof out, "%s/%s.out", p->monde->dossier, nom);
    snprintf(garde, sizeof garde, "%s/qui-%u-liste.csv", p->monde->dossier, p->qui);
    FILE *f = fopen(out, "r");
    while (f && fgets(ligne, sizeof ligne, f))
        if (sscanf(ligne, "F%u-%u-%u;", &qui, &n, &rang) == 3 && qui < GENS_MAX && n < 100000)
            vus[qui * 100000 + n]++;
    for (unsigned i = 0; i < GENS_MAX * 100000U; i++)
        if (vus[i] != 0 && vus[i] != FEUILLE_COMMANDES)
            faute(&p->fautes, "une liste montre %u commandes de la feuille F%u-%u", vus[i], i / 100000, i % 100000);
    if (!f || fclose(f) != 0 || rename(out, garde) != 0)
        faute(&p->fautes, "la liste %s manque", out);
    memoire_free(vus);
}

/* The lot that an act has left, if any: with refused requests aside it exits 1 all the same. */
static void lot_chercher(struct personne *p, struct essai *e)
{
    char chemin[2000];
    snprintf(chemin, sizeof chemin, "%s/%s", p->monde->dossier, e->fichier);
    DIR *d = opendir(chemin);
    for (struct dirent *x; d && (x = readdir(d));)
        if (strstr(x->d_name, ".zip")) {
            snprintf(chemin, sizeof chemin, "%s/%s/%s", p->monde->dossier, e->fichier, x->d_name);
            sha_de(chemin, e->a.objet);
        }
    if (d)
        closedir(d);
}

static void suites(struct personne *p, struct essai *e, const char *nom)
{
    char chemin[1400], numero[MARQUE_MAX + 8];
    switch (e->a.genre) {
    case IMPORTER:
        for (int i = 0; e->a.c.code == 0 && i < FEUILLE_COMMANDES; i++) {
            snprintf(numero, sizeof numero, "%s-%d", e->marque, i);
            nom_dire(p, false, numero);
        }
        break;
    case REMPLACER:
        if (e->a.c.code == 0)
            nom_dire(p, false, e->marque);
        break;
    case LISTER:
        if (e->a.c.code == 0)
            liste_juger(p, nom);
        break;
    case EMETTRE: lot_chercher(p, e); break;
    case EXPORTER:
        snprintf(chemin, sizeof chemin, "%s/%s", p->monde->dossier, e->fichier);
        if (unlink(chemin) != 0)
            faute(&p->fautes, "l'export %s manque", e->fichier);
        break;
    default: break;
    }
}

/* A refusal of the data is an answer; that the registre is busy, or anything else, is not. */
static void code_juger(struct personne *p, const struct essai *e, const char *nom)
{
    static const char juste[] = {[LISTER] = 1, [VOIR] = 1, [VERIFIER] = 1, [EXPORTER] = 1, [NOTER] = 1, [SURNOMMER] = 1, [IMPORTER] = 1,
                                 [GENRES - 1] = 0};
    char chemin[1200], lu[400] = "";
    if (e->a.c.code == 0 || (e->a.c.code == 1 && !juste[e->a.genre]))
        return;
    snprintf(chemin, sizeof chemin, "%s/%s.err", p->monde->dossier, nom);
    FILE *f = fopen(chemin, "r");
    const size_t n = f ? fread(lu, 1, sizeof lu - 1, f) : 0;
    lu[n] = '\0';
    for (char *q = lu; (q = strchr(q, '\n'));)
        *q = ' ';
    if (f)
        fclose(f);
    faute(&p->fautes, "%s %s (F%u-%u) rend %d : %s", genre_noms[e->a.genre], e->commande, p->qui, e->a.n, e->a.c.code, lu);
}

static enum genre genre_tirer(struct personne *p)
{
    unsigned somme = 0;
    for (int g = 0; g < GENRES; g++)
        somme += poids[g];
    uint32_t de = alea_sous(&p->h, somme);
    int g = 0;
    while (de >= poids[g])
        de -= poids[g++];
    if (g == IMPORTER && p->monde->commandes >= COMMANDES_MAX)
        return REIMPORTER;
    if (p->monde->lent && (g == VERIFIER || g == EXPORTER || g == ALLER_RETOUR) && alea_sous(&p->h, 8) != 0)
        return NOTER;
    return (enum genre)g;
}

void acte_tirer(struct personne *p)
{
    struct essai e = {.a = {.genre = genre_tirer(p), .qui = p->qui, .n = p->n}};
    char nom[32], garde[1200];
    snprintf(nom, sizeof nom, "qui-%u", p->qui);
    snprintf(garde, sizeof garde, "%s/%s-liste.csv", p->monde->dossier, nom);
    marque_de(p->qui, e.a.n, e.marque);
    le_de(p->qui, e.a.n, e.le);
    if (!nom_tirer(p, false, e.commande) || (e.a.genre == ALLER_RETOUR && access(garde, R_OK) != 0))
        e.a.genre = IMPORTER;
    if (!ecrire(p, &e) && !lire(p, &e))
        return;
    p->n++;
    course_lancer(p->monde->dossier, nom, 1, e.mots, &e.a.c);
    code_juger(p, &e, nom);
    suites(p, &e, nom);
    p->actes = memoire_grow(p->actes, &p->cap, p->nombre + 1, sizeof *p->actes);
    p->actes[p->nombre++] = e.a;
}
