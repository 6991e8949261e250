/* The extract of one order: made from the registre and a seal; verified without the registre. */
#include <config.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "metier/sceau_fichier.h"
#include "metier/sceaux.h"
#include "metier/vue_commun.h"
#include "metier/vue_resume.h"
#include "noyau/fichier.h"
#include "registre/arbre.h"
#include "registre/extrait.h"

static struct slice lue(const struct buffer *b)
{
    return (struct slice){b->len > 0 ? b->bytes : "", b->len};
}

/* --- making ----------------------------------------------------------------------------------------------------------- */

struct extraction {
    struct contexte *ctx;
    int64_t commande;
    struct sceau_lu l;
    struct arbre arbre;
    struct buffer texte;
    struct extrait_ecrit *out;
    struct extrait_suivi suivi;
    struct buffer nommees; /* other orders, each once, joined by `, ` */
};

/* Cuts a value off: up to a blank. */
static struct slice valeur(const char *p, const char *fin)
{
    const char *q = p;
    while (q < fin && *q != ' ' && *q != '\n')
        q++;
    return (struct slice){p, (size_t)(q - p)};
}

static void noter_nommee(struct extraction *x, struct slice nom)
{
    char entre[160];
    if (nom.len == 0 || nom.len > 100)
        return;
    (void)snprintf(entre, sizeof entre, ", %.*s,", (int)nom.len, nom.bytes);
    buffer_puts(&x->nommees, x->nommees.len == 0 ? ", " : " ");
    if (strstr(x->nommees.bytes, entre) == NULL) {
        buffer_append(&x->nommees, nom.bytes, nom.len);
        buffer_putc(&x->nommees, ',');
    } else {
        x->nommees.bytes[--x->nommees.len] = '\0';
    }
}

/* The mail of ASP in a dispute names the other order; so did the constats of rules that compare orders, in journals written before they
 * kept no more of it than the number of its fact. The bytes of an entry are what is proved: they cannot be cut. */
static void noter_nommees(struct extraction *x, const struct entree *e)
{
    static const char cle[] = " commande=";
    const char *fin = e->constats.bytes + e->constats.len;
    if (e->fait.type == FAIT_LITIGE_OUVERT)
        noter_nommee(x, fait_slice(&e->fait, LO_CONTRE));
    for (const char *p = e->constats.bytes; p < fin && (p = memmem(p, (size_t)(fin - p), cle, sizeof cle - 1)) != NULL;) {
        p += sizeof cle - 1;
        noter_nommee(x, valeur(p, fin));
    }
}

static bool extraire_entree(void *ctx, int64_t numero, struct slice octets)
{
    struct extraction *x = ctx;
    const struct sceau *s = &x->l.s;
    const struct empreinte feuille = merkle_feuille(octets.bytes, octets.len);
    struct merkle_preuve preuve;
    struct arene a = {0};
    struct entree e;
    bool ok = merkle_inclusion((uint64_t)numero - 1, (uint64_t)s->entrees, arbre_plage, &x->arbre, &preuve);
    if (ok && (!entree_lire(octets, &a, &e) ||
               !merkle_inclusion_tient(&feuille, (uint64_t)numero - 1, (uint64_t)s->entrees, &preuve, &s->racine))) {
        diag_erreur(x->ctx->diags, E_SCEAU_REECRIT, "l'entrée %lld n'est plus celle du sceau : sons journal verifier --sceau %s",
                    (long long)numero, x->l.chemin);
        ok = false;
    }
    if (ok) {
        /* A replacement is told of both orders, and recorded on the old one: on the new one it would show the other. */
        if (!extrait_concerne(&x->suivi, &e)) {
            arene_free(&a);
            return true;
        }
        noter_nommees(x, &e);
        extrait_entree(&x->texte, numero, octets, &preuve);
        x->out->entrees++;
    }
    arene_free(&a);
    return ok;
}

/* Numbers of the entries of the order, in order; those after the seal are counted only. */
static bool extraire_tout(struct extraction *x)
{
    struct registre *r = x->ctx->registre;
    sqlite3_stmt *s = registre_stmt(r, "select 1 union select ?1 union select fait from histoire where commande = ?1 union "
                                       "select fait from vie where commande = ?1 union select l.fait from emission e join lot l on "
                                       "l.fournisseur = e.fournisseur and l.numero = e.lot where e.commande = ?1 union select x.fait from emission e "
                                       "join depot x on x.fournisseur = e.fournisseur and x.lot = e.lot where e.commande = ?1 union select retire_par from contact where commande = ?1 and retire_par is not null order by 1", x->ctx->diags);
    int la = -1;
    bool ok = s != NULL;
    if (ok)
        lier_n(s, 1, x->commande);
    while (ok && (la = registre_suivant(r, s, x->ctx->diags)) == 1) {
        const int64_t n = sqlite3_column_int64(s, 0);
        if (n > x->l.s.entrees)
            x->out->posterieures++;
        else
            ok = journal_parcourir(r, n, n, extraire_entree, x, x->ctx->diags);
    }
    sqlite3_finalize(s);
    return ok && la == 0;
}

static bool sceau_convient(struct extraction *x)
{
    const struct sceau *s = &x->l.s;
    const struct registre *r = x->ctx->registre;
    int64_t n;
    if (strcmp(s->registre, r->id) != 0) {
        struct diag *d = diag_erreur(x->ctx->diags, E_SCEAU_AUTRE, "ce sceau est celui d'un autre registre");
        diag_trouve(d, "registre %s", s->registre);
        diag_attendu(d, "registre %s", r->id);
        diag_lieu(d, &(struct lieu){.fichier = x->l.chemin});
        return false;
    }
    if (!registre_entier(x->ctx->registre, "select max(numero) from journal", 0, &n, x->ctx->diags))
        return false;
    if (n < s->entrees) {
        diag_erreur(x->ctx->diags, E_SCEAU_COUPE, "le journal est plus court que ce sceau : sons journal verifier --sceau %s", x->l.chemin);
        return false;
    }
    if (x->commande <= s->entrees)
        return true;
    diag_a_faire(diag_erreur(x->ctx->diags, E_INCONNU, "la commande a été enregistrée après ce sceau"),
                 "sceller de nouveau (sons journal sceller --sortie DOSSIER), et donner ce sceau-là");
    return false;
}

static bool extrait_poser(struct extraction *x, const char *sortie)
{
    struct fichier_tmp t;
    extrait_fin(&x->texte);
    if (x->ctx->essai)
        return true;
    if (access(sortie, F_OK) == 0) {
        diag_lieu(diag_erreur(x->ctx->diags, E_EXISTE, "le fichier existe déjà, il n'est pas remplacé"), &(struct lieu){.fichier = sortie});
        return false;
    }
    if (!fichier_tmp_creer(&t, sortie, x->ctx->diags))
        return false;
    if (fichier_write(t.fd, x->texte.bytes, x->texte.len) && fichier_tmp_sceller(&t, x->ctx->diags))
        return fichier_tmp_publier(&t, false, x->ctx->diags);
    diag_erreur(x->ctx->diags, E_ECRITURE, "%s ne s'écrit pas", sortie);
    fichier_tmp_abandonner(&t);
    return false;
}

static bool dire_nommees(struct extraction *x)
{
    if (x->nommees.len == 0)
        return true;
    x->nommees.bytes[x->nommees.len - 1] = '\0';
    struct diag *d = diag_regle(x->ctx->diags, GRAVITE_INFORMATION, x->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, erreur_texte(E_SUSPECT),
                                "une règle qui compare des commandes en nomme d'autres, et l'extrait avec elle");
    diag_trouve(d, "%s", x->nommees.bytes + 2);
    diag_a_faire(d, "ne le donner qu'à qui peut le savoir ; le reste de ces commandes n'y est pas");
    if (!x->ctx->strict)
        return true;
    diag_erreur(x->ctx->diags, E_SUSPECT, "extrait non écrit : --strict");
    return false;
}

bool vue_extrait_ecrire(struct contexte *ctx, int64_t commande, const char *sceau, const char *sortie, struct extrait_ecrit *out)
{
    struct extraction x = {.ctx = ctx, .commande = commande, .suivi = {.commande = commande}, .out = out};
    *out = (struct extrait_ecrit){0};
    bool ok = sceau_fichier_lire(sceau, NULL, &x.l, ctx->diags) && registre_lecture(ctx->registre, ctx->diags);
    if (ok) {
        arbre_debut(&x.arbre, ctx->registre, ctx->diags);
        extrait_debut(&x.texte, commande, lue(&x.l.octets));
        ok = sceau_convient(&x) && arbre_charger(&x.arbre, x.l.s.entrees) && extraire_tout(&x) && dire_nommees(&x);
        arbre_fin(&x.arbre);
        registre_lecture_fin(ctx->registre);
    }
    ok = ok && extrait_poser(&x, sortie);
    buffer_free(&x.texte);
    buffer_free(&x.nommees);
    extrait_suivi_free(&x.suivi);
    sceau_lu_free(&x.l);
    return ok;
}

/* --- verifying -------------------------------------------------------------------------------------------------------- */

struct vue_lignes {
    struct tableau_sortie *s;
    struct extrait_lu *out;
    struct buffer resume;
};

static bool ligne(void *ctx, const struct entree *e)
{
    struct vue_lignes *v = ctx;
    fait_resumer(&e->fait, &v->resume);
    if (e->fait.type == FAIT_COMMANDE_ENREGISTREE) {
        const struct slice n = fait_slice(&e->fait, CE_NUMERO);
        (void)snprintf(v->out->commande, sizeof v->out->commande, "%.*s", (int)(n.len < 120 ? n.len : 120), n.len > 0 ? n.bytes : "");
    }
    const struct cellule c[] = {cellule_entier(e->numero), cellule_instant(e->instant), cellule_texte(fait_forme(e->ecrit)->nom),
                                cellule_slice((struct slice){v->resume.bytes, v->resume.len})};
    return v->s->ligne(v->s->ctx, c, 4);
}

static bool verifier(const char *fichier, struct sceau_lu *l, struct tableau_sortie *s, struct extrait_lu *out, struct diag_liste *diags)
{
    static const struct colonne colonnes[] = {{"entree", "entrée", CELLULE_ENTIER}, {"instant", "instant", CELLULE_INSTANT},
                                              {"fait", "fait", CELLULE_TEXTE}, {"resume", "résumé", CELLULE_TEXTE}};
    struct buffer b = {0};
    struct extrait_rapport r = {0};
    struct vue_lignes v = {.s = s, .out = out};
    const bool ok = fichier_lire(fichier, FICHIER_LIENS_SUIVIS, EXTRAIT_OCTETS_MAX, &b, diags) && s->debut(s->ctx, colonnes, 4) &&
                    extrait_verifier(lue(&b), fichier, lue(&l->octets), &l->s, ligne, &v, &r, diags) && s->fin(s->ctx);
    (void)sceau_nom(&l->s, out->sceau);
    memcpy(out->registre, l->s.registre, sizeof out->registre);
    out->entrees = r.entrees;
    buffer_free(&v.resume);
    buffer_free(&b);
    return ok;
}

bool vue_extrait_verifier(const char *fichier, const struct sceaux_demande *d, struct tableau_sortie *s, struct extrait_lu *out,
                          struct diag_liste *diags)
{
    struct confiance *c = NULL;
    struct sceau_lu l = {0};
    *out = (struct extrait_lu){0};
    bool ok = d->confiance == NULL || (c = confiance_charger(d->confiance, diags)) != NULL;
    ok = sceau_fichier_lire(d->fichiers[0], c, &l, diags) && ok;
    if (l.lisible) /* even when the signature is wrong: what the extract is worth besides is told too */
        ok = verifier(fichier, &l, s, out, diags) && ok;
    confiance_free(c);
    sceau_lu_free(&l);
    return ok;
}
