# SIGKILL at random under load: dozens, or thousands when COUPS_ENTIER.
. "$SONS_SRCDIR/tests/coups/commun.sh"
morts=60
[ -z "$COUPS_ASAN" ] || morts=20
[ -z "$entier" ] || morts=3000
exec "$coups/charge" "$PWD/coups-charge.tmp" --morts "$morts" --graine "$graine"
