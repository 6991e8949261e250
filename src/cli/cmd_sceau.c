/* journal sceller, journal extrait, and what journal verifier does with seals. */
#include <string.h>
#include "cli/cmd_sceau.h"
#include "cli/commandes.h"
#include "metier/sceaux.h"
#include "metier/vues.h"
#include "noyau/memoire.h"
#include "registre/base.h"

static const char *option(const struct cli *c, enum option o)
{
    return option_donnee(&c->ligne, o) ? c->ligne.valeurs[o] : NULL;
}

static int manque(struct cli *c, const char *quoi, const char *a_faire)
{
    diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "%s", quoi), "%s", a_faire);
    return SORTIE_USAGE;
}

/* --- sceller ---------------------------------------------------------------------------------------------------------- */

static int horodater(struct cli *c)
{
    struct horodater_rapport r;
    char t[INSTANT_TEXTE_MAX];
    if (c->ligne.n_sceaux != 1)
        return manque(c, "il manque --sceau : le sceau que date cette réponse", "sons journal sceller --horodatage REPONSE --sceau SCEAU.txt");
    if (!acte_sceau_horodater(c->ligne.sceaux[0], c->ligne.valeurs[OPT_HORODATAGE], option(c, OPT_CONFIANCE), c->ctx.essai, &r, &c->diags))
        return SORTIE_REFUS;
    cli_dire(c, "Horodatage %s : %s, par %s%s.\nFichier : %s", r.deja ? "déjà joint" : "joint au sceau", instant_fr(r.le, t),
             *r.autorite ? r.autorite : "une autorité sans nom", r.jugee ? "" : " (autorité non vérifiée : donner --confiance)", r.fichier);
    return SORTIE_FAIT;
}

static void dire_sceau(struct cli *c, const struct sceller_demande *d, const struct sceller_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"numero", "n°", CELLULE_ENTIER}, {"entrees", "entrées", CELLULE_ENTIER}, {"racine", "racine", CELLULE_TEXTE},
        {"empreinte", "empreinte", CELLULE_TEXTE}, {"fichier", "fichier", CELLULE_TEXTE}, {"signataire", "signataire", CELLULE_TEXTE}};
    struct buffer b = {0}, fichier = {0};
    buffer_printf(&fichier, "%s/%s", d->dossier, r->fichier);
    buffer_printf(&b, "Sceau n° %lld%s : ", (long long)r->numero, d->refaire != 0 ? ", écrit de nouveau" : "");
    compte(&b, (uint64_t)r->entrees, "entrée scellée", "entrées scellées");
    buffer_printf(&b, ".\nFichier : %s\nEmpreinte : %s\n", fichier.bytes, r->empreinte);
    if (r->signe)
        buffer_printf(&b, "Signé par %s (.p7s).\n", *r->signataire ? r->signataire : "un certificat sans nom");
    else if (r->sans_signature)
        buffer_puts(&b, "Il annonce une signature, que --cle aurait refaite : remettre à côté de lui celle d'origine (.p7s).\n");
    else
        buffer_puts(&b, "Non signé.\n");
    buffer_puts(&b, "À faire : déposer le sceau hors de la maison ; faire dater la demande (.tsq) par une autorité d'horodatage (sons-sceau(7)).");
    const struct cellule cellules[] = {cellule_entier(r->numero), cellule_entier(r->entrees), cellule_texte(r->racine),
                                       cellule_texte(r->empreinte), cellule_texte(fichier.bytes), cellule_texte(r->signataire)};
    cli_rapporter(c, b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&fichier);
    buffer_free(&b);
}

int cmd_journal_sceller(struct cli *c)
{
    struct sceller_demande d = {.dossier = option(c, OPT_SORTIE), .cle = option(c, OPT_CLE), .certificat = option(c, OPT_CERTIFICAT),
                                .mot_de_passe = option(c, OPT_MOT_DE_PASSE)};
    struct sceller_rapport r;
    const bool horodatage = option_donnee(&c->ligne, OPT_HORODATAGE);
    if (horodatage && (d.dossier != NULL || d.cle != NULL || option_donnee(&c->ligne, OPT_REFAIRE)))
        return manque(c, "--horodatage joint une réponse à un sceau fait : ni --sortie, ni --cle, ni --refaire",
                      "sons journal sceller --horodatage REPONSE --sceau SCEAU.txt");
    if (horodatage)
        return horodater(c);
    if (d.dossier == NULL || option_donnee(&c->ligne, OPT_SCEAU) || option_donnee(&c->ligne, OPT_CONFIANCE))
        return manque(c, d.dossier == NULL ? "il manque --sortie" : "--sceau et --confiance ne vont qu'avec --horodatage",
                      "sons journal sceller --sortie DOSSIER");
    if (d.cle == NULL && (d.certificat != NULL || d.mot_de_passe != NULL))
        return manque(c, "il manque --cle", "donner la clé qui signe, ou retirer --certificat et --mot-de-passe-fichier");
    if (option_donnee(&c->ligne, OPT_REFAIRE) && !lire_entier(c, c->ligne.valeurs[OPT_REFAIRE], "--refaire", 1, INT64_MAX, &d.refaire))
        return SORTIE_USAGE;
    if (!acte_journal_sceller(&c->ctx, &d, &r))
        return SORTIE_REFUS;
    if (r.deja) {
        cli_dire(c, "Rien n'a été écrit depuis le sceau n° %lld : le journal est déjà scellé.\nÀ faire, si ses fichiers manquent : sons journal sceller --sortie DOSSIER --refaire %lld",
                 (long long)r.numero, (long long)r.numero);
        return SORTIE_FAIT;
    }
    cli_a_ecrit(c, d.refaire == 0);
    dire_sceau(c, &d, &r);
    return SORTIE_FAIT;
}

/* --- extrait ---------------------------------------------------------------------------------------------------------- */

int cmd_journal_extrait(struct cli *c)
{
    struct extrait_ecrit r;
    struct buffer b = {0};
    int64_t commande;
    if (c->ligne.n_sceaux != 1)
        return manque(c, "un extrait se fait pour un seul sceau", "sons journal extrait COMMANDE --sceau SCEAU.txt --sortie FICHIER");
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande) ||
        !vue_extrait_ecrire(&c->ctx, commande, c->ligne.sceaux[0], c->ligne.valeurs[OPT_SORTIE], &r))
        return SORTIE_REFUS;
    buffer_printf(&b, "Extrait de %s : ", c->ligne.arguments[0]);
    compte(&b, r.entrees, "entrée", "entrées");
    buffer_puts(&b, ", chacune avec sa preuve d'inscription.");
    if (r.posterieures > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r.posterieures, "autre est postérieure au sceau : sceller de nouveau pour la prouver.",
               "autres sont postérieures au sceau : sceller de nouveau pour les prouver.");
    }
    cli_dire(c, "%s\n%s : %s\nIl se vérifie sans le registre : sons journal verifier --extrait %s --sceau %s", b.bytes,
             c->ctx.essai ? "Serait écrit dans" : "Fichier", c->ligne.valeurs[OPT_SORTIE], c->ligne.valeurs[OPT_SORTIE], c->ligne.sceaux[0]);
    buffer_free(&b);
    return SORTIE_FAIT;
}

static int extrait_verifier(struct cli *c, const struct sceaux_demande *d)
{
    struct extrait_lu r;
    if (d->n != 1)
        return manque(c, "il manque --sceau : celui pour lequel l'extrait a été fait, et lui seul",
                      "sons journal verifier --extrait FICHIER --sceau SCEAU.txt");
    if (!vue_extrait_verifier(c->ligne.valeurs[OPT_EXTRAIT], d, &c->tableau, &r, &c->diags)) {
        cli_dire(c, "L'extrait n'est pas prouvé : voir ci-dessus.");
        return SORTIE_REFUS;
    }
    struct buffer b = {0};
    compte(&b, r.entrees, "entrée est au journal scellé, telle quelle", "entrées sont au journal scellé, telles quelles");
    cli_dire(c, "%s : commande %s, %s, registre %s.\n"
                "Un extrait prouve ce qu'il montre ; il ne prouve pas qu'il n'y a rien d'autre.", b.bytes, r.commande, r.sceau, r.registre);
    buffer_free(&b);
    return SORTIE_FAIT;
}

/* --- verifier --------------------------------------------------------------------------------------------------------- */

static void dire_verification(struct cli *c, const struct sceaux_rapport *r)
{
    struct buffer b = {0};
    if (r->registre) {
        compte(&b, (uint64_t)r->entrees, "entrée vérifiée", "entrées vérifiées");
        buffer_puts(&b, " : chaîne et forme intactes.\n");
        if (r->identiques > 0)
            buffer_puts(&b, "Rien n'a été écrit depuis le dernier sceau : tout ce qu'il a scellé est là, inchangé.\n");
        else
            buffer_puts(&b, "Tout ce qui a été scellé est là, inchangé ; d'autres entrées ont suivi.\n");
    } else {
        buffer_puts(&b, "Sans registre : les sceaux n'ont été comparés qu'entre eux.\n");
    }
    compte(&b, r->sceaux, "sceau", "sceaux");
    const struct compte_mots v[] = {
        {r->identiques, "identique", "identiques"}, {r->grandis, "grandi", "grandis"},
        {r->continuites, "continuité prouvée", "continuités prouvées"}, {r->lacunes, "continuité non montrée", "continuités non montrées"},
        {r->non_signes, "non signé", "non signés"}, {r->non_juges, "signataire non vérifié (--confiance)", "signataires non vérifiés (--confiance)"},
        {r->non_horodates, "sans horodatage", "sans horodatage"}};
    comptes(&b, v, sizeof v / sizeof *v);
    buffer_putc(&b, '.');
    if (r->lacunes > 0)
        buffer_puts(&b, "\nEntre deux sceaux qui ne se suivent pas, donner aussi ceux du milieu, ou le registre.");
    if (r->registre)
        buffer_printf(&b, "\nTête : %s", r->tete);
    cli_dire(c, "%s", b.bytes);
    buffer_free(&b);
}

static int sceaux_verifier(struct cli *c, const struct sceaux_demande *d)
{
    struct sceaux_rapport r;
    CLI_COLONNES(c, "fichier", "numero", "scelle_le", "entrees", "issue", "signature", "horodatage");
    if (vue_sceaux_verifier(&c->ctx, d, &c->tableau, &r)) {
        dire_verification(c, &r);
        return SORTIE_FAIT;
    }
    if (r.rompus > 0 || (r.registre && !r.chaine))
        cli_dire(c, "LE REGISTRE N'EST PLUS CELUI QUI A ÉTÉ SCELLÉ : ne plus rien écrire dans %s ; voir ci-dessus, et sons-sceau(7).", c->registre);
    else if (r.registre && r.identiques + r.grandis == r.sceaux)
        cli_dire(c, "Le registre est bien celui qui a été scellé ; mais qui a signé ou daté les sceaux est à revoir, voir ci-dessus.");
    else if (r.registre && r.identiques + r.grandis > 0)
        cli_dire(c, "Le registre tient face à une partie des sceaux donnés ; les autres sont à revoir, voir ci-dessus.");
    else
        cli_dire(c, "Les sceaux donnés ne prouvent rien de ce registre : voir ci-dessus.");
    return SORTIE_REFUS;
}

int sceaux_traiter(struct cli *c)
{
    const struct ligne_commande *l = &c->ligne;
    if (l->n_arguments > 0 && l->n_sceaux == 0)
        return manque(c, "des sceaux se donnent par --sceau", "sons journal verifier --sceau SCEAU.txt…");
    if (option_donnee(l, OPT_CONFIANCE) && l->n_sceaux == 0)
        return manque(c, "--confiance ne va qu'avec --sceau", "sons journal verifier --sceau SCEAU.txt --confiance FICHIER.pem");
    if (option_donnee(l, OPT_TOUT) && (l->n_sceaux > 0 || option_donnee(l, OPT_EXTRAIT)))
        return manque(c, "--tout ne va pas avec --sceau ni --extrait", "faire l'une, puis l'autre");
    const char **fichiers = memoire_calloc(l->n_sceaux + l->n_arguments + 1, sizeof *fichiers);
    for (size_t i = 0; i < l->n_sceaux; i++)
        fichiers[i] = l->sceaux[i];
    for (size_t i = 0; i < l->n_arguments; i++)
        fichiers[l->n_sceaux + i] = l->arguments[i];
    const struct sceaux_demande d = {.fichiers = fichiers, .n = l->n_sceaux + l->n_arguments, .confiance = option(c, OPT_CONFIANCE)};
    int code = -1;
    if (option_donnee(l, OPT_EXTRAIT))
        code = extrait_verifier(c, &d);
    else if (c->ctx.registre == NULL && d.n < 2)
        code = registre_ouvrir(c->registre, false, &c->diags) == NULL ? SORTIE_USAGE : SORTIE_REFUS; /* says why there is none */
    else if (d.n > 0)
        code = sceaux_verifier(c, &d);
    memoire_free(fichiers);
    return code;
}

/* What could not be read for it is kept quiet: the act before it is done, and no fault may say that it is not. */
void sceau_rappeler(struct cli *c)
{
    struct buffer b = {0};
    struct diag_liste tues = {0}, *const diags = c->ctx.diags;
    c->ctx.diags = &tues;
    if (vue_sceau_rappel(&c->ctx, &b) && b.len > 0)
        cli_noter(c, "%s", b.bytes);
    c->ctx.diags = diags;
    diag_vider(&tues);
    buffer_free(&b);
}
