# The manual pages: well formed, complete, and true where that can be computed.
. "$SONS_SRCDIR/tests/tap.sh"
man=$SONS_SRCDIR/man

if command -v mandoc >/dev/null; then
    n=0
    for page in "$man"/*.[1-8]; do
        egal "mandoc ne trouve rien à redire à ${page##*/}" "$(mandoc -T lint -W warning "$page" 2>&1)" ""
        n=$((n + 1))
    done
    cas "quatre pages au moins ($n)" [ "$n" -ge 4 ]
else
    tap_n=$((tap_n + 1))
    printf 'ok %d - mandoc # SKIP absent\n' "$tap_n"
fi

# The pages of section 7 are those that the tables make.
for page in regles erreurs; do
    cas "sons-$page(7) est à jour (sinon : build/tests/outils/manuel $page >man/sons-$page.7)" \
        sh -c '"$1" "$2" | cmp -s - "$3"' sh "$SONS_BUILDDIR/tests/outils/manuel" "$page" "$man/sons-$page.7"
    cas "… et a au moins trente articles" [ "$(grep -c '^\.It ' "$man/sons-$page.7")" -ge 30 ]
done

# The page of formats names every key of every element and attribute of the schema.
texte=$(cat "$man/sons-fichiers.5")
manque= vus=0
for nom in $(sed -n 's/.*<xs:\(element\|attribute\) name="\([A-Za-z]*\)".*/\2/p' "$SONS_SRCDIR/schemas/lot-asp-1.xsd" | LC_ALL=C sort -u); do
    case $texte in *"Cm $nom"* | *", $nom"* | *"/$nom"*) ;; *) manque="$manque $nom" ;; esac
    vus=$((vus + 1))
done
cas "au moins 50 noms dans le schéma ($vus)" [ "$vus" -ge 50 ]
egal "sons-fichiers(5) nomme tout ce que contient le schéma du lot" "$manque" ""
# … every frozen table of the registre.
manque= vus=0
for nom in $(sed -n 's/^create table \([a-z_]*\).*/\1/p' "$SONS_SRCDIR/src/registre/livre.sql"); do
    case $texte in *"Cm $nom"* | *", $nom"* | *"/$nom"*) ;; *) manque="$manque $nom" ;; esac
    vus=$((vus + 1))
done
cas "au moins 8 tables gelées ($vus)" [ "$vus" -ge 8 ]
egal "… et toutes les tables gelées" "$manque" ""

# … every column of every sheet, and which are required.
awk -F '[",)]+ *' '/^COLONNE\(/ { print $2, $3 }' "$SONS_SRCDIR/src/metier/feuilles.def" | LC_ALL=C sort -u >colonnes.tmp
manque= vus=0
while read -r nom requis; do
    lignes=$(grep -A 1 -E "^\.It Cm ([a-z_]+ , )*$nom( ,.*)?$" "$man/sons-fichiers.5")
    case $requis:$lignes in
    true: | false:) manque="$manque $nom" ;;
    true:*"(requis"*) ;;
    true:*) manque="$manque $nom(requis)" ;;
    esac
    vus=$((vus + 1))
done <colonnes.tmp
cas "au moins 40 colonnes ($vus)" [ "$vus" -ge 40 ]
egal "… et toutes les colonnes des feuilles" "$manque" ""
rm -f colonnes.tmp
fin
