/* Projectors of the registre itself, the bases, the suppliers, the solutions and the fundings. */
#include "registre/etat_interne.h"
#include "registre/finess_base.h"

#include <string.h>

void valeur_champ(struct valeur *v, const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *champ = fait_get(f, c);
    const enum champ_type t = champ_forme(c)->type;
    if (champ->present && (t == CHAMP_TEXTE || t == CHAMP_MOT || t == CHAMP_EMPREINTE))
        valeur_slice(v, champ->texte);
    else
        valeur_n_ou_null(v, champ->n, champ->present);
}

void lier_champ(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    const enum champ_type t = champ_forme(c)->type;
    if (!v->present)
        (void)sqlite3_bind_null(s, i);
    else if (t == CHAMP_TEXTE || t == CHAMP_MOT || t == CHAMP_EMPREINTE)
        lier_slice(s, i, v->texte);
    else
        lier_n(s, i, v->n);
}

/* `not null` text columns: absent = ''. */
static void lier_texte(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c)
{
    lier_slice(s, i, fait_slice(f, c));
}

static bool reglage(struct projecteur *p, const char *cle, struct slice valeur, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_REGLAGE, diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(cle));
    lier_slice(s, 2, valeur);
    return registre_pas(p->r, s, diags);
}

bool projeter_registre(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    return reglage(p, "calendrier", fait_slice(f, RO_CALENDRIER), diags) &&
           reglage(p, "parametres", fait_slice(f, RO_JEU), diags);
}

bool projeter_calendrier(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    return reglage(p, "calendrier", fait_slice(f, CC_CALENDRIER), diags);
}

/* `correspondance.<genre>` = its lines. */
bool projeter_correspondance(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    struct buffer cle = {0}, lignes = {0};
    const struct fait_valeur *v = fait_get(f, CR_COLONNE);
    const struct slice genre = fait_slice(f, CR_GENRE);
    buffer_printf(&cle, "correspondance.%.*s", (int)genre.len, genre.bytes);
    for (int64_t i = 0; v->present && i < v->n; i++)
        buffer_printf(&lignes, "%s%.*s", i > 0 ? "\n" : "", (int)v->liste[i].len, v->liste[i].bytes);
    const bool ok = reglage(p, cle.bytes, lignes.len > 0 ? (struct slice){lignes.bytes, lignes.len} : slice_of(""), diags);
    buffer_free(&cle);
    buffer_free(&lignes);
    return ok;
}

bool projeter_base(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_BASE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_champ(s, 2, f, BI_FORME);
    lier_champ(s, 3, f, BI_DATE);
    lier_n(s, 4, fait_n(f, BI_NOMBRE));
    lier_champ(s, 5, f, BI_FICHIER);
    lier_champ(s, 6, f, BI_LIGNES);
    lier_slice(s, 7, slice_of(finess_base_nature(fait_slice(f, BI_FORME))));
    return registre_pas(p->r, s, diags);
}

bool projeter_designation(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_DESIGNATION, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, BD_COULOIR);
    lier_n(s, 2, fait_n(f, BD_ANNEE));
    lier_n(s, 3, numero);
    lier_n(s, 4, fait_n(f, BD_BASE));
    lier_champ(s, 5, f, BD_DATE);
    lier_champ(s, 6, f, BD_MOTIF);
    return registre_pas(p->r, s, diags);
}

bool projeter_fournisseur(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_FOURNISSEUR, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, FD_SIREN);
    lier_n(s, 2, numero);
    lier_texte(s, 3, f, FD_NOM);
    lier_texte(s, 4, f, FD_ROLE);
    lier_champ(s, 5, f, FD_ENROLE_LE);
    return registre_pas(p->r, s, diags);
}

bool projeter_enrolement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    sqlite3_stmt *s = projecteur_stmt(p, Q_ENROLEMENT, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, FE_SIREN);
    lier_champ(s, 2, f, FE_ENROLE_LE);
    return registre_pas(p->r, s, diags);
}

bool projeter_solution(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_SOLUTION, diags);
    if (s == NULL)
        return false;
    lier_texte(s, 1, f, SD_NUMERO_ANS);
    lier_n(s, 2, fait_n(f, SD_COULOIR));
    lier_texte(s, 3, f, SD_VERSION);
    lier_n(s, 4, numero);
    lier_texte(s, 5, f, SD_NOM);
    lier_champ(s, 6, f, SD_SIREN_EDITEUR);
    lier_champ(s, 7, f, SD_DOSSIER_COMPLET_LE);
    lier_champ(s, 8, f, SD_REFERENCE_LE);
    lier_champ(s, 9, f, SD_REFUSE_LE);
    lier_champ(s, 10, f, SD_RETIRE_LE);
    return registre_pas(p->r, s, diags);
}

bool projeter_liste(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LISTE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_champ(s, 2, f, LF_DATE);
    lier_n(s, 3, fait_n(f, LF_NOMBRE));
    lier_texte(s, 4, f, LF_FICHIER);
    return registre_pas(p->r, s, diags);
}

/* Rank of a word among `n` names; 0 when it is none of them. */
static int64_t rang_mot(struct slice mot, const char *(*nom)(int), int n)
{
    for (int i = 0; i < n; i++)
        if (slice_equals(mot, nom(i)))
            return i;
    return 0;
}

static const char *nom_fonds(int i) { return fonds_nom((enum fonds)i); }
static const char *nom_phase(int i) { return phase_nom((enum phase)i); }
static const char *nom_volet(int i) { return volet_nom((enum volet)i); }
static const char *nom_nature(int i) { return nature_nom((enum nature)i); }
static const char *nom_etat(int i) { return etat_financement_nom((enum etat_financement)i); }

/* Closed lists: field, names, size. */
static const struct {
    enum fait_champ champ;
    const char *(*nom)(int);
    int n;
} codes[] = {
    {FI_FONDS, nom_fonds, FONDS_NOMBRE},   {FI_PHASE, nom_phase, PHASE_NOMBRE},
    {FI_VOLET, nom_volet, VOLET_NOMBRE},   {FI_NATURE, nom_nature, NATURE_NOMBRE},
    {FI_ETAT, nom_etat, FINANCEMENT_ETAT_NOMBRE},
};

void lier_champ_code(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c)
{
    for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
        if (codes[k].champ == c) {
            lier_n(s, i, rang_mot(fait_slice(f, c), codes[k].nom, codes[k].n));
            return;
        }
    }
    lier_champ(s, i, f, c);
}

bool projeter_financement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_FINANCEMENT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_champ(s, 2, f, FI_FINESS_ET);
    lier_champ_code(s, 3, f, FI_FONDS);
    lier_champ_code(s, 4, f, FI_PHASE);
    lier_champ_code(s, 5, f, FI_VOLET);
    lier_champ_code(s, 6, f, FI_NATURE);
    lier_champ_code(s, 7, f, FI_ETAT);
    lier_texte(s, 8, f, FI_DUI);
    lier_n(s, 9, fait_trois(f, FI_DUI_REFERENCE));
    lier_champ(s, 10, f, FI_DATE_ETAT);
    return registre_pas(p->r, s, diags);
}
