/* What a blow left: verified, told whole or absent, and worked on again. Each distinct state is judged once. */
#define _GNU_SOURCE
#include "banc.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "noyau/memoire.h"

/* --- the registre as what it says -------------------------------------------------------------------------------- */

static void hacher_requete(sqlite3 *db, const char *sql, struct empreinte_ctx *h)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        mourir("%s : %s", sql, sqlite3_errmsg(db));
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const int type = sqlite3_column_type(s, i), n = sqlite3_column_bytes(s, i);
            empreinte_ajouter(h, &type, sizeof type);
            empreinte_ajouter(h, &n, sizeof n);
            if (n > 0)
                empreinte_ajouter(h, sqlite3_column_blob(s, i), (size_t)n);
        }
    if (rc != SQLITE_DONE)
        mourir("%s : %s", sql, sqlite3_errmsg(db));
    sqlite3_finalize(s);
}

/* Every row of every table, whatever the pages they stand in. Zeros when there is no registre. */
struct empreinte base_empreinte(const char *chemin)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    struct empreinte e = {0};
    struct stat st;
    if (stat(chemin, &st) != 0)
        return e;
    if (sqlite3_open_v2(chemin, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        mourir("%s ne s'ouvre pas", chemin);
    struct empreinte_ctx *h = empreinte_debut();
    hacher_requete(db, "select sql from sqlite_schema order by name", h);
    if (sqlite3_prepare_v2(db, "select name from sqlite_schema where type = 'table' order by name", -1, &s, NULL) != SQLITE_OK)
        mourir("%s : %s", chemin, sqlite3_errmsg(db));
    while (sqlite3_step(s) == SQLITE_ROW) {
        char sql[200];
        sqlite3_snprintf(sizeof sql, sql, "select * from \"%w\" order by 1, 2", sqlite3_column_text(s, 0));
        hacher_requete(db, sql, h);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    return empreinte_fin(h);
}

/* First value of a query as text; "0" without a registre. */
static void sonder(const char *chemin, const char *sql, char *out, size_t max)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    struct stat st;
    snprintf(out, max, "0");
    if (stat(chemin, &st) != 0)
        return;
    if (sqlite3_open_v2(chemin, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK || sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        mourir("sonde « %s » : %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW)
        snprintf(out, max, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static char *registre_de(const struct atelier *a)
{
    static char chemin[1024];
    snprintf(chemin, sizeof chemin, "%s/" REGISTRE, a->dossier);
    return chemin;
}

/* --- the scene ---------------------------------------------------------------------------------------------------- */

void etape_preparer(struct etape *e, const char *racine, const char *nom)
{
    struct atelier a;
    char commande[4096], chemin[1024];
    *e = (struct etape){.nom = nom};
    snprintf(chemin, sizeof chemin, "%s/etape-%s", racine, nom);
    atelier_ouvrir(&a, chemin);
    snprintf(commande, sizeof commande,
             "cd '%s' && head -c %zu /dev/zero >../comptes && COUPS_COMPTES='%s/comptes' COUPS_PRELOAD='%s/tests/coups/panne.so' "
             "sh '%s/tests/coups/maison.sh' %s",
             a.dossier, COUPS_COMPTES_N * sizeof(uint64_t), a.racine, getenv("SONS_BUILDDIR"), getenv("SONS_SRCDIR"), nom);
    if (system(commande) != 0)
        mourir("maison.sh %s a échoué", nom);
    dossier_lire(a.dossier, &e->d);
    e->chemin = a.dossier;
}

static void verifier_sonde(const struct scene *s, struct atelier *a, const char *attendu, const char *quand)
{
    char trouve[100];
    sonder(registre_de(a), s->acte->sonde, trouve, sizeof trouve);
    if (strcmp(trouve, attendu) != 0)
        mourir("%s, %s : la sonde donne « %s », la table dit « %s »", s->acte->nom, quand, trouve, attendu);
}

void scene_preparer(struct scene *s, struct atelier *a, const struct acte *acte, const struct etape *etape)
{
    const struct dossier *avant = &etape->d;
    struct dossier bis;
    struct course encore = {0};
    *s = (struct scene){.acte = acte, .avant = *avant};
    dossiers_imiter(etape->chemin, a->dossier);
    atelier_mettre(a, avant);
    if (dossier_trouver(&s->avant, REGISTRE))
        lancer(a, "sons journal verifier", NULL, &encore); /* a journal left there is undone, in this copy */
    s->base_avant = base_empreinte(registre_de(a));
    verifier_sonde(s, a, acte->avant, "avant");
    atelier_mettre(a, avant);
    lancer(a, acte->commande, NULL, &encore);
    if (encore.code != 0)
        mourir("%s : code %d sans aucune faute : %s", acte->nom, encore.code, encore.err.bytes);
    atelier_voir(a, &s->apres);
    s->base_apres = base_empreinte(registre_de(a));
    verifier_sonde(s, a, acte->apres, "après");
    atelier_mettre(a, avant);
    lancer(a, acte->commande, NULL, &s->sans_faute); /* every later run finds the folders that the first one made, as this one */
    atelier_voir(a, &bis);
    const struct empreinte e1 = dossier_empreinte(&s->apres), e2 = dossier_empreinte(&bis);
    if (s->sans_faute.code != 0 || !empreinte_egale(&e1, &e2))
        mourir("%s : deux exécutions ne donnent pas les mêmes octets", acte->nom);
    if (empreinte_egale(&s->base_avant, &s->base_apres) && s->avant.n >= s->apres.n)
        mourir("%s : l'acte ne change rien", acte->nom);
    dossier_free(&bis);
    buffer_free(&encore.err);
}

/* --- judging -------------------------------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void dire(struct jugement_etat *j, const char *fmt, ...)
{
    va_list ap;
    if (j->sort == SORT_FAUTE && *j->quoi)
        return;
    j->sort = SORT_FAUTE;
    va_start(ap, fmt);
    vsnprintf(j->quoi, sizeof j->quoi, fmt, ap);
    va_end(ap);
}

static bool nom_provisoire(const char *nom)
{
    const char *base = strrchr(nom, '/');
    base = base ? base + 1 : nom;
    return *base == '.' && strstr(base, ".tmp");
}

/* Its number may be that of another process by now: the program leaves alone what may be in use. */
static bool numero_repris(const char *nom)
{
    const char *fin = nom_provisoire(nom) ? strstr(nom, ".tmp") : NULL, *debut = fin;
    while (debut != NULL && debut > nom && debut[-1] >= '0' && debut[-1] <= '9')
        debut--;
    const long pid = debut != fin ? strtol(debut, NULL, 10) : 0;
    return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

static bool porte_provisoire(const struct dossier *d)
{
    for (size_t i = 0; i < d->n; i++)
        if (nom_provisoire(d->f[i].nom))
            return true;
    return false;
}

/* Names that a program struck down may leave, because the next run takes them away. */
static bool provisoire(const char *nom, enum fin fin)
{
    if (strcmp(nom, REGISTRE "-journal") == 0) /* undone by a reader when it matters, removed by the next writer always */
        return true;
    return fin != FIN_PROPRE && nom_provisoire(nom);
}

/* Files that are neither of before nor of after. */
static void voir_restes(const struct scene *s, const struct dossier *la, bool permis, enum fin fin, const char *quand, struct jugement_etat *j)
{
    for (size_t i = 0; i < la->n; i++) {
        const char *nom = la->f[i].nom;
        if (!dossier_trouver(&s->avant, nom) && !dossier_trouver(&s->apres, nom) && !(permis && provisoire(nom, fin)) && !numero_repris(nom))
            dire(j, "%s, il reste le fichier %s", quand, nom);
    }
}

/* Files that the act makes, the registre apart: none, or all of them, byte for byte. */
static void produits(const struct scene *s, const struct dossier *la, bool *tous, bool *aucun, struct jugement_etat *j)
{
    *tous = *aucun = true;
    for (size_t i = 0; i < s->apres.n; i++) {
        const struct fichier *f = &s->apres.f[i];
        if (dossier_trouver(&s->avant, f->nom) || strcmp(f->nom, REGISTRE) == 0)
            continue;
        const struct fichier *ici = dossier_trouver(la, f->nom);
        if (!ici)
            *tous = false;
        else
            *aucun = false;
        if (ici && !empreinte_egale(&ici->e, &f->e))
            dire(j, "%s n'a pas le contenu attendu (%zu octets, %zu attendus)", f->nom, ici->len, f->len);
    }
    for (size_t i = 0; i < s->avant.n; i++) { /* what was given is not touched */
        const struct fichier *f = &s->avant.f[i], *ici = dossier_trouver(la, f->nom);
        if (strncmp(f->nom, REGISTRE, strlen(REGISTRE)) != 0 && (!ici || !empreinte_egale(&ici->e, &f->e)))
            dire(j, "%s a été touché", f->nom);
    }
}

static void verifier(struct atelier *a, const char *quand, struct jugement_etat *j)
{
    struct course c = {0};
    struct stat st;
    if (stat(registre_de(a), &st) != 0)
        return;
    lancer(a, "sons journal verifier --tout", NULL, &c);
    if (c.code != 0)
        dire(j, "%s, « journal verifier --tout » rend %d : %s", quand, c.code, c.err.bytes);
    buffer_free(&c.err);
}

/* Each file that the act makes and that is not there is whole under another name. */
static bool brouillons(const struct scene *s, const struct dossier *la)
{
    for (size_t i = 0; i < s->apres.n; i++) {
        const struct fichier *f = &s->apres.f[i];
        bool la_ou_presque = dossier_trouver(&s->avant, f->nom) || strcmp(f->nom, REGISTRE) == 0;
        for (size_t k = 0; k < la->n && !la_ou_presque; k++)
            la_ou_presque = empreinte_egale(&la->f[k].e, &f->e);
        if (!la_ou_presque)
            return false;
    }
    return true;
}

static void classer(const struct scene *s, struct atelier *a, const struct dossier *la, struct jugement_etat *j)
{
    const struct empreinte base = base_empreinte(registre_de(a));
    const bool avant = empreinte_egale(&base, &s->base_avant), apres = empreinte_egale(&base, &s->base_apres);
    bool aucun;
    char sonde[100];
    produits(s, la, &j->complet, &aucun, j);
    j->brouillon = brouillons(s, la);
    if (!avant && !apres)
        dire(j, "l'acte est là à moitié : le registre n'est ni celui d'avant ni celui d'après");
    if (avant && apres) /* an act that makes files only */
        j->sort = j->complet ? SORT_ENTIER : SORT_ABSENT;
    else if (*j->quoi == '\0')
        j->sort = apres ? SORT_ENTIER : SORT_ABSENT;
    if (j->sort == SORT_ABSENT && !aucun && !(avant && apres)) /* some files of an act that makes only files: whole, and done again */
        dire(j, "un fichier est publié, mais le registre n'en sait rien");
    if (j->sort == SORT_ENTIER && !j->complet && !s->acte->reparer)
        dire(j, "l'acte est enregistré, ses fichiers manquent");
    sonder(registre_de(a), s->acte->sonde, sonde, sizeof sonde);
    if (strcmp(sonde, j->sort == SORT_ENTIER ? s->acte->apres : s->acte->avant) != 0)
        dire(j, "la sonde donne « %s »", sonde);
}

/* Work goes on: what is absent is done, what is whole is known as done, what is missing is put back. */
static void reprendre(const struct scene *s, struct atelier *a, struct jugement_etat *j)
{
    const bool absent = j->sort == SORT_ABSENT;
    const char *commande = absent || j->complet ? s->acte->commande : s->acte->reparer;
    struct course c = {0};
    struct dossier la;
    lancer(a, commande, NULL, &c);
    const int attendu = absent || !j->complet ? 0 : s->acte->encore;
    if (c.code != attendu)
        dire(j, "reprise : « %s » rend %d, non %d : %s", commande, c.code, attendu, c.err.bytes);
    atelier_voir(a, &la);
    bool tous, aucun;
    produits(s, &la, &tous, &aucun, j);
    if (!tous)
        dire(j, "reprise : les fichiers de l'acte manquent toujours");
    /* What nobody could remove goes with the next file of that kind, which an act known as done does not make. */
    voir_restes(s, &la, j->fin == FIN_TENACE && commande == s->acte->commande && !absent, j->fin, "après la reprise", j);
    const struct empreinte base = base_empreinte(registre_de(a));
    if (absent && !empreinte_egale(&base, &s->base_apres))
        dire(j, "reprise : le registre n'est pas celui d'une exécution sans faute");
    const struct fichier *r = dossier_trouver(&la, REGISTRE), *attendue = dossier_trouver(&s->apres, REGISTRE);
    if (r && attendue && !empreinte_egale(&r->e, &attendue->e))
        verifier(a, "après la reprise", j);
    dossier_free(&la);
    buffer_free(&c.err);
}

const struct jugement_etat *juger_etat(const struct scene *s, struct atelier *a, struct memoire_juge *m, const struct dossier *etat,
                                       enum fin fin)
{
    const struct empreinte cle = dossier_empreinte(etat);
    if (!porte_provisoire(etat)) /* then nothing depends on it: the strictest */
        fin = FIN_PROPRE;
    for (size_t i = 0; i < m->n; i++)
        if (m->t[i].fin == fin && empreinte_egale(&m->t[i].cle, &cle))
            return &m->t[i];
    m->t = memoire_grow(m->t, &m->cap, m->n + 1, sizeof *m->t);
    struct jugement_etat *j = &m->t[m->n++];
    struct dossier la;
    *j = (struct jugement_etat){.cle = cle, .fin = fin, .sort = SORT_ABSENT};
    atelier_mettre(a, etat);
    verifier(a, "aussitôt", j);
    atelier_voir(a, &la);
    voir_restes(s, &la, true, fin, "aussitôt", j);
    if (*j->quoi == '\0')
        classer(s, a, &la, j);
    if (*j->quoi == '\0')
        reprendre(s, a, j);
    dossier_free(&la);
    return j;
}
