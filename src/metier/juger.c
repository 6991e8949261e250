#include "metier/juger.h"

#include <string.h>

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
    appliquer(ctx, d, ETAPES_CONTROLE, NULL, 0, a, out);
}

void jugement_ecrire(const struct jugement *j, struct buffer *out)
{
    for (size_t i = 0; i < j->n; i++) {
        if (j->constats[i].verdict == VERDICT_SANS_OBJET)
            continue;
        buffer_puts(out, "constat ");
        constat_ecrire(&j->constats[i], out);
        buffer_putc(out, '\n');
    }
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

bool constat_bloque(const struct dossier *d, const struct constat *c)
{
    if (c->verdict == VERDICT_EN_ATTENTE)
        return true;
    return c->verdict == VERDICT_NON_CONFORME && constat_gravite(c) != GRAVITE_INFORMATION && constat_justifie(d, c) == NULL;
}

void constat_dire(const struct contexte *ctx, const struct dossier *d, const struct constat *c, const struct lieu *lieu,
                  enum sortie_code sortie)
{
    const struct regle *r = regle_de(c->regle);
    const struct justification *j = constat_justifie(d, c);
    struct buffer message = {0}, trouve = {0};
    prose_message(d, c, &message);
    prose_trouve(c, &trouve);
    struct diag *diag = diag_regle(ctx->diags, constat_gravite(c), sortie, r->ident, "%s", message.bytes == NULL ? r->titre : message.bytes);
    if (trouve.len > 0)
        diag_trouve(diag, "%s", trouve.bytes);
    diag_attendu(diag, "%s", r->attendu);
    if (j != NULL)
        diag_a_faire(diag, "rien : justifiée (%s)", j->motif);
    else if (*r->remede != '\0')
        diag_a_faire(diag, "%s", r->remede);
    diag_source(diag, "%s. Détail : sons expliquer %s %s", r->source, d->numero, r->ident);
    if (lieu != NULL)
        diag_lieu(diag, lieu);
    buffer_free(&message);
    buffer_free(&trouve);
}
