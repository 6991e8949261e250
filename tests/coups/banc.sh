# Every act of actes.tab under every fault, death and power loss; sampled unless COUPS_ENTIER.
. "$SONS_SRCDIR/tests/coups/commun.sh"
exec "$coups/banc" "$SONS_SRCDIR/tests/coups/actes.tab" "$PWD/coups-banc.tmp" ${entier:+--entier} --graine "$graine"
