libsons_a_SOURCES += \
	src/signature/confiance.h src/signature/signature_interne.h src/signature/confiance.c \
	src/signature/cms.h src/signature/cms.c src/signature/horodatage.h src/signature/horodatage.c
