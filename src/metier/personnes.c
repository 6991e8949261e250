#include "metier/personnes.h"

#include <string.h>

#include "registre/journal.h"

/* The order that an entry is about: itself, or the one that its field `commande` names. */
static int64_t commande_de(const struct entree *e)
{
    const struct fait_forme *forme = fait_forme(e->fait.type);
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        if (champ_forme(c)->type == CHAMP_ENTIER && strcmp(champ_forme(c)->cle, "commande") == 0)
            return fait_n(&e->fait, c);
    }
    return strcmp(forme->nom, "CommandeEnregistree") == 0 ? e->numero : 0;
}

bool personnes_parcourir(struct contexte *ctx, personne_visite *f, void *f_ctx)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre,
        "select p.fait, p.champ, p.nom, case when p.champ in ('courriel', 'telephone') then n.nom end, 0 as par, j.octets from personne p "
        "join journal j on j.numero = p.fait left join personne n on n.fait = p.fait and n.champ = 'nom' "
        "union all select e.fait, e.champ, '', null, e.par, j.octets from personne_effacee e join journal j on j.numero = e.fait "
        "order by 1, 2", ctx->diags);
    struct arene a = {0};
    struct entree e;
    bool suite = true;
    int la = -1;
    for (; s != NULL && suite && (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1; arene_reset(&a)) {
        struct personne_vue p = {.fait = sqlite3_column_int64(s, 0), .champ = colonne_slice(s, 1), .nom = colonne_slice(s, 2),
                                 .de = colonne_slice(s, 3), .efface_par = sqlite3_column_int64(s, 4)};
        if (ctx->registre->passe && p.fait > ctx->registre->connue)
            continue;
        if (!entree_lire(colonne_slice(s, 5), &a, &e)) {
            diag_erreur(ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)p.fait);
            la = -1;
            break;
        }
        p.de = p.de.len > 0 ? p.de : p.nom;
        p.type = e.fait.type;
        p.instant = e.instant;
        p.commande = slice_equals(p.champ, "utilisateur") ? 0 : commande_de(&e);
        suite = f(f_ctx, &p);
    }
    sqlite3_finalize(s);
    arene_free(&a);
    return suite && la == 0;
}

/* Is the word there, between spaces? */
static bool mot_dans(const struct buffer *texte, struct slice mot)
{
    for (size_t i = 0; i + mot.len <= texte->len; i++)
        if ((i == 0 || texte->bytes[i - 1] == ' ') && (i + mot.len == texte->len || texte->bytes[i + mot.len] == ' ') &&
            memcmp(texte->bytes + i, mot.bytes, mot.len) == 0)
            return true;
    return false;
}

bool nom_reconnu(struct slice texte, const char *nom, bool tout)
{
    struct buffer t = {0}, n = {0};
    texte_fold(&t, texte.len == 0 ? "" : texte.bytes, texte.len);
    texte_fold(&n, nom, strlen(nom));
    bool oui = t.len > 0 && n.len > 0 && (!tout || (t.len == n.len && memcmp(t.bytes, n.bytes, t.len) == 0));
    for (size_t i = 0; oui && !tout && i < n.len;) {
        size_t fin = i;
        while (fin < n.len && n.bytes[fin] != ' ')
            fin++;
        oui = mot_dans(&t, (struct slice){n.bytes + i, fin - i});
        i = fin + 1;
    }
    buffer_free(&t);
    buffer_free(&n);
    return oui;
}
