/* Acts on the order itself, and disputes. */
#define _GNU_SOURCE
#include "tirer.h"

static void feuille_commande(struct acte *a, const struct commande *c)
{
    char f[10], t[32], u[32], v[32], w[32];
    buffer_puts(&a->fichier, "numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;"
                             "signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece\n");
    for (int i = 0; i < c->n; i++)
        buffer_printf(&a->fichier, "%s;%s;%s;%s;S%d;1;non;oui;oui;Mme A;directrice;manuscrite;%s;20;%s;%s;bon.pdf\n", c->numero, finess_de(c->et[i], f),
                      jour_texte(c->jour, w), w, c->f + 1, montant_texte(c->ht, t), montant_texte(c->tva, u), montant_texte(c->ttc, v));
    a->nom_fichier = "commandes.csv";
}

/* An ESSMS that the balance of an order does not keep: −1 when there is none. */
int tirer_retire(const struct modele *m, struct alea *h)
{
    const int debut = m->n ? sous(h, m->n) : 0;
    for (int k = 0; k < m->n; k++) {
        const struct commande *o = &m->commandes[(debut + k) % m->n];
        for (int i = 0; o->n_soldes && i < o->n; i++)
            if (o->soldes[o->n_soldes - 1].retire[i])
                return o->et[i];
    }
    return -1;
}

/* ESSMS that nobody has, mostly; some that another order has, or had, or removed. */
static void tirer_commande(const struct modele *m, struct alea *h, struct commande *c)
{
    const int un = sous(h, ESSMS_MAX), autre = sous(h, ESSMS_MAX), veut = 1 + (un < autre ? un : autre), pris = alea_chance(h, 200);
    *c = (struct commande){.f = sous(h, FOURNISSEURS), .jour = jour_de(m->maintenant) - 1 - sous(h, 150)};
    const int dernier = jour_de(INT64_C(1670200000)); /* 2022: one base of reference */
    c->jour = c->jour < dernier ? c->jour : dernier - sous(h, 150);
    snprintf(c->numero, sizeof c->numero, "C%d", m->n + 1);
    const int debut = sous(h, ESSMS_OG);
    for (int et = 0; et < ESSMS_OG; et++) /* sorted by number */
        if (c->n < veut && (et >= debut || ESSMS_OG - debut < veut) && (pris || libre(m, et, m->maintenant)))
            c->et[c->n++] = et;
    const int retire = alea_chance(h, 700) ? tirer_retire(m, h) : -1;
    if (retire >= 0 || c->n == 0) {
        c->n = 1;
        c->et[0] = retire >= 0 ? retire : debut;
    }
    c->ht = tirer_ht(h, c->n);
    c->tva = tva_de(c->ht);
    c->ttc = c->ht + c->tva;
}

static bool tout_fini(const struct modele *m)
{
    bool fini = m->n < COMMANDES_MAX;
    for (int c = 0; c < m->n && fini; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        fini = !en_vigueur(&r);
    }
    return fini;
}

void tirer_commander(struct modele *m, struct alea *h, const struct gout *g, struct acte *a)
{
    struct commande c;
    const bool place = m->n < g->commandes || tout_fini(m) || (m->n < COMMANDES_MAX && tirer_retire(m, h) >= 0);
    const bool encore = m->n > 0 && (!place || alea_chance(h, 250));
    if (encore) {
        const struct commande *o = &m->commandes[sous(h, m->n)]; /* the same sheet again, or another amount under its number */
        c = (struct commande){.f = o->f, .jour = o->jour, .n = o->n, .ht = o->ht, .tva = o->tva, .ttc = o->ttc};
        memcpy(c.numero, o->numero, sizeof c.numero);
        memcpy(c.et, o->et, sizeof c.et);
        if (alea_chance(h, 500)) {
            c.ht = tirer_ht(h, c.n);
            c.tva = tva_de(c.ht);
            c.ttc = c.ht + c.tva;
        }
    } else {
        tirer_commande(m, h, &c);
    }
    feuille_commande(a, &c);
    mots(a, "commande importer commandes.csv");
    a->attendu = commander(m, &c);
}

/* Its ESSMS, or some of them, or others; the day of the old one or after, mostly. */
void tirer_remplacer(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "enregistree avance_demandee avance_a_modifier avance_incomplete avance_rejetee");
    const struct commande *o = &m->commandes[c];
    struct commande n;
    tirer_commande(m, h, &n);
    n.f = o->f;
    if (alea_chance(h, 850)) {
        n.n = alea_chance(h, 700) ? o->n : 1 + sous(h, o->n);
        memcpy(n.et, o->et, sizeof n.et);
        n.ht = tirer_ht(h, n.n);
        n.tva = tva_de(n.ht);
        n.ttc = n.ht + n.tva;
    }
    n.jour = o->jour + (alea_chance(h, 80) ? -1 : sous(h, 40));
    if (n.jour > jour_de(INT64_C(1670200000)) && n.jour > o->jour)
        n.jour = o->jour;
    if (m->n == COMMANDES_MAX || alea_chance(h, 50)) /* a number that is taken */
        memcpy(n.numero, m->n == COMMANDES_MAX || m->commandes[0].f != n.f || alea_chance(h, 500) ? o->numero : m->commandes[0].numero, sizeof n.numero);
    if (m->n == COMMANDES_MAX)
        n.f = o->f;
    feuille_commande(a, &n);
    mots(a, "commande remplacer");
    mot_commande(a, m, c);
    mots(a, "--fichier commandes.csv --motif revue");
    a->attendu = remplacer(m, c, &n);
}

void tirer_rectifier(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "enregistree avance_demandee avance_a_modifier avance_incomplete avance_rejetee");
    const struct commande *o = &m->commandes[c];
    const int64_t ht = alea_chance(h, 150) ? o->ht : tirer_ht(h, o->n), tva = tva_de(ht);
    mot(a, "commande");
    mot(a, "rectifier");
    mot_commande(a, m, c);
    option_montant(a, "montant-ht", ht);
    option_montant(a, "montant-tva", tva);
    option_montant(a, "montant-ttc", ht + tva);
    mots(a, "--motif relue");
    a->attendu = rectifier(m, c, ht, tva);
}

void tirer_annuler(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "avance_payee facturee attestee a_solder enregistree solde_rejete avance_rejetee");
    const int64_t le = tirer_le(m, h);
    mot(a, "commande");
    mot(a, "annuler");
    mot_commande(a, m, c);
    mots(a, "--attestation attestation.pdf");
    option_instant(a, "le", le);
    a->attendu = annuler(m, c, le);
}

void tirer_litige(struct modele *m, struct alea *h, struct acte *a)
{
    int c = cible >= 0 ? cible : sous(h, m->n);
    for (int i = 0; i < m->n && m->commandes[c].litige.fin; i++)
        c = (c + 1) % m->n;
    if (m->commandes[c].litige.fin) { /* each has had its own: nothing more is opened */
        mots(a, "litige ouvrir INCONNUE --contre 999999999/L1");
        a->attendu = REFUS;
        return;
    }
    const int64_t le = tirer_le(m, h);
    mots(a, "litige ouvrir");
    mot_commande(a, m, c);
    mots(a, "--contre 999999999/L1");
    option_instant(a, "le", le);
    a->attendu = ouvrir_litige(m, c, le);
}

void tirer_conclure(struct modele *m, struct alea *h, struct acte *a)
{
    int c = cible >= 0 ? cible : sous(h, m->n);
    for (int i = 0; i < m->n && !(m->commandes[c].litige.du && !m->commandes[c].litige.fin) && alea_chance(h, 900); i++)
        c = (c + 1) % m->n;
    const int64_t le = tirer_le(m, h);
    const bool ecartee = alea_chance(h, 300);
    mots(a, "litige conclure");
    mot_commande(a, m, c);
    mot(a, "%s", ecartee ? "ecartee" : "retenue");
    option_instant(a, "le", le);
    a->attendu = conclure_litige(m, c, le, ecartee);
}

void tirer_repliquer(struct modele *m, struct alea *h, struct acte *a)
{
    static const char *const repliques[REPLIQUES] = {"maintenir", "corriger", "retirer"};
    int c = cible >= 0 ? cible : sous(h, m->n);
    for (int i = 0; i < m->n && !(m->commandes[c].litige.du && !m->commandes[c].litige.fin) && alea_chance(h, 900); i++)
        c = (c + 1) % m->n;
    const int64_t le = tirer_le(m, h);
    const struct litige *l = &m->commandes[c].litige;
    enum replique quoi = alea_chance(h, 400) ? RETIRER : (enum replique)sous(h, RETIRER);
    if (l->n && alea_chance(h, 300))
        quoi = l->repliques[l->n - 1].quoi;
    mots(a, "litige repondre");
    mot_commande(a, m, c);
    mot(a, "%s", repliques[quoi]);
    option_instant(a, "le", le);
    a->attendu = repliquer(m, c, le, quoi);
}
