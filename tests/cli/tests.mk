check_PROGRAMS += tests/cli/test_options tests/cli/test_sortie
TESTS += tests/cli/test_options tests/cli/test_sortie
tests_cli_test_options_SOURCES = tests/cli/test_options.c
tests_cli_test_options_LDADD = $(LIBS_TEST)
tests_cli_test_sortie_SOURCES = tests/cli/test_sortie.c
tests_cli_test_sortie_LDADD = $(LIBS_TEST)
TESTS += tests/cli/usage.sh tests/cli/sessions.sh
dist_check_SCRIPTS += tests/cli/usage.sh tests/cli/sessions.sh
