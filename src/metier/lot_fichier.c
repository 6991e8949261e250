#include "metier/lot_fichier.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "formats/zip.h"
#include "metier/lot_contenu.h"
#include "metier/parametres_charger.h"
#include "registre/etat.h"
#include "registre/journal.h"
#include "registre/piece.h"

/* --- XML ------------------------------------------------------------------------------------------------------------ */

struct ecrire_lot {
    const struct lot_ordre *o;
    struct lot_ecrivain *w;
};

static bool enrolement(struct contexte *ctx, uint32_t siren, struct arene *a, struct lot_entete *out)
{
    out->enrole_le = JOUR_ABSENT;
    out->nom = "";
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select nom, enrole_le from fournisseur where siren = ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, siren);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice n = colonne_slice(s, 0);
        out->nom = arene_strndup(a, n.bytes, n.len);
        if (sqlite3_column_type(s, 1) != SQLITE_NULL)
            out->enrole_le = (struct jour){sqlite3_column_int(s, 1)};
    }
    sqlite3_finalize(s);
    return la >= 0;
}

static bool entete_ecrire(struct ecrire_lot *e, int fd)
{
    const struct lot_ordre *o = e->o;
    char hex[EMPREINTE_HEX];
    struct arene a = {0};
    struct lot_entete t = {
        .numero = o->numero, .type = o->contenu->paiement == PAIEMENT_SOLDE ? LOT_SOLDE : LOT_AVANCE, .siren = o->fournisseur, .instant = o->le, .couloir = couloir_nom(o->couloir),
        .vague = "1", .nombre = (uint32_t)o->contenu->n_demandes, .somme = o->somme, .annule = o->annule, .annule_empreinte = o->annule_empreinte,
        .parametres = empreinte_hex(parametres_empreinte(o->ctx->parametres), hex), .calendrier = calendrier_nom(o->ctx->calendrier),
        .fictif = o->ctx->registre->fictif, .reconstitue = o->reconstitue, .registre = o->ctx->registre->id,
        .programme = o->programme,
    };
    if (enrolement(o->ctx, o->fournisseur, &a, &t))
        e->w = lot_ecrivain_creer(fd, &t, o->ctx->diags);
    arene_free(&a);
    return e->w != NULL;
}

static bool demandes_ecrire(struct ecrire_lot *e)
{
    const struct lot_ordre *o = e->o;
    const struct progression *p = &o->ctx->progression;
    for (size_t i = 0; i < o->contenu->n_demandes; i++) {
        if (!lot_ecrivain_demande(e->w, &o->contenu->demandes[i]))
            return false;
        if (p->avance != NULL && i % 500 == 0)
            p->avance(p->ctx, (int64_t)i, (int64_t)o->contenu->n_demandes);
    }
    return true;
}

static bool xml_ecrire(struct ecrire_lot *e, int fd, struct lot_fichier *l)
{
    uint64_t taille;
    if (!entete_ecrire(e, fd))
        return false;
    const bool ecrites = demandes_ecrire(e);
    return lot_ecrivain_finir(e->w, &l->xml, &taille, e->o->ctx->diags) && ecrites;
}

/* --- ZIP ------------------------------------------------------------------------------------------------------------ */

static bool contenu_piece(void *ctx, uint64_t cle, struct buffer *out)
{
    struct lot_contenu *l = ctx;
    return piece_charger(l->ctx->registre, &l->pieces[cle].empreinte, out, l->ctx->diags);
}

static bool zip_remplir(struct zip_ecrivain *z, struct lot_contenu *c, const char *xml)
{
    char nom[96], hex[EMPREINTE_HEX];
    if (!zip_ecrivain_fichier(z, "lot.xml", xml, c->ctx->diags))
        return false;
    for (size_t i = 0; i < c->n_pieces; i++) {
        (void)snprintf(nom, sizeof nom, "pieces/%s.%s", empreinte_hex(&c->pieces[i].empreinte, hex), c->pieces[i].extension);
        if (!zip_ecrivain_bloc(z, nom, c->pieces[i].taille, contenu_piece, c, i, c->ctx->diags))
            return false;
    }
    return true;
}

static bool empreinte_du_fichier(const char *chemin, struct empreinte *out, struct diag_liste *diags)
{
    enum { BLOC = 1 << 16 };
    char *bloc = memoire_alloc(BLOC);
    const int fd = fichier_ouvrir(chemin, FICHIER_SANS_LIEN, NULL, diags);
    struct empreinte_ctx *h = empreinte_debut();
    int64_t n = fd < 0 ? -1 : 0;
    while (fd >= 0 && (n = fichier_read(fd, bloc, BLOC)) > 0)
        empreinte_ajouter(h, bloc, (size_t)n);
    *out = empreinte_fin(h);
    if (fd >= 0)
        (void)close(fd);
    if (n < 0 && fd >= 0)
        diag_erreur(diags, E_LECTURE, "%s ne se relit pas", chemin);
    memoire_free(bloc);
    return n == 0;
}

static bool zip_ecrire(struct ecrire_lot *e, const char *xml, struct lot_fichier *l)
{
    struct diag_liste *diags = e->o->ctx->diags;
    struct zip_ecrivain *z = zip_ecrivain_creer(l->tmp.provisoire, diags);
    if (z == NULL)
        return false;
    lot_pieces_trier(e->o->contenu);
    if (!zip_remplir(z, e->o->contenu, xml)) {
        zip_ecrivain_abandonner(z);
        return false;
    }
    return zip_ecrivain_finir(z, diags) && empreinte_du_fichier(l->tmp.provisoire, &l->zip, diags);
}

/* --- the file -------------------------------------------------------------------------------------------------------- */

static char *chemin_de(const char *dossier, const char *nom)
{
    struct buffer b = {0};
    buffer_printf(&b, "%s/%s", dossier, nom);
    return b.bytes;
}

static bool libre(const char *chemin, struct diag_liste *diags)
{
    if (access(chemin, F_OK) != 0)
        return true;
    struct diag *d = diag_erreur(diags, E_EXISTE, "%s existe déjà", chemin);
    diag_a_faire(d, "choisir un autre dossier (--sortie), ou déplacer ce fichier");
    return false;
}

const char *lot_bordereau_nom(const char *nom, struct arene *a)
{
    return arene_printf(a, "bordereau%.*s.html", (int)(strlen(nom) - 7), nom + 3); /* lot….zip */
}

static bool bordereau_ecrire(const struct lot_ordre *o, struct lot_fichier *l)
{
    struct arene a = {0};
    struct buffer html = {0};
    struct lot_entete t = {.numero = 0};
    char *chemin = chemin_de(o->dossier, lot_bordereau_nom(o->nom, &a));
    bool ok = (o->refait || libre(chemin, o->ctx->diags)) && enrolement(o->ctx, o->fournisseur, &a, &t) &&
              fichier_tmp_creer(&l->bordereau, chemin, o->ctx->diags);
    if (ok) {
        lot_bordereau_html(o, t.nom, l, &html);
        const bool ecrit = fichier_write(l->bordereau.fd, html.bytes, html.len);
        if (!ecrit)
            diag_erreur(o->ctx->diags, E_ECRITURE, "le bordereau de dépôt ne peut pas être écrit : %s", fichier_cause(errno));
        ok = ecrit && fichier_tmp_sceller(&l->bordereau, o->ctx->diags);
        if (!ok)
            fichier_tmp_abandonner(&l->bordereau);
    }
    memoire_free(chemin);
    buffer_free(&html);
    arene_free(&a);
    return ok;
}

bool lot_fichier_ecrire(const struct lot_ordre *o, struct lot_fichier *l)
{
    struct ecrire_lot e = {.o = o};
    struct fichier_tmp xml;
    char *chemin = chemin_de(o->dossier, o->nom), *chemin_xml = chemin_de(o->dossier, "lot.xml");
    l->refait = o->refait;
    l->bordereau_seul = o->bordereau_seul;
    bool ok = (o->bordereau_seul || libre(chemin, o->ctx->diags)) && fichier_tmp_creer(&l->tmp, chemin, o->ctx->diags);
    if (ok) {
        ok = fichier_tmp_creer(&xml, chemin_xml, o->ctx->diags);
        if (ok) {
            ok = xml_ecrire(&e, xml.fd, l) && zip_ecrire(&e, xml.provisoire, l);
            fichier_tmp_abandonner(&xml);
        }
        ok = ok && bordereau_ecrire(o, l);
        if (!ok)
            fichier_tmp_abandonner(&l->tmp);
    }
    memoire_free(chemin);
    memoire_free(chemin_xml);
    return ok;
}

/* The bordereau first: should the machine stop between the two, writing the lot again makes it again. Both are left, or nothing
 * new: the same command then writes them again. */
bool lot_fichier_publier(struct lot_fichier *l, bool garder, struct diag_liste *diags)
{
    bool ok = true, la = true;
    char *neuf = NULL, *archive = l->tmp.chemin != NULL ? memoire_strdup(l->tmp.chemin) : NULL;
    if (l->bordereau.chemin != NULL && garder) {
        char *chemin = memoire_strdup(l->bordereau.chemin);
        const bool avant = access(chemin, F_OK) == 0;
        ok = fichier_tmp_publier(&l->bordereau, l->refait, diags);
        la = ok || (avant ? l->refait : access(chemin, F_OK) == 0); /* in place, its folder may not be synced: told already */
        if (avant)
            memoire_free(chemin);
        else
            neuf = chemin;
    } else if (l->bordereau.chemin != NULL) {
        fichier_tmp_abandonner(&l->bordereau);
    }
    if (l->tmp.chemin != NULL && garder && !l->bordereau_seul && la)
        ok = fichier_tmp_publier(&l->tmp, false, diags) && ok;
    else if (l->tmp.chemin != NULL)
        fichier_tmp_abandonner(&l->tmp);
    if (!ok && neuf != NULL && !l->bordereau_seul && archive != NULL && access(archive, F_OK) != 0)
        (void)unlink(neuf);
    memoire_free(neuf);
    memoire_free(archive);
    return ok;
}
