TESTS_REGISTRE = \
	tests/registre/test_faits \
	tests/registre/test_journal
check_PROGRAMS += $(TESTS_REGISTRE)
TESTS += $(TESTS_REGISTRE)
tests_registre_test_faits_SOURCES = tests/registre/test_faits.c tests/registre/essai_registre.h
tests_registre_test_faits_LDADD = $(LIBS_TEST)
tests_registre_test_journal_SOURCES = tests/registre/test_journal.c tests/registre/essai_registre.h
tests_registre_test_journal_LDADD = $(LIBS_TEST)
TESTS += tests/registre/livres.sh
dist_check_SCRIPTS += tests/registre/livres.sh
EXTRA_DIST += tests/registre/faits
TESTS += tests/registre/ancien.sh
dist_check_SCRIPTS += tests/registre/ancien.sh
EXTRA_DIST += tests/registre/livres/format-1.db.gz
TESTS += tests/registre/formats.sh
EXTRA_DIST += tests/registre/formats.sh tests/registre/formats.txt
check_PROGRAMS += tests/registre/test_contenu
TESTS += tests/registre/test_contenu
tests_registre_test_contenu_SOURCES = tests/registre/test_contenu.c tests/registre/essai_registre.h
tests_registre_test_contenu_LDADD = $(LIBS_TEST)
TESTS += tests/registre/brouillon.sh
dist_check_SCRIPTS += tests/registre/brouillon.sh
check_PROGRAMS += tests/registre/test_brouillon
TESTS += tests/registre/test_brouillon
tests_registre_test_brouillon_SOURCES = tests/registre/test_brouillon.c
tests_registre_test_brouillon_LDADD = $(LIBS_TEST)
