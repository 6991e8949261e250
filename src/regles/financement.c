/* Ce qu'est un financement, et lequel de ses états compte (regles.md § 4). Aucun texte ne dit ce qui identifie un
 * financement : c'est ici l'ESSMS, le fonds, la phase, le volet, la nature et le DUI. Une ligne qui ne nomme pas le DUI
 * parle du seul financement de cette sorte ; s'il y en a deux, de DUI différents, elle en est un troisième. */
#include "regles/financement.h"

#include <string.h>

#include "noyau/texte.h"
#include "regles/regles_prive.h"

enum trois meme_logiciel(const char *a, const char *b)
{
    struct buffer x = {0}, y = {0};
    if (*a == '\0' || *b == '\0')
        return TROIS_ABSENT;
    if (strcmp(a, b) == 0)
        return TROIS_OUI;
    texte_fold(&x, a, strlen(a));
    texte_fold(&y, b, strlen(b));
    const bool meme = x.len == y.len && memcmp(x.bytes, y.bytes, x.len) == 0;
    buffer_free(&x);
    buffer_free(&y);
    return meme ? TROIS_OUI : TROIS_NON;
}

/* Un état à venir n'existe pas encore ; sans date, il vaut de tout temps. */
bool financement_connu(const struct dossier *d, const struct financement *f)
{
    return !jour_present(f->date_etat) || venu(d, f->date_etat);
}

static bool meme_sorte(const struct financement *x, const struct financement *y)
{
    return x->fonds == y->fonds && x->phase == y->phase && x->volet == y->volet && x->nature == y->nature;
}

/* Y a-t-il deux DUI nommés parmi les financements connus de cette sorte ? */
static bool deux_dui(const struct dossier *d, const struct dossier_essms *e, const struct financement *f)
{
    const char *premier = "";
    for (uint32_t i = 0; i < e->n_financements; i++) {
        const struct financement *g = &e->financements[i];
        if (!financement_connu(d, g) || !meme_sorte(f, g))
            continue;
        if (meme_logiciel(premier, g->logiciel) == TROIS_NON)
            return true;
        if (*premier == '\0')
            premier = g->logiciel;
    }
    return false;
}

static bool meme_financement(const struct dossier *d, const struct dossier_essms *e, const struct financement *f,
                             const struct financement *g)
{
    if (!meme_sorte(f, g))
        return false;
    const enum trois meme = meme_logiciel(f->logiciel, g->logiciel);
    const bool aucun = *f->logiciel == '\0' && *g->logiciel == '\0';
    return meme == TROIS_OUI || aucun || (meme == TROIS_ABSENT && !deux_dui(d, e, f));
}

/* `g` suit-il `f` ? Par la date ; sans l'une des deux, une candidature précède toute décision. À égalité, le fait, puis le
 * rang (`g` est après `f`). */
static bool suit(const struct financement *f, const struct financement *g)
{
    int ordre;
    if (jour_present(f->date_etat) && jour_present(g->date_etat))
        ordre = jour_cmp(g->date_etat, f->date_etat);
    else
        ordre = (g->etat != FINANCEMENT_CANDIDATURE) - (f->etat != FINANCEMENT_CANDIDATURE);
    return ordre != 0 ? ordre > 0 : g->fait >= f->fait;
}

uint32_t financement_actuel(const struct dossier *d, const struct dossier_essms *e, uint32_t rang)
{
    uint32_t actuel = e->n_financements;
    for (uint32_t i = 0; i < e->n_financements; i++) {
        const struct financement *g = &e->financements[i];
        if (!financement_connu(d, g) || !meme_financement(d, e, &e->financements[rang], g))
            continue;
        if (actuel == e->n_financements || suit(&e->financements[actuel], g))
            actuel = i;
    }
    return actuel;
}

bool financement_compte(const struct dossier *d, const struct dossier_essms *e, uint32_t rang)
{
    return financement_connu(d, &e->financements[rang]) && financement_actuel(d, e, rang) == rang;
}

struct financement financement_lu(const struct dossier *d, const struct dossier_essms *e, uint32_t rang)
{
    struct financement f = e->financements[rang];
    for (uint32_t i = e->n_financements; i-- > 0;) {
        const struct financement *g = &e->financements[i];
        if (i == rang || !financement_connu(d, g) || !meme_financement(d, e, &e->financements[rang], g))
            continue;
        if (*f.dui == '\0') {
            f.dui = g->dui;
            f.logiciel = g->logiciel;
        }
        if (f.dui_reference == TROIS_ABSENT)
            f.dui_reference = g->dui_reference;
    }
    return f;
}

bool financement_beneficiaire(const struct financement *f)
{
    return f->etat == FINANCEMENT_ENGAGEMENT || f->etat == FINANCEMENT_CONVENTION;
}

bool financement_paie_logiciel(const struct financement *f)
{
    return f->fonds == FONDS_ESMS_NUMERIQUE && (f->phase == PHASE_AMORCAGE || f->volet == VOLET_EQUIPEMENT);
}

/* Le tableau du § 10 : ce que le programme ne verse pas. */
const char *financement_impossible(enum fonds fonds, enum phase phase, enum volet volet, enum nature nature)
{
    const bool conformite = nature == NATURE_MISE_EN_CONFORMITE;
    if (fonds != FONDS_ESMS_NUMERIQUE)
        return phase != PHASE_ABSENTE || volet != VOLET_ABSENT
                   ? "la phase et le volet sont ceux d'ESMS numérique : un autre fonds n'en a pas" : NULL;
    if (phase == PHASE_GENERALISATION && volet == VOLET_EQUIPEMENT && conformite)
        return "la généralisation ne finance la mise en conformité que par le volet usage";
    if (phase == PHASE_AMORCAGE && volet == VOLET_USAGE && nature != NATURE_ABSENTE && !conformite)
        return "l'amorçage ne finance pas l'usage d'une acquisition ni d'un renouvellement";
    return NULL;
}
