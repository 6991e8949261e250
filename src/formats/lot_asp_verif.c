/* `lot verifier`: the archive of a lot, read from outside any registre. */
#include <stdlib.h>
#include <string.h>
#include "formats/lot_asp_interne.h"
#include "formats/zip.h"
#include "noyau/memoire.h"
#include "noyau/tri.h"

static const struct xml_bornes bornes_lot = {
    .total = LOT_XML_MAX, .profondeur = 8, .attributs = 16, .balise = 8u << 10, .texte = 4u << 10,
};

struct verification {
    const char *chemin;
    struct zip_lecteur *zip;
    struct lot_rapport *rapport;
    struct diag_liste *diags;
    uint64_t fautes;
    struct lot_lecture lecture;
    struct empreinte_ctx *hash;   /* of the entry being read */
};

static struct diag *fault(struct verification *v, enum erreur_code c, const char *what, const char *nom)
{
    struct diag *d = diag_erreur(v->diags, c, "%s", what);
    if (nom)
        diag_trouve(d, "« %s »", nom);
    diag_lieu(d, &(struct lieu){.fichier = v->chemin});
    v->fautes++;
    return d;
}

/* --- lot.xml --- */

static bool take_xml(void *ctx, const void *bytes, size_t len)
{
    struct verification *v = ctx;
    empreinte_ajouter(v->hash, bytes, len);
    return xml_flux_ajouter(v->lecture.xml, bytes, len);
}

static void read_xml(struct verification *v, uint32_t rang)
{
    const struct zip_entree *entry = zip_lecteur_entree(v->zip, rang);
    struct xml_schema *schema = lot_schema(v->diags);
    if (!schema) {
        v->fautes++;
        return;
    }
    v->lecture.diags = v->diags;
    v->lecture.rapport = v->rapport;
    struct xml_evenements ev = {lot_lecture_debut, lot_lecture_fin, &v->lecture};
    v->lecture.xml = xml_flux_creer("lot.xml", schema, &bornes_lot, &ev, v->diags);
    v->hash = empreinte_debut();
    enum zip_lecture how = zip_lecteur_lire(v->zip, rang, take_xml, v, v->diags);
    v->rapport->xml = empreinte_fin(v->hash);
    if (how == ZIP_FAUTE) /* told; what was read is not the document */
        xml_flux_arreter(v->lecture.xml);
    bool valid = xml_flux_finir(v->lecture.xml);
    if (how == ZIP_ALTEREE)
        fault(v, E_ZIP_FORME, "le contenu de lot.xml a été altéré", entry->nom);
    if (valid)
        lot_lecture_totaux(&v->lecture);
    v->fautes += v->lecture.fautes + (valid ? 0 : 1);
    xml_schema_free(schema);
}

/* --- pieces --- */

static int by_hash(const void *a, const void *b)
{
    const struct lot_renvoi *x = a, *y = b;
    return memcmp(&x->empreinte, &y->empreinte, sizeof x->empreinte);
}

/* Sorted by hash, each once. The same piece may serve two requests, under the same size and extension. */
static void sort_pieces(struct verification *v)
{
    struct lot_lecture *l = &v->lecture;
    size_t kept = 0;
    if (l->n_renvois)
        trier_liste(l->renvois, l->n_renvois, sizeof *l->renvois, by_hash);
    for (size_t i = 0; i < l->n_renvois; i++) {
        struct lot_renvoi *r = &l->renvois[i], *last = kept ? &l->renvois[kept - 1] : NULL;
        if (!last || by_hash(last, r) != 0) {
            l->renvois[kept++] = *r;
        } else if (last->taille != r->taille || strcmp(last->extension, r->extension) != 0) {
            char hex[EMPREINTE_HEX];
            fault(v, E_LOT_NUMERO, "la même pièce est nommée avec deux tailles ou deux extensions", empreinte_hex(&r->empreinte, hex));
        }
    }
    l->n_renvois = kept;
}

/* `pieces/<sha256>.<extension>`. */
static bool piece_name(const char *nom, struct empreinte *hash, const char **extension)
{
    static const char folder[] = "pieces/";
    size_t head = sizeof folder - 1;
    size_t len = strlen(nom);
    if (len < head + 64 + 2 || len > head + 64 + 1 + 8 || memcmp(nom, folder, head) != 0 || nom[head + 64] != '.')
        return false;
    *extension = nom + head + 65;
    return strspn(*extension, "abcdefghijklmnopqrstuvwxyz0123456789") == len - head - 65
        && empreinte_parse((struct slice){nom + head, 64}, hash);
}

static bool take_piece(void *ctx, const void *bytes, size_t len)
{
    struct verification *v = ctx;
    empreinte_ajouter(v->hash, bytes, len);
    return true;
}

static void read_piece(struct verification *v, uint32_t rang)
{
    const struct zip_entree *entry = zip_lecteur_entree(v->zip, rang);
    struct lot_renvoi key = {0}, *named = NULL;
    const char *extension;
    if (!piece_name(entry->nom, &key.empreinte, &extension)) {
        struct diag *d = fault(v, E_ZIP_NOM, "ce nom n'est pas celui d'un fichier de lot", entry->nom);
        diag_attendu(d, "lot.xml, ou pieces/ suivi de l'empreinte et de l'extension");
        return;
    }
    v->rapport->pieces++;
    if (v->lecture.n_renvois)
        named = bsearch(&key, v->lecture.renvois, v->lecture.n_renvois, sizeof key, by_hash);
    if (named && strcmp(named->extension, extension) != 0)
        named = NULL;
    if (!named && v->lecture.entier)
        fault(v, E_LOT_PIECE_INCONNUE, "l'archive contient une pièce que lot.xml ne nomme pas", entry->nom);
    if (named)
        named->vue = true;
    if (entry->taille > LOT_PIECE_MAX) {
        fault(v, E_ZIP_LIMITE, "pièce de plus de 20 Mo", entry->nom);
        return;
    }
    v->hash = empreinte_debut();
    enum zip_lecture how = zip_lecteur_lire(v->zip, rang, take_piece, v, v->diags);
    struct empreinte hash = empreinte_fin(v->hash);
    if (how == ZIP_FAUTE) {
        v->fautes++;
    } else if (how == ZIP_ALTEREE || !empreinte_egale(&hash, &key.empreinte)) {
        fault(v, E_LOT_PIECE_ALTEREE, "le contenu de la pièce n'est pas celui qu'annonce son empreinte", entry->nom);
    } else if (named && named->taille != entry->taille) {
        struct diag *d = fault(v, E_LOT_PIECE_ALTEREE, "la taille de la pièce n'est pas celle qu'annonce lot.xml", entry->nom);
        diag_attendu(d, "%llu octets", (unsigned long long)named->taille);
    }
}

static void tell_missing(struct verification *v)
{
    for (size_t i = 0; i < v->lecture.n_renvois; i++) {
        const struct lot_renvoi *r = &v->lecture.renvois[i];
        char hex[EMPREINTE_HEX];
        if (r->vue)
            continue;
        struct diag *d = fault(v, E_LOT_PIECE_ABSENTE, "une pièce nommée par lot.xml n'est pas dans l'archive", NULL);
        diag_attendu(d, "pieces/%s.%s (demande n° %llu)", empreinte_hex(&r->empreinte, hex), r->extension,
                     (unsigned long long)r->demande);
    }
}

/* --- the archive --- */

static void read_archive(struct verification *v)
{
    uint32_t n = zip_lecteur_nombre(v->zip), document = n;
    for (uint32_t i = 0; i < n; i++)
        if (document == n && strcmp(zip_lecteur_entree(v->zip, i)->nom, "lot.xml") == 0)
            document = i;
    if (document == n)
        fault(v, E_LOT_ABSENT, "l'archive ne contient pas lot.xml", NULL);
    else if (zip_lecteur_entree(v->zip, document)->taille > LOT_XML_MAX)
        fault(v, E_ZIP_LIMITE, "lot.xml est trop volumineux", NULL);
    else
        read_xml(v, document);
    sort_pieces(v);
    for (uint32_t i = 0; i < n; i++)
        if (zip_lecteur_entree(v->zip, i)->lisible && strcmp(zip_lecteur_entree(v->zip, i)->nom, "lot.xml") != 0)
            read_piece(v, i);
    if (v->lecture.entier)
        tell_missing(v);
}

bool lot_verifier(const char *chemin, lot_juge *juge, void *juge_ctx, struct lot_rapport *out, struct diag_liste *diags)
{
    *out = (struct lot_rapport){0};
    struct verification v = {.chemin = chemin, .rapport = out, .diags = diags, .lecture = {.juge = juge, .juge_ctx = juge_ctx}};
    v.zip = zip_lecteur_ouvrir(chemin, LOT_PIECES_MAX + 1, &v.fautes, diags);
    if (!v.zip)
        return false;
    if (!zip_lecteur_empreinte(v.zip, &out->fichier, diags))
        v.fautes++;
    else
        read_archive(&v);
    zip_lecteur_fermer(v.zip);
    memoire_free(v.lecture.renvois);
    return v.fautes == 0;
}
