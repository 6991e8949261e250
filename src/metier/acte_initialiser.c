/* Creation of a registre: its file, its genesis. */
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "metier/actes.h"
#include "metier/parametres_charger.h"
#include "metier/transaction.h"
#include "noyau/fichier.h"
#include "registre/base.h"

static const char *role_nom(enum titulaire_role r)
{
    static const char *const noms[] = {"editeur", "og", "auditeur"};
    return noms[r];
}

/* File systems where SQLite's locks are not to be trusted between machines. */
static bool est_reseau(long type)
{
    static const long types[] = {0x6969 /* NFS */, 0x517b /* SMB */, 0xfe534d42 /* SMB2 */, 0xff534d42 /* CIFS */,
                                 0x65735546 /* FUSE */, 0x01021997 /* 9P */, 0x564c /* NCP */};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (type == types[i])
            return true;
    return false;
}

static void avertir_dossier(const char *chemin, struct diag_liste *diags)
{
    static const char *const synchronises[] = {"OneDrive", "Dropbox", "Google Drive", "Nextcloud", "ownCloud", "iCloud"};
    struct statfs fs;
    const char *reel = realpath(chemin, NULL);
    const char *nom = reel != NULL ? reel : chemin;
    if (statfs(chemin, &fs) == 0 && est_reseau((long)fs.f_type))
        diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                   "%s est sur un disque réseau : n'y écrire que d'un poste à la fois", chemin);
    for (size_t i = 0; i < sizeof synchronises / sizeof *synchronises; i++)
        if (strstr(nom, synchronises[i]) != NULL)
            diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                       "%s est dans un dossier synchronisé (%s) : deux postes pourraient l'abîmer", chemin, synchronises[i]);
    free((void *)(uintptr_t)reel);
}

static bool identite_mettre(struct registre *r, const char *cle, const char *valeur, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert into registre (cle, valeur) values (?1, ?2)", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(cle));
    lier_slice(s, 2, slice_of(valeur));
    const bool ok = *valeur == '\0' || registre_pas(r, s, diags);
    sqlite3_finalize(s);
    return ok;
}

static bool jeu_garder(struct registre *r, const char *hex, struct diag_liste *diags)
{
    const struct slice xml = parametres_xml_embarque();
    sqlite3_stmt *s = registre_stmt(r, "insert into parametres_jeu (empreinte, octets) values (?1, ?2)", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(hex));
    lier_octets(s, 2, xml.bytes, xml.len);
    const bool ok = registre_pas(r, s, diags);
    sqlite3_finalize(s);
    return ok;
}

static bool identite_ecrire(struct registre *r, const struct initialisation *i, struct diag_liste *diags)
{
    const struct sel id = sel_tirer();
    char siren[10] = "";
    (void)hex_texte(id.octets, sizeof id.octets, r->id);
    if (i->siren != 0)
        (void)siren_texte(i->siren, siren);
    return identite_mettre(r, "id", r->id, diags) && identite_mettre(r, "fictif", i->fictif ? "oui" : "non", diags) &&
           identite_mettre(r, "role", role_nom(i->role), diags) && identite_mettre(r, "siren", siren, diags) &&
           identite_mettre(r, "nom", i->nom != NULL ? i->nom : "", diags);
}

static bool genese(struct registre *r, const struct initialisation *i, struct diag_liste *diags)
{
    char hex[EMPREINTE_HEX];
    struct parametres *p = parametres_embarques(diags);
    if (p == NULL)
        return false;
    struct fait f;
    fait_init(&f, FAIT_REGISTRE_OUVERT);
    bool ok = identite_ecrire(r, i, diags) && jeu_garder(r, empreinte_hex(parametres_empreinte(p), hex), diags) &&
              journal_ouvrir(r, horloge(), parametres_empreinte(p), diags);
    if (ok) {
        fait_put_texte(&f, RO_REGISTRE, r->id);
        fait_put_n(&f, RO_FICTIF, i->fictif);
        fait_put_texte(&f, RO_ROLE, role_nom(i->role));
        fait_put_siren(&f, RO_SIREN, i->siren);
        fait_put_texte(&f, RO_NOM, i->nom);
        fait_put_texte(&f, RO_CALENDRIER, calendrier_nom(CALENDRIER_INITIAL));
        fait_put_texte(&f, RO_JEU, hex);
        struct projecteur *pr = projecteur_creer(r);
        struct buffer b = {0};
        fait_ecrire(&f, &b);
        ok = projeter(pr, 1, &f, diags) &&
             journal_append(r, (struct slice){b.bytes, b.len}, (struct slice){NULL, 0}, diags);
        projecteur_free(pr);
        buffer_free(&b);
    }
    parametres_free(p);
    return ok;
}

static bool horloge_poser(const struct initialisation *i, struct diag_liste *diags)
{
    struct instant t;
    if (i->horloge == NULL || *i->horloge == '\0')
        return true;
    if (!i->fictif) {
        diag_erreur(diags, E_HORLOGE_REELLE, "SONS_HORLOGE est refusée pour un registre réel");
        return false;
    }
    if (!instant_parse(slice_of(i->horloge), &t, NULL)) {
        diag_erreur(diags, E_USAGE, "SONS_HORLOGE ne se lit pas : « %.40s »", i->horloge);
        return false;
    }
    horloge_fixer(t);
    return true;
}

/* The name appears with the whole registre behind it: a creation cut short leaves nothing that the next one would take
 * for a registre. */
static bool creer_et_publier(const struct initialisation *i, struct diag_liste *diags)
{
    struct fichier_tmp t;
    if (!fichier_tmp_creer(&t, i->chemin, diags))
        return false;
    (void)fchmod(t.fd, i->groupe ? 0660 : 0600);
    struct registre *r = registre_creer(t.provisoire, i->chemin, diags);
    bool ok = r != NULL;
    if (ok) {
        r->fictif = i->fictif;
        ok = genese(r, i, diags) && registre_valider(r, diags);
    }
    registre_fermer(r);
    if (ok)
        return fichier_tmp_publier(&t, false, diags);
    fichier_tmp_abandonner(&t);
    return false;
}

bool acte_initialiser(const struct initialisation *i, struct diag_liste *diags)
{
    if (!horloge_poser(i, diags))
        return false;
    if (access(i->chemin, F_OK) == 0) {
        diag_erreur(diags, E_EXISTE, "%s existe déjà", i->chemin);
        return false;
    }
    if (!creer_et_publier(i, diags))
        return false;
    avertir_dossier(i->chemin, diags);
    return true;
}
