libsons_a_SOURCES += \
	src/cli/cli.h src/cli/cli.c \
	src/cli/options.h src/cli/options.c src/cli/options.def \
	src/cli/commandes.h src/cli/commandes.c src/cli/commandes.def \
	src/cli/aide.h src/cli/aide.c \
	src/cli/affichage.h src/cli/affichage.c \
	src/cli/sortie.h src/cli/sortie.c src/cli/cellule.c \
	src/cli/barre.h src/cli/barre.c \
	src/cli/commun.h src/cli/commun.c \
	src/cli/import.h src/cli/import.c src/cli/modele.c src/cli/lecture_feuille.h src/cli/lecture_feuille.c src/cli/cmd_controler_feuille.c \
	src/cli/cmd_registre.c src/cli/cmd_finess.c src/cli/cmd_referentiel.c src/cli/cmd_tiers.c src/cli/cmd_commande.c src/cli/cmd_corriger.c \
	src/cli/cmd_demande.c src/cli/cmd_sceau.h src/cli/cmd_sceau.c src/cli/cmd_litige.c src/cli/cmd_parametres.c

# Made by `sons --completion`; tests/cli/usage.sh compares.
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = completion/sons.bash

# solutions, contacts, people
libsons_a_SOURCES += src/cli/cmd_solution.c src/cli/cmd_personnes.c

# pieces
libsons_a_SOURCES += src/cli/cmd_joindre.c src/cli/cmd_preparer.c

# one order, question by question
libsons_a_SOURCES += src/cli/dialogue.h src/cli/dialogue.c src/cli/questions.def src/cli/saisir.h src/cli/cmd_saisir.c src/cli/saisir_essms.c src/cli/saisir_questions.c

# invoice, VA
libsons_a_SOURCES += src/cli/cmd_va.c

# deposits, answers of ASP
libsons_a_SOURCES += src/cli/cmd_retour.c
libsons_a_SOURCES += src/cli/cmd_argent.c
