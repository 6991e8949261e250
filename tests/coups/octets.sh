# A registre damaged byte after byte. COUPS_ENTIER: each byte of a new one, one out of 20 of one that has lived.
. "$SONS_SRCDIR/tests/coups/commun.sh"
SONS_HORLOGE=2022-12-05T09:00:00Z SONS_REGISTRE=sons.db
export SONS_HORLOGE SONS_REGISTRE
travail=$PWD/coups-octets.tmp
trap 'rm -rf "$travail"' EXIT
trap 'exit 1' HUP INT TERM
# eprouver ÉTAPE PAS
eprouver() {
    rm -rf "$travail"
    mkdir -p "$travail/d"
    (cd "$travail/d" && sh "$SONS_SRCDIR/tests/coups/maison.sh" "$1") || exit 1
    mv "$travail/d/sons.db" "$travail/intact.db"
    "$coups/octets" "$travail/intact.db" "$travail/d" --pas "$2" --graine "$graine" >"$travail/dit" && rc=0 || rc=$?
    sed -n 's/^ok [0-9]* - //p' "$travail/dit" | while IFS= read -r ligne; do printf '# %s\n' "$ligne"; done
    grep '^#\|^not ok\|^Bail' "$travail/dit" | sed 's/^not ok [0-9]* - /# /'
    cas "$1 : un octet abîmé sur $2 est détecté ou inoffensif" [ "$rc" = 0 ]
}
if [ -n "$entier" ]; then
    eprouver ouvert 1
    eprouver emis 20
else
    pas=2000
    [ -z "$COUPS_ASAN" ] || pas=20000
    eprouver emis "$pas"
fi
fin
