/* What the figures rest on: the facts of the order, told once, and its events by `au`. */
#include "metier/sommes.h"

#include <string.h>

#include "metier/commande_contenu.h"
#include "registre/base.h"

const char *const somme_mots[] = {"sommes", "commande", "parts", "avance", "facture", "solde", "recu", "reste", "reversement", NULL};

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

static const char *garder(struct sommes *s, const struct buffer *b)
{
    return arene_strndup(s->a, b->len == 0 ? "" : b->bytes, b->len);
}

static const char *motif_de(struct sommes *s, const struct fait *f)
{
    const struct fait_forme *forme = fait_forme(f->type);
    for (size_t i = 0; i < forme->n; i++) {
        const struct champ_forme *c = champ_forme((enum fait_champ)(forme->premier + i));
        if (f->v[i].present && c->type == CHAMP_TEXTE && !c->liste && strcmp(c->cle, "motif") == 0)
            return arene_strndup(s->a, f->v[i].texte.bytes, f->v[i].texte.len);
    }
    return "";
}

static bool prendre(void *ctx, const struct entree *e, struct arene *a)
{
    struct sommes *s = ctx;
    struct buffer texte = {0}, par = {0};
    const char *date = fait_date(&e->fait, a);
    fait_raconter(&e->fait, &texte);
    (void)journal_utilisateur(s->ctx->registre, e, &par, s->ctx->diags); /* erased: it is told without its author */
    s->faits = memoire_grow(s->faits, &s->cap_faits, s->n_faits + 1, sizeof *s->faits);
    s->faits[s->n_faits++] = (struct fait_dit){.entree = e->numero, .type = e->fait.type, .texte = garder(s, &texte), .date = arene_strndup(s->a, date, strlen(date)),
                                               .motif = motif_de(s, &e->fait), .saisie = e->instant, .par = garder(s, &par)};
    buffer_free(&texte);
    buffer_free(&par);
    return true;
}

static bool lire_vie(struct sommes *s)
{
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select fait, evenement, paiement, montant from vie where commande = ?1 and le <= ?2 "
                                                      "order by le, fait", s->ctx->diags);
    int la = -1;
    if (q == NULL)
        return false;
    lier_n(q, 1, s->d->fait);
    lier_n(q, 2, s->ctx->au.s);
    while ((la = registre_suivant(s->ctx->registre, q, s->ctx->diags)) == 1) {
        s->vie = memoire_grow(s->vie, &s->cap_vie, s->n_vie + 1, sizeof *s->vie);
        s->vie[s->n_vie++] = (struct evenement_lu){
            .entree = sqlite3_column_int64(q, 0), .type = (enum evenement_type)sqlite3_column_int(q, 1),
            .paiement = (enum paiement)sqlite3_column_int(q, 2),
            .montant = sqlite3_column_type(q, 3) == SQLITE_NULL ? MONTANT_ABSENT : montant_of(sqlite3_column_int64(q, 3))};
    }
    sqlite3_finalize(q);
    return la == 0;
}

static bool lire_commande(struct sommes *s)
{
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select o.contenu, exists (select 1 from commande_essms e where e.commande = o.fait and "
                                                      "e.ht_lu is not null) from commande o where o.fait = ?1", s->ctx->diags);
    if (q == NULL)
        return false;
    lier_n(q, 1, s->d->fait);
    const int la = registre_suivant(s->ctx->registre, q, s->ctx->diags);
    if (la == 1) {
        s->contenu = sqlite3_column_int64(q, 0);
        s->proportion = sqlite3_column_int(q, 1) != 0;
    }
    sqlite3_finalize(q);
    return la == 1;
}

bool sommes_lire(struct contexte *ctx, const struct dossier *d, int64_t base, struct arene *a, struct sommes *out)
{
    *out = (struct sommes){.ctx = ctx, .d = d, .a = a, .base = base};
    if (!lire_commande(out) || !lire_vie(out) || !histoire_parcourir(ctx, d->fait, prendre, out))
        return false;
    somme_commande(out);
    somme_parts(out);
    somme_avance(out);
    somme_facture(out);
    somme_solde(out);
    somme_recu(out);
    somme_reste(out);
    return somme_reversement(out);
}

void sommes_free(struct sommes *s)
{
    for (size_t i = 0; i < s->n; i++)
        memoire_free(s->items[i].lignes);
    memoire_free(s->faits);
    memoire_free(s->vie);
}

/* --- building --------------------------------------------------------------------------------------------------------------- */

struct somme *somme_ouvrir(struct sommes *s, const char *mot, const char *titre, struct montant montant)
{
    struct somme *x = &s->items[s->n++];
    *x = (struct somme){.mot = mot, .titre = titre, .montant = montant};
    return x;
}

static struct somme_ligne *ajouter(struct somme *x, const char *quoi, struct montant montant)
{
    x->lignes = memoire_grow(x->lignes, &x->cap, x->n + 1, sizeof *x->lignes);
    x->lignes[x->n] = (struct somme_ligne){.quoi = quoi, .texte = "", .montant = montant, .detail = "", .source = ""};
    return &x->lignes[x->n++];
}

struct somme_ligne *somme_dire(struct sommes *s, struct somme *x, const char *quoi, struct montant montant, const char *fmt, ...)
{
    struct somme_ligne *l = ajouter(x, quoi, montant);
    struct buffer b = {0};
    va_list ap;
    va_start(ap, fmt);
    buffer_vprintf(&b, fmt, ap);
    va_end(ap);
    l->texte = garder(s, &b);
    buffer_free(&b);
    return l;
}

void somme_fait(struct sommes *s, struct somme *x, int64_t entree, struct montant montant)
{
    struct buffer b = {0};
    for (size_t i = 0; i < s->n_faits; i++) {
        const struct fait_dit *f = &s->faits[i];
        if (f->entree != entree)
            continue;
        buffer_printf(&b, "%s%s%s", f->texte, *f->date != '\0' ? strcmp(f->texte, "enregistrée") == 0 ? ", signée le " : ", le " : "", f->date);
        if (*f->motif != '\0')
            buffer_printf(&b, " : « %s »", f->motif);
        struct somme_ligne *l = ajouter(x, "fait", montant);
        l->texte = garder(s, &b);
        l->entree = entree;
        l->detail = *f->par != '\0' ? arene_printf(s->a, "saisie le %s par %s", dire_instant(s, f->saisie), f->par)
                                    : arene_printf(s->a, "saisie le %s", dire_instant(s, f->saisie));
        break;
    }
    buffer_free(&b);
}

void somme_parametre(struct sommes *s, struct somme *x, const char *cle)
{
    struct parametre_vue v;
    struct jour choisi;
    struct buffer b = {0};
    struct somme_ligne *l = ajouter(x, arene_printf(s->a, "paramètre %s", cle), MONTANT_ABSENT);
    if (!parametre_applique(s->d, s->ctx->parametres, cle, &v, &choisi)) {
        l->texte = "aucune valeur en vigueur";
        return;
    }
    parametre_choix_dire(&v, choisi, &b);
    l->montant = v.type == PARAMETRE_MONTANT ? montant_of(v.n) : MONTANT_ABSENT;
    l->texte = garder(s, &b);
    l->detail = v.titre;
    l->source = v.inference ? arene_printf(s->a, "%s%s", v.source, PARAMETRE_INFERENCE) : v.source;
    buffer_free(&b);
}

void somme_regles(struct somme *x, const char *regles, const char *source)
{
    struct somme_ligne *l = ajouter(x, "règles", MONTANT_ABSENT);
    l->texte = regles;
    l->source = source;
}

const char *dire_montant(struct sommes *s, struct montant m)
{
    char t[MONTANT_TEXTE_MAX];
    return montant_present(m) ? arene_printf(s->a, "%s", montant_fr(m, t)) : "montant inconnu";
}

const char *dire_instant(struct sommes *s, struct instant i)
{
    char t[INSTANT_TEXTE_MAX];
    return arene_printf(s->a, "%s", instant_fr(i, t));
}

const char *dire_jour(struct sommes *s, struct jour j)
{
    char t[JOUR_TEXTE_MAX];
    return arene_printf(s->a, "%s", jour_fr(j, t));
}
