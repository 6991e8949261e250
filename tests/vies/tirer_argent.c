/* Invoices, VA, money that comes and goes; the calendar. */
#define _GNU_SOURCE
#include "tirer.h"

/* --- documents ----------------------------------------------------------------------------------------------------------------------------- */

/* What the VA attests of the order, mostly; any part of it; less than the advance; too much; the amount of one payment. */
static void tirer_total(const struct commande *c, struct alea *h, int64_t *ht, int64_t *tva)
{
    const struct attestation *va = c->n_vas && alea_chance(h, 850) ? &c->vas[c->n_vas - 1] : NULL;
    const int gardes = 1 + sous(h, c->n), quoi = sous(h, calme ? 80 : 26);
    int64_t ttc = 0;
    for (int i = 0; i < c->n; i++)
        if (quoi == 0 ? i < gardes : va == NULL || va->atteste[i])
            ttc += part_ttc(c, i);
    if (quoi == 1)
        ttc = 1 + sous(h, (int)(c->ttc / 3));
    else if (quoi == 2)
        ttc = c->ttc + 1 + sous(h, 5000);
    else if (quoi == 3)
        ttc = alea_chance(h, 500) ? trente_pour_cent(c->ttc) : c->ttc - trente_pour_cent(c->ttc);
    else if (quoi == 4)
        ttc++;
    *ht = ttc == c->ttc ? c->ht : (ttc * 100 + 60) / 120;
    *tva = ttc - *ht;
}

void tirer_facturer(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "avance_payee attestee solde_demande solde_a_modifier solde_rejete");
    const struct commande *o = &m->commandes[c];
    const struct facture *d = o->n_factures ? &o->factures[o->n_factures - 1] : NULL;
    int jour = alea_chance(h, 50) ? o->jour - 1 : tirer_jour(m, h), numero = 1 + sous(h, 9);
    char f[10];
    int64_t ht, tva;
    tirer_total(o, h, &ht, &tva);
    if (d != NULL && alea_chance(h, 150)) {
        jour = d->jour;
        numero = d->numero;
        ht = d->ht;
        tva = d->tva;
    }
    mots(a, "facture enregistrer");
    mot_commande(a, m, c);
    mot(a, "--numero-facture");
    mot(a, "F%d", numero);
    option_jour(a, "date-facture", jour);
    option_montant(a, "montant-ht", ht);
    option_montant(a, "montant-tva", tva);
    option_montant(a, "montant-ttc", ht + tva);
    mots(a, "--taux-tva 20 --mention-segur oui --piece facture.pdf --client");
    snprintf(f, sizeof f, "01000001");
    mot(a, "%s%c", f, luhn_cle(f, 8));
    mot(a, "--nom");
    mot(a, "A. Exemple");
    a->attendu = facturer(m, c, numero, jour, ht, tva);
}

void tirer_attester(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "avance_payee facturee solde_demande solde_a_modifier solde_rejete");
    const struct commande *o = &m->commandes[c];
    const struct attestation *d = o->n_vas ? &o->vas[o->n_vas - 1] : NULL;
    struct attestation va = {.le = alea_chance(h, 30) ? m->maintenant + 2 * 86400 : tirer_instant(m, o, h)};
    const int sauf = sous(h, calme ? 11 : 20); /* none, one, some, all of them not attested */
    char t[32], f[10];
    if (va.le < minuit_de(o->jour) || alea_chance(h, 300))
        va.le = alea_chance(h, 60) ? minuit_de(o->jour) - 1 : m->maintenant - sous(h, 86400);
    for (int i = 0; i < o->n; i++)
        va.atteste[i] = sauf < 9 || (sauf < 14 ? i != 0 : sauf < 19 ? alea_chance(h, 600) : false);
    const bool proche = m->maintenant > DEBUT_MSS - 30 * 86400;
    va.mss = alea_chance(h, proche ? 850 : 60) ? 1 + sous(h, 2) : 0;
    if (d != NULL && alea_chance(h, 150))
        va = *d;
    buffer_puts(&a->fichier, "commande;date_signature;signataire;qualite_signataire;mode_signature;bon_fonctionnement;piece;finess_et;atteste;deploye;"
                             "tbb_livre;tbb;dossiers_actifs;avec_projet;avec_evenement;mss\n");
    for (int i = 0; i < o->n; i++)
        buffer_printf(&a->fichier, "%s;%s;Anne Exemple;directrice;eidas;oui;va.pdf;%s;%s;%.*s\n", o->numero, instant_texte(va.le, t), finess_de(o->et[i], f),
                      va.atteste[i] ? "oui;oui;oui;tous;12;9;0" : "non;non;non;;;;", va.mss != 0, va.mss == 1 ? "1" : "2");
    a->nom_fichier = "va.csv";
    mots(a, "va enregistrer --fichier va.csv");
    a->attendu = attester(m, c, va.le, va.mss, va.atteste);
}

/* --- money ----------------------------------------------------------------------------------------------------------------------------------- */

/* What is due, a cent less, a cent more, something else; the same again. */
static int64_t tirer_somme(struct alea *h, int64_t du)
{
    if (du <= 1 || alea_chance(h, 150))
        return 1 + sous(h, 200000);
    switch (sous(h, 8)) {
    case 0: return du - 1;
    case 1: return du + 1;
    case 2: return 1 + sous(h, (int)du);
    default: return du;
    }
}

void tirer_encaisser(struct modele *m, struct alea *h, struct acte *a)
{
    int c = choisir(m, h, "avance_payee facturee attestee a_solder solde_paye");
    enum versement v = reste_du(m, c, AVANCE) > 0 && alea_chance(h, 800) ? AVANCE : alea_chance(h, 700) ? SOLDE : AVANCE;
    int64_t montant = tirer_somme(h, reste_du(m, c, v));
    int jour = tirer_jour(m, h), reference = sous(h, 3);
    if (m->n_encaissements && alea_chance(h, 120)) { /* twice */
        const struct encaissement *e = &m->encaissements[sous(h, m->n_encaissements)];
        c = e->commande;
        v = e->v;
        montant = e->montant;
        jour = e->jour;
        reference = e->reference + (alea_chance(h, 500) ? 0 : 1);
    }
    enum versement nomme = v;
    mots(a, "encaissement enregistrer --commande");
    const bool demande = mot_demande(a, m, c, &nomme) != 0;
    if (demande && alea_chance(h, 700)) /* the number of a request says its payment */
        v = nomme;
    if (!demande || v != nomme || alea_chance(h, 500))
        mots(a, v == AVANCE ? "--paiement avance" : "--paiement solde");
    option_montant(a, "montant", montant);
    option_jour(a, "date", jour);
    mot(a, "--reference");
    mot(a, "R%d", reference);
    a->attendu = v != nomme ? REFUS : encaisser(m, c, v, montant, jour, reference);
}

void tirer_retirer(struct modele *m, struct alea *h, struct acte *a)
{
    const int e = m->n_encaissements && alea_chance(h, 900) ? sous(h, m->n_encaissements) : -1;
    mots(a, "encaissement retirer");
    mot(a, "%lld", e < 0 ? 1LL : (long long)m->encaissements[e].entree);
    mots(a, "--motif erreur");
    a->attendu = retirer(m, e);
}

void tirer_retirer_somme(struct modele *m, struct alea *h, struct acte *a)
{
    int s = m->n_sommes && alea_chance(h, 900) ? sous(h, m->n_sommes) : -1;
    for (int i = 0; cible >= 0 && i < m->n_sommes; i++)
        if (m->sommes[i].commande == cible && alea_chance(h, 700))
            s = i;
    mots(a, "reversement retirer");
    mot(a, "%lld", s < 0 ? 1LL : (long long)m->sommes[s].entree);
    mots(a, "--motif erreur");
    a->attendu = retirer_somme(m, s);
}

void tirer_virer(struct modele *m, struct alea *h, struct acte *a)
{
    int f = sous(h, FOURNISSEURS), jour = tirer_jour(m, h), reference = 10 + sous(h, 5);
    int64_t du = 0;
    for (int c = 0; c < m->n && alea_chance(h, 900); c++)
        if (reste_du(m, c, AVANCE) > 0 || reste_du(m, c, SOLDE) > 0)
            f = m->commandes[c].f;
    for (int c = 0; c < m->n; c++)
        for (int v = AVANCE; v <= SOLDE; v++)
            if (m->commandes[c].f == f && reste_du(m, c, (enum versement)v) > 0 && (du == 0 || alea_chance(h, 500)))
                du += reste_du(m, c, (enum versement)v);
    int64_t montant = tirer_somme(h, du);
    if (m->n_virements && alea_chance(h, 100)) {
        const struct virement *v = &m->virements[sous(h, m->n_virements)];
        f = v->f;
        jour = v->jour;
        montant = v->montant;
        reference = v->reference;
    }
    mots(a, "virement enregistrer --fournisseur");
    mot(a, "%s", siren_de(f));
    option_montant(a, "montant", montant);
    option_jour(a, "date", jour);
    mot(a, "--reference");
    mot(a, "R%d", reference);
    a->attendu = virer(m, f, montant, jour, reference);
}

void tirer_retirer_virement(struct modele *m, struct alea *h, struct acte *a)
{
    int v = m->n_virements && alea_chance(h, 900) ? sous(h, m->n_virements) : -1;
    for (int k = 0; v >= 0 && k < m->n_virements && reste_virement(m, v) != m->virements[v].montant && alea_chance(h, 600); k++)
        v = (v + 1) % m->n_virements;
    mots(a, "virement retirer");
    mot(a, "%lld", v < 0 ? 1LL : (long long)m->virements[v].entree);
    mots(a, "--motif erreur");
    a->attendu = retirer_virement(m, v);
}

/* An order or one request of it, for what it waits for or for an amount; true: its number says one payment, what follows it another. */
static bool tirer_part(const struct modele *m, struct alea *h, struct acte *a, int c, struct nommee *x)
{
    const int64_t du = reste_du(m, c, AVANCE) > 0 ? reste_du(m, c, AVANCE) : reste_du(m, c, SOLDE);
    enum versement v = AVANCE;
    char t[32];
    *x = (struct nommee){.commande = c, .v = -1, .montant = -1};
    x->numero = mot_demande(a, m, c, &v);
    if (x->numero != 0)
        x->v = (int)v;
    struct buffer b = {0};
    bool autre = false;
    if (alea_chance(h, 150)) {
        const enum versement dit = (enum versement)sous(h, 2);
        autre = x->numero != 0 && dit != v;
        x->v = (int)dit;
        buffer_puts(&b, dit == AVANCE ? ":avance" : ":solde");
    }
    if (alea_chance(h, 250)) {
        x->montant = tirer_somme(h, du);
        buffer_printf(&b, "=%s", montant_texte(x->montant, t));
    }
    if (b.len > 0)
        mot_allonger(a, b.bytes);
    buffer_free(&b);
    return autre;
}

void tirer_ventiler(struct modele *m, struct alea *h, struct acte *a)
{
    if (m->n_virements == 0) {
        mots(a, "virement ventiler 1 --proposition 1");
        a->attendu = REFUS;
        return;
    }
    const int debut = sous(h, m->n);
    int v = sous(h, m->n_virements), t[2], n = 0;
    for (int k = 0; k < m->n_virements && reste_virement(m, v) <= 1 && alea_chance(h, 900); k++)
        v = (v + 1) % m->n_virements;
    for (int k = 0; k < m->n && n < 2; k++) {
        const int c = (debut + k) % m->n;
        const bool du = m->commandes[c].f == m->virements[v].f && (reste_du(m, c, AVANCE) > 0 || reste_du(m, c, SOLDE) > 0);
        const bool trop = reste_du(m, c, AVANCE) > reste_virement(m, v) || reste_du(m, c, SOLDE) > reste_virement(m, v);
        if (du && (!trop || alea_chance(h, 100)) && (n == 0 || alea_chance(h, 300)))
            t[n++] = c;
    }
    if (n == 0 || alea_chance(h, 60))
        t[n == 0 ? n++ : n - 1] = debut;
    if (n == 2 && t[0] == t[1])
        n = 1;
    mots(a, "virement ventiler");
    mot(a, "%lld", (long long)m->virements[v].entree);
    struct nommee parts[2];
    bool contredite = false;
    for (int i = 0; i < n; i++)
        contredite = tirer_part(m, h, a, t[i], &parts[i]) || contredite;
    a->attendu = contredite ? REFUS : ventiler(m, v, parts, n);
}

void tirer_proposition(struct modele *m, struct alea *h, struct acte *a)
{
    struct part parts[2 * COMMANDES_MAX];
    const int debut = m->n_virements ? sous(h, m->n_virements) : 0;
    int w = -1, n = 0, dit = -1;
    for (int k = 0; k < m->n_virements && dit != 1; k++) {
        const int autre = (debut + k) % m->n_virements, d = proposer(m, autre, parts, &n);
        if (d >= 0 && (w < 0 || d == 1)) {
            w = autre;
            dit = d;
        }
    }
    mots(a, "virement ventiler");
    mot(a, "%lld", w < 0 ? 1LL : (long long)m->virements[w].entree); /* the first entry is no transfer */
    mots(a, "--proposition 1");
    a->attendu = dit == 1 ? ventiler_parts(m, w, parts, n) : REFUS;
}

void tirer_calendrier(struct modele *m, struct alea *h, struct acte *a)
{
    const bool proroge = alea_chance(h, m->proroge && m->maintenant > DEBUT_MSS - 30 * 86400 ? 300 : 850) ? !m->proroge : m->proroge;
    mots(a, "parametres calendrier");
    if (alea_chance(h, 150)) {
        mot(a, "perpetuel");
        a->attendu = USAGE;
        return;
    }
    mot(a, proroge ? "proroge" : "initial");
    a->attendu = choisir_calendrier(m, proroge);
}

void tirer_verser(struct modele *m, struct alea *h, struct acte *a, enum quoi quoi)
{
    int c = choisir(m, h, quoi == ORDONNEE ? "annulee_avance_payee" : "a_reverser annulee_a_reverser");
    const struct regard r = regarder(&m->commandes[c], TOUJOURS);
    const int64_t du = quoi == ORDONNEE ? r.d[AVANCE].paye : r.a_reverser - r.reverse;
    int64_t montant = tirer_somme(h, du);
    int jour = tirer_jour(m, h), reference = sous(h, 3);
    if (quoi == ORDONNEE && du > 1 && !r.annulee_le && alea_chance(h, 600)) /* of a part; of what came twice */
        montant = r.encaisse[AVANCE] > du && alea_chance(h, 500) ? r.encaisse[AVANCE] - du : 1 + sous(h, (int)du - 1);
    for (int i = 0; i < m->n_sommes; i++)
        if (m->sommes[i].quoi == quoi && alea_chance(h, 60)) {
            c = m->sommes[i].commande;
            montant = m->sommes[i].montant;
            jour = m->sommes[i].jour;
            reference = m->sommes[i].reference;
        }
    mots(a, quoi == ORDONNEE ? "reversement ordonner" : "reversement enregistrer");
    mot_commande(a, m, c);
    option_montant(a, "montant", montant);
    option_jour(a, "date", jour);
    mot(a, "--reference");
    mot(a, "R%d", reference);
    a->attendu = verser(m, quoi, c, montant, jour, reference);
}
