# check_PROGRAMS += tests/registre/test_x; TESTS += tests/registre/test_x
# tests_registre_test_x_SOURCES = tests/registre/test_x.c
# tests_registre_test_x_LDADD = $(LIBS_TEST)
