# check_PROGRAMS += tests/regles/test_x; TESTS += tests/regles/test_x
# tests_regles_test_x_SOURCES = tests/regles/test_x.c
# tests_regles_test_x_LDADD = $(LIBS_TEST)
