# check_PROGRAMS += tests/noyau/test_x; TESTS += tests/noyau/test_x
# tests_noyau_test_x_SOURCES = tests/noyau/test_x.c
# tests_noyau_test_x_LDADD = $(LIBS_TEST)
