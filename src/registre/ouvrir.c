/* Opening, creating and closing a registre. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "noyau/memoire.h"
#include "registre/base.h"
#include "registre/brouillon.h"
#include "registre/etat.h"
#include "registre/journal.h"
#include "registre/schema.h"

#define ATTENTE_MAX_MS 30000
#define ATTENTE_DITE_MS 500
#define PAS_MS 5

static struct {
    void (*dire)(void *ctx);
    void *ctx;
} occupe;

void registre_quand_occupe(void (*dire)(void *ctx), void *ctx)
{
    occupe.dire = dire;
    occupe.ctx = ctx;
}

/* Of this machine since it started: what a wait is measured by, for a loaded machine makes each step last. */
static int64_t ecoule_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Short steps, so that whoever waits has its turn beside those who begin again at once; a word after half a second; gives up after
 * thirty. */
static int attendre(void *ctx, int essais)
{
    static int64_t debut;
    static bool dite;
    const int64_t maintenant = ecoule_ms();
    (void)ctx;
    if (essais == 0) {
        debut = maintenant;
        dite = false;
    }
    if (maintenant - debut >= ATTENTE_MAX_MS)
        return 0;
    if (maintenant - debut >= ATTENTE_DITE_MS && !dite && occupe.dire != NULL) {
        dite = true;
        occupe.dire(occupe.ctx);
    }
    (void)usleep(PAS_MS * 1000);
    return 1;
}

/* Nothing enters the file but by registre_valider: when SQLite has undone the transaction by itself (a read that failed, a
 * full disk), a statement that came after would otherwise commit alone. Not zero: rolled back. */
static int refuser_seul(void *ctx)
{
    const struct registre *r = ctx;
    return !r->validation;
}

/* `vfs`: NULL for the usual one. */
static struct registre *connecter(const char *fichier, const char *nom, int drapeaux, const char *vfs, struct diag_liste *diags)
{
    registre_preparer();
    struct registre *r = memoire_calloc(1, sizeof *r);
    r->chemin = memoire_strdup(nom);
    if (sqlite3_open_v2(fichier, &r->db, drapeaux, vfs) != SQLITE_OK) {
        registre_faute(r, diags);
        registre_fermer(r);
        return NULL;
    }
    (void)sqlite3_busy_handler(r->db, attendre, NULL);
    if (strcmp(fichier, ":memory:") != 0)
        (void)sqlite3_commit_hook(r->db, refuser_seul, r);
    (void)sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return r;
}

/* EXTRA: the end of the journal is on the disk too when a commit returns, so that a lot published after it is never one
 * that a power loss makes the registre forget. */
static const char reglages[] = "pragma journal_mode = delete; pragma synchronous = extra; pragma cell_size_check = on;"
                               REGISTRE_CACHE "pragma temp_store = memory; pragma foreign_keys = off;";

static bool identite_lire(struct registre *r, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select cle, valeur from registre", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct slice cle = colonne_slice(s, 0), v = colonne_slice(s, 1);
        struct slice numero = v;
        if (slice_equals(cle, "id") && v.len < sizeof r->id)
            memcpy(r->id, v.bytes, v.len);
        else if (slice_equals(cle, "fictif"))
            r->fictif = slice_equals(v, "oui");
        else if (slice_equals(cle, "role") && v.len < sizeof r->titulaire_role)
            memcpy(r->titulaire_role, v.bytes, v.len);
        else if (slice_equals(cle, "siren"))
            (void)siren_parse(numero, &r->titulaire_siren);
        else if (slice_equals(cle, "nom"))
            r->titulaire_nom = memoire_strndup(v.bytes, v.len);
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool format_lire(struct registre *r, int64_t *version, struct diag_liste *diags)
{
    int64_t application;
    if (!registre_entier(r, "pragma application_id", 0, &application, diags) ||
        !registre_entier(r, "pragma user_version", 0, version, diags))
        return false;
    if (application != REGISTRE_APPLICATION) {
        diag_erreur(diags, E_PAS_REGISTRE, "%s n'est pas un registre de sons", r->chemin);
        return false;
    }
    const int64_t format = *version / 1000;
    if (format >= 1 && format <= REGISTRE_FORMAT)
        return true;
    struct diag *d = diag_erreur(diags, E_FORMAT_REGISTRE, "le registre %s est d'un autre format", r->chemin);
    diag_trouve(d, "format %lld", (long long)format);
    diag_attendu(d, "format 1 à %d", REGISTRE_FORMAT);
    return false;
}

static struct registre *ouvrir_refuse(struct registre *r)
{
    registre_fermer(r);
    return NULL;
}

/* Only an ordinary file is opened: SQLite would read a device without end. */
static bool fichier_present(const char *chemin, struct diag_liste *diags)
{
    struct stat st;
    if (stat(chemin, &st) != 0) {
        struct diag *d = diag_erreur(diags, E_SANS_REGISTRE, "il n'y a pas de registre %s", chemin);
        diag_a_faire(d, "sons initialiser --registre %s, ou donner le bon fichier par --registre ou SONS_REGISTRE", chemin);
        return false;
    }
    if (S_ISREG(st.st_mode))
        return true;
    diag_erreur(diags, E_PAS_REGISTRE, S_ISDIR(st.st_mode) ? "%s est un dossier, non un registre de sons"
                                                           : "%s n'est pas un fichier ordinaire, ni donc un registre de sons", chemin);
    return false;
}

/* The beginning of the file itself, only asked once SQLite has refused something. */
enum { ENTETE_VERSION_ECRITURE = 18, ENTETE_LUE = 20 };

static bool entete_lire(const char *chemin, unsigned char lu[ENTETE_LUE])
{
    const int fd = open(chemin, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    const bool ok = fd >= 0 && read(fd, lu, ENTETE_LUE) == ENTETE_LUE;
    if (fd >= 0)
        (void)close(fd);
    return ok;
}

/* Does the file say that it is a database? */
static bool entete_sqlite(const char *chemin)
{
    static const char attendu[16] = "SQLite format 3";
    unsigned char lu[ENTETE_LUE];
    return entete_lire(chemin, lu) && memcmp(lu, attendu, sizeof attendu) == 0;
}

/* First statements of a connection: a file that is no database is found out here. */
static bool regler(struct registre *r, struct diag_liste *diags)
{
    if (sqlite3_exec(r->db, reglages, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    if ((sqlite3_errcode(r->db) & 0xff) == SQLITE_NOTADB && !entete_sqlite(r->chemin))
        diag_erreur(diags, E_PAS_REGISTRE, "%s n'est pas un registre de sons", r->chemin);
    else
        registre_faute(r, diags);
    return false;
}

/* SQLite falls back on reading for want of rights, or because the header asks for it: then it is damaged, even for a reader. */
static bool ecriture_verifier(struct registre *r, bool ecriture, struct diag_liste *diags)
{
    unsigned char lu[ENTETE_LUE];
    if (sqlite3_db_readonly(r->db, "main") != 1)
        return true;
    const bool abime = entete_lire(r->chemin, lu) && lu[ENTETE_VERSION_ECRITURE] > 2;
    if (abime)
        diag_erreur(diags, E_REGISTRE_ABIME, "le registre %s est abîmé : son en-tête interdit de l'écrire", r->chemin);
    else if (ecriture)
        diag_erreur(diags, E_ECRITURE, "le registre %s ne peut pas être écrit", r->chemin);
    return !abime && !ecriture;
}

/* The file itself, its version read, and its frozen part verified when it is of an earlier format. */
static struct registre *ouvrir_fichier(const char *chemin, bool ecriture, int64_t *version, struct diag_liste *diags)
{
    if (!fichier_present(chemin, diags))
        return NULL;
    struct registre *r = connecter(chemin, chemin, SQLITE_OPEN_READWRITE, NULL, diags);
    if (r == NULL)
        return NULL;
    r->ecriture = ecriture;
    if (!regler(r, diags) || !format_lire(r, version, diags) ||
        (*version / 1000 < REGISTRE_FORMAT && !schema_livre_verifier(r, *version / 1000, diags)))
        return ouvrir_refuse(r);
    return r;
}

/* A reading changes nothing in a registre of an earlier format: its projections are made in memory. */
static struct registre *lire_ancien(const char *chemin, struct diag_liste *diags)
{
    struct registre *r = registre_passe(chemin, diags);
    if (r == NULL)
        return NULL;
    r->ancien = true;
    return etat_rejouer(r, 0, INSTANT_ABSENT, diags) ? r : ouvrir_refuse(r);
}

/* Whether its form is the present one: its projections are rebuilt when they are of another. */
static bool mettre_a_jour(struct registre *r, int64_t version, struct diag_liste *diags)
{
    return (version == REGISTRE_VERSION || etat_migrer(r, diags)) && schema_verifier(r, diags) && identite_lire(r, diags);
}

struct registre *registre_ouvrir(const char *chemin, bool ecriture, struct diag_liste *diags)
{
    int64_t version;
    struct registre *r = ouvrir_fichier(chemin, ecriture, &version, diags);
    if (r == NULL)
        return NULL;
    if (version / 1000 < REGISTRE_FORMAT && !ecriture) {
        registre_fermer(r);
        return lire_ancien(chemin, diags);
    }
    if (!mettre_a_jour(r, version, diags) || !ecriture_verifier(r, ecriture, diags) ||
        (!ecriture && !registre_exec(r, "pragma query_only = on", diags)))
        return ouvrir_refuse(r);
    return r;
}

struct registre *registre_brouillon(const char *chemin, struct diag_liste *diags)
{
    int64_t version;
    struct registre *r = ouvrir_fichier(chemin, false, &version, diags); /* undoes what somebody else left in the middle */
    if (r == NULL)
        return NULL;
    registre_fermer(r);
    r = connecter(chemin, chemin, SQLITE_OPEN_READWRITE, brouillon_vfs(), diags);
    if (r == NULL)
        return NULL;
    r->ecriture = true;
    if (!regler(r, diags) || !registre_exec(r, "pragma journal_mode = memory", diags) || !format_lire(r, &version, diags) ||
        !mettre_a_jour(r, version, diags) || !ecriture_verifier(r, true, diags))
        return ouvrir_refuse(r);
    return r;
}

struct registre *registre_creer(const char *fichier, const char *nom, struct diag_liste *diags)
{
    struct registre *r = connecter(fichier, nom, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL, diags);
    if (r == NULL)
        return NULL;
    r->ecriture = true;
    char pragma[128];
    (void)sqlite3_snprintf(sizeof pragma, pragma, "pragma application_id = %d; pragma user_version = %d",
                           REGISTRE_APPLICATION, REGISTRE_VERSION);
    /* The file has no name yet: its journal needs not outlive this process. */
    if (!registre_exec(r, "pragma page_size = 16384", diags) || !registre_exec(r, reglages, diags) ||
        !registre_exec(r, "pragma journal_mode = memory", diags) ||
        !registre_debut(r, diags) || !registre_exec(r, pragma, diags) || !registre_exec(r, schema_livre(), diags) ||
        !registre_exec(r, schema_etat(), diags))
        return ouvrir_refuse(r);
    return r; /* the genesis ends the transaction */
}

/* `file:` URI of a path, so that it can be attached read-only whatever its characters. */
static void uri_de(const char *chemin, struct buffer *out)
{
    buffer_puts(out, "file:");
    for (const unsigned char *p = (const unsigned char *)chemin; *p != '\0'; p++) {
        const bool sur = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
                         strchr("/._-", *p) != NULL;
        if (sur)
            buffer_putc(out, (char)*p);
        else
            buffer_printf(out, "%%%02X", *p);
    }
    buffer_puts(out, "?mode=rw");
}

/* The file was opened just before: what fails now is the machine, and SQLite, which has let go of the file, knows it no
 * more. */
static bool attacher(struct registre *r, const char *chemin, struct diag_liste *diags)
{
    struct buffer uri = {0};
    sqlite3_stmt *s = registre_stmt(r, "attach ?1 as livre", diags);
    if (s == NULL)
        return false;
    uri_de(chemin, &uri);
    lier_slice(s, 1, slice_of(uri.bytes));
    const int rc = sqlite3_step(s) & 0xff;
    if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
        diag_erreur(diags, E_LECTURE, "le registre %s ne se lit plus", chemin);
    else if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    buffer_free(&uri);
    return rc == SQLITE_DONE;
}

struct registre *registre_passe(const char *chemin, struct diag_liste *diags)
{
    int64_t version;
    struct registre *reel = ouvrir_fichier(chemin, false, &version, diags);
    if (reel == NULL)
        return NULL;
    const bool tenu = version / 1000 < REGISTRE_FORMAT || ((version == REGISTRE_VERSION || etat_migrer(reel, diags)) && schema_verifier(reel, diags));
    registre_fermer(reel);
    if (!tenu)
        return NULL;
    struct registre *r = connecter(":memory:", chemin, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL, diags);
    if (r == NULL)
        return NULL;
    r->passe = true;
    struct buffer ajouts = {0};
    schema_ajouts(version / 1000, &ajouts); /* tables that the file does not have: empty ones, in memory */
    const bool ok = attacher(r, chemin, diags) && (ajouts.len == 0 || registre_exec(r, ajouts.bytes, diags)) &&
                    registre_exec(r, "pragma temp_store = memory; pragma main.journal_mode = off", diags) &&
                    registre_exec(r, schema_etat(), diags) && identite_lire(r, diags);
    buffer_free(&ajouts);
    return ok ? r : ouvrir_refuse(r);
}

void registre_fermer(struct registre *r)
{
    if (r == NULL)
        return;
    registre_annuler(r);
    journal_plume_free(r->plume);
    sqlite3_finalize(r->piece_connue);
    sqlite3_finalize(r->piece_insert);
    sqlite3_finalize(r->piece_lire);
    registre_gardees_free(r);
    (void)sqlite3_close_v2(r->db);
    memoire_free(r->chemin);
    memoire_free(r->titulaire_nom);
    memoire_free(r);
}

uint32_t registre_editeur(const struct registre *r)
{
    return strcmp(r->titulaire_role, "editeur") == 0 ? r->titulaire_siren : 0;
}
