/* The ESSMS of the order: numbers, those of an OG, words to search; then the share of each. */
#include <string.h>

#include "cli/saisir.h"
#include "metier/vues.h"
#include "noyau/memoire.h"

#define MONTRES_MAX 100 /* shown at once; an OG may have hundreds */

static void montrer_debut(struct saisir *s)
{
    s->n_montres = 0;
}

static void montrer(struct saisir *s, finess et, bool libre)
{
    s->montres = memoire_grow(s->montres, &s->cap_montres, s->n_montres + 1, sizeof *s->montres);
    s->libres = memoire_grow(s->libres, &s->cap_libres, s->n_montres + 1, sizeof *s->libres);
    s->montres[s->n_montres] = et;
    s->libres[s->n_montres++] = libre;
}

static bool choisi(const struct saisir *s, finess et)
{
    for (size_t i = 0; i < s->s.n; i++)
        if (s->s.essms[i].et == et)
            return true;
    return false;
}

/* --- the list of an OG ------------------------------------------------------------------------------------------------ */

static void voisin_dire(struct saisir *s, const struct prepare_voisin *v, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX];
    buffer_printf(b, "\n  %3zu  %s  %.*s, %.*s : ", s->n_montres, finess_texte(v->et, t), (int)v->nom.len, v->nom.bytes, (int)v->commune.len, v->commune.bytes);
    if (choisi(s, v->et))
        buffer_puts(b, "choisi");
    else
        buffer_puts(b, v->quoi == VOISIN_LIBRE ? "à commander" : v->quoi == VOISIN_HORS_COULOIR ? "d'un autre couloir" : "déjà commandé");
    if (*v->dit != '\0')
        buffer_printf(b, " ; %s", v->dit);
}

/* Once for each OG: the ESSMS that it has in the base. */
static void montrer_og(struct saisir *s)
{
    struct buffer b = {0};
    char t[FINESS_TEXTE_MAX], jour[JOUR_TEXTE_MAX];
    const struct prepare *p = &s->k.p;
    if (p->ej == FINESS_ABSENT || p->ej == s->og_montre || p->n_voisins == 0)
        return;
    s->og_montre = p->ej;
    montrer_debut(s);
    buffer_printf(&b, "L'OG %s%s%.*s a %zu ESSMS dans la base du %s", finess_texte(p->ej, t), p->og_nom.len > 0 ? " " : "", (int)p->og_nom.len,
                  p->og_nom.bytes, p->n_voisins, jour_fr(p->base, jour));
    buffer_printf(&b, "%s :", s->k.base_de_l_annee ? "" : " (celle de l'année manque)");
    for (size_t i = 0; i < p->n_voisins && i < MONTRES_MAX; i++) {
        montrer(s, p->voisins[i].et, p->voisins[i].quoi == VOISIN_LIBRE);
        voisin_dire(s, &p->voisins[i], &b);
    }
    if (p->n_voisins > MONTRES_MAX)
        buffer_printf(&b, "\n  et %zu autres : répondre par leur numéro, ou par des mots de leur nom", p->n_voisins - MONTRES_MAX);
    cli_noter(s->c, "%s", b.bytes);
    buffer_free(&b);
}

/* --- words ------------------------------------------------------------------------------------------------------------ */

struct trouvailles {
    struct saisir *s;
    size_t et, ej, nom, commune; /* their columns */
    size_t n;
    struct buffer b;
};

static bool trouvailles_debut(void *ctx, const struct colonne *colonnes, size_t n)
{
    struct trouvailles *t = ctx;
    for (size_t i = 0; i < n; i++) {
        t->et = strcmp(colonnes[i].cle, "finess_et") == 0 ? i : t->et;
        t->ej = strcmp(colonnes[i].cle, "finess_ej") == 0 ? i : t->ej;
        t->nom = strcmp(colonnes[i].cle, "libelle_essms") == 0 ? i : t->nom;
        t->commune = strcmp(colonnes[i].cle, "commune") == 0 ? i : t->commune;
    }
    return true;
}

static bool trouvailles_ligne(void *ctx, const struct cellule *c, size_t n)
{
    struct trouvailles *t = ctx;
    char a[FINESS_TEXTE_MAX], o[FINESS_TEXTE_MAX];
    (void)n;
    if (t->n++ >= MONTRES_MAX)
        return true;
    montrer(t->s, (finess)c[t->et].n, false);
    buffer_printf(&t->b, "\n  %3zu  %s  %.*s, %.*s (OG %s)", t->s->n_montres, finess_texte((finess)c[t->et].n, a), (int)c[t->nom].texte.len,
                  c[t->nom].texte.bytes, (int)c[t->commune].texte.len, c[t->commune].texte.bytes, finess_texte((finess)c[t->ej].n, o));
    return true;
}

static bool trouvailles_fin(void *ctx)
{
    (void)ctx;
    return true;
}

static bool chercher(struct saisir *s, struct slice mots)
{
    struct trouvailles t = {.s = s};
    const struct tableau_sortie sortie = {trouvailles_debut, trouvailles_ligne, trouvailles_fin, &t};
    if (!jour_present(s->k.p.base)) {
        saisir_refuser(s, E_BASE_ABSENTE, "aucune base d'établissements n'est importée : des mots ne s'y cherchent pas", "répondre par un numéro FINESS");
        return true;
    }
    if (texte_has_control(mots.bytes, mots.len) || !texte_is_utf8(mots.bytes, mots.len)) {
        saisir_refuser(s, E_VALEUR, "ce n'est ni un numéro ni des mots à chercher", "répondre par un numéro FINESS, ou par des mots d'un nom ou d'une commune");
        return true;
    }
    char *texte = memoire_strndup(mots.bytes, mots.len);
    struct tableau_sortie x = sortie;
    montrer_debut(s);
    s->og_montre = FINESS_ABSENT;
    const bool ok = vue_finess_chercher(&s->c->ctx, texte, s->k.p.base, &x);
    memoire_free(texte);
    if (ok && t.n == 0)
        saisir_refuser(s, E_INCONNU, "aucun ESSMS de la base n'a ces mots dans son nom ou sa commune", "en donner moins, ou répondre par un numéro FINESS");
    else if (ok && t.n > MONTRES_MAX)
        cli_noter(s->c, "%zu ESSMS ont ces mots, dont :%s\n  et %zu autres : ajouter un mot", t.n, t.b.bytes, t.n - MONTRES_MAX);
    else if (ok)
        cli_noter(s->c, "%zu ESSMS :%s", t.n, t.b.bytes);
    buffer_free(&t.b);
    return ok;
}

/* --- one answer ------------------------------------------------------------------------------------------------------- */

static bool separateur(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '\t';
}

static struct slice mot_suivant(struct slice *reste)
{
    size_t i = 0, n = 0;
    while (i < reste->len && separateur(reste->bytes[i]))
        i++;
    while (i + n < reste->len && !separateur(reste->bytes[i + n]))
        n++;
    const struct slice mot = {reste->bytes + i, n};
    *reste = (struct slice){reste->bytes + i + n, reste->len - i - n};
    return mot;
}

/* `7` or `5-7`, of what was shown. */
static bool rangs(const struct saisir *s, struct slice mot, size_t *de, size_t *a)
{
    size_t v[2] = {0, 0}, k = 0;
    for (size_t i = 0; i < mot.len; i++) {
        if (mot.bytes[i] == '-' && k == 0 && i > 0)
            k = 1;
        else if (mot.bytes[i] >= '0' && mot.bytes[i] <= '9' && v[k] < 1000)
            v[k] = v[k] * 10 + (size_t)(mot.bytes[i] - '0');
        else
            return false;
    }
    *de = v[0];
    *a = k == 0 ? v[0] : v[1];
    return mot.len > 0 && *de >= 1 && *de <= *a && *a <= s->n_montres;
}

static bool est_tous(struct slice mot)
{
    return slice_equals(mot, "tous") || slice_equals(mot, "Tous") || slice_equals(mot, "TOUS");
}

/* A number, FINESS or SIRET, rather than a word: six digits at least and nothing but digits, A and B. */
static bool est_numero(struct slice mot)
{
    size_t chiffres = 0;
    for (size_t i = 0; i < mot.len; i++) {
        if (mot.bytes[i] >= '0' && mot.bytes[i] <= '9')
            chiffres++;
        else if (strchr("aAbB", mot.bytes[i]) == NULL || mot.bytes[i] == '\0')
            return false;
    }
    return chiffres > 5;
}

static bool tout_est_lisible(const struct saisir *s, struct slice reponse)
{
    size_t de, a;
    for (struct slice mot = mot_suivant(&reponse); mot.len > 0; mot = mot_suivant(&reponse))
        if (!est_numero(mot) && !(s->n_montres > 0 && (est_tous(mot) || rangs(s, mot, &de, &a))))
            return false;
    return true;
}

/* An OG is shown, an ESSMS is chosen or put back. */
static bool prendre_numero(struct saisir *s, struct slice mot)
{
    struct diag_liste diags = {0};
    const finess n = saisie_lire_essms(&s->c->ctx, mot, &diags);
    const bool og = n != FINESS_ABSENT && saisie_est_og(&s->c->ctx, &s->k, n);
    if (og) {
        s->og = n;
        s->og_montre = FINESS_ABSENT;
    } else if (n != FINESS_ABSENT) {
        saisie_essms(&s->s, n, true);
    }
    const bool panne = diags.pire >= SORTIE_ENVIRONNEMENT;
    dialogue_fautes(&s->d, &diags);
    return !panne;
}

static bool prendre_mots(struct saisir *s, struct slice reponse)
{
    size_t de, a;
    bool ok = true;
    for (struct slice mot = mot_suivant(&reponse); ok && mot.len > 0; mot = mot_suivant(&reponse)) {
        if (est_tous(mot)) {
            for (size_t i = 0; i < s->n_montres; i++)
                if (s->libres[i])
                    saisie_essms(&s->s, s->montres[i], false);
        } else if (rangs(s, mot, &de, &a)) {
            for (size_t i = de; i <= a; i++)
                saisie_essms(&s->s, s->montres[i - 1], true);
        } else {
            ok = prendre_numero(s, mot);
        }
    }
    return ok;
}

static bool prendre(struct saisir *s, struct slice reponse)
{
    finess et;
    uint64_t siret;
    s->og = FINESS_ABSENT;
    /* Numbers are often written in groups: 2A 000 0360. */
    if (finess_parse_saisie(reponse, &et, NULL) == NUMERO_VALIDE || siret_parse(reponse, &siret) == NUMERO_VALIDE)
        return prendre_numero(s, reponse);
    return tout_est_lisible(s, reponse) ? prendre_mots(s, reponse) : chercher(s, reponse);
}

static void montrer_choix(struct saisir *s)
{
    struct buffer b = {0};
    char n[MONTANT_TEXTE_MAX];
    for (size_t i = 0; i < s->s.n && i < MONTRES_MAX; i++) {
        buffer_puts(&b, "\n       ");
        saisir_nom_essms(s, s->s.essms[i].et, &b);
    }
    if (s->s.n > MONTRES_MAX)
        buffer_printf(&b, "\n       et %zu autres", s->s.n - MONTRES_MAX);
    cli_noter(s->c, "ESSMS choisis : %s%s", entier_fr((int64_t)s->s.n, n), b.len > 0 ? b.bytes : "");
    buffer_free(&b);
}

enum suite saisir_poser_essms(struct saisir *s, const struct question *q)
{
    s->og_montre = FINESS_ABSENT;
    s->og = FINESS_ABSENT;
    if (s->s.n > 0)
        montrer_choix(s);
    for (;;) {
        montrer_og(s);
        const enum reponse r = dialogue_lire(&s->d);
        if (r == REPONSE_ABANDON || r == REPONSE_AVANT)
            return r == REPONSE_AVANT ? RETOUR : ABANDON;
        if (saisir_meme(s, q, r))
            continue;
        s->finir = s->finir || r == REPONSE_FINIR;
        if ((r == REPONSE_VIDE || r == REPONSE_FINIR) && s->s.n > 0)
            return SUITE;
        if (r == REPONSE_VIDER)
            while (s->s.n > 0)
                saisie_essms(&s->s, s->s.essms[0].et, true);
        else if (r != REPONSE_VALEUR) {
            saisir_refuser(s, E_OBLIGATOIRE, "finess_et : il faut au moins un ESSMS", "répondre par un numéro FINESS, ou par des mots d'un nom ou d'une commune");
            continue;
        } else if (!prendre(s, dialogue_reponse(&s->d)))
            return FAUTE;
        if (!saisir_connaitre(s))
            return FAUTE;
        montrer_choix(s);
    }
}

/* --- shares ----------------------------------------------------------------------------------------------------------- */

static void oter_parts(struct saisir *s)
{
    for (size_t i = 0; i < s->s.n; i++) {
        memoire_free(s->s.essms[i].ht);
        s->s.essms[i].ht = NULL;
    }
}

static void afficher_part(struct saisir *s, size_t i)
{
    struct buffer b = {0};
    saisir_nom_essms(s, s->s.essms[i].et, &b);
    cli_noter(s->c, "  ESSMS %zu sur %zu : %s%s%s%s", i + 1, s->s.n, b.bytes, s->s.essms[i].ht != NULL ? " ; vide : « " : "",
              s->s.essms[i].ht != NULL ? s->s.essms[i].ht : "", s->s.essms[i].ht != NULL ? " » reste" : "");
    buffer_free(&b);
}

/* True when the share is given. */
static bool prendre_part(struct saisir *s, size_t i, enum reponse r)
{
    struct diag_liste diags = {0};
    if (r == REPONSE_VIDE && s->s.essms[i].ht != NULL)
        return true;
    if (r != REPONSE_VALEUR) {
        saisir_refuser(s, E_SOMME, "montant_ht_essms : une part pour chaque ESSMS, ou aucune", "donner celle-ci, ou « - » pour n'en donner aucune");
        return false;
    }
    const struct slice v = dialogue_reponse(&s->d);
    const bool ok = saisie_verifier(&s->c->ctx, C_MONTANT_HT_ESSMS, v, &diags);
    dialogue_fautes(&s->d, &diags);
    if (ok) {
        memoire_free(s->s.essms[i].ht);
        s->s.essms[i].ht = memoire_strndup(v.bytes, v.len);
    }
    return ok;
}

enum suite saisir_poser_parts(struct saisir *s, const struct question *q)
{
    for (size_t i = 0; i < s->s.n;) {
        afficher_part(s, i);
        const enum reponse r = dialogue_lire(&s->d);
        if (r == REPONSE_ABANDON || (r == REPONSE_AVANT && i == 0))
            return r == REPONSE_AVANT ? RETOUR : ABANDON;
        if (saisir_meme(s, q, r))
            continue;
        s->finir = s->finir || r == REPONSE_FINIR;
        if (r == REPONSE_VIDER || (i == 0 && (r == REPONSE_VIDE || r == REPONSE_FINIR) && s->s.essms[0].ht == NULL)) {
            oter_parts(s);
            return SUITE;
        }
        if (r == REPONSE_AVANT)
            i--;
        else if (prendre_part(s, i, r))
            i++;
    }
    return SUITE;
}
