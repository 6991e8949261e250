#include "metier/juger.h"

#include <string.h>

#include "metier/actes.h"
#include "regles/cycle.h"

static void appliquer(const struct contexte *ctx, const struct dossier *d, unsigned etapes, const uint16_t *aussi, size_t n_aussi,
                      struct arene *a, struct jugement *out)
{
    out->n = regles_appliquer(d, ctx->parametres, etapes, aussi, n_aussi, a, &out->constats);
    out->bilan = regles_bilan(d, out->constats, out->n);
}

void juger_import(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out)
{
    static uint16_t ava_03;
    if (ava_03 == 0)
        ava_03 = (uint16_t)regle_rang("AVA-03", 6);
    appliquer(ctx, d, ETAPES_COMMANDE, &ava_03, 1, a, out);
}

void juger(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out)
{
    appliquer(ctx, d, ETAPES_AVANCE, NULL, 0, a, out);
}

void juger_tout(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out)
{
    appliquer(ctx, d, ETAPES_CONTROLE, NULL, 0, a, out);
}

bool juger_etat(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out)
{
    const uint16_t regles[] = {(uint16_t)regle_rang("REV-01", 6), (uint16_t)regle_rang("REV-02", 6), (uint16_t)regle_rang("REV-03", 6)};
    if (etat_en_vigueur((enum etat_commande)d->etat)) {
        juger_tout(ctx, d, a, out);
        return true;
    }
    appliquer(ctx, d, 0, regles, d->vie.avance.statut == STATUT_PAYEE ? sizeof regles / sizeof *regles : 0, a, out);
    if (out->bilan.anomalies + out->bilan.discordances == 0)
        *out = (struct jugement){0};
    return out->n > 0;
}

void jugement_sans_reversement(const struct dossier *d, struct jugement *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->n; i++)
        if (strncmp(regle_de(j->constats[i].regle)->ident, "REV-", 4) != 0)
            j->constats[n++] = j->constats[i];
    j->n = n;
    j->bilan = regles_bilan(d, j->constats, j->n);
}

void juger_emission(const struct contexte *ctx, const struct dossier *d, enum paiement t, struct arene *a, struct jugement *out)
{
    if (t != PAIEMENT_SOLDE) {
        juger(ctx, d, a, out);
        return;
    }
    juger_tout(ctx, d, a, out);
    jugement_sans_reversement(d, out);
}

void juger_financement(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out)
{
    appliquer(ctx, d, 1u << ETAPE_FINANCEMENT, NULL, 0, a, out);
}

void jugement_ecrire(const struct jugement *j, struct buffer *out)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->constats[i].verdict != VERDICT_SANS_OBJET)
            constat_ecrire_ligne(&j->constats[i], out);
}

void compter_verdict(struct compte_verdicts *c, const struct bilan *b)
{
    if (b->anomalies > 0)
        c->anomalies++;
    else if (b->discordances > 0)
        c->discordances++;
    else if (b->attentes > 0)
        c->attentes++;
    else if (b->discordances_justifiees > 0)
        c->justifiees++;
    else if (b->informations > 0)
        c->informations++;
    else
        c->conformes++;
}

size_t verdicts_bloquants(const struct compte_verdicts *c)
{
    return c->attentes + c->discordances + c->anomalies;
}

void verdicts_rapporter(const struct compte_verdicts *c, struct import_rapport *out)
{
    out->conformes = c->conformes + c->informations + c->justifiees;
    out->attentes = c->attentes;
    out->discordances = c->discordances;
    out->anomalies = c->anomalies;
}

const char *verdict_pire(const struct compte_verdicts *c)
{
    return c->anomalies > 0 ? "anomalie" : c->discordances > 0 ? "discordance" : c->attentes > 0 ? "en attente" : "conforme";
}

size_t commandes_distinctes(const int64_t *commandes, size_t n)
{
    size_t distinctes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < i && commandes[k] != commandes[i])
            k++;
        distinctes += k == i;
    }
    return distinctes;
}

bool constat_bloque(const struct dossier *d, const struct constat *c)
{
    if (regle_de(c->regle)->gravite == GRAVITE_INFORMATION)
        return false;
    return c->verdict == VERDICT_EN_ATTENTE || (c->verdict == VERDICT_NON_CONFORME && constat_justifie(d, c) == NULL);
}

/* --- telling ---------------------------------------------------------------------------------------------------------- */

static bool a_dire(const struct dossier *d, const struct constat *c, bool tous)
{
    return constat_bloque(d, c) || (tous && c->verdict == VERDICT_NON_CONFORME);
}

/* Rules that wait for the same thing say the same sentence. */
static bool meme_attente(const struct constat *a, const struct constat *b, const struct buffer *message, struct buffer *autre,
                         const struct dossier *d)
{
    if (a->verdict != VERDICT_EN_ATTENTE || b->verdict != VERDICT_EN_ATTENTE)
        return false;
    buffer_clear(autre);
    prose_message(d, b, autre);
    return autre->len == message->len && memcmp(autre->bytes, message->bytes, message->len) == 0;
}

/* Names of the later rules that say `message`, each marked as told. */
static void aussi(const struct dossier *d, const struct jugement *j, size_t i, bool *dits, const struct buffer *message,
                  struct buffer *out)
{
    struct buffer autre = {0};
    for (size_t k = i + 1; k < j->n; k++) {
        if (dits[k] || !constat_bloque(d, &j->constats[k]) || !meme_attente(&j->constats[i], &j->constats[k], message, &autre, d))
            continue;
        dits[k] = true;
        buffer_printf(out, "%s%s", out->len > 0 ? ", " : "", regle_de(j->constats[k].regle)->ident);
    }
    buffer_free(&autre);
}

static struct diag *constat_diag(const struct contexte *ctx, const struct dossier *d, const struct constat *c,
                                 const struct buffer *message, const struct buffer *autres, enum sortie_code sortie)
{
    const struct regle *r = regle_de(c->regle);
    const struct justification *j = constat_justifie(d, c);
    struct buffer trouve = {0};
    struct diag *diag = diag_regle(ctx->diags, constat_gravite(c), sortie, r->ident, "%s%s%s%s",
                                   message->len > 0 ? message->bytes : r->titre, autres->len > 0 ? " (aussi : " : "",
                                   autres->len > 0 ? autres->bytes : "", autres->len > 0 ? ")" : "");
    prose_trouve(c, &trouve);
    if (trouve.len > 0)
        diag_trouve(diag, "%s", trouve.bytes);
    diag_attendu(diag, "%s", r->attendu);
    const struct justification *caduque = constat_caduque(d, c);
    if (j != NULL)
        diag_a_faire(diag, "rien : justifiée (%s)", j->motif);
    else if (caduque != NULL)
        diag_a_faire(diag, "justification caduque : %s (le constat a changé, elle est à refaire) ; %s", caduque->motif, prose_a_faire(c));
    else
        diag_a_faire(diag, "%s", prose_a_faire(c));
    if (ctx->brouillon) /* of an order that will not be there, only the rule can be read */
        diag_source(diag, "%s. Détail : sons-regles(7), %s", r->source, r->ident);
    else
        diag_source(diag, "%s. Détail : sons expliquer %s %s", r->source, d->numero, r->ident);
    buffer_free(&trouve);
    return diag;
}

/* Nothing, for most orders of a sheet. */
static bool quelque_chose_a_dire(const struct bilan *b, bool tous)
{
    return b->anomalies + b->discordances + b->attentes > 0 || (tous && b->informations + b->discordances_justifiees > 0);
}

void jugement_dire(const struct contexte *ctx, const struct dossier *d, const struct jugement *j, bool tous,
                   enum sortie_code sortie, lieu_de_constat *ou, void *ou_ctx)
{
    if (!quelque_chose_a_dire(&j->bilan, tous))
        return;
    bool *dits = memoire_calloc(j->n + 1, sizeof *dits);
    struct buffer message = {0}, autres = {0}, commande = {0};
    if (ou == NULL)
        buffer_printf(&commande, "commande %s", d->numero);
    for (size_t i = 0; i < j->n; i++) {
        const struct constat *c = &j->constats[i];
        if (dits[i] || !a_dire(d, c, tous))
            continue;
        if (diag_pleine(ctx->diags) && c->verdict == VERDICT_NON_CONFORME) { /* one that waits may be told with others */
            diag_compter(ctx->diags, constat_gravite(c), sortie);
            continue;
        }
        buffer_clear(&message);
        buffer_clear(&autres);
        prose_message(d, c, &message);
        aussi(d, j, i, dits, &message, &autres);
        struct diag *diag = constat_diag(ctx, d, c, &message, &autres, sortie);
        const struct lieu l = ou != NULL ? ou(ou_ctx, c) : (struct lieu){.fichier = commande.bytes};
        diag_lieu(diag, &l);
    }
    buffer_free(&message);
    buffer_free(&autres);
    buffer_free(&commande);
    memoire_free(dits);
}
