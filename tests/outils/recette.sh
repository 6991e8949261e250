# The recipe of sons-fichiers(5) that checks the chain without the program: extracted from the page and run.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
rm -rf recette.tmp
mkdir recette.tmp
cd recette.tmp || exit 1
sed -n '/^\.\\" recette$/,/^\.\\" fin de la recette$/p' "$SONS_SRCDIR/man/sons-fichiers.5" | grep -v '^\.' |
    sed "s/\\\\(aq/'/g; s/\\\\e/\\\\/g" >recette.sh
egal "la page donne la recette" "$(grep -c sha256sum recette.sh)" 1

export SONS_HORLOGE=2022-12-05T09:00:00Z
R=registre.db
export R
code "un registre" 0 "$SONS" initialiser --fictif --registre "$R"
samples=$SONS_SRCDIR/samples
code "une base" 0 "$SONS" finess importer "$samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv" --registre "$R"
for genre in fournisseur solution financement commande; do
    code "des faits : $genre" 0 "$SONS" "$genre" importer "$samples/${genre}s.csv" --registre "$R"
done
code "le programme juge la chaîne bonne" 0 "$SONS" journal verifier --registre "$R"
verdict=$tap_sortie
entrees=$(sqlite3 "$R" 'select count(*) from journal')
cas "plus de dix entrées ($entrees)" [ "$entrees" -gt 10 ]
code "la recette aussi" 0 sh recette.sh
contient "elle les compte toutes" "$tap_sortie" "$entrees entrées, dernière empreinte "
contient "et trouve la même dernière empreinte" "$verdict" "${tap_sortie##* }"

# One byte changed in the middle, by someone who removes the triggers: both must see it.
for declencheur in $(sqlite3 "$R" "select name from sqlite_master where type = 'trigger'"); do
    sqlite3 "$R" "drop trigger $declencheur"
done
sqlite3 "$R" "update journal set octets = replace(octets, 'programme sons', 'programme Sons') where numero = 5"
code "un octet changé : la recette le voit" 1 sh recette.sh
contient "à l'entrée qui suit" "$tap_sortie" "rupture à l'entrée 6"
code "le programme aussi" 4 "$SONS" journal verifier --registre "$R"
cd ..
rm -rf recette.tmp
fin
