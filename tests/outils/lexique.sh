# Every spelling that LEXIQUE.md gives stands in the sources.
. "$SONS_SRCDIR/tests/tap.sh"
cat "$SONS_SRCDIR"/src/*/*.[ch] "$SONS_SRCDIR"/src/*/*.def >lexique-c.tmp
cat "$SONS_SRCDIR"/src/registre/*.sql >lexique-sql.tmp
cat "$SONS_SRCDIR"/schemas/*.xsd >lexique-xml.tmp
awk -F '[[:space:]]*[|][[:space:]]*' '/^\|/ && NF == 8 && $2 != "terme" && $2 !~ /^-/ {
    print "c " $5 "\nsql " $6 "\nxml " $7 }' "$SONS_SRCDIR/LEXIQUE.md" | tr -d '`' >lexique-mots.tmp
nombre=0 manque=
while read -r langue mot; do
    [ "$mot" = – ] && continue
    nombre=$((nombre + 1))
    grep -qw -e "$mot" "lexique-$langue.tmp" || manque="$manque $langue:$mot"
done <lexique-mots.tmp
cas "plus de 80 graphies ($nombre)" [ "$nombre" -gt 80 ]
egal "chacune existe" "$manque" ""
rm -f lexique-*.tmp
fin
