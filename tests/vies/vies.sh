# Random lives of orders, the program beside a model written apart (vies.c): a fixed share, then as many of a fresh seed as fit in a few
# seconds. VIES_GRAINE draws others, VIES_NOMBRE or VIES_SECONDES says how many; COUPS_ENTIER=1 (./dev coups) runs for twenty minutes.
. "$SONS_SRCDIR/tests/tap.sh"
unset SONS_REGISTRE SONS_HORLOGE NO_COLOR
LC_ALL=C.UTF-8
export LC_ALL
graine=${VIES_GRAINE:-${COUPS_GRAINE:-$(date +%j%H%M | sed 's/^0*//')}}
secondes=${VIES_SECONDES:-4}
[ -z "${COUPS_ENTIER:-}" ] || secondes=${VIES_SECONDES:-1200}
[ -z "${VIES_NOMBRE:-}" ] || secondes=1000000
racine=$PWD/vies.tmp
rm -rf "$racine"
mkdir -p "$racine"
"$SONS_BUILDDIR/tests/vies/vies" "$racine" --graine "$graine" --fixes "${VIES_FIXES:-1000}" --vies "${VIES_NOMBRE:-1000000}" --secondes "$secondes" \
    --actes "${VIES_ACTES:-55}" 2>erreurs.vies || rc=$?
[ -z "${rc:-}" ] || sed 's/^/# /' erreurs.vies
rm -f erreurs.vies
[ -n "${rc:-}" ] || rm -rf "$racine"
exit "${rc:-0}"
