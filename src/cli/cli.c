/* The dispatcher: reads the line, opens what the row asks, runs, reports, closes. */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli/affichage.h"
#include "cli/aide.h"
#include "cli/commandes.h"
#include "cli/commun.h"
#include "noyau/empreinte.h"
#include "noyau/memoire.h"
#include "registre/base.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#define REGISTRE_HABITUEL "sons.db"

/* A file opened later must never take the number of a closed standard stream: an answer would be written into it. */
static void garder_flux_standard(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 1 ? O_RDONLY : O_WRONLY) != fd)
            _exit(SORTIE_ENVIRONNEMENT);
}

static int pire(int a, int b)
{
    return a > b ? a : b;
}

/* --sortie: the answer goes to a file that appears whole, or not at all; an existing one is left alone. */
static bool ouvrir_fichier(struct cli *c)
{
    if (c->sortie.format == FORMAT_XLSX && !sortie_fichier(&c->ligne) && isatty(STDOUT_FILENO)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_VALEUR, "un classeur ne s'affiche pas"), "donner --sortie FICHIER.xlsx");
        return false;
    }
    if (!sortie_fichier(&c->ligne))
        return true;
    const char *chemin = c->ligne.valeurs[OPT_SORTIE];
    if (access(chemin, F_OK) == 0) {
        diag_lieu(diag_erreur(&c->diags, E_EXISTE, "le fichier existe déjà, il n'est pas remplacé"), &(struct lieu){.fichier = chemin});
        return false;
    }
    if (!fichier_tmp_creer(&c->fichier, chemin, &c->diags))
        return false;
    FILE *f = fdopen(fcntl(c->fichier.fd, F_DUPFD_CLOEXEC, 3), "wb");
    if (!f)
        memoire_epuisee();
    c->sortie.f = f;
    return true;
}

static void fermer_fichier(struct cli *c, bool bon)
{
    if (!c->fichier.chemin)
        return;
    fclose(c->sortie.f);
    c->sortie.f = stdout;
    if (!bon) {
        fichier_tmp_abandonner(&c->fichier);
        return;
    }
    char *chemin = memoire_strdup(c->fichier.chemin);
    if (fichier_tmp_publier(&c->fichier, false, &c->diags))
        cli_noter(c, "Réponse écrite dans %s.", chemin);
    memoire_free(chemin);
}

/* Ends in every case: what is left to say, and the exit code. */
static int finir(struct cli *c, int code)
{
    barre_effacer(&c->barre);
    bool ecrite = sortie_fermer(&c->sortie, &c->diags) && (c->sortie.complete || code == SORTIE_FAIT);
    fermer_fichier(c, ecrite);
    cli_montrer_diagnostics(c);
    code = pire(code, (int)c->diags.pire);
    diag_vider(&c->diags);
    ligne_commande_free(&c->ligne);
    buffer_free(&c->entete);
    return code;
}

static int repondre(struct cli *c, struct buffer *texte)
{
    sortie_octets(&c->sortie, texte->bytes, texte->len);
    buffer_free(texte);
    return finir(c, SORTIE_FAIT);
}

/* Usage faults, then the model of the command, or the way to the list. */
static int refuser_usage(struct cli *c)
{
    cli_montrer_diagnostics(c);
    if (c->ligne.commande) {
        struct buffer b = {0};
        char nom[64];
        aide_synopsis(&b, c->ligne.commande);
        cli_noter(c, "usage : %s\nDétail : sons %s --aide", b.bytes, commande_intitule(c->ligne.commande, nom));
        buffer_free(&b);
    } else if (c->ligne.nom) {
        cli_noter(c, "usage : sons %s VERBE [ARGUMENT…] [--option VALEUR]", c->ligne.nom);
    } else {
        cli_noter(c, "usage : sons NOM VERBE [ARGUMENT…] [--option VALEUR]");
    }
    return finir(c, SORTIE_USAGE);
}

/* Questions that need no registre. −1 when there is a command to run. */
static int repondre_sans_commande(struct cli *c, const struct vocabulaire *v)
{
    const struct ligne_commande *l = &c->ligne;
    struct buffer b = {0};
    if (option_donnee(l, OPT_COMPLETION))
        aide_completion(&b, v);
    else if (option_donnee(l, OPT_VERSION))
        buffer_puts(&b, "sons " PACKAGE_VERSION "\n");
    else if (l->nom)
        aide_nom(&b, v, l->nom);
    else if (!l->commande)
        aide_generale(&b, v);
    else if (option_donnee(l, OPT_AIDE))
        aide_commande(&b, l->commande);
    else
        return -1;
    return repondre(c, &b);
}

/* --- running --- */

/* `nomme`: somebody named a registre, rather than leaving the usual one. */
static void choisir_registre(struct cli *c, bool *nomme)
{
    const char *env = getenv("SONS_REGISTRE");
    *nomme = true;
    if (option_donnee(&c->ligne, OPT_REGISTRE)) {
        c->registre = c->ligne.valeurs[OPT_REGISTRE];
    } else if (env && *env) {
        c->registre = env;
    } else {
        c->registre = REGISTRE_HABITUEL;
        *nomme = false;
    }
}

static enum acces acces_voulu(const struct cli *c, bool nomme)
{
    /* An empty sheet, an extract, the answer of a time-stamping authority: none needs the registre. */
    if (option_donnee(&c->ligne, OPT_MODELE) || option_donnee(&c->ligne, OPT_EXTRAIT) || option_donnee(&c->ligne, OPT_HORODATAGE))
        return ACCES_AUCUN;
    /* A sheet is controlled by recording it, then undoing everything. */
    if (option_donnee(&c->ligne, OPT_FICHIER) && c->ligne.commande->acces == CMD_LECTURE)
        return ACCES_BROUILLON;
    switch (c->ligne.commande->acces) {
    case CMD_SI_PRESENT: return nomme || access(c->registre, F_OK) == 0 ? ACCES_LECTURE : ACCES_AUCUN;
    case CMD_LECTURE: return ACCES_LECTURE;
    case CMD_BROUILLON: return ACCES_BROUILLON;
    case CMD_ECRITURE: return option_donnee(&c->ligne, OPT_ESSAI) ? ACCES_BROUILLON : ACCES_ECRITURE;
    case CMD_AUCUN: break;
    }
    return ACCES_AUCUN;
}

static void dire_occupe(void *ctx)
{
    struct cli *c = ctx;
    cli_noter(c, "Le registre %s est occupé par une autre commande : j'attends qu'elle finisse.", c->registre);
}

static bool ouvrir(struct cli *c)
{
    bool nomme;
    choisir_registre(c, &nomme);
    c->horloge = getenv("SONS_HORLOGE");
    enum acces acces = acces_voulu(c, nomme);
    struct contexte_options o = {
        .registre = c->registre,
        .acces = acces,
        .connu_le = c->ligne.connu_le,
        .horloge = acces == ACCES_AUCUN ? NULL : c->horloge,
    };
    registre_quand_occupe(dire_occupe, c);
    if (!contexte_ouvrir(&c->ctx, &o, &c->diags))
        return false;
    c->ctx.au = instant_present(c->ligne.au) ? c->ligne.au : c->ctx.maintenant;
    c->ctx.au_donne = instant_present(c->ligne.au);
    c->ctx.le = instant_present(c->ligne.le) ? c->ligne.le : c->ctx.maintenant;
    c->ctx.le_donne = instant_present(c->ligne.le);
    c->ctx.le_jour = c->ligne.le_jour;
    c->ctx.essai = option_donnee(&c->ligne, OPT_ESSAI);
    c->ctx.strict = option_donnee(&c->ligne, OPT_STRICT);
    c->ctx.diags = &c->diags;
    c->ctx.progression = barre_progression(&c->barre, stderr);
    return true;
}

static int executer(struct cli *c)
{
    char intitule[64];
    c->sortie.commande = commande_intitule(c->ligne.commande, intitule);
    if (!ouvrir(c))
        return finir(c, pire(SORTIE_REFUS, (int)c->diags.pire));
    bool ouvert = c->ctx.registre != NULL;
    if (!ouvrir_fichier(c)) {
        contexte_fermer(&c->ctx);
        return finir(c, (int)c->diags.pire);
    }
    if (ouvert && contexte_fictif(&c->ctx)) {
        cli_noter(c, "REGISTRE FICTIF (%s) : démonstration, rien de réel", contexte_registre(&c->ctx));
        c->sortie.fictif = true;
    }
    c->sortie.au = ouvert ? c->ctx.au : INSTANT_ABSENT;
    int code = c->ligne.commande->fonction(c);
    cli_montrer_diagnostics(c);
    if (c->ctx.essai && c->ligne.commande->acces >= CMD_BROUILLON)
        cli_noter(c, "Essai : rien n'est écrit dans %s.", c->registre);
    else if (c->ecrit)
        cli_noter(c, "Écrit dans %s.", c->registre);
    contexte_fermer(&c->ctx);
    return finir(c, code);
}

int cli_main(int argc, char **argv)
{
    empreinte_preparer(); /* before anything asks OpenSSL for memory */
    garder_flux_standard();
    /* A closed pipe and a size limit (ulimit -f) come back as errors of write, told like the others. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    struct cli c = {0};
    struct vocabulaire v = vocabulaire_sons();
    bool lue = ligne_commande_lire(argc, argv, &v, &c.ligne, &c.diags);
    sortie_tamponner(stdout);
    sortie_ouvrir(&c.sortie, stdout, c.ligne.format);
    c.sortie.entete = &c.entete;
    c.tableau = sortie_tableau(&c.sortie);
    if (!lue)
        return refuser_usage(&c);
    int code = repondre_sans_commande(&c, &v);
    return code >= 0 ? code : executer(&c);
}
