/* Du constat à la phrase : un message par règle et verdict, ce qui est trouvé, l'arbre des raisons. */
#include <string.h>

#include "regles/prose_prive.h"
#include "regles/regles_prive.h"

#define R_TOUTES REGLE_NOMBRE

static const struct {
    size_t regle;
    enum verdict verdict;
    const char *mot, *phrase;
} phrases[] = {
#define PROSE(rang, verdict, mot, phrase) {rang, verdict, mot, phrase},
#define TROUVE(rang, verdict, phrase)
#define A_FAIRE(manque, phrase)
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
};
static const struct {
    size_t regle;
    enum verdict verdict;
    const char *phrase;
} trouves[] = {
#define PROSE(rang, verdict, mot, phrase)
#define TROUVE(rang, verdict, phrase) {rang, verdict, phrase},
#define A_FAIRE(manque, phrase)
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
};
static const struct {
    const char *manque, *phrase;
} remedes[] = {
#define PROSE(rang, verdict, mot, phrase)
#define TROUVE(rang, verdict, phrase)
#define A_FAIRE(manque, phrase) {manque, phrase},
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
};

/* La phrase de la règle pour ce mot, sinon celle de toutes ; NULL quand il n'y en a pas. */
static const char *phrase_de(const struct constat *c, const char *mot)
{
    const char *commune = NULL;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (phrases[i].verdict != c->verdict || strcmp(phrases[i].mot, mot) != 0)
            continue;
        if (phrases[i].regle == c->regle)
            return phrases[i].phrase;
        if (phrases[i].regle == R_TOUTES)
            commune = phrases[i].phrase;
    }
    return commune;
}

static bool est_un_cas(const struct valeur *v)
{
    return v->type == VALEUR_MOT && (strcmp(v->cle, "cas") == 0 || strcmp(v->cle, "manque") == 0);
}

/* Un mot déjà dit par une valeur précédente n'est pas redit. */
static bool deja_dit(const struct constat *c, uint16_t rang)
{
    for (uint16_t i = 0; i < rang; i++)
        if (est_un_cas(&c->valeurs[i]) && strcmp(c->valeurs[i].texte, c->valeurs[rang].texte) == 0)
            return true;
    return false;
}

/* La phrase commune, sur le constat privé des manques qui ont eu la leur. */
static void dire_le_reste(const struct constat *c, const char *phrase, struct buffer *out)
{
    struct constat reste = *c;
    reste.valeurs = memoire_alloc(c->n * sizeof *reste.valeurs);
    reste.n = 0;
    for (uint16_t i = 0; i < c->n; i++)
        if (!est_un_cas(&c->valeurs[i]) || (phrase_de(c, c->valeurs[i].texte) == NULL && !deja_dit(c, i)))
            reste.valeurs[reste.n++] = c->valeurs[i];
    phrase_remplir(&reste, phrase, out);
    memoire_free(reste.valeurs);
}

void prose_message(const struct dossier *d, const struct constat *c, struct buffer *out)
{
    size_t dites = 0, restes = 0;
    for (uint16_t i = 0; i < c->n; i++) {
        if (!est_un_cas(&c->valeurs[i]) || deja_dit(c, i))
            continue;
        const char *phrase = phrase_de(c, c->valeurs[i].texte);
        if (phrase == NULL) {
            restes++;
            continue;
        }
        if (dites++ > 0)
            buffer_puts(out, " ; ");
        phrase_remplir(c, phrase, out);
    }
    const char *commune = phrase_de(c, "");
    if ((dites > 0 && restes == 0) || commune == NULL)
        return;
    if (dites > 0)
        buffer_puts(out, " ; ");
    dire_le_reste(c, commune, out);
    (void)d;
}

/* Une valeur qui ne s'adresse qu'au programme : le choix de la phrase, la clé d'un paramètre. */
static bool muette(const struct valeur *v)
{
    if (v->portee == PORTEE_ECRITE)
        return true;
    return v->type == VALEUR_PARAMETRE || strcmp(v->cle, "cas") == 0;
}

void prose_trouve(const struct constat *c, struct buffer *out)
{
    if (c->verdict == VERDICT_EN_ATTENTE)
        return; /* le message dit déjà ce qui manque */
    for (size_t i = 0; i < sizeof trouves / sizeof *trouves; i++)
        if (trouves[i].regle == c->regle && trouves[i].verdict == c->verdict) {
            phrase_remplir(c, trouves[i].phrase, out);
            return;
        }
    bool suivant = false;
    for (uint16_t i = 0; i < c->n; i++) {
        const struct valeur *v = &c->valeurs[i];
        if (muette(v))
            continue;
        if (suivant)
            buffer_puts(out, " ; ");
        suivant = true;
        const char *label = valeur_label(v->cle);
        buffer_puts(out, label == NULL ? v->cle : label);
        buffer_putc(out, ' ');
        valeur_dire(v, "", out);
    }
}

const char *prose_a_faire(const struct constat *c)
{
    if (c->verdict != VERDICT_EN_ATTENTE)
        return regle_de(c->regle)->remede;
    const char *manque = "";
    for (uint16_t i = 0; i < c->n && *manque == '\0'; i++)
        if (c->valeurs[i].type == VALEUR_MOT && strcmp(c->valeurs[i].cle, "manque") == 0)
            manque = c->valeurs[i].texte;
    for (size_t i = 1; i < sizeof remedes / sizeof *remedes; i++)
        if (strcmp(remedes[i].manque, manque) == 0)
            return remedes[i].phrase;
    return remedes[0].phrase;
}

const char *mot_francais(const char *mot)
{
    const char *label = mot_label(mot);
    return label == NULL ? mot : label;
}

/* Le jour qui choisit un paramètre, d'après le nom de sa date. */
static struct jour jour_qui_choisit(const struct dossier *d, const char *date)
{
    if (strcmp(date, "signature") == 0)
        return d->date_signature;
    if (strcmp(date, "depot") == 0 && instant_present(d->vie.avance.premier_depot))
        return instant_jour(d->vie.avance.premier_depot);
    return jour_au(d);
}

static const char *date_label(const char *date)
{
    return strcmp(date, "signature") == 0 ? "la date de signature"
           : strcmp(date, "depot") == 0   ? "la date du dépôt"
           : strcmp(date, "va") == 0      ? "la date de la VA"
                                          : "la date d'évaluation";
}

void parametre_dire(const struct parametre_vue *v, struct buffer *out)
{
    char texte[64];
    switch (v->type) {
    case PARAMETRE_ENTIER:
        buffer_put_i64(out, v->n);
        return;
    case PARAMETRE_MONTANT:
        buffer_puts(out, montant_fr(montant_of(v->n), texte));
        return;
    case PARAMETRE_TAUX:
        buffer_puts(out, taux_fr((struct taux){(int32_t)v->n}, texte));
        return;
    case PARAMETRE_JOUR:
        buffer_puts(out, jour_fr((struct jour){(int32_t)v->n}, texte));
        return;
    case PARAMETRE_INSTANT:
        buffer_puts(out, instant_fr((struct instant){v->n}, texte));
        return;
    case PARAMETRE_MOT:
        buffer_puts(out, v->mot);
        return;
    }
}

bool parametre_applique(const struct dossier *d, const struct parametres *p, const char *cle, struct parametre_vue *v, struct jour *choisi)
{
    *v = (struct parametre_vue){0};
    /* La date qui choisit se lit sur la première valeur, quel que soit le jour. */
    for (size_t i = 0; parametres_rang(p, i, v) && strcmp(v->cle, cle) != 0; i++)
        continue;
    *choisi = v->cle == NULL ? JOUR_ABSENT : jour_qui_choisit(d, v->date);
    return jour_present(*choisi) && parametres_trouver(p, cle, *choisi, v);
}

void parametre_choix_dire(const struct parametre_vue *v, struct jour choisi, struct buffer *out)
{
    char texte[JOUR_TEXTE_MAX];
    parametre_dire(v, out);
    buffer_printf(out, ", depuis le %s", jour_fr(v->depuis, texte));
    buffer_printf(out, ", choisi par %s (%s)", date_label(v->date), jour_fr(choisi, texte));
}

static void arbre_parametre(const struct dossier *d, const struct parametres *p, const char *cle, struct buffer *out)
{
    struct parametre_vue v;
    struct jour jour;
    buffer_printf(out, "├─ paramètre %s", cle);
    if (!parametre_applique(d, p, cle, &v, &jour)) {
        buffer_puts(out, " : aucune valeur en vigueur\n");
        return;
    }
    buffer_puts(out, " = ");
    parametre_choix_dire(&v, jour, out);
    buffer_printf(out, "\n│    %s\n", v.titre);
    buffer_printf(out, "│    source : %s%s\n", v.source, v.inference ? PARAMETRE_INFERENCE : "");
}

void prose_arbre(const struct dossier *d, const struct parametres *p, const struct constat *c, struct buffer *out)
{
    const struct regle *r = regle_de(c->regle);
    const struct justification *j = constat_justifie(d, c);
    buffer_printf(out, "%s %s", r->ident, verdict_nom(c->verdict));
    if (c->verdict == VERDICT_NON_CONFORME)
        buffer_printf(out, " (%s)", gravite_nom(r->gravite));
    buffer_printf(out, " : %s\n├─ constat : ", r->titre);
    prose_message(d, c, out);
    buffer_putc(out, '\n');
    for (uint16_t i = 0; i < c->n; i++) {
        const struct valeur *v = &c->valeurs[i];
        if (muette(v))
            continue;
        buffer_printf(out, "├─ %s : ", valeur_label(v->cle) == NULL ? v->cle : valeur_label(v->cle));
        valeur_dire(v, "", out);
        buffer_putc(out, '\n');
    }
    for (uint16_t i = 0; i < c->n; i++)
        if (c->valeurs[i].type == VALEUR_PARAMETRE)
            arbre_parametre(d, p, c->valeurs[i].texte, out);
    if (c->verdict == VERDICT_NON_CONFORME || c->verdict == VERDICT_EN_ATTENTE)
        buffer_printf(out, "├─ attendu : %s\n├─ à faire : %s\n", r->attendu, prose_a_faire(c));
    const struct justification *caduque = constat_caduque(d, c);
    if (j != NULL)
        buffer_printf(out, "├─ justifiée : %s\n", j->motif);
    else if (caduque != NULL)
        buffer_printf(out, c->verdict == VERDICT_CONFORME || c->verdict == VERDICT_SANS_OBJET ? "├─ justification sans objet, le constat est levé : %s\n"
                                                          : "├─ justification caduque, le constat a changé : %s\n", caduque->motif);
    buffer_printf(out, "└─ source : %s ; règle choisie par %s, version %d\n", r->source, date_label(r->date), r->version);
}
