/* BAR : plafonds du barème et TVA (regles.md § 2). */
#include "regles/regles_prive.h"

static const char *const lettres[] = {"A", "B", "C", "D", "E", "F"};

static const char *lettre(char tranche)
{
    size_t rang = (size_t)(tranche - 'A');
    return rang < sizeof lettres / sizeof *lettres ? lettres[rang] : "";
}

/* Le plafond de la commande, exigé : base, N, barème en vigueur à la signature. Sinon en attente et faux. */
static bool plafond_lu(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                       struct plafond *out)
{
    if (!base_lue(d, p, a, c))
        return false;
    uint32_t n_og = nombre_og(d, p, NULL);
    if (n_og > 0 && d->n_essms > 0 && bareme_plafond_retenu(p, n_og, d->n_essms, d->date_signature, out))
        return true;
    attendre(a, c, n_og == 0 ? "n_og" : "bareme");
    attendre_limite(d, p, a, c);
    return false;
}

static bool ht_lu(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (montant_present(d->ht))
        return true;
    attendre(a, c, "montant_ht");
    attendre_limite(d, p, a, c);
    return false;
}

/* Ce dont le plafond est fait : de quoi le recalculer à la main. */
static void plafond_dire(struct arene *a, struct constat *c, const struct plafond *f)
{
    constat_entier(c, a, "n", f->n_commandes);
    constat_entier(c, a, "n_og", f->n_og);
    constat_mot(c, a, "tranche", lettre(f->tranche.lettre));
    constat_montant(c, a, "taux_ttc", f->tranche.taux_ttc);
    constat_parametre(c, a, f->tranche.cle_taux);
    constat_parametre(c, a, parametre_cle(P_BAREME_TVA));
    constat_parametre(c, a, parametre_cle(P_BAREME_LECTURE));
}

/* Le taux de l'hypothèse des plafonds TTC ; faux quand il n'est pas en vigueur. */
static bool au_taux_de_l_hypothese(const struct dossier *d, const struct parametres *p)
{
    int64_t taux;
    return parametre_n(p, P_BAREME_TVA, d->date_signature, &taux) && d->taux_tva.dix_milliemes == taux;
}

/* BAR-01. L'ASP vérifie d'abord le HT : au plus le plafond HT (FAQ). Deux arrondis du plafond diffèrent de quelques
 * centimes ; le plus haut décide ici. Un montant nul est refusé (FAQ), quelle que soit la base. */
void regle_bar_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct plafond f;
    bool ht = ht_lu(d, p, a, c);
    if (ht && d->ht.centimes <= 0) {
        non_conforme(c);
        constat_mot(c, a, "cas", "nul");
        constat_montant(c, a, "ht", d->ht);
        return;
    }
    if (!plafond_lu(d, p, a, c, &f) || !ht)
        return;
    constat_montant(c, a, "ht", d->ht);
    constat_montant(c, a, "plafond", f.ht_haut);
    if (d->ht.centimes <= f.ht_haut.centimes) {
        conforme(c);
        constat_parametre(c, a, f.tranche.cle_taux);
        return;
    }
    non_conforme(c);
    constat_mot(c, a, "cas", "plafond");
    constat_montant(c, a, "exces", montant_of(d->ht.centimes - f.ht_haut.centimes));
    plafond_dire(a, c, &f);
}

/* Le TTC lu sur la commande, exigé. */
static bool ttc_lu(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (montant_present(d->ttc) && !d->ttc_calcule)
        return true;
    attendre(a, c, d->ttc_calcule ? "ttc_lu" : "montant_ttc");
    attendre_limite(d, p, a, c);
    return false;
}

/* BAR-02. Entre les deux arrondis. À 20 % (taux de l'hypothèse) : TTC au-dessus de taux × n alors que le HT tient dans le
 * plus haut. À un autre taux : HT entre le plus bas et le plus haut. Au-dessus du plus haut, BAR-01 a parlé. */
void regle_bar_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct plafond f;
    bool ht = ht_lu(d, p, a, c), taux = taux_present(d->taux_tva);
    if (ht && d->ht.centimes <= 0)
        return; /* BAR-01 */
    if (!taux) {
        attendre(a, c, "taux_tva");
        attendre_limite(d, p, a, c);
    }
    if (!plafond_lu(d, p, a, c, &f) || !ht)
        return;
    if (d->ht.centimes > f.ht_haut.centimes) {
        c->verdict = VERDICT_SANS_OBJET;
        c->n = 0;
        return;
    }
    if (!taux)
        return;
    if (au_taux_de_l_hypothese(d, p)) {
        if (!ttc_lu(d, p, a, c))
            return;
        constat_montant(c, a, "ttc", d->ttc);
        constat_montant(c, a, "plafond_ttc", f.ttc);
        if (d->ttc.centimes <= f.ttc.centimes) {
            conforme(c);
            return;
        }
        constat_mot(c, a, "cas", "ttc");
        constat_montant(c, a, "exces", montant_of(d->ttc.centimes - f.ttc.centimes));
    } else {
        constat_montant(c, a, "ht", d->ht);
        constat_montant(c, a, "plafond_bas", f.ht_bas);
        if (d->ht.centimes <= f.ht_bas.centimes) {
            conforme(c);
            return;
        }
        constat_mot(c, a, "cas", "ht");
        constat_montant(c, a, "exces", montant_of(d->ht.centimes - f.ht_bas.centimes));
        constat_montant(c, a, "plafond", f.ht_haut);
        constat_taux(c, a, "taux_tva", d->taux_tva);
    }
    non_conforme(c);
    plafond_dire(a, c, &f);
}

/* Conforme au taux de l'hypothèse, mais au-dessus du montant sûr. Vrai quand on peut le dire (sinon : en attente). */
static bool au_dessus_du_sur(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                             const struct plafond *f, bool *oui)
{
    *oui = false;
    if (d->ht.centimes <= f->ht_bas.centimes || d->ht.centimes > f->ht_haut.centimes)
        return true;
    if (!taux_present(d->taux_tva)) {
        attendre(a, c, "taux_tva");
        attendre_limite(d, p, a, c);
        return false;
    }
    if (!au_taux_de_l_hypothese(d, p))
        return true;
    if (!ttc_lu(d, p, a, c))
        return false;
    *oui = d->ttc.centimes <= f->ttc.centimes;
    return true;
}

/* BAR-03. Information : le HT dépasse le montant sûr bien que conforme ; ou l'autre périmètre de N (tous les 4xxx, quand
 * N compte les catégories du couloir) donne une autre tranche. Un HT que BAR-01 ou BAR-02 relèvent n'a plus à l'être. */
void regle_bar_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct plafond f;
    bool ht = ht_lu(d, p, a, c), arrondi;
    if (!plafond_lu(d, p, a, c, &f) || !ht || !au_dessus_du_sur(d, p, a, c, &f, &arrondi))
        return;
    struct tranche autre;
    uint32_t autre_n;
    nombre_og(d, p, &autre_n);
    bool perimetre = autre_n > 0 && bareme_tranche(p, autre_n, d->date_signature, &autre) &&
                     autre.lettre != f.tranche.lettre;
    if (arrondi) {
        non_conforme(c);
        constat_mot(c, a, "cas", "arrondi");
    }
    if (perimetre) {
        non_conforme(c);
        constat_mot(c, a, "cas", "perimetre");
    }
    bool sur = d->ht.centimes > 0 && d->ht.centimes <= f.ht_bas.centimes;
    if (c->verdict != VERDICT_NON_CONFORME && !sur)
        return;
    constat_montant(c, a, "ht", d->ht);
    constat_montant(c, a, "plafond_bas", f.ht_bas);
    if (c->verdict != VERDICT_NON_CONFORME) {
        conforme(c);
        return;
    }
    if (perimetre) {
        constat_entier(c, a, "autre_n", autre_n);
        constat_mot(c, a, "autre_tranche", lettre(autre.lettre));
        constat_parametre(c, a, parametre_cle(P_BAREME_PERIMETRE));
    }
    plafond_dire(a, c, &f);
}

/* La TVA lue, comparée à l'arrondi de HT × taux. Faux quand l'une des trois données manque. */
static bool tva_comparee(const struct dossier *d, struct montant *attendue, int64_t *ecart)
{
    if (!montant_present(d->ht) || !montant_present(d->tva) || d->tva_calculee ||
        !tva_calculer(d->ht, d->taux_tva, attendue))
        return false;
    *ecart = d->tva.centimes - attendue->centimes;
    return true;
}

/* Ce qui manque pour juger la TVA. Une TVA que le programme a calculée n'a pas été lue. */
static void tva_manques(const struct dossier *d, struct arene *a, struct constat *c)
{
    if (!montant_present(d->ht))
        attendre(a, c, "montant_ht");
    if (!taux_present(d->taux_tva))
        attendre(a, c, "taux_tva");
    if (d->tva_calculee)
        attendre(a, c, "tva_lue");
    else if (!montant_present(d->tva))
        attendre(a, c, "montant_tva");
}

/* HT + TVA = TTC, quand les trois sont lus. */
static bool somme_fausse(const struct dossier *d)
{
    struct montant somme;
    if (!montant_present(d->ht) || !montant_present(d->tva) || !montant_present(d->ttc) || d->tva_calculee ||
        d->ttc_calcule)
        return false;
    return !montant_add(d->ht, d->tva, &somme) || somme.centimes != d->ttc.centimes;
}

/* BAR-04. Taux propre au fournisseur (FAQ) : 20 %, 8,5 % outre-mer, 0 % avec un motif. TVA = HT × taux, arrondi : un écart
 * de plus de n centimes est une anomalie (jusqu'à n : BAR-05). HT + TVA = TTC. */
void regle_bar_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct montant attendue;
    int64_t ecart;
    bool nul = false, taux = taux_present(d->taux_tva), date = jour_present(d->date_signature);
    bool vigueur = date && tva_en_vigueur(d, p);
    bool inconnu = taux && vigueur && !tva_connue(d, p, d->taux_tva, &nul);
    if (inconnu) {
        non_conforme(c);
        constat_mot(c, a, "cas", "taux");
    }
    if (somme_fausse(d)) {
        non_conforme(c);
        constat_mot(c, a, "cas", "somme");
    }
    if (!inconnu && tva_comparee(d, &attendue, &ecart) && (ecart > d->n_essms || -ecart > d->n_essms)) {
        non_conforme(c);
        constat_mot(c, a, "cas", "tva");
        constat_montant(c, a, "tva_attendue", attendue);
        constat_entier(c, a, "n", d->n_essms);
    }
    if (c->verdict == VERDICT_NON_CONFORME) {
        constat_montant(c, a, "ht", d->ht);
        constat_taux(c, a, "taux_tva", d->taux_tva);
        constat_montant(c, a, "tva", d->tva);
        constat_montant(c, a, "ttc", d->ttc);
        if (inconnu)
            tva_parametres(a, c);
        return;
    }
    if (!vigueur)
        attendre(a, c, date ? "taux_en_vigueur" : "date_signature");
    tva_manques(d, a, c);
    if (d->ttc_calcule)
        attendre(a, c, "ttc_lu");
    else if (!montant_present(d->ttc))
        attendre(a, c, "montant_ttc");
    if (nul && d->motif_tva == MOTIF_ABSENT)
        attendre(a, c, "motif_tva");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    conforme(c);
    constat_taux(c, a, "taux_tva", d->taux_tva);
    constat_montant(c, a, "tva", d->tva);
}

/* BAR-05. TVA décalée d'au plus n centimes (arrondie ligne à ligne) : discordance. Au-delà, ou à un taux inconnu, BAR-04
 * a parlé. */
void regle_bar_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct montant attendue;
    int64_t ecart;
    bool nul;
    tva_manques(d, a, c);
    if (!jour_present(d->date_signature))
        attendre(a, c, "date_signature");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    if (!tva_connue(d, p, d->taux_tva, &nul) || !tva_comparee(d, &attendue, &ecart) || ecart > d->n_essms || -ecart > d->n_essms)
        return;
    constat_montant(c, a, "tva", d->tva);
    if (ecart == 0) {
        conforme(c);
        return;
    }
    non_conforme(c);
    constat_montant(c, a, "tva_attendue", attendue);
    constat_montant(c, a, "ht", d->ht);
    constat_taux(c, a, "taux_tva", d->taux_tva);
    constat_entier(c, a, "n", d->n_essms);
}
