/* commande completer, rectifier, remplacer, annuler, noter. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/import.h"
#include "cli/commun.h"
#include "cli/lecture_feuille.h"
#include "metier/actes.h"
#include "metier/feuilles.h"
#include "metier/vues.h"
#include "noyau/memoire.h"

/* With the correspondence of headers that this registre keeps. */
static struct feuille *lire_fichier(struct cli *c, const struct feuille_champ *champs, size_t n)
{
    struct lecture_feuille l;
    const bool prete = lecture_feuille_preparer(c, FEUILLE_COMMANDES, &l);
    struct feuille *f = prete ? feuille_lire_avec(c->ligne.valeurs[OPT_FICHIER], champs, n, &l.options, NULL, &c->diags) : NULL;
    lecture_feuille_free(&l);
    return f;
}

/* The order as a sheet: --fichier, or the columns given as options, completed by its number. NULL with faults. */
static struct feuille *lire_commande(struct cli *c, struct slice numero)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const struct ligne_commande *l = &c->ligne;
    const bool fichier = option_donnee(l, OPT_FICHIER);
    if (fichier == (!colonnes_vides(l) || option_donnee(l, OPT_VIDER))) {
        struct diag *d = diag_erreur(&c->diags, E_CLI_ARGUMENTS, fichier ? "--fichier dit tout : pas d'autre colonne avec elle"
                                                                        : "rien à changer : donner des colonnes, ou --fichier");
        diag_a_faire(d, "par exemple --montant-ht 1824,00 --montant-tva 364,80 ; les colonnes : --aide");
        return NULL;
    }
    if (fichier)
        return lire_fichier(c, champs, n);
    if (l->colonnes[C_NUMERO].len == 0)
        l->colonnes[C_NUMERO] = numero;
    return feuille_de_valeurs("ligne de commande", champs, n, l->colonnes, &c->diags);
}

/* `--vider motif_tva,version_solution`. What makes the order what it is cannot be emptied. */
static bool lire_vider(struct cli *c, bool vider[C_NOMBRE])
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const char *p = c->ligne.valeurs[OPT_VIDER];
    bool ok = true;
    for (size_t len; p != NULL; p = p[len] == ',' ? p + len + 1 : NULL) {
        struct buffer plie = {0};
        size_t k = 0;
        len = strcspn(p, ",");
        texte_fold_name(&plie, p, len);
        while (k < n && strcmp(champs[k].nom, plie.len > 0 ? plie.bytes : "") != 0)
            k++;
        const bool bon = k < n && k > C_COMMUNE && k != C_FOURNISSEUR && k != C_PIECE && (k < C_CONTACT_NOM || k > C_CONTACT_TELEPHONE);
        if (bon)
            vider[k] = true;
        else
            diag_attendu(diag_erreur(&c->diags, E_CLI_VALEUR, "--vider : « %.*s » ne se vide pas", (int)(len > 60 ? 60 : len), p),
                         "une colonne de la commande, hors numero, fournisseur, piece et ce qui est propre à un ESSMS (--fichier)");
        if (bon && c->ligne.colonnes[k].len > 0) {
            diag_erreur(&c->diags, E_CLI_VALEUR, "%s est à la fois donnée et vidée", champs[k].nom);
            ok = false;
        }
        ok = ok && bon;
        buffer_free(&plie);
    }
    return ok;
}

static void noter_inconnues(struct cli *c, const struct feuille *f)
{
    for (size_t i = 0; feuille_inconnue(f, i); i++)
        cli_noter(c, "Colonne ignorée : %s", feuille_inconnue(f, i));
}

static int refuser(struct cli *c)
{
    import_refuse(c);
    return SORTIE_REFUS;
}

static void dire_correction(struct cli *c, const char *commande, const struct correction_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"commande", "commande", CELLULE_TEXTE}, {"corrigee", "corrigée", CELLULE_OUI_NON}, {"champs", "champs", CELLULE_ENTIER},
        {"demande_refaite", "demande refaite", CELLULE_OUI_NON}, {"verdict", "verdict", CELLULE_TEXTE}};
    const struct cellule cellules[] = {cellule_texte(commande), cellule_oui_non(r->corrigee), cellule_entier((int64_t)r->champs),
                                       cellule_oui_non(r->demande_refaite), cellule_texte(r->verdict)};
    struct buffer b = {0};
    if (!r->corrigee && r->contacts > 0)
        buffer_printf(&b, "Commande %s : contact enregistré.", commande);
    else if (r->corrigee)
        buffer_printf(&b, "Commande %s %s : %s.", commande, r->rectifiee ? "rectifiée" : "complétée", r->verdict);
    else
        buffer_printf(&b, "Commande %s inchangée : elle dit déjà tout cela.", commande);
    cli_rapporter(c, b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&b);
}

static int corriger(struct cli *c, const char *motif)
{
    const char *texte = c->ligne.arguments[0];
    bool vider[C_NOMBRE] = {false};
    struct correction_demandee d = {.motif = motif, .vider = option_donnee(&c->ligne, OPT_VIDER) ? vider : NULL};
    struct correction_rapport r = {0};
    if (!lire_vider(c, vider))
        return SORTIE_USAGE;
    if (!vue_commande_resoudre(&c->ctx, texte, &d.commande))
        return SORTIE_REFUS;
    char *numero = vue_commande_numero(&c->ctx, d.commande);
    struct feuille *f = numero == NULL ? NULL : lire_commande(c, slice_of(numero));
    const bool bon = f != NULL && acte_commande_corriger(&c->ctx, &d, f, &r);
    memoire_free(numero);
    if (f == NULL)
        return SORTIE_REFUS;
    noter_inconnues(c, f);
    feuille_free(f);
    if (!bon)
        return refuser(c);
    cli_a_ecrit(c, r.corrigee || r.contacts > 0);
    dire_correction(c, texte, &r);
    return SORTIE_FAIT;
}

int cmd_commande_completer(struct cli *c)
{
    return corriger(c, NULL);
}

int cmd_commande_rectifier(struct cli *c)
{
    if (slice_trim(slice_of(c->ligne.valeurs[OPT_MOTIF])).len == 0) {
        diag_erreur(&c->diags, E_CLI_VALEUR, "--motif : un motif vide ne dit rien");
        return SORTIE_USAGE;
    }
    return corriger(c, c->ligne.valeurs[OPT_MOTIF]);
}

int cmd_commande_remplacer(struct cli *c)
{
    static const struct colonne colonnes[] = {{"ancienne", "ancienne", CELLULE_TEXTE}, {"entree", "entrée", CELLULE_ENTIER},
                                              {"verdict", "verdict", CELLULE_TEXTE}};
    const char *ancienne = c->ligne.arguments[0];
    struct remplacement_rapport r = {0};
    struct buffer b = {0};
    int64_t commande;
    if (!vue_commande_resoudre(&c->ctx, ancienne, &commande))
        return SORTIE_REFUS;
    struct feuille *f = lire_commande(c, (struct slice){NULL, 0});
    if (!f)
        return SORTIE_REFUS;
    const bool bon = acte_commande_remplacer(&c->ctx, commande, c->ligne.valeurs[OPT_MOTIF], f, &r);
    noter_inconnues(c, f);
    feuille_free(f);
    if (!bon)
        return refuser(c);
    cli_a_ecrit(c, true);
    const struct cellule cellules[] = {cellule_texte(ancienne), cellule_entier(r.nouvelle), cellule_texte(r.verdict)};
    buffer_printf(&b, "Commande %s remplacée (nouvelle commande, entrée %lld) : %s.", ancienne, (long long)r.nouvelle, r.verdict);
    cli_rapporter(c, b.bytes, colonnes, cellules, 3);
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_commande_annuler(struct cli *c)
{
    const struct ligne_commande *l = &c->ligne;
    bool payee = false;
    struct annulation n = {.attestation = l->valeurs[OPT_ATTESTATION], .renonciation = l->valeurs[OPT_RENONCIATION],
                           .accord_client = option_donnee(l, OPT_ACCORD_CLIENT), .motif = l->valeurs[OPT_MOTIF], .payee = &payee};
    char t[JOUR_TEXTE_MAX];
    if (!vue_commande_resoudre(&c->ctx, l->arguments[0], &n.commande))
        return SORTIE_REFUS;
    if (!acte_commande_annuler(&c->ctx, &n))
        return refuser(c);
    cli_a_ecrit(c, true);
    cli_dire(c, payee ? "Commande %s annulée le %s : elle réclame ses ESSMS jusqu'à l'ordre de recouvrer."
                       : "Commande %s annulée le %s : elle ne réclame plus ses ESSMS.", l->arguments[0], jour_fr(instant_jour(c->ctx.le), t));
    return SORTIE_FAIT;
}

int cmd_commande_noter(struct cli *c)
{
    int64_t commande;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande))
        return SORTIE_REFUS;
    bool deja = false;
    if (!acte_commande_noter(&c->ctx, commande, c->ligne.arguments[1], &deja))
        return refuser(c);
    cli_a_ecrit(c, !deja);
    cli_dire(c, deja ? "Déjà noté sur la commande %s." : "Noté sur la commande %s.", c->ligne.arguments[0]);
    return SORTIE_FAIT;
}
