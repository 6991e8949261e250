check_PROGRAMS += tests/metier/test_parametres_charger
TESTS += tests/metier/test_parametres_charger
tests_metier_test_parametres_charger_SOURCES = tests/metier/test_parametres_charger.c
tests_metier_test_parametres_charger_LDADD = $(LIBS_TEST)
check_PROGRAMS += tests/metier/test_rapprocheur
TESTS += tests/metier/test_rapprocheur
tests_metier_test_rapprocheur_SOURCES = tests/metier/test_rapprocheur.c
tests_metier_test_rapprocheur_LDADD = $(LIBS_TEST)
TESTS_METIER = tests/metier/temps.sh tests/metier/national.sh tests/metier/bases.sh tests/metier/commandes.sh \
	tests/metier/lots.sh tests/metier/depots.sh tests/metier/hostiles.sh tests/metier/deux.sh tests/metier/registres.sh tests/metier/classeurs.sh tests/metier/correspondances.sh tests/metier/annoter.sh tests/metier/soupcons.sh \
	tests/metier/mandats.sh tests/metier/declarations.sh tests/metier/cumul.sh tests/metier/justifications.sh \
	tests/metier/formes.sh tests/metier/rapprocher.sh tests/metier/litiges.sh tests/metier/etats.sh
TESTS_METIER += tests/metier/limites.sh
TESTS_METIER += tests/metier/corrections.sh tests/metier/hasard.sh tests/metier/essai300.sh
TESTS += $(TESTS_METIER)
dist_check_SCRIPTS += $(TESTS_METIER)
EXTRA_DIST += tests/metier/atelier.sh tests/metier/certificats.sh
TESTS_SCEAUX = tests/metier/sceaux.sh tests/metier/signatures.sh tests/metier/extraits.sh
TESTS += $(TESTS_SCEAUX)
dist_check_SCRIPTS += $(TESTS_SCEAUX)
TESTS_PERSONNES = tests/metier/solutions.sh tests/metier/personnes.sh tests/metier/argent.sh
TESTS += $(TESTS_PERSONNES)
dist_check_SCRIPTS += $(TESTS_PERSONNES)
check_PROGRAMS += tests/metier/test_joindre_index
TESTS += tests/metier/test_joindre_index tests/metier/joindre.sh
tests_metier_test_joindre_index_SOURCES = tests/metier/test_joindre_index.c
tests_metier_test_joindre_index_LDADD = $(LIBS_TEST)
dist_check_SCRIPTS += tests/metier/joindre.sh
check_PROGRAMS += tests/metier/test_bon
TESTS += tests/metier/test_bon tests/metier/preparer.sh
tests_metier_test_bon_SOURCES = tests/metier/test_bon.c
tests_metier_test_bon_LDADD = $(LIBS_TEST)
dist_check_SCRIPTS += tests/metier/preparer.sh
# one order, answer by answer
check_PROGRAMS += tests/metier/test_saisir
tests_metier_test_saisir_SOURCES = tests/metier/test_saisir.c
tests_metier_test_saisir_LDADD = $(LIBS_TEST)
TESTS += tests/metier/test_saisir tests/metier/saisir.sh
dist_check_SCRIPTS += tests/metier/saisir.sh
TESTS_SOLDES = tests/metier/soldes.sh tests/metier/soldes_horloges.sh
TESTS += $(TESTS_SOLDES)
dist_check_SCRIPTS += $(TESTS_SOLDES)
TESTS_EXPLIQUER = tests/metier/expliquer.sh tests/metier/lettres.sh tests/metier/actes_etats.sh
TESTS += $(TESTS_EXPLIQUER)
dist_check_SCRIPTS += $(TESTS_EXPLIQUER)
