/* The lots of the registre, as acts look at them. */
#include <stdio.h>
#include <string.h>

#include "metier/depots.h"

#define SQL_LOT                                                                                                          \
    "select l.fait, l.fournisseur, l.numero, l.couloir, l.paiement, l.le, l.nombre, l.somme, l.depose_le, l.accuse, "      \
    "l.annule_le, coalesce((select n.numero from lot n where n.fournisseur = l.fournisseur and n.remplace = l.numero "     \
    "order by n.numero limit 1), 0), l.xml, l.zip from lot l "

static struct instant colonne_instant(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? INSTANT_ABSENT : (struct instant){sqlite3_column_int64(s, i)};
}

static void copier(char *out, size_t taille, struct slice s)
{
    (void)snprintf(out, taille, "%.*s", (int)s.len, s.len == 0 ? "" : s.bytes);
}

static void lire(sqlite3_stmt *s, struct lot_lu *l)
{
    const struct slice accuse = colonne_slice(s, 9); /* `<role> <sha256> <size> <media>` */
    const char *espace = accuse.len > 0 ? memchr(accuse.bytes, ' ', accuse.len) : NULL;
    *l = (struct lot_lu){.fait = sqlite3_column_int64(s, 0), .fournisseur = (uint32_t)sqlite3_column_int64(s, 1),
                         .numero = sqlite3_column_int64(s, 2), .couloir = (enum couloir)sqlite3_column_int(s, 3),
                         .paiement = (enum paiement)sqlite3_column_int(s, 4), .le = colonne_instant(s, 5),
                         .nombre = sqlite3_column_int64(s, 6), .somme = montant_of(sqlite3_column_int64(s, 7)),
                         .depose_le = colonne_instant(s, 8), .accuse = accuse.len > 0, .annule_le = colonne_instant(s, 10),
                         .remplace_par = sqlite3_column_int64(s, 11)};
    if (espace != NULL && (size_t)(accuse.bytes + accuse.len - espace) > 64)
        copier(l->accuse_empreinte, sizeof l->accuse_empreinte, (struct slice){espace + 1, 64});
    copier(l->xml, sizeof l->xml, colonne_slice(s, 12));
    copier(l->zip, sizeof l->zip, colonne_slice(s, 13));
}

int lot_du_numero(struct contexte *ctx, uint32_t fournisseur, int64_t numero, struct lot_lu *out)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, SQL_LOT "where l.fournisseur = ?1 and l.numero = ?2", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, fournisseur);
    lier_n(s, 2, numero);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1)
        lire(s, out);
    sqlite3_finalize(s);
    return la;
}

/* All digits, eighteen at most. */
static bool lire_numero(struct slice t, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.bytes[i] < '0' || t.bytes[i] > '9' || t.len > 18)
            return false;
        *out = *out * 10 + (t.bytes[i] - '0');
    }
    return t.len > 0;
}

/* The supplier (0 = not said) and the number that a text gives. */
static bool lire_nom(const char *texte, uint32_t *siren, int64_t *numero)
{
    const char *barre = strrchr(texte, '/'), *nom = barre != NULL ? barre + 1 : texte;
    const size_t len = strlen(nom);
    *siren = 0;
    if (len > 18 && strncmp(nom, "lot-", 4) == 0 && nom[13] == '-' && strcmp(nom + len - 4, ".zip") == 0)
        return siren_parse((struct slice){nom + 4, 9}, siren) == NUMERO_VALIDE && lire_numero((struct slice){nom + 14, len - 18}, numero);
    if (barre != NULL && siren_parse((struct slice){texte, (size_t)(barre - texte)}, siren) != NUMERO_VALIDE)
        return false;
    return lire_numero((struct slice){nom, len}, numero);
}

static void dire_candidats(struct contexte *ctx, sqlite3_stmt *s, const char *texte)
{
    struct buffer b = {0};
    char t[10];
    (void)sqlite3_reset(s);
    while (sqlite3_step(s) == SQLITE_ROW)
        buffer_printf(&b, "%s%s/%lld", b.len > 0 ? ", " : "", siren_texte((uint32_t)sqlite3_column_int64(s, 1), t),
                      (long long)sqlite3_column_int64(s, 2));
    struct diag *d = diag_erreur(ctx->diags, E_AMBIGU, "plusieurs fournisseurs ont un lot %s", texte);
    diag_trouve(d, "%s", b.bytes);
    diag_a_faire(d, "donner SIREN/NUMERO");
    buffer_free(&b);
}

bool lot_resoudre(struct contexte *ctx, const char *texte, struct lot_lu *out)
{
    uint32_t siren;
    int64_t numero;
    size_t n = 0;
    int la;
    if (!lire_nom(texte, &siren, &numero)) {
        diag_attendu(diag_erreur(ctx->diags, E_CLI_VALEUR, "« %s » ne désigne pas un lot", texte),
                     "son numéro, SIREN/NUMERO, ou le nom de son fichier");
        return false;
    }
    sqlite3_stmt *s = registre_stmt(ctx->registre, SQL_LOT "where l.numero = ?2 and ?1 in (0, l.fournisseur) order by l.fournisseur", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, siren);
    lier_n(s, 2, numero);
    for (; (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1; n++)
        lire(s, out);
    if (la == 0 && n > 1)
        dire_candidats(ctx, s, texte);
    else if (la == 0 && n == 0)
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de lot %s dans ce registre", texte), "voir les lots : sons lot lister");
    sqlite3_finalize(s);
    return la == 0 && n == 1;
}

const char *lot_nom(const struct lot_lu *l, struct arene *a)
{
    char t[10];
    return arene_printf(a, "lot %lld du fournisseur %s", (long long)l->numero, siren_texte(l->fournisseur, t));
}
