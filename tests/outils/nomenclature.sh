# The nomenclature of FINESS categories as a C table: nomenclature.sh CATEGORIES.csv
export LC_ALL=C
echo '/* Made by tests/outils/nomenclature.sh from the FINESS nomenclature of 14/12/2021 (ministère chargé de la santé, data.gouv.fr,'
echo ' * Licence Ouverte): category, aggregate of level 3, their labels. */'
sed 1d "$1" | tr -d '\r' | sort | awk -F ';' '{ gsub(/["\\]/, "\\\\&"); printf "{%d, %d, \"%s\", \"%s\"},\n", $1, $7, $2, $8 }'
