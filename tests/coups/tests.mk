# The bench of blows: the shim (plain shared objects, preloaded), the driver, the table of acts.
EXTRA_DIST += tests/coups/panne.h tests/coups/panne.c tests/coups/panne_vfs.c tests/coups/panne_memoire.c tests/coups/actes.tab \
	tests/coups/maison.sh
check_DATA = tests/coups/panne.so tests/coups/panne_memoire.so
CLEANFILES += tests/coups/panne.so tests/coups/panne_memoire.so
COUPS_SO = $(CC) -std=gnu11 -O2 -Wall -Wextra -shared -fPIC $(SQLITE_CFLAGS)
tests/coups/panne.so: tests/coups/panne.c tests/coups/panne_vfs.c tests/coups/panne.h
	$(AM_V_CCLD)$(MKDIR_P) tests/coups && $(COUPS_SO) -o $@ $(srcdir)/tests/coups/panne.c $(srcdir)/tests/coups/panne_vfs.c
tests/coups/panne_memoire.so: tests/coups/panne_memoire.c tests/coups/panne.h
	$(AM_V_CCLD)$(MKDIR_P) tests/coups && $(COUPS_SO) -fno-builtin -o $@ $(srcdir)/tests/coups/panne_memoire.c

check_PROGRAMS += tests/coups/banc
tests_coups_banc_SOURCES = tests/coups/mourir.h tests/coups/mourir.c tests/coups/banc.c tests/coups/banc.h tests/coups/banc_coups.c tests/coups/banc_coupure.c \
	tests/coups/banc_dossier.c tests/coups/banc_juger.c tests/coups/banc_lancer.c tests/coups/banc_table.c
tests_coups_banc_LDADD = $(LIBS_SONS)
check_PROGRAMS += tests/coups/charge
tests_coups_charge_SOURCES = tests/coups/mourir.h tests/coups/mourir.c tests/coups/charge.c tests/coups/banc.h tests/coups/banc_dossier.c tests/outils/alea.h
tests_coups_charge_LDADD = $(LIBS_SONS)
check_PROGRAMS += tests/coups/octets
tests_coups_octets_SOURCES = tests/coups/mourir.h tests/coups/mourir.c tests/coups/octets.c tests/outils/alea.h
tests_coups_octets_LDADD = $(LIBS_SONS)
TESTS += tests/coups/banc.sh tests/coups/charge.sh tests/coups/octets.sh tests/coups/milieu.sh
dist_check_SCRIPTS += tests/coups/banc.sh tests/coups/charge.sh tests/coups/octets.sh tests/coups/milieu.sh
EXTRA_DIST += tests/coups/commun.sh tests/coups/defauts.sh
# What each of them runs, so that one alone can be asked for.
tests/coups/banc.log tests/coups/charge.log tests/coups/octets.log tests/coups/milieu.log \
	tests/coups/deux.log tests/coups/defauts.log: $(check_DATA)

# Several people at once: attente.so times what the program waits for the registre.
EXTRA_DIST += tests/coups/attente.c
check_DATA += tests/coups/attente.so
CLEANFILES += tests/coups/attente.so
tests/coups/attente.so: tests/coups/attente.c
	$(AM_V_CCLD)$(MKDIR_P) tests/coups && $(COUPS_SO) -o $@ $(srcdir)/tests/coups/attente.c
check_PROGRAMS += tests/coups/deux
tests_coups_deux_SOURCES = tests/coups/mourir.h tests/coups/mourir.c tests/coups/deux.h tests/coups/deux.c tests/coups/deux_actes.c \
	tests/coups/deux_juger.c tests/coups/deux_lancer.c tests/outils/alea.h
tests_coups_deux_LDADD = $(LIBS_SONS)
TESTS += tests/coups/deux.sh
dist_check_SCRIPTS += tests/coups/deux.sh
