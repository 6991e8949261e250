/* Orders being recorded together: the dossier of one before its rows are read, or even written. */
#include "registre/charger_interne.h"
#include "registre/etat_interne.h"

bool chargeur_annoncer(struct chargeur *c, const struct commande_annoncee *t, size_t n, struct diag_liste *diags)
{
    chargeur_fermer(c);
    c->fournisseur = 0;
    c->sans_voisins = false;
    c->n_annoncees = 0;
    if (!charger_pris(c, diags))
        return false;
    c->annoncees = t;
    c->n_annoncees = n;
    pris_annoncer(c);
    size_t essms = 0;
    for (size_t i = 0; i < n; i++)
        essms += t[i].n_essms;
    finess_lecteur_attendre(c->finess, essms);
    return true;
}

static bool essms_du_fait(const struct fait *f, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    const struct fait_valeur *l = fait_get(f, CE_ESSMS);
    size_t rangs[2] = {0, 0};
    struct valeur v[ESSMS_COLONNES];
    d->essms = arene_alloc(a, d->n_essms * sizeof *d->essms);
    for (uint32_t i = 0; i < d->n_essms; i++) {
        if (!valeurs_un_essms(v, d->fait, l->liste[i], f, rangs, diags))
            return false;
        dossier_un_essms(v, a, &d->essms[i]);
    }
    return true;
}

int chargeur_enregistree(struct chargeur *c, int64_t numero, const struct fait *f, struct arene *a, struct dossier *out,
                         struct diag_liste *diags)
{
    const struct jour signature = fait_jour(f, CE_DATE_SIGNATURE);
    struct valeur v[COLONNES_LUES] = {{0}};
    struct buffer lignes = {0};
    if (jour_present(signature) && jour_cmp(signature, c->jour) > 0)
        return 0;
    bool ok = valeurs_enregistree(v, numero, f, &lignes, diags);
    if (ok) {
        valeur_n(&v[COLONNE_SIGNATAIRE], valeur_texte(&v[COLONNE_SIGNATAIRE]).len > 0 ? numero : 0);
        dossier_colonnes(c, v, a, out);
        ok = essms_du_fait(f, a, out, diags) && dossier_completer(c, JOUR_ABSENT, a, out, diags);
    }
    buffer_free(&lignes);
    return ok ? 1 : -1;
}
