/* The answer of a time-stamping authority joins its seal. */
#include <stdio.h>
#include <string.h>

#include "metier/sceau_fichier.h"
#include "metier/sceaux.h"
#include "noyau/fichier.h"
#include "noyau/memoire.h"

static struct slice lue(const struct buffer *b)
{
    return (struct slice){b->len > 0 ? b->bytes : "", b->len};
}

/* Copies the answer, unless it is there already. */
static bool poser(const char *sceau, const char *chemin, const struct buffer *reponse, bool essai, struct horodater_rapport *out,
                  struct diag_liste *diags)
{
    struct buffer la = {0};
    struct fichier_tmp t;
    const int lu = voisin_lire(sceau, ".tsr", HORODATAGE_OCTETS_MAX, &la, diags);
    out->deja = lu == 1 && la.len == reponse->len && memcmp(la.bytes, reponse->bytes, la.len) == 0;
    buffer_free(&la);
    if (lu == 1 && !out->deja)
        diag_a_faire(diag_erreur(diags, E_EXISTE, "%s existe déjà : une autre réponse est jointe à ce sceau", chemin),
                     "garder celle qui est là ; ou la déplacer, et recommencer");
    if (lu != 0 || essai)
        return out->deja || (lu == 0 && essai);
    if (!fichier_tmp_creer(&t, chemin, diags))
        return false;
    if (fichier_write(t.fd, reponse->bytes, reponse->len) && fichier_tmp_sceller(&t, diags))
        return fichier_tmp_publier(&t, false, diags);
    diag_erreur(diags, E_ECRITURE, "%s ne s'écrit pas", chemin);
    fichier_tmp_abandonner(&t);
    return false;
}

static bool joindre(const struct sceau *s, const char *sceau, const struct buffer *reponse, const char *nom_reponse, const struct confiance *c,
                    bool essai, struct horodater_rapport *out, struct diag_liste *diags)
{
    struct buffer tsq = {0};
    struct horodatage_vue v;
    bool ok = voisin_lire(sceau, ".tsq", HORODATAGE_OCTETS_MAX, &tsq, diags) >= 0;
    if (ok) {
        horodatage_verifier(lue(reponse), &s->empreinte, lue(&tsq), c, &v);
        ok = horodatage_juger(&v, nom_reponse, diags);
    }
    buffer_free(&tsq);
    if (!ok)
        return false;
    char *chemin = sceau_voisin(sceau, ".tsr");
    out->le = v.le;
    out->jugee = v.signature.etat == SIGNATURE_BONNE;
    (void)snprintf(out->autorite, sizeof out->autorite, "%s", v.signature.nom);
    (void)snprintf(out->fichier, sizeof out->fichier, "%s", chemin);
    ok = poser(sceau, chemin, reponse, essai, out, diags);
    memoire_free(chemin);
    return ok;
}

bool acte_sceau_horodater(const char *sceau, const char *reponse, const char *confiance, bool essai, struct horodater_rapport *out,
                          struct diag_liste *diags)
{
    struct buffer texte = {0}, octets = {0};
    struct confiance *c = NULL;
    struct sceau s;
    *out = (struct horodater_rapport){.le = INSTANT_ABSENT};
    bool ok = confiance == NULL || (c = confiance_charger(confiance, diags)) != NULL;
    ok = fichier_lire(reponse, FICHIER_LIENS_SUIVIS, HORODATAGE_OCTETS_MAX, &octets, diags) && ok;
    ok = fichier_lire(sceau, FICHIER_LIENS_SUIVIS, SCEAU_OCTETS_MAX, &texte, diags) && sceau_lire(lue(&texte), sceau, &s, diags) && ok;
    ok = ok && joindre(&s, sceau, &octets, reponse, c, essai, out, diags);
    confiance_free(c);
    buffer_free(&texte);
    buffer_free(&octets);
    return ok;
}
