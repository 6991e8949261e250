# The frozen formats: each SQL file is tied to its version number in base.h. Changing one without the other is a fault; so
# is a trigger, a view or a table added from outside.
. "$SONS_SRCDIR/tests/tap.sh"
ligne() { grep -E "^$1 " "$SONS_SRCDIR/tests/registre/formats.txt"; }
version() { sed -n "s/^#define $1 \([0-9]*\) .*/\1/p" "$SONS_SRCDIR/src/registre/base.h"; }
empreinte() { sha256sum "$SONS_SRCDIR/src/registre/$1" | cut -d ' ' -f 1; }
egal "livre.sql et REGISTRE_FORMAT vont ensemble" "livre $(version REGISTRE_FORMAT) $(empreinte livre.sql)" "$(ligne livre)"
egal "etat.sql et REGISTRE_ETAT vont ensemble" "etat $(version REGISTRE_ETAT) $(empreinte etat.sql)" "$(ligne etat)"

dossier=$PWD/formats.tmp
rm -rf "$dossier"
mkdir -p "$dossier"
cd "$dossier" || exit 1
unset SONS_HORLOGE
SONS_REGISTRE=r.db
export SONS_REGISTRE
"$SONS" initialiser --fictif >/dev/null 2>&1
essai() { # NAME SQL PART
    cp r.db x.db
    sqlite3 x.db "$2"
    code "$1 : refusé" 4 "$SONS" --registre x.db commande lister
    contient "$1 : nommé" "$tap_sortie" "$3"
}
essai "déclencheur étranger" "create trigger intrus after insert on commande begin update commande set ht = 1; end" "trigger intrus"
essai "vue étrangère" "create view intruse as select 1" "view intruse"
essai "table étrangère" "create table intruse (a)" "table intruse"
essai "déclencheur retiré" "drop trigger journal_sans_update" "trigger journal_sans_update"
essai "index retiré" "drop index commande_numero" "index commande_numero"
code "le registre intact s'ouvre" 0 "$SONS" commande lister
cd .. && rm -rf "$dossier"
fin
