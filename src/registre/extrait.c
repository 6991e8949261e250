#include "registre/extrait.h"

#include <string.h>

#include "registre/contenu.h"
#include "registre/lignes.h"

/* --- writing ------------------------------------------------------------------------------------------------------- */

/* Bytes that end with LF, each line after `| `. */
static void citer(struct buffer *b, struct slice s)
{
    while (s.len > 0) {
        const char *fin = memchr(s.bytes, '\n', s.len);
        const size_t n = fin != NULL ? (size_t)(fin - s.bytes) + 1 : s.len;
        buffer_puts(b, "| ");
        buffer_append(b, s.bytes, n);
        s.bytes += n;
        s.len -= n;
    }
}

void extrait_debut(struct buffer *b, int64_t commande, struct slice bordereau)
{
    buffer_printf(b, "sons-extrait 1\ncommande %lld\n", (long long)commande);
    citer(b, bordereau);
}

void extrait_entree(struct buffer *b, int64_t numero, struct slice octets, const struct merkle_preuve *preuve)
{
    char hex[EMPREINTE_HEX];
    buffer_printf(b, "entree %lld\n", (long long)numero);
    citer(b, octets);
    for (size_t i = 0; i < preuve->n; i++)
        buffer_printf(b, "preuve %s\n", empreinte_hex(&preuve->h[i], hex));
}

void extrait_fin(struct buffer *b)
{
    controle_ecrire(b);
}

/* The lot that a fact is about; false when it is about none. */
static bool lot_du_fait(const struct fait *f, struct extrait_lot *out)
{
    switch (f->type) {
    case FAIT_AVANCE_EMISE: *out = (struct extrait_lot){fait_n(f, AE_FOURNISSEUR), fait_n(f, AE_LOT)}; return true;
    case FAIT_SOLDE_EMIS: *out = (struct extrait_lot){fait_n(f, SM_FOURNISSEUR), fait_n(f, SM_LOT)}; return true;
    case FAIT_LOT_EMIS: *out = (struct extrait_lot){fait_n(f, LE_FOURNISSEUR), fait_n(f, LE_LOT)}; return true;
    case FAIT_LOT_DEPOSE: *out = (struct extrait_lot){fait_n(f, LD_FOURNISSEUR), fait_n(f, LD_LOT)}; return true;
    case FAIT_DEPOT_RECTIFIE: *out = (struct extrait_lot){fait_n(f, DX_FOURNISSEUR), fait_n(f, DX_LOT)}; return true;
    case FAIT_LOT_ANNULE: *out = (struct extrait_lot){fait_n(f, LA_FOURNISSEUR), fait_n(f, LA_LOT)}; return true;
    default: return false;
    }
}

static void suivre(struct extrait_suivi *x, const struct entree *e)
{
    struct extrait_lot lot;
    if (e->fait.type == FAIT_CONTACT_DECLARE) {
        x->contacts = memoire_grow(x->contacts, &x->cap_contacts, x->n_contacts + 1, sizeof *x->contacts);
        x->contacts[x->n_contacts++] = e->numero;
    } else if (lot_du_fait(&e->fait, &lot)) {
        x->lots = memoire_grow(x->lots, &x->cap_lots, x->n_lots + 1, sizeof *x->lots);
        x->lots[x->n_lots++] = lot;
    }
}

bool extrait_concerne(struct extrait_suivi *x, const struct entree *e)
{
    struct extrait_lot lot;
    if (e->fait.type == FAIT_REGISTRE_OUVERT)
        return true;
    if (fait_commande(&e->fait, e->numero) == x->commande) {
        suivre(x, e);
        return true;
    }
    if (e->fait.type == FAIT_CONTACT_RETIRE)
        for (size_t i = 0; i < x->n_contacts; i++)
            if (x->contacts[i] == fait_n(&e->fait, CR_CONTACT))
                return true;
    if (fait_commande(&e->fait, e->numero) == 0 && lot_du_fait(&e->fait, &lot))
        for (size_t i = 0; i < x->n_lots; i++)
            if (x->lots[i].fournisseur == lot.fournisseur && x->lots[i].lot == lot.lot)
                return true;
    return false;
}

void extrait_suivi_free(struct extrait_suivi *x)
{
    memoire_free(x->lots);
    memoire_free(x->contacts);
    *x = (struct extrait_suivi){0};
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

struct lecture_extrait {
    struct lecteur l;
    const struct sceau *s;
    struct extrait_rapport *out;
    extrait_visite *f;
    void *ctx;
    struct buffer bloc;
    struct arene arene;
    int64_t dernier;       /* number of the entry before */
    struct extrait_suivi suivi;
    bool premier, genese;  /* seen */
    bool ok;
};

/* The lines `| …` that come next, without their mark. */
static struct slice decoter(struct lecture_extrait *x)
{
    struct slice *r = &x->l.reste;
    buffer_clear(&x->bloc);
    while (r->len >= 2 && r->bytes[0] == '|' && r->bytes[1] == ' ') {
        const char *fin = memchr(r->bytes, '\n', r->len);
        const size_t n = fin != NULL ? (size_t)(fin - r->bytes) + 1 : r->len;
        buffer_append(&x->bloc, r->bytes + 2, n - 2);
        r->bytes += n;
        r->len -= n;
        x->l.ligne++;
    }
    return (struct slice){x->bloc.len > 0 ? x->bloc.bytes : "", x->bloc.len};
}

static void refuser(struct lecture_extrait *x, int64_t numero, const char *quoi)
{
    struct diag *d = diag_erreur(x->l.diags, E_EXTRAIT_PREUVE, "entrée %lld de l'extrait : %s", (long long)numero, quoi);
    diag_lieu(d, &(struct lieu){.fichier = x->l.fichier, .ligne = x->l.ligne});
    x->ok = false;
}

static void retenir(struct lecture_extrait *x, const struct entree *e)
{
    x->premier = x->premier || e->numero == x->out->commande;
    x->genese = x->genese || (e->fait.type == FAIT_REGISTRE_OUVERT && slice_equals(fait_slice(&e->fait, RO_REGISTRE), x->s->registre));
    x->out->entrees++;
    x->ok = x->f(x->ctx, e) && x->ok;
}

/* One entry, its proof, what it is about. */
static void lire_entree(struct lecture_extrait *x)
{
    struct merkle_preuve preuve;
    struct entree e;
    int64_t numero = 0;
    lecteur_numero(&x->l, "entree", &numero);
    if (x->l.fini)
        return;
    const struct slice octets = decoter(x);
    lecteur_preuve(&x->l, "preuve", &preuve);
    const struct empreinte feuille = merkle_feuille(octets.bytes, octets.len);
    arene_reset(&x->arene);
    if (numero <= x->dernier)
        refuser(x, numero, "elle n'est pas à sa place");
    else if (!merkle_inclusion_tient(&feuille, (uint64_t)numero - 1, (uint64_t)x->s->entrees, &preuve, &x->s->racine))
        refuser(x, numero, "sa preuve d'inscription ne mène pas à la racine scellée : elle n'est pas au journal, ou pas telle quelle");
    else if (!entree_lire(octets, &x->arene, &e) || e.numero != numero)
        refuser(x, numero, "elle n'a pas la forme d'une entrée du journal");
    else if (!extrait_concerne(&x->suivi, &e))
        refuser(x, numero, "elle ne concerne pas cette commande");
    else
        retenir(x, &e);
    x->dernier = numero > x->dernier ? numero : x->dernier;
}

static void lire_tete(struct lecture_extrait *x, struct slice bordereau)
{
    struct slice v;
    if (lecteur_prendre(&x->l, "sons-extrait", &v) && !slice_equals(v, "1"))
        lecteur_faute(&x->l, "sons-extrait", v, "1 : un autre format demande un programme plus récent");
    lecteur_numero(&x->l, "commande", &x->out->commande);
    x->suivi.commande = x->out->commande;
    if (x->l.fini)
        return;
    const struct slice b = decoter(x);
    if (b.len == bordereau.len && memcmp(b.bytes, bordereau.bytes, b.len) == 0)
        return;
    struct diag *d = diag_erreur(x->l.diags, E_EXTRAIT_SCEAU, "l'extrait ne porte pas ce sceau, mais un autre");
    diag_lieu(d, &(struct lieu){.fichier = x->l.fichier});
    x->ok = false;
    x->l.fini = true;
}

bool extrait_verifier(struct slice octets, const char *fichier, struct slice bordereau, const struct sceau *s, extrait_visite *f, void *ctx,
                      struct extrait_rapport *out, struct diag_liste *diags)
{
    struct lecture_extrait x = {.l = {.fichier = fichier, .diags = diags, .ok = true}, .s = s, .out = out, .f = f, .ctx = ctx, .ok = true};
    *out = (struct extrait_rapport){0};
    if (!controle_lire(octets, "sons-extrait", "un extrait du journal", fichier, E_SCEAU_ALTERE, &x.l.reste, diags))
        return false;
    lire_tete(&x, bordereau);
    while (!x.l.fini && x.l.reste.len > 0)
        lire_entree(&x);
    if (x.ok && x.l.ok && !x.genese)
        refuser(&x, 1, "il manque l'ouverture du registre");
    if (x.ok && x.l.ok && !x.premier)
        refuser(&x, out->commande, "il manque l'enregistrement de la commande");
    buffer_free(&x.bloc);
    extrait_suivi_free(&x.suivi);
    arene_free(&x.arene);
    return x.ok && x.l.ok;
}
