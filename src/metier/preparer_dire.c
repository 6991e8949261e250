/* A prepared order, for people. */
#include "metier/preparer.h"

/* Free ESSMS named one by one. */
#define LIBRES_DITS 20

static void titre(struct buffer *b, const char *t)
{
    buffer_printf(b, "  %s", t);
    for (size_t i = texte_width(t, slice_of(t).len); i < 20; i++)
        buffer_putc(b, ' ');
}

static void tranche(const struct prepare *o, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX], d[JOUR_TEXTE_MAX];
    titre(b, "barème");
    if (o->plafonne) {
        buffer_printf(b, "N = %u dans la base du %s, tranche %c, %s TTC par ESSMS, plafond %s TTC\n", o->plafond.n_og, jour_fr(o->base, d),
                      o->plafond.tranche.lettre, montant_fr(o->plafond.tranche.taux_ttc, t), montant_fr(o->plafond.ttc, u));
        titre(b, "HT sûr");
        buffer_printf(b, "%s (plafond HT haut %s)\n", montant_fr(o->plafond.ht_bas, t), montant_fr(o->plafond.ht_haut, u));
    } else {
        buffer_puts(b, "inconnu : la base de l'année, l'OG ou le couloir manque\n");
    }
}

static void montants(const struct prepare *o, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX], v[MONTANT_TEXTE_MAX], w[MONTANT_TEXTE_MAX];
    if (!montant_present(o->ht))
        return;
    titre(b, o->montants_donnes ? "montants donnés" : "montants proposés");
    buffer_printf(b, "%s HT, TVA %s%s : %s, %s TTC\n", montant_fr(o->ht, t), taux_fr(o->taux, u), o->taux_donne ? "" : " (supposée)",
                  montant_present(o->tva) ? montant_fr(o->tva, v) : "?", montant_present(o->ttc) ? montant_fr(o->ttc, w) : "?");
}

static void essms(const struct prepare *o, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], u[MONTANT_TEXTE_MAX], v[MONTANT_TEXTE_MAX];
    for (uint32_t i = 0; i < o->n_essms; i++) {
        const struct prepare_essms *e = &o->essms[i];
        buffer_printf(b, "    %s  %.*s, %.*s", finess_texte(e->et, t), (int)e->nom.len, e->nom.bytes, (int)e->commune.len, e->commune.bytes);
        if (montant_present(e->ht) && montant_present(e->ttc))
            buffer_printf(b, " : %s HT, %s TTC", montant_fr(e->ht, u), montant_fr(e->ttc, v));
        buffer_putc(b, '\n');
    }
}

static void voisins(const struct prepare *o, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX];
    size_t n[3] = {0, 0, 0}, dits = 0;
    for (size_t i = 0; i < o->n_voisins; i++)
        n[o->voisins[i].quoi]++;
    titre(b, "autres ESSMS de l'OG");
    buffer_printf(b, " %zu : %zu à commander, %zu déjà commandés, %zu d'un autre couloir\n", o->n_voisins, n[VOISIN_LIBRE], n[VOISIN_COMMANDE],
                  n[VOISIN_HORS_COULOIR]);
    for (size_t i = 0; i < o->n_voisins; i++) {
        const struct prepare_voisin *v = &o->voisins[i];
        if (v->quoi == VOISIN_HORS_COULOIR || (v->quoi == VOISIN_LIBRE && dits == LIBRES_DITS))
            continue;
        dits += v->quoi == VOISIN_LIBRE;
        buffer_printf(b, "    %s  %.*s, %.*s : %s%s%s\n", finess_texte(v->et, t), (int)v->nom.len, v->nom.bytes, (int)v->commune.len,
                      v->commune.bytes, v->quoi == VOISIN_LIBRE ? "à commander" : "", v->quoi == VOISIN_LIBRE && *v->dit != '\0' ? " ; " : "", v->dit);
    }
    if (n[VOISIN_LIBRE] > dits)
        buffer_printf(b, "    et %zu autres à commander\n", n[VOISIN_LIBRE] - dits);
}

static void verdict(const struct preparation *p, const struct prepare *o, struct buffer *b)
{
    char d[JOUR_TEXTE_MAX];
    if (o->sous_condition) {
        titre(b, "sous condition");
        buffer_puts(b, "la solution n'est pas référencée ce jour-là");
        if (jour_present(o->dernier_jour))
            buffer_printf(b, " : dossier complet à l'ANS au plus tard le %s", jour_fr(o->dernier_jour, d));
        buffer_putc(b, '\n');
    }
    if (*o->attend != '\0') {
        titre(b, "attend la signature");
        buffer_printf(b, "%s (rien à faire avant)\n", o->attend);
    }
    titre(b, "verdict");
    buffer_printf(b, "%s, pour une signature le %s\n", o->verdict, jour_fr(p->signature, d));
}

void prepare_dire(const struct preparation *p, const struct prepare *o, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], siren[10];
    buffer_printf(b, "Commande %.*s, à signer : %u ESSMS\n", (int)o->numero.len, o->numero.bytes, o->n_essms);
    titre(b, "fournisseur");
    buffer_printf(b, "%s %.*s\n", o->fournisseur != 0 ? siren_texte(o->fournisseur, siren) : "inconnu", (int)o->fournisseur_nom.len,
                  o->fournisseur_nom.bytes);
    titre(b, "OG");
    buffer_printf(b, "%s%s%.*s\n", o->ej != FINESS_ABSENT ? finess_texte(o->ej, t) : "inconnu", o->og_nom.len > 0 ? " " : "", (int)o->og_nom.len,
                  o->og_nom.bytes);
    titre(b, "solution");
    buffer_printf(b, "%.*s%s%s%s %.*s, couloir %s\n", (int)o->solution.len, o->solution.bytes, o->numero_ans != NULL ? " (" : "",
                  o->numero_ans != NULL ? o->numero_ans : "", o->numero_ans != NULL ? ")" : "", (int)o->version.len, o->version.bytes,
                  o->couloir != COULOIR_INCONNU ? couloir_nom(o->couloir) : "inconnu");
    tranche(o, b);
    montants(o, b);
    essms(o, b);
    voisins(o, b);
    verdict(p, o, b);
}
