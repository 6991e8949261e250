libsons_a_SOURCES += \
	src/regles/dossier.h src/regles/dossier.c src/regles/lignes.c \
	src/regles/cycle.h src/regles/cycle.c src/regles/cycle.def src/regles/cycle_argent.def src/regles/cycle_retraits.def src/regles/cycle_litige.def src/regles/vie.h src/regles/vie.c src/regles/vie_argent.c src/regles/vie_etat.c src/regles/retrait.h src/regles/retrait.c src/regles/echeances.h src/regles/echeances.c \
	src/regles/parametres.h src/regles/parametres.c src/regles/parametres.def src/regles/parametres_prive.h \
	src/regles/parametres_valeur.c src/regles/parametres_couloir.c \
	src/regles/bareme.h src/regles/bareme.c \
	src/regles/regles.h src/regles/regles.c src/regles/regles.def src/regles/regles_prive.h src/regles/commun.c \
	src/regles/regle_fin.c src/regles/regle_com.c src/regles/regle_prestation.c src/regles/regle_nom.c src/regles/regle_bar.c src/regles/regle_uni.c \
	src/regles/regle_cum.c src/regles/regle_ref.c src/regles/regle_ava.c src/regles/regle_va.c src/regles/regle_fac.c src/regles/regle_sol.c src/regles/regle_rev.c src/regles/accord.h src/regles/accord.c src/regles/valeurs.def src/regles/financement.h src/regles/financement.c \
	src/regles/regle_fin.c src/regles/regle_com.c src/regles/regle_prestation.c src/regles/rapprochement.h src/regles/rapprochement.c src/regles/rapprochement.def src/regles/regle_bar.c src/regles/regle_uni.c \
	src/regles/regle_cum.c src/regles/regle_ref.c src/regles/regle_ava.c src/regles/valeurs.def \
	src/regles/prose.c src/regles/prose_phrase.c src/regles/prose_prive.h src/regles/prose.def \
	src/regles/motifs.h src/regles/motifs.c src/regles/motifs.def \
	src/regles/manuel.h src/regles/manuel.c src/regles/manuel_cycle.c
EXTRA_DIST += src/regles/parametres.xml schemas/parametres-1.xsd
