# parametres.xml against its schema, by a validator that is not ours; and what the schema refuses.
. "$SONS_SRCDIR/tests/tap.sh"
xml=$SONS_SRCDIR/src/regles/parametres.xml
xsd=$SONS_SRCDIR/schemas/parametres-1.xsd
command -v xmllint >/dev/null || { printf '1..0 # SKIP xmllint absent\n'; exit 0; }
valide() { xmllint --noout --schema "$xsd" "$1" >/dev/null 2>&1; }
faux=parametres_xml.tmp
# refuse NAME SED: the changed document differs and is refused
refuse() {
    sed "$2" "$xml" >"$faux"
    if cmp -s "$xml" "$faux"; then ko "$1 (rien n'a changé)"; elif valide "$faux"; then ko "$1"; else ok "$1"; fi
}
cas "parametres.xml est valide" valide "$xml"
egal "59 paramètres" "$(grep -c '<parametre cle=' "$xml")" 59
egal "autant de clés que parametres.def" "$(sed -n 's/^PARAMETRE([A-Z0-9_]*, "\([^"]*\)".*/\1/p' "$SONS_SRCDIR/src/regles/parametres.def")" \
    "$(sed -n 's/.*<parametre cle="\([^"]*\)".*/\1/p' "$xml")"
refuse "une clé en double" 's/cle="bareme.B.min"/cle="bareme.A.min"/'
refuse "deux valeurs à la même date" 's/depuis="2023-01-01"/depuis="2022-01-01"/'
refuse "un montant sans centimes" 's/>4000.00</>4000</'
refuse "un taux au-dessus de cent" 's/>30.00</>130.00</'
refuse "une date impossible" 's/>2022-05-17</>2022-02-30</'
refuse "un entier négatif" 's/>120</>-120</'
refuse "une heure mal formée" 's/T14:00/T14h/'
refuse "une valeur sans source" 's/ source="[^"]*"//'
refuse "une source sans marque connue" 's/source="IDF/source="XYZ/'
refuse "une inférence ni oui ni non" 's/inference="oui"/inference="peut-être"/'
refuse "une date qui choisit inconnue" 's/date="signature"/date="facture"/'
refuse "un type inconnu" 's/<entier /<nombre /; s,</entier>,</nombre>,'
rm -f "$faux"

# No number of the law in the code: those of the parameters are nowhere in src/regles/*.c.
trouves=$(cd "$SONS_SRCDIR/src/regles" && for f in *.c; do
    awk -f "$SONS_SRCDIR/tests/outils/nettoyer_c.awk" "$f" |
        grep -nE '(^|[^0-9A-Za-z_])(120|2000|850|3000|400000|292000|219000|164300|123200|113300|2022|2023|2024|41|43|44|46|4604|462)([^0-9A-Za-z_]|$)' |
        sed "s|^|$f:|"
done)
egal "aucun nombre de la loi dans le code" "$trouves" ""
fin
