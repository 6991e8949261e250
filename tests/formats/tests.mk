# check_PROGRAMS += tests/formats/test_x; TESTS += tests/formats/test_x
# tests_formats_test_x_SOURCES = tests/formats/test_x.c
# tests_formats_test_x_LDADD = $(LIBS_TEST)
