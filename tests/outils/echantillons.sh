# samples/: a re-dated extract differs from the real one by its first line only; every piece named is there.
. "$SONS_SRCDIR/tests/tap.sh"
samples=$SONS_SRCDIR/samples
vrai=$samples/etalab-cs1100502-corse-20210108.csv

n=0
for fichier in "$samples"/*-redatee-*.csv; do
    jour=${fichier##*-redatee-}
    jour=${jour%.csv}
    attendu=$(printf 'finess;etalab;0;%s-%s-%s' "$(echo "$jour" | cut -c 1-4)" "$(echo "$jour" | cut -c 5-6)" "$(echo "$jour" | cut -c 7-8)")
    egal "${fichier##*/} : date" "$(sed -n 1p "$fichier")" "$attendu"
    sed 1d "$fichier" >redatee.tmp
    cas "${fichier##*/} : le reste est celui du 08/01/2021" sh -c 'sed 1d "$1" | cmp -s - redatee.tmp' sh "$vrai"
    n=$((n + 1))
done
rm -f redatee.tmp
cas "au moins un extrait redaté" [ "$n" -ge 1 ]
egal "182 établissements" "$(grep -c '^structureet;' "$vrai")" 182
egal "date de l'extrait" "$(sed -n 1p "$vrai")" "finess;etalab;0;2021-01-08"

pieces=$(cut -d ';' -f 19 "$samples/commandes.csv" | sed -n 's|^pieces/||p')
egal "huit bons de commande" "$(echo "$pieces" | wc -l)" 8
for piece in $pieces; do
    cas "$piece est un PDF" sh -c 'head -c 5 "$1" | grep -q "^%PDF-" && tail -n 1 "$1" | grep -q "^%%EOF"' sh "$samples/pieces/$piece"
done
n=0
for piece in "$samples"/crm/bons/*.pdf; do
    cas "crm/${piece##*/} est un PDF" sh -c 'head -c 5 "$1" | grep -q "^%PDF-" && tail -n 1 "$1" | grep -q "^%%EOF"' sh "$piece"
    n=$((n + 1))
done
egal "six bons du CRM, tous différents" "$n $(sha256sum "$samples"/crm/bons/*.pdf | cut -c 1-64 | sort -u | wc -l)" "6 6"
fin
