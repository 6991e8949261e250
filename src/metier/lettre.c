/* The draft itself: French, ready for an e-mail or to print; what is between square brackets is for whoever signs it. No name of a person. */
#include "metier/lettre.h"

#include <string.h>

#include "metier/commande_fusion.h"
#include "metier/vues.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"
#include "regles/motifs.h"

/* --- documents --------------------------------------------------------------------------------------------------------------- */

/* Which documents show what a family of rules says; `exige`: its absence is told. */
static const struct {
    const char *regle;
    enum piece_role role;
    bool accuse, exige;
} preuves[] = {
    {"COM-", PIECE_BON_DE_COMMANDE, false, true},  {"BAR-", PIECE_BON_DE_COMMANDE, false, true}, {"FIN-", PIECE_BON_DE_COMMANDE, false, true},
    {"UNI-", PIECE_BON_DE_COMMANDE, false, true},  {"REF-02", PIECE_BON_DE_COMMANDE, false, true}, {"AVA-02", PIECE_BON_DE_COMMANDE, false, true},
    {"AVA-03", PIECE_BON_DE_COMMANDE, false, true}, {"CUM-", PIECE_NON_CUMUL, false, false},      {"AVA-01", PIECE_AUTRE, true, true},
    {"SOL-02", PIECE_AUTRE, true, true},           {"FAC-", PIECE_FACTURE, false, true},         {"SOL-03", PIECE_FACTURE, false, true},
    {"SOL-04", PIECE_FACTURE, false, true},        {"SOL-05", PIECE_FACTURE, false, true},       {"SOL-05", PIECE_VA, false, true},
    {"SOL-06", PIECE_VA, false, true},             {"VA-", PIECE_VA, false, true},               {"VA-01", PIECE_DELEGATION, false, false},
};

static const char *piece_dite(enum piece_role r, bool accuse)
{
    return accuse                      ? "accusé de dépôt"
           : r == PIECE_BON_DE_COMMANDE ? "bon de commande"
           : r == PIECE_NON_CUMUL       ? "attestation de non-cumul"
           : r == PIECE_FACTURE         ? "facture"
           : r == PIECE_VA              ? "VA"
           : r == PIECE_DELEGATION      ? "délégation"
                                        : "document";
}

/* An invoice or a VA that was replaced proves nothing any more. */
static bool perimee(const struct lettre *l, const struct lettre_piece *p)
{
    return (p->role == PIECE_FACTURE && p->entree != l->d->facture.fait) ||
           ((p->role == PIECE_VA || p->role == PIECE_DELEGATION) && p->entree != l->d->va.fait);
}

/* A line that is not there yet. */
static void ajouter(struct buffer *b, const char *ligne)
{
    if (b->len == 0 || strstr(b->bytes, ligne) == NULL)
        buffer_puts(b, ligne);
}

static const struct fait_dit *fait_dit_de(const struct lettre *l, int64_t entree)
{
    for (size_t i = 0; entree != 0 && i < l->sommes.n_faits; i++)
        if (l->sommes.faits[i].entree == entree)
            return &l->sommes.faits[i];
    return NULL;
}

/* The rules of a deadline judge the deposit of the request that was answered; the others, the order as it is. */
static bool de_date(const char *regle)
{
    return strcmp(regle, "AVA-01") == 0 || strcmp(regle, "SOL-02") == 0;
}

static void dire_pieces(struct lettre *l, const char *regle, struct buffer *b)
{
    for (size_t i = 0; i < sizeof preuves / sizeof *preuves; i++) {
        if (strncmp(regle, preuves[i].regle, strlen(preuves[i].regle)) != 0)
            continue;
        char t[MONTANT_TEXTE_MAX];
        size_t n = 0;
        for (size_t k = 0; k < l->n_pieces; k++) {
            const struct lettre_piece *p = &l->pieces[k];
            const struct fait_dit *f = fait_dit_de(l, p->entree);
            if (f == NULL || p->accuse != preuves[i].accuse || (p->accuse && p->entree != l->depot) || (!p->accuse && (p->role != preuves[i].role || perimee(l, p))))
                continue;
            n++;
            ajouter(b, arene_printf(l->a, "   pièce : %s, %s octets, SHA-256 %s, entrée %lld de notre registre, saisie le %s\n", piece_dite(p->role, p->accuse),
                                    entier_fr((int64_t)p->taille, t), p->empreinte, (long long)p->entree, dire_instant(&l->sommes, f->saisie)));
        }
        if (n == 0 && preuves[i].exige)
            ajouter(b, arene_printf(l->a, "   [à compléter : %s, que notre registre n'a pas]\n", piece_dite(preuves[i].role, preuves[i].accuse)));
    }
}

/* --- grounds ----------------------------------------------------------------------------------------------------------------- */

static void dire_fait(struct lettre *l, int64_t entree, struct buffer *b)
{
    const struct fait_dit *f = fait_dit_de(l, entree);
    if (f != NULL)
        ajouter(b, arene_printf(l->a, "   fait : %s%s%s, entrée %lld de notre registre\n", f->texte,
                                *f->date == '\0' ? "" : f->type == FAIT_COMMANDE_ENREGISTREE ? ", signée le " : ", le ", f->date, (long long)entree));
}

/* The fact that a rule reads. */
static int64_t fait_de(const struct lettre *l, const char *regle)
{
    const int64_t depot = de_date(regle) ? l->depot : 0;
    return depot != 0                       ? depot
           : strncmp(regle, "FAC-", 4) == 0 ? l->d->facture.fait
           : strncmp(regle, "VA-", 3) == 0  ? l->d->va.fait
           : strcmp(regle, "SOL-06") == 0   ? l->d->va.fait
           : strncmp(regle, "SOL-", 4) == 0 ? l->d->solde.facture
                                            : l->sommes.contenu;
}

static void dire_constat(struct lettre *l, const struct constat *c, struct buffer *b)
{
    const struct regle *r = regle_de(c->regle);
    const struct dossier *d = de_date(r->ident) ? &l->alors : l->d;
    const bool justifiee = c->verdict == VERDICT_NON_CONFORME && r->gravite != GRAVITE_INFORMATION && constat_justifie(d, c) != NULL;
    const bool tient = !constat_bloque(d, c);
    buffer_printf(b, "   - %s\n     %s", r->titre, tient ? "constat : " : "[à compléter : notre registre ne l'établit pas : ");
    prose_message(d, c, b);
    if (!tient)
        buffer_printf(b, " ; à faire : %s]", prose_a_faire(c));
    buffer_printf(b, "%s\n     source : %s (règle %s)\n", justifiee ? " ; discordance justifiée à notre registre" : "", r->source, r->ident);
}

static const struct constat *constat_de(const struct lettre *l, uint16_t rang)
{
    const struct jugement *j = de_date(regle_de(rang)->ident) ? &l->jugement_alors : &l->jugement;
    for (size_t i = 0; i < j->n; i++)
        if (j->constats[i].regle == rang && j->constats[i].verdict != VERDICT_SANS_OBJET)
            return &j->constats[i];
    return NULL;
}

static void dire_motif(struct lettre *l, size_t rang, struct slice motif, bool *dits, struct buffer *b)
{
    uint16_t regles[MOTIF_REGLES_MAX];
    struct buffer preuve = {0};
    const size_t n = motif_regles(motif, regles);
    size_t dites = 0;
    buffer_printf(b, "%s%zu. « %.*s »\n", rang > 1 ? "\n" : "", rang, (int)motif.len, motif.bytes);
    for (size_t i = 0; i < n; i++) {
        const struct constat *c = constat_de(l, regles[i]);
        const char *ident = regle_de(regles[i])->ident;
        if (c == NULL)
            continue;
        dites++;
        if (dits[regles[i]])
            buffer_printf(b, "   - %s : voir plus haut (règle %s)\n", regle_de(regles[i])->titre, ident);
        else
            dire_constat(l, c, b);
        dits[regles[i]] = true;
        dire_fait(l, fait_de(l, ident), &preuve);
        dire_pieces(l, ident, &preuve);
    }
    if (dites == 0)
        buffer_puts(b, "   [à compléter : aucun contrôle de notre registre ne répond à ce motif]\n");
    buffer_append(b, preuve.bytes, preuve.len);
    buffer_free(&preuve);
}

static void dire_motifs(struct lettre *l, bool *dits, struct buffer *b)
{
    const enum paiement p = l->r->paiement;
    const bool autre = vie_demande(&l->d->vie, p)->montant.centimes != vie_demande(&l->alors.vie, p)->montant.centimes;
    buffer_puts(b, "Ce que notre registre établit\n\n");
    for (size_t i = 0; i < l->r->n_motifs; i++)
        dire_motif(l, i + 1, l->r->motifs[i], dits, b);
    if (l->r->n_motifs == 0)
        buffer_puts(b, "[à compléter : votre réponse, telle que nous l'avons enregistrée, ne donne pas de motif]\n");
    for (size_t i = 0; i < l->sommes.n; i++) {
        const struct somme *x = &l->sommes.items[i];
        if (strcmp(x->mot, paiement_nom(p)) != 0)
            continue;
        for (size_t k = 0; k < x->n; k++)
            if (strcmp(x->lignes[k].quoi, "calcul") == 0)
                buffer_printf(b, "\nLe montant de la demande%s : %s.\n", autre ? " qui la suit" : "", x->lignes[k].texte);
    }
}

/* --- what was corrected, what remains ----------------------------------------------------------------------------------------- */

static bool correction(enum fait_type t)
{
    return t == FAIT_COMMANDE_COMPLETEE || t == FAIT_COMMANDE_RECTIFIEE || t == FAIT_PIECE_JOINTE || t == FAIT_NON_CUMUL_ATTESTE ||
           t == FAIT_FACTURE_ENREGISTREE || t == FAIT_VA_ENREGISTREE || t == FAIT_DISCORDANCE_JUSTIFIEE || t == FAIT_AVANCE_DEMANDEE ||
           t == FAIT_SOLDE_DEMANDE || t == FAIT_AVANCE_EMISE || t == FAIT_SOLDE_EMIS || t == FAIT_LOT_DEPOSE;
}

/* Field by field, against the content before. */
static void dire_changements(const struct lettre *l, int64_t entree, struct buffer *b)
{
    for (size_t i = 1; i < l->n_contenus; i++)
        if (l->contenus[i].entree == entree)
            contenus_dire(&l->contenus[i - 1].contenu, &l->contenus[i].contenu, "     ", b);
}

static void dire_corrections(struct lettre *l, struct buffer *b)
{
    size_t n = 0;
    buffer_puts(b, "\nCe qui a été corrigé depuis votre réponse\n\n");
    for (size_t i = 0; i < l->sommes.n_faits; i++) {
        const struct fait_dit *f = &l->sommes.faits[i];
        if (f->entree <= l->r->entree || !correction(f->type))
            continue;
        n++;
        buffer_printf(b, " - %s%s%s (entrée %lld de notre registre, saisie le %s)\n", f->texte, *f->date != '\0' ? ", le " : "", f->date,
                      (long long)f->entree, dire_instant(&l->sommes, f->saisie));
        dire_changements(l, f->entree, b);
    }
    if (n == 0)
        buffer_puts(b, " - [à compléter : rien n'a été enregistré depuis votre réponse]\n");
}

/* What was answered is what is asked today: nothing has been asked since, nor has to be (after a rejection the deadlines wait for the next
 * deposit). */
static bool en_cours(const struct lettre *l)
{
    const struct dossier_demande *q = vie_demande(&l->d->vie, l->r->paiement);
    return q->numero == l->r->demande && q->version == (uint32_t)l->r->version && l->r->statut != STATUT_REJETEE;
}

/* The rules that would stop the request today, and that no ground named. */
static void dire_manques(struct lettre *l, const bool *dits, struct buffer *b)
{
    size_t n = 0, jugees = 0;
    buffer_puts(b, "\nCe qui reste à joindre ou à compléter\n\n");
    for (size_t i = 0; i < l->jugement.n; i++) {
        const struct constat *c = &l->jugement.constats[i];
        jugees += c->verdict != VERDICT_SANS_OBJET;
        if (!constat_bloque(l->d, c))
            continue;
        n++;
        if (dits[c->regle] && (en_cours(l) || !de_date(regle_de(c->regle)->ident))) {
            buffer_printf(b, " - [à compléter : voir plus haut, règle %s]\n", regle_de(c->regle)->ident);
            continue;
        }
        buffer_puts(b, " - [à compléter : ");
        prose_message(l->d, c, b);
        buffer_printf(b, " ; à faire : %s (règle %s)]\n", prose_a_faire(c), regle_de(c->regle)->ident);
    }
    if (n == 0)
        buffer_printf(b, " - rien que contrôle notre registre : les %zu règles qui ont jugé cette demande ne demandent plus rien ; les mentions des annexes des arrêtés n'en sont pas\n",
                      jugees);
}

/* --- the letter --------------------------------------------------------------------------------------------------------------- */

static const char *paiement_long(enum paiement p)
{
    return p == PAIEMENT_SOLDE ? "de solde" : "d'avance";
}

static void dire_entete(struct lettre *l, struct buffer *b)
{
    const struct dossier *d = l->d;
    const struct lettre_reponse *r = l->r;
    char siren[10];
    if (contexte_fictif(l->ctx))
        buffer_puts(b, "FICTIF : registre de démonstration, rien de réel.\n\n");
    if (d->fournisseur.siren != 0)
        buffer_printf(b, "%s\nSIREN %s\n\n", d->fournisseur.nom != NULL && *d->fournisseur.nom != '\0' ? d->fournisseur.nom : "[à compléter : le nom du fournisseur]",
                      siren_texte(d->fournisseur.siren, siren));
    else
        buffer_puts(b, "[à compléter : le fournisseur, que notre registre n'a pas]\n\n");
    buffer_printf(b, "À l'Agence de services et de paiement, Prestation Ségur (SONS)\n[à compléter : service et adresse]\n\nLe %s\n\n",
                  dire_jour(&l->sommes, instant_jour(l->ctx->au)));
    buffer_printf(b, "Objet : demande %s n° %lld%s%s%s, commande %s : votre réponse « %s » du %s\n\nMadame, Monsieur,\n\n", paiement_long(r->paiement), (long long)r->demande,
                  *r->numero_asp != '\0' ? " (votre n° " : "", r->numero_asp, *r->numero_asp != '\0' ? ")" : "", d->numero, statut_asp_label(r->statut), dire_instant(&l->sommes, r->le));
}

/* The amount of the version that was answered. */
static struct montant montant_demande(const struct lettre *l)
{
    const struct dossier_demande *q = vie_demande(&l->alors.vie, l->r->paiement);
    return q->numero == l->r->demande && q->version == (uint32_t)l->r->version ? q->montant : MONTANT_ABSENT;
}

static void dire_rappel(struct lettre *l, struct buffer *b)
{
    const struct dossier *d = l->d;
    const struct lettre_reponse *r = l->r;
    const struct montant m = montant_demande(l);
    char ej[FINESS_TEXTE_MAX];
    buffer_printf(b, "La commande %s a été signée le %s par l'organisme gestionnaire %s, pour %u ESSMS (couloir %s) et %s TTC.\n", d->numero,
                  jour_present(d->date_signature) ? dire_jour(&l->sommes, d->date_signature) : "[à compléter]",
                  d->ej != FINESS_ABSENT ? finess_texte(d->ej, ej) : "[à compléter : FINESS juridique]", (unsigned)d->n_essms,
                  d->couloir != COULOIR_INCONNU ? couloir_nom(d->couloir) : "[à compléter]", montant_present(d->ttc) ? dire_montant(&l->sommes, d->ttc) : "[à compléter]");
    buffer_printf(b, "Notre demande %s n° %lld, version %lld%s%s", paiement_long(r->paiement), (long long)r->demande, (long long)r->version,
                  montant_present(m) ? ", de " : "", montant_present(m) ? dire_montant(&l->sommes, m) : "");
    if (l->lot != 0)
        buffer_printf(b, ", est partie dans le lot %lld (SHA-256 %s)", (long long)l->lot, l->lot_empreinte);
    else
        buffer_puts(b, " [à compléter : son lot]");
    if (instant_present(l->depose_le))
        buffer_printf(b, ", déposé le %s", dire_instant(&l->sommes, l->depose_le));
    buffer_printf(b, ".\nLe %s, vous l'avez dite « %s » (entrée %lld de notre registre)", dire_instant(&l->sommes, r->le), statut_asp_label(r->statut), (long long)r->entree);
    for (size_t i = 0; i < r->n_motifs; i++)
        buffer_printf(b, "%s « %.*s »", i == 0 ? (r->n_motifs > 1 ? ", pour ces motifs :" : ", pour ce motif :") : " ;", (int)r->motifs[i].len, r->motifs[i].bytes);
    buffer_puts(b, ".\n\n");
}

/* Where the request stands today: the next version, a new one, or nothing yet. */
static void dire_suite(struct lettre *l, struct buffer *b)
{
    const struct dossier_demande *q = vie_demande(&l->d->vie, l->r->paiement);
    const bool meme = q->numero == l->r->demande;
    buffer_putc(b, '\n');
    if (meme && q->version > (uint32_t)l->r->version)
        buffer_printf(b, "La demande corrigée garde son numéro, %lld, et devient sa version %u, de %s", (long long)q->numero, (unsigned)q->version, dire_montant(&l->sommes, q->montant));
    else if (!meme && q->existe)
        buffer_printf(b, "Une nouvelle demande la suit, n° %lld, de %s", (long long)q->numero, dire_montant(&l->sommes, q->montant));
    else
        buffer_printf(b, "[à compléter : ce que vous demandez à l'ASP ; %s n'est pas enregistrée]\n",
                      l->r->statut == STATUT_REJETEE ? "une nouvelle demande" : "la demande corrigée");
    if ((meme && q->version > (uint32_t)l->r->version) || (!meme && q->existe))
        buffer_printf(b, " ; %s.\n", instant_present(q->deposee_le) ? arene_printf(l->a, "elle est déposée depuis le %s", dire_instant(&l->sommes, q->deposee_le))
                                     : q->emise                     ? "elle est émise, et pas encore déposée"
                                                                    : "elle n'est pas encore émise");
    buffer_puts(b, "\nNous tenons à votre disposition les pièces citées ; leur empreinte SHA-256 permet de vérifier qu'elles n'ont pas changé depuis leur enregistrement.\n"
                   "\nVeuillez agréer, Madame, Monsieur, l'expression de nos salutations distinguées.\n\n[à compléter : nom et qualité de qui signe cette réponse]\n");
}

/* The end of a day stands for a date without its hour: the letter does not give one. */
static void sans_fin_du_jour(struct buffer *b, struct buffer *out)
{
    static const char fin[] = " 23:59:59";
    const char *p = b->bytes, *q;
    for (; (q = strstr(p, fin)) != NULL; p = q + sizeof fin - 1)
        buffer_append(out, p, (size_t)(q - p));
    buffer_puts(out, p);
}

static void ecrire(struct lettre *l, struct buffer *out)
{
    struct buffer texte = {0}, *b = &texte;
    bool *dits = arene_alloc(l->a, regles_nombre() * sizeof *dits);
    memset(dits, 0, regles_nombre() * sizeof *dits);
    dire_entete(l, b);
    dire_rappel(l, b);
    dire_motifs(l, dits, b);
    dire_corrections(l, b);
    dire_manques(l, dits, b);
    dire_suite(l, b);
    sans_fin_du_jour(b, out);
    buffer_free(&texte);
}

/* --- refusal ------------------------------------------------------------------------------------------------------------------ */

static void refuser(const struct lettre *l)
{
    struct buffer b = {0};
    struct diag *g = diag_erreur(l->ctx->diags, E_ETAT, "commande %s : il n'y a pas de lettre à écrire, l'ASP n'en a rien rejeté ni rendu", l->d->numero);
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++)
        for (size_t i = 0; l->derniere[p].entree != 0 && i < l->sommes.n_faits; i++)
            if (l->sommes.faits[i].entree == l->derniere[p].entree)
                buffer_printf(&b, "%s%s, le %s (entrée %lld)", b.len > 0 ? " ; " : "", l->sommes.faits[i].texte, l->sommes.faits[i].date, (long long)l->derniere[p].entree);
    diag_trouve(g, "elle est %s ; %s", etat_label((enum etat_commande)l->d->etat), b.len > 0 ? b.bytes : "aucune réponse de l'ASP n'est enregistrée");
    diag_attendu(g, "une demande que l'ASP dit rejetée, incomplète ou à modifier");
    diag_a_faire(g, "si l'ASP a répondu, enregistrer sa réponse (sons retour saisir %s --statut rejetée --motif TEXTE --le DATE), puis demander la lettre", l->d->numero);
    buffer_free(&b);
}

bool vue_lettre(struct contexte *ctx, int64_t commande, struct buffer *texte)
{
    struct arene a = {0};
    struct dossier d;
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    const int lu = c == NULL ? -1 : chargeur_un(c, commande, &a, &d, ctx->diags);
    bool ok = lu == 1;
    if (lu == 0)
        diag_erreur(ctx->diags, E_INCONNU, "cette commande n'était pas signée à cette date");
    if (ok) {
        struct lettre l;
        ok = lettre_lire(ctx, &d, &a, &l);
        if (ok && l.r == NULL) {
            refuser(&l);
            ok = false;
        } else if (ok) {
            ecrire(&l, texte);
        }
        lettre_free(&l);
    }
    chargeur_free(c);
    arene_free(&a);
    return ok;
}
