libsons_a_SOURCES += \
	src/formats/flux.h src/formats/flux.c \
	src/formats/csv.h src/formats/csv.c src/formats/csv_extrait.c \
	src/formats/nature.h src/formats/nature.c
