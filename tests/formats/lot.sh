# A lot seen by other programs: xmllint on the document, unzip on the archive.
. "$SONS_SRCDIR/tests/tap.sh"
faire=$SONS_BUILDDIR/tests/formats/faire_lot
xsd=$SONS_SRCDIR/schemas/lot-asp-1.xsd
d=lot_sh.tmp
rm -rf "$d" && mkdir "$d"
code "300 demandes en XML" 0 "$faire" 300 "$d/a.xml"
code "xmllint : valide" 0 xmllint --schema "$xsd" --noout "$d/a.xml"
code "xmllint : valide en flux" 0 xmllint --stream --schema "$xsd" --noout "$d/a.xml"
egal "xmllint compte les demandes" "$(xmllint --xpath 'count(/*/*[local-name()="demande"])' "$d/a.xml")" 300
egal "xmllint compte les ESSMS" "$(xmllint --xpath 'count(//*[local-name()="essms"])' "$d/a.xml")" 780
sed '0,/<montantTtc>/s/<montantTtc>/<montantTtc>x/' "$d/a.xml" >"$d/b.xml"
code "xmllint refuse un document altéré" 3 xmllint --schema "$xsd" --noout "$d/b.xml"
TZ=UTC "$faire" 300 "$d/1.zip" 1000
TZ=America/Adak "$faire" 300 "$d/2.zip" 1000
cas "les mêmes octets sous deux fuseaux" cmp "$d/1.zip" "$d/2.zip"
code "lot vérifié" 0 "$faire" verifier "$d/1.zip"
egal "ce que la vérification compte" "$tap_sortie" "300 demandes, 780 ESSMS, 300 pièces"
if command -v unzip >/dev/null; then
    code "unzip : rien à redire" 0 unzip -tq "$d/1.zip"
    egal "lot.xml en premier" "$(unzip -Z1 "$d/1.zip" | head -n 1)" lot.xml
    (cd "$d" && unzip -q 1.zip)
    egal "chaque pièce porte son empreinte" \
        "$(cd "$d/pieces" && sha256sum *.pdf | awk '$2 != $1 ".pdf"' | wc -l | tr -d ' ') sur $(ls "$d/pieces" | wc -l | tr -d ' ')" "0 sur 300"
    if command -v zip >/dev/null; then
        (cd "$d" && zip -q refait.zip lot.xml pieces/*)
        code "archive refaite par un autre programme : refusée" 1 "$faire" verifier "$d/refait.zip"
        contient "… et nommée comme telle" "$tap_sortie" "refaite par un autre programme"
    fi
fi
# The size of a whole year.
code "50 000 demandes, archive" 0 "$faire" 50000 "$d/grand.zip" 40
code "50 000 demandes, vérifiées" 0 "$faire" verifier "$d/grand.zip"
contient "… toutes" "$tap_sortie" "50000 demandes, 130000 ESSMS, 50000 pièces"
rm -rf "$d"
fin
