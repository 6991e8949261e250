/* La page sons-vie(7) : le dessin des états d'une commande, fait de cycle.def et de rien d'autre. */
#include <string.h>

#include "regles/cycle.h"
#include "regles/manuel.h"

static const struct {
    enum acte_commande acte;
    enum etat_commande de, vers;
} passages[] = {
#define PASSAGE(acte, de, vers) {acte, de, vers},
#include "regles/cycle.def"
#undef PASSAGE
};
#define N_PASSAGES (sizeof passages / sizeof *passages)
static const enum etat_commande chemin[] = {
#define CHEMIN(etat) etat,
#include "regles/cycle.def"
#undef CHEMIN
};
#define N_CHEMIN (sizeof chemin / sizeof *chemin)
#define LARGEUR 78

static bool passe(int acte, int de, int vers)
{
    for (size_t i = 0; i < N_PASSAGES; i++)
        if ((int)passages[i].acte == acte && (int)passages[i].de == de && (int)passages[i].vers == vers)
            return true;
    return false;
}

static bool sur_le_chemin(int etat)
{
    for (size_t i = 0; i < N_CHEMIN; i++)
        if ((int)chemin[i] == etat)
            return true;
    return false;
}

/* --- le dessin --------------------------------------------------------------------------------------------------- */

/* Une liste d'états ou d'actes, coupée à la largeur de la page ; les lignes suivantes sont sous la première. */
struct liste {
    struct buffer *out;
    const char *marge;   /* au début des lignes suivantes : le trait qui descend */
    size_t retrait, colonne;
    size_t n;
};

static void liste_ouvrir(struct liste *l, struct buffer *out, const char *premiere, const char *marge)
{
    buffer_puts(out, premiere);
    *l = (struct liste){.out = out, .marge = marge, .retrait = texte_width(premiere, strlen(premiere))};
    l->colonne = l->retrait;
}

static void liste_mettre(struct liste *l, const char *mot)
{
    const size_t large = texte_width(mot, strlen(mot));
    if (l->n++ > 0) {
        buffer_puts(l->out, " |");
        l->colonne += 2;
        if (l->colonne + 1 + large + 2 > LARGEUR) {
            buffer_printf(l->out, "\n%s", l->marge);
            for (size_t i = texte_width(l->marge, strlen(l->marge)); i < l->retrait; i++)
                buffer_putc(l->out, ' ');
            l->colonne = l->retrait;
        } else {
            buffer_putc(l->out, ' ');
            l->colonne++;
        }
    }
    buffer_puts(l->out, mot);
    l->colonne += large;
}

/* Ce qui se défait n'est pas un pas sur le chemin, même quand il mène à l'état d'après. */
static bool fait_avancer(int acte)
{
    return acte != ACTE_RETIRER_REPONSE;
}

static bool branche(int acte, int etat, int suivant, int vers)
{
    return vers != etat && passe(acte, etat, vers) && !(vers == suivant && fait_avancer(acte));
}

/* Ce que fait un acte à partir d'un état, hors du suivant sur le chemin et de l'état lui-même. */
static size_t sorties(int acte, int etat, int suivant)
{
    size_t n = 0;
    for (int v = 0; v < ETAT_NOMBRE; v++)
        n += branche(acte, etat, suivant, v);
    return n;
}

/* `suivant` : l'état d'après sur le chemin, −1 quand il n'y en a pas. `trait` : ce qui descend à gauche. */
static void branches(int etat, int suivant, const char *trait, struct buffer *out)
{
    int dernier = -1;
    for (int a = 0; a < ACTE_NOMBRE; a++)
        if (sorties(a, etat, suivant) > 0)
            dernier = a;
    for (int a = 0; a <= dernier; a++) {
        struct buffer tete = {0}, marge = {0};
        struct liste l;
        if (sorties(a, etat, suivant) == 0)
            continue;
        buffer_printf(&tete, "  %s   %s %s ─▶ ", trait, a == dernier ? "└─" : "├─", acte_mot((enum acte_commande)a));
        buffer_printf(&marge, "  %s   %s", trait, a == dernier ? "  " : "│ ");
        liste_ouvrir(&l, out, tete.bytes, marge.bytes);
        for (int v = 0; v < ETAT_NOMBRE; v++)
            if (branche(a, etat, suivant, v))
                liste_mettre(&l, etat_label((enum etat_commande)v));
        buffer_putc(out, '\n');
        buffer_free(&tete);
        buffer_free(&marge);
    }
}

static bool descendre(size_t rang, struct buffer *out)
{
    size_t n = 0;
    buffer_puts(out, "  │\n  ▼ ");
    for (int a = 0; a < ACTE_NOMBRE; a++)
        if (passe(a, (int)chemin[rang], (int)chemin[rang + 1]) && fait_avancer(a))
            buffer_printf(out, "%s%s", n++ > 0 ? " | " : "", acte_mot((enum acte_commande)a));
    buffer_putc(out, '\n');
    return n > 0;
}

static bool dessiner_chemin(struct buffer *out)
{
    bool suivi = true;
    for (size_t i = 0; i < N_CHEMIN; i++) {
        const bool fin = i + 1 == N_CHEMIN;
        buffer_printf(out, "  %s\n", etat_label(chemin[i]));
        branches((int)chemin[i], fin ? -1 : (int)chemin[i + 1], fin ? " " : "│", out);
        suivi = (fin || descendre(i, out)) && suivi;
    }
    return suivi;
}

/* D'où l'on vient à cet état : un acte par ligne. */
static size_t arrivees(int etat, struct buffer *out)
{
    size_t n = 0;
    for (int a = 0; a < ACTE_NOMBRE; a++) {
        struct buffer tete = {0};
        struct liste l;
        size_t d_ici = 0;
        buffer_printf(&tete, "    ◀─ %s ── ", acte_mot((enum acte_commande)a));
        for (int d = 0; d < ETAT_NOMBRE; d++) {
            if (d == etat || !passe(a, d, etat))
                continue;
            if (d_ici++ == 0)
                liste_ouvrir(&l, out, tete.bytes, "    ");
            liste_mettre(&l, etat_label((enum etat_commande)d));
        }
        if (d_ici > 0)
            buffer_putc(out, '\n');
        n += d_ici;
        buffer_free(&tete);
    }
    return n;
}

/* Un litige se superpose à l'état : ce qui l'ouvre et le ferme n'est d'aucune ligne de la table. */
static void superposer(struct buffer *out)
{
    buffer_printf(out, "    ◀─ litige ouvrir ── tout état en vigueur, que le litige recouvre\n"
                       "    litige conclure, litige repondre : l'état recouvert,\n"
                       "    ou %s quand la commande est écartée ou retirée\n", etat_label(ETAT_RENONCEE));
}

static void dessiner_autres(struct buffer *out)
{
    bool suivant = false;
    for (int e = 0; e < ETAT_NOMBRE; e++) {
        if (sur_le_chemin(e))
            continue;
        buffer_printf(out, "%s  %s\n", suivant ? "\n" : "", etat_label((enum etat_commande)e));
        suivant = true;
        if (e == ETAT_EN_LITIGE)
            superposer(out);
        else if (arrivees(e, out) == 0)
            buffer_puts(out, "    ◀─ ce qui est dit d'une autre commande (litige ouvrir | repondre | conclure)\n");
        branches(e, -1, " ", out);
    }
}

/* --- la page ------------------------------------------------------------------------------------------------------ */

/* Les actes qui ne changent pas l'état : on les fait sur place. */
static void sur_place(int etat, struct buffer *out)
{
    size_t n = 0;
    for (int a = 0; a < ACTE_NOMBRE; a++)
        if (passe(a, etat, etat))
            buffer_printf(out, "%s%s", n++ > 0 ? ", " : "", acte_mot((enum acte_commande)a));
    buffer_printf(out, "%s.\n", n == 0 ? "rien" : "");
}

/* Le même acte de la ligne de commande émet l'avance et le solde : il est dit une fois. */
static bool retenu_dit(int acte)
{
    for (int a = 0; a < acte; a++)
        if (litige_retient((enum acte_commande)a) && strcmp(acte_mot((enum acte_commande)a), acte_mot((enum acte_commande)acte)) == 0)
            return true;
    return false;
}

static void retenus(struct buffer *out)
{
    size_t n = 0;
    for (int a = 0; a < ACTE_NOMBRE; a++)
        if (litige_retient((enum acte_commande)a) && !retenu_dit(a))
            buffer_printf(out, "%s%s", n++ > 0 ? ", " : "", acte_mot((enum acte_commande)a));
}

static void litige(struct buffer *out)
{
    buffer_puts(out, ".Sh LE LITIGE\n"
                     "Un litige ouvert se superpose à l'état de la commande, qu'il recouvre : elle est montrée\n.Sy en_litige ,\net sa vie continue dessous.\n"
                     "Il retient, jusqu'à sa conclusion : ");
    retenus(out);
    buffer_puts(out, ".\nTout autre acte se fait, ou se refuse, comme l'état recouvert le dit ; le refus nomme les deux.\n");
}

static void etats(struct buffer *out)
{
    buffer_puts(out, ".Bl -tag -width Ds\n");
    for (int e = 0; e < ETAT_NOMBRE; e++) {
        buffer_printf(out, ".It Sy %s\n%s ; %s.\n.br\nSur place : ", etat_mot((enum etat_commande)e), etat_label((enum etat_commande)e),
                      etat_en_vigueur((enum etat_commande)e) ? "en vigueur : la commande réclame ses ESSMS" : "n'est pas en vigueur");
        if (e == ETAT_EN_LITIGE)
            buffer_puts(out, "ce que permet l'état recouvert, moins ce que le litige retient.\n");
        else
            sur_place(e, out);
    }
    buffer_puts(out, ".El\n");
}

bool cycle_manuel(struct buffer *out)
{
    buffer_puts(out, ".\\\" Licence : EUPL-1.2. Fait de src/regles/cycle.def ; ne pas corriger ici.\n"
                     ".Dd November 22, 2026\n.Dt SONS-VIE 7\n.Os sons\n"
                     ".Sh NAME\n.Nm sons-vie\n.Nd vie d'une commande, de son enregistrement au solde ou au reversement\n"
                     ".Sh DESCRIPTION\n"
                     "Une commande est dans un état, que les faits datés qui la concernent suffisent à dire ; un acte la mène à un autre.\n"
                     "Un acte que l'état ne permet pas est refusé, avec l'état, les faits qui y ont mené et ce qui se peut.\n"
                     ".Sh LE CHEMIN\n"
                     "De haut en bas, la vie d'une commande à qui rien n'arrive de travers ; à droite de chaque état, les actes qui mènent ailleurs.\n"
                     ".Bd -literal\n");
    const bool suivi = dessiner_chemin(out);
    buffer_puts(out, ".Ed\n.Sh LES AUTRES ÉTATS\nD'où l'on y vient, et où l'on va.\n.Bd -literal\n");
    dessiner_autres(out);
    buffer_puts(out, ".Ed\n.Sh SUR PLACE\nLes actes qui laissent la commande dans son état.\n");
    etats(out);
    litige(out);
    buffer_puts(out, ".Sh SEE ALSO\n.Xr sons 1 ,\n.Xr sons-commande 1 ,\n.Xr sons-regles 7\n");
    return suivi;
}
