#include "registre/journal.h"

#include <config.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "noyau/fichier.h"
#include "registre/rafale.h"

#define VIDAGE_TOUS_LES ((size_t)4 << 20)

struct journal_plume {
    int64_t prochain;
    struct instant instant; /* of its entries */
    char precedent[EMPREINTE_HEX];
    struct buffer entete; /* instant … parametres: the same for the whole transaction */
    struct buffer entree;
    struct buffer utilisateur;  /* name, written under the first entry of the transaction */
    struct sel sel_utilisateur;
    bool utilisateur_ecrit;
    size_t depuis_vidage;
    bool cache_reduit;
    struct rafale *entrees, *personnes;
};

void journal_plume_free(struct journal_plume *p)
{
    if (p == NULL)
        return;
    rafale_free(p->entrees);
    rafale_free(p->personnes);
    buffer_free(&p->utilisateur);
    buffer_free(&p->entete);
    buffer_free(&p->entree);
    memoire_free(p);
}

/* --- the last entry, and its hash --------------------------------------------------------------------------------------------- */

static bool tete_garder(struct registre *r, const char hex[EMPREINTE_HEX], struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert or replace into reglage (cle, valeur) values ('tete', ?1)", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(hex));
    const bool ok = registre_pas(r, s, diags);
    sqlite3_finalize(s);
    return ok;
}

static bool voir_tete(void *ctx, int64_t numero, struct slice octets)
{
    (void)numero;
    *(struct empreinte *)ctx = empreinte_de(octets.bytes, octets.len);
    return true;
}

bool journal_tete_rejouer(struct registre *r, int64_t numero, struct diag_liste *diags)
{
    struct empreinte h = {{0}};
    char hex[EMPREINTE_HEX];
    return journal_parcourir(r, numero, numero, voir_tete, &h, diags) && tete_garder(r, empreinte_hex(&h, hex), diags);
}

int journal_tete_gardee(struct registre *r, const char hex[EMPREINTE_HEX], struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select valeur = ?1 from reglage where cle = 'tete'", diags);
    if (s == NULL)
        return -1;
    lier_slice(s, 1, slice_of(hex));
    const int gardee = registre_suivant(r, s, diags);
    const int rendu = gardee == 1 ? sqlite3_column_int(s, 0) : gardee == 0 ? 1 : -1;
    sqlite3_finalize(s);
    return rendu;
}

struct dernier {
    struct journal_plume *p;
    struct instant instant;
    bool casse;
};

static bool voir_dernier(void *ctx, int64_t numero, struct slice octets)
{
    struct dernier *d = ctx;
    struct arene a = {0};
    struct entree e;
    d->casse = !entree_lire(octets, &a, &e) || e.numero != numero;
    if (!d->casse) {
        const struct empreinte h = empreinte_de(octets.bytes, octets.len);
        (void)empreinte_hex(&h, d->p->precedent);
        d->p->prochain = numero + 1;
        d->instant = e.instant;
    }
    arene_free(&a);
    return !d->casse;
}

static bool lire_dernier(struct registre *r, struct journal_plume *p, struct instant *instant, struct diag_liste *diags)
{
    int64_t max;
    if (!registre_entier(r, "select max(numero) from journal", 0, &max, diags))
        return false;
    if (max == 0)
        return true;
    struct dernier d = {p, INSTANT_ABSENT, false};
    const bool lu = journal_parcourir(r, max, max, voir_dernier, &d, diags);
    if (d.casse) {
        diag_erreur(diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)max);
        return false;
    }
    *instant = d.instant;
    const int gardee = lu ? journal_tete_gardee(r, p->precedent, diags) : -1;
    if (gardee == 0) /* to be followed, it would be taken for true from then on */
        diag_erreur(diags, E_JOURNAL_CHAINE, "l'entrée %lld, la dernière du journal, n'est plus celle qui a été enregistrée", (long long)max);
    return gardee == 1;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

/* The row of this user in /etc/passwd, read without NSS, whose libraries abort when memory is short (glibc 2.36). NULL with
 * errno 0 when it is not there. */
static const struct passwd *utilisateur_du_fichier(void)
{
    FILE *f = fopen("/etc/passwd", "re");
    const struct passwd *pw = NULL;
    if (f == NULL) {
        errno = errno == ENOENT ? 0 : errno;
        return NULL;
    }
    do
        errno = 0;
    while ((pw = fgetpwent(f)) != NULL && pw->pw_uid != geteuid());
    const int err = errno == ENOENT ? 0 : errno;
    (void)fclose(f);
    errno = err;
    return pw;
}

/* Who is at the keyboard; a name, so only its commitment enters the journal. */
static bool nom_utilisateur(struct buffer *out, struct diag_liste *diags)
{
    const struct passwd *pw = NULL;
    for (int essai = 0; pw == NULL && essai < 2; essai++) { /* a passing fault must not change who signs */
        pw = utilisateur_du_fichier();
        if (pw == NULL && errno == 0)
            pw = getpwuid(geteuid()); /* a directory of users */
        if (pw == NULL && errno == ENOMEM)
            memoire_epuisee();
    }
    if (pw == NULL && (errno == EIO || errno == EMFILE || errno == ENFILE || errno == EAGAIN)) {
        diag_erreur(diags, E_LECTURE, "le nom de l'utilisateur ne se lit pas : %s", fichier_cause(errno));
        return false;
    }
    if (pw != NULL && texte_is_utf8(pw->pw_name, strlen(pw->pw_name)))
        buffer_puts(out, pw->pw_name);
    else
        buffer_printf(out, "uid %u", (unsigned)geteuid());
    return true;
}

static bool entete_preparer(struct journal_plume *p, struct instant maintenant, const struct empreinte *parametres,
                            struct diag_liste *diags)
{
    char t[INSTANT_TEXTE_MAX], utilisateur[EMPREINTE_HEX], param[EMPREINTE_HEX];
    if (!nom_utilisateur(&p->utilisateur, diags))
        return false;
    p->sel_utilisateur = sel_tirer();
    const struct empreinte e = engagement(&p->sel_utilisateur, p->utilisateur.bytes, p->utilisateur.len);
    buffer_printf(&p->entete, "instant %s\nutilisateur %s\nprogramme " PACKAGE_NAME " " PACKAGE_VERSION "\nparametres %s\nsel ",
                  instant_utc(maintenant, t), empreinte_hex(&e, utilisateur), empreinte_hex(parametres, param));
    return true;
}

/* One row of the erasable table. */
static bool personne_ecrire(struct registre *r, int64_t fait, const char *champ, const struct sel *sel, struct slice nom,
                            struct diag_liste *diags)
{
    struct valeur *v = rafale_ligne(r->plume->personnes);
    valeur_n(&v[0], fait);
    valeur_slice(&v[1], slice_of(champ));
    valeur_octets(&v[2], sel->octets, sizeof sel->octets);
    valeur_slice(&v[3], nom);
    return rafale_poser(r->plume->personnes, diags);
}

bool journal_ouvrir(struct registre *r, struct instant maintenant, const struct empreinte *parametres,
                    struct diag_liste *diags)
{
    struct journal_plume *p = memoire_calloc(1, sizeof *p);
    struct instant dernier = INSTANT_ABSENT;
    p->prochain = 1;
    memcpy(p->precedent, JOURNAL_SANS_PRECEDENT, sizeof p->precedent);
    bool ok = lire_dernier(r, p, &dernier, diags);
    if (ok && instant_present(dernier) && instant_cmp(maintenant, dernier) < 0)
        maintenant = horloge_relire(); /* another program, started later, wrote first */
    if (ok && instant_present(dernier) && instant_cmp(maintenant, dernier) < 0) {
        char ici[INSTANT_TEXTE_MAX], avant[INSTANT_TEXTE_MAX];
        struct diag *d = diag_erreur(diags, r->fictif ? E_HORLOGE_FICTIVE : E_HORLOGE,
                                     "l'horloge est en retard sur la dernière entrée du journal");
        diag_trouve(d, "%s", instant_fr(maintenant, ici));
        diag_attendu(d, "au plus tôt %s", instant_fr(dernier, avant));
        ok = false;
    }
    p->instant = maintenant;
    if (ok && entete_preparer(p, maintenant, parametres, diags)) {
        journal_plume_free(r->plume); /* its bursts have the names of ours */
        r->plume = NULL;
        p->entrees = rafale_creer(r, "rafale_journal", 2, "insert or fail into journal (numero, octets) select v1, v2 from rafale_journal", diags);
        p->personnes = rafale_creer(r, "rafale_personne", 4, "insert or fail into personne (fait, champ, sel, nom) "
                                                             "select v1, v2, v3, v4 from rafale_personne", diags);
    }
    if (p->entrees == NULL || p->personnes == NULL) {
        journal_plume_free(p);
        return false;
    }
    r->plume = p;
    return true;
}

struct instant journal_instant(const struct registre *r)
{
    return r->plume->instant;
}

int64_t journal_prochain(const struct registre *r)
{
    return r->plume->prochain;
}

/* A batch appends far more pages than the cache holds, and SQLite drops clean pages (bases, indexes: read again at once)
 * before dirty ones. Writing those out now and then lets the old journal pages go instead. Not a commit. From then on the cache is
 * smaller: what goes through it is not read again, and memory that was never used costs more than that of a page written just before. */
static void vider_le_cache(struct registre *r, struct journal_plume *p, size_t octets)
{
    p->depuis_vidage += octets;
    if (p->depuis_vidage < VIDAGE_TOUS_LES)
        return;
    p->depuis_vidage = 0;
    (void)sqlite3_db_cacheflush(r->db);
    if (!p->cache_reduit)
        (void)sqlite3_exec(r->db, "pragma cache_size = -8192", NULL, NULL, NULL);
    p->cache_reduit = true;
}

bool journal_append(struct registre *r, struct slice fait, struct slice constats, struct diag_liste *diags)
{
    struct journal_plume *p = r->plume;
    struct buffer *e = &p->entree;
    char hex[2 * sizeof(struct sel) + 1];
    const struct sel sel = sel_tirer();
    if (!p->utilisateur_ecrit && !personne_ecrire(r, p->prochain, "utilisateur", &p->sel_utilisateur,
                                                  (struct slice){p->utilisateur.bytes, p->utilisateur.len}, diags))
        return false;
    p->utilisateur_ecrit = true;
    buffer_clear(e);
    buffer_puts(e, "entree ");
    buffer_put_i64(e, p->prochain);
    buffer_putc(e, '\n');
    buffer_append(e, p->entete.bytes, p->entete.len);
    buffer_puts(e, hex_texte(sel.octets, sizeof sel.octets, hex));
    buffer_putc(e, '\n');
    buffer_append(e, fait.bytes, fait.len);
    buffer_append(e, constats.bytes, constats.len);
    buffer_puts(e, "P ");
    buffer_append(e, p->precedent, EMPREINTE_HEX - 1);
    buffer_putc(e, '\n');
    vider_le_cache(r, p, e->len);
    struct valeur *v = rafale_ligne(p->entrees);
    valeur_n(&v[0], p->prochain);
    valeur_slice(&v[1], (struct slice){e->bytes, e->len});
    if (!rafale_poser(p->entrees, diags))
        return false;
    const struct empreinte h = empreinte_de(e->bytes, e->len);
    (void)empreinte_hex(&h, p->precedent);
    r->derniere = p->prochain++;
    return true;
}

bool journal_vider(struct registre *r, struct diag_liste *diags)
{
    return r->plume == NULL || (rafale_vider(r->plume->entrees, diags) && rafale_vider(r->plume->personnes, diags));
}

bool journal_finir(struct registre *r, struct diag_liste *diags)
{
    return journal_vider(r, diags) && (r->plume == NULL || !r->plume->utilisateur_ecrit || tete_garder(r, r->plume->precedent, diags));
}

/* --- names ------------------------------------------------------------------------------------------------------ */

bool personne_enregistrer(struct registre *r, int64_t fait, const char *champ, struct slice nom, char hex[EMPREINTE_HEX],
                          struct diag_liste *diags)
{
    const struct sel sel = sel_tirer();
    const struct empreinte e = engagement(&sel, nom.bytes, nom.len);
    (void)empreinte_hex(&e, hex);
    return personne_ecrire(r, fait, champ, &sel, nom, diags);
}

int personne_lire(struct registre *r, int64_t fait, const char *champ, struct buffer *nom, struct sel *sel,
                  struct diag_liste *diags)
{
    sqlite3_stmt *s = !journal_vider(r, diags) ? NULL : registre_gardee(r, "select sel, nom from personne where fait = ?1 and champ = ?2", diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, fait);
    lier_slice(s, 2, slice_of(champ));
    const int rc = sqlite3_step(s);
    int trouve = rc == SQLITE_ROW ? 1 : 0;
    if (rc == SQLITE_ROW) {
        const struct slice n = colonne_slice(s, 1);
        buffer_append(nom, n.bytes, n.len);
        if (sel != NULL && sqlite3_column_bytes(s, 0) == (int)sizeof sel->octets)
            memcpy(sel->octets, sqlite3_column_blob(s, 0), sizeof sel->octets);
    } else if (rc != SQLITE_DONE) {
        registre_faute(r, diags);
        trouve = -1;
    }
    registre_rendre(r, s);
    return trouve;
}

bool journal_utilisateur(struct registre *r, const struct entree *e, struct buffer *out, struct diag_liste *diags)
{
    /* The name stands once per transaction, under the first entry that used the commitment. */
    sqlite3_stmt *s = !journal_vider(r, diags) ? NULL : registre_stmt(r, "select sel, nom from personne where champ = 'utilisateur' and fait <= ?1 "
                                                                         "order by fait desc limit 1", diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, e->numero);
    bool ok = false;
    if (registre_suivant(r, s, diags) == 1 && sqlite3_column_bytes(s, 0) == (int)sizeof(struct sel)) {
        struct sel sel;
        char hex[EMPREINTE_HEX];
        const struct slice nom = colonne_slice(s, 1);
        memcpy(sel.octets, sqlite3_column_blob(s, 0), sizeof sel.octets);
        const struct empreinte h = engagement(&sel, nom.bytes, nom.len);
        ok = slice_equals(e->utilisateur, empreinte_hex(&h, hex));
        if (ok)
            buffer_append(out, nom.bytes, nom.len);
    }
    sqlite3_finalize(s);
    return ok;
}
