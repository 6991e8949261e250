#include "registre/sceau.h"

#include <stdio.h>
#include <string.h>

#include "registre/lignes.h"

/* --- the last line ------------------------------------------------------------------------------------------------- */

#define CONTROLE "empreinte "
#define CONTROLE_LEN (sizeof CONTROLE - 1 + EMPREINTE_HEX - 1 + 1)

void controle_ecrire(struct buffer *b)
{
    char hex[EMPREINTE_HEX];
    const struct empreinte e = empreinte_de(b->bytes, b->len);
    buffer_printf(b, CONTROLE "%s\n", empreinte_hex(&e, hex));
}

bool controle_lire(struct slice octets, const char *mot, const char *quoi, const char *fichier, enum erreur_code altere,
                   struct slice *corps, struct diag_liste *diags)
{
    const struct lieu lieu = {.fichier = fichier};
    const size_t n = strlen(mot), len = octets.len < CONTROLE_LEN ? 0 : octets.len - CONTROLE_LEN;
    const char *fin = octets.bytes + len;
    const bool tete = octets.len > n && memcmp(octets.bytes, mot, n) == 0 && octets.bytes[n] == ' ';
    const bool queue = len > 0 && memcmp(fin, CONTROLE, sizeof CONTROLE - 1) == 0 && fin[-1] == '\n';
    struct empreinte dite;
    const struct empreinte e = empreinte_de(octets.bytes, len);
    const bool tient = queue && octets.bytes[octets.len - 1] == '\n' &&
                       empreinte_parse((struct slice){fin + sizeof CONTROLE - 1, EMPREINTE_HEX - 1}, &dite) && empreinte_egale(&e, &dite);
    if (!tete && (tient || !queue)) { /* whole, and something else; or nothing like it */
        struct diag *d = diag_erreur(diags, E_SCEAU_FORME, "ce n'est pas %s", quoi);
        diag_attendu(d, "un fichier texte qui commence par « %s 1 »", mot);
        diag_lieu(d, &lieu);
        return false;
    }
    if (tete && tient) {
        *corps = (struct slice){octets.bytes, len};
        return true;
    }
    diag_lieu(diag_erreur(diags, altere, "le fichier a changé depuis qu'il a été écrit : son empreinte n'est pas celle de sa dernière ligne"),
              &lieu);
    return false;
}

/* --- lines --------------------------------------------------------------------------------------------------------- */

static void dire(struct lecteur *l, const char *cle, struct slice trouve, const char *attendu)
{
    struct diag *d = diag_erreur(l->diags, E_SCEAU_FORME, "la ligne « %s » n'est pas celle que le programme écrit", cle);
    diag_trouve(d, "%.*s", (int)(trouve.len > 100 ? 100 : trouve.len), trouve.len > 0 ? trouve.bytes : "");
    diag_attendu(d, "%s", attendu);
    diag_lieu(d, &(struct lieu){.fichier = l->fichier, .ligne = l->ligne});
    l->ok = false;
}

bool lecteur_prendre(struct lecteur *l, const char *cle, struct slice *valeur)
{
    char attendu[64];
    if (l->fini)
        return false;
    l->ligne++;
    if (ligne_prendre(&l->reste, cle, valeur))
        return true;
    const char *fin = l->reste.len > 0 ? memchr(l->reste.bytes, '\n', l->reste.len) : NULL;
    (void)snprintf(attendu, sizeof attendu, "« %s VALEUR »", cle);
    dire(l, cle, (struct slice){l->reste.bytes, fin != NULL ? (size_t)(fin - l->reste.bytes) : l->reste.len}, attendu);
    l->fini = true;
    return false;
}

void lecteur_faute(struct lecteur *l, const char *cle, struct slice valeur, const char *attendu)
{
    dire(l, cle, valeur, attendu);
}

void lecteur_empreinte(struct lecteur *l, const char *cle, struct empreinte *out)
{
    struct slice v;
    if (lecteur_prendre(l, cle, &v) && !empreinte_parse(v, out))
        lecteur_faute(l, cle, v, "64 chiffres hexadécimaux, en minuscules");
}

void lecteur_numero(struct lecteur *l, const char *cle, int64_t *out)
{
    struct slice v;
    if (lecteur_prendre(l, cle, &v) && !ligne_numero(v, out))
        lecteur_faute(l, cle, v, "un nombre entier, à partir de 1");
}

void lecteur_preuve(struct lecteur *l, const char *cle, struct merkle_preuve *out)
{
    const size_t n = strlen(cle);
    out->n = 0;
    while (!l->fini && l->reste.len > n && memcmp(l->reste.bytes, cle, n) == 0 && l->reste.bytes[n] == ' ') {
        if (out->n == MERKLE_PREUVE_MAX) {
            lecteur_faute(l, cle, (struct slice){"", 0}, "moins de lignes");
            l->fini = true;
            return;
        }
        lecteur_empreinte(l, cle, &out->h[out->n++]);
    }
}

/* --- writing ------------------------------------------------------------------------------------------------------- */

static void ligne_texte(struct buffer *b, const char *cle, const char *texte)
{
    buffer_printf(b, "%s ", cle);
    for (const char *p = texte; *p != '\0'; p++) /* a name may hold anything: here it is only shown */
        buffer_putc(b, (unsigned char)*p < ' ' || *p == 0x7f ? ' ' : *p);
    buffer_putc(b, '\n');
}

static void ligne_empreinte(struct buffer *b, const char *cle, const struct empreinte *e)
{
    char hex[EMPREINTE_HEX];
    buffer_printf(b, "%s %s\n", cle, empreinte_hex(e, hex));
}

void sceau_ecrire(struct sceau *s, struct buffer *out)
{
    char t[INSTANT_TEXTE_MAX], hex[EMPREINTE_HEX];
    struct buffer b = {0};
    buffer_printf(&b, "sons-sceau 1\nregistre %s\n", s->registre);
    ligne_texte(&b, "titulaire", s->titulaire);
    buffer_printf(&b, "fictif %s\nnumero %lld\ninstant %s\nentrees %lld\n", s->fictif ? "oui" : "non", (long long)s->numero,
                  instant_utc(s->instant, t), (long long)s->entrees);
    ligne_empreinte(&b, "tete", &s->tete);
    ligne_empreinte(&b, "racine", &s->racine);
    ligne_empreinte(&b, "parametres", &s->parametres);
    ligne_texte(&b, "programme", s->programme);
    if (s->signe)
        ligne_empreinte(&b, "signataire", &s->signataire);
    else
        buffer_puts(&b, "signataire aucun\n");
    if (s->precedent != 0)
        buffer_printf(&b, "precedent %lld %lld %s\n", (long long)s->precedent, (long long)s->precedent_entrees,
                      empreinte_hex(&s->precedent_racine, hex));
    else
        buffer_puts(&b, "precedent aucun\n");
    for (size_t i = 0; i < s->continuite.n; i++)
        ligne_empreinte(&b, "continuite", &s->continuite.h[i]);
    controle_ecrire(&b);
    s->empreinte = empreinte_de(b.bytes, b.len);
    buffer_append(out, b.bytes, b.len);
    buffer_free(&b);
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

static void lire_texte(struct lecteur *l, const char *cle, char out[SCEAU_TEXTE_MAX])
{
    struct slice v;
    if (!lecteur_prendre(l, cle, &v))
        return;
    if (v.len >= SCEAU_TEXTE_MAX || memchr(v.bytes, '\0', v.len) != NULL) {
        lecteur_faute(l, cle, v, "un texte de moins de 400 octets");
        return;
    }
    memcpy(out, v.bytes, v.len);
    out[v.len] = '\0';
}

static void lire_fictif(struct lecteur *l, bool *out)
{
    struct slice v;
    if (!lecteur_prendre(l, "fictif", &v))
        return;
    *out = slice_equals(v, "oui");
    if (!*out && !slice_equals(v, "non"))
        lecteur_faute(l, "fictif", v, "oui ou non");
}

static void lire_signataire(struct lecteur *l, struct sceau *s)
{
    struct slice v;
    if (!lecteur_prendre(l, "signataire", &v))
        return;
    s->signe = !slice_equals(v, "aucun");
    if (s->signe && !empreinte_parse(v, &s->signataire))
        lecteur_faute(l, "signataire", v, "64 chiffres hexadécimaux, ou « aucun »");
}

static bool mot(struct slice *reste, struct slice *out)
{
    const char *blanc = reste->len > 0 ? memchr(reste->bytes, ' ', reste->len) : NULL;
    if (blanc == NULL)
        return false;
    *out = (struct slice){reste->bytes, (size_t)(blanc - reste->bytes)};
    reste->len -= out->len + 1;
    reste->bytes += out->len + 1;
    return true;
}

static void lire_precedent(struct lecteur *l, struct sceau *s)
{
    struct slice v, numero, entrees;
    if (!lecteur_prendre(l, "precedent", &v))
        return;
    if (slice_equals(v, "aucun")) {
        if (s->numero > 1)
            lecteur_faute(l, "precedent", v, "le sceau d'avant : ce n'est pas le premier");
        return;
    }
    struct slice reste = v;
    if (!mot(&reste, &numero) || !mot(&reste, &entrees) || !ligne_numero(numero, &s->precedent) ||
        !ligne_numero(entrees, &s->precedent_entrees) || !empreinte_parse(reste, &s->precedent_racine) || s->precedent != s->numero - 1 ||
        s->precedent_entrees >= s->entrees) {
        lecteur_faute(l, "precedent", v, "NUMERO ENTREES RACINE du sceau d'avant, ou « aucun »");
        s->precedent = 0;
    }
}

/* The registre and the instant, which no other line type shares. */
static void lire_identite(struct lecteur *l, struct sceau *s)
{
    struct slice v;
    if (lecteur_prendre(l, "registre", &v)) {
        if (ligne_hex(v, sizeof s->registre - 1))
            memcpy(s->registre, v.bytes, v.len);
        else
            lecteur_faute(l, "registre", v, "32 chiffres hexadécimaux, en minuscules");
    }
    lire_texte(l, "titulaire", s->titulaire);
    lire_fictif(l, &s->fictif);
    lecteur_numero(l, "numero", &s->numero);
    if (lecteur_prendre(l, "instant", &v) && !instant_parse_utc(v, &s->instant))
        lecteur_faute(l, "instant", v, "AAAA-MM-JJTHH:MM:SSZ");
    lecteur_numero(l, "entrees", &s->entrees);
}

static bool continuite_tient(const struct sceau *s, const char *fichier, struct diag_liste *diags)
{
    char nom[SCEAU_NOM_MAX];
    if (s->precedent == 0 ? s->continuite.n == 0
                          : merkle_continuite_tient((uint64_t)s->precedent_entrees, &s->precedent_racine, (uint64_t)s->entrees, &s->racine,
                                                    &s->continuite))
        return true;
    struct diag *d = diag_erreur(diags, E_SCEAU_CONTINUITE, "%s : sa preuve de continuité est fausse, il ne prolonge pas le sceau n° %lld",
                                 sceau_nom(s, nom), (long long)s->precedent);
    diag_lieu(d, &(struct lieu){.fichier = fichier});
    return false;
}

bool sceau_lire(struct slice octets, const char *fichier, struct sceau *out, struct diag_liste *diags)
{
    struct lecteur l = {.fichier = fichier, .diags = diags, .ok = true};
    struct slice v;
    *out = (struct sceau){.instant = INSTANT_ABSENT};
    if (!controle_lire(octets, "sons-sceau", "un bordereau de sceau", fichier, E_SCEAU_ALTERE, &l.reste, diags))
        return false;
    if (lecteur_prendre(&l, "sons-sceau", &v) && !slice_equals(v, "1"))
        lecteur_faute(&l, "sons-sceau", v, "1 : un autre format demande un programme plus récent");
    lire_identite(&l, out);
    lecteur_empreinte(&l, "tete", &out->tete);
    lecteur_empreinte(&l, "racine", &out->racine);
    lecteur_empreinte(&l, "parametres", &out->parametres);
    lire_texte(&l, "programme", out->programme);
    lire_signataire(&l, out);
    lire_precedent(&l, out);
    lecteur_preuve(&l, "continuite", &out->continuite);
    if (!l.fini && l.reste.len > 0)
        (void)lecteur_prendre(&l, "empreinte", &v);
    out->empreinte = empreinte_de(octets.bytes, octets.len);
    return l.ok && continuite_tient(out, fichier, diags);
}

char *sceau_nom(const struct sceau *s, char out[SCEAU_NOM_MAX])
{
    char t[INSTANT_TEXTE_MAX];
    (void)snprintf(out, SCEAU_NOM_MAX, "sceau n° %lld du %s (%lld entrée%s)", (long long)s->numero, instant_fr(s->instant, t),
                   (long long)s->entrees, s->entrees > 1 ? "s" : "");
    return out;
}
