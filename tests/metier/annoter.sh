# controler --fichier, --annoter: everything said before anything is recorded, and the same sheet back.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier annoter
neuf r.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
for genre in fournisseur solution financement; do sons $genre importer samples/${genre}s.csv >/dev/null 2>&1; done
# colonne FILE NAME: that column, row by row.
colonne() { awk -F ';' -v nom="$2" 'NR == 1 { sub(/^\357\273\277/, "") } !n { for (i = 1; i <= NF; i++) if ($i == nom) n = i; next } { print $n }' "$1"; }

# --- the same verdicts as an import, nothing kept ---
rien "une feuille à contrôler" 1 "8 commandes contrôlées" sons controler --fichier samples/commandes.csv
sons controler --fichier samples/commandes.csv 2>&1 | grep -E '^samples.*: (anomalie|discordance)' | sort >avant
rien "annotée" 1 "Feuille annotée : a.csv." sons controler --fichier samples/commandes.csv --annoter a.csv
rien "annotée en classeur" 1 "Feuille annotée : a.xlsx." sons controler --fichier samples/commandes.csv --annoter a.xlsx
egal "autant de lignes" "$(wc -l <a.csv)" "$(wc -l <samples/commandes.csv)"
egal "les mêmes colonnes, dans l'ordre, le même texte" "$(sed 's/^\xef\xbb\xbf//' a.csv | cut -d ';' -f 1-19)" "$(cut -d ';' -f 1-19 samples/commandes.csv)"
egal "trois de plus" "$(sed -n 1p a.csv | cut -d ';' -f 20-)" "verdict;raison;a_faire"
egal "chaque ligne a son verdict" "$(colonne a.csv verdict | grep -c .)" "$(($(wc -l <samples/commandes.csv) - 1))"
cas "des conformes et des anomalies" [ "$(colonne a.csv verdict | sort -u | grep -cE 'conforme|anomalie')" -ge 2 ]
code "un fichier qui existe n'est pas remplacé" 1 sons controler --fichier samples/commandes.csv --annoter a.csv
contient "… dit" "$tap_sortie" E-007
code "l'import, lui" 0 sons commande importer samples/commandes.csv
sons controler --fichier samples/commandes.csv >apres.txt 2>&1
egal "contrôler la feuille enregistrée : les mêmes" "$(grep -E '^samples.*: (anomalie|discordance)' apres.txt | sort)" "$(cat avant)"
mkdir copie && cp a.csv a.xlsx copie/ && cp -R samples/pieces copie/ 2>/dev/null || :
for forme in csv xlsx; do
    code "la feuille annotée s'importe ($forme)" 0 sons commande importer copie/a.$forme
    contient "… rien à faire" "$tap_sortie" "Toutes déjà enregistrées, inchangées."
    egal "… et sans bruit" "$(printf '%s\n' "$tap_sortie" | grep -c 'Colonne ignorée')" 0
done
code "annotée de nouveau : les colonnes ne doublent pas" 1 sons controler --fichier copie/a.csv --annoter b.csv
egal "… 22 colonnes" "$(sed -n 1p b.csv | tr ';' '\n' | wc -l)" 22
contient "une commande enregistrée le dit" "$(colonne b.csv raison)" "déjà enregistrée, inchangée"

# --- every kind of fault at once, rows named as the spreadsheet shows them ---
neuf f.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
for genre in fournisseur solution financement; do sons $genre importer samples/${genre}s.csv >/dev/null 2>&1; done
cat >t.csv <<'FIN'
Suivi;;
numero;finess_et;libelle_essms;note;date_signature;solution;montant_ht;montant_ttc
BC-1;2A0000360;IME Les Moulins Blancs;"deux
lignes";12/07/2022;DUI Maquis;1 000,00;1200,00
;2A0001269;Foyer Casa Toia;=1+1;;;;

BC-2;2A0002861;;;35/07/2022;DUI Maquis;500;600
BC-2;2A0003026;;;;;;;reste
"BC-3"x;2A0003885;;;12/07/2022;DUI Maquis;500;600
BC-4;2A0001079;;;12/07/2022;DUI Maquis;50000;60000
BC-5;2A0002549;;;12/07/2022;DUI Maquis;500;600
BC-6;;;;12/07/2022;DUI Maquis;500;600
FIN
rien "fautes de forme et règles ensemble" 1 "non jugées" sons controler --fichier t.csv
contient "la date impossible, à la ligne du tableur" "$tap_sortie" "t.csv, ligne 6 (cellule E6) : erreur E-123"
contient "le champ de trop" "$tap_sortie" "t.csv, ligne 7 : erreur E-023"
contient "le guillemet" "$tap_sortie" "t.csv, ligne 8 : erreur E-017"
contient "le FINESS absent" "$tap_sortie" "t.csv, ligne 11 (cellule B11) : erreur E-127"
contient "et le plafond d'une autre commande" "$tap_sortie" "t.csv, ligne 10 (cellule G10)"
for forme in csv xlsx; do rien "annotée, quelles que soient les fautes ($forme)" 1 "Feuille annotée" sons controler --fichier t.csv --annoter t-a.$forme; done
egal "une ligne de texte pour chaque ligne" "$(wc -l <t-a.csv)" "$(wc -l <t.csv)"
verdicts=$(colonne t-a.csv verdict | tr '\n' ',')
contient "faute de saisie" "$verdicts" "faute de saisie"
contient "la ligne voisine d'une ligne illisible n'est pas jugée" "$verdicts" "non jugée"
contient "une formule est désarmée" "$(cat t-a.csv)" ";'=1+1;"
contient "la suite d'une commande renvoie à sa ligne" "$(cat t-a.csv)" "voir la ligne 3"
sons controler --fichier t-a.xlsx --annoter t-b.csv >/dev/null 2>&1
egal "par le classeur, les mêmes lignes" "$(cut -d ';' -f 1-3 t-b.csv | sed -n '2,7p')" "$(cut -d ';' -f 1-3 t-a.csv | sed -n '2,7p')"
printf 'numero;finess_et\n"1;2\n3;4\n' >ouvert.csv
rien "une feuille lue à moitié n'est pas annotée" 1 "n'est pas annotée" sons controler --fichier ouvert.csv --annoter o.csv
cas "… rien n'est écrit" [ ! -e o.csv ]
rien "un dossier absent" 3 "E-006" sons controler --fichier t.csv --annoter rien/o.csv
code "--annoter sans feuille" 2 sons controler --annoter x.csv
code "une feuille et une commande" 2 sons controler BC-1 --fichier t.csv
code "en JSON" 1 sons controler --fichier t.csv --format json
contient "… une ligne par constat" "$tap_sortie" '"cellule":"E6"'
egal "rien de provisoire ne reste" "$(ls -a | grep -c '\.tmp$')" 0
# Beyond the messages kept for a screen, every row has its own.
{ echo 'numero;finess_et;date_signature'; i=0; while [ $i -lt 2500 ]; do i=$((i + 1)); echo "N$i;x$i;31/02/2022"; done; } >grande.csv
sons controler --fichier grande.csv --annoter grande-a.csv >/dev/null 2>&1
egal "2 500 lignes fautives, toutes annotées" "$(colonne grande-a.csv verdict | grep -c 'faute de saisie')" 2500
tient
fermer
