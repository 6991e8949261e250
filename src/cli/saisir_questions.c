/* The questions themselves: what is shown, proposed, derived. */
#include <string.h>

#include "cli/import.h"
#include "cli/saisir.h"
#include "metier/actes.h"
#include "regles/bareme.h"

#define SOLUTIONS_DITES 10

const struct question saisir_questions[] = {
#define QUESTION(champ, forme, sens, vide, aide) {champ, forme, sens, vide, aide},
#include "cli/questions.def"
#undef QUESTION
};
const size_t saisir_questions_nombre = sizeof saisir_questions / sizeof *saisir_questions;

bool saisir_connaitre(struct saisir *s)
{
    saisie_connu_free(&s->k);
    return saisie_connaitre(&s->c->ctx, &s->s, s->og, &s->k);
}

static bool lire_taux(const struct saisir *s, struct taux *out)
{
    return taux_parse(saisie_valeur(&s->s, C_TAUX_TVA), out);
}

bool saisir_posable(const struct saisir *s, const struct question *q)
{
    struct taux t;
    if (q->champ == C_MOTIF_TVA)
        return s->s.valeurs[C_MOTIF_TVA] != NULL || (lire_taux(s, &t) && t.dix_milliemes == 0);
    return q->champ != C_MONTANT_HT_ESSMS || s->s.n > 1;
}

size_t saisir_question_nommee(const struct saisir *s, struct slice nom)
{
    struct buffer plie = {0};
    size_t trouvee = saisir_questions_nombre, n = 0;
    texte_fold_name(&plie, nom.bytes, nom.len);
    for (size_t i = 0; plie.len > 0 && i < saisir_questions_nombre; i++) {
        const char *sien = s->champs[saisir_questions[i].champ].nom;
        if (strcmp(sien, plie.bytes) == 0) {
            buffer_free(&plie);
            return i;
        }
        if (strncmp(sien, plie.bytes, plie.len) == 0) {
            trouvee = i;
            n++;
        }
    }
    buffer_free(&plie);
    return n == 1 ? trouvee : saisir_questions_nombre;
}

/* --- proposed, derived ------------------------------------------------------------------------------------------------ */

static void proposer_ht(const struct saisir *s, struct buffer *valeur, struct buffer *dit)
{
    char t[MONTANT_TEXTE_MAX];
    if (!s->k.p.plafonne)
        return;
    buffer_puts(valeur, montant_csv(s->k.p.plafond.ht_bas, t));
    if (dit != NULL)
        buffer_printf(dit, "HT sûr de %u ESSMS en tranche %c, N = %u", s->k.p.plafond.n_commandes, s->k.p.plafond.tranche.lettre, s->k.p.plafond.n_og);
}

void saisir_proposer(struct saisir *s, const struct question *q, struct buffer *valeur, struct buffer *dit)
{
    struct buffer solutions = {0};
    switch (q->champ) {
    case C_SOLUTION:
        (void)saisie_solutions(&s->c->ctx, 1, &solutions, valeur);
        if (dit != NULL && valeur->len > 0)
            buffer_puts(dit, "la seule du registre");
        break;
    case C_DATE_SIGNATURE:
        buffer_puts(valeur, s->s.valeurs[C_DATE_COMMANDE] != NULL ? s->s.valeurs[C_DATE_COMMANDE] : "");
        if (dit != NULL && valeur->len > 0)
            buffer_puts(dit, "celle du bon");
        break;
    case C_MONTANT_HT:
        proposer_ht(s, valeur, dit);
        break;
    case C_TAUX_TVA:
        buffer_puts(valeur, "20");
        if (dit != NULL)
            buffer_puts(dit, "taux normal");
        break;
    default:
        break;
    }
    buffer_free(&solutions);
}

/* The VAT, the total, computed as an import computes them. */
static bool calculer(const struct saisir *s, size_t champ, struct montant *out)
{
    struct montant ht, tva;
    struct taux t;
    if (!montant_parse(saisie_valeur(&s->s, C_MONTANT_HT), &ht) || ht.centimes < 0)
        return false;
    const bool lue = montant_parse(saisie_valeur(&s->s, C_MONTANT_TVA), &tva);
    if (champ == C_MONTANT_TVA)
        return lire_taux(s, &t) && tva_calculer(ht, t, out);
    return (lue || (lire_taux(s, &t) && tva_calculer(ht, t, &tva))) && montant_add(ht, tva, out);
}

void saisir_deduire(struct saisir *s, const struct question *q, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX], f[FINESS_TEXTE_MAX], siren[10];
    struct montant m;
    const struct prepare *p = &s->k.p;
    if (q->champ == C_COULOIR && s->k.couloir_deduit && p->couloir != COULOIR_INCONNU)
        buffer_printf(b, "%s, celui de la solution", couloir_nom(p->couloir));
    else if (q->champ == C_FOURNISSEUR && s->k.fournisseur_deduit && p->fournisseur != 0)
        buffer_printf(b, "%s, déduit", siren_texte(p->fournisseur, siren));
    else if (q->champ == C_FINESS_EJ && s->k.ej_deduit && p->ej != FINESS_ABSENT)
        buffer_printf(b, "%s%s%.*s, celui des ESSMS dans la base", finess_texte(p->ej, f), p->og_nom.len > 0 ? " " : "", (int)p->og_nom.len, p->og_nom.bytes);
    else if ((q->champ == C_MONTANT_TVA || q->champ == C_MONTANT_TTC) && calculer(s, q->champ, &m))
        buffer_printf(b, "%s, calculé, non lu : en attente", montant_fr(m, t));
    else if (q->champ == C_MONTANT_HT && s->s.n > 0 && s->s.essms[0].ht != NULL)
        buffer_puts(b, "la somme des parts HT");
    else if (q->vide != NULL)
        buffer_puts(b, q->vide);
}

/* --- shown ------------------------------------------------------------------------------------------------------------ */

static void dire_vide(struct saisir *s, const struct question *q, struct buffer *b)
{
    const bool deja = q->champ == C_FINESS_ET ? s->s.n > 0 : s->s.valeurs[q->champ] != NULL;
    if (deja && q->champ != C_FINESS_ET) {
        buffer_printf(b, " ; vide : « %s » reste%s", s->s.valeurs[q->champ], q->vide != NULL ? ", « - » l'ôte" : "");
    } else if (q->vide == NULL) {
        buffer_puts(b, deja ? " ; vide : c'est tout" : " ; obligatoire");
    } else {
        buffer_puts(b, " ; vide : ");
        saisir_deduire(s, q, b);
    }
}

void saisir_afficher(struct saisir *s, const struct question *q)
{
    struct buffer b = {0}, valeur = {0}, dit = {0};
    const char *exemple = exemple_colonne(s->champs[q->champ].nom);
    buffer_printf(&b, "%2zu/%zu %s : %s\n      %s", (size_t)(q - saisir_questions) + 1, saisir_questions_nombre, s->champs[q->champ].nom, q->sens, q->forme);
    if (*exemple != '\0')
        buffer_printf(&b, ", par exemple %s", exemple);
    dire_vide(s, q, &b);
    saisir_proposer(s, q, &valeur, &dit);
    if (valeur.len > 0)
        buffer_printf(&b, " ; « = » : %s (%s)", valeur.bytes, dit.bytes);
    cli_noter(s->c, "%s", b.bytes);
    buffer_free(&b);
    buffer_free(&valeur);
    buffer_free(&dit);
}

void saisir_aider(struct saisir *s, const struct question *q)
{
    struct buffer b = {0}, seule = {0};
    buffer_printf(&b, "%s : %s, %s. %s\n", s->champs[q->champ].nom, q->sens, q->forme, q->aide);
    if (q->champ == C_SOLUTION) {
        buffer_puts(&b, "Solutions du registre : ");
        (void)saisie_solutions(&s->c->ctx, SOLUTIONS_DITES, &b, &seule);
        buffer_puts(&b, b.bytes[b.len - 2] == ':' ? "aucune (sons solution declarer).\n" : ".\n");
    }
    buffer_puts(&b, "? cette aide · < question précédente · = ce qui est proposé · - vider · . finir, le reste vide · Ctrl-D abandonner sans rien écrire");
    cli_noter(s->c, "%s", b.bytes);
    buffer_free(&b);
    buffer_free(&seule);
}

void saisir_refuser(struct saisir *s, enum erreur_code code, const char *message, const char *a_faire)
{
    struct diag_liste diags = {0};
    diag_a_faire(diag_erreur(&diags, code, "%s", message), "%s", a_faire);
    dialogue_fautes(&s->d, &diags);
}

bool saisir_meme(struct saisir *s, const struct question *q, enum reponse r)
{
    if (r == REPONSE_AIDE)
        saisir_aider(s, q);
    else if (r == REPONSE_TROP)
        saisir_refuser(s, E_LIGNE_LONGUE, "réponse trop longue, rien n'en est gardé", "répondre en 4096 octets au plus");
    return r == REPONSE_AIDE || r == REPONSE_TROP;
}

void saisir_nom_essms(struct saisir *s, finess et, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX];
    struct slice nom, commune;
    buffer_puts(b, finess_texte(et, t));
    if (saisie_nommer(&s->c->ctx, &s->k, et, &nom, &commune))
        buffer_printf(b, "  %.*s, %.*s", (int)nom.len, nom.bytes, (int)commune.len, commune.bytes);
    else
        buffer_puts(b, "  absent de la base");
}

/* --- the whole -------------------------------------------------------------------------------------------------------- */

static void titre(struct buffer *b, const char *t)
{
    buffer_printf(b, "  %s", t);
    for (size_t i = texte_width(t, strlen(t)); i < 20; i++)
        buffer_putc(b, ' ');
}

static void recapituler_essms(struct saisir *s, struct buffer *b)
{
    for (size_t i = 0; i < s->s.n; i++) {
        titre(b, i == 0 ? s->champs[C_FINESS_ET].nom : "");
        saisir_nom_essms(s, s->s.essms[i].et, b);
        if (s->s.essms[i].ht != NULL)
            buffer_printf(b, " : %s HT", s->s.essms[i].ht);
        buffer_putc(b, '\n');
    }
}

void saisir_recapituler(struct saisir *s)
{
    struct buffer b = {0}, sans = {0};
    for (size_t i = 0; i < saisir_questions_nombre; i++) {
        const struct question *q = &saisir_questions[i];
        struct buffer deduit = {0};
        saisir_deduire(s, q, &deduit);
        if (q->champ == C_FINESS_ET) {
            recapituler_essms(s, &b);
        } else if (s->s.valeurs[q->champ] != NULL || (deduit.len > 0 && strcmp(deduit.bytes, q->vide) != 0)) {
            titre(&b, s->champs[q->champ].nom);
            buffer_printf(&b, "%s\n", s->s.valeurs[q->champ] != NULL ? s->s.valeurs[q->champ] : deduit.bytes);
        } else if (saisir_posable(s, q) && (q->champ != C_MONTANT_HT_ESSMS || s->s.essms[0].ht == NULL)) {
            buffer_printf(&sans, "%s%s", sans.len > 0 ? ", " : "", s->champs[q->champ].nom);
        }
        buffer_free(&deduit);
    }
    if (sans.len > 0) {
        titre(&b, "vides");
        buffer_printf(&b, "%s\n", sans.bytes);
    }
    cli_noter(s->c, "\nCommande %s\n%.*s", s->s.valeurs[C_NUMERO], (int)(b.len - 1), b.bytes);
    buffer_free(&b);
    buffer_free(&sans);
}
