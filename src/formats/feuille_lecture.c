/* Reading of a sheet: records, encoding, values. */
#include "formats/feuille_prive.h"

#include <string.h>
#include "formats/nature.h"
#include "noyau/memoire.h"

enum suite { SUITE, FIN, ARRET, REPRISE };
#define MELEES_DITES 20

struct diag *feuille_faute(struct feuille_lecture *l, enum erreur_code c, size_t colonne, const char *message)
{
    struct lieu lieu = feuille_situer(l->f, &l->r, colonne);
    struct diag *d = diag_erreur(l->r.ligne < l->deja ? &l->oubli : l->diags, c, "%s", message);
    diag_lieu(d, &lieu);
    return d;
}

static enum suite trop_longue(struct feuille_lecture *l)
{
    struct diag *d = feuille_faute(l, E_LIGNE_LONGUE, SANS_COLONNE, "ligne trop longue");
    diag_attendu(d, "au plus %zu octets", FEUILLE_LIGNE_MAX);
    return ARRET;
}

/* A line of a sheet in Windows-1252 in which something else was pasted is read as it was written, and said; a byte that is no character
 * of either is a fault. */
static void decoder_1252(struct feuille_lecture *l, const char *ligne, size_t len)
{
    size_t vides = 0;
    if (texte_from_melange(&l->f->texte, ligne, len, &vides) > 0 && l->n_melees++ < MELEES_DITES)
        buffer_printf(&l->melees, "%s%u", l->n_melees > 1 ? ", " : "", (unsigned)l->r.ligne);
    l->r.len = (uint32_t)(l->f->texte.len - l->r.debut);
    if (vides > 0) feuille_faute(l, E_ENCODAGE, SANS_COLONNE, "un octet de cette ligne n'est ni de l'UTF-8, ni du Windows-1252");
}

/* Appends one line of the file to the text of the record, decoded. */
static enum suite decoder(struct feuille_lecture *l, const char *ligne, size_t len, struct csv_examen e)
{
    struct buffer *texte = &l->f->texte;
    enum csv_suite s = csv_codage_ligne(&l->codage, ligne, len, e);
    if (s == CSV_REPRENDRE) return REPRISE;
    if (l->codage.windows_1252 && e.non_ascii) {
        decoder_1252(l, ligne, len);
    } else {
        buffer_append(texte, ligne, len);
    }
    l->r.len = (uint32_t)(texte->len - l->r.debut);
    l->examen.controle |= e.controle || (e.non_ascii && texte_has_control_utf8(texte->bytes + l->r.debut, l->r.len));
    l->examen.guillemet |= e.guillemet;
    if (e.controle && memchr(ligne, '\0', len) != NULL) {
        feuille_faute(l, E_BINAIRE, SANS_COLONNE, "octet nul dans la ligne");
        return ARRET;
    }
    if (s == CSV_CODAGE_FAUX) {
        feuille_faute(l, E_ENCODAGE, SANS_COLONNE, "le fichier s'annonce en UTF-8, cette ligne n'en est pas");
        return ARRET;
    }
    return l->r.len > FEUILLE_LIGNE_MAX ? trop_longue(l) : SUITE;
}

static enum suite ligne_suivante(struct feuille_lecture *l, const char **ligne, size_t *len)
{
    int rc = flux_ligne(l->flux, FEUILLE_LIGNE_MAX, ligne, len, l->diags);
    return rc < 0 ? ARRET : rc == 0 ? FIN : SUITE;
}

/* The next record into l->r: one line, more when a quote stays open. */
static enum suite lire_ligne(struct feuille_lecture *l)
{
    const char *ligne;
    size_t len;
    feuille_garder_entiere(l);
    if (l->classeur != NULL) return !feuille_classeur_ligne(l) ? FIN : l->r.len <= FEUILLE_LIGNE_MAX ? SUITE : trop_longue(l);
    enum suite s = ligne_suivante(l, &ligne, &len);
    if (s != SUITE) return s;
    if (flux_numero(l->flux) == 1) csv_bom(&l->codage, &ligne, &len);
    l->r = (struct rangee){.debut = l->f->texte.len, .ligne = ++l->numero};
    l->examen = (struct csv_examen){0};
    return decoder(l, ligne, len, csv_examiner(ligne, len));
}

static size_t guillemets(const char *ligne, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ligne[i] == '"';
    return n;
}

static enum csv_verdict decouper(struct feuille_lecture *l, size_t *n)
{
    struct feuille *f = l->f;
    buffer_reserve(&f->texte, l->r.len); /* values without their quotes follow: nothing may move while fields point here */
    return csv_decouper(f->texte.bytes + l->r.debut, l->r.len, f->sep, l->examen.guillemet, l->colonnes, FEUILLE_COLONNES, n);
}

static enum suite guillemet_ouvert(struct feuille_lecture *l)
{
    l->r.len = (uint32_t)strcspn(l->f->texte.bytes + l->r.debut, "\n"); /* shows the line that opens it */
    struct diag *d = feuille_faute(l, E_GUILLEMETS, SANS_COLONNE, "guillemet ouvert et jamais refermé");
    diag_attendu(d, "un guillemet fermant avant la fin de la cellule ; la suite du fichier n'a pas été lue");
    return ARRET;
}

/* A quote is open at the end of the line: the cell goes on with the next ones. An odd count of quotes since then may have closed it. */
static enum suite prolonger(struct feuille_lecture *l, size_t *n)
{
    size_t vus = 0;
    for (int essais = 0; essais < 8;) {
        const char *ligne;
        size_t len;
        enum suite s = ligne_suivante(l, &ligne, &len);
        if (s == ARRET) return s;
        if (s == FIN || l->r.len + 1 + len > FEUILLE_LIGNE_MAX) break;
        struct csv_examen e = csv_examiner(ligne, len);
        buffer_putc(&l->f->texte, '\n');
        l->examen.controle = true;
        s = decoder(l, ligne, len, e);
        if (s != SUITE) return s;
        vus += guillemets(ligne, len);
        if (vus % 2 == 0) continue;
        essais++;
        enum csv_verdict v = decouper(l, n);
        if (v == CSV_BIEN) return SUITE;
        if (v == CSV_MAL) break;
    }
    return guillemet_ouvert(l);
}

/* True when slice_trim may have something to remove. */
static bool bord_blanc(struct slice v)
{
    if (v.len == 0) return false;
    unsigned char a = (unsigned char)v.bytes[0], z = (unsigned char)v.bytes[v.len - 1];
    return a <= ' ' || z <= ' ' || a >= 0x80 || z >= 0x80;
}

/* What a spreadsheet shows instead of a value, saved as text: an error, or a column too narrow (`#####`). */
static bool valeur_perdue(struct slice v)
{
    static const char *const erreurs[] = {"#N/A", "#REF!", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "#NULL!", "#NOMBRE!", "#NUM!"};
    size_t dieses = 0;
    while (dieses < v.len && v.bytes[dieses] == '#') dieses++;
    bool perdue = dieses == v.len && dieses >= 3;
    for (size_t i = 0; i < sizeof erreurs / sizeof *erreurs && !perdue; i++) perdue = slice_equals(v, erreurs[i]);
    return perdue;
}

/* The value of a column of the record, trimmed, its faults reported. */
static struct slice valeur(struct feuille_lecture *l, size_t colonne)
{
    struct slice v = l->colonnes[colonne];
    if (l->examen.guillemet) v = csv_valeur(v, &l->valeur);
    if (bord_blanc(v)) v = slice_trim(v);
    if (v.len == 0) return v;
    if (!l->libre[colonne] && l->examen.controle && texte_has_control(v.bytes, v.len)) {
        feuille_faute(l, E_CONTROLE, colonne, "caractère de contrôle dans une cellule");
    }
    char c = v.bytes[0];
    if (c > '@' || (c >= '.' && c < '=')) return v; /* the common case: neither sign nor apostrophe */
    if (csv_protege(v)) return (struct slice){v.bytes + 1, v.len - 1};
    if (c == '#' && !l->libre[colonne] && l->natures[colonne] != NATURE_ERREUR && valeur_perdue(v)) {
        struct diag *d = feuille_faute(l, E_CELLULE, colonne, "la cellule était en erreur dans le tableur, ou trop étroite pour sa valeur");
        diag_trouve(d, "%.*s", (int)v.len, v.bytes);
    }
    if (!l->libre[colonne] && csv_formule(v)) {
        struct diag *d = feuille_faute(l, E_FORMULE, colonne, "valeur prise pour une formule de tableur");
        diag_trouve(d, "%.*s", (int)v.len, v.bytes);
    }
    return v;
}

/* Keeps a value that is not empty: where it stands in the line, or copied after it when quotes were undone. */
static struct cellule ranger(struct feuille_lecture *l, struct slice v)
{
    struct buffer *texte = &l->f->texte;
    const char *debut = texte->bytes + l->r.debut;
    if (!l->examen.guillemet || l->valeur.bytes == NULL || v.bytes < l->valeur.bytes || v.bytes >= l->valeur.bytes + l->valeur.cap) {
        return (struct cellule){(uint16_t)(v.bytes - debut), (uint16_t)v.len};
    }
    size_t ou = texte->len - l->r.debut;
    if (ou + v.len > FEUILLE_LIGNE_MAX) {
        feuille_faute(l, E_LIGNE_LONGUE, SANS_COLONNE, "ligne trop longue");
        return (struct cellule){0, 0};
    }
    buffer_append(texte, v.bytes, v.len);
    return (struct cellule){(uint16_t)ou, (uint16_t)v.len};
}

static bool reste_vide(struct feuille_lecture *l, size_t debut, size_t n)
{
    for (size_t i = debut; i < n; i++) {
        if (l->colonnes[i].len > 0 && slice_trim(csv_valeur(l->colonnes[i], &l->valeur)).len > 0) return false;
    }
    return true;
}

static void oublier_texte(struct feuille_lecture *l)
{
    if (!l->f->integrale) l->f->texte.len = l->r.debut;
}

/* The header again, copied with the rows of another sheet. */
static bool entete_repete(const struct feuille_lecture *l)
{
    return l->f->entete.len == l->r.len && memcmp(l->f->entete.bytes, l->f->texte.bytes + l->r.debut, l->r.len) == 0;
}

/* Stores the record as a row, unless it is entirely empty. */
static enum suite garder(struct feuille_lecture *l, size_t n)
{
    struct feuille *f = l->f;
    size_t lus = n < FEUILLE_COLONNES ? n : FEUILLE_COLONNES;
    if (entete_repete(l)) {
        feuille_remarquer(f, E_REPARE, l->r.ligne, 0, "en-tête répété : passé");
        oublier_texte(l);
        return SUITE;
    }
    if (l->classeur != NULL && n > f->n_colonnes) {
        feuille_remarquer(f, E_AVERTISSEMENT, l->r.ligne, (uint32_t)f->n_colonnes + 1, "cellules à droite de l'en-tête : ignorées");
        lus = f->n_colonnes;
    } else if (n > FEUILLE_COLONNES || (n > f->n_colonnes && !reste_vide(l, f->n_colonnes, n))) {
        struct diag *d = feuille_faute(l, E_CHAMPS, SANS_COLONNE, "plus de champs que l'en-tête");
        diag_trouve(d, "%zu champs", n);
        diag_attendu(d, "au plus %zu", f->n_colonnes);
        oublier_texte(l);
        return SUITE;
    }
    f->cellules = memoire_grow(f->cellules, &f->cap_cellules, (f->n + 1) * f->n_places, sizeof *f->cellules);
    struct cellule *c = f->cellules + f->n * f->n_places;
    bool vide = true;
    for (size_t i = 0; i < f->n_places; i++) {
        uint16_t colonne = l->colonne_de[i];
        c[i] = (struct cellule){0, 0};
        if (l->classeur != NULL && colonne < lus && !l->libre[colonne]) feuille_classeur_cellule(l, colonne);
        if (colonne >= lus || l->colonnes[colonne].len == 0) continue;
        struct slice v = valeur(l, colonne);
        if (v.len > 0) c[i] = ranger(l, v);
        vide = vide && v.len == 0;
    }
    if (vide && reste_vide(l, 0, lus)) {
        feuille_ligne_vide(l, l->r.ligne);
        oublier_texte(l);
        return SUITE;
    }
    feuille_ligne_pleine(l);
    if (f->n == FEUILLE_LIGNES_MAX) {
        struct diag *d = feuille_faute(l, E_LIGNES_TROP, SANS_COLONNE, "trop de lignes");
        diag_attendu(d, "au plus %zu", FEUILLE_LIGNES_MAX);
        return ARRET;
    }
    f->rangees = memoire_grow(f->rangees, &f->cap, f->n + 1, sizeof *f->rangees);
    f->rangees[f->n++] = l->r;
    return SUITE;
}

#define ENTETE_PLUS_BAS 30

/* Does the record name so many known columns, cut in one way or another? Bad quotes are told by the header's own reading. */
static bool entete_possible(struct feuille_lecture *l, size_t min)
{
    bool coupe = false;
    for (const char *sep = l->classeur != NULL ? ";" : ";,\t"; *sep != '\0'; sep++) {
        size_t n = 0;
        if (csv_decouper(l->f->texte.bytes + l->r.debut, l->r.len, *sep, l->examen.guillemet, l->colonnes, FEUILLE_COLONNES, &n) != CSV_BIEN)
            continue;
        coupe = true;
        if (feuille_connus(l, l->colonnes, n) >= min) return true;
    }
    return !coupe && min == 1;
}

/* Nothing but separators: an empty row, as spreadsheets export it. */
static bool separateurs_seuls(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (strchr(" ;,\t\"", s.bytes[i]) == NULL || s.bytes[i] == '\0') return false;
    return true;
}

/* `sep=;`, which some spreadsheets write first, says nothing that the header does not; they do not show it. */
static bool avant_entete(struct feuille_lecture *l)
{
    struct slice s = slice_trim((struct slice){l->f->texte.bytes + l->r.debut, l->r.len});
    const bool sep = s.len == 5 && memcmp(s.bytes, "sep=", 4) == 0;
    if (sep && l->classeur == NULL) l->r.ligne = l->numero = 0;
    return sep || separateurs_seuls(s);
}

/* Titles above the header: the first of the next rows that names two known columns is the header. When there is none, the first row
 * is what should have been one: it is read again. */
static enum suite chercher_entete(struct feuille_lecture *l)
{
    const struct rangee premiere = l->r;
    const struct csv_examen examen = l->examen;
    const uint32_t numero = l->numero;
    if (entete_possible(l, 1)) return SUITE;
    for (int i = 0; i < ENTETE_PLUS_BAS; i++) {
        const enum suite s = lire_ligne(l);
        if (s == ARRET || s == REPRISE) return s;
        if (s == FIN) break;
        if (!entete_possible(l, 2)) continue;
        feuille_remarquer(l->f, E_AVERTISSEMENT, l->r.ligne, 0, "l'en-tête est à la ligne %u : ce qui est au-dessus est ignoré", (unsigned)l->r.ligne);
        return SUITE;
    }
    l->r = premiere;
    l->examen = examen;
    l->numero = numero;
    return SUITE;
}

static enum suite lire_tout(struct feuille_lecture *l)
{
    enum suite s;
    struct feuille *f = l->f;
    do {
        s = lire_ligne(l);
    } while (s == SUITE && avant_entete(l));
    if (s == SUITE) s = chercher_entete(l);
    if (s == FIN) {
        diag_lieu(diag_erreur(l->diags, E_VIDE, "aucun en-tête : le fichier ne contient que des lignes vides"),
                  &(struct lieu){.fichier = f->chemin});
        return ARRET;
    }
    if (s != SUITE) return s;
    if (!feuille_entete(l)) return ARRET;
    f->ligne_entete = l->r.ligne;
    buffer_clear(&f->entete);
    buffer_append(&f->entete, f->texte.bytes + l->r.debut, l->r.len);
    if (l->classeur != NULL) feuille_classeur_fusions(l);
    while ((s = lire_ligne(l)) == SUITE) {
        size_t n = 0;
        if (l->r.len == 0) {
            feuille_ligne_vide(l, l->r.ligne);
            continue;
        }
        enum csv_verdict v = decouper(l, &n);
        if (v == CSV_OUVERT && (s = prolonger(l, &n)) != SUITE) return s;
        if (v == CSV_MAL) {
            feuille_faute(l, E_GUILLEMETS, SANS_COLONNE, "texte après un guillemet fermant");
            continue;
        }
        if ((s = garder(l, n)) != SUITE) return s;
    }
    return s;
}

static struct feuille *creer(const char *chemin, size_t n_champs)
{
    struct feuille *f = memoire_calloc(1, sizeof *f);
    f->chemin = memoire_strdup(chemin);
    f->n_champs = n_champs;
    f->temoin = SANS_COLONNE;
    f->colonne = memoire_alloc(n_champs * sizeof *f->colonne);
    f->place = memoire_alloc(n_champs * sizeof *f->place);
    for (size_t i = 0; i < n_champs; i++) f->colonne[i] = f->place[i] = SANS_COLONNE;
    return f;
}

/* A workbook by its content: then it is read as one, else as text. */
static enum suite lire_fichier(struct feuille_lecture *l, const char *chemin, const struct progression *p)
{
    struct slice debut;
    l->flux = flux_ouvrir(chemin, FEUILLE_TAILLE_MAX, p, l->diags);
    if (l->flux == NULL || !flux_apercu(l->flux, &debut, l->diags)) return ARRET;
    if (!flux_est_gzip(l->flux) && debut.len >= 4 && memcmp(debut.bytes, "PK\x03\x04", 4) == 0) {
        enum suite s = feuille_classeur_ouvrir(l, chemin) ? lire_tout(l) : ARRET;
        if (s == FIN) feuille_classeur_dire(l);
        return s;
    }
    enum suite s = nature_texte(l->flux, chemin, l->diags) ? lire_tout(l) : ARRET;
    if (s == FIN) l->f->empreinte = flux_empreinte(l->flux);
    return s;
}

static void poser_defauts(struct feuille *f, const struct feuille_options *o)
{
    if (o == NULL || o->defauts == NULL) return;
    f->defauts_partout = o->defauts_partout;
    f->defauts = memoire_calloc(f->n_champs, sizeof *f->defauts);
    for (size_t i = 0; i < f->n_champs; i++) {
        const struct slice v = o->defauts[i];
        f->defauts[i] = (struct slice){arene_strndup(&f->textes_defauts, v.len > 0 ? v.bytes : "", v.len), v.len};
    }
}

struct feuille *feuille_lire_avec(const char *chemin, const struct feuille_champ *champs, size_t n_champs,
                                  const struct feuille_options *options, const struct progression *p, struct diag_liste *diags)
{
    struct feuille_lecture l = {.champs = champs, .diags = diags, .options = options};
    uint64_t fautes = diags->erreurs;
    enum suite s;
    do {
        feuille_free(l.f);
        buffer_clear(&l.vides);
        l.numero = l.vide_de = 0;
        l.n_vides = l.n_suites = l.n_melees = 0;
        buffer_clear(&l.melees);
        l.f = creer(chemin, n_champs);
        l.f->integrale = options != NULL && options->integrale;
        l.r = (struct rangee){0};
        s = lire_fichier(&l, chemin, p);
        l.deja = l.r.ligne;
        if (s == FIN) feuille_garder_entiere(&l);
        flux_fermer(l.flux);
    } while (s == REPRISE);
    buffer_free(&l.valeur);
    diag_vider(&l.oubli);
    if (l.f->integrale)
        l.f->source = l.classeur;
    else
        classeur_free(l.classeur);
    memoire_free(l.active);
    memoire_free(l.portee);
    if (s == FIN && l.n_vides > 0)
        feuille_remarquer(l.f, E_AVERTISSEMENT, 0, 0, "%s : %s", l.n_vides > 1 ? "lignes vides sautées" : "ligne vide sautée", l.vides.bytes);
    if (s == FIN && l.n_melees > 0)
        feuille_remarquer(l.f, E_REPARE, 0, 0, "deux codages mêlés : la feuille est en Windows-1252 ; de l'UTF-8 est lu comme tel %s%s%s",
                          l.n_melees > 1 ? "aux lignes " : "à la ligne ", l.melees.bytes, l.n_melees > MELEES_DITES ? "…" : "");
    buffer_free(&l.melees);
    buffer_free(&l.vides);
    poser_defauts(l.f, options);
    l.f->fautive = diags->erreurs != fautes;
    if (s == FIN) return l.f;
    feuille_free(l.f);
    return NULL;
}

struct feuille *feuille_lire(const char *chemin, const struct feuille_champ *champs, size_t n_champs,
                             const struct progression *p, struct diag_liste *diags)
{
    return feuille_lire_avec(chemin, champs, n_champs, NULL, p, diags);
}
