/* The confidence, the reasons and the candidates, as people read them. */
#include "metier/rapprocheur.h"

#include <string.h>

const char *rapprochement_confiance(const struct rapprochement *x)
{
    static const char *const noms[] = {[RAPPROCHE_SUR] = "sûre", [RAPPROCHE_A_CHOISIR] = "à choisir", [RAPPROCHE_AUCUN] = "aucune"};
    return noms[x->issue];
}

static void ajouter(struct buffer *out, size_t debut, const char *texte)
{
    buffer_puts(out, out->len > debut ? ", " : "");
    buffer_puts(out, texte);
}

/* « SIRET, nom identique, commune » : what agrees, then what does not. */
static void preuves(const struct candidat *c, struct buffer *out)
{
    static const char *const ecarts[] = {[ECART_NOM] = "autre nom", [ECART_NUMERO] = "autre numéro dans le nom", [ECART_GENRE] = "autre genre d'établissement"};
    static const char *const communes[] = {"autre commune", "commune proche", "commune"};
    static const char *const postaux[] = {"autre code postal", "même département", "code postal"};
    const size_t debut = out->len;
    if (c->siret)
        ajouter(out, debut, "SIRET");
    if (c->siren && !c->siret)
        ajouter(out, debut, "SIREN");
    if (c->autre_siren)
        ajouter(out, debut, "autre SIREN");
    if (c->proximite == PROXIMITE_EXACTE)
        ajouter(out, debut, "nom identique");
    else if (c->ecart == ECART_AUCUN && c->proximite > 0)
        ajouter(out, debut, "nom proche");
    else if (c->ecart != ECART_AUCUN)
        ajouter(out, debut, ecarts[c->ecart]);
    if (c->commune != ACCORD_ABSENT)
        ajouter(out, debut, communes[c->commune]);
    if (c->postal != ACCORD_ABSENT)
        ajouter(out, debut, postaux[c->postal]);
    if (c->departement != ACCORD_ABSENT)
        ajouter(out, debut, c->departement == ACCORD_OUI ? "département" : "autre département");
}

void rapprochement_raisons(const struct rapprochement *x, struct buffer *out)
{
    static const char *const causes[] = {
        [CAUSE_SIRET] = "SIRET d'un seul établissement, que rien ne contredit",
        [CAUSE_SIRET_PARTAGE] = "SIRET partagé, le nom n'en désigne qu'un",
        [CAUSE_SIREN] = "SIREN, nom et commune n'en désignent qu'un",
        [CAUSE_NOM] = "nom et commune n'en désignent qu'un",
        [CAUSE_RIEN] = "ni SIRET, ni SIREN, ni nom",
        [CAUSE_INCONNU] = "aucun établissement semblable dans la base",
        [CAUSE_CONTREDIT] = "le meilleur candidat est contredit",
        [CAUSE_RIVAL] = "plusieurs candidats conviennent",
        [CAUSE_FAIBLE] = "indices insuffisants",
    };
    buffer_puts(out, causes[x->cause]);
    if (x->n == 0)
        return;
    buffer_puts(out, " : ");
    preuves(&x->c[0], out);
}

void rapprochement_candidats(const struct rapprochement *x, struct buffer *out)
{
    char t[FINESS_TEXTE_MAX];
    for (size_t i = 0; i < x->n; i++) {
        const struct candidat *c = &x->c[i];
        buffer_printf(out, "%s%s %.*s, %.*s (%d : ", i > 0 ? " | " : "", finess_texte(c->et, t), (int)c->nom.len, c->nom.bytes,
                      (int)c->acheminement.len, c->acheminement.bytes, c->points);
        preuves(c, out);
        buffer_putc(out, ')');
    }
    if (x->autres > 0)
        buffer_printf(out, x->autres > 1 ? " | … et %zu autres aussi proches" : " | … et %zu autre aussi proche", x->autres);
}
