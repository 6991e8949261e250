# check_PROGRAMS += tests/metier/test_x; TESTS += tests/metier/test_x
# tests_metier_test_x_SOURCES = tests/metier/test_x.c
# tests_metier_test_x_LDADD = $(LIBS_TEST)
