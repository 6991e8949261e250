/* A seal: the journal is verified, its root computed, the bordereau written, signed if a key is given, and recorded. The files
 * are on disk under temporary names before the fact is committed, and get their names after. */
#include <config.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "metier/sceau_fichier.h"
#include "metier/sceaux.h"
#include "metier/transaction.h"
#include "noyau/fichier.h"
#include "registre/arbre.h"
#include "signature/cms.h"

enum { F_SIGNATURE, F_DEMANDE, F_BORDEREAU, F_NOMBRE }; /* the bordereau appears last: what goes with it is there */
static const char *const extensions[F_NOMBRE] = {".p7s", ".tsq", ".txt"};

struct sceller {
    struct contexte *ctx;
    const struct sceller_demande *d;
    struct sceller_rapport *out;
    struct sceau s;
    struct signataire *signataire;
    struct buffer textes[F_NOMBRE]; /* empty = no such file */
    struct fichier_tmp tmp[F_NOMBRE];
    bool precedent_signe;           /* by `precedent_signataire` */
    struct empreinte precedent_signataire;
    struct empreinte attendue;      /* refaire: of the bordereau, as the journal keeps it */
};

/* --- what the bordereau says ---------------------------------------------------------------------------------------- */

static void identite(struct sceller *x)
{
    const struct registre *r = x->ctx->registre;
    char siren[10];
    struct buffer b = {0};
    buffer_puts(&b, r->titulaire_role[0] != '\0' ? r->titulaire_role : "auditeur");
    if (r->titulaire_siren != 0)
        buffer_printf(&b, " %s", siren_texte(r->titulaire_siren, siren));
    if (r->titulaire_nom != NULL && *r->titulaire_nom != '\0')
        buffer_printf(&b, " %s", r->titulaire_nom);
    while (b.len >= SCEAU_TEXTE_MAX - 1 || (b.len > 0 && !texte_is_utf8(b.bytes, b.len)))
        b.bytes[--b.len] = '\0';
    memcpy(x->s.titulaire, b.bytes, b.len + 1);
    memcpy(x->s.registre, r->id, sizeof x->s.registre);
    x->s.fictif = r->fictif;
    buffer_free(&b);
}

/* The seal before this one, and the proof that this one goes on from it. 1 there is one, 0 none, −1 a fault. */
static int precedent_lire(struct sceller *x)
{
    struct registre *r = x->ctx->registre;
    sqlite3_stmt *s = registre_stmt(r, "select numero, entrees, racine, signataire from sceau where numero < ?1 order by numero desc limit 1", x->ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, x->d->refaire != 0 ? x->d->refaire : INT64_MAX);
    int la = registre_suivant(r, s, x->ctx->diags);
    if (la == 1) {
        x->s.precedent = sqlite3_column_int64(s, 0);
        x->s.precedent_entrees = sqlite3_column_int64(s, 1);
        x->precedent_signe = empreinte_parse(colonne_slice(s, 3), &x->precedent_signataire);
        if (!empreinte_parse(colonne_slice(s, 2), &x->s.precedent_racine)) {
            diag_erreur(x->ctx->diags, E_JOURNAL_ETAT, "la racine du sceau n° %lld ne se lit pas", (long long)x->s.precedent);
            la = -1;
        }
    }
    sqlite3_finalize(s);
    return la;
}

static bool continuer(struct sceller *x, struct arbre *a)
{
    struct empreinte racine;
    const int la = precedent_lire(x);
    if (la <= 0)
        return la == 0;
    if (!arbre_plage(a, 0, (uint64_t)x->s.precedent_entrees, &racine))
        return false;
    if (!empreinte_egale(&racine, &x->s.precedent_racine)) {
        diag_erreur(x->ctx->diags, E_SCEAU_REECRIT, "les %lld entrées que le sceau n° %lld a scellées ont changé : rien n'est scellé par-dessus",
                    (long long)x->s.precedent_entrees, (long long)x->s.precedent);
        return false;
    }
    return merkle_continuite((uint64_t)x->s.precedent_entrees, (uint64_t)x->s.entrees, arbre_plage, a, &x->s.continuite);
}

/* Everything that stands in the journal, verified from its first entry on. */
static bool mesurer(struct sceller *x, struct arbre *a)
{
    struct journal_etat e;
    if (!journal_verifier_avec(x->ctx->registre, &e, arbre_entree, a, x->ctx->diags))
        return false;
    x->s.entrees = e.entrees;
    x->s.tete = e.tete;
    x->s.racine = arbre_racine(a);
    x->s.instant = instant_cmp(x->ctx->maintenant, e.dernier) > 0 ? x->ctx->maintenant : e.dernier;
    return continuer(x, a);
}

static void rediger(struct sceller *x)
{
    if (x->signataire != NULL) {
        x->s.signe = true;
        x->s.signataire = signataire_vue(x->signataire)->certificat;
    }
    sceau_ecrire(&x->s, &x->textes[F_BORDEREAU]);
    horodatage_demander(&x->s.empreinte, &x->textes[F_DEMANDE]);
    (void)snprintf(x->out->fichier, sizeof x->out->fichier, "sceau-%.8s-%06lld.txt", x->s.registre, (long long)x->s.numero);
}

static bool signer(struct sceller *x)
{
    const struct buffer *b = &x->textes[F_BORDEREAU];
    return x->signataire == NULL ||
           cms_signer(x->signataire, (struct slice){b->bytes, b->len}, x->s.instant, &x->textes[F_SIGNATURE], x->ctx->diags);
}

/* --- files ---------------------------------------------------------------------------------------------------------- */

static char *chemin_de(const struct sceller *x, int f)
{
    struct buffer b = {0};
    buffer_printf(&b, "%s/%s", x->d->dossier, x->out->fichier);
    char *chemin = sceau_voisin(b.bytes, extensions[f]);
    buffer_free(&b);
    return chemin;
}

static bool meme_contenu(const char *chemin, const struct buffer *b, struct diag_liste *diags)
{
    struct buffer lu = {0};
    const bool meme = fichier_lire(chemin, FICHIER_LIENS_SUIVIS, SCEAU_OCTETS_MAX, &lu, diags) && lu.len == b->len &&
                      memcmp(lu.bytes, b->bytes, b->len) == 0;
    buffer_free(&lu);
    return meme;
}

/* A file that is there: refused, but for a seal written again, which only adds what is missing. */
static bool libre(struct sceller *x, int f, const char *chemin, bool *deja)
{
    *deja = access(chemin, F_OK) == 0;
    if (!*deja || (x->d->refaire != 0 && (f != F_BORDEREAU || meme_contenu(chemin, &x->textes[f], x->ctx->diags))))
        return true;
    diag_a_faire(diag_erreur(x->ctx->diags, E_EXISTE, "%s existe déjà", chemin), "choisir un autre dossier (--sortie), ou déplacer ce fichier");
    return false;
}

static bool ecrire_un(struct sceller *x, int f)
{
    char *chemin = chemin_de(x, f);
    const struct buffer *b = &x->textes[f];
    bool deja, ok = libre(x, f, chemin, &deja);
    if (ok && !deja && b->len > 0) {
        ok = fichier_tmp_creer(&x->tmp[f], chemin, x->ctx->diags);
        if (ok && !fichier_write(x->tmp[f].fd, b->bytes, b->len)) {
            diag_erreur(x->ctx->diags, E_ECRITURE, "%s ne s'écrit pas", chemin);
            ok = false;
        }
        ok = ok && fichier_tmp_sceller(&x->tmp[f], x->ctx->diags);
    }
    memoire_free(chemin);
    return ok;
}

static bool ecrire(struct sceller *x)
{
    for (int f = 0; f < F_NOMBRE; f++)
        if (!ecrire_un(x, f))
            return false;
    return true;
}

/* Gives the files their names, or removes them. */
static bool publier(struct sceller *x, bool garder)
{
    bool ok = true;
    for (int f = 0; f < F_NOMBRE; f++) {
        if (x->tmp[f].chemin == NULL)
            continue;
        if (garder && ok)
            ok = fichier_tmp_publier(&x->tmp[f], false, x->ctx->diags);
        else
            fichier_tmp_abandonner(&x->tmp[f]);
    }
    return ok;
}

static void dire_manquants(struct sceller *x, bool enregistre)
{
    struct diag *d = diag_erreur(x->ctx->diags, E_ECRITURE, enregistre ? "le sceau n° %lld est enregistré, mais ses fichiers ne sont pas tous écrits" :
                                 "les fichiers du sceau n° %lld ne sont pas écrits ; à écrire si le journal montre ce sceau",
                                 (long long)x->s.numero);
    diag_a_faire(d, "sons journal sceller --sortie %s --refaire %lld%s", x->d->dossier, (long long)x->s.numero,
                 x->s.signe ? " --cle FICHIER" : "");
}

/* --- the acts ------------------------------------------------------------------------------------------------------- */

static bool fait_ecrire_sceau(struct acte *a, const struct sceau *s)
{
    char racine[EMPREINTE_HEX], tete[EMPREINTE_HEX], bordereau[EMPREINTE_HEX], signataire[EMPREINTE_HEX];
    struct fait f;
    fait_init(&f, FAIT_SCEAU_ETABLI);
    fait_put_n(&f, SE_NUMERO, s->numero);
    fait_put_n(&f, SE_ENTREES, s->entrees);
    fait_put_instant(&f, SE_LE, s->instant);
    fait_put_texte(&f, SE_RACINE, empreinte_hex(&s->racine, racine));
    fait_put_texte(&f, SE_TETE, empreinte_hex(&s->tete, tete));
    fait_put_texte(&f, SE_BORDEREAU, empreinte_hex(&s->empreinte, bordereau));
    if (s->signe)
        fait_put_texte(&f, SE_SIGNATAIRE, empreinte_hex(&s->signataire, signataire));
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

/* The last entry is the record of the last seal, which says as much as a new one would. */
static bool deja_scelle(const struct sceller *x)
{
    return x->s.precedent != 0 && x->s.precedent_entrees + 1 == x->s.entrees &&
           (x->signataire == NULL ||
            (x->precedent_signe && empreinte_egale(&signataire_vue(x->signataire)->certificat, &x->precedent_signataire)));
}

/* Inside the transaction. */
static bool sceller(struct sceller *x, struct acte *a)
{
    struct arbre arbre;
    arbre_debut(&arbre, x->ctx->registre, x->ctx->diags);
    const bool mesure = mesurer(x, &arbre);
    arbre_fin(&arbre);
    if (!mesure)
        return false;
    x->out->deja = deja_scelle(x);
    if (x->out->deja) {
        x->s.numero = x->s.precedent;
        return true;
    }
    x->s.numero = x->s.precedent + 1;
    (void)snprintf(x->s.programme, sizeof x->s.programme, "%s", PACKAGE_NAME " " PACKAGE_VERSION);
    x->s.parametres = *parametres_empreinte(x->ctx->parametres);
    rediger(x);
    return signer(x) && ecrire(x) && fait_ecrire_sceau(a, &x->s);
}

static bool neuf(struct sceller *x)
{
    struct acte a;
    if (!acte_debut(&a, x->ctx))
        return false;
    const bool ok = acte_fin(&a, sceller(x, &a));
    const bool publie = publier(x, ok && !x->ctx->essai);
    if (!publie || (!ok && x->ctx->registre->incertaine))
        dire_manquants(x, ok);
    return ok && publie;
}

/* --- writing a seal again ------------------------------------------------------------------------------------------- */

static bool entete_reprendre(void *ctx, int64_t numero, struct slice octets)
{
    struct sceller *x = ctx;
    struct arene a = {0};
    struct entree e;
    (void)numero;
    const bool ok = entree_lire(octets, &a, &e) && e.fait.type == FAIT_SCEAU_ETABLI && e.programme.len < sizeof x->s.programme &&
                    empreinte_parse(e.parametres, &x->s.parametres) && empreinte_parse(fait_slice(&e.fait, SE_TETE), &x->s.tete) &&
                    empreinte_parse(fait_slice(&e.fait, SE_RACINE), &x->s.racine) &&
                    empreinte_parse(fait_slice(&e.fait, SE_BORDEREAU), &x->attendue);
    if (ok) {
        memcpy(x->s.programme, e.programme.bytes, e.programme.len);
        x->s.numero = fait_n(&e.fait, SE_NUMERO);
        x->s.entrees = fait_n(&e.fait, SE_ENTREES);
        x->s.instant = fait_instant(&e.fait, SE_LE);
        x->s.signe = fait_get(&e.fait, SE_SIGNATAIRE)->present && empreinte_parse(fait_slice(&e.fait, SE_SIGNATAIRE), &x->s.signataire);
    } else {
        diag_erreur(x->ctx->diags, E_JOURNAL_ETAT, "l'entrée du sceau n° %lld ne se lit pas", (long long)x->d->refaire);
    }
    arene_free(&a);
    return ok;
}

static bool reprendre(struct sceller *x)
{
    char sql[80];
    int64_t fait;
    (void)snprintf(sql, sizeof sql, "select fait from sceau where numero = %lld", (long long)x->d->refaire);
    if (!registre_entier(x->ctx->registre, sql, 0, &fait, x->ctx->diags))
        return false;
    if (fait == 0) {
        diag_erreur(x->ctx->diags, E_INCONNU, "il n'y a pas de sceau n° %lld", (long long)x->d->refaire);
        return false;
    }
    return journal_parcourir(x->ctx->registre, fait, fait, entete_reprendre, x, x->ctx->diags);
}

static bool cle_convient(struct sceller *x)
{
    x->out->sans_signature = x->s.signe && x->signataire == NULL;
    if (x->signataire == NULL || (x->s.signe && empreinte_egale(&signataire_vue(x->signataire)->certificat, &x->s.signataire)))
        return true;
    diag_erreur(x->ctx->diags, E_CLE, x->s.signe ? "ce sceau a été signé par un autre certificat" : "ce sceau n'a pas été signé");
    return false;
}

static bool refaire(struct sceller *x)
{
    struct arbre a;
    bool ok = reprendre(x) && cle_convient(x);
    if (!ok)
        return false;
    arbre_debut(&a, x->ctx->registre, x->ctx->diags);
    ok = arbre_charger(&a, x->s.entrees) && continuer(x, &a);
    arbre_fin(&a);
    if (!ok)
        return false;
    rediger(x);
    if (!empreinte_egale(&x->s.empreinte, &x->attendue)) {
        diag_erreur(x->ctx->diags, E_SCEAU_REECRIT, "le bordereau refait n'est pas celui que le journal a enregistré");
        return false;
    }
    ok = signer(x) && ecrire(x);
    return publier(x, ok && !x->ctx->essai) && ok;
}

static void rendre(struct sceller *x)
{
    (void)empreinte_hex(&x->s.racine, x->out->racine);
    (void)empreinte_hex(&x->s.empreinte, x->out->empreinte);
    x->out->numero = x->s.numero;
    x->out->entrees = x->s.entrees;
    x->out->signe = x->signataire != NULL;
    if (x->signataire != NULL)
        (void)snprintf(x->out->signataire, sizeof x->out->signataire, "%s", signataire_vue(x->signataire)->nom);
}

bool acte_journal_sceller(struct contexte *ctx, const struct sceller_demande *d, struct sceller_rapport *out)
{
    struct sceller x = {.ctx = ctx, .d = d, .out = out};
    *out = (struct sceller_rapport){0};
    if (d->cle != NULL && ctx->registre->fictif) {
        diag_erreur(ctx->diags, E_SCEAU_FICTIF, "ce registre est fictif : son sceau ne se signe pas");
        return false;
    }
    if (d->cle != NULL && (x.signataire = signataire_charger(d->cle, d->certificat, d->mot_de_passe, ctx->maintenant, ctx->diags)) == NULL)
        return false;
    identite(&x);
    const bool ok = d->refaire != 0 ? refaire(&x) : neuf(&x);
    rendre(&x);
    for (int f = 0; f < F_NOMBRE; f++)
        buffer_free(&x.textes[f]);
    signataire_free(x.signataire);
    return ok;
}
