/* commande saisir: one order, question by question, then the way of commande importer. */
#include <string.h>

#include "cli/commandes.h"
#include "cli/import.h"
#include "cli/saisir.h"
#include "metier/actes.h"
#include "noyau/memoire.h"

/* --- one question ----------------------------------------------------------------------------------------------------- */

/* What else is worth a word, when the answer is taken. */
static void commenter(struct saisir *s, size_t champ)
{
    struct buffer b = {0};
    const struct slice v = saisie_valeur(&s->s, champ);
    if (champ == C_NUMERO && saisie_deja(&s->c->ctx, v, &b) && b.len > 0)
        cli_noter(s->c, "Ce numéro est déjà enregistré (%s). Une commande du même fournisseur en serait complétée ; pour la corriger : sons commande rectifier.", b.bytes);
    if (champ == C_SOLUTION && saisir_connaitre(s) && s->k.solution_inconnue)
        cli_noter(s->c, "Le registre ne connaît pas cette solution : ce qui en dépend attendra (« ? » montre celles qu'il connaît).");
    buffer_free(&b);
}

/* Takes the value when it reads; false with its faults shown, or a fault of the registre. */
static bool prendre(struct saisir *s, const struct question *q, struct slice v, bool *panne)
{
    struct diag_liste diags = {0};
    bool ok = saisie_verifier(&s->c->ctx, q->champ, v, &diags);
    if (ok && q->champ == C_SOLUTION)
        ok = saisie_verifier_solution(&s->c->ctx, &s->s, v, &diags);
    /* A file of answers goes on past a piece that cannot be read now, and its next answers would be taken for other questions. */
    *panne = diags.pire >= SORTIE_ENVIRONNEMENT && (q->champ != C_PIECE || !s->d.terminal);
    s->pire = *panne ? diags.pire : s->pire;
    dialogue_fautes(&s->d, &diags);
    if (ok)
        saisie_mettre(&s->s, q->champ, v);
    return ok;
}

/* An answer without a text: true when the question is done. */
static bool sans_texte(struct saisir *s, const struct question *q, enum reponse r)
{
    const bool deja = s->s.valeurs[q->champ] != NULL;
    if (r == REPONSE_VIDER && q->vide != NULL) {
        saisie_mettre(&s->s, q->champ, (struct slice){NULL, 0});
        return true;
    }
    if (r != REPONSE_VIDER && (deja || q->vide != NULL))
        return true;
    saisir_refuser(s, E_OBLIGATOIRE, "il faut une réponse à cette question", "répondre, ou Ctrl-D pour abandonner");
    return false;
}

static enum suite poser_une(struct saisir *s, const struct question *q)
{
    for (;;) {
        struct buffer valeur = {0};
        bool panne = false, fait;
        const enum reponse r = dialogue_lire(&s->d);
        if (r == REPONSE_ABANDON || r == REPONSE_AVANT)
            return r == REPONSE_AVANT ? RETOUR : ABANDON;
        if (saisir_meme(s, q, r))
            continue;
        s->finir = s->finir || r == REPONSE_FINIR;
        if (r == REPONSE_PROPOSEE)
            saisir_proposer(s, q, &valeur, NULL);
        if (r == REPONSE_PROPOSEE && valeur.len == 0) {
            saisir_refuser(s, E_VALEUR, "rien n'est proposé à cette question", "répondre par une valeur, ou laisser vide");
            fait = false;
        } else if (r == REPONSE_PROPOSEE || r == REPONSE_VALEUR) {
            fait = prendre(s, q, r == REPONSE_VALEUR ? dialogue_reponse(&s->d) : (struct slice){valeur.bytes, valeur.len}, &panne);
        } else {
            fait = sans_texte(s, q, r);
        }
        buffer_free(&valeur);
        if (fait)
            commenter(s, q->champ);
        if (fait || panne)
            return panne ? FAUTE : SUITE;
    }
}

static enum suite poser(struct saisir *s, const struct question *q)
{
    if (!saisir_connaitre(s))
        return FAUTE;
    saisir_afficher(s, q);
    return q->champ == C_FINESS_ET ? saisir_poser_essms(s, q) : q->champ == C_MONTANT_HT_ESSMS ? saisir_poser_parts(s, q) : poser_une(s, q);
}

/* « . » was answered: is this one still to be asked? */
static bool passee(const struct saisir *s, const struct question *q)
{
    return s->finir && (q->vide != NULL || (q->champ == C_FINESS_ET ? s->s.n > 0 : s->s.valeurs[q->champ] != NULL));
}

/* From the question `rang` to the last one, or that one alone. */
static enum suite poser_depuis(struct saisir *s, size_t rang, bool seule)
{
    const size_t n = saisir_questions_nombre;
    bool arriere = false;
    while (rang < n) {
        const struct question *q = &saisir_questions[rang];
        if (!saisir_posable(s, q) || (!arriere && passee(s, q))) {
            rang = arriere ? rang - 1 : rang + 1; /* the first one is always asked */
            continue;
        }
        const enum suite suite = poser(s, q);
        if (suite == ABANDON || suite == FAUTE)
            return suite;
        arriere = suite == RETOUR && rang > 0;
        if (suite == RETOUR && rang == 0)
            cli_noter(s->c, "C'est la première question.");
        else if (suite == RETOUR) {
            rang--;
            s->finir = seule = false;
        } else {
            rang = seule ? n : rang + 1;
        }
    }
    return SUITE;
}

/* --- the end ---------------------------------------------------------------------------------------------------------- */

/* What was said: codes and messages. Where to read more is not the same once the order is there. */
static void retenir(const struct diag_liste *diags, size_t depuis, struct buffer *b)
{
    for (size_t i = depuis; i < diags->n; i++)
        buffer_printf(b, "%s %s\n", diags->items[i].code, diags->items[i].message);
}

/* Judges the order as an import would, and undoes it. What is said of it is shown, and kept in `dit`. */
static bool controler(struct saisir *s, struct import_rapport *r, struct buffer *dit, enum sortie_code *pire)
{
    struct contexte essai = s->c->ctx;
    struct diag_liste diags = {0};
    essai.diags = &diags;
    essai.essai = true;
    essai.soupcons = 0;
    *r = (struct import_rapport){0};
    struct feuille *f = saisie_feuille(&s->s, &diags);
    const bool ok = acte_feuille_importer(&essai, FEUILLE_COMMANDES, f, r);
    feuille_free(f);
    *pire = diags.pire;
    buffer_clear(dit);
    retenir(&diags, 0, dit);
    dialogue_fautes(&s->d, &diags);
    return ok;
}

static void dire_controle_saisie(struct saisir *s, bool ok, const struct import_rapport *r)
{
    const char *verdict = r->anomalies > 0 ? "anomalie" : r->discordances > 0 ? "discordance" : r->attentes > 0 ? "en attente" : "conforme";
    if (!ok)
        cli_noter(s->c, "Cette commande ne peut pas être enregistrée ainsi.");
    else if (r->inchangees > 0)
        cli_noter(s->c, "Cette commande est déjà enregistrée, inchangée.");
    else
        cli_noter(s->c, "Contrôle : %s%s.", verdict, r->completees > 0 ? " ; elle complète une commande déjà enregistrée" : "");
}

/* For good, unless --essai. What was already said at the control is not said again. */
static int enregistrer(struct saisir *s, const struct buffer *dit)
{
    struct cli *c = s->c;
    struct import_rapport r = {0};
    struct buffer b = {0};
    struct feuille *f = saisie_feuille(&s->s, &c->diags);
    const bool bon = acte_feuille_importer(&c->ctx, FEUILLE_COMMANDES, f, &r);
    retenir(&c->diags, c->rendus, &b);
    if (bon && b.len == dit->len && (b.len == 0 || memcmp(b.bytes, dit->bytes, b.len) == 0))
        c->rendus = c->diags.n;
    buffer_free(&b);
    const int code = import_rendre(c, FEUILLE_COMMANDES, f, bon, &r);
    feuille_free(f);
    return code;
}

static int abandonner(struct saisir *s, enum suite suite)
{
    if (suite == ABANDON && !s->d.faute)
        cli_noter(s->c, "Saisie abandonnée : rien n'est enregistré.");
    return s->pire > SORTIE_REFUS ? (int)s->pire : SORTIE_REFUS;
}

static bool repond(struct slice v, const char *mot)
{
    struct buffer b = {0};
    texte_fold_name(&b, v.bytes, v.len);
    const bool oui = b.len > 0 && (strcmp(b.bytes, mot) == 0 || (b.len == 1 && b.bytes[0] == mot[0]));
    buffer_free(&b);
    return oui;
}

enum decision { DECISION_ECRIRE, DECISION_REPRENDRE, DECISION_ABANDONNER };

static void nommer_questions(struct saisir *s)
{
    struct buffer b = {0};
    for (size_t i = 0; i < saisir_questions_nombre; i++)
        buffer_printf(&b, "%s%s", i > 0 ? ", " : "", s->champs[saisir_questions[i].champ].nom);
    cli_noter(s->c, "Questions : %s. Le début d'un nom suffit s'il n'y en a qu'un. non, ou Ctrl-D, abandonne sans rien écrire.", b.bytes);
    buffer_free(&b);
}

/* Asks until there is a decision; `*rang` = the question to ask again. */
static enum decision decider(struct saisir *s, bool ok, size_t *rang)
{
    for (;;) {
        cli_noter(s->c, ok ? "Enregistrer cette commande ? oui, non, ou le nom de la question à reprendre (« < » : la dernière)"
                           : "Que reprendre ? le nom de la question (« < » : la dernière), ou non pour abandonner");
        const enum reponse r = dialogue_lire(&s->d);
        const struct slice v = dialogue_reponse(&s->d);
        if (r == REPONSE_ABANDON || (r == REPONSE_VALEUR && repond(v, "non")))
            return DECISION_ABANDONNER;
        if (ok && r == REPONSE_VALEUR && repond(v, "oui"))
            return DECISION_ECRIRE;
        *rang = r == REPONSE_AVANT ? saisir_questions_nombre - 1 : r == REPONSE_VALEUR ? saisir_question_nommee(s, v) : saisir_questions_nombre;
        if (*rang < saisir_questions_nombre)
            return DECISION_REPRENDRE;
        if (r == REPONSE_AIDE) {
            nommer_questions(s);
            continue;
        }
        saisir_refuser(s, E_VALEUR, "réponse inconnue", ok ? "oui pour enregistrer, non pour abandonner, ou le nom d'une question" :
                                                             "le nom d'une question, ou non pour abandonner");
    }
}

/* The registre could not be read, were it only to name an ESSMS: nothing is recorded after that. */
static bool panne(const struct saisir *s)
{
    return s->c->diags.pire >= SORTIE_ENVIRONNEMENT;
}

static int saisir(struct saisir *s)
{
    size_t rang = 0;
    bool seule = false;
    struct buffer dit = {0};
    int code = -1;
    while (code < 0) {
        struct import_rapport r;
        enum sortie_code pire;
        const enum suite suite = poser_depuis(s, rang, seule);
        if (suite != SUITE || panne(s) || !contexte_relire(&s->c->ctx) || !saisir_connaitre(s)) {
            code = abandonner(s, suite);
            break;
        }
        saisir_recapituler(s);
        if (s->c->ctx.essai) {
            code = enregistrer(s, &dit);
            break;
        }
        const bool ok = controler(s, &r, &dit, &pire);
        if (pire >= SORTIE_ENVIRONNEMENT) {
            code = (int)pire;
            break;
        }
        dire_controle_saisie(s, ok, &r);
        seule = true;
        s->finir = false;
        const enum decision d = decider(s, ok, &rang);
        if (d != DECISION_REPRENDRE)
            code = d == DECISION_ABANDONNER || panne(s) || !contexte_relire(&s->c->ctx) ? abandonner(s, ABANDON) : enregistrer(s, &dit);
    }
    buffer_free(&dit);
    return code;
}

int cmd_commande_saisir(struct cli *c)
{
    size_t n;
    struct saisir s = {.c = c, .champs = feuille_champs(FEUILLE_COMMANDES, &n)};
    if (!dialogue_ouvrir(&s.d, c))
        return SORTIE_USAGE;
    cli_noter(c, "Une commande, question par question : ? pour l'aide, < pour revenir, . pour finir, Ctrl-D pour abandonner.");
    const int code = saisir(&s);
    dialogue_free(&s.d);
    saisie_free(&s.s);
    saisie_connu_free(&s.k);
    memoire_free(s.montres);
    memoire_free(s.libres);
    return code;
}
