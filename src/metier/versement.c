/* First pass of a sheet of orders: what is new is numbered, what is known is compared. */
#include "metier/versement.h"

bool versement_ouvrir(struct versement *v)
{
    v->recherche = recherche_commande_creer(v->ctx->registre, v->lues->n, v->ctx->diags);
    v->chargeur = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    v->premier = journal_prochain(v->ctx->registre);
    return v->recherche != NULL && v->chargeur != NULL;
}

void versement_fermer(struct versement *v)
{
    chargeur_free(v->chargeur);
    recherche_commande_free(v->recherche);
    v->chargeur = NULL;
    v->recherche = NULL;
}

static void retenir_nouvelle(struct versement *v, size_t rang)
{
    const struct commande_lue *o = &v->lues->items[rang];
    recherche_commande_ajouter(v->recherche, o->numero, o->fournisseur, v->premier + (int64_t)v->n_nouveaux);
    v->nouveaux = memoire_grow(v->nouveaux, &v->cap_nouveaux, v->n_nouveaux + 1, sizeof *v->nouveaux);
    v->nouveaux[v->n_nouveaux++] = rang;
}

/* The order of that number and supplier already known, 0 when there is none. A supplier that the sheet does not name and the
 * holder is not is the solution's éditeur, which an earlier import of the same row may not have known. */
static bool trouver(struct versement *v, struct commande_lue *o, int64_t *existante)
{
    struct recherche_commande *r = v->recherche;
    struct diag_liste *diags = v->ctx->diags;
    if (o->fournisseur != 0)
        return recherche_commande(r, o->numero, o->fournisseur, existante, diags);
    if (!recherche_commande(r, o->numero, 0, existante, diags))
        return false;
    if (*existante != 0)
        return true;
    o->fournisseur = chargeur_editeur(v->chargeur, o->solution);
    return o->fournisseur == 0 || recherche_commande(r, o->numero, o->fournisseur, existante, diags);
}

/* Two groups of rows of this sheet that turn out to be one order: with its supplier and without, or written otherwise. */
static void deux_fois(struct versement *v, const struct commande_lue *o, const struct commande_lue *avant)
{
    const struct lieu la = feuille_lieu(v->f, avant->ligne, C_NUMERO);
    const unsigned long long ligne = la.ligne;
    const struct lieu ici = feuille_lieu(v->f, o->ligne, C_NUMERO);
    struct diag *d = diag_erreur(v->ctx->diags, E_CONTRADICTION, "la commande %.*s est donnée deux fois, son fournisseur écrit autrement",
                                 (int)o->numero.len, o->numero.bytes);
    diag_trouve(d, "même numéro et même fournisseur ligne %llu", ligne);
    diag_a_faire(d, "écrire le fournisseur de la même façon sur toutes les lignes de la commande, ou sur aucune");
    diag_lieu(d, &ici);
    v->refuse = true;
}

/* A name that several numbers of the couloir have: refused, never chosen. An order recorded before the second one came waits
 * instead (COM-12, REF-01 …). */
static void solution_ambigue(struct versement *v, const struct commande_lue *o)
{
    const char *numeros[2];
    if (!chargeur_ambigue(v->chargeur, o->solution, o->couloir, numeros))
        return;
    const struct lieu ici = feuille_lieu(v->f, o->source[C_SOLUTION] != 0 ? o->source[C_SOLUTION] - 1 : o->ligne, C_SOLUTION);
    struct diag *d = diag_erreur(v->ctx->diags, E_AMBIGU, "plusieurs solutions d'un même couloir portent ce nom");
    diag_trouve(d, "%s, %s", numeros[0], numeros[1]);
    diag_attendu(d, "le numéro ANS de la solution");
    diag_a_faire(d, "écrire ce numéro dans la feuille, ou donner à l'une un autre nom, celui de la feuille : sons solution alias");
    diag_lieu(d, &ici);
    v->refuse = true;
}

/* The people to write to come after the orders: their facts name them. */
static void noter_contact(struct versement *v, const struct commande_lue *o, int64_t commande)
{
    if (!contact_donne(&o->contact))
        return;
    v->contacts = memoire_grow(v->contacts, &v->cap_contacts, v->n_contacts + 1, sizeof *v->contacts);
    v->contacts[v->n_contacts] = (struct contact_a_verser){o->contact, o->ligne, C_CONTACT_NOM};
    v->contacts[v->n_contacts++].contact.commande = commande;
}

bool verser_contacts(struct versement *v)
{
    for (size_t i = 0; i < v->n_nouveaux; i++)
        noter_contact(v, &v->lues->items[v->nouveaux[i]], v->premier + (int64_t)i);
    return contacts_des_commandes(&v->acte, v->f, v->contacts, v->n_contacts, v->premier, &v->out->contacts);
}

/* --- what became of orders in the registre that the sheet comes from ------------------------------------------------ */

#define NOMMEES 10
enum suite { SUITE_DEMANDE, SUITE_LITIGE };

/* The state that the sheet gives to an order, when it is one of ours (column `etat` of our own lists): ETAT_ENREGISTREE otherwise, for
 * that of somebody else's sheet says nothing. */
static enum etat_commande etat_lu(const struct versement *v, const struct commande_lue *o)
{
    const struct slice lu = feuille_temoin(v->f, o->ligne);
    enum etat_commande e = ETAT_ENREGISTREE;
    struct buffer plie = {0};
    if (lu.len == 0)
        return e;
    texte_fold_name(&plie, lu.bytes, lu.len);
    for (int k = 0; k < ETAT_NOMBRE; k++)
        if (slice_equals((struct slice){plie.bytes, plie.len}, etat_mot((enum etat_commande)k)))
            e = (enum etat_commande)k;
    buffer_free(&plie);
    return e;
}

static struct diag *etat_dire(struct versement *v, const struct commande_lue *o, enum sortie_code sortie, enum etat_commande e, const char *suite)
{
    const struct lieu ici = feuille_lieu(v->f, o->ligne, C_NUMERO);
    struct diag *d = diag_regle(v->ctx->diags, GRAVITE_INFORMATION, sortie, erreur_texte(E_AVERTISSEMENT), "commande %.*s : %s, dit la feuille ; %s",
                                (int)o->numero.len, o->numero.bytes, etat_label(e), suite);
    diag_lieu(d, &ici);
    return d;
}

/* A new order that lapsed elsewhere is not taken as one in force. */
static bool ecarter(struct versement *v, size_t rang, enum etat_commande e)
{
    const struct commande_lue *o = &v->lues->items[rang];
    struct diag *d = etat_dire(v, o, v->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, e, "laissée de côté");
    diag_a_faire(d, "rien, si elle n'a pas à figurer ici ; sinon l'importer sans la colonne etat, puis dire ce qu'il en est advenu : sons commande annuler, remplacer");
    v->out->ecartees++;
    if (v->controle != NULL)
        v->controle->ecartees[rang] = true;
    return true;
}

static void sans_suite(struct versement *v, const struct commande_lue *o, enum etat_commande e)
{
    const int s = e == ETAT_EN_LITIGE ? SUITE_LITIGE : SUITE_DEMANDE;
    if (e != ETAT_ENREGISTREE && v->n_sans_suite[s]++ < NOMMEES)
        buffer_printf(&v->sans_suite[s], "%s%.*s", v->n_sans_suite[s] > 1 ? ", " : "", (int)o->numero.len, o->numero.bytes);
}

void suites_dire(struct versement *v)
{
    static const struct {
        const char *quoi, *a_faire;
    } mots[] = {{"avance demandée ailleurs, dit la feuille ; la demande n'est pas reprise",
                 "ne pas demander l'avance une seconde fois : le registre d'où vient la feuille la suit"},
                {"en litige ailleurs, dit la feuille ; le litige n'est pas repris", "ouvrir le litige ici aussi : sons litige ouvrir"}};
    for (int s = 0; s < 2; s++) {
        const size_t n = v->n_sans_suite[s];
        if (n == 0)
            continue;
        struct diag *d = diag_regle(v->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "%zu commande%s : %s", n, n > 1 ? "s" : "",
                                    mots[s].quoi);
        diag_trouve(d, "%s%s", v->sans_suite[s].bytes, n > NOMMEES ? " …" : "");
        diag_a_faire(d, "%s", mots[s].a_faire);
    }
}

/* An order already recorded: the same, or a correction; every difference of the sheet is shown before a refusal. */
static bool comparer_une(struct versement *v, size_t rang, int64_t existante)
{
    const struct commande_lue *o = &v->lues->items[rang];
    struct fusion x;
    bool admise = true;
    arene_reset(&v->arene);
    const bool lu = commande_fusionner(v->ctx, v->f, o, existante, FUSION_IMPORT, NULL, &v->arene, &x);
    noter_contact(v, o, existante);
    const enum etat_commande dit = etat_lu(v, o);
    if (lu && !etat_en_vigueur(dit) && etat_en_vigueur(x.etat.etat)) {
        struct diag *d = etat_dire(v, o, SORTIE_FAIT, dit, "en vigueur dans ce registre");
        diag_a_faire(d, "si elle ne l'est plus, le dire par son acte : sons commande annuler, remplacer");
    }
    if (lu && x.completees + x.rectifiees == 0) {
        v->out->inchangees++;
        fusion_dire(v->ctx, v->f, &x, false); /* what the sheet still says of a value corrected since */
    } else if (lu && correction_admise(&v->corriger, &x)) {
        v->corrections = memoire_grow(v->corrections, &v->cap_corrections, v->n_corrections + 1, sizeof *v->corrections);
        v->corrections[v->n_corrections++] = (struct correction_a_faire){existante, o};
    } else {
        v->refuse = true;
        admise = false;
    }
    if (v->controle != NULL && admise)
        v->controle->connues[rang] = existante; /* judged as the sheet completes it */
    fusion_free(&x);
    return v->ctx->diags->pire < SORTIE_ENVIRONNEMENT;
}

bool verser_une(struct versement *v, size_t rang)
{
    struct commande_lue *o = &v->lues->items[rang];
    int64_t existante;
    if (!trouver(v, o, &existante))
        return false;
    if (existante == 0) {
        const enum etat_commande e = etat_lu(v, o);
        if (!etat_en_vigueur(e))
            return ecarter(v, rang, e);
        sans_suite(v, o, e);
        solution_ambigue(v, o);
        if (!soupcon_homonyme(v->ctx, v->f, o))
            return false;
        retenir_nouvelle(v, rang);
        return true;
    }
    if (existante >= v->premier) {
        deux_fois(v, o, &v->lues->items[v->nouveaux[existante - v->premier]]);
        return true;
    }
    return comparer_une(v, rang, existante);
}

struct lieu versement_lieu(void *ctx, const struct constat *c)
{
    const struct versement_lieux *l = ctx;
    return commande_lieu(l->v->f, l->o, c);
}

void versement_free(struct versement *v)
{
    memoire_free(v->nouveaux);
    memoire_free(v->contacts);
    memoire_free(v->corrections);
    corriger_free(&v->corriger);
    soupcons_juges_free(v->soupcons);
    arene_free(&v->arene);
    buffer_free(&v->sans_suite[SUITE_DEMANDE]);
    buffer_free(&v->sans_suite[SUITE_LITIGE]);
}
