/* A small lot with known bytes: two requests, three ESSMS, two pieces. Every test starts from it. */
#ifndef SONS_TESTS_LOT_EXEMPLE_H
#define SONS_TESTS_LOT_EXEMPLE_H

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "formats/lot_asp.h"
#include "formats/zip.h"
#include "noyau/fichier.h"

static const char *const piece_textes[2] = {"%PDF-1.4 bon de commande\n", "%PDF-1.4 autre bon\n"};

struct lot_exemple {
    struct lot_entete entete;
    struct lot_essms essms[3];
    struct lot_piece pieces[2];
    struct lot_demande demandes[2];
};

static inline struct jour jour_de(int y, int m, int d)
{
    struct jour j = JOUR_ABSENT;
    jour_from_ymd(y, m, d, &j);
    return j;
}

/* The n-th FINESS number of a made-up series, with its key. */
static inline finess finess_de(unsigned n)
{
    char s[10];
    finess f = 0;
    for (unsigned key = 0; key < 10; key++) {
        snprintf(s, sizeof s, "2A%06u%u", n % 1000000, key);
        if (finess_parse(slice_of(s), &f) == NUMERO_VALIDE)
            break;
    }
    return f;
}

static inline void lot_exemple(struct lot_exemple *x)
{
    *x = (struct lot_exemple){
        .entete = {.numero = 7, .type = "AVANCE", .siren = 732829320, .nom = "Éditeur « A » & <fils>", .enrole_le = jour_de(2022, 5, 20),
                   .instant = {INT64_C(1662026400)}, .couloir = "MS1", .vague = "1", .nombre = 2, .somme = {131400 + 60000},
                   .parametres = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", .calendrier = "initial",
                   .fictif = true, .registre = "3f2a", .programme = "sons 0.1.0"},
        .essms = {{finess_de(1), 4101, 183, {121667}, {146000}, false}, {finess_de(2), 4301, 190, {121666}, {146000}, false},
                  {finess_de(3), 4401, 500, {200000}, {200000}, false}},
    };
    for (unsigned i = 0; i < 2; i++)
        x->pieces[i] = (struct lot_piece){"bon_de_commande", "bon_de_commande.pdf", "application/pdf", "pdf", strlen(piece_textes[i]),
                                          empreinte_de(piece_textes[i], strlen(piece_textes[i]))};
    struct lot_demande d = {
        .numero = 41, .version = 1, .commande_numero = "BC-2022-0031", .commande_date = jour_de(2022, 7, 11),
        .commande_signature = jour_de(2022, 7, 12), .mode_signature = "manuscrite", .qualite_signataire = "Directrice",
        .og = finess_de(10), .og_siren = 732829320, .og_nom = "ASSOCIATION D'AIDE", .essms = x->essms, .n_essms = 2,
        .solution_numero = "DUI-0017", .solution_nom = "Dossier", .solution_version = "3.2",
        .solution_reference_le = jour_de(2022, 7, 1), .solution_dossier_complet_le = jour_de(2022, 6, 1),
        .base = jour_de(2022, 1, 3), .n_og = 4, .tranche = 'B', .taux_tranche = {292000}, .ht = {243333}, .tva = {48667},
        .ttc = {292000}, .taux_tva = {2000}, .motif_tva = "", .plafond_ht_bas = {486666}, .plafond_ht_haut = {486667},
        .plafond_ttc = {584000}, .avance = {131400}, .solde = {160600}, .pieces = &x->pieces[0], .n_pieces = 1,
    };
    x->demandes[0] = d;
    d.numero = 42;
    d.reconstitue = d.sous_condition = true;
    d.commande_numero = "BC-2022-0032";
    d.commande_date = JOUR_ABSENT;
    d.og_siren = 0;
    d.og_nom = "";
    d.essms = &x->essms[2];
    d.n_essms = 1;
    d.ht = d.ttc = (struct montant){200000};
    d.tva = (struct montant){0};
    d.taux_tva = (struct taux){0};
    d.motif_tva = "guyane";
    d.avance = (struct montant){60000};
    d.solde = (struct montant){140000};
    d.pieces = &x->pieces[1];
    x->demandes[1] = d;
}

/* Writes lot.xml to a file and reads it back. False when the writer refused. */
static inline bool lot_exemple_xml(const struct lot_exemple *x, struct buffer *out, struct empreinte *hash, struct diag_liste *diags)
{
    char path[40]; /* of this process: programs run side by side */
    snprintf(path, sizeof path, "lot_exemple.%ld.xml.tmp", (long)getpid());
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    struct lot_ecrivain *w = lot_ecrivain_creer(fd, &x->entete, diags);
    uint64_t size = 0;
    for (unsigned i = 0; i < 2; i++)
        lot_ecrivain_demande(w, &x->demandes[i]);
    bool ok = lot_ecrivain_finir(w, hash, &size, diags);
    close(fd);
    ok = ok && fichier_lire(path, FICHIER_SANS_LIEN, 1 << 20, out, diags) && out->len == size;
    unlink(path);
    return ok;
}

static inline bool lot_exemple_contenu(void *ctx, uint64_t cle, struct buffer *out)
{
    const struct buffer *xml = ctx;
    if (cle == 2)
        buffer_append(out, xml->bytes, xml->len);
    else
        buffer_puts(out, piece_textes[cle]);
    return true;
}

/* Name of a piece in the archive. */
static inline void piece_nom(const char *text, char out[96])
{
    char hex[EMPREINTE_HEX];
    struct empreinte e = empreinte_de(text, strlen(text));
    snprintf(out, 96, "pieces/%s.pdf", empreinte_hex(&e, hex));
}

/* The archive, as the program writes it. */
static inline bool lot_exemple_zip(const char *path, struct buffer *xml, struct diag_liste *diags)
{
    char nom[96];
    struct zip_ecrivain *z = zip_ecrivain_creer(path, diags);
    bool ok = zip_ecrivain_bloc(z, "lot.xml", xml->len, lot_exemple_contenu, xml, 2, diags);
    for (unsigned i = 0; i < 2; i++) {
        piece_nom(piece_textes[i], nom);
        ok = zip_ecrivain_bloc(z, nom, strlen(piece_textes[i]), lot_exemple_contenu, xml, i, diags) && ok;
    }
    return zip_ecrivain_finir(z, diags) && ok;
}

#endif
