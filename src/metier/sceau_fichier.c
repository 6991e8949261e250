#include "metier/sceau_fichier.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "signature/cms.h"

char *sceau_voisin(const char *chemin, const char *extension)
{
    struct buffer b = {0};
    const size_t n = strlen(chemin);
    const bool txt = n > 4 && memcmp(chemin + n - 4, ".txt", 4) == 0;
    buffer_append(&b, chemin, txt ? n - 4 : n);
    buffer_puts(&b, extension);
    return b.bytes;
}

int voisin_lire(const char *chemin, const char *extension, size_t max, struct buffer *out, struct diag_liste *diags)
{
    char *voisin = sceau_voisin(chemin, extension);
    int lu = access(voisin, F_OK) != 0 && errno == ENOENT ? 0 : 1;
    if (lu == 1 && !fichier_lire(voisin, FICHIER_LIENS_SUIVIS, max, out, diags))
        lu = -1;
    memoire_free(voisin);
    return lu;
}

static struct slice lue(const struct buffer *b)
{
    return (struct slice){b->len > 0 ? b->bytes : "", b->len};
}

/* --- time-stamp ----------------------------------------------------------------------------------------------------- */

bool horodatage_juger(const struct horodatage_vue *v, const char *fichier, struct diag_liste *diags)
{
    const struct lieu lieu = {.fichier = fichier};
    struct diag *d = NULL;
    if (v->issue == HORODATAGE_REFUSE)
        d = diag_erreur(diags, E_HORODATAGE_REFUSE, "%s", v->cause);
    else if (v->issue == HORODATAGE_AUTRE)
        d = diag_erreur(diags, E_HORODATAGE, "l'horodatage n'est pas celui de ce sceau : %s", v->cause);
    else if (v->issue == HORODATAGE_ILLISIBLE)
        diag_trouve(d = diag_erreur(diags, E_HORODATAGE, "l'horodatage est faux : la réponse a changé, ou n'en est pas une"), "%s", v->cause);
    else if (v->signature.etat == SIGNATURE_SANS_CONFIANCE)
        diag_trouve(d = diag_erreur(diags, E_HORODATEUR, "l'autorité d'horodatage « %s » n'a pas votre confiance", v->signature.nom), "%s",
                    v->signature.cause);
    if (d != NULL)
        diag_lieu(d, &lieu);
    return d == NULL;
}

static bool horodatage_lire(struct sceau_lu *l, const struct confiance *c, struct diag_liste *diags)
{
    struct buffer tsr = {0}, tsq = {0};
    struct horodatage_vue v;
    l->horodatage = "aucun";
    const int lu = voisin_lire(l->chemin, ".tsr", HORODATAGE_OCTETS_MAX, &tsr, diags);
    bool ok = lu >= 0 && voisin_lire(l->chemin, ".tsq", HORODATAGE_OCTETS_MAX, &tsq, diags) >= 0;
    if (ok && lu == 1) {
        char *fichier = sceau_voisin(l->chemin, ".tsr");
        horodatage_verifier(lue(&tsr), &l->s.empreinte, lue(&tsq), c, &v);
        ok = horodatage_juger(&v, fichier, diags);
        l->horodate_le = ok ? v.le : INSTANT_ABSENT;
        l->horodatage = !ok ? "refusé" : v.signature.etat == SIGNATURE_BONNE ? "valable" : "autorité non vérifiée";
        memoire_free(fichier);
    }
    buffer_free(&tsr);
    buffer_free(&tsq);
    return ok;
}

/* --- signature ------------------------------------------------------------------------------------------------------ */

static bool signature_juger(struct sceau_lu *l, const struct signature_vue *v, const char *fichier, struct diag_liste *diags)
{
    const struct lieu lieu = {.fichier = fichier};
    char trouve[EMPREINTE_HEX], attendu[EMPREINTE_HEX];
    struct diag *d = NULL;
    l->signature = "fausse";
    if (v->etat == SIGNATURE_FAUSSE) {
        diag_trouve(d = diag_erreur(diags, E_SIGNATURE, "la signature n'est pas celle de ce sceau, ou l'un des deux a changé"), "%s", v->cause);
    } else if (l->s.signe && !empreinte_egale(&v->certificat, &l->s.signataire)) {
        d = diag_erreur(diags, E_SIGNATURE, "le sceau est signé par un autre certificat que celui qu'il annonce");
        diag_trouve(d, "%s, de « %s »", empreinte_hex(&v->certificat, trouve), v->nom);
        diag_attendu(d, "%s", empreinte_hex(&l->s.signataire, attendu));
    } else if (v->etat == SIGNATURE_SANS_CONFIANCE) {
        l->signature = "sans confiance";
        diag_trouve(d = diag_erreur(diags, E_SIGNATAIRE, "le signataire « %s » n'a pas votre confiance", v->nom), "%s", v->cause);
    }
    if (d != NULL) {
        diag_lieu(d, &lieu);
        return false;
    }
    l->signe = true;
    l->juge = v->etat == SIGNATURE_BONNE;
    l->signature = l->juge ? "valable" : "signataire non vérifié";
    memcpy(l->signataire, v->nom, sizeof l->signataire);
    return true;
}

/* The certificate is judged when the seal was certainly there: at its time-stamp, else when it says it was made. */
static bool signature_lire(struct sceau_lu *l, const struct confiance *c, struct diag_liste *diags)
{
    struct buffer p7s = {0};
    struct signature_vue v;
    char *fichier = sceau_voisin(l->chemin, ".p7s");
    const int lu = voisin_lire(l->chemin, ".p7s", CMS_OCTETS_MAX, &p7s, diags);
    bool ok = lu >= 0;
    l->signature = "aucune";
    if (lu == 1) {
        cms_verifier(lue(&l->octets), lue(&p7s), c, instant_present(l->horodate_le) ? l->horodate_le : l->s.instant, &v);
        ok = signature_juger(l, &v, fichier, diags);
    } else if (lu == 0 && l->s.signe) {
        l->signature = "absente";
        diag_lieu(diag_erreur(diags, E_SIGNATURE_ABSENTE, "le sceau annonce une signature, qui n'est pas à côté de lui"),
                  &(struct lieu){.fichier = fichier});
        ok = false;
    }
    buffer_free(&p7s);
    memoire_free(fichier);
    return ok;
}

bool sceau_fichier_lire(const char *chemin, const struct confiance *c, struct sceau_lu *out, struct diag_liste *diags)
{
    *out = (struct sceau_lu){.chemin = chemin, .signature = "", .horodatage = "", .horodate_le = INSTANT_ABSENT};
    if (!fichier_lire(chemin, FICHIER_LIENS_SUIVIS, SCEAU_OCTETS_MAX, &out->octets, diags) ||
        !sceau_lire(lue(&out->octets), chemin, &out->s, diags))
        return false;
    out->lisible = true;
    const bool date = horodatage_lire(out, c, diags);
    return signature_lire(out, c, diags) && date;
}

void sceau_lu_free(struct sceau_lu *l)
{
    buffer_free(&l->octets);
}
