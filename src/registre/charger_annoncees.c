/* Orders being recorded together: the dossier of one before its rows are read, or even written. */
#include <string.h>

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

int chargeur_projetee(struct chargeur *c, const struct projecteur *p, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    const struct commande_projetee *o = &p->commande;
    struct valeur v[COLONNES_LUES] = {{0}};
    memcpy(v, o->v, sizeof o->v);
    const struct jour signature = valeur_jour(&v[COLONNE_SIGNATURE]);
    if (jour_present(signature) && jour_cmp(signature, c->jour) > 0)
        return 0;
    valeur_n(&v[COLONNE_SIGNATAIRE], valeur_texte(&v[COLONNE_SIGNATAIRE]).len > 0 ? o->numero : 0);
    dossier_colonnes(c, v, a, out);
    out->essms = arene_alloc(a, o->n_essms * sizeof *out->essms);
    for (size_t i = 0; i < o->n_essms; i++)
        dossier_un_essms(o->essms[i], a, &out->essms[i]);
    return dossier_completer(c, JOUR_ABSENT, a, out, diags) ? 1 : -1;
}
