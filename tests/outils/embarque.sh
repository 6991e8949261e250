# Every embedded file is the one it was made from; `embarque.sh --refaire` makes them all again.
racine=${SONS_SRCDIR:-.}
table=$racine/tests/outils/embarques.txt
lignes() { sed -e '/^#/d' -e '/^$/d' "$table"; }
if [ "${1-}" = --refaire ]; then
    lignes | while IFS='	' read -r source nom cible; do
        sh "$racine/tests/outils/embarquer.sh" "$racine/$source" "$nom" "$racine/$cible" || exit 1
    done
    exit
fi
. "$SONS_SRCDIR/tests/tap.sh"
essai=embarque.tmp
rm -rf "$essai"
mkdir -p "$essai"
lignes >"$essai/table"
while IFS='	' read -r source nom cible; do
    sh "$racine/tests/outils/embarquer.sh" "$racine/$source" "$nom" "$essai/refait.inc"
    cas "$cible est l'image de $source (sinon : sh tests/outils/embarque.sh --refaire)" cmp -s "$racine/$cible" "$essai/refait.inc"
done <"$essai/table"
trouves=$(grep -rl 'Made by tests/outils/embarquer.sh' "$racine/src" --include='*.inc' | wc -l | tr -d ' ')
egal "chaque fichier embarqué de src/ est dans la table" "$trouves" "$(wc -l <"$essai/table" | tr -d ' ')"
# The bytes themselves, read back by the C compiler's rules: one number a byte.
printf 'a\000\n\377"' >"$essai/octets"
sh "$racine/tests/outils/embarquer.sh" "$essai/octets" x "$essai/octets.inc"
egal "tous les octets passent" "$(sed -n 3p "$essai/octets.inc")" "97,0,10,255,34,"
# The nomenclature of FINESS categories.
sh "$racine/tests/outils/nomenclature.sh" "$racine/tests/formes/categories_20211214.csv" >"$essai/nomenclature.inc"
cas "nomenclature.inc est tiré de la nomenclature officielle" cmp -s "$racine/src/formats/nomenclature.inc" "$essai/nomenclature.inc"
rm -rf "$essai"
fin
