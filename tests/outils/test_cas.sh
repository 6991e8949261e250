# Known answers: every file is run in full, and a wrong answer is seen.
. "$SONS_SRCDIR/tests/tap.sh"
cas=$SONS_BUILDDIR/tests/outils/cas
tmp=test_cas.tmp
rm -rf "$tmp"
mkdir -p "$tmp/faux" "$tmp/vide" "$tmp/forme" "$tmp/entete"

code "les réponses connues sont trouvées" 0 "$cas" "$SONS_SRCDIR/tests/cas"
egal "toutes les lignes de tous les fichiers" "$tap_sortie" "avance.csv : 23 lignes, 0 différence
bareme.csv : 87 lignes, 0 différence
delai120.csv : 18 lignes, 0 différence
finess.csv : 20 lignes, 0 différence
heure_legale.csv : 20 lignes, 0 différence
plafond.csv : 351 lignes, 0 différence
repartition.csv : 85 lignes, 0 différence
tva.csv : 60 lignes, 0 différence"

# One wrong answer in each file: each is one difference, with its line, what was found and what was expected.
# fausser FILE LINE FROM TO
fausser() { sed "$2s/$3/$4/" "$SONS_SRCDIR/tests/cas/$1" >"$tmp/faux/$1"; }
fausser avance.csv 2 ';1' ';2'
fausser bareme.csv 3 ';B;' ';C;'
fausser delai120.csv 3 'non conforme' 'conforme'
fausser finess.csv 5 cle valide
fausser heure_legale.csv 2 '+01:00' '+02:00'
fausser plafond.csv 2 conforme anomalie
fausser repartition.csv 4 194666 194667
fausser tva.csv 2 ';66667' ';66666'
n=0
for fichier in "$SONS_SRCDIR"/tests/cas/*.csv; do
    nom=${fichier##*/}
    cas "$nom : la copie est fausse" sh -c '! cmp -s "$1" "$2"' sh "$fichier" "$tmp/faux/$nom"
    rm -rf "$tmp/un"
    mkdir "$tmp/un"
    cp "$tmp/faux/$nom" "$tmp/un"
    code "$nom : code 1" 1 "$cas" "$tmp/un"
    contient "$nom : une différence" "$tap_sortie" " lignes, 1 différence"
    egal "$nom : une seule est dite" "$(printf '%s\n' "$tap_sortie" | grep -c ', ligne [0-9]* : trouvé .*, attendu ')" 1
    n=$((n + 1))
done
egal "huit fichiers faussés" "$n" 8
"$cas" "$tmp/faux" >"$tmp/sortie" 2>&1
contient "place, trouvé et attendu" "$(cat "$tmp/sortie")" "bareme.csv, ligne 3 : trouvé B;292000;292000;243333;243333;346000, attendu C;"

# The form: BOM, LF alone, no LF at the end, an empty line, many rows.
{ printf '\357\273\277numero;verdict\n010780054;valide\n\n'; printf '010780055;cle'; } >"$tmp/forme/finess.csv"
{ echo 'utc;paris'; awk 'BEGIN { for (i = 0; i < 5000; i++) print "2024-12-19T13:00:00Z;2024-12-19T14:00:00+01:00" }'; } >"$tmp/forme/heure_legale.csv"
code "BOM, LF, ligne vide, 5 000 lignes" 0 "$cas" "$tmp/forme"
egal "… comptées" "$tap_sortie" "finess.csv : 2 lignes, 0 différence
heure_legale.csv : 5000 lignes, 0 différence"
printf 'numero;verdict\n010780054\n010780054;valide;x\n;forme\n' >"$tmp/forme/finess.csv"
code "un mauvais nombre de champs est une différence" 1 "$cas" "$tmp/forme"
contient "… dite" "$tap_sortie" "finess.csv, ligne 2 : trouvé 1 champs, attendu 2"
contient "… comptée" "$tap_sortie" "finess.csv : 3 lignes, 2 différences"
printf 'ht_centimes;taux_dix_milliemes;tva_centimes;ttc_centimes\nabc;2000;1;1\n99999999999999999999;0;0;0\n-5;0;0;-5\n' >"$tmp/forme/tva.csv"
code "une donnée illisible est une différence" 1 "$cas" "$tmp/forme"
contient "… à chaque ligne" "$tap_sortie" "tva.csv : 3 lignes, 3 différences"

# Nothing to run is a fault, not a success.
code "dossier absent" 2 "$cas" "$tmp/absent"
code "dossier vide" 2 "$cas" "$tmp/vide"
contient "… le dit" "$tap_sortie" "aucun fichier connu"
code "sans argument" 2 "$cas"
echo 'a;b' >"$tmp/vide/autre.csv"
code "fichier inconnu seulement" 2 "$cas" "$tmp/vide"
contient "… le nomme" "$tap_sortie" "autre.csv : fichier inconnu"
printf 'numero;verdict\r\n' >"$tmp/vide/finess.csv"
code "en-tête seul" 2 "$cas" "$tmp/vide"
printf 'numero;resultat\r\n010780054;valide\r\n' >"$tmp/entete/finess.csv"
code "autre en-tête" 2 "$cas" "$tmp/entete"
contient "… dit ce qui est attendu" "$tap_sortie" "en-tête « numero;resultat », attendu « numero;verdict »"
: >"$tmp/entete/finess.csv"
code "fichier vide" 2 "$cas" "$tmp/entete"
rm "$tmp/entete/finess.csv"
mkdir "$tmp/entete/finess.csv"
code "un dossier à la place du fichier" 2 "$cas" "$tmp/entete"
rm -rf "$tmp"
fin
