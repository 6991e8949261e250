# Every test speaks TAP, so that `make check` counts cases, not files.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	SONS='$(abs_top_builddir)/sons'; export SONS; \
	SONS_SRCDIR='$(abs_top_srcdir)'; export SONS_SRCDIR; \
	SONS_BUILDDIR='$(abs_top_builddir)'; export SONS_BUILDDIR; \
	TZ=Pacific/Kiritimati; export TZ;
LIBS_TEST = $(LIBS_SONS) $(CMOCKA_LIBS)
EXTRA_DIST += tests/tap.sh

include $(srcdir)/tests/noyau/tests.mk
include $(srcdir)/tests/regles/tests.mk
include $(srcdir)/tests/formats/tests.mk
include $(srcdir)/tests/registre/tests.mk
include $(srcdir)/tests/metier/tests.mk
include $(srcdir)/tests/cli/tests.mk
include $(srcdir)/tests/outils/tests.mk
include $(srcdir)/tests/bench/tests.mk
include $(srcdir)/tests/coups/tests.mk
include $(srcdir)/tests/vies/tests.mk
