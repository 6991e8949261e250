# check_PROGRAMS += tests/outils/test_x; TESTS += tests/outils/test_x
# tests_outils_test_x_SOURCES = tests/outils/test_x.c
# tests_outils_test_x_LDADD = $(LIBS_TEST)
