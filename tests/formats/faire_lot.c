/* Makes a lot of any size, deterministic, for the tests from outside and the measures:
 *   faire_lot N LOT.xml            the document alone
 *   faire_lot N LOT.zip TAILLE     the archive, with one piece of TAILLE bytes per request
 *   faire_lot verifier LOT.zip     what `lot verifier` finds */
#include <stdlib.h>
#include <unistd.h>
#include "lot_exemple.h"
#include "noyau/memoire.h"

struct pieces {
    size_t taille;
    const struct empreinte *empreintes;
};

/* Content of the n-th piece: its number, then blanks. */
static bool piece(void *ctx, uint64_t n, struct buffer *out)
{
    const struct pieces *p = ctx;
    size_t from = out->len;
    buffer_printf(out, "%%PDF-1.4 %llu\n", (unsigned long long)n);
    while (out->len - from < p->taille)
        buffer_append(out, "                                                                ",
                      p->taille - (out->len - from) < 64 ? p->taille - (out->len - from) : 64);
    return out->len - from == p->taille;
}

static bool write_xml(const char *path, unsigned n, const struct pieces *p)
{
    struct diag_liste d = {0};
    struct lot_exemple x;
    lot_exemple(&x);
    struct lot_entete e = x.entete;
    e.nombre = n;
    e.somme = montant_of(INT64_C(262800) * n);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    struct lot_ecrivain *w = fd < 0 ? NULL : lot_ecrivain_creer(fd, &e, &d);
    if (!w)
        return false;
    unsigned next = 0;
    for (unsigned i = 0; i < n; i++) {
        struct lot_essms s[3];
        struct lot_demande q = x.demandes[0];
        char order[32];
        snprintf(order, sizeof order, "BC-2022-%05u", i);
        q.numero = i + 1;
        q.commande_numero = order;
        q.og = finess_de(500000 + i % 20000);
        q.n_essms = (uint32_t)("23323"[i % 5] - '0');
        q.ht = montant_of(730000);
        q.tva = montant_of(146000);
        q.ttc = montant_of(876000);
        for (uint32_t j = 0; j < q.n_essms; j++)
            s[j] = (struct lot_essms){finess_de(next), 4101, 183, {0}, {0}, false}, next++;
        for (uint32_t j = 0; j < q.n_essms; j++) {
            s[j].ht = montant_of(730000 / q.n_essms + (j < 730000 % q.n_essms ? 1 : 0));
            s[j].ttc = montant_of(876000 / q.n_essms);
        }
        q.essms = s;
        q.avance = montant_of(262800);
        q.solde = montant_of(613200);
        struct lot_piece lp = x.pieces[0];
        lp.taille = p->taille;
        lp.empreinte = p->empreintes[i];
        q.pieces = &lp;
        lot_ecrivain_demande(w, &q);
    }
    bool ok = lot_ecrivain_finir(w, NULL, NULL, &d);
    if (!ok && d.n)
        fprintf(stderr, "%s %s\n", d.items[0].code, d.items[0].message);
    close(fd);
    return ok;
}

static bool write_zip(const char *xml, const char *path, unsigned n, struct pieces *p)
{
    struct diag_liste d = {0};
    struct zip_ecrivain *z = zip_ecrivain_creer(path, &d);
    bool ok = z && zip_ecrivain_fichier(z, "lot.xml", xml, &d);
    for (unsigned i = 0; ok && i < n; i++) {
        char hex[EMPREINTE_HEX], name[96];
        snprintf(name, sizeof name, "pieces/%s.pdf", empreinte_hex(&p->empreintes[i], hex));
        ok = zip_ecrivain_bloc(z, name, p->taille, piece, p, i, &d);
    }
    return ok && zip_ecrivain_finir(z, &d);
}

static int verify(const char *path)
{
    struct diag_liste d = {0};
    struct lot_rapport r;
    bool ok = lot_verifier(path, NULL, NULL, &r, &d);
    for (size_t i = 0; i < d.n && i < 20; i++)
        printf("%s %s : %s\n", d.items[i].code, d.items[i].message, d.items[i].trouve ? d.items[i].trouve : "");
    printf("%u demandes, %u ESSMS, %u pièces\n", (unsigned)r.demandes, (unsigned)r.essms, (unsigned)r.pieces);
    diag_vider(&d);
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "verifier") == 0)
        return verify(argv[2]);
    if (argc < 3)
        return 2;
    unsigned n = (unsigned)strtoul(argv[1], NULL, 10);
    struct pieces p = {.taille = argc > 3 ? strtoul(argv[3], NULL, 10) : 64};
    struct empreinte *hashes = memoire_calloc(n, sizeof *hashes);
    struct buffer b = {0};
    for (unsigned i = 0; i < n; i++) {
        buffer_clear(&b);
        if (!piece(&p, i, &b))
            return 2;
        hashes[i] = empreinte_de(b.bytes, b.len);
    }
    p.empreintes = hashes;
    char xml[4096];
    snprintf(xml, sizeof xml, argc > 3 ? "%s.xml.tmp" : "%s", argv[2]);
    bool ok = write_xml(xml, n, &p) && (argc <= 3 || write_zip(xml, argv[2], n, &p));
    if (argc > 3)
        unlink(xml);
    buffer_free(&b);
    memoire_free(hashes);
    return ok ? 0 : 1;
}
