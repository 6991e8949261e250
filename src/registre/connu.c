#include "registre/connu.h"

#include "registre/etat_interne.h"

/* `meme` and `avant` take the fields of the fact, in order, as ?1, ?2 … */
static const struct {
    enum fait_type type;
    const char *meme, *avant;
} questions[] = {
    {FAIT_FOURNISSEUR_DECLARE,
     "select 1 from fournisseur where siren = ?1 and nom = ?2 and role = ?3 and (?4 is null or enrole_le is ?4)",
     "select nom || ', ' || role from fournisseur where siren = ?1"},
    {FAIT_SOLUTION_DECLAREE,
     "select 1 from solution where numero_ans = ?1 and nom = ?2 and siren_editeur is ?3 and couloir = ?4 "
     "and version = coalesce(?5, '') and dossier_complet_le is ?6 and reference_le is ?7 and refuse_le is ?8 and retire_le is ?9",
     "select nom || ', version ' || version from solution where numero_ans = ?1 and couloir = ?4 and version = coalesce(?5, '')"},
    {FAIT_FINANCEMENT_DECLARE,
     "select 1 from financement where et = ?1 and fonds = ?2 and phase = ?3 and volet = ?4 and nature = ?5 "
     "and dui = coalesce(?6, '') and dui_reference = coalesce(?7, -1) and etat = ?8 and date_etat is ?9",
     NULL},
};

static int premiere(struct registre *r, const char *sql, const struct fait *f, struct buffer *texte, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, sql, diags);
    if (s == NULL)
        return -1;
    const struct fait_forme *forme = fait_forme(f->type);
    for (int i = 0; i < (int)forme->n && i < sqlite3_bind_parameter_count(s); i++)
        lier_champ_code(s, i + 1, f, (enum fait_champ)(forme->premier + (size_t)i));
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW && texte != NULL) {
        const struct slice t = colonne_slice(s, 0);
        buffer_append(texte, t.bytes, t.len);
    } else if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        registre_faute(r, diags);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

enum connu fait_connu(struct registre *r, const struct fait *f, struct buffer *avant, struct diag_liste *diags)
{
    size_t q = 0;
    while (questions[q].type != f->type)
        q++;
    const int meme = premiere(r, questions[q].meme, f, NULL, diags);
    if (meme != 0)
        return meme < 0 ? CONNU_FAUTE : CONNU_IDENTIQUE;
    if (questions[q].avant == NULL)
        return CONNU_NOUVEAU;
    const int modifie = premiere(r, questions[q].avant, f, avant, diags);
    return modifie < 0 ? CONNU_FAUTE : modifie == 1 ? CONNU_MODIFIE : CONNU_NOUVEAU;
}
