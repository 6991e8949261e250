/* VA : l'attestation de vérification d'aptitude (regles.md § 7). Sans VA enregistrée, toutes sont sans objet : REV-01 dit quand
 * elle aurait dû l'être. */
#include "regles/regles_prive.h"

static bool vide(const char *s)
{
    return s == NULL || *s == '\0';
}

/* VA-01. Signée par la personne responsable de l'OG, ou par un délégataire, avec une délégation datée pour pièce (IDF) : nom,
 * qualité ou délégation, mode de signature. La délégation précède la signature. */
void regle_va_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_va *v = &d->va;
    if (!v->existe)
        return;
    const bool delegue = v->delegation == TROIS_OUI;
    if (delegue && jour_present(v->delegation_le) && jour_avant(instant_jour(v->signee_le), v->delegation_le)) {
        non_conforme(c);
        constat_mot(c, a, "cas", "delegation_apres");
        constat_jour(c, a, "delegation_le", v->delegation_le);
        constat_instant(c, a, "signee_le", v->signee_le);
        return;
    }
    if (!v->signataire_present)
        attendre(a, c, "signataire_va");
    if (!delegue && vide(v->qualite))
        attendre(a, c, "qualite_va");
    if (v->mode == MODE_ABSENT)
        attendre(a, c, "mode_va");
    if (delegue && !jour_present(v->delegation_le))
        attendre(a, c, "delegation_date");
    if (delegue && !v->delegation_piece)
        attendre(a, c, "delegation");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_cloture(d, p, a, c);
        return;
    }
    conforme(c);
    constat_instant(c, a, "signee_le", v->signee_le);
    if (delegue)
        constat_jour(c, a, "delegation_le", v->delegation_le);
}

/* VA-02. Modes admis pour une VA : carte CPx, Pro Santé Connect, certificat RGS, ou au moins eIDAS simple (IDF). La signature
 * manuscrite, admise pour la commande, n'y est pas citée. */
void regle_va_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!d->va.existe)
        return;
    if (d->va.mode == MODE_ABSENT) {
        attendre(a, c, "mode_va");
        attendre_cloture(d, p, a, c);
        return;
    }
    constat_mot(c, a, "mode", mode_signature_nom(d->va.mode));
    if (d->va.mode == MODE_MANUSCRITE)
        non_conforme(c);
    else
        conforme(c);
}

bool va_vide(const struct dossier *d)
{
    for (uint32_t i = 0; i < d->n_essms; i++)
        if (d->essms[i].va.atteste != TROIS_NON)
            return false;
    return d->va.existe;
}

bool va_sans_heure(const struct dossier *d, struct instant cloture)
{
    const struct dossier_va *v = &d->va;
    const struct jour jour = instant_jour(v->signee_le);
    return v->existe && jour_cmp(jour, instant_jour(cloture)) == 0 && instant_cmp(v->signee_le, instant_fin_du_jour(jour)) == 0 &&
           instant_cmp(cloture, v->signee_le) < 0;
}

/* VA-03. Signée de la date de la commande à la clôture ; le jour même convient (VA-04). */
void regle_va_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_va *v = &d->va;
    struct instant cloture, autre_cloture;
    if (!v->existe || !couloir_ouvert(d, p, a, c) || !cloture_exigee(d, p, a, c, &cloture) || !signature_lue(d, p, a, c))
        return;
    const bool avant = jour_avant(instant_jour(v->signee_le), d->date_signature), tard = instant_cmp(v->signee_le, cloture) > 0;
    constat_instant(c, a, "signee_le", v->signee_le);
    if (avant) {
        non_conforme(c);
        constat_mot(c, a, "cas", "va_avant");
        constat_jour(c, a, "signature", d->date_signature);
        return;
    }
    if (tard && va_sans_heure(d, cloture)) {
        attendre(a, c, "heure_va");
        constat_instant(c, a, "cloture", cloture);
        constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
        return;
    }
    if (tard) {
        non_conforme(c);
        constat_mot(c, a, "cas", "va_tard");
        constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
        constat_instant(c, a, "cloture", cloture);
    } else {
        conforme(c);
    }
    const enum calendrier autre = autre_calendrier(d->calendrier);
    if (cloture_lue(d, p, autre, &autre_cloture) && tard == (instant_cmp(v->signee_le, autre_cloture) <= 0)) {
        constat_mot(c, a, "autre", calendrier_nom(autre));
        constat_instant(c, a, "autre_cloture", autre_cloture);
    }
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
}

/* VA-04. Information : signée le jour même de la clôture, que l'IDF dit « avant cette date ». */
void regle_va_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_va *v = &d->va;
    struct instant cloture;
    if (!v->existe || !couloir_ouvert(d, p, a, c) || !cloture_exigee(d, p, a, c, &cloture) || instant_cmp(v->signee_le, cloture) > 0)
        return;
    constat_instant(c, a, "signee_le", v->signee_le);
    if (jour_cmp(instant_jour(v->signee_le), instant_jour(cloture)) == 0) {
        non_conforme(c);
        constat_instant(c, a, "cloture", cloture);
        constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
    } else {
        conforme(c);
    }
}

/* Les ESSMS réclamés : ceux que le solde demandé garde ; jusqu'à lui, ceux que la VA ne refuse pas d'attester. */
static bool reclame(const struct dossier *d, const struct dossier_essms *e)
{
    return d->solde.existe ? !e->retire : e->va.atteste != TROIS_NON;
}

static uint32_t reclames(const struct dossier *d)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_essms; i++)
        n += reclame(d, &d->essms[i]) ? 1 : 0;
    return n;
}

/* Un point de la VA sur un ESSMS : l'ESSMS est nommé avant son premier point. */
static void pointer(const struct dossier *d, struct arene *a, struct constat *c, uint32_t i, bool *nomme, const char *point)
{
    if (!*nomme)
        constat_finess(c, a, "essms", d->essms[i].et);
    *nomme = true;
    if (c->sujet == 0)
        c->sujet = i + 1;
    constat_mot(c, a, "point", point);
}

/* Ce que la VA nie d'un ESSMS réclamé. */
static bool refuser(const struct dossier *d, struct arene *a, struct constat *c, uint32_t i)
{
    const struct essms_va *v = &d->essms[i].va;
    bool nomme = false;
    if (v->atteste == TROIS_NON)
        pointer(d, a, c, i, &nomme, "non_atteste");
    if (v->deploye == TROIS_NON)
        pointer(d, a, c, i, &nomme, "non_deploye");
    if (v->tbb_livre == TROIS_NON)
        pointer(d, a, c, i, &nomme, "tbb_non_livre");
    else if (v->tbb == TBB_AUCUN)
        pointer(d, a, c, i, &nomme, "tbb_nul");
    return nomme;
}

/* Ce que la VA ne dit pas d'un ESSMS réclamé. */
static bool manquer(const struct dossier *d, struct arene *a, struct constat *c, uint32_t i)
{
    const struct essms_va *v = &d->essms[i].va;
    bool nomme = false;
    if (v->atteste == TROIS_ABSENT)
        pointer(d, a, c, i, &nomme, "atteste_absent");
    if (v->deploye == TROIS_ABSENT)
        pointer(d, a, c, i, &nomme, "deploye_absent");
    if (v->tbb_livre == TROIS_ABSENT || v->tbb == TBB_ABSENT)
        pointer(d, a, c, i, &nomme, "tbb_absent");
    if (v->indicateurs[0] < 0 || v->indicateurs[1] < 0 || v->indicateurs[2] < 0)
        pointer(d, a, c, i, &nomme, "indicateurs_absents");
    return nomme;
}

/* VA-05. Bon fonctionnement ; et pour chaque ESSMS réclamé : le DUI déployé, le tableau de bord TBB.1 livré et différent de
 * zéro, les trois indicateurs d'ESMS numérique livrés (0 est permis). */
void regle_va_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    bool refuse = false, manque = false;
    const uint32_t n = reclames(d);
    if (!d->va.existe || n == 0)
        return;
    if (d->va.bon_fonctionnement == TROIS_NON) {
        non_conforme(c);
        constat_mot(c, a, "cas", "dysfonctionnement");
    }
    for (uint32_t i = 0; i < d->n_essms; i++)
        refuse = (reclame(d, &d->essms[i]) && refuser(d, a, c, i)) || refuse;
    if (refuse) {
        non_conforme(c);
        constat_mot(c, a, "cas", "essms_refuse");
    }
    if (c->verdict == VERDICT_NON_CONFORME)
        return;
    if (d->va.bon_fonctionnement == TROIS_ABSENT)
        attendre(a, c, "bon_fonctionnement");
    for (uint32_t i = 0; i < d->n_essms; i++)
        manque = (reclame(d, &d->essms[i]) && manquer(d, a, c, i)) || manque;
    if (manque)
        attendre(a, c, "essms_va");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_cloture(d, p, a, c);
        return;
    }
    conforme(c);
    constat_entier(c, a, "reclames", n);
}

/* VA-06. Tous les indicateurs du TBB.1 sont différents de zéro ; certains nuls : discordance (aucun : VA-05). */
void regle_va_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    bool absents = false, juges = false;
    if (!d->va.existe)
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!reclame(d, e) || e->va.tbb_livre == TROIS_NON || e->va.tbb == TBB_AUCUN)
            continue;
        juges = true;
        absents = absents || e->va.tbb == TBB_ABSENT;
        if (e->va.tbb != TBB_CERTAINS)
            continue;
        non_conforme(c);
        constat_finess(c, a, "essms", e->et);
        if (c->sujet == 0)
            c->sujet = i + 1;
    }
    if (!juges || c->verdict == VERDICT_NON_CONFORME)
        return;
    if (absents) {
        attendre(a, c, "tbb_va");
        attendre_cloture(d, p, a, c);
        return;
    }
    conforme(c);
}
