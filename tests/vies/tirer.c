/* Acts, drawn. Most go where the order stands; the others are drawn blind, and the model knows which are refused. */
#define _GNU_SOURCE
#include "vies.h"

#include <stdarg.h>
#include "noyau/memoire.h"

const char *const genre_noms[GENRES] = {
    "commande importer", "commande rectifier", "commande annuler", "avance demander", "lot emettre (avance)", "lot emettre (solde)", "lot deposer",
    "lot annuler", "retour saisir", "retour importer", "facture enregistrer", "va enregistrer", "solde demander", "encaissement enregistrer",
    "encaissement retirer", "virement enregistrer", "virement ventiler", "reversement ordonner", "reversement enregistrer", "litige ouvrir",
    "litige conclure", "litige repondre", "virement ventiler --proposition", "retour importer (XML)", "parametres calendrier"};
static const char *const statuts[STATUTS] = {"", "recue", "incomplete", "a_modifier", "validee", "decidee_et_payee", "rejetee"};

/* --- words --------------------------------------------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void mot(struct acte *a, const char *fmt, ...)
{
    struct buffer b = {0};
    char t[512];
    va_list ap;
    va_start(ap, fmt);
    const int n = vsnprintf(t, sizeof t, fmt, ap);
    va_end(ap);
    buffer_append(&b, t, (size_t)n);
    a->mots[a->n++] = memoire_strndup(b.bytes, b.len);
    a->mots[a->n] = NULL;
    buffer_free(&b);
}

/* Words separated by spaces. */
static void mots(struct acte *a, const char *phrase)
{
    while (*phrase != '\0') {
        const size_t n = strcspn(phrase, " ");
        mot(a, "%.*s", (int)n, phrase);
        phrase += n + (phrase[n] == ' ');
    }
}

static void option_montant(struct acte *a, const char *nom, int64_t centimes)
{
    char t[32];
    mot(a, "--%s", nom);
    mot(a, "%s", montant_texte(centimes, t));
}

static void option_instant(struct acte *a, const char *nom, int64_t le)
{
    char t[32];
    if (le == 0)
        return;
    mot(a, "--%s", nom);
    mot(a, "%s", instant_texte(le, t));
}

static void option_jour(struct acte *a, const char *nom, int jour)
{
    char t[32];
    mot(a, "--%s", nom);
    mot(a, "%s", jour_texte(jour, t));
}

void acte_vider(struct acte *a)
{
    for (int i = 0; i < a->n; i++)
        memoire_free(a->mots[i]);
    buffer_free(&a->fichier);
}

/* By its number, or by one that ASP gave. */
static void mot_commande(struct acte *a, const struct modele *m, int c)
{
    const struct commande *o = &m->commandes[c];
    int donnes = 0;
    for (int i = 0; i < o->n_choses; i++)
        donnes += o->choses[i].asp;
    for (int i = o->n_choses - 1; i >= 0 && (donnes + m->rang) % 3 == 0; i--)
        if (o->choses[i].asp) {
            mot(a, "SEG-%d%c", c, o->choses[i].v == AVANCE ? 'A' : 'S');
            return;
        }
    mot(a, "%s", o->numero);
}

static int cible = -1;  /* the order that the act was drawn for, when it was */
static bool aveugle;    /* any order, now: what its state refuses is refused for that alone */

/* --- draws --------------------------------------------------------------------------------------------------------------------- */

static int sous(struct alea *h, int n)
{
    return (int)alea_sous(h, (uint32_t)n);
}

/* When an act is said to have been done: mostly now, often some days ago, now and then in the future. */
static int64_t tirer_le(const struct modele *m, struct alea *h)
{
    switch (aveugle ? 25 : sous(h, 26)) {
    case 0: return m->maintenant + 86400 * (1 + sous(h, 4));
    case 1: return m->maintenant + 1 + sous(h, 3600);
    case 2: case 3: case 4: return m->maintenant - sous(h, 3 * 86400);
    case 5: return m->maintenant - sous(h, 60 * 86400);
    case 6: return m->maintenant;
    default: return 0;
    }
}

static int tirer_jour(const struct modele *m, struct alea *h)
{
    const int hui = jour_de(m->maintenant);
    switch (sous(h, 12)) {
    case 0: return hui + 1;
    case 1: return hui - sous(h, 60);
    case 2: case 3: case 4: return hui - sous(h, 5);
    default: return hui;
    }
}

/* One of the instants at which something happened to the order: the places where one second counts. */
static int64_t tirer_instant(const struct modele *m, const struct commande *c, struct alea *h)
{
    if (c->n_choses == 0 || alea_chance(h, 400))
        return m->maintenant - (alea_chance(h, 500) ? 0 : sous(h, 5 * 86400));
    const int64_t le = c->choses[sous(h, c->n_choses)].le;
    return (le ? le : m->maintenant) + (alea_chance(h, 500) ? 0 : sous(h, 3) - 1);
}


/* That one; or one whose state is one of those, most often; any, otherwise. */
static int choisir(const struct modele *m, struct alea *h, const char *etats)
{
    if (aveugle)
        return sous(h, m->n);
    if (cible >= 0 && alea_chance(h, 900))
        return cible;
    int bonnes[COMMANDES_MAX], n = 0;
    for (int c = 0; c < m->n; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        if (est(&r, etats))
            bonnes[n++] = c;
    }
    return n > 0 && alea_chance(h, 780) ? bonnes[sous(h, n)] : sous(h, m->n);
}

static int64_t tva_de(int64_t ht)
{
    return (ht * 20 + 50) / 100;
}

static int64_t tirer_ht(struct alea *h, int n)
{
    if (alea_chance(h, 300))
        return (int64_t)182500 * n;
    return alea_entre(h, 10000, 182500 * (uint32_t)n);
}

/* --- the order ------------------------------------------------------------------------------------------------------------------- */

static void feuille_commande(struct acte *a, const struct commande *c)
{
    char f[10], t[32], u[32], v[32], w[32];
    buffer_puts(&a->fichier, "numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;"
                             "signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece\n");
    for (int i = 0; i < c->n; i++)
        buffer_printf(&a->fichier, "%s;%s;%s;%s;S%d;1;non;oui;oui;Mme A;directrice;manuscrite;%s;20;%s;%s;bon.pdf\n", c->numero, finess_de(c->et[i], f),
                      jour_texte(c->jour, w), w, c->f + 1, montant_texte(c->ht, t), montant_texte(c->tva, u), montant_texte(c->ttc, v));
    a->nom_fichier = "commandes.csv";
    mots(a, "commande importer commandes.csv");
}

/* An ESSMS that the balance of an order does not keep: −1 when there is none. */
static int tirer_retire(const struct modele *m, struct alea *h)
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

static void tirer_commander(struct modele *m, struct alea *h, const struct gout *g, struct acte *a)
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
    a->attendu = commander(m, &c);
}

static void tirer_rectifier(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_annuler(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_litige(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_conclure(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_repliquer(struct modele *m, struct alea *h, struct acte *a)
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

/* --- requests and lots ---------------------------------------------------------------------------------------------------------------- */

static void tirer_avance(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "enregistree avance_incomplete avance_a_modifier avance_rejetee");
    const int64_t le = tirer_le(m, h);
    mots(a, "avance demander");
    mot_commande(a, m, c);
    option_instant(a, "le", le);
    a->attendu = demander_avance(m, c, le);
}

static void tirer_solde(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "a_solder solde_demande solde_a_modifier solde_rejete solde_incomplet");
    const struct commande *o = &m->commandes[c];
    bool sans[ESSMS_MAX] = {false};
    const int64_t le = tirer_le(m, h);
    char t[10], u[64] = "";
    mots(a, "solde demander");
    mot_commande(a, m, c);
    for (int i = 0; i < o->n; i++)
        if (alea_chance(h, 60)) {
            sans[i] = true;
            snprintf(u + strlen(u), sizeof u - strlen(u), "%s%s", *u ? "," : "", finess_de(o->et[i], t));
        }
    if (*u != '\0') {
        mot(a, "--sans");
        mot(a, "%s", u);
    }
    option_instant(a, "le", le);
    a->attendu = demander_solde(m, c, le, sans);
}

static void tirer_lot(struct modele *m, struct alea *h, struct acte *a, enum versement v)
{
    const int c = choisir(m, h, v == AVANCE ? "avance_demandee" : "solde_demande"), f = m->commandes[c].f;
    const int64_t le = tirer_le(m, h);
    mots(a, "lot emettre --fournisseur");
    mot(a, "%s", siren_de(f));
    mots(a, "--couloir MS1 --sortie lots --type");
    mot(a, "%s", v == AVANCE ? "avance" : "solde");
    option_instant(a, "le", le);
    a->attendu = emettre(m, f, v, le);
}

/* A lot that waits, mostly. */
static void tirer_du_lot(struct modele *m, struct alea *h, struct acte *a, bool annule)
{
    int f = sous(h, FOURNISSEURS), lot = 1 + sous(h, 4);
    const int debut = m->n_lots ? sous(h, m->n_lots) : 0;
    for (int k = 0; k < m->n_lots && alea_chance(h, 950); k++) {
        const struct lot *l = &m->lots[(debut + k) % m->n_lots];
        f = l->f;
        lot = l->numero;
        if (!l->depose_le && !l->annule_le)
            break;
    }
    int64_t le = tirer_le(m, h);
    for (int i = 0; i < m->n_lots; i++)
        if (m->lots[i].f == f && m->lots[i].numero == lot && alea_chance(h, 150))
            le = m->lots[i].le + sous(h, 3) - 1;
    mots(a, annule ? "lot annuler" : "lot deposer");
    mot(a, "%s/%d", siren_de(f), lot);
    if (annule)
        mots(a, "--motif illisible");
    option_instant(a, "le", le);
    a->attendu = annule ? annuler_lot(m, f, lot, le) : deposer(m, f, lot, le);
}

/* --- answers ----------------------------------------------------------------------------------------------------------------------------- */

static void tirer_reponse_de(const struct modele *m, struct alea *h, struct reponse *x)
{
    static const enum statut frequents[] = {PAYEE, PAYEE, PAYEE, PAYEE, VALIDEE, RECUE, A_MODIFIER, INCOMPLETE, REJETEE};
    const int c = choisir(m, h, "avance_deposee avance_recue avance_validee solde_depose solde_recu solde_valide");
    const struct commande *o = &m->commandes[c];
    const struct regard r = regarder(o, TOUJOURS);
    const struct demande *d = &r.d[r.d[SOLDE].premier_depot ? SOLDE : AVANCE];
    *x = (struct reponse){.commande = c, .statut = frequents[sous(h, 9)], .montant = -1, .versement = -1};
    const int64_t avant = (d == &r.d[SOLDE] ? cloture : fermeture) - m->maintenant;
    if (avant > 0 && avant < 3 * 86400 && alea_chance(h, 600)) /* sent back before the term: asked again after it, judged on its first deposit */
        x->statut = alea_chance(h, 500) ? A_MODIFIER : INCOMPLETE;
    x->le = alea_chance(h, 700) ? m->maintenant : tirer_instant(m, o, h);
    if (alea_chance(h, 30))
        x->le = m->maintenant + 3 * 86400;
    const int debut = o->n_choses && alea_chance(h, 150) ? 1 + sous(h, o->n_choses) : 0;
    for (int i = debut - 1; i >= 0; i--)
        if (o->choses[i].quoi == REPONDUE) { /* the same again, or almost */
            x->le = o->choses[i].le;
            x->montant = o->choses[i].montant;
            x->statut = alea_chance(h, 700) ? o->choses[i].statut : x->statut;
            return;
        }
    if (alea_chance(h, x->statut == PAYEE || x->statut == VALIDEE ? 250 : 30))
        x->montant = d->existe && d->montant > 1 ? d->montant + sous(h, 3) - 1 : 1 + sous(h, 100000);
    if (alea_chance(h, 80))
        x->version = 1 + sous(h, 3);
    if (alea_chance(h, 80))
        x->versement = sous(h, 2);
}

/* One order out of two has ASP's numbers. */
static void tirer_reponse(const struct modele *m, struct alea *h, struct reponse *x)
{
    tirer_reponse_de(m, h, x);
    x->asp = x->commande % 2 == 0;
}

static void tirer_saisir(struct modele *m, struct alea *h, struct acte *a)
{
    struct reponse x;
    tirer_reponse(m, h, &x);
    mots(a, "retour saisir");
    mot_commande(a, m, x.commande);
    mot(a, "--statut");
    mot(a, "%s", statuts[x.statut]);
    option_instant(a, "le", x.le);
    if (x.montant >= 0)
        option_montant(a, "montant", x.montant);
    if (x.asp) {
        mot(a, "--numero-asp");
        mot(a, "SEG-%d%c", x.commande, versement_vise(m, &x) == AVANCE ? 'A' : 'S');
    }
    if (x.version) {
        mot(a, "--version");
        mot(a, "%d", x.version);
    }
    if (x.versement >= 0) {
        mot(a, "--paiement");
        mot(a, "%s", x.versement == AVANCE ? "avance" : "solde");
    }
    if (x.le > m->maintenant && jour_de(x.le) == jour_de(m->maintenant))
        x.le = m->maintenant;
    a->attendu = repondre(m, &x, 1, true);
}

static void tirer_importer(struct modele *m, struct alea *h, struct acte *a)
{
    struct reponse t[3];
    const int n = alea_chance(h, 550) ? 1 : 2 + sous(h, 2);
    char u[32];
    buffer_puts(&a->fichier, "commande;statut;date;montant;paiement;version;numero_asp\n");
    for (int i = 0; i < n; i++) {
        tirer_reponse(m, h, &t[i]);
        for (int k = 0; k < i; k++) /* one row for an order: two at one instant have no order of their own */
            if (t[k].commande == t[i].commande && t[i].le == t[k].le)
                t[i].le--;
        if (alea_chance(h, 30))
            t[i].commande = -1;
        buffer_printf(&a->fichier, "%s;%s;%s;", t[i].commande < 0 ? "INCONNUE" : m->commandes[t[i].commande].numero, statuts[t[i].statut],
                      instant_texte(t[i].le, u));
        buffer_puts(&a->fichier, t[i].montant >= 0 ? montant_texte(t[i].montant, u) : "");
        buffer_puts(&a->fichier, t[i].versement < 0 ? ";" : t[i].versement == AVANCE ? ";avance" : ";solde");
        buffer_puts(&a->fichier, ";");
        if (t[i].version)
            buffer_printf(&a->fichier, "%d", t[i].version);
        buffer_puts(&a->fichier, ";");
        if (t[i].asp && t[i].commande >= 0)
            buffer_printf(&a->fichier, "SEG-%d%c", t[i].commande, versement_vise(m, &t[i]) == AVANCE ? 'A' : 'S');
        buffer_putc(&a->fichier, '\n');
    }
    a->nom_fichier = "retour.csv";
    mots(a, "retour importer retour.csv");
    a->attendu = repondre(m, t, n, false);
}

/* What ASP's file says of one request of the lot: of the version that is in it. */
static void reponse_xml(struct acte *a, const struct modele *m, const struct reponse *x)
{
    char t[32];
    buffer_printf(&a->fichier, "<reponse><demande>%d</demande><version>%d</version>", x->demande, x->version);
    if (x->asp)
        buffer_printf(&a->fichier, "<numeroAsp>SEG-%d%c</numeroAsp>", x->commande, versement_vise(m, x) == AVANCE ? 'A' : 'S');
    buffer_printf(&a->fichier, "<statut>%s</statut><instant>%s</instant>", statuts[x->statut], instant_texte(x->le, t));
    if (x->montant >= 0)
        buffer_printf(&a->fichier, "<montant>%lld.%02lld</montant>", (long long)x->montant / 100, (long long)x->montant % 100);
    buffer_puts(&a->fichier, "</reponse>\n");
}

/* A file of ASP for a lot, with the hash of its archive: right most often. */
static void tirer_xml(struct modele *m, struct alea *h, struct acte *a)
{
    const bool autre = alea_chance(h, 100);
    const struct lot *l = NULL;
    struct reponse t[COMMANDES_MAX];
    int n = 0;
    char u[32];
    for (int k = 0, debut = m->n_lots ? sous(h, m->n_lots) : 0; k < m->n_lots; k++) {
        const struct lot *x = &m->lots[(debut + k) % m->n_lots];
        l = x;
        if (x->depose_le && alea_chance(h, 700))
            break;
    }
    mots(a, "retour importer retour.xml");
    a->nom_fichier = "retour.xml";
    if (l == NULL) {
        buffer_puts(&a->fichier, "<retour xmlns=\"urn:sons:retour-asp:1\"/>\n");
        a->attendu = REFUS;
        return;
    }
    for (int i = 0; i < l->n; i++) {
        if (n > 0 && alea_chance(h, 500))
            continue;
        cible = l->commandes[i];
        tirer_reponse(m, h, &t[n]);
        t[n].commande = l->commandes[i];
        t[n].asp = t[n].commande % 2 == 0;
        t[n].demande = l->demandes[i];
        t[n].version = l->versions[i];
        t[n++].versement = -1;
    }
    a->lot_f = l->f;
    a->lot_numero = l->numero;
    buffer_printf(&a->fichier, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<retour xmlns=\"urn:sons:retour-asp:1\" version=\"1\" fictif=\"true\"><entete>"
                  "<numero>RET-%lld</numero><instant>%s</instant><lot><fournisseur>%s</fournisseur><numero>%d</numero><empreinte>%s</empreinte></lot>"
                  "<nombreReponses>%d</nombreReponses></entete>\n", (long long)m->maintenant, instant_texte(m->maintenant, u), siren_de(l->f), l->numero,
                  autre ? "00000000000000000000000000000000000000000000000000000000000000ff" : "EMPREINTE", n);
    for (int i = 0; i < n; i++)
        reponse_xml(a, m, &t[i]);
    buffer_puts(&a->fichier, "</retour>\n");
    a->attendu = autre || !l->depose_le ? REFUS : repondre(m, t, n, false);
}

/* --- documents ----------------------------------------------------------------------------------------------------------------------------- */

/* What the VA attests of the order, mostly; any part of it; less than the advance; too much; the amount of one payment. */
static void tirer_total(const struct commande *c, struct alea *h, int64_t *ht, int64_t *tva)
{
    const struct attestation *va = c->n_vas && alea_chance(h, 850) ? &c->vas[c->n_vas - 1] : NULL;
    const int gardes = 1 + sous(h, c->n), quoi = sous(h, 14);
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

static void tirer_facturer(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_attester(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "avance_payee facturee solde_demande solde_a_modifier solde_rejete");
    const struct commande *o = &m->commandes[c];
    const struct attestation *d = o->n_vas ? &o->vas[o->n_vas - 1] : NULL;
    struct attestation va = {.le = alea_chance(h, 30) ? m->maintenant + 2 * 86400 : tirer_instant(m, o, h)};
    const int sauf = sous(h, 20); /* none, one, some, all of them not attested */
    char t[32], f[10];
    if (va.le < minuit_de(o->jour) || alea_chance(h, 300))
        va.le = alea_chance(h, 60) ? minuit_de(o->jour) - 1 : m->maintenant - sous(h, 86400);
    for (int i = 0; i < o->n; i++)
        va.atteste[i] = sauf < 9 || (sauf < 14 ? i != 0 : sauf < 19 ? alea_chance(h, 600) : false);
    if (d != NULL && alea_chance(h, 150))
        va = *d;
    buffer_puts(&a->fichier, "commande;date_signature;signataire;qualite_signataire;mode_signature;bon_fonctionnement;piece;finess_et;atteste;deploye;"
                             "tbb_livre;tbb;dossiers_actifs;avec_projet;avec_evenement\n");
    for (int i = 0; i < o->n; i++)
        buffer_printf(&a->fichier, "%s;%s;Anne Exemple;directrice;eidas;oui;va.pdf;%s;%s\n", o->numero, instant_texte(va.le, t), finess_de(o->et[i], f),
                      va.atteste[i] ? "oui;oui;oui;tous;12;9;0" : "non;non;non;;;;");
    a->nom_fichier = "va.csv";
    mots(a, "va enregistrer --fichier va.csv");
    a->attendu = attester(m, c, va.le, va.atteste);
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

static void tirer_encaisser(struct modele *m, struct alea *h, struct acte *a)
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
    mots(a, "encaissement enregistrer --commande");
    mot_commande(a, m, c);
    mots(a, v == AVANCE ? "--paiement avance" : "--paiement solde");
    option_montant(a, "montant", montant);
    option_jour(a, "date", jour);
    mot(a, "--reference");
    mot(a, "R%d", reference);
    a->attendu = encaisser(m, c, v, montant, jour, reference);
}

static void tirer_retirer(struct modele *m, struct alea *h, struct acte *a)
{
    const int e = m->n_encaissements && alea_chance(h, 900) ? sous(h, m->n_encaissements) : -1;
    mots(a, "encaissement retirer");
    mot(a, "%lld", e < 0 ? 1LL : (long long)m->encaissements[e].entree);
    mots(a, "--motif erreur");
    a->attendu = retirer(m, e);
}

static void tirer_virer(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_ventiler(struct modele *m, struct alea *h, struct acte *a)
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
    for (int i = 0; i < n; i++)
        mot_commande(a, m, t[i]);
    a->attendu = ventiler(m, v, t, n);
}

static void tirer_proposition(struct modele *m, struct alea *h, struct acte *a)
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

static void tirer_calendrier(struct modele *m, struct alea *h, struct acte *a)
{
    const bool proroge = alea_chance(h, 850) ? !m->proroge : m->proroge;
    mots(a, "parametres calendrier");
    if (alea_chance(h, 150)) {
        mot(a, "perpetuel");
        a->attendu = USAGE;
        return;
    }
    mot(a, proroge ? "proroge" : "initial");
    a->attendu = choisir_calendrier(m, proroge);
}

static void tirer_verser(struct modele *m, struct alea *h, struct acte *a, enum quoi quoi)
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

/* --- which --------------------------------------------------------------------------------------------------------------------------------------- */

/* The order that went the farthest of those whose life goes on: lives go to their end. */
static int plus_loin(const struct modele *m)
{
    int loin = 0, pas = -1;
    for (int c = 0; c < m->n; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        const int ici = !en_vigueur(&r) || est(&r, "close reversee") ? 0 : 1 + m->commandes[c].n_choses + 100 * (r.d[AVANCE].statut == PAYEE) + 100 * r.d[SOLDE].existe;
        if (ici > pas && m->commandes[c].n_choses < CHOSES_MAX / 2) {
            pas = ici;
            loin = c;
        }
    }
    return loin;
}

/* What an order in that state waits for. */
static enum genre suite(const struct modele *m, struct alea *h)
{
    static const struct {
        const char *etats;
        enum genre genres[4];
    } suites[] = {
        {"enregistree", {G_AVANCE, G_AVANCE, G_AVANCE, G_AVANCE}},
        {"avance_incomplete avance_a_modifier avance_rejetee", {G_AVANCE, G_RECTIFIER, G_AVANCE, G_SAISIR}},
        {"avance_demandee", {G_LOT_AVANCE, G_LOT_AVANCE, G_LOT_AVANCE, G_RECTIFIER}},
        {"avance_emise solde_emis", {G_DEPOSER, G_DEPOSER, G_DEPOSER, G_ANNULER_LOT}},
        {"avance_deposee avance_recue avance_validee solde_depose solde_recu solde_valide", {G_SAISIR, G_SAISIR, G_XML, G_IMPORTER}},
        {"avance_payee", {G_FACTURER, G_ATTESTER, G_ATTESTER, G_VIRER}},
        {"facturee", {G_ATTESTER, G_ATTESTER, G_ENCAISSER, G_VENTILER}},
        {"attestee", {G_FACTURER, G_FACTURER, G_FACTURER, G_ENCAISSER}},
        {"a_solder", {G_SOLDE, G_SOLDE, G_SOLDE, G_ENCAISSER}},
        {"solde_incomplet solde_a_modifier solde_rejete", {G_SOLDE, G_FACTURER, G_ATTESTER, G_SOLDE}},
        {"solde_demande", {G_LOT_SOLDE, G_LOT_SOLDE, G_FACTURER, G_SOLDE}},
        {"solde_paye", {G_ENCAISSER, G_VIRER, G_VENTILER, G_PROPOSITION}},
        {"close", {G_COMMANDER, G_RETIRER, G_ORDONNER, G_RETIRER}},
        {"annulee_avance_payee", {G_ORDONNER, G_ORDONNER, G_ORDONNER, G_REVERSER}},
        {"a_reverser annulee_a_reverser", {G_REVERSER, G_REVERSER, G_REVERSER, G_REVERSER}},
    };
    int c = alea_chance(h, 550) ? plus_loin(m) : sous(h, m->n);
    struct regard r = regarder(&m->commandes[c], TOUJOURS);
    if (est(&r, "annulee annulee_reversee reversee") && alea_chance(h, 800)) { /* nothing more happens to it */
        c = plus_loin(m);
        r = regarder(&m->commandes[c], TOUJOURS);
        if (!en_vigueur(&r) && m->n < COMMANDES_MAX)
            return G_COMMANDER;
    }
    const bool bloquee = prise(m, c, m->maintenant) || (est(&r, "avance_demandee") && !r.d[AVANCE].premier_depot && m->maintenant > fermeture) ||
                         (est(&r, "solde_demande") && !r.d[SOLDE].premier_depot && m->maintenant > cloture);
    cible = c;
    if (strcmp(r.etat, r.vie) == 0 && en_vigueur(&r) && !m->commandes[c].litige.du && alea_chance(h, 40))
        return G_LITIGE;
    if (strcmp(r.etat, "en_litige") == 0 && alea_chance(h, 700))
        return alea_chance(h, 500) ? G_CONCLURE : G_REPLIQUER;
    if (bloquee && alea_chance(h, 350)) /* it goes nowhere */
        return G_ANNULER;
    /* Money taken back is asked again, and counted. */
    if (r.d[AVANCE].statut == PAYEE && r.encaisse[AVANCE] + r.encaisse[SOLDE] > 0 && alea_chance(h, 120))
        return G_RETIRER;
    if (r.d[AVANCE].statut == PAYEE && r.encaisse[AVANCE] != r.d[AVANCE].paye && alea_chance(h, 150))
        return m->n_virements && alea_chance(h, 500) ? (alea_chance(h, 500) ? G_PROPOSITION : G_VENTILER) : alea_chance(h, 500) ? G_VIRER : G_ENCAISSER;
    if (r.solde >= 0 && tirer_retire(m, h) >= 0 && alea_chance(h, 150))
        return G_COMMANDER;
    if (r.d[AVANCE].statut == PAYEE && alea_chance(h, 90))
        return alea_chance(h, 400) ? G_ANNULER : G_ORDONNER;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        if (est(&r, suites[i].etats))
            return suites[i].genres[sous(h, 4)];
    cible = -1;
    return (enum genre)sous(h, GENRES);
}

void acte_tirer(struct modele *m, struct alea *h, const struct gout *g, struct acte *a)
{
    static const enum genre aveugles[] = {G_RECTIFIER, G_ANNULER, G_AVANCE, G_FACTURER, G_ATTESTER, G_SOLDE, G_ORDONNER, G_REVERSER};
    *a = (struct acte){.genre = G_COMMANDER};
    const int rang = m->rang;
    cible = -1;
    aveugle = m->n > 0 && alea_chance(h, 120);
    mot(a, "sons");
    if (m->n >= 1 && (m->n >= g->commandes || alea_chance(h, 700 + 100 * (uint32_t)(m->n > 1))))
        a->genre = aveugle ? aveugles[sous(h, (int)(sizeof aveugles / sizeof *aveugles))] : alea_chance(h, g->sage) ? suite(m, h) : (enum genre)sous(h, GENRES);
    if (m->n >= 1 && alea_chance(h, 15))
        a->genre = G_CALENDRIER;
    switch (a->genre) {
    case G_COMMANDER: tirer_commander(m, h, g, a); break;
    case G_RECTIFIER: tirer_rectifier(m, h, a); break;
    case G_ANNULER: tirer_annuler(m, h, a); break;
    case G_AVANCE: tirer_avance(m, h, a); break;
    case G_LOT_AVANCE: tirer_lot(m, h, a, AVANCE); break;
    case G_LOT_SOLDE: tirer_lot(m, h, a, SOLDE); break;
    case G_DEPOSER: tirer_du_lot(m, h, a, false); break;
    case G_ANNULER_LOT: tirer_du_lot(m, h, a, true); break;
    case G_SAISIR: tirer_saisir(m, h, a); break;
    case G_IMPORTER: tirer_importer(m, h, a); break;
    case G_FACTURER: tirer_facturer(m, h, a); break;
    case G_ATTESTER: tirer_attester(m, h, a); break;
    case G_SOLDE: tirer_solde(m, h, a); break;
    case G_ENCAISSER: tirer_encaisser(m, h, a); break;
    case G_RETIRER: tirer_retirer(m, h, a); break;
    case G_VIRER: tirer_virer(m, h, a); break;
    case G_VENTILER: tirer_ventiler(m, h, a); break;
    case G_ORDONNER: tirer_verser(m, h, a, ORDONNEE); break;
    case G_REVERSER: tirer_verser(m, h, a, REVERSEE); break;
    case G_LITIGE: tirer_litige(m, h, a); break;
    case G_CONCLURE: tirer_conclure(m, h, a); break;
    case G_REPLIQUER: tirer_repliquer(m, h, a); break;
    case G_PROPOSITION: tirer_proposition(m, h, a); break;
    case G_XML: tirer_xml(m, h, a); break;
    case G_CALENDRIER: tirer_calendrier(m, h, a); break;
    case GENRES: break;
    }
    a->change = m->rang != rang;
}
