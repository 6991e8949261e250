/* What the lists must show, by the model; and the same columns of what they show. */
#define _GNU_SOURCE
#include "vies.h"

#include <time.h>

enum { COLONNES_MAX = 16 };
/* The columns compared. What else a list shows (pieces, reasons, hashes) is not of this model. */
static const char *const colonnes[VUES][COLONNES_MAX] = {
    [V_COMMANDES] = {"numero", "finess_et", "montant_ttc", "etat"},
    [V_DEMANDES] = {"commande", "paiement", "demande", "version", "montant", "lot", "emise_le", "deposee_le", "statut", "statut_le", "paye",
                    "recu", "reste"},
    [V_LOTS] = {"fournisseur", "numero", "type", "emis_le", "demandes", "somme", "depose_le", "sans_reponse", "etat"},
    [V_ENCAISSEMENTS] = {"commande", "paiement", "montant", "date", "reference"},
    [V_VIREMENTS] = {"fournisseur", "date", "montant", "reference", "ventile", "reste", "demandes"},
    [V_REVERSEMENTS] = {"commande", "regle", "avance_payee", "a_reverser", "a_apprecier", "ordonne", "reverse", "reste"},
    [V_CONTROLES] = {"numero", "regle", "verdict"},
};

/* --- words ------------------------------------------------------------------------------------------------------------------- */

const char *siren_de(int f)
{
    return f == 0 ? "123456782" : "552100554";
}

char *finess_de(int et, char out[10])
{
    snprintf(out, 10, "0100001%d", et % 10);
    out[8] = luhn_cle(out, 8);
    out[9] = '\0';
    return out;
}

static struct tm calendrier(int64_t t)
{
    const time_t s = (time_t)t;
    struct tm tm;
    gmtime_r(&s, &tm);
    return tm;
}

char *instant_texte(int64_t le, char out[32])
{
    const struct tm t = calendrier(le);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &t);
    return out;
}

char *jour_texte(int jour, char out[32])
{
    const struct tm t = calendrier((int64_t)jour * 86400);
    strftime(out, 32, "%Y-%m-%d", &t);
    return out;
}

static char *legal_texte(int64_t le, char out[32])
{
    const struct tm t = calendrier(le + decalage(le));
    out[0] = '\0';
    if (le)
        strftime(out, 32, decalage(le) == 7200 ? "%Y-%m-%dT%H:%M:%S+02:00" : "%Y-%m-%dT%H:%M:%S+01:00", &t);
    return out;
}

char *montant_texte(int64_t c, char out[32])
{
    snprintf(out, 32, "%s%lld,%02lld", c < 0 ? "-" : "", (long long)(c < 0 ? -c : c) / 100, (long long)(c < 0 ? -c : c) % 100);
    return out;
}

static void cellule(struct buffer *b, const char *texte)
{
    buffer_printf(b, "%s\t", texte);
}

static void somme(struct buffer *b, bool dite, int64_t centimes)
{
    char t[32];
    cellule(b, dite ? montant_texte(centimes, t) : "");
}

/* --- lists --------------------------------------------------------------------------------------------------------------------- */

static void attendre_commande(const struct commande *c, int64_t au, struct buffer *b)
{
    const struct regard r = regarder(c, au);
    char t[32];
    for (int i = 0; i < c->n; i++) {
        cellule(b, c->numero);
        cellule(b, finess_de(c->et[i], t));
        somme(b, true, c->ttc);
        buffer_printf(b, "%s\n", r.etat);
    }
}

static int lot_de(const struct modele *m, int c, const struct demande *d, enum versement v)
{
    int lot = 0;
    for (int i = 0; i < m->n_lots; i++)
        for (int k = 0; k < m->lots[i].n; k++)
            if (m->lots[i].v == v && m->lots[i].commandes[k] == c && m->lots[i].demandes[k] == d->numero && m->lots[i].versions[k] == d->version)
                lot = m->lots[i].numero;
    return lot;
}

/* Where a request stands; what did not leave of an order that asks for nothing any more never will. */
static const char *statut_texte(const struct regard *r, const struct demande *d)
{
    static const char *const statuts[STATUTS] = {"", "reçue", "incomplète", "à modifier", "validée", "décidée et payée", "rejetée"};
    if (d->statut)
        return statuts[d->statut];
    if (d->emise)
        return d->deposee_le ? "déposée, sans réponse" : "émise, non déposée";
    return r->annulee_le ? "sans suite, commande annulée" : strcmp(r->etat, "remplacee") == 0 ? "sans suite, commande remplacée"
           : !en_vigueur(r) ? "sans suite, commande renoncée" : "à émettre";
}

/* `derniere`: what was received is told of it. */
static void attendre_demande(const struct modele *m, int c, const struct regard *r, enum versement v, const struct demande *d, bool derniere, struct buffer *b)
{
    char t[32];
    buffer_printf(b, "%s\t%s\t%d\t%d\t", m->commandes[c].numero, v == AVANCE ? "avance" : "solde", d->numero, d->version);
    somme(b, true, d->montant);
    if (d->emise)
        buffer_printf(b, "%d", lot_de(m, c, d, v));
    buffer_putc(b, '\t');
    cellule(b, legal_texte(d->emise_le, t));
    cellule(b, legal_texte(d->deposee_le, t));
    cellule(b, statut_texte(r, d));
    cellule(b, legal_texte(d->statut_le, t));
    somme(b, d->paye >= 0, d->paye);
    const bool jugee = derniere && (d->paye >= 0 || d->statut == REJETEE);
    somme(b, jugee || (derniere && r->encaisse[v] != 0), r->encaisse[v]);
    if (jugee)
        buffer_puts(b, montant_texte(manque(r, v), t));
    buffer_putc(b, '\n');
}

static void attendre_demandes(const struct modele *m, int c, int64_t au, struct buffer *b)
{
    const struct regard r = regarder(&m->commandes[c], au);
    for (int v = AVANCE; v <= SOLDE; v++) {
        for (int i = 0; i < r.n_rejetees[v]; i++)
            attendre_demande(m, c, &r, (enum versement)v, &r.rejetees[v][i], false, b);
        if (r.d[v].existe)
            attendre_demande(m, c, &r, (enum versement)v, &r.d[v], true, b);
    }
}

/* Those that ASP has not answered, in that version. */
static int sans_reponse(const struct modele *m, const struct lot *l, int64_t au)
{
    int n = l->n;
    for (int i = 0; i < l->n; i++) {
        const struct commande *c = &m->commandes[l->commandes[i]];
        bool dite = false;
        for (int k = 0; k < c->n_choses; k++)
            dite = dite || (c->choses[k].quoi == REPONDUE && c->choses[k].numero == l->demandes[i] && c->choses[k].version == l->versions[i] &&
                            c->choses[k].le <= au);
        n -= dite;
    }
    return n;
}

static void attendre_lots(const struct modele *m, int64_t au, struct buffer *b)
{
    char t[32];
    for (int f = 0; f < FOURNISSEURS; f++)
        for (int i = 0; i < m->n_lots; i++) {
            const struct lot *l = &m->lots[i];
            const bool depose = l->depose_le && l->depose_le <= au, annule = l->annule_le && l->annule_le <= au;
            if (l->f != f || l->le > au)
                continue;
            buffer_printf(b, "%s\t%d\t%s\t%s\t%d\t", siren_de(f), l->numero, l->v == AVANCE ? "avance" : "solde", legal_texte(l->le, t), l->n);
            somme(b, true, l->somme);
            cellule(b, depose ? legal_texte(l->depose_le, t) : "");
            if (depose)
                buffer_printf(b, "%d", sans_reponse(m, l, au));
            buffer_printf(b, "\t%s\n", annule ? "annulé" : depose ? "déposé" : "émis, non déposé");
        }
}

static void attendre_encaissements(const struct modele *m, int64_t au, struct buffer *b)
{
    char t[32], u[32];
    for (int jour = 0, suivant; (suivant = INT32_MAX) && jour <= jour_de(au); jour = suivant) {
        for (int i = 0; i < m->n_encaissements; i++) {
            const struct encaissement *e = &m->encaissements[i];
            if (e->jour > jour && e->jour < suivant)
                suivant = e->jour;
            if (e->retire || e->jour != jour)
                continue;
            buffer_printf(b, "%s/%s\t%s\t%s\t%s\tR%d\n", siren_de(m->commandes[e->commande].f), m->commandes[e->commande].numero,
                          e->v == AVANCE ? "avance" : "solde", montant_texte(e->montant, t), jour_texte(e->jour, u), e->reference);
        }
        if (suivant == INT32_MAX)
            break;
    }
}

static void attendre_virements(const struct modele *m, int64_t au, struct buffer *b)
{
    char t[32], u[32], w[32], x[32];
    for (int jour = 0, suivant; (suivant = INT32_MAX) && jour <= jour_de(au); jour = suivant) {
        for (int i = 0; i < m->n_virements; i++) {
            const struct virement *v = &m->virements[i];
            int n = 0;
            if (v->jour > jour && v->jour < suivant)
                suivant = v->jour;
            for (int k = 0; k < m->n_encaissements; k++)
                n += m->encaissements[k].virement == i && !m->encaissements[k].retire;
            if (v->jour == jour && !v->retire)
                buffer_printf(b, "%s\t%s\t%s\tR%d\t%s\t%s\t%d\n", siren_de(v->f), jour_texte(v->jour, t), montant_texte(v->montant, u), v->reference,
                              montant_texte(v->montant - reste_virement(m, i), w), montant_texte(reste_virement(m, i), x), n);
        }
        if (suivant == INT32_MAX)
            break;
    }
}

static void attendre_reversements(const struct commande *c, int64_t au, struct buffer *b)
{
    const struct regard r = regarder(c, au);
    struct du t[DUS_MAX];
    const int n = dus(c, au, t);
    for (int i = 0; i < n; i++) {
        buffer_printf(b, "%s\t%s\t", c->numero, t[i].regle ? t[i].regle : "");
        somme(b, r.d[AVANCE].paye >= 0, r.d[AVANCE].paye);
        somme(b, t[i].du >= 0, t[i].du);
        somme(b, t[i].apprecier >= 0, t[i].apprecier);
        somme(b, r.ordre && i == 0, r.a_reverser);
        somme(b, true, t[i].rendu);
        char texte[32];
        buffer_printf(b, "%s\n", t[i].reste != NON_DIT ? montant_texte(t[i].reste, texte) : "");
    }
}

void doit_montrer(const struct modele *m, enum vue v, int64_t au, struct buffer *b)
{
    for (int c = 0; c < m->n; c++) {
        const struct commande *o = &m->commandes[c];
        if (o->jour > jour_de(au))
            continue;
        if (v == V_COMMANDES)
            attendre_commande(o, au, b);
        else if (v == V_DEMANDES)
            attendre_demandes(m, c, au, b);
        else if (v == V_REVERSEMENTS)
            attendre_reversements(o, au, b);
        else if (v == V_CONTROLES && prise(m, c, au))
            buffer_printf(b, "%s\tUNI-01\tnon conforme\n", o->numero);
    }
    if (v == V_LOTS)
        attendre_lots(m, au, b);
    else if (v == V_ENCAISSEMENTS)
        attendre_encaissements(m, au, b);
    else if (v == V_VIREMENTS)
        attendre_virements(m, au, b);
}

/* --- what is shown ----------------------------------------------------------------------------------------------------------------- */

/* The cell `rang` of a row. */
static const char *champ(const char *ligne, int rang, int *len)
{
    for (; rang > 0 && *ligne != '\n' && *ligne != '\0'; ligne++)
        rang -= *ligne == '\t';
    *len = rang > 0 ? 0 : (int)strcspn(ligne, "\t\n");
    return ligne;
}

static int rang_de(const char *entete, const char *cle)
{
    int len;
    for (int i = 0; i < 64; i++) {
        const char *c = champ(entete, i, &len);
        if ((size_t)len == strlen(cle) && memcmp(c, cle, (size_t)len) == 0)
            return i;
    }
    return 64;
}

static const char *ligne_suivante(const char *p)
{
    p += strcspn(p, "\n");
    return *p == '\n' ? p + 1 : p;
}

void extraire(enum vue v, const char *vue, struct buffer *b)
{
    int rangs[COLONNES_MAX], n = 0, len;
    for (; n < COLONNES_MAX && colonnes[v][n] != NULL; n++)
        rangs[n] = rang_de(vue, colonnes[v][n]);
    for (const char *p = ligne_suivante(vue); *p != '\0'; p = ligne_suivante(p)) {
        if (v == V_CONTROLES) { /* whose ESSMS, alone */
            const char *regle = champ(p, rangs[1], &len), *verdict = champ(p, rangs[2], &len);
            if (strncmp(regle, "UNI-01\t", 7) != 0 || strncmp(verdict, "non conforme\t", 13) != 0)
                continue;
        }
        for (int i = 0; i < n; i++) {
            const char *c = champ(p, rangs[i], &len);
            buffer_printf(b, "%.*s%c", len, c, i + 1 < n ? '\t' : '\n');
        }
    }
}

/* The lists are in the order of the dates, then of the entries, as here. */
static int64_t entree(const char *liste, int rang, const char *cle)
{
    const int colonne = rang_de(liste, cle);
    int len;
    const char *p = ligne_suivante(liste);
    for (; rang > 0 && *p != '\0'; rang--)
        p = ligne_suivante(p);
    return strtoll(champ(p, colonne, &len), NULL, 10);
}

/* Rows of an entry, a request, a version, a status, an instant, in the order of the entries. */
void lire_reponses(struct modele *m, const char *lignes)
{
    for (const char *p = lignes; p != NULL && *p != '\0'; p = ligne_suivante(p)) {
        long long entree, le;
        int demande, version, statut;
        bool sue = false;
        if (sscanf(p, "%lld %d %d %d %lld", &entree, &demande, &version, &statut, &le) != 5)
            break;
        for (int i = 0; i < m->n_dites; i++)
            sue = sue || m->dites[i].entree == entree;
        for (int i = 0; i < m->n_dites && !sue; i++) {
            struct dite *d = &m->dites[i];
            const struct commande *o = &m->commandes[d->commande];
            for (int k = 0; k < o->n_choses && d->entree == 0 && !sue; k++) {
                const struct chose *e = &o->choses[k];
                sue = e->rang == d->rang && e->numero == demande && e->version == version && (int)e->statut == statut && e->le == le;
            }
            if (sue)
                d->entree = entree;
        }
    }
}

void lire_entrees(struct modele *m, const char *encaissements, const char *virements)
{
    for (int i = 0; i < m->n_encaissements; i++) {
        struct encaissement *e = &m->encaissements[i];
        int rang = 0;
        for (int k = 0; k < m->n_encaissements; k++)
            rang += !m->encaissements[k].retire && (m->encaissements[k].jour < e->jour || (m->encaissements[k].jour == e->jour && k < i));
        if (!e->retire && e->entree == 0)
            e->entree = entree(encaissements, rang, "entree");
    }
    for (int i = 0; i < m->n_virements; i++) {
        struct virement *v = &m->virements[i];
        int rang = 0;
        for (int k = 0; k < m->n_virements; k++)
            rang += !m->virements[k].retire && (m->virements[k].jour < v->jour || (m->virements[k].jour == v->jour && k < i));
        if (!v->retire && v->entree == 0)
            v->entree = entree(virements, rang, "entree");
    }
}
