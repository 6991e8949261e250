/* Requests, their lots, ASP's answers. */
#define _GNU_SOURCE
#include "tirer.h"

static const char *const statuts[STATUTS] = {"", "recue", "incomplete", "a_modifier", "validee", "decidee_et_payee", "rejetee"};

/* --- requests and lots ---------------------------------------------------------------------------------------------------------------- */

void tirer_avance(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "enregistree avance_incomplete avance_a_modifier avance_rejetee");
    const int64_t le = tirer_le(m, h);
    mots(a, "avance demander");
    mot_commande(a, m, c);
    option_instant(a, "le", le);
    a->attendu = demander_avance(m, c, le);
}

void tirer_solde(struct modele *m, struct alea *h, struct acte *a)
{
    const int c = choisir(m, h, "a_solder solde_demande solde_a_modifier solde_rejete solde_incomplet");
    const struct commande *o = &m->commandes[c];
    bool sans[ESSMS_MAX] = {false}, avec[ESSMS_MAX] = {false};
    const int64_t le = tirer_le(m, h);
    char t[10], u[64] = "", w[64] = "";
    mots(a, "solde demander");
    mot_commande(a, m, c);
    for (int i = 0; i < o->n; i++)
        if (alea_chance(h, 60)) {
            sans[i] = true;
            snprintf(u + strlen(u), sizeof u - strlen(u), "%s%s", *u ? "," : "", finess_de(o->et[i], t));
        } else if (o->n_soldes > 0 && o->soldes[o->n_soldes - 1].retire[i] && alea_chance(h, 500)) {
            avec[i] = true;
            snprintf(w + strlen(w), sizeof w - strlen(w), "%s%s", *w ? "," : "", finess_de(o->et[i], t));
        }
    if (*u != '\0') {
        mot(a, "--sans");
        mot(a, "%s", u);
    }
    if (*w != '\0') {
        mot(a, "--avec");
        mot(a, "%s", w);
    }
    const int mss = alea_chance(h, m->maintenant > DEBUT_MSS - 30 * 86400 ? 250 : 40) ? 1 + sous(h, 2) : 0;
    if (mss != 0) {
        mot(a, "--mss");
        mot(a, "%d", mss);
    }
    option_instant(a, "le", le);
    a->attendu = demander_solde(m, c, le, mss, sans, avec);
}

void tirer_lot(struct modele *m, struct alea *h, struct acte *a, enum versement v)
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
void tirer_du_lot(struct modele *m, struct alea *h, struct acte *a, bool annule)
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
    const bool strict = !annule && alea_chance(h, m->maintenant > DEBUT_MSS - 86400 || le > fermeture ? 400 : 150);
    if (annule)
        mots(a, "--motif illisible");
    if (strict)
        mot(a, "--strict");
    option_instant(a, "le", le);
    a->attendu = annule ? annuler_lot(m, f, lot, le) : deposer(m, f, lot, le, strict);
}

/* A lot deposited, mostly: somewhat before or after what was recorded. */
void tirer_rectifier_depot(struct modele *m, struct alea *h, struct acte *a)
{
    int f = sous(h, FOURNISSEURS), lot = 1 + sous(h, 4);
    int64_t le = tirer_le(m, h);
    const int debut = m->n_lots ? sous(h, m->n_lots) : 0;
    for (int k = 0; k < m->n_lots && alea_chance(h, 950); k++) {
        const struct lot *l = &m->lots[(debut + k) % m->n_lots];
        f = l->f;
        lot = l->numero;
        if (l->depose_le && alea_chance(h, 800))
            le = alea_chance(h, 100) ? l->depose_le : alea_chance(h, 700) ? l->le + sous(h, 1 + (int)((l->depose_le - l->le) % 8640000)) : l->depose_le + sous(h, 86400);
        if (l->depose_le)
            break;
    }
    const bool strict = alea_chance(h, 150);
    mots(a, "lot deposer");
    mot(a, "%s/%d", siren_de(f), lot);
    mots(a, "--rectifier relu");
    if (strict)
        mot(a, "--strict");
    option_instant(a, "le", le);
    a->attendu = rectifier_depot(m, f, lot, le, strict);
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

/* The last of the order, mostly: nothing was done since. */
void tirer_retirer_reponse(struct modele *m, struct alea *h, struct acte *a)
{
    int d = m->n_dites && alea_chance(h, 950) ? sous(h, m->n_dites) : -1;
    for (int i = 0; cible >= 0 && i < m->n_dites; i++)
        if (m->dites[i].commande == cible && !m->dites[i].retire && alea_chance(h, 800))
            d = i;
    mots(a, "retour retirer");
    mot(a, "%lld", d < 0 ? 1LL : (long long)m->dites[d].entree);
    mots(a, "--motif erreur");
    a->attendu = retirer_reponse(m, d);
}

void tirer_saisir(struct modele *m, struct alea *h, struct acte *a)
{
    struct reponse x;
    tirer_reponse(m, h, &x);
    mots(a, "retour saisir");
    enum versement v = AVANCE;
    x.demande = mot_demande(a, m, x.commande, &v);
    const bool autre = x.demande != 0 && x.versement >= 0 && x.versement != (int)v; /* the number says one payment, the option another */
    if (x.demande != 0 && x.versement < 0 && alea_chance(h, 500))
        x.versement = (int)v;
    const int dit = x.versement;
    if (x.demande != 0)
        x.versement = (int)v;
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
    if (dit >= 0) {
        mot(a, "--paiement");
        mot(a, "%s", dit == AVANCE ? "avance" : "solde");
    }
    if (ce_jour(m, x.le))
        x.le = m->maintenant;
    a->attendu = autre ? REFUS : repondre(m, &x, 1, true);
}

void tirer_importer(struct modele *m, struct alea *h, struct acte *a)
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
void tirer_xml(struct modele *m, struct alea *h, struct acte *a)
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
