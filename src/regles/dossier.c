#include "regles/dossier.h"

#include <string.h>

static const char *const couloirs[COULOIR_NOMBRE] = {
    [COULOIR_INCONNU] = "",
    [COULOIR_MS1] = "MS1",
    [COULOIR_MS2_PDS] = "MS2-PDS",
    [COULOIR_MS2_PDE] = "MS2-PDE",
    [COULOIR_MS3] = "MS3",
};
static const char *const modes[MODE_NOMBRE] = {
    [MODE_ABSENT] = "", [MODE_MANUSCRITE] = "manuscrite", [MODE_CPX] = "cpx",
    [MODE_PSC] = "psc", [MODE_RGS] = "rgs",               [MODE_EIDAS] = "eidas",
};
static const char *const motifs[MOTIF_NOMBRE] = {
    [MOTIF_ABSENT] = "",
    [MOTIF_EXEMPTION] = "exemption",
    [MOTIF_GUYANE] = "guyane",
    [MOTIF_MAYOTTE] = "mayotte",
    [MOTIF_NON_ASSUJETTI] = "non_assujetti",
};
static const char *const calendriers[] = {[CALENDRIER_INITIAL] = "initial", [CALENDRIER_PROROGE] = "proroge"};
static const char *const fonds[FONDS_NOMBRE] = {
    [FONDS_ESMS_NUMERIQUE] = "esms_numerique", [FONDS_FEDER] = "feder", [FONDS_FSE] = "fse",
};
static const char *const phases[PHASE_NOMBRE] = {
    [PHASE_ABSENTE] = "", [PHASE_AMORCAGE] = "amorcage", [PHASE_GENERALISATION] = "generalisation",
};
static const char *const volets[VOLET_NOMBRE] = {
    [VOLET_ABSENT] = "", [VOLET_EQUIPEMENT] = "equipement", [VOLET_USAGE] = "usage",
};
static const char *const natures[NATURE_NOMBRE] = {
    [NATURE_ABSENTE] = "",
    [NATURE_ACQUISITION] = "acquisition",
    [NATURE_RENOUVELLEMENT] = "renouvellement",
    [NATURE_MISE_EN_CONFORMITE] = "mise_en_conformite",
};
static const char *const etats_financement[FINANCEMENT_ETAT_NOMBRE] = {
    [FINANCEMENT_CANDIDATURE] = "candidature", [FINANCEMENT_ENGAGEMENT] = "engagement",
    [FINANCEMENT_CONVENTION] = "convention",   [FINANCEMENT_REFUSE] = "refuse",
    [FINANCEMENT_RENONCE] = "renonce",         [FINANCEMENT_REMBOURSE] = "rembourse",
};
static const char *const roles[PIECE_ROLE_NOMBRE] = {
    [PIECE_BON_DE_COMMANDE] = "bon_de_commande",
    [PIECE_NON_CUMUL] = "attestation_non_cumul",
    [PIECE_AUTRE] = "autre",
    [PIECE_ANNULATION] = "attestation_annulation",
    [PIECE_RENONCIATION] = "renonciation",
    [PIECE_FACTURE] = "facture",
    [PIECE_VA] = "attestation_va",
    [PIECE_DELEGATION] = "delegation",
    [PIECE_REPONSE_ASP] = "reponse_asp",
    [PIECE_ORDRE_DE_RECOUVRER] = "ordre_de_recouvrer",
    [PIECE_REVERSEMENT] = "preuve_de_reversement",
};
static const char *const tbbs[TBB_NOMBRE] = {
    [TBB_ABSENT] = "", [TBB_TOUS] = "tous", [TBB_CERTAINS] = "certains", [TBB_AUCUN] = "aucun",
};

/* Nom d'un rang de table ; "" hors de la table. */
static const char *nom(const char *const *table, size_t n, size_t rang)
{
    return rang < n ? table[rang] : "";
}

/* Rang d'un mot, 0 quand il n'y est pas (ou quand il est vide : le rang 0 est « absent »). */
static size_t rang(const char *const *table, size_t n, const char *bytes, size_t len)
{
    for (size_t i = 1; i < n; i++)
        if (strlen(table[i]) == len && memcmp(table[i], bytes, len) == 0)
            return i;
    return 0;
}

const char *couloir_nom(enum couloir c)
{
    return nom(couloirs, COULOIR_NOMBRE, (size_t)c);
}

enum couloir couloir_parse(const char *bytes, size_t len)
{
    return (enum couloir)rang(couloirs, COULOIR_NOMBRE, bytes, len);
}

const char *mode_signature_nom(enum mode_signature m)
{
    return nom(modes, MODE_NOMBRE, (size_t)m);
}

enum mode_signature mode_signature_parse(const char *bytes, size_t len)
{
    return (enum mode_signature)rang(modes, MODE_NOMBRE, bytes, len);
}

const char *motif_tva_nom(enum motif_tva m)
{
    return nom(motifs, MOTIF_NOMBRE, (size_t)m);
}

enum motif_tva motif_tva_parse(const char *bytes, size_t len)
{
    return (enum motif_tva)rang(motifs, MOTIF_NOMBRE, bytes, len);
}

const char *calendrier_nom(enum calendrier c)
{
    return nom(calendriers, sizeof calendriers / sizeof *calendriers, (size_t)c);
}

const char *fonds_nom(enum fonds f)
{
    return nom(fonds, FONDS_NOMBRE, (size_t)f);
}

const char *phase_nom(enum phase p)
{
    return nom(phases, PHASE_NOMBRE, (size_t)p);
}

const char *volet_nom(enum volet v)
{
    return nom(volets, VOLET_NOMBRE, (size_t)v);
}

const char *nature_nom(enum nature n)
{
    return nom(natures, NATURE_NOMBRE, (size_t)n);
}

const char *etat_financement_nom(enum etat_financement e)
{
    return nom(etats_financement, FINANCEMENT_ETAT_NOMBRE, (size_t)e);
}

const char *piece_role_nom(enum piece_role r)
{
    return nom(roles, PIECE_ROLE_NOMBRE, (size_t)r);
}

const char *tbb_nom(enum tbb t)
{
    return nom(tbbs, TBB_NOMBRE, (size_t)t);
}

enum tbb tbb_parse(const char *bytes, size_t len)
{
    return (enum tbb)rang(tbbs, TBB_NOMBRE, bytes, len);
}
