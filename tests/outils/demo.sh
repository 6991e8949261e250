# Replays `./dev demo`: it checks its own exit codes and what it promises.
. "$SONS_SRCDIR/tests/tap.sh"
for outil in xmllint unzip sqlite3; do
    command -v "$outil" >/dev/null || { echo "1..0 # SKIP $outil absent"; exit 0; }
done
rm -rf demo.tmp
code "la démonstration réussit" 0 sh "$SONS_SRCDIR/samples/demo.sh" demo.tmp
contient "elle le dit" "$tap_sortie" "Démonstration réussie : 2 commandes acceptées, 6 refusées"
mkdir -p pas-demo.tmp
code "elle ne vide pas le dossier d'autrui" 1 sh "$SONS_SRCDIR/samples/demo.sh" pas-demo.tmp
rm -rf demo.tmp pas-demo.tmp
fin
