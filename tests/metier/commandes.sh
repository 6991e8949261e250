# « Order CSV » (interface.md), sentence by sentence; export and import again.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier commandes

og=$(finess 01000001); autre=$(finess 2A000003)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014)
c1=$(finess 2A000010); pds=$(finess 01000020)
{
    base 2022-01-03
    et $e1 $og 500 4401 "EHPAD UN" BOURG 30752392800157
    et $e2 $og 500 4401 "EHPAD DEUX" BELLEY 30752392800207
    et $e3 $og 500 4401 "EHPAD TROIS" GEX 30752392800207
    et $e4 $og 500 4401; et $e5 $og 500 4401
    et $pds $og 197 4604
    et $c1 $autre 500 4401 "EHPAD CORSE" AJACCIO
} >base.csv
printf '%%PDF-1.4\nbon\n' >bon.pdf
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Châtaigne;123456782;MS1;1;2022-04-20;2022-06-15
S2;Deux couloirs;123456782;MS1;1;2022-04-20;2022-06-15
S2;Deux couloirs;123456782;MS2-PDS;1;2022-04-20;2022-06-15
S3;Même nom;123456782;MS1;1;2022-04-20;2022-06-15
S4;Même nom;552100554;MS2-PDS;1;2022-04-20;2022-06-15
FIN
atelier_neuf() {
    neuf "${1:-c.db}" 2022-12-05T09:00:00Z
    sons finess importer base.csv >/dev/null 2>&1
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons fournisseur declarer --siren 552100554 --nom "Autre" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    echo 'finess_et;fonds;etat' >vide.csv
    sons financement importer vide.csv >/dev/null 2>&1
}
importer() { sons commande importer "$1" 2>&1; }
# feuille FILE header line…
feuille() { f=$1; shift; printf '%s\n' "$@" >"$f"; }
valeur() { sqlite3 "$SONS_REGISTRE" "select $2 from commande where numero = '$1'"; }
essms_de() { sqlite3 "$SONS_REGISTRE" "select count(*) from commande_essms where commande = (select fait from commande where numero = '$1')"; }
verdict() { sons expliquer "$1" "$2" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
pleine='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
conforme='2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf'

# --- rows, fill-down, contradictions ---
atelier_neuf
feuille f.csv "$pleine" "A;$e1;$conforme"
code "une commande complète" 0 importer f.csv
contient "conforme" "$tap_sortie" "1 commande lue : 1 conforme. Enregistrée."
feuille f.csv 'numero;finess_et;date_signature;solution;montant_ht' "B;$e2;12/07/2022;S1;3650,00" ";$e3;;;" "B;$e4;;S1;3 650,00"
code "une cellule vide répète la valeur du dessus, le numéro aussi" 0 importer f.csv
egal "trois ESSMS" "$(essms_de B)" 3
egal "une date, un montant" "$(valeur B "date(date_signature * 86400, 'unixepoch'), ht")" "2022-07-12|365000"
feuille f.csv 'numero;finess_et;date_signature;montant_ht' "D1;$e1;2022-07-12;10" "D2;$e2;2022-07-13;20" "D1;$e3;;" "D2;$e4;2022-07-13;20,00" 
code "les lignes d'une commande peuvent être dispersées" 0 importer f.csv
egal "deux et deux" "$(essms_de D1)$(essms_de D2)" 22
feuille f.csv 'numero;finess_et;date_signature;montant_ht;solution' "C;$e1;2022-07-12;10,00;S1" "C;$e2;2022-07-13;11,00;S1" "C;$e3;;;S2"
rien "trois contradictions, toutes dites" 1 E-128 sons commande importer f.csv
egal "comptées" "$(printf '%s\n' "$tap_sortie" | grep -c E-128)" 3
contient "les deux lignes sont nommées" "$tap_sortie" "f.csv, ligne 3 (cellule C3) : erreur E-128 : date_signature"
contient "et ce que dit l'autre" "$tap_sortie" "« 2022-07-13 » ici, « 2022-07-12 » ligne 2"
feuille f.csv 'numero;finess_et' ";$e1"
rien "sans numéro" 1 "ligne 2 (cellule A2) : erreur E-127" sons commande importer f.csv
feuille f.csv 'numero;finess_et' "X;"
rien "sans ESSMS" 1 "ligne 2 (cellule B2) : erreur E-127" sons commande importer f.csv
feuille f.csv 'numero;commune' "X;BOURG"
rien "ni colonne qui le désigne" 1 E-021 sons commande importer f.csv
feuille f.csv 'finess_et' "$e1"
rien "ni numéro de commande" 1 E-021 sons commande importer f.csv
feuille f.csv 'numero;finess_et' "X;$e1" "X;$e2" "X;$e1"
rien "le même ESSMS deux fois dans une commande" 1 "ligne 4 (cellule B4) : erreur E-129" sons commande importer f.csv
contient "les deux lignes" "$tap_sortie" "$e1, déjà ligne 2"
feuille f.csv 'numero;finess_et;fournisseur' "F;$e1;123456782" "F;$e2;552100554" "F;$e3;" "F;$e4;123456782"
code "un numéro par fournisseur" 0 importer f.csv
egal "deux commandes F" "$(sqlite3 c.db "select group_concat(fournisseur || ' ' || (select count(*) from commande_essms e where e.commande = o.fait)) from commande o where numero = 'F'")" "123456782 2,552100554 2"
feuille f.csv 'numero;finess_et;fournisseur' "G;$e1;123456782" "G;$e2;123 456 782"
rien "le même fournisseur écrit de deux façons" 1 "ligne 3 (cellule A3) : erreur E-128" sons commande importer f.csv
tient

# --- separators, encodings, headers ---
atelier_neuf
vus=0
for separateur in ';' ',' '\t'; do
    for codage in UTF-8 UTF-8-BOM WINDOWS-1252; do
        vus=$((vus + 1))
        {
            [ $codage = UTF-8-BOM ] && printf '\357\273\277'
            printf "Numéro;Finess ET;COMMUNE;Date-Signature;Inconnue\nS$vus;$e1;Bourg-en-Bresse « é »;12/07/2022;x\n" | tr ';' "$separateur" |
                iconv -f UTF-8 -t "$(echo $codage | sed 's/-BOM//')"
        } >s.csv
        code "séparateur « $separateur », $codage" 0 importer s.csv
        contient "colonne ignorée, dite une fois" "$(printf '%s\n' "$tap_sortie" | grep -c 'Colonne ignorée : Inconnue')" 1
        egal "la commune se lit" "$(sqlite3 c.db "select commune from commande_essms where commande = (select fait from commande where numero = 'S$vus')")" "Bourg-en-Bresse « é »"
    done
done
egal "neuf feuilles" "$vus" 9
{ printf "numero;finess_et;commune\nU1;$e1;Bourg-en-Bresse « é »\n"; printf "U2;$e2;Bourg-en-Bresse « é »\n" | iconv -f UTF-8 -t WINDOWS-1252; } >s.csv
code "deux codages dans une feuille" 0 importer s.csv
contient "dit, avec la ligne" "$tap_sortie" "deux codages mêlés : la feuille est en Windows-1252 ; de l'UTF-8 est lu comme tel à la ligne 2"
egal "les deux communes se lisent" "$(sqlite3 c.db "select group_concat(commune, ',') from commande_essms where commande in (select fait from commande where numero like 'U_')")" "Bourg-en-Bresse « é »,Bourg-en-Bresse « é »"
{ printf "\357\273\277numero;finess_et;commune\nU3;$e3;é\n"; printf "U4;$e4;é\n" | iconv -f UTF-8 -t WINDOWS-1252; } >s.csv
rien "une feuille qui s'annonce en UTF-8 n'en est pas" 1 "s.csv, ligne 3 : erreur E-016" sons commande importer s.csv
printf 'numero;finess_et\r\nCR;%s\r\n\r\n;;\r\n' $e1 >f.csv
code "CRLF, lignes vides" 0 importer f.csv
egal "un ESSMS" "$(essms_de CR)" 1
feuille f.csv 'commune;finess_et;numero' "GEX;$e1;ORDRE"
code "les colonnes dans un autre ordre" 0 importer f.csv
egal "lues" "$(essms_de ORDRE)" 1

# --- numbers and dates ---
fine=$(printf '\342\200\257') insecable=$(printf '\302\240')
vus=0
while IFS='|' read -r montant attendu; do
    vus=$((vus + 1))
    feuille f.csv 'numero;finess_et;montant_ht' "M$vus;$e1;\"$montant\""
    if [ "$attendu" = - ]; then
        rien "montant « $montant » refusé" 1 "montant_ht : montant illisible" sons commande importer f.csv
    else
        code "montant « $montant »" 0 importer f.csv
        egal "vaut $attendu" "$(valeur M$vus ht)" "$attendu"
    fi
done <<FIN
6 570,00|657000
6${fine}570,00|657000
6${insecable}570,00 €|657000
6570.00|657000
6570|657000
0,5|50
0|0
6.570|-
6,570|-
1,234,567.00|-
-5|-
12 34,00|-
6570,001|-
abc|-
9999999999999999|-
FIN
egal "quinze montants" "$vus" 15
vus=0
while IFS='|' read -r date attendu; do
    vus=$((vus + 1))
    feuille f.csv 'numero;finess_et;date_signature' "J$vus;$e1;$date"
    if [ "$attendu" = - ] || [ "$attendu" = "à venir" ]; then
        [ "$attendu" = - ] && faute=E-123 || faute=E-223
        rien "date « $date » refusée" 1 "erreur $faute" sons commande importer f.csv
        contient "sa cellule" "$tap_sortie" "ligne 2 (cellule C2)"
    else
        code "date « $date »" 0 importer f.csv
        egal "vaut $attendu" "$(valeur J$vus "date(date_signature * 86400, 'unixepoch')")" "$attendu"
    fi
done <<FIN
12/07/2022|2022-07-12
2022-07-12|2022-07-12
05/12/2022|2022-12-05
06/12/2022|à venir
31/02/2022|-
2022-13-01|-
12/07/22|-
07/2022|-
12/07/1999|-
hier|-
FIN
egal "dix dates" "$vus" 10
sans_zero=${e1#0}
vus=0
while IFS='|' read -r numero attendu; do
    vus=$((vus + 1))
    feuille f.csv 'numero;finess_et' "N$vus;$numero"
    if [ "$attendu" = - ]; then
        rien "FINESS « $numero » refusé" 1 "ligne 2 (cellule B2) : erreur E-125" sons commande importer f.csv
    else
        code "FINESS « $numero »" 0 importer f.csv
        egal "est $attendu" "$(sons commande voir N$vus --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 2)" "$attendu"
    fi
done <<FIN
$e1|$e1
$sans_zero|$e1
$(echo $e1 | sed 's/\(...\)\(...\)/\1 \2 /')|$e1
2a$(echo $c1 | cut -c 3-)|$c1
$c1|$c1
2C$(echo $c1 | cut -c 3-)|-
${e1%?}$(( (${e1#????????} + 1) % 10 ))|-
12345|-
${e1}0|-
1234567O9|-
FIN
egal "dix numéros" "$vus" 10

# --- SIRET ---
feuille f.csv 'numero;siret_essms' "T1;30752392800157" ";307 523 928 00157"
rien "par SIRET, le même deux fois : un seul ESSMS" 1 "E-129" sons commande importer f.csv
feuille f.csv 'numero;siret_essms' "T1;307 523 928 00157"
code "par SIRET" 0 importer f.csv
egal "trouvé" "$(sons commande voir T1 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 2)" "$e1"
feuille f.csv 'numero;siret_essms' "T2;30752392800207"
rien "SIRET partagé" 1 "plusieurs établissements partagent ce SIRET" sons commande importer f.csv
contient "combien" "$tap_sortie" "2 établissements"
feuille f.csv 'numero;siret_essms' "T3;12345678200002"
rien "SIRET inconnu" 1 "aucun établissement de la dernière base n'a ce SIRET" sons commande importer f.csv
feuille f.csv 'numero;siret_essms' "T4;30752392800158"
rien "SIRET faux" 1 "E-126" sons commande importer f.csv
feuille f.csv 'numero;finess_et;siret_essms' "T5;$e4;30752392800207"
code "le FINESS donné l'emporte sur un SIRET partagé" 0 importer f.csv

# --- amounts per ESSMS ---
parts() { sqlite3 c.db "select group_concat(coalesce(ht, '') || '/' || coalesce(ttc, ''), ' ') from (select * from commande_essms where commande = (select fait from commande where numero = '$1') order by et)"; }
feuille f.csv 'numero;finess_et;montant_ht_essms;montant_ht;taux_tva;montant_tva;montant_ttc' "P1;$e1;10,00;30,01;20;6,00;36,01" ";$e2;20,01;;;;"
code "les HT par ESSMS font le HT" 0 importer f.csv
egal "parts au prorata, le reste au premier" "$(parts P1)" "1000/1200 2001/2401"
feuille f.csv 'numero;finess_et;montant_ht;montant_ttc' "P2;$e1;10,00;100,00" ";$e2;;" ";$e3;;"
code "sans HT par ESSMS : parts égales" 0 importer f.csv
egal "le reste aux premiers" "$(parts P2)" "334/3334 333/3333 333/3333"
feuille f.csv 'numero;finess_et;montant_ht_essms;montant_ht' "P3;$e1;10,00;30,01" ";$e2;20,00;"
rien "ils ne font pas le HT" 1 "la somme des montant_ht_essms n'est pas montant_ht" sons commande importer f.csv
contient "somme et total" "$(printf '%s\n' "$tap_sortie" | tr -d '\302\240\342\200\257')" "30,00"
feuille f.csv 'numero;finess_et;montant_ht_essms;montant_ht' "P4;$e1;10,00;30,00" ";$e2;;"
rien "il en manque un" 1 "il manque le montant de certains ESSMS" sons commande importer f.csv
feuille f.csv 'numero;finess_et;montant_ht_essms' "P5;$e1;10,00" ";$e2;20,00"
code "HT total calculé des parts" 0 importer f.csv
egal "et marqué calculé" "$(valeur P5 'ht, calcules & 1')" "3000|1"
feuille f.csv "$pleine" "P6;$e5;2022-07-12;2022-07-12;S1;1;non;oui;oui;A;B;manuscrite;1825,00;20;;;bon.pdf"
code "TVA et TTC absents" 0 importer f.csv
egal "calculés, marqués" "$(valeur P6 'tva, ttc, calcules')" "36500|219000|6"
contient "« calculé, non lu »" "$(sons commande voir P6 2>/dev/null)" "(calculé, non lu)"
egal "leur règle attend" "$(verdict P6 BAR-04)" "en attente"
cas "et l'export les laisse vides" sh -c 'printf "%s" "$1" | grep -q ";1825,00;20;;;"' sh "$(sons commande voir P6 --format csv 2>/dev/null)"

# --- values ---
vus=0
while IFS='|' read -r colonne bonne fausse; do
    vus=$((vus + 1))
    feuille f.csv "numero;finess_et;$colonne" "V$vus;$e1;$bonne"
    code "$colonne « $bonne »" 0 importer f.csv
    feuille f.csv "numero;finess_et;$colonne" "W$vus;$e1;$fausse"
    rien "$colonne « $fausse » refusé" 1 "ligne 2 (cellule C2) : erreur" sons commande importer f.csv
done <<FIN
couloir|MS2-PDS|MS4
mode_signature|eidas|tampon
mode_signature|Manuscrite|x
sous_condition|non|peut-être
mention_segur|OUI|1
deja_equipe|12/03/2019|bientôt
deja_equipe|oui|31/02/2019
taux_tva|8,5|200
taux_tva|0|abc
motif_tva|non_assujetti|franchise
motif_tva|Non assujetti|-
fournisseur|552 100 554|123456789
finess_ej|$og|12
FIN
egal "treize colonnes" "$vus" 13
long=$(printf '%0600d' 0)
feuille f.csv 'numero;finess_et;solution' "L;$e1;$long"
rien "texte trop long" 1 "texte trop long" sons commande importer f.csv

# --- derived, or waiting ---
atelier_neuf
feuille f.csv 'numero;finess_et;date_signature;solution' "D1;$e1;2022-07-12;S1"
code "OG et couloir déduits" 0 importer f.csv
contient "OG" "$(sons commande voir D1 2>/dev/null)" "OG                  $og"
contient "couloir" "$(sons commande voir D1 2>/dev/null)" "couloir             MS1"
egal "ni l'un ni l'autre n'est dans le fait" "$(valeur D1 "coalesce(ej, 'sans'), couloir")" "sans|0"
feuille f.csv 'numero;finess_et;date_signature;solution' "D2;$e2;2022-07-12;Deux couloirs"
code "une solution de deux couloirs" 0 importer f.csv
egal "le couloir attend" "$(verdict D2 FIN-06)" "en attente"
feuille f.csv 'numero;finess_et;date_signature;solution' "D3;$e3;2022-07-12;dui chataigne"
code "solution par son nom, sans accents" 0 importer f.csv
egal "reconnue" "$(verdict D3 COM-12)" conforme
feuille f.csv 'numero;finess_et;date_signature;solution;couloir' "D4;$pds;2022-10-12;Même nom;MS2-PDS"
code "un nom, un numéro par couloir" 0 importer f.csv
contient "celui du couloir" "$(sons expliquer D4 COM-12 2>/dev/null)" 552100554
feuille f.csv 'numero;finess_et;finess_ej;date_signature;couloir' "D5;$e4;$autre;2022-07-12;MS1"
code "un OG donné est vérifié" 0 importer f.csv
egal "faux : anomalie" "$(verdict D5 FIN-02)" "non conforme"
feuille f.csv 'numero;finess_et' "D6;$e5"
code "un numéro et un ESSMS suffisent" 0 importer f.csv
contient "tout le reste attend" "$tap_sortie" "1 commande lue : 1 en attente. Enregistrée."
vus=0
for regle in FIN-01 FIN-06 COM-01 COM-04 COM-08 COM-09 COM-12 BAR-01 BAR-04 UNI-01 REF-02 AVA-03; do
    egal "D6 : $regle attend" "$(verdict D6 $regle)" "en attente"
    vus=$((vus + 1))
done
egal "douze règles" "$vus" 12

# The supplier: the holder when an éditeur, else the solution's, whenever it is known.
fournisseur_de() { sons controler --format csv 2>/dev/null | awk -F ';' -v n="$1" '$1 == n { print $2; exit }'; }
feuille f.csv 'numero;finess_et;solution' "H;$e1;S4"
registre t.db; rm -f t.db
sons initialiser --fictif --role editeur --siren 123456782 >/dev/null
code "titulaire éditeur" 0 importer f.csv
egal "c'est lui" "$(valeur H fournisseur)" 123456782
registre o.db; rm -f o.db
sons initialiser --fictif --role og --siren 356000000 >/dev/null
code "titulaire OG, solution inconnue" 0 importer f.csv
egal "personne" "$(valeur H fournisseur)" 0
egal "il attend" "$(verdict H COM-12)" "en attente"
sons solution importer solutions.csv >/dev/null 2>&1
egal "connue : son éditeur" "$(fournisseur_de H)" 552100554
code "la même feuille, la solution connue" 0 importer f.csv
contient "inchangée" "$tap_sortie" "inchangée"
feuille f.csv 'numero;finess_et;solution' "I;$e1;S4"
code "titulaire OG, solution connue" 0 importer f.csv
egal "son éditeur" "$(valeur I fournisseur)" 552100554
tient

# --- again ---
registre c.db
atelier_neuf
feuille f.csv "$pleine" "A;$e1;$conforme" "B;$e2;$conforme" "B;$e3;;;;;;;;;;;;;;;"
sed -i 's/^\(B;.*\);1825,00;20;365,00;2190,00/\1;3650,00;20;730,00;4380,00/' f.csv
code "deux commandes" 0 importer f.csv
contient "enregistrées" "$tap_sortie" "2 commandes lues : 2 conformes. Toutes enregistrées."
n=$(entrees)
rien "la même feuille : inchangée" 0 "2 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer f.csv
sed "1!s/12;2022-07-12/12;12\/07\/2022/; s/1825,00/1 825,00/" f.csv | tr ';' '\t' >g.csv
rien "autrement écrite : inchangée" 0 "inchangées" sons commande importer g.csv
{ head -n 1 f.csv; grep '^B' f.csv | tail -n 1 | sed 's/;;*$//'; } >/dev/null
{ cat f.csv; echo "N;$e4;$conforme"; } >g.csv
code "une ligne de plus" 0 importer g.csv
contient "une enregistrée, deux inchangées" "$tap_sortie" "1 enregistrée, 2 inchangées"
egal "une entrée de plus" "$(entrees)" $((n + 1))
change() { # NAME SED PART: the row that differs is refused with the difference
    sed "$2" f.csv >g.csv
    cas "$1 : la feuille change" sh -c '! cmp -s f.csv g.csv'
    rien "$1 : refusé" 1 "E-131" sons commande importer g.csv
    contient "$1 : la différence" "$(printf '%s' "$tap_sortie" | tr '\n' ' ' | sed "s/$fine/ /g; s/$insecable/ /g")" "$3"
}
change "un HT" '2s/1825,00/1824,00/' "g.csv, ligne 2 (cellule M2) : erreur E-131 : la commande A est déjà enregistrée : montant_ht diffère"
change "ses deux valeurs" '2s/1825,00/1824,00/' "trouvé  : 1 824,00 €    attendu : 1 825,00 €"
change "une date" '2s/;2022-07-12;S1/;2022-07-11;S1/' "date_signature diffère"
change "un signataire" '2s/Mme A/Mme Z/' "signataire diffère"
change "un mode" '2s/manuscrite/cpx/' "trouvé  : cpx    attendu : manuscrite"
change "un ESSMS de moins" '4d' "l'ESSMS $e3 diffère"
change "un ESSMS de plus" "4a B;$e5;;;;;;;;;;;;;;;" "l'ESSMS $e5 diffère"
change "une valeur retirée" '2s/;oui;oui;Mme/;;oui;Mme/' "mention_segur diffère"
change "un « non » retiré" '2s/;non;oui;oui;Mme/;;oui;oui;Mme/' "sous_condition diffère"
change "un texte retiré" '2s/directrice//' "trouvé  : (vide)    attendu : directrice"
printf '%%PDF-1.4\nautre\n' >autre.pdf
change "une pièce" '2s/bon.pdf/autre.pdf/' "la pièce diffère"
contient "ce qu'il faut faire" "$tap_sortie" "sons commande joindre A FICHIER --role bon_de_commande"
code "jointe autrement" 0 sons commande joindre A autre.pdf --role bon_de_commande
sed '2s/bon.pdf/autre.pdf/' f.csv >g.csv
rien "elle est de la commande" 0 "inchangées" sons commande importer g.csv
sed '2s/;bon.pdf/;/' f.csv >g.csv
rien "une feuille qui n'en dit rien" 0 "inchangées" sons commande importer g.csv
{ cat f.csv; echo "NN;$e5;$conforme"; } | sed '2s/1825,00/1824,00/' >g.csv
rien "une seule ligne diffère : rien n'est enregistré" 1 "E-131" sons commande importer g.csv

# What is said of one ESSMS.
feuille f.csv 'numero;finess_et;libelle_essms;commune;montant_ht_essms' "Q;$e4;Un;Gex;10,00" "Q;$e5;Deux;Belley;20,00"
sons commande importer f.csv >/dev/null 2>&1
change "un libellé" '3s/Deux/Trois/' "g.csv, ligne 3 (cellule C3) : erreur E-131 : la commande Q est déjà enregistrée : le libellé de $e5 diffère"
change "une commune" '2s/Gex/Nantua/' "la commune de $e4 diffère"
change "un montant" '2s/10,00/11,00/' "l'ESSMS $e4 diffère"
change "ses deux montants" '2s/10,00/11,00/' "trouvé  : 11,00 €    attendu : 10,00 €"

# --- one ESSMS, two orders of one sheet ---
for ordre in "T1 T2" "T2 T1"; do
    atelier_neuf
    set -- $ordre
    feuille f.csv "$pleine" "$1;$e1;$conforme" "$2;$e1;$conforme"
    sed -i '/^T2/s/2022-07-12;2022-07-12/2022-07-13;2022-07-13/' f.csv
    code "deux commandes du même ESSMS, lignes $ordre" 0 importer f.csv
    contient "une anomalie, une conforme" "$tap_sortie" "2 commandes lues : 1 conforme, 1 anomalie"
    egal "la première signée est informée" "$(verdict T1 UNI-01), $(verdict T1 UNI-02)" "conforme, non conforme"
    egal "l'autre est en anomalie" "$(verdict T2 UNI-01), $(verdict T2 UNI-02)" "non conforme, conforme"
    contient "elle nomme la première" "$(sons controler T2 2>&1)" "commande T1 du 12/07/2022"
done
atelier_neuf
feuille f.csv "$pleine" "U1;$e1;$conforme" "U2;$e1;$conforme"
code "signées le même jour" 0 importer f.csv
egal "le rang du fait décide" "$(verdict U1 UNI-01), $(verdict U2 UNI-01)" "conforme, non conforme"

# --- ambiguous number ---
feuille f.csv 'numero;finess_et;fournisseur' "Z;$e3;123456782" "Z;$e4;552100554"
sons commande importer f.csv >/dev/null 2>&1
for verbe in "commande voir" controler expliquer "avance demander"; do
    rien "$verbe Z : ambigu" 2 "123456782/Z, 552100554/Z" sons $verbe Z
done
code "levé par le SIREN" 0 sons commande voir 552100554/Z
contient "le bon" "$tap_sortie" "ESSMS $e4"
rien "un numéro inconnu" 1 "il n'y a pas de commande 552100554/Y" sons commande voir 552100554/Y

# --- --essai, --strict ---
feuille f.csv "$pleine" "ES;$e5;$conforme"
rien "--essai : tout est dit, rien n'est écrit" 0 "1 commande lue : 1 conforme. Enregistrée." sons commande importer f.csv --essai
contient "et cela aussi" "$tap_sortie" "Essai : rien n'est écrit dans c.db."
feuille f.csv "$pleine" "ST;$e5;$conforme" "SU;$e5;$conforme"
rien "--strict : une anomalie refuse tout" 1 UNI-01 sons commande importer f.csv --strict
feuille f.csv "$pleine" "ST;$e5;$conforme"
rien "--strict : le bon d'une autre commande" 1 "à vérifier : le même fichier est joint à" sons commande importer f.csv --strict
printf '%%PDF-1.4\nun autre\n' >autre-bon.pdf
sed -i 's/;[^;]*\.pdf$/;autre-bon.pdf/' f.csv
code "--strict : tout est conforme" 0 sons commande importer f.csv --strict

# --- ways to sign: each of them and no other ---
for mode in manuscrite cpx psc rgs eidas; do
    feuille f.csv "$pleine" "MO-$mode;$e5;$(echo "$conforme" | sed "s/;manuscrite;/;$mode;/")"
    code "signature $mode" 0 importer f.csv
    egal "signature $mode : rendue, et jugée conforme" "$(sons commande lister --format csv 2>/dev/null | grep "^MO-$mode;" | cut -d ';' -f 20), $(sons expliquer MO-$mode COM-08 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5)" "$mode, conforme"
    code "signature $mode : la même feuille" 0 importer f.csv
    contient "signature $mode : inchangée" "$tap_sortie" "Déjà enregistrée"
done
feuille f.csv "$pleine" "MO-fax;$e5;$(echo "$conforme" | sed "s/;manuscrite;/;fax;/")"
rien "signature par télécopie" 1 "mode_signature" sons commande importer f.csv
feuille f.csv 'numero;finess_et' "SW;$e2"
rien "--strict : une attente refuse" 1 "en attente" sons commande importer f.csv --strict

# --- exported, imported ---
atelier_neuf
mkdir exp
feuille f.csv "$pleine;reference_externe;libelle_essms;commune;couloir;finess_ej;motif_tva;fournisseur;montant_ht_essms" \
    "X1;$e1;$conforme;CRM-1;\"EHPAD \"\"UN\"\"; bis\";Bourg;MS1;$og;;123456782;1825,00" \
    "X2;$e2;2022-07-12;2022-07-12;S1;1;;;12/03/2019;;;;;;;;;'=CRM+1;'-tiret;'@x;;;exemption;552100554;"
printf 'X3;%s;;;;;;;;;;;10;20;;;\n' $e3 >>f.csv
code "des commandes de toutes sortes" 0 importer f.csv
sons commande lister --format csv >exp/x.csv 2>/dev/null
egal "trois lignes" "$(sed 1d exp/x.csv | wc -l)" 3
cas "la référence externe y est" grep -q 'CRM-1' exp/x.csv
cas "protégée des tableurs" grep -q "'=CRM+1" exp/x.csv
egal "et gardée telle quelle" "$(valeur X2 reference_externe)" "=CRM+1"
rien "l'export réimporté : inchangées" 0 "3 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer exp/x.csv
neuf copie.db
sons commande importer exp/x.csv >/dev/null 2>&1
sons commande lister --format csv >exp/y.csv 2>/dev/null
egal "importé ailleurs, l'export est le même" "$(diff exp/x.csv exp/y.csv)" ""
registre c.db
sons financement declarer --finess-et $e1 --fonds esms_numerique --phase amorcage --volet equipement --nature renouvellement --dui "'=D" --dui-reference non --etat rembourse --date-etat 2022-01-01 >/dev/null 2>&1
sons financement declarer --finess-et $e2 --fonds fse --etat candidature >/dev/null 2>&1
for genre in fournisseur solution financement; do
    sons $genre lister --format csv >exp/$genre.csv 2>/dev/null
    cas "$genre : une ligne au moins" [ "$(wc -l <exp/$genre.csv)" -gt 1 ]
    if [ $genre = financement ]; then
        code "$genre : réimporté" 0 sons $genre importer exp/$genre.csv # a new list: that fact alone
    else
        rien "$genre : réimporté" 0 "inchangé" sons $genre importer exp/$genre.csv
    fi
    contient "$genre : tout est inchangé" "$tap_sortie" "déjà enregistré"
done

# --- one order given twice in a sheet, its supplier written on some rows only: short, then long enough to read ahead what is known ---
for n in 3 510; do
    neuf deux$n.db 2022-12-05T09:00:00Z
    sons finess importer base.csv >/dev/null 2>&1
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    {
        echo "$pleine;fournisseur"
        i=1
        while [ $i -le $n ]; do echo "N$i;$e1;$conforme;"; i=$((i + 1)); done
    } >une.csv
    { cat une.csv; echo "N2;$e1;$conforme;123456782"; } >deux.csv
    rien "$n commandes, une deux fois, avec son fournisseur et sans" 1 "la commande N2 est donnée deux fois, son fournisseur écrit autrement" sons commande importer deux.csv
    contient "$n commandes : l'autre ligne est dite" "$(sons commande importer deux.csv 2>&1)" "même numéro et même fournisseur ligne 3"
    code "$n commandes, chacune une fois" 0 sons commande importer une.csv
    egal "$n commandes enregistrées" "$(sqlite3 "$SONS_REGISTRE" 'select count(*), count(distinct numero) from commande')" "$n|$n"
    avant=$(entrees)
    code "$n commandes, encore, le fournisseur écrit" 0 sons commande importer deux.csv
    egal "$n commandes : rien de nouveau" "$(entrees)" "$avant"
done
tient
fermer
