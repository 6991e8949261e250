# Sourced by the tests of the blows: what the shim needs, and how much is run. COUPS_ENTIER=1 runs everything (./dev coups),
# COUPS_GRAINE seeds what is drawn.
. "$SONS_SRCDIR/tests/tap.sh"
unset SONS_REGISTRE SONS_HORLOGE NO_COLOR
coups=$SONS_BUILDDIR/tests/coups
graine=${COUPS_GRAINE:-1}
entier=${COUPS_ENTIER:-}
COUPS_ASAN=
if ldd "$SONS" | grep -q libasan || nm -D "$SONS" 2>/dev/null | grep -q __asan_init; then
    COUPS_ASAN=1
    # The shim comes before the runtime of ASan, whose leak checker cannot work under a filter.
    ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
    export ASAN_OPTIONS
fi
export COUPS_ASAN
head -c 256 /dev/zero >coups-essai.$$
env LD_PRELOAD="$coups/panne.so" COUPS_COMPTES="$PWD/coups-essai.$$" "$SONS" --version >/dev/null 2>&1 && rc=0 || rc=$?
rm -f coups-essai.$$
if [ "$rc" = 125 ]; then
    echo '1..0 # SKIP les filtres seccomp sont refusés ici'
    exit 0
fi
