/* An order being recorded is judged from what is projected of it, beside others that are not in the file either: the dossier must be the one
 * that the walk reads once everything is in the file. */
#include "essai_registre.h"

#include "registre/dossier_charger.h"
#include "registre/etat.h"
#include "registre/finess_base.h"
#include "../outils/alea.h"

#define CHEMIN "annoncees.db"
#define DE_L_OG 6
#define N_OG 3
#define N_COMMANDES 300
#define AU 19300 /* a day of 2022-11; some orders are signed later */

static finess ets[N_OG][DE_L_OG], ejs[N_OG];

/* Numbers whose key is right. */
static void numeros(void)
{
    char t[FINESS_TEXTE_MAX];
    finess n = 20000000, lu;
    for (int i = 0; i < N_OG * (DE_L_OG + 1); i++, n++) {
        while (finess_parse(slice_of(finess_texte(n, t)), &lu) != NUMERO_VALIDE)
            n++;
        if (i < N_OG)
            ejs[i] = n;
        else
            ets[(i - N_OG) / DE_L_OG][(i - N_OG) % DE_L_OG] = n;
    }
}

/* A base of three OG, a supplier, two solutions, a funding. */
static void garnir(struct registre *r)
{
    struct buffer b = {0};
    buffer_puts(&b, "insert into finess_base values (1, 'cs1100502', 'cs1100502', 18995, 18, 'b', 'l');"
                    "insert into base_designee values (1, 2022, 1, 1, 18995, null);"
                    "insert into fournisseur values (123456782, 2, 'Éditeur', 'editeur', 19000);"
                    "insert into solution values ('B-1', 1, '1.0', 3, 'DUI Un', 123456782, 19100, 19110, null, null, null);"
                    "insert into solution values ('B-1', 1, '2.0', 3, 'DUI Un', 123456782, 19080, 19090, null, null, null);"
                    "insert into solution values ('B-2', 1, '2.0', 4, 'DUI Deux', 552100554, 19050, null, null, null, null);"
                    "insert into surnom values ('LE PREMIER', 'B-1', 5);"
                    "insert into liste_financement values (6, 19000, 1, 'e');");
    buffer_printf(&b, "insert into financement values (7, %llu, 0, 1, 1, 1, 2, 'le premier', 1, 19010);", (unsigned long long)ets[0][1]);
    for (int o = 0; o < N_OG; o++) {
        buffer_printf(&b, "insert into finess_og values (%lld, 6, 6, 0, 0, 0, x'", (long long)(INT64_C(1) << 32 | (int64_t)ejs[o]));
        for (int i = 0; i < DE_L_OG; i++)
            buffer_printf(&b, "%08llx00b71005", (unsigned long long)ets[o][i]);
        buffer_puts(&b, "');");
        for (int i = 0; i < DE_L_OG; i++)
            buffer_printf(&b, "insert into finess_et values (%lld, %llu, 183, 4101, null, null, '02', 'IME %d', '02000 VILLE %d');",
                          (long long)(INT64_C(1) << 32 | (int64_t)ets[o][i]), (unsigned long long)ejs[o], i, o);
    }
    sql(r, b.bytes);
    buffer_free(&b);
}

/* --- orders drawn ------------------------------------------------------------------------------------------------- */

static struct slice texte(struct arene *a, const char *s)
{
    return (struct slice){arene_strndup(a, s, strlen(s)), strlen(s)};
}

static void tirer_essms(struct alea *h, struct arene *a, struct fait *f)
{
    const int og = (int)(alea_64(h) % N_OG), de = (int)(alea_64(h) % DE_L_OG), n = 1 + (int)(alea_64(h) % (uint64_t)(DE_L_OG - de));
    struct slice *lignes = arene_alloc(a, (size_t)n * sizeof *lignes), *noms = arene_alloc(a, (size_t)n * sizeof *noms);
    size_t n_noms = 0;
    char t[FINESS_TEXTE_MAX];
    if (alea_64(h) % 2 == 0)
        fait_put_finess(f, CE_FINESS_EJ, ejs[og]);
    for (int i = 0; i < n; i++) {
        (void)finess_texte(ets[og][de + i], t);
        lignes[i] = texte(a, arene_printf(a, alea_64(h) % 3 == 0 ? "%s - - -" : "%s 182500 219000 182500", t));
        if (alea_64(h) % 3 > 0)
            noms[n_noms++] = texte(a, arene_printf(a, "%s IME %d", t, (int)(alea_64(h) % DE_L_OG)));
    }
    fait_put_liste(f, CE_ESSMS, lignes, (size_t)n);
    fait_put_liste(f, CE_LIBELLE, noms, n_noms);
    if (alea_64(h) % 2 == 0)
        fait_put_liste(f, CE_COMMUNE, noms, n_noms);
}

static bool pile(struct alea *h)
{
    return alea_64(h) % 4 > 0;
}

static void tirer(struct alea *h, int i, struct arene *a, struct fait *f)
{
    static const char *const solutions[] = {"DUI Un", "le premier", "B-2", "dui deux", "Inconnue"};
    static const char *const pieces[] = {"bon_de_commande", "autre"};
    static const char hex[] = "c906e964a989f988ab7f2fa380456024758615106d2049b92d7f57bb59467ed4";
    fait_init(f, FAIT_COMMANDE_ENREGISTREE);
    fait_put_slice(f, CE_NUMERO, texte(a, arene_printf(a, "BC-%d", i)));
    if (pile(h)) fait_put_siren(f, CE_FOURNISSEUR, alea_64(h) % 2 == 0 ? 123456782 : 552100554);
    if (pile(h)) fait_put_slice(f, CE_REFERENCE_EXTERNE, texte(a, "CRM-é"));
    if (pile(h)) fait_put_couloir(f, CE_COULOIR, COULOIR_MS1);
    if (pile(h)) fait_put_jour(f, CE_DATE_COMMANDE, (struct jour){19200});
    if (pile(h)) fait_put_jour(f, CE_DATE_SIGNATURE, (struct jour){AU - 100 + (int32_t)(alea_64(h) % 110)});
    if (pile(h)) fait_put_texte(f, CE_SOLUTION, solutions[alea_64(h) % NOMBRE(solutions)]);
    if (pile(h)) fait_put_texte(f, CE_VERSION_SOLUTION, alea_64(h) % 2 == 0 ? "1.0" : "2.0");
    if (pile(h)) fait_put_montant(f, CE_MONTANT_HT, montant_of((int64_t)(alea_64(h) % 9999)));
    if (pile(h)) fait_put_taux(f, CE_TAUX_TVA, (struct taux){2000});
    if (pile(h)) fait_put_montant(f, CE_MONTANT_TVA, montant_of(0));
    if (pile(h)) fait_put_montant(f, CE_MONTANT_TTC, montant_of(12));
    if (pile(h)) fait_put_texte(f, CE_CALCULES, alea_64(h) % 2 == 0 ? "ht" : "tva+ttc");
    if (pile(h)) fait_put_texte(f, CE_MOTIF_TVA, motif_tva_nom(MOTIF_GUYANE));
    if (pile(h)) fait_put_texte(f, CE_SIGNATAIRE, hex);
    if (pile(h)) fait_put_texte(f, CE_QUALITE_SIGNATAIRE, "directrice");
    if (pile(h)) fait_put_texte(f, CE_MODE_SIGNATURE, mode_signature_nom(MODE_EIDAS));
    if (pile(h)) fait_put_trois(f, CE_SOUS_CONDITION, TROIS_NON);
    if (pile(h)) fait_put_trois(f, CE_MENTION_SEGUR, TROIS_OUI);
    if (pile(h)) fait_put_trois(f, CE_DEJA_EQUIPE, TROIS_OUI);
    if (pile(h)) fait_put_jour(f, CE_DEJA_EQUIPE_DEPUIS, (struct jour){18000});
    tirer_essms(h, a, f);
    struct slice *listes = arene_alloc(a, 3 * sizeof *listes);
    listes[0] = texte(a, arene_printf(a, "%s %s 18 application/pdf", pieces[alea_64(h) % NOMBRE(pieces)], hex));
    listes[1] = texte(a, "formation 5000 og");
    listes[2] = texte(a, "licence - etat");
    if (pile(h)) fait_put_liste(f, CE_PIECE, listes, 1);
    if (pile(h)) fait_put_liste(f, CE_LIGNES, listes + 1, 2);
    if (pile(h)) fait_put_trois(f, CE_ENGAGEMENT, TROIS_OUI);
    if (pile(h)) fait_put_trois(f, CE_OPTION, TROIS_NON);
    if (pile(h)) fait_put_montant(f, CE_RESTE_A_CHARGE, montant_of(7));
}

static void annoncer(int64_t numero, const struct fait *f, struct arene *a, struct commande_annoncee *out)
{
    const struct fait_valeur *l = fait_get(f, CE_ESSMS);
    finess *et = arene_alloc(a, (size_t)l->n * sizeof *et);
    for (int64_t i = 0; i < l->n; i++)
        assert_int_equal(finess_parse((struct slice){l->liste[i].bytes, 9}, &et[i]), NUMERO_VALIDE);
    *out = (struct commande_annoncee){numero, (uint32_t)fait_n(f, CE_FOURNISSEUR), fait_slice(f, CE_NUMERO), fait_slice(f, CE_SOLUTION),
                                      fait_slice(f, CE_VERSION_SOLUTION), (enum couloir)fait_n(f, CE_COULOIR),
                                      fait_jour(f, CE_DATE_SIGNATURE), et, (uint32_t)l->n};
}

/* --- a dossier as text: every field that the rules may read ---------------------------------------------------------- */

#define N(x) buffer_printf(b, #x " %lld\n", (long long)(x))
#define T(x) buffer_printf(b, #x " %s\n", (x) == NULL ? "(null)" : (x))

static void dire_autre(struct buffer *b, const struct autre_commande *o)
{
    N(o->fait); N(o->fournisseur); T(o->numero); N(o->date_signature.n); N(o->etat); T(o->logiciel); N(o->libere);
    N(o->solution_couloir); N(o->dossier_complet_le.n); N(o->reference_le.n); N(o->refuse_le.n);
}

static void dire_essms(struct buffer *b, const struct dossier_essms *e)
{
    N(e->et); N(e->ht.centimes); N(e->ttc.centimes); N(e->dans_base); N(e->ej_base); N(e->categorie); N(e->agregat);
    T(e->libelle_lu); T(e->commune_lue); T(e->nom_base); T(e->commune_base); N(e->n_autres); N(e->n_financements);
    N(e->va.atteste); N(e->va.deploye); N(e->va.tbb_livre); N(e->va.tbb); N(e->va.indicateurs[0]); N(e->retire); N(e->libere);
    for (uint32_t i = 0; i < e->n_autres; i++)
        dire_autre(b, &e->autres[i]);
    for (uint32_t i = 0; i < e->n_financements; i++) {
        N(e->financements[i].fait); T(e->financements[i].logiciel);
    }
}

static void dire_autour(struct buffer *b, const struct dossier *d)
{
    N(d->base.etat); N(d->base.date.n); N(d->base.annee); N(d->base.og_present); N(d->base.n[0]); N(d->base.n[1]); N(d->base.statut_og);
    N(d->solution.connue); N(d->solution.ambigue); T(d->solution.nom); T(d->solution.numero_ans); N(d->solution.siren_editeur);
    N(d->solution.couloir_connu); T(d->solution.version_referencee); N(d->solution.dossier_complet_le.n); N(d->solution.reference_le.n);
    N(d->solution.refuse_le.n); N(d->solution.retire_le.n); N(d->solution.n_couloirs);
    N(d->fournisseur.connu); N(d->fournisseur.siren); T(d->fournisseur.nom); N(d->fournisseur.distributeur); N(d->fournisseur.enrole_le.n);
    N(d->fournisseur.n_mandats); N(d->vie.avance.existe); N(d->vie.solde.existe); N(d->vie.facturee); N(d->vie.attestee); N(d->vie.annulee_le.s);
    N(d->vie.dernier.s); N(d->facture.existe); N(d->va.existe); N(d->solde.existe); N(d->n_de_l_og); N(d->n_voisins); N(d->n_justifications);
    for (uint32_t i = 0; i < d->n_de_l_og; i++)
        dire_autre(b, &d->de_l_og[i]);
    for (uint32_t i = 0; i < d->n_voisins; i++) {
        N(d->voisins[i].et); T(d->voisins[i].nom); T(d->voisins[i].commune);
    }
}

static void dire(struct buffer *b, const struct dossier *d)
{
    N(d->au.s); N(d->calendrier); N(d->liste_financements); N(d->fait); N(d->etat); N(d->etat_acquis); T(d->numero); T(d->reference_externe);
    N(d->couloir); N(d->ej); N(d->date_commande.n); N(d->date_signature.n); N(d->ht.centimes); N(d->tva.centimes); N(d->ttc.centimes);
    N(d->taux_tva.dix_milliemes); N(d->tva_calculee); N(d->ttc_calcule); N(d->ht_calcule); N(d->motif_tva); N(d->signataire_present);
    N(d->signataire_fait); T(d->qualite_signataire); N(d->mode_signature); N(d->sous_condition); N(d->mention_segur); N(d->deja_equipe);
    N(d->deja_equipe_depuis.n); T(d->version_solution); N(d->engagement); N(d->option); N(d->reste_a_charge.centimes); N(d->n_lignes);
    for (uint32_t i = 0; i < d->n_lignes; i++) {
        N(d->lignes[i].nature); N(d->lignes[i].og); N(d->lignes[i].ht.centimes);
    }
    T(d->solution_lue); N(d->attestation_non_cumul); N(d->financement); N(d->n_essms);
    for (int i = 0; i < PIECE_ROLE_NOMBRE; i++)
        N(d->pieces[i]);
    dire_autour(b, d);
    for (uint32_t i = 0; i < d->n_essms; i++)
        dire_essms(b, &d->essms[i]);
}

/* --- the two ways ------------------------------------------------------------------------------------------------------ */

struct essai {
    struct registre *r;
    struct arene faits, dossiers;
    struct fait f[N_COMMANDES];
    struct commande_annoncee annoncees[N_COMMANDES];
    struct buffer enregistrees[N_COMMANDES]; /* empty: signed later */
    size_t autres, de_l_og, voisins;         /* told, so that the comparison is about something */
};

/* As soon as each is projected; the first `dans_le_fichier` orders are in the file already. */
static void a_mesure(struct essai *e, int dans_le_fichier)
{
    struct diag_liste d = {0};
    struct dossier lu;
    struct chargeur *c = chargeur_creer(e->r, (struct instant){(int64_t)AU * 86400 + 43200}, CALENDRIER_INITIAL, &d);
    struct projecteur *p = projecteur_creer(e->r);
    assert_non_null(c);
    assert_true(chargeur_annoncer(c, e->annoncees + dans_le_fichier, N_COMMANDES - (size_t)dans_le_fichier, &d));
    projecteur_par_rafales(p);
    for (int i = dans_le_fichier; i < N_COMMANDES; i++) {
        assert_true(projeter(p, e->annoncees[i].fait, &e->f[i], &d));
        const int la = chargeur_projetee(c, p, &e->dossiers, &lu, &d);
        assert_in_range(la, 0, 1);
        if (la == 1)
            dire(&e->enregistrees[i], &lu);
        for (uint32_t k = 0; la == 1 && k < lu.n_essms; k++)
            e->autres += lu.essms[k].n_autres;
        e->de_l_og += la == 1 ? lu.n_de_l_og : 0;
        e->voisins += la == 1 ? lu.n_voisins : 0;
        arene_reset(&e->dossiers);
    }
    assert_true(projecteur_vider(p, &d));
    projecteur_free(p);
    chargeur_free(c);
    assert_int_equal(d.total, 0);
}

static void projeter_premieres(struct essai *e, int n)
{
    struct diag_liste d = {0};
    struct projecteur *p = projecteur_creer(e->r);
    projecteur_par_rafales(p);
    for (int i = 0; i < n; i++)
        assert_true(projeter(p, e->annoncees[i].fait, &e->f[i], &d));
    assert_true(projecteur_vider(p, &d));
    projecteur_free(p);
    assert_int_equal(d.total, 0);
}

/* Read back; as many as were told, and the same. */
static void relire(struct essai *e, int de)
{
    struct diag_liste d = {0};
    struct dossier lu;
    struct buffer b = {0};
    const struct chargeur_choix choix = {.de = e->annoncees[de].fait};
    struct chargeur *c = chargeur_creer(e->r, (struct instant){(int64_t)AU * 86400 + 43200}, CALENDRIER_INITIAL, &d);
    assert_non_null(c);
    assert_true(chargeur_ouvrir(c, &choix, &d));
    int lus = 0, dits = 0;
    for (; chargeur_suivant(c, &e->dossiers, &lu, &d) == 1; lus++, arene_reset(&e->dossiers)) {
        buffer_clear(&b);
        dire(&b, &lu);
        const struct buffer *attendu = &e->enregistrees[lu.fait - e->annoncees[0].fait];
        assert_non_null(attendu->bytes);
        assert_string_equal(b.bytes, attendu->bytes);
    }
    for (int i = de; i < N_COMMANDES; i++)
        dits += e->enregistrees[i].len > 0;
    assert_int_equal(lus, dits);
    assert_in_range(lus, (N_COMMANDES - de) / 2, N_COMMANDES - de - 1);
    buffer_free(&b);
    chargeur_free(c);
    assert_int_equal(d.total, 0);
}

static void meme_dossier(int dans_le_fichier)
{
    struct diag_liste d = {0};
    struct essai *e = calloc(1, sizeof *e);
    struct alea h = alea_de(7, 0);
    (void)unlink(CHEMIN);
    numeros();
    e->r = registre_creer(CHEMIN, CHEMIN, &d);
    assert_non_null(e->r);
    garnir(e->r);
    for (int i = 0; i < N_COMMANDES; i++) {
        tirer(&h, i, &e->faits, &e->f[i]);
        annoncer(100 + i, &e->f[i], &e->faits, &e->annoncees[i]);
    }
    projeter_premieres(e, dans_le_fichier);
    a_mesure(e, dans_le_fichier);
    relire(e, dans_le_fichier);
    assert_true(e->autres > 1000 && e->de_l_og > 1000 && e->voisins > 100);
    for (int i = 0; i < N_COMMANDES; i++)
        buffer_free(&e->enregistrees[i]);
    arene_free(&e->faits);
    arene_free(&e->dossiers);
    registre_annuler(e->r);
    registre_fermer(e->r);
    free(e);
    (void)unlink(CHEMIN);
}

static void toutes_nouvelles(void **state)
{
    (void)state;
    meme_dossier(0);
}

static void apres_d_autres(void **state)
{
    (void)state;
    meme_dossier(N_COMMANDES / 2);
}

int main(void)
{
    const struct CMUnitTest essais[] = {cmocka_unit_test(toutes_nouvelles), cmocka_unit_test(apres_d_autres)};
    return cmocka_run_group_tests(essais, NULL, NULL);
}
