#include "formats/finess_prive.h"

#include <stdarg.h>
#include <string.h>
#include "formats/nature.h"

enum suite { FIN, ARRET, REPRISE };

struct slice finess_champ(struct finess_lecture *l, size_t rang)
{
    struct slice v = l->champs[rang];
    if (l->examen.guillemet) v = csv_valeur(v, &l->valeur);
    if (v.len == 0) return v;
    unsigned char a = (unsigned char)v.bytes[0], z = (unsigned char)v.bytes[v.len - 1];
    return a <= ' ' || z <= ' ' ? slice_trim(v) : v;
}

bool finess_champ_est(const struct finess_lecture *l, size_t rang, const char *mot)
{
    return slice_equals(l->champs[rang], mot);
}

struct diag *finess_faute(struct finess_lecture *l, enum erreur_code c, size_t champ, const char *fmt, ...)
{
    struct buffer message = {0};
    va_list ap;
    va_start(ap, fmt);
    buffer_vprintf(&message, fmt, ap);
    va_end(ap);
    buffer_clear(&l->extrait);
    buffer_append(&l->extrait, l->ligne.bytes, l->ligne.len);
    struct lieu lieu = {.fichier = l->chemin, .ligne = l->numero, .extrait = l->ligne.len > 0 ? l->extrait.bytes : NULL};
    if (champ < FINESS_CHAMPS && champ < l->n_champs) {
        lieu.colonne = (uint32_t)champ + 1;
        lieu.souligne_debut = (size_t)(l->champs[champ].bytes - l->ligne.bytes);
        lieu.souligne_len = l->champs[champ].len;
    }
    struct diag *d = diag_erreur(l->numero < l->deja ? &l->oubli : l->diags, c, "%s", message.bytes);
    diag_lieu(d, &lieu);
    buffer_free(&message);
    return d;
}

/* Examines and splits the line under way. FIN: it can be used; otherwise the reading stops or starts again. */
static enum suite preparer(struct finess_lecture *l, bool *decoupee)
{
    l->n_champs = 0;
    l->examen = csv_examiner(l->ligne.bytes, l->ligne.len);
    enum csv_suite s = csv_codage_ligne(&l->codage, l->ligne.bytes, l->ligne.len, l->examen);
    if (s == CSV_REPRENDRE) return REPRISE;
    if (s == CSV_CODAGE_FAUX) {
        finess_faute(l, E_ENCODAGE, FINESS_CHAMPS, "le fichier s'annonce en UTF-8, cette ligne n'en est pas");
        return ARRET;
    }
    if (l->examen.controle && memchr(l->ligne.bytes, '\0', l->ligne.len) != NULL) {
        finess_faute(l, E_BINAIRE, FINESS_CHAMPS, "octet nul dans la ligne");
        return ARRET;
    }
    if (l->examen.non_ascii && !l->codage.windows_1252) l->examen.controle |= texte_has_control_utf8(l->ligne.bytes, l->ligne.len);
    size_t n = 0;
    enum csv_verdict v = csv_decouper(l->ligne.bytes, l->ligne.len, ';', l->examen.guillemet, l->champs, FINESS_CHAMPS, &n);
    *decoupee = v == CSV_BIEN;
    l->n_champs = *decoupee ? n : 0;
    if (v == CSV_OUVERT) finess_faute(l, E_GUILLEMETS, FINESS_CHAMPS, "guillemet ouvert et jamais refermé");
    if (v == CSV_MAL) finess_faute(l, E_GUILLEMETS, FINESS_CHAMPS, "texte après un guillemet fermant");
    return FIN;
}

/* Blank, or only separators: what a spreadsheet leaves at the end. */
static bool ligne_vide(const struct finess_lecture *l)
{
    for (size_t i = 0; i < l->ligne.len; i++) {
        if (l->ligne.bytes[i] != ';' && l->ligne.bytes[i] != ' ') return false;
    }
    return true;
}

/* False when the reading cannot go on. */
static bool rangee(struct finess_lecture *l)
{
    if (ligne_vide(l)) return true;
    if (l->plan.largeur == 0 && !finess_premiere_rangee(l)) return false;
    if (l->plan.type != NULL && !finess_champ_est(l, 0, l->plan.type)) return finess_autre_rangee(l);
    if (l->n_champs != l->plan.largeur) {
        struct diag *d = finess_faute(l, E_CHAMPS, FINESS_CHAMPS, "nombre de champs inattendu");
        diag_trouve(d, "%zu champs", l->n_champs);
        diag_attendu(d, "%zu champs", l->plan.largeur);
        return true;
    }
    if (l->out->n_et + l->out->n_ej == FINESS_RANGEES_MAX) {
        diag_attendu(finess_faute(l, E_LIGNES_TROP, FINESS_CHAMPS, "trop de lignes"), "au plus %zu", FINESS_RANGEES_MAX);
        return false;
    }
    if (l->plan.ej) {
        finess_lire_ej(l);
    } else {
        finess_lire_et(l);
    }
    return true;
}

static enum suite lire_lignes(struct finess_lecture *l)
{
    int rc;
    while ((rc = flux_ligne(l->flux, FINESS_LIGNE_MAX, &l->ligne.bytes, &l->ligne.len, l->diags)) == 1) {
        bool decoupee = false, donnee = true;
        l->numero = flux_numero(l->flux);
        if (l->numero == 1) csv_bom(&l->codage, &l->ligne.bytes, &l->ligne.len);
        enum suite s = preparer(l, &decoupee);
        if (s != FIN) return s;
        if (!decoupee && l->numero == 1) return ARRET;
        if (!decoupee) continue;
        if (l->numero == 1 && !finess_premiere_ligne(l, &donnee)) return ARRET;
        if (donnee && !rangee(l)) return ARRET;
    }
    return rc == 0 ? FIN : ARRET;
}

static void vide(struct finess_lecture *l)
{
    struct finess_fichier *out = l->out;
    if (out->n_et + out->n_ej > 0 || (l->plan.largeur != 0 && out->forme != FINESS_ARCHIVE_ET && out->forme != FINESS_ARCHIVE_EJ)) return;
    struct diag *d = diag_erreur(l->diags, E_VIDE, out->et_fermes + out->ej_fermees > 0 ? "le fichier ne contient que des objets fermés"
                                                                                       : "le fichier ne contient aucun établissement ni entité");
    diag_lieu(d, &(struct lieu){.fichier = l->chemin});
}

static enum suite lire_contenu(struct finess_lecture *l)
{
    bool json = false;
    if (!nature_texte(l->flux, l->chemin, l->diags) || !finess_est_json(l, &json)) return ARRET;
    if (!json) return lire_lignes(l);
    return finess_lire_structures(l) ? FIN : ARRET;
}

static enum suite lire_fichier(struct finess_lecture *l, const struct progression *p)
{
    struct finess_fichier *out = l->out;
    *out = (struct finess_fichier){.date = JOUR_ABSENT};
    l->memoire = memoire_calloc(1, sizeof *l->memoire);
    out->prive = l->memoire;
    l->flux = flux_ouvrir(l->chemin, FINESS_TAILLE_MAX, p, l->diags);
    if (l->flux == NULL) return ARRET;
    enum suite s = lire_contenu(l);
    if (s == FIN) {
        out->empreinte = flux_empreinte(l->flux);
        out->lignes = flux_numero(l->flux);
        out->windows_1252 = l->codage.windows_1252;
        finess_ordonner(l);
        vide(l);
    }
    flux_fermer(l->flux);
    return s;
}

bool finess_lire(const char *chemin, struct jour base_declaree, const struct progression *p, struct finess_fichier *out,
                 struct diag_liste *diags)
{
    uint64_t fautes = diags->erreurs, deja = 0;
    struct csv_codage codage = {0};
    enum suite s;
    do {
        struct finess_lecture *l = memoire_calloc(1, sizeof *l);
        *l = (struct finess_lecture){
            .chemin = chemin, .base_declaree = base_declaree, .diags = diags, .out = out, .codage = codage, .deja = deja};
        s = lire_fichier(l, p);
        codage = l->codage;
        deja = l->numero;
        memoire_free(l->et.lignes);
        memoire_free(l->ej.lignes);
        buffer_free(&l->valeur);
        buffer_free(&l->decode);
        buffer_free(&l->extrait);
        diag_vider(&l->oubli);
        memoire_free(l);
        if (s == FIN && diags->erreurs == fautes) return true;
        finess_fichier_free(out);
    } while (s == REPRISE);
    return false;
}

void finess_fichier_free(struct finess_fichier *f)
{
    struct finess_memoire *m = f->prive;
    if (m != NULL) arene_free(&m->textes);
    memoire_free(m);
    memoire_free(f->et);
    memoire_free(f->ej);
    memoire_free(f->categories);
    *f = (struct finess_fichier){.date = JOUR_ABSENT};
}
