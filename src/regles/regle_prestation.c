/* COM : ce que la prestation comprend, ce qu'elle exclut, ce dont elle ne dépend pas (regles.md § 1). Les feuilles connues ne
 * le disent pas toujours : une commande qui n'en déclare rien n'est pas contrôlée, et cela se dit ; elle n'est jamais dite
 * conforme. */
#include <string.h>

#include "regles/regles_prive.h"

/* Ce que le constat dit d'une ligne : sa nature, et son montant s'il est connu. */
static void ligne_dire(struct arene *a, struct constat *c, const struct ligne_bon *l)
{
    constat_mot(c, a, "nature", ligne_nature_nom(l->nature));
    if (montant_present(l->ht))
        constat_montant(c, a, "ht_ligne", l->ht);
}

static bool ligne_exclue(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return nature_dans(p, P_PRESTATION_EXCLUES, l->nature, d->date_signature);
}

static bool ligne_incluse(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return nature_dans(p, P_PRESTATION_INCLUSES, l->nature, d->date_signature);
}

static bool exclue_etat(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return !l->og && ligne_exclue(d, p, l);
}

static bool incluse_og(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return l->og && ligne_incluse(d, p, l);
}

static bool exclue_og(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return l->og && ligne_exclue(d, p, l);
}

static bool indecise(const struct dossier *d, const struct parametres *p, const struct ligne_bon *l)
{
    return !l->og && !ligne_exclue(d, p, l) && !ligne_incluse(d, p, l);
}

/* Nomme, sous le mot `cas`, les lignes que la fonction retient ; rend leur nombre. */
static uint32_t lignes_nommer(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c, const char *cas,
                              bool (*retient)(const struct dossier *, const struct parametres *, const struct ligne_bon *))
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_lignes; i++) {
        if (!retient(d, p, &d->lignes[i]))
            continue;
        if (n++ == 0 && cas != NULL)
            constat_mot(c, a, "cas", cas);
        ligne_dire(a, c, &d->lignes[i]);
    }
    return n;
}

static uint32_t lignes_etat(const struct dossier *d)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_lignes; i++)
        n += !d->lignes[i].og;
    return n;
}

/* COM-02. La prestation comprend six choses et en exclut quatre (IDF) : rien d'exclu sous la phrase de l'État, et rien à payer
 * par l'OG dans la prestation, que ce soit un reste à charge déclaré ou une ligne incluse à sa charge. Une ligne « autre » sous
 * la phrase de l'État n'est ni l'une ni l'autre : en attente de sa nature. */
void regle_com_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const bool reste = montant_present(d->reste_a_charge);
    if (d->n_lignes == 0 && !reste) {
        constat_mot(c, a, "cas", "non_declare");
        return;
    }
    if (!signature_lue(d, p, a, c))
        return;
    uint32_t fautes = lignes_nommer(d, p, a, c, "exclue", exclue_etat);
    fautes += lignes_nommer(d, p, a, c, "incluse_og", incluse_og);
    if (reste && d->reste_a_charge.centimes > 0) {
        constat_mot(c, a, "cas", "reste");
        constat_montant(c, a, "reste", d->reste_a_charge);
        fautes++;
    }
    if (fautes > 0) {
        non_conforme(c);
    } else if (lignes_nommer(d, p, a, c, NULL, indecise) > 0) {
        attendre(a, c, "nature_ligne");
        attendre_limite(d, p, a, c);
    } else if (lignes_etat(d) > 0) {
        conforme(c);
        constat_entier(c, a, "lignes", d->n_lignes);
    } else {
        constat_mot(c, a, "cas", "lignes_absentes");
        return;
    }
    constat_parametre(c, a, parametre_cle(P_PRESTATION_INCLUSES));
    if (c->verdict == VERDICT_NON_CONFORME)
        constat_parametre(c, a, parametre_cle(P_PRESTATION_EXCLUES));
}

/* COM-14. Une ligne exclue à côté de la phrase de l'État, payée par l'OG, est permise : information (COM-02 a gardé
 * l'anomalie ; un identifiant, une gravité). */
void regle_com_14(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->n_lignes == 0) {
        constat_mot(c, a, "cas", "non_declare");
        return;
    }
    if (!signature_lue(d, p, a, c))
        return;
    if (lignes_nommer(d, p, a, c, NULL, exclue_og) > 0) {
        non_conforme(c);
    } else {
        conforme(c);
        constat_entier(c, a, "lignes", d->n_lignes);
    }
    constat_parametre(c, a, parametre_cle(P_PRESTATION_EXCLUES));
}

/* COM-03. La part de l'État n'est subordonnée ni à un nouvel engagement ni à une nouvelle option (IDF). Les deux se déclarent
 * pour être conforme ; une seule l'est en partie. */
void regle_com_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    (void)p;
    if (d->engagement == TROIS_OUI)
        constat_mot(c, a, "cas", "cond_engagement");
    if (d->option == TROIS_OUI)
        constat_mot(c, a, "cas", "cond_option");
    if (d->engagement == TROIS_OUI || d->option == TROIS_OUI) {
        non_conforme(c);
    } else if (d->engagement == TROIS_NON && d->option == TROIS_NON) {
        conforme(c);
    } else if (d->engagement == d->option) {
        constat_mot(c, a, "cas", "non_declare");
    } else {
        constat_mot(c, a, "cas", d->engagement == TROIS_ABSENT ? "engagement_absent" : "option_absente");
    }
}
