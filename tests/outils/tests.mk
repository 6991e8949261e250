# check_PROGRAMS += tests/outils/test_x; TESTS += tests/outils/test_x
# tests_outils_test_x_SOURCES = tests/outils/test_x.c
# tests_outils_test_x_LDADD = $(LIBS_TEST)
TESTS += tests/outils/salles.sh tests/outils/echantillons.sh
dist_check_SCRIPTS += tests/outils/salles.sh tests/outils/echantillons.sh
EXTRA_DIST += tests/outils/racine_nue.sh
# Embedded files
TESTS += tests/outils/embarque.sh
dist_check_SCRIPTS += tests/outils/embarque.sh tests/outils/nomenclature.sh
EXTRA_DIST += tests/outils/embarquer.sh tests/outils/embarques.txt schemas/lot-asp-1.xsd schemas/retour-asp-1.xsd
TESTS += tests/outils/style.sh
dist_check_SCRIPTS += tests/outils/style.sh
EXTRA_DIST += tests/outils/nettoyer_c.awk
# Known answers
check_PROGRAMS += tests/outils/cas
tests_outils_cas_SOURCES = tests/outils/cas.c tests/outils/cas.h tests/outils/cas_noyau.c tests/outils/cas_regles.c
tests_outils_cas_LDADD = $(LIBS_SONS)
TESTS += tests/outils/test_cas.sh
dist_check_SCRIPTS += tests/outils/test_cas.sh
EXTRA_DIST += tests/cas/avance.csv tests/cas/bareme.csv tests/cas/delai120.csv tests/cas/finess.csv \
	tests/cas/heure_legale.csv tests/cas/plafond.csv tests/cas/repartition.csv tests/cas/tva.csv
.PHONY: cas
cas: tests/outils/cas$(EXEEXT)

# Seeded generators: programs of the tests and of the bench.
check_PROGRAMS += tests/outils/generer_base
tests_outils_generer_base_SOURCES = tests/outils/generer_base.c tests/outils/generer_base.h tests/outils/generer_base_lignes.c \
	tests/outils/alea.h tests/outils/generer_departements.inc tests/outils/generer_categories.inc
tests_outils_generer_base_LDADD = $(LIBS_SONS)
check_PROGRAMS += tests/outils/generer_commandes
tests_outils_generer_commandes_SOURCES = tests/outils/generer_commandes.c tests/outils/generer_commandes.h \
	tests/outils/generer_commandes_lignes.c tests/outils/alea.h
tests_outils_generer_commandes_LDADD = $(LIBS_SONS)
check_PROGRAMS += tests/outils/generer_retour
tests_outils_generer_retour_SOURCES = tests/outils/generer_retour.c tests/outils/alea.h
tests_outils_generer_retour_LDADD = $(LIBS_SONS)
# Whole lives, by real acts
TESTS += tests/outils/vies.sh
dist_check_SCRIPTS += tests/outils/vies.sh
EXTRA_DIST += tests/outils/generer_vies.sh
TESTS += tests/outils/generateurs.sh
dist_check_SCRIPTS += tests/outils/generateurs.sh
# Three hundred orders made by hand, and the faults of entry planted in them (tests/metier/essai300.sh)
check_PROGRAMS += tests/outils/ecrire_classeur
tests_outils_ecrire_classeur_SOURCES = tests/outils/ecrire_classeur.c
tests_outils_ecrire_classeur_LDADD = $(LIBS_SONS)
EXTRA_DIST += tests/outils/essai300.awk tests/outils/essai300_fautes.awk tests/outils/essai300_cellules.awk
# Manuals, lexicon, demonstration, recipe of the journal
check_PROGRAMS += tests/outils/manuel
tests_outils_manuel_SOURCES = tests/outils/manuel.c
tests_outils_manuel_LDADD = $(LIBS_SONS)
TESTS += tests/outils/manuels.sh tests/outils/lexique.sh tests/outils/demo.sh tests/outils/recette.sh
dist_check_SCRIPTS += tests/outils/manuels.sh tests/outils/lexique.sh tests/outils/demo.sh tests/outils/recette.sh
# The recipe and the example of sons-journal(5)
TESTS += tests/outils/sceau_recette.sh
dist_check_SCRIPTS += tests/outils/sceau_recette.sh
check_PROGRAMS += tests/outils/generer_journal
tests_outils_generer_journal_SOURCES = tests/outils/generer_journal.c tests/outils/alea.h
tests_outils_generer_journal_LDADD = $(LIBS_SONS)
