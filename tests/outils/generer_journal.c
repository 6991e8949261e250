/* Fills a registre with notes on its orders but the first, in one transaction: a journal as long as one likes, entries as long as those of
 * orders. generer_journal REGISTRE NOMBRE [GRAINE] */
#include <stdio.h>
#include <stdlib.h>
#include "alea.h"
#include "noyau/empreinte.h"
#include "registre/base.h"
#include "registre/etat.h"
#include "registre/journal.h"

static const char aide[] = "generer_journal REGISTRE NOMBRE [GRAINE]";

static void mourir(const struct diag_liste *d)
{
    fprintf(stderr, "generer_journal : %s\n", d->n > 0 ? d->items[0].message : "échec");
    exit(3);
}

static void texte(struct alea *a, char *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = i % 7 == 6 ? ' ' : (char)('a' + alea_sous(a, 26));
    out[n] = '\0';
}

static bool noter(struct registre *r, struct projecteur *p, int64_t commande, struct instant le, const char *t, struct buffer *b,
                  struct diag_liste *d)
{
    struct fait f;
    fait_init(&f, FAIT_COMMANDE_NOTEE);
    fait_put_n(&f, CN_COMMANDE, commande);
    fait_put_instant(&f, CN_LE, le);
    fait_put_texte(&f, CN_TEXTE, t);
    buffer_clear(b);
    fait_ecrire(&f, b);
    return projeter(p, journal_prochain(r), &f, d) && journal_append(r, (struct slice){b->bytes, b->len}, (struct slice){NULL, 0}, d);
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4)
        usage(aide);
    const uint64_t nombre = nombre_option(argv[2], 10000000, aide), graine = argc > 3 ? nombre_option(argv[3], UINT32_MAX, aide) : 1;
    struct diag_liste d = {0};
    struct buffer b = {0};
    struct alea a = alea_de(graine, 0);
    int64_t de, n;
    char t[1600];
    empreinte_preparer();
    registre_preparer();
    const char *horloge_fixe = getenv("SONS_HORLOGE");
    struct instant le = horloge();
    if (horloge_fixe != NULL && instant_parse_utc(slice_of(horloge_fixe), &le))
        horloge_fixer(le);
    struct registre *r = registre_ouvrir(argv[1], true, &d);
    const struct empreinte parametres = empreinte_de("", 0);
    if (r == NULL || !registre_entier(r, "select min(fait) from commande", 0, &de, &d) ||
        !registre_entier(r, "select count(*) from commande", 0, &n, &d) || n == 0 || !registre_debut(r, &d) || !journal_ouvrir(r, le, &parametres, &d))
        mourir(&d);
    struct projecteur *p = projecteur_creer(r);
    for (uint64_t i = 0; i < nombre; i++) {
        texte(&a, t, alea_entre(&a, 200, 1500));
        if (!noter(r, p, de + (n > 1 ? 1 + alea_sous(&a, (uint32_t)n - 1) : 0), le, t, &b, &d))
            mourir(&d);
    }
    if (!projecteur_vider(p, &d))
        mourir(&d);
    projecteur_free(p);
    if (!registre_valider(r, &d))
        mourir(&d);
    registre_fermer(r);
    buffer_free(&b);
    return 0;
}
