libsons_a_SOURCES +=
