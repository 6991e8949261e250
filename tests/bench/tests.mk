# Measures: built and run by `./dev bench` only.
EXTRA_PROGRAMS += tests/bench/mesure
CLEANFILES += tests/bench/mesure
tests_bench_mesure_SOURCES = tests/bench/mesure.c
EXTRA_DIST += tests/bench/bench.sh tests/bench/RESULTATS.md
