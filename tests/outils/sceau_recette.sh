# The recipe and the example of sons-journal(5), which needs nothing of the program: run on the example of the page, then on
# registres of every size, and on forgeries. What the page says of its tree is computed again.
. "$SONS_SRCDIR/tests/tap.sh"
command -v basenc >/dev/null || { echo "1..0 # SKIP basenc absent"; exit 0; }
unset SONS_REGISTRE SONS_HORLOGE
rm -rf sceau_recette.tmp
mkdir sceau_recette.tmp
cd sceau_recette.tmp || exit 1
page=$SONS_SRCDIR/man/sons-journal.5
morceau() { sed -n "/^\\.\\\\\" $1\$/,/^\\.\\\\\" fin de l[ae']* *$1\$/p" "$page" | grep -v '^\.' | sed "s/\\\\(aq/'/g; s/\\\\e/\\\\/g"; }
morceau recette >verifier.sh
morceau exemple >exemple.txt
morceau arbre >arbre.txt
n=$(wc -l <verifier.sh)
cas "la recette, une soixantaine de lignes ($n)" [ "$n" -gt 40 -a "$n" -lt 70 ]
egal "elle n'appelle pas sons" "$(grep -cw sons verifier.sh)" 0
n=$(wc -l <exemple.txt)
cas "l'exemple est entier ($n lignes)" [ "$n" -gt 80 ]
egal "l'arbre a neuf nœuds" "$(wc -l <arbre.txt)" 9

# --- the example ---
sed -n '/^entree /q; s/^| //p' exemple.txt >sceau.txt
code "la recette prouve l'exemple" 0 sh verifier.sh exemple.txt sceau.txt
egal "… trois entrées, jusqu'à la racine" "$tap_sortie" "prouvé : 3 entrées, racine $(sed -n 's/^1-5 *//p' arbre.txt)"
code "le programme aussi" 0 "$SONS" journal verifier --extrait exemple.txt --sceau sceau.txt
contient "… sans registre" "$tap_sortie" "3 entrées sont au journal scellé, telles quelles : commande BC-2022-001"
sed -n '/^h()/,/^droite/p' verifier.sh | grep -v '^droite' >outils.sh # H of a leaf and of a node, as the page writes them
. ./outils.sh
noeud_dit() { sed -n "s/^$1  *//p" arbre.txt; }
for e in 1 3 5; do
    awk -v e="$e" '/^entree/ { ici = $2 == e } ici && /^[|] / { print substr($0, 3) }' exemple.txt >octets
    egal "feuille $e" "$(feuille octets)" "$(noeud_dit $e)"
done
for couple in "1 2 1-2" "3 4 3-4" "1-2 3-4 1-4" "1-4 5 1-5"; do
    set -- $couple
    egal "nœud $3" "$(noeud "$(noeud_dit $1)" "$(noeud_dit $2)")" "$(noeud_dit $3)"
done
preuve() { awk -v e="$1" '/^entree/ { ici = $2 == e } ici && /^preuve/ { print $2 }' exemple.txt | while read -r h; do sed -n "s/  *$h\$//p" arbre.txt; done | tr '\n' ' '; }
egal "les preuves sont celles que dit la page" "$(preuve 1); $(preuve 3); $(preuve 5)" "2 3-4 5 ; 4 1-2 5 ; 1-4 "
egal "la continuité aussi" "$(sed -n 's/^continuite //p' sceau.txt | while read -r h; do sed -n "s/  *$h\$//p" arbre.txt; done | tr '\n' ' ')" "3 4 1-2 5 "
contient "… et le texte les donne" "$(cat "$page")" "La preuve de l'entrée 1 est (2, 3-4, 5) ; celle de l'entrée 3, (4, 1-2, 5) ; celle de l'entrée 5, (1-4)."

# --- registres of growing sizes, a seal at each step: every extract and every continuity ---
SONS_HORLOGE=2022-12-05T09:00:00Z SONS_REGISTRE=r.db
export SONS_HORLOGE SONS_REGISTRE
"$SONS" initialiser --fictif >/dev/null 2>&1
printf 'numero;finess_et;date_signature\nA;2A0000360;14/09/2022\nB;2A0001269;14/09/2022\n' >c.csv
"$SONS" commande importer c.csv >/dev/null 2>&1
prouves=0 mal= etape=0
while [ $etape -lt 24 ]; do
    etape=$((etape + 1))
    i=$((etape % 5))
    while [ $i -ge 0 ]; do "$SONS" commande noter $([ $((i % 2)) = 0 ] && echo A || echo B) "note $etape $i" >/dev/null 2>&1; i=$((i - 1)); done
    "$SONS" journal sceller --sortie . >/dev/null 2>&1
    s=$(echo sceau-*-$(printf %06d $etape).txt)
    rm -f e.txt
    "$SONS" journal extrait A --sceau "$s" --sortie e.txt >/dev/null 2>&1
    sh verifier.sh e.txt "$s" >dit 2>&1 && prouves=$((prouves + $(grep -c '^entree ' e.txt))) || mal="$mal; $s : $(cat dit)"
done
egal "la recette prouve chaque extrait de 24 sceaux" "$mal" ""
cas "… plus de 400 preuves ($prouves), de 5 à plus de 90 entrées" [ "$prouves" -gt 400 -a "$(sed -n 's/^entrees //p' "$s")" -gt 90 ]

# --- forgeries that only the proofs can see: the last line is redone ---
refaire() { sed '$d' "$1" >corps; { cat corps; printf 'empreinte %s\n' "$(h <corps)"; } >"$2"; }
fausse() { # NAME SED: the recipe and the program both refuse
    sed "$2" e.txt >f.txt
    refaire f.txt faux.txt
    cas "$1 : c'est autre chose" sh -c '! cmp -s e.txt faux.txt'
    code "$1 : la recette refuse" 1 sh verifier.sh faux.txt "$s"
    "$SONS" journal verifier --extrait faux.txt --sceau "$s" >dit 2>&1 && rc=0 || rc=$?
    cas "$1 : le programme aussi ($rc)" [ "$rc" = 4 -o "$rc" = 1 ]
}
fausse "un octet d'une entrée" "s/^| texte note 1 /| texte note 2 /"
fausse "une preuve" "0,/^preuve ..../s//preuve 0000/"
fausse "une empreinte de moins" "0,/^preuve /{/^preuve /d}"
fausse "le numéro d'une entrée" "s/^entree 2\$/entree 3/"
fausse "le bordereau" "s/^| racine ..../| racine 0000/"
sed "0,/^continuite ..../s//continuite 0000/" "$s" >f.txt
refaire f.txt faux-sceau.txt
sed 's/^/| /' faux-sceau.txt >citation
{ sed -n 1,2p e.txt; cat citation; sed -n '/^entree /,$p' e.txt; } >f.txt
refaire f.txt faux.txt
code "une continuité fausse : la recette" 1 sh verifier.sh faux.txt faux-sceau.txt
contient "… dit laquelle" "$tap_sortie" "sa continuité"
code "… le programme" 4 "$SONS" journal verifier --extrait faux.txt --sceau faux-sceau.txt
printf x >>e.txt
code "un octet de plus : la recette" 1 sh verifier.sh e.txt "$s"
cd ..
rm -rf sceau_recette.tmp
fin
