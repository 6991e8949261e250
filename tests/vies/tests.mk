# Random lives, the program beside a model.
check_PROGRAMS += tests/vies/vies
tests_vies_vies_SOURCES = tests/vies/vies.c tests/vies/vies.h tests/vies/programme.h tests/vies/vie.c tests/vies/attendu.c tests/vies/programme.c \
	tests/vies/tirer.h tests/vies/tirer.c tests/vies/tirer_mots.c tests/vies/tirer_commandes.c tests/vies/tirer_demandes.c tests/vies/tirer_argent.c \
	tests/vies/modele.h tests/vies/modele.c tests/vies/modele_actes.c tests/vies/modele_argent.c tests/vies/modele_temps.c \
	tests/coups/mourir.h tests/coups/mourir.c tests/outils/alea.h
tests_vies_vies_LDADD = $(LIBS_SONS)
TESTS += tests/vies/vies.sh
dist_check_SCRIPTS += tests/vies/vies.sh
