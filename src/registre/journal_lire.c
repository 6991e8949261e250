/* Reading the journal: entries, walk, chain. */
#include <string.h>

#include "registre/journal.h"
#include "registre/lignes.h"

/* `constat …` lines up to the last line. */
static bool lire_constats(struct slice *reste, struct slice *constats)
{
    static const char cle[] = "constat ";
    const char *p = reste->bytes, *const fin = p + reste->len;
    while (p < fin && *p == 'c') { /* as ligne_prendre, ten or twenty times an entry */
        const char *bout = memchr(p, '\n', (size_t)(fin - p));
        if (bout == NULL || (size_t)(bout - p) < sizeof cle || memcmp(p, cle, sizeof cle - 1) != 0)
            return false;
        p = bout + 1;
    }
    *constats = (struct slice){reste->bytes, (size_t)(p - reste->bytes)};
    *reste = (struct slice){p, (size_t)(fin - p)};
    return true;
}

/* Up to the end of the fact; `suite`: what follows it. */
static bool lire_tete(struct slice octets, struct arene *a, struct entree *out, struct slice *suite)
{
    struct slice reste = octets, v;
    size_t lu;
    if (!ligne_prendre(&reste, "entree", &v) || !ligne_numero(v, &out->numero))
        return false;
    if (!ligne_prendre(&reste, "instant", &v) || !instant_parse_utc(v, &out->instant))
        return false;
    if (!ligne_prendre(&reste, "utilisateur", &out->utilisateur) || !ligne_hex(out->utilisateur, 64) ||
        !ligne_prendre(&reste, "programme", &out->programme) || !ligne_prendre(&reste, "parametres", &out->parametres) ||
        !ligne_hex(out->parametres, 64) || !ligne_prendre(&reste, "sel", &out->sel) || !ligne_hex(out->sel, 32))
        return false;
    if (!fait_lire(reste, a, &out->fait, &lu))
        return false;
    out->ecrit = out->fait.type;
    fait_actuel(&out->fait);
    out->texte_fait = (struct slice){reste.bytes, lu};
    *suite = (struct slice){reste.bytes + lu, reste.len - lu};
    return true;
}

bool entree_lire_fait(struct slice octets, struct arene *a, struct entree *out)
{
    struct slice reste;
    out->constats = out->precedent = (struct slice){NULL, 0};
    return lire_tete(octets, a, out, &reste);
}

bool entree_lire(struct slice octets, struct arene *a, struct entree *out)
{
    struct slice reste;
    return lire_tete(octets, a, out, &reste) && lire_constats(&reste, &out->constats) && ligne_prendre(&reste, "P", &out->precedent) &&
           ligne_hex(out->precedent, 64) && reste.len == 0;
}

bool journal_parcourir_tout(struct registre *r, int64_t de, int64_t a, journal_visite *f, void *ctx, struct diag_liste *diags)
{
    const bool lecture = r->plume == NULL; /* what was written is in the cache */
    if (lecture)
        (void)sqlite3_exec(r->db, REGISTRE_CACHE_PARCOURS, NULL, NULL, NULL); /* refused, it is only slower */
    const bool ok = journal_parcourir(r, de, a, f, ctx, diags);
    if (lecture)
        (void)sqlite3_exec(r->db, REGISTRE_CACHE, NULL, NULL, NULL);
    return ok;
}

bool journal_parcourir(struct registre *r, int64_t de, int64_t a, journal_visite *f, void *ctx, struct diag_liste *diags)
{
    sqlite3_stmt *s = !journal_vider(r, diags) ? NULL : registre_stmt(r, "select numero, octets from journal where numero between ?1 and ?2 order by numero", diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, de);
    const int64_t fin = a == 0 ? INT64_MAX : a;
    lier_n(s, 2, r->passe && r->connue < fin ? r->connue : fin);
    int rc;
    bool continuer = true;
    while (continuer && (rc = sqlite3_step(s)) == SQLITE_ROW)
        continuer = f(ctx, sqlite3_column_int64(s, 0), colonne_slice(s, 1));
    if (continuer && rc != SQLITE_DONE) {
        registre_faute(r, diags);
        continuer = false;
    }
    sqlite3_finalize(s);
    return continuer;
}

struct chaine {
    journal_visite *temoin;
    void *temoin_ctx;
    struct journal_etat *etat;
    struct diag_liste *diags;
    struct arene arene;
    char precedent[EMPREINTE_HEX];
    bool casse;
};

static void casser(struct chaine *c, enum erreur_code code, int64_t numero, const char *quoi)
{
    diag_erreur(c->diags, code, "journal, entrée %lld : %s", (long long)numero, quoi);
    c->casse = true;
}

static bool visiter(void *ctx, int64_t numero, struct slice octets)
{
    struct chaine *c = ctx;
    struct entree e;
    const int64_t attendu = c->etat->entrees + 1;
    if (c->temoin != NULL && !c->temoin(c->temoin_ctx, numero, octets))
        return false;
    if (numero < attendu) { /* before the first one */
        casser(c, E_JOURNAL_CHAINE, numero, "elle est de trop");
        return true;
    }
    if (numero != attendu)
        casser(c, E_JOURNAL_CHAINE, attendu, "elle manque");
    arene_reset(&c->arene);
    if (!entree_lire(octets, &c->arene, &e)) {
        casser(c, E_JOURNAL_FORME, numero, "elle n'a pas la forme attendue");
    } else {
        if (e.numero != numero)
            casser(c, E_JOURNAL_FORME, numero, "elle porte un autre numéro");
        if (!slice_equals(e.precedent, c->precedent))
            casser(c, E_JOURNAL_CHAINE, numero, "elle ne suit pas l'entrée précédente, ou celle-ci a été modifiée");
        if (instant_present(c->etat->dernier) && instant_cmp(e.instant, c->etat->dernier) < 0)
            casser(c, E_JOURNAL_CHAINE, numero, "elle est datée d'avant l'entrée précédente");
        c->etat->dernier = e.instant;
        if ((numero == 1) != (e.fait.type == FAIT_REGISTRE_OUVERT))
            casser(c, E_JOURNAL_FORME, numero, numero == 1 ? "elle n'ouvre pas le registre" : "elle rouvre le registre");
    }
    c->etat->tete = empreinte_de(octets.bytes, octets.len);
    (void)empreinte_hex(&c->etat->tete, c->precedent);
    c->etat->entrees = numero;
    c->etat->octets += octets.len;
    return true;
}

bool journal_verifier_avec(struct registre *r, struct journal_etat *out, journal_visite *temoin, void *ctx, struct diag_liste *diags)
{
    struct chaine c = {.temoin = temoin, .temoin_ctx = ctx, .etat = out, .diags = diags};
    *out = (struct journal_etat){.dernier = INSTANT_ABSENT};
    memcpy(c.precedent, JOURNAL_SANS_PRECEDENT, sizeof c.precedent);
    const bool lu = journal_parcourir_tout(r, INT64_MIN, 0, visiter, &c, diags);
    arene_free(&c.arene);
    if (lu && out->entrees == 0)
        casser(&c, E_JOURNAL_CHAINE, 1, "le journal est vide");
    return lu && !c.casse;
}

bool journal_verifier_fin(struct registre *r, const struct journal_etat *e, struct diag_liste *diags)
{
    char hex[EMPREINTE_HEX];
    const int gardee = journal_tete_gardee(r, empreinte_hex(&e->tete, hex), diags);
    if (gardee == 0)
        diag_erreur(diags, E_JOURNAL_CHAINE, "journal, entrée %lld : c'est la dernière, et non celle, ou non telle, qui a été enregistrée en dernier",
                    (long long)e->entrees);
    return gardee == 1;
}

bool journal_verifier_chaine(struct registre *r, struct journal_etat *out, struct diag_liste *diags)
{
    return journal_verifier_avec(r, out, NULL, NULL, diags) && journal_verifier_fin(r, out, diags);
}
