# A registre of each earlier format, as the program of that time left it: read as it is, migrated when it is written.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier ancien
format=$(sed -n 's/^#define REGISTRE_FORMAT \([0-9]*\) .*/\1/p' "$SONS_SRCDIR/src/registre/base.h")
lignes() { sqlite3 "$1" "select count(*), sum(length(octets)) from journal; select count(*) from piece; select count(*), sum(ej) from finess_et; select count(*) from finess_entite"; }
a 2023-01-15T09:00:00Z

# --- format 1: the example order book, a lot emitted ---
gzip -dc "$SONS_SRCDIR/tests/registre/livres/format-1.db.gz" >f1.db
egal "le registre est bien du format 1" "$(sqlite3 f1.db 'pragma user_version')" 1001
egal "il n'a pas la table des statuts" "$(sqlite3 f1.db "select count(*) from sqlite_schema where name = 'finess_statut'")" 0
avant=$(empreinte f1.db); livre=$(lignes f1.db)
registre f1.db
code "il se lit" 0 sons commande lister
egal "neuf commandes" "$(sons commande lister --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1 | sort -u | wc -l)" 9
contient "ses ESSMS et leurs OG" "$(sons finess voir 2A0022885 2>/dev/null)" "OG D'ESSAI : 6 établissements"
code "il se contrôle, avec son propre jeu de paramètres" 1 sons controler
contient "neuf commandes contrôlées" "$tap_sortie" "9 commandes contrôlées"
code "il se vérifie" 0 sons journal verifier --tout
contient "tout est vérifié" "$tap_sortie" "35 entrées vérifiées"
contient "bases et pièces" "$tap_sortie" "2 bases (183 établissements), 9 pièces"
code "son passé aussi se lit" 0 sons commande lister --connu-le 2022-12-07T23:00:00Z
rien "un acte à l'essai" 0 "rien n'est écrit" sons fournisseur declarer --siren 552100554 --nom X --essai
sons controler --format csv >lu.csv 2>/dev/null
code "une faute" 1 sons finess importer samples/commandes.csv
egal "une faute ne change rien au livre" "$(lignes f1.db)" "$livre"
cp f1.db avant.db

registre ecrit.db
gzip -dc "$SONS_SRCDIR/tests/registre/livres/format-1.db.gz" >ecrit.db
code "il s'écrit" 0 sons fournisseur declarer --siren 552100554 --nom X
egal "il est migré" "$(($(sqlite3 ecrit.db 'pragma user_version') / 1000))" "$format"
egal "une entrée de plus, rien d'autre de changé dans le livre" "$(lignes ecrit.db | sed 1d)" "$(printf '%s\n' "$livre" | sed 1d)"
egal "les entrées d'avant sont les mêmes" "$(sqlite3 ecrit.db 'select octets from journal where numero <= 35' | empreinte /dev/stdin)" "$(sqlite3 avant.db 'select octets from journal' | empreinte /dev/stdin)"
tient "migré, tout se vérifie"
contient "projections refaites" "$tap_sortie" "projections refaites, 2 bases"
egal "les mêmes verdicts que lu tel quel" "$(sons controler --format csv 2>/dev/null)" "$(cat lu.csv)"
{ base 2023-01-12; ej 080010002 521812891 "GCSMS L'IANT" | sed 's/;60;Association;/;66;G.C.S.M.S. privé;/'; ej 2A0022885 "" "OG D'ESSAI" | sed 's/;60;/;;/'; } >ej.csv
code "une base d'entités, avec leur statut" 0 sons finess importer ej.csv
egal "le statut est gardé, l'absent non" "$(sqlite3 ecrit.db 'select statut from finess_statut')" 66
tient "elle se vérifie"
declencheurs=$(grep '^create trigger' "$SONS_SRCDIR/src/registre/livre.sql")
for faux in "update finess_statut set statut = 30" "delete from finess_statut" "insert into finess_statut select cle, 60 from finess_entite where cle not in (select cle from finess_statut) and cle > 36 << 32"; do
    cp ecrit.db faux.db
    sqlite3 faux.db "$faux"
    registre faux.db
    code "« $faux » se voit" 4 sons journal verifier --tout
done

# --- what is not ours, and two at once ---
registre casse.db
gzip -dc "$SONS_SRCDIR/tests/registre/livres/format-1.db.gz" >casse.db
sqlite3 casse.db "drop trigger journal_sans_update"
rien "un format 1 sans ses déclencheurs : refusé en lecture" 4 "trigger journal_sans_update" sons commande lister
rien "… et en écriture, sans rien migrer" 4 "trigger journal_sans_update" sons fournisseur declarer --siren 552100554 --nom X
cp avant.db futur.db
sqlite3 futur.db "pragma user_version = $((format + 1))001"
registre futur.db
rien "un format à venir : refusé" 3 E-103 sons commande lister
sqlite3 futur.db "pragma user_version = 1"
rien "un format zéro : refusé" 3 E-103 sons commande lister
cp avant.db deux.db
registre deux.db
sons fournisseur declarer --siren 552100554 --nom X >/dev/null 2>&1 & un=$!
sons fournisseur declarer --siren 732829320 --nom Y >/dev/null 2>&1 & deux=$!
wait $un; un=$?; wait $deux; deux=$?
egal "deux migrations à la fois : les deux actes passent" "$un $deux $(entrees)" "0 0 37"
tient "et tout se vérifie"
fermer
