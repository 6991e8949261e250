# Every published form of FINESS, through the command: what is kept, counted, said; what each serves.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier formes
cp -R "$SONS_SRCDIR/tests/formes" . && chmod -R u+w formes
bases() { sqlite3 "$SONS_REGISTRE" "select group_concat(forme || ' ' || nature || ' ' || nombre, ', ') from (select * from finess_base order by fait)"; }
neuf r.db 2026-06-01T09:00:00Z

# --- FINESS+ ---
json=formes/finess-structures-journalier-20260309-extrait.json
code "FINESS+ : les deux bases" 0 sons finess importer $json
contient "ce qui est gardé" "$tap_sortie" "Base du 09/03/2026 : 1 établissement, 1 organisme gestionnaire, 1 entité juridique."
contient "ce qui est fermé" "$tap_sortie" "Laissés de côté : 1 établissement fermé, 2 entités juridiques fermées."
egal "deux faits" "$(bases)" "structures_et cs1100502 1, structures_ej cs1100501 1"
egal "le statut" "$(sqlite3 r.db 'select statut from finess_statut')" 73
contient "l'OG a son nom, et l'agrégat vient de la nomenclature" "$(sons finess voir 010000156 --base 2026-03-09 --format csv 2>/dev/null)" "365"
avant=$(entrees)
code "le même de nouveau" 0 sons finess importer $json
contient "il est reconnu" "$tap_sortie" "Fichier déjà importé : rien n'est changé."
egal "rien n'est écrit" "$(entrees)" "$avant"
gzip -c $json >meme.json.gz
rien "le même jour, un autre fichier : les deux bases sont dites" 1 "une autre base d'entités juridiques du 09/03/2026" sons finess importer meme.json.gz
contient "et celle des établissements" "$tap_sortie" "une autre base d'établissements du 09/03/2026"
rien "une autre date déclarée" 1 "la date déclarée n'est pas celle du fichier" sons finess importer $json --base 2026-03-10
tient "tout se vérifie, bases comprises"

# --- annual archives ---
rien "archive sans date" 1 "--base AAAA-MM-JJ" sons finess importer formes/etalab_stock_ej_20211231-extrait.csv
code "archive des établissements, déclarée du 3 janvier 2022" 0 sons finess importer formes/etalab_stock_et_20201231-extrait.csv --base 2022-01-03
contient "elle sert de référence" "$tap_sortie" "Sert de référence : MS1 2022"
code "archive des entités" 0 sons finess importer formes/etalab_stock_ej_20211231-extrait.csv --base 2022-01-03
egal "leurs formes sont au journal" "$(bases)" "structures_et cs1100502 1, structures_ej cs1100501 1, archive_et cs1100502 31, archive_ej cs1100501 5"
rien "une extraction du même jour que l'archive : refusée" 1 "une autre base d'établissements du 03/01/2022" sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv
contient "« finess bases » dit la forme" "$(sons finess bases 2>/dev/null)" "archive_et"
contient "le journal nomme la forme" "$(sons journal voir 4 2>/dev/null)" "forme archive_e"

# --- geolocated ---
{ cat samples/etalab-cs1100502-corse-20210108.csv; sed 1d samples/etalab-cs1100502-corse-20210108.csv | awk -F ';' '{ print "geolocalisation;" $2 ";1.5;2.5;1,ATLASANTE,96,BAN;2021-01-04" }'; } >507.csv
code "cs1100507 entier" 0 sons finess importer 507.csv
contient "les coordonnées sont comptées" "$tap_sortie" "Laissés de côté : 182 lignes de coordonnées."
contient "cs1100507" "$(bases)" "cs1100507 cs1100502 182"

# --- through a spreadsheet ---
code "passé par un tableur" 0 sons finess importer formes/finess_light-EXCEL-extrait-20260107.csv
contient "ce qui est écarté et réparé" "$tap_sortie" "2 SIRET illisibles, 4 zéros de tête remis à des numéros."
egal "les numéros ont leur zéro" "$(sons finess voir 010000024 --base 2026-01-07 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 1-2)" "010000024;010780054"
tient

# --- other files, said by their names ---
autre() { # NAME FILE PART
    rien "$1" 1 "$3" sons finess importer "$2"
}
autre "la nomenclature" formes/categories_20211214.csv "la nomenclature des catégories FINESS"
autre "une feuille de commandes" samples/commandes.csv "sons commande importer FICHIER"
autre "une feuille de solutions" samples/solutions.csv "une feuille de solutions"
autre "une feuille de fournisseurs" samples/fournisseurs.csv "une feuille de fournisseurs"
autre "une feuille de financements" samples/financements.csv "une feuille de financements"
autre "une page" /dev/null "E-002"
printf '<html><body>404</body></html>\n' >page.html
autre "une page HTML" page.html "HTML"
printf 'PK\003\004\024\000\010\010' >classeur.xlsx
autre "un classeur" classeur.xlsx "classeur"
gzip -c samples/etalab-cs1100502-corse-20210108.csv | head -c 5000 >coupe.csv.gz
autre "un gzip coupé" coupe.csv.gz "tronqué"
{ head -c 3000000 /dev/zero | tr '\0' 'x'; } >longue.csv
autre "une ligne sans fin" longue.csv "ligne trop longue"
head -c 40000000 /dev/zero | tr '\0' ';' | gzip >bombe.csv.gz
autre "une bombe d'une ligne" bombe.csv.gz "ligne trop longue"
{ printf '{"schemaVersion":"v1.0.0","pmej":['; head -c 40000000 /dev/zero | tr '\0' '['; } | gzip >bombe.json.gz
autre "une bombe de crochets" bombe.json.gz "trop de niveaux"
{ printf '{"schemaVersion":"v1.0.0","pmej":[{"a":"'; head -c 40000000 /dev/zero | tr '\0' 'a'; } | gzip >longue.json.gz
autre "un texte sans fin" longue.json.gz "trop longue"
for suite in 'structureet;010000024;010780054' 'equipementsocial;010000024;x'; do
    { base 2026-01-01; echo "$suite"; echo 'equipementsocial;010000024;y'; } >505.csv
    autre "cs1100505 ($suite)" 505.csv "cs1100505"
done
egal "rien de tout cela n'a servi" "$(bases | tr ',' '\n' | wc -l)" 6
fermer
