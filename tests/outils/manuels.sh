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
for page in regles erreurs vie; do
    cas "sons-$page(7) est à jour (sinon : build/tests/outils/manuel $page >man/sons-$page.7)" \
        sh -c '"$1" "$2" | cmp -s - "$3"' sh "$SONS_BUILDDIR/tests/outils/manuel" "$page" "$man/sons-$page.7"
    cas "… et a au moins trente articles" [ "$(grep -c '^\.It ' "$man/sons-$page.7")" -ge 30 ]
done

# The drawing of states holds every passage that changes the state, once from the state it leaves, and once where it arrives out of the path.
egal "le dessin de sons-vie(7) a tous les passages" "$(awk '
    /^\.Bd/ { dessin = 1; next } /^\.Ed/ { dessin = 0; sens = "" }
    !dessin { next }
    /◀─/ { sens = "entre" } /─▶/ { sens = "sort"; n++ } /▼/ { sens = "suit"; n++ }
    !/◀─|─▶|▼/ && !/^[ │]*      [^ ]/ { sens = "" }
    sens == "sort" || sens == "suit" { n += gsub(/ \|/, "") }
    END { print n }' "$man/sons-vie.7")" "$(sed -n 's/^PASSAGE(\(.*\))$/\1/p' "$SONS_SRCDIR/src/regles/cycle.def" "$SONS_SRCDIR/src/regles/cycle_argent.def" "$SONS_SRCDIR/src/regles/cycle_retraits.def" | awk -F ', ' '$2 != $3' | sort -u | wc -l)"
egal "… et tous les états" "$(sed -n 's/^ETAT([A-Z_]*, "[a-z_]*", "\([^"]*\)".*/\1/p' "$SONS_SRCDIR/src/regles/cycle.def" | while IFS= read -r e; do
    grep -qxF "  $e" "$man/sons-vie.7" || echo "$e"; done)" ""

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
awk -F '[", )]+' '/^COLONNE\(/ { print $2, $3 }' "$SONS_SRCDIR/src/metier/feuilles.def" | LC_ALL=C sort -u >colonnes.tmp
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

# … every fact, its version, and its fields in their order.
awk -F '[", )]+' -v page="$man/sons-fichiers.5" '
    BEGIN {
        while ((getline ligne < page) > 0) {
            if (ligne ~ /^\.It Cm [A-Z][A-Za-z]*-V[0-9]+$/) { fait = substr(ligne, 8); continue }
            if (ligne ~ /^\.(El|It)/) fait = ""
            if (fait) { gsub(/\([^)]*\)?|:/, "", ligne); dit[fait] = dit[fait] " " ligne }
        }
    }
    function suivant(fait, cle,   t, i) { # the rest of the text after the key; "" and a fault when it is not there
        t = dit[fait]; i = match(t, "(^|[ ,])" cle "([ ,]|$)")
        if (!i) { print fait ":" cle; return }
        dit[fait] = substr(t, i + length(cle))
    }
    /^FAIT\(/ { nom = $2 "-V" $3; n++; if (!(nom in dit)) print nom }
    /^CHAMP\(/ { n++; suivant(nom, $2) }
    END { if (n < 60) print "trop peu de champs : " n }' "$SONS_SRCDIR/src/registre/faits.def" >faits.tmp
egal "… et tous les faits, champ par champ" "$(cat faits.tmp)" ""
rm -f faits.tmp

# sons-commande(1): every verb, its own options and no other; every column of an order; every state and what it permits.
page=$man/sons-commande.1
verbes=$("$SONS" commande --aide | sed -n 's/^  commande \([a-z]*\) .*/\1/p')
cas "dix verbes de commande au moins" [ "$(printf '%s\n' "$verbes" | wc -l)" -ge 10 ]
egal "sons-commande(1) a une section par verbe" "$(sed -n 's/^\.Ss commande \([a-z]*\).*/\1/p' "$page" | LC_ALL=C sort)" "$(printf '%s\n' "$verbes" | LC_ALL=C sort)"
vus=0
for verbe in $verbes; do
    siennes=$("$SONS" commande "$verbe" --aide | sed -n '/^Options$/,/^Options communes$/s/^  --\([a-z-]*\).*/\1/p' | LC_ALL=C sort)
    dites=$(awk -v v="$verbe" '/^\.S[sh] / { dans = $2 == "commande" && $3 == v } dans && /^\.It/' "$page" | sed 's/Fl -/\n--/g' |
        sed -n 's/^--\([a-z][a-z-]*\).*/\1/p' | LC_ALL=C sort)
    egal "… les options de commande $verbe" "$dites" "$siennes"
    vus=$((vus + $(printf '%s\n' "$siennes" | grep -c .)))
done
cas "… vingt-cinq options au moins ($vus)" [ "$vus" -ge 25 ]
manque= vus=0
for nom in $(sed -n '/^FEUILLE(FEUILLE_COMMANDES)/,/^FIN_FEUILLE/s/^COLONNE([A-Z_]*, "\([a-z_]*\)".*/\1/p' "$SONS_SRCDIR/src/metier/feuilles.def"); do
    sed -n '/^\.Sh COLONNES/,/^\.Sh ÉTATS/p' "$page" | grep -qE "(Cm|,) $nom( |$)" || manque="$manque $nom"
    vus=$((vus + 1))
done
cas "… trente colonnes au moins ($vus)" [ "$vus" -ge 30 ]
egal "… toutes les colonnes" "$manque" ""
egal "… tous les états et ce qu'ils permettent" "$(sed -n '/^\.Sh ÉTATS/,/^\.Sh EXIT/p' "$page" | grep -A 1 '^\.It Cm' | grep -v '^--')" "$(awk -F '"' '
    /^ETAT\(/ { split($1, a, /[(,]/); n++; ident[n] = a[2]; mot[n] = $2; label[n] = $4; vigueur[n] = $5 ~ /true/ }
    /^ACTE\(/ { split($1, a, /[(,]/); acte[a[2]] = $2 }
    /^PASSAGE\(/ { split($0, a, /[(, )]+/); if (index(permet[a[3]] ",", ", " acte[a[2]] ",") == 0) permet[a[3]] = permet[a[3]] ", " acte[a[2]] }
    /^RETENU\(/ { split($1, a, /[(,)]/); if (index(retenu ",", ", " acte[a[2]] ",") == 0) retenu = retenu ", " acte[a[2]] }
    END { permet["ETAT_EN_LITIGE"] = ", ce que permet l\047état que le litige recouvre, moins " substr(retenu, 3)
        for (i = 1; i <= n; i++) print ".It Cm " mot[i] "\n" toupper(substr(label[i], 1, 1)) substr(label[i], 2) (vigueur[i] ? ", en vigueur" : "") " : " substr(permet[ident[i]], 3) "." }' "$SONS_SRCDIR/src/regles/cycle.def" "$SONS_SRCDIR/src/regles/cycle_argent.def" "$SONS_SRCDIR/src/regles/cycle_retraits.def" "$SONS_SRCDIR/src/regles/cycle_litige.def")"

contient "sons-vie(7) dit ce que retient un litige" "$(sed -n '/^\.Sh LE LITIGE/,/^\.Sh SEE/p' "$man/sons-vie.7")" "Il retient, jusqu'à sa conclusion : avance demander, lot emettre, solde demander."

# sons-premiers-pas(7) goes the whole way (tests/cli/sessions.sh replays it).
manque=
for pas in 'initialiser --fictif' 'finess importer' 'finess rapprocher' bareme 'fournisseur enroler' 'solution declarer' 'controler --fichier' \
    'commande importer' 'commande preparer' 'commande saisir' 'commande completer' 'commande rectifier' 'commande joindre --dossier' expliquer \
    'avance demander' 'lot emettre' 'lot verifier' 'commande lister' 'journal verifier'; do
    grep -q "^\$ sons $pas" "$man/sons-premiers-pas.7" || manque="$manque, $pas"
done
egal "sons-premiers-pas(7) fait tout le chemin" "$manque" ""
fin
