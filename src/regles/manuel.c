/* La page de manuel des règles, faite de regles.def. */
#include "regles/manuel.h"

#include "regles/regles_prive.h"

static const char *const etapes[] = {
    [ETAPE_COMMANDE] = "commande",
    [ETAPE_AVANCE] = "versement de l'avance",
    [ETAPE_VA] = "attestation de vérification d'aptitude",
    [ETAPE_SOLDE] = "solde",
    [ETAPE_FINANCEMENT] = "financement ESMS numérique",
};

const char *regles_limites(void)
{
    return "« Conforme » ne vaut que pour les règles citées ici. Les annexes des arrêtés (appel à financement, guide "
           "pratique) donnent la liste complète des mentions obligatoires de la commande, de la facture et de la VA ; "
           "elles ne sont pas reprises ici, et « conforme » ne les couvre pas. L'unicité d'un ESSMS est celle de ce "
           "registre ; le non-cumul, celui des listes importées ou de l'attestation de l'OG. COM-02, COM-03, COM-14 et FIN-05 "
           "ne jugent que ce que la commande déclare (lignes, reste à charge, engagement, option ; nom et commune) : le reste "
           "est « sans objet », non contrôlé, jamais conforme.";
}

/* Du texte en mdoc : la barre oblique inverse, et un point ou une apostrophe en tête de ligne, ont un sens. */
static void texte_mdoc(struct buffer *out, const char *s)
{
    if (*s == '.' || *s == '\'')
        buffer_puts(out, "\\&");
    for (const char *debut = s; *s != '\0'; s++) {
        if (*s == '\\')
            buffer_puts(out, "\\e");
        else if (*s == '\'')
            buffer_puts(out, "\\(aq");
        else if (*s == ' ' && s > debut && s[-1] == '.')
            buffer_putc(out, '\n'); /* une phrase par ligne, comme le veut mdoc */
        else
            buffer_putc(out, *s);
    }
    buffer_putc(out, '\n');
}

static void ligne(struct buffer *out, const char *nom, const char *texte)
{
    buffer_puts(out, nom);
    buffer_puts(out, " : ");
    texte_mdoc(out, texte);
    buffer_puts(out, ".br\n");
}

static void regle_mdoc(struct buffer *out, const struct regle *r)
{
    buffer_printf(out, ".It Sy %s\n", r->ident);
    texte_mdoc(out, r->titre);
    buffer_puts(out, ".br\n");
    buffer_printf(out, "Étape : %s ; gravité : %s ; version %d, depuis le %s.\n.br\n", etapes[r->etape],
                  gravite_nom(r->gravite), r->version, r->depuis);
    ligne(out, "Attendu", r->attendu);
    ligne(out, "À faire", r->remede);
    buffer_puts(out, "Source : ");
    texte_mdoc(out, r->source);
}

void regles_manuel(struct buffer *out)
{
    buffer_puts(out,
                ".\\\" Licence : EUPL-1.2. Fait de src/regles/regles.def ; ne pas corriger ici.\n"
                ".Dd November 22, 2026\n.Dt SONS-REGLES 7\n.Os sons\n"
                ".Sh NAME\n.Nm sons-regles\n.Nd règles du SONS « Prestation Ségur », DUI, vague 1\n"
                ".Sh DESCRIPTION\n"
                "Chaque règle a un identifiant, jamais renommé ni réemployé, et une gravité.\n"
                "Une anomalie empêche toute émission ; une discordance aussi, tant qu'elle n'est pas justifiée\n"
                ".Pq Fl -justifier Ar CODE Ns = Ns Ar motif\n"
                "; une information n'empêche rien.\n"
                ".Pp\n"
                "Verdicts : conforme, non conforme, en attente (une donnée manque ou une date n'est pas venue : rien\n"
                "n'est émis, et ce qui manque est nommé avec son échéance), sans objet.\n"
                "Une donnée absente n'est jamais conforme.\n"
                ".Sh RÈGLES\n.Bl -tag -width Ds\n");
    for (size_t r = 0; r < regles_nombre(); r++)
        regle_mdoc(out, regle_de(r));
    buffer_puts(out, ".El\n");
    buffer_puts(out, ".Sh LIMITES\n");
    texte_mdoc(out, regles_limites());
    buffer_puts(out, ".Sh SEE ALSO\n.Xr sons 1 ,\n.Xr sons-fichiers 5 ,\n.Xr sons-erreurs 7 ,\n.Xr sons-vie 7\n");
}
