/* Rows of a made-up order: all the columns of « Order CSV » (interface.md), UTF-8 or Windows-1252, `;`. */
#include "generer_commandes.h"

#include "formats/feuille.h"
#include "noyau/montant.h"

static const char *const noms_fautes[FAUTE_NOMBRE] = {
    "aucune", "plafond", "somme", "tva", "jo", "ouverture", "mention", "signataire", "inconnu", "autre_og",
};
static const char *const prenoms[] = {"Jeanne", "Hélène", "Karim", "Paul", "Aïcha", "Luc", "Noémie", "Yann"};
static const char *const patronymes[] = {"Durand", "Lefèvre", "Benali", "Le Goff", "D'Angelo", "Martin", "Nguyen"};
static const char *const qualites[] = {"directrice générale", "président", "directeur", "directrice d'établissement"};
static const char *const modes[] = {"manuscrite", "manuscrite", "manuscrite", "eidas", "rgs", "cpx", "psc"};

#define PARMI(a, t) ((t)[alea_sous(a, (uint32_t)(sizeof(t) / sizeof *(t)))])

const char *faute_nom(enum faute f)
{
    return noms_fautes[f];
}

void commande_entete(void)
{
    fputs("numero;finess_et;finess_ej;libelle_essms;commune;date_commande;date_signature;solution;version_solution;couloir;"
          "fournisseur;montant_ht;montant_ht_essms;taux_tva;montant_tva;montant_ttc;motif_tva;signataire;"
          "qualite_signataire;mode_signature;piece;reference_externe;sous_condition;mention_segur;deja_equipe\n",
          stdout);
}

static void montant(struct buffer *b, int64_t centimes)
{
    char t[MONTANT_TEXTE_MAX];
    buffer_puts(b, montant_csv((struct montant){centimes}, t));
    buffer_putc(b, ';');
}

/* A number with a valid key that no made-up base holds: prefix 99. */
static void numero_inconnu(char out[FINESS_TEXTE_MAX], uint32_t rang)
{
    snprintf(out, FINESS_TEXTE_MAX, "99%06u", rang % 1000000);
    out[8] = luhn_cle(out, 8);
    out[9] = '\0';
}

/* What the order says once: repeated on each row, or left empty after the first. */
struct commun {
    char solution[200], montants[200], fin[400];
    int64_t ht;
};

static void preparer(struct commun *k, const struct options *o, const struct commande_gen *c, struct alea *a)
{
    char j1[JOUR_TEXTE_MAX], j2[JOUR_TEXTE_MAX];
    struct buffer b = {0};
    k->ht = c->ht + (c->faute == FAUTE_PLAFOND ? 1000 : 0);
    int64_t tva = (k->ht * c->taux + 50) / 100;
    if (c->faute == FAUTE_TVA) tva += (int64_t)c->n + 100;
    int64_t ttc = k->ht + tva + (c->faute == FAUTE_SOMME ? 1 : 0);
    snprintf(k->solution, sizeof k->solution, "%s;%s;%s;%s;MS1;%s;", jour_fr(c->document, j1), jour_fr(c->signature, j2),
             o->solution, o->version, o->fournisseur);
    buffer_printf(&b, "%d;", c->taux);
    montant(&b, tva);
    montant(&b, ttc);
    snprintf(k->montants, sizeof k->montants, "%s;", b.bytes);
    const char *prenom = PARMI(a, prenoms);
    const char *patronyme = PARMI(a, patronymes);
    const char *qualite = PARMI(a, qualites);
    const char *mode = PARMI(a, modes);
    bool nomme = c->faute != FAUTE_SIGNATAIRE;
    snprintf(k->fin, sizeof k->fin, "%s%s%s;%s;%s;%s;CRM-%u;non;%s;oui", nomme ? prenom : "", nomme ? " " : "",
             nomme ? patronyme : "", qualite, mode, o->piece, 100000 + c->rang, c->faute == FAUTE_MENTION ? "non" : "oui");
    buffer_free(&b);
}

static void dater(struct commande_gen *c, struct alea *a)
{
    if (c->faute != FAUTE_JO && c->faute != FAUTE_OUVERTURE) return;
    /* JO of 12/02/2022, opening of 17/05/2022 (regles.md § 8). */
    struct jour jo;
    jour_from_ymd(2022, 2, 12, &jo);
    c->signature = jour_plus(jo, c->faute == FAUTE_JO ? -1 - (int32_t)alea_sous(a, 30) : (int32_t)alea_sous(a, 94));
    c->document = c->signature;
}

static void rangee(struct buffer *b, const struct commande_gen *c, const struct commun *k, size_t i, size_t n)
{
    const struct etablissement *e = i < c->n ? c->essms[i] : c->autre;
    char et[FINESS_TEXTE_MAX], ej[FINESS_TEXTE_MAX];
    finess_texte(e->et, et);
    if (c->faute == FAUTE_INCONNU && i == 0) numero_inconnu(et, c->rang);
    bool dit = i == 0 || c->repete;
    struct slice ville = e->acheminement.len > 6 ? (struct slice){e->acheminement.bytes + 6, e->acheminement.len - 6} : e->acheminement;
    buffer_printf(b, "BC-%06u;%s;%s;", c->rang, et, dit ? finess_texte(c->ej, ej) : "");
    csv_ecrire(b, e->raison_sociale.bytes, e->raison_sociale.len);
    buffer_putc(b, ';');
    csv_ecrire(b, ville.bytes, ville.len);
    buffer_putc(b, ';');
    buffer_puts(b, dit ? k->solution : ";;;;;;");
    if (dit) {
        montant(b, k->ht);
    } else {
        buffer_putc(b, ';');
    }
    /* Equal shares, the centimes left to the first numbers: the ESSMS come in order, but one of another OG. */
    int64_t part = k->ht / (int64_t)n, reste = k->ht % (int64_t)n;
    montant(b, part + ((int64_t)i < reste ? 1 : 0));
    buffer_puts(b, dit ? k->montants : ";;;;");
    buffer_puts(b, dit ? k->fin : ";;;;;;;");
    buffer_putc(b, '\n');
}

void commande_ecrire(const struct options *o, struct commande_gen *c, struct alea *a)
{
    static struct buffer b, octets;
    struct commun k;
    dater(c, a);
    preparer(&k, o, c, a);
    size_t n = c->n + (c->faute == FAUTE_AUTRE_OG ? 1 : 0);
    buffer_clear(&b);
    for (size_t i = 0; i < n; i++) rangee(&b, c, &k, i, n);
    const struct buffer *sortie = &b;
    if (o->cp1252) {
        buffer_clear(&octets);
        texte_to_cp1252(&octets, b.bytes, b.len);
        sortie = &octets;
    }
    if (fwrite(sortie->bytes, 1, sortie->len, stdout) != sortie->len) {
        perror("generer_commandes");
        exit(3);
    }
}
