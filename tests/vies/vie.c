/* One life: acts one after the other, and after each what is shown, beside what the model says. */
#define _GNU_SOURCE
#include "vies.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../coups/mourir.h"
#include "noyau/empreinte.h"
#include "noyau/memoire.h"

const char *const etat_mots[ETATS] = {
    "enregistree", "avance_demandee", "avance_emise", "avance_deposee", "avance_recue", "avance_incomplete", "avance_a_modifier", "avance_validee",
    "avance_payee", "avance_rejetee", "facturee", "attestee", "a_solder", "solde_demande", "solde_emis", "solde_depose", "solde_recu",
    "solde_incomplet", "solde_a_modifier", "solde_valide", "solde_paye", "solde_rejete", "close", "a_reverser", "reversee", "en_litige",
    "renoncee", "annulee", "annulee_avance_payee", "annulee_a_reverser", "annulee_reversee", "remplacee"};

#define SOUVENIRS_MAX 40
#define FIN INT64_C(1735000000) /* of the years of modele_temps.c */
#define VERIFIER_TOUS_LES 8 /* acts */

/* What was shown at an instant: to be shown again of that time. */
struct souvenir {
    int64_t le;
    char *vues[VUES];
};
struct cours {
    struct vie *v;
    struct modele *m;
    struct alea h;
    struct souvenir souvenirs[SOUVENIRS_MAX];
    int n_souvenirs;
    struct gout gout;
    int64_t debut;
};

/* --- files ------------------------------------------------------------------------------------------------------------------- */

static void chemin_de(const struct vie *v, const char *nom, char out[1200])
{
    snprintf(out, 1200, "%s/%s", v->dossier, nom);
}

static void ecrire(const char *chemin, const char *octets, size_t len)
{
    FILE *f = fopen(chemin, "wb");
    if (f == NULL || fwrite(octets, 1, len, f) != len || fclose(f) != 0)
        mourir("%s ne s'écrit pas : %s", chemin, strerror(errno));
}

static void lire(const struct vie *v, const char *nom, struct buffer *b)
{
    char chemin[1200], octets[65536];
    chemin_de(v, nom, chemin);
    FILE *f = fopen(chemin, "rb");
    for (size_t n = 1; f != NULL && n > 0; buffer_append(b, octets, n))
        n = fread(octets, 1, sizeof octets, f);
    if (f == NULL || fclose(f) != 0)
        mourir("%s ne se lit pas", chemin);
}

static void copier(const struct vie *v, const char *de, const char *vers)
{
    char chemin[1200];
    struct buffer b = {0};
    lire(v, de, &b);
    chemin_de(v, vers, chemin);
    ecrire(chemin, b.bytes, b.len);
    buffer_free(&b);
}

static void vider_lots(const struct vie *v)
{
    char chemin[1200], fichier[1500];
    chemin_de(v, "lots", chemin);
    DIR *d = opendir(chemin);
    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        snprintf(fichier, sizeof fichier, "%s/%s", chemin, e->d_name);
        if (e->d_name[0] != '.')
            (void)unlink(fichier);
    }
    if (d == NULL || closedir(d) != 0)
        mourir("%s : %s", chemin, strerror(errno));
}

/* --- what is wrong ------------------------------------------------------------------------------------------------------------ */

__attribute__((format(printf, 2, 3))) static bool faute(struct cours *k, const char *fmt, ...)
{
    char t[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(t, sizeof t, fmt, ap);
    va_end(ap);
    buffer_puts(&k->v->faute, t);
    buffer_putc(&k->v->faute, '\n');
    return false;
}

/* The first line that differs. */
static bool comparer(struct cours *k, const char *quoi, const char *attendu, const char *trouve)
{
    const char *a = attendu, *t = trouve;
    if (strcmp(attendu, trouve) == 0)
        return true;
    while (*a != '\0' && strcspn(a, "\n") == strcspn(t, "\n") && strncmp(a, t, strcspn(a, "\n")) == 0 && a[strcspn(a, "\n")] && t[strcspn(t, "\n")]) {
        a += strcspn(a, "\n") + 1;
        t += strcspn(t, "\n") + 1;
    }
    return faute(k, "%s\n  attendu : %.*s\n  montré  : %.*s", quoi, (int)strcspn(a, "\n"), a, (int)strcspn(t, "\n"), t);
}

/* --- after each act -------------------------------------------------------------------------------------------------------------- */

/* The lists at `au` (0 = now) against the model. */
static bool juger(struct cours *k, const char *const vues[VUES], int64_t au)
{
    char quoi[128], t[32];
    bool bon = true;
    for (int v = 0; v < VUES; v++) {
        struct buffer attendu = {0}, montre = {0};
        buffer_puts(&attendu, "");
        if (vues[v] == NULL)
            return faute(k, "sons %s est refusé", vue_noms[v]);
        doit_montrer(k->m, (enum vue)v, au ? au : k->m->maintenant, &attendu);
        extraire((enum vue)v, vues[v], &montre);
        snprintf(quoi, sizeof quoi, "sons %s%s%s", vue_noms[v], au ? " --au " : "", au ? instant_texte(au, t) : "");
        bon = comparer(k, quoi, attendu.len ? attendu.bytes : "", montre.len ? montre.bytes : "") && bon;
        buffer_free(&attendu);
        buffer_free(&montre);
    }
    return bon;
}

static bool comme_alors(struct cours *k, const struct souvenir *s, const char *const vues[VUES])
{
    char quoi[160], t[32], u[32];
    bool bon = true;
    snprintf(t, sizeof t, "%s", instant_texte(s->le, u));
    for (int v = 0; v < VUES; v++) {
        snprintf(quoi, sizeof quoi, "sons %s --connu-le %s --au %s ne montre plus ce qu'il montrait alors", vue_noms[v], t, t);
        bon = comparer(k, quoi, s->vues[v], vues[v] ? vues[v] : "(refusé)") && bon;
    }
    return bon;
}

static void retenir(struct cours *k, const char *const vues[VUES])
{
    if (k->n_souvenirs == SOUVENIRS_MAX)
        return;
    struct souvenir *s = &k->souvenirs[k->n_souvenirs++];
    s->le = k->m->maintenant;
    for (int v = 0; v < VUES; v++)
        s->vues[v] = memoire_strndup(vues[v], strlen(vues[v]));
}

/* An instant of the life, or of one of the things that happened. */
static int64_t instant_passe(struct cours *k)
{
    const struct modele *m = k->m;
    const struct commande *c = m->n ? &m->commandes[alea_sous(&k->h, (uint32_t)m->n)] : NULL;
    if (c != NULL && c->n_choses && alea_chance(&k->h, 700)) {
        const int64_t le = c->choses[alea_sous(&k->h, (uint32_t)c->n_choses)].le + (int64_t)alea_sous(&k->h, 3) - 1;
        if (le > 86400 && le < m->maintenant)
            return le;
    }
    return m->maintenant - 1 - (int64_t)alea_sous(&k->h, (uint32_t)(m->maintenant - k->debut + 100 * 86400));
}

static bool passer(struct cours *k, char *const mots[], int attendu, const char *quoi)
{
    struct jeu jeux[3] = {{0, 0}};
    struct passage p;
    int n = 1, passe = 0, connu = 0;
    const struct souvenir *s = k->n_souvenirs ? &k->souvenirs[alea_sous(&k->h, (uint32_t)k->n_souvenirs)] : NULL;
    if (alea_chance(&k->h, 350))
        jeux[passe = n++] = (struct jeu){.au = instant_passe(k)};
    if (s != NULL && alea_chance(&k->h, 200))
        jeux[connu = n++] = (struct jeu){.au = s->le, .connu_le = s->le};
    programme_passer(k->v->dossier, instant_texte(k->m->maintenant, (char[32]){0}), mots, jeux, n, &p);
    if (p.code != attendu)
        return faute(k, "%s : code %d, le modèle attend %d\n%s", quoi, p.code, attendu, p.erreurs);
    bool bon = juger(k, p.vues[0], 0);
    if (bon)
        lire_entrees(k->m, p.vues[0][V_ENCAISSEMENTS], p.vues[0][V_VIREMENTS]);
    lire_reponses(k->m, p.reponses);
    for (int i = 0; i < k->m->n_sommes; i++)
        if (k->m->sommes[i].entree == 0)
            k->m->sommes[i].entree = p.entree;
    bon = bon && (!passe || juger(k, p.vues[passe], jeux[passe].au));
    bon = bon && (!connu || comme_alors(k, s, p.vues[connu]));
    if (bon && alea_chance(&k->h, 250))
        retenir(k, p.vues[0]);
    if (k->v->compte != NULL) {
        k->v->compte->regards++;
        k->v->compte->au_passe += passe != 0;
        k->v->compte->passes += connu != 0;
    }
    return bon;
}

static bool verifier(struct cours *k)
{
    char *mots[] = {(char *)"sons", (char *)"journal", (char *)"verifier", (char *)"--tout", NULL};
    struct passage p;
    programme_passer(k->v->dossier, instant_texte(k->m->maintenant, (char[32]){0}), mots, NULL, 0, &p);
    if (k->v->compte != NULL)
        k->v->compte->verifications++;
    return p.code == 0 || faute(k, "sons journal verifier --tout : code %d\n%s", p.code, p.erreurs);
}

/* Everything that was shown, from the journal alone. */
static bool reconstruire(struct cours *k)
{
    char *mots[] = {(char *)"sons", (char *)"journal", (char *)"reconstruire", NULL};
    const struct jeu jeu = {0, 0};
    struct passage p;
    programme_passer(k->v->dossier, instant_texte(k->m->maintenant, (char[32]){0}), mots, &jeu, 1, &p);
    if (k->v->compte != NULL)
        k->v->compte->reconstructions++;
    return p.code != 0 ? faute(k, "sons journal reconstruire : code %d\n%s", p.code, p.erreurs) : juger(k, p.vues[0], 0);
}

static bool se_souvenir(struct cours *k)
{
    for (int i = 0; i < k->n_souvenirs; i++) {
        const struct jeu jeu = {k->souvenirs[i].le, k->souvenirs[i].le};
        struct passage p;
        programme_passer(k->v->dossier, instant_texte(k->m->maintenant, (char[32]){0}), NULL, &jeu, 1, &p);
        if (k->v->compte != NULL)
            k->v->compte->passes++;
        if (!comme_alors(k, &k->souvenirs[i], p.vues[0]))
            return false;
    }
    return true;
}

/* --- acts ----------------------------------------------------------------------------------------------------------------------- */

/* The term that requests deposited, not decided, may meet; 0 = none. */
static int64_t terme_attendu(const struct modele *m)
{
    for (int c = 0; c < m->n; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        if (est(&r, "avance_deposee avance_recue avance_validee"))
            return fermeture;
        if (est(&r, "solde_depose solde_recu solde_valide"))
            return cloture;
    }
    return 0;
}

static bool solde_en_vue(const struct modele *m)
{
    bool en_vue = false;
    for (int c = 0; c < m->n && !en_vue; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        en_vue = est(&r, "a_solder solde_demande solde_emis solde_depose solde_a_modifier solde_incomplet");
    }
    return en_vue;
}

static void avancer(struct cours *k)
{
    struct alea *h = &k->h;
    const uint32_t t = alea_sous(h, 20);
    const bool serre = k->gout.serre;
    const int64_t avant = k->m->maintenant;
    k->m->maintenant += 1 + (int64_t)alea_sous(h, t < 10 ? 3600 : t < 16 || serre || (k->gout.calme && t < 19) ? 86400 : t < 19 ? 10 * 86400 : 45 * 86400);
    const int64_t terme = terme_attendu(k->m);
    if (serre && terme - k->m->maintenant > 86400 && alea_chance(h, 120)) /* the eve of the term, with requests on their way */
        k->m->maintenant = terme - (int64_t)alea_sous(h, 86400);
    if (k->gout.mss && DEBUT_MSS - k->m->maintenant > 86400 && solde_en_vue(k->m) && alea_chance(h, 400))
        k->m->maintenant = DEBUT_MSS - (int64_t)alea_sous(h, 86400);
    if (k->m->maintenant > FIN)
        k->m->maintenant = avant < FIN ? FIN : avant + 1; /* never twice: what an instant showed is asked again */
}

static void raconter(struct cours *k, const struct acte *a)
{
    struct buffer *b = &k->v->recit;
    char t[32];
    if (a->nom_fichier != NULL)
        buffer_printf(b, "cat >%s <<'FIN'\n%sFIN\n", a->nom_fichier, a->fichier.bytes);
    buffer_printf(b, "SONS_HORLOGE=%s", instant_texte(k->m->maintenant, t));
    for (int i = 0; i < a->n; i++)
        buffer_printf(b, strchr(a->mots[i], ' ') ? " \"%s\"" : " %s", a->mots[i]);
    buffer_printf(b, " # code %d\n", a->attendu);
}

static void compter(const struct modele *m, struct compte *c, const struct acte *a)
{
    if (c == NULL)
        return;
    for (int i = 0; i < m->n; i++) {
        const struct regard r = regarder(&m->commandes[i], m->maintenant);
        for (int e = 0; e < ETATS; e++)
            c->etats[e] += strcmp(r.etat, etat_mots[e]) == 0;
        c->rares[TOTAL_DEPASSE] += r.depasse && est(&r, "solde_paye");
    }
    c->actes++;
    if (a->change)
        c->faits[a->genre]++;
    else if (a->attendu == FAIT)
        c->sans_effet[a->genre]++;
    else
        c->refus[a->genre]++;
}

/* The hash of the archive that the program wrote. */
static void mettre_empreinte(const struct vie *v, struct acte *a)
{
    char nom[64], hex[EMPREINTE_HEX];
    struct buffer b = {0}, texte = {0};
    char *ici = a->lot_numero ? strstr(a->fichier.bytes, "EMPREINTE") : NULL;
    if (ici == NULL || v->muette)
        return;
    snprintf(nom, sizeof nom, "lots/lot-%s-%06d.zip", siren_de(a->lot_f), a->lot_numero);
    lire(v, nom, &b);
    const struct empreinte e = empreinte_de(b.bytes, b.len);
    buffer_append(&texte, a->fichier.bytes, (size_t)(ici - a->fichier.bytes));
    buffer_printf(&texte, "%s%s", empreinte_hex(&e, hex), ici + strlen("EMPREINTE"));
    buffer_free(&b);
    buffer_free(&a->fichier);
    a->fichier = texte;
}

static bool agir(struct cours *k)
{
    struct acte a;
    char chemin[1200], quoi[64];
    acte_tirer(k->m, &k->h, &k->gout, &a);
    mettre_empreinte(k->v, &a);
    if (a.nom_fichier != NULL && !k->v->muette) {
        chemin_de(k->v, a.nom_fichier, chemin);
        ecrire(chemin, a.fichier.bytes, a.fichier.len);
    }
    raconter(k, &a);
    snprintf(quoi, sizeof quoi, "sons %s", genre_noms[a.genre]);
    const bool bon = k->v->muette || passer(k, a.mots, a.attendu, quoi);
    compter(k->m, k->v->compte, &a);
    acte_vider(&a);
    return bon;
}

bool vie_vivre(struct vie *v)
{
    static const int64_t debuts[] = {INT64_C(1670230800), INT64_C(1670230800), INT64_C(1693558800), INT64_C(1700470800)};
    struct cours k = {.v = v, .m = memoire_calloc(1, sizeof *k.m)};
    bool bon = true;
    k.h = alea_de(v->graine, v->rang << 16);
    calendrier_choisir(false);
    k.debut = k.m->maintenant = debuts[alea_sous(&k.h, 4)];
    k.gout = (struct gout){.sage = alea_entre(&k.h, 750, 975), .commandes = alea_chance(&k.h, 600) ? (int)alea_entre(&k.h, 1, 3) : (int)alea_entre(&k.h, 4, COMMANDES_MAX)};
    k.gout.serre = alea_chance(&k.h, 500);
    k.gout.calme = alea_chance(&k.h, 500);
    k.gout.mss = alea_chance(&k.h, 200);
    if (k.gout.calme)
        k.gout.commandes = 1 + k.gout.commandes / 3;
    if (!v->muette) {
        copier(v, "depart.db", "r.db");
        vider_lots(v);
    }
    for (v->fin = 0; bon && v->fin < v->actes; v->fin++) {
        k.h = alea_de(v->graine, (v->rang << 16) + 1 + (uint64_t)v->fin);
        avancer(&k);
        if (v->sautes != NULL && v->sautes[v->fin])
            continue;
        bon = agir(&k) && (v->muette || (v->fin + 1) % VERIFIER_TOUS_LES != 0 || verifier(&k));
    }
    bon = bon && (v->muette || (se_souvenir(&k) && verifier(&k) && reconstruire(&k)));
    for (int i = 0; i < k.n_souvenirs; i++)
        for (int w = 0; w < VUES; w++)
            memoire_free(k.souvenirs[i].vues[w]);
    for (int i = 0; v->compte != NULL && i < RARES; i++)
        v->compte->rares[i] += (uint64_t)k.m->rares[i];
    memoire_free(k.m);
    if (v->compte != NULL)
        v->compte->vies++;
    return bon;
}
