# Fundings: every kind, their states in time, stage F both ways, the attestation of non-cumul, a list imported again.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier cumul
og=$(finess 01000001)
i=9
for v in e1 e2 e3 e4; do i=$((i + 1)); eval "$v=\$(finess 010000$i)"; done
neuf r.db 2022-12-05T09:00:00Z
{ base 2022-01-03; for e in $e1 $e2 $e3 $e4; do et $e $og 500 4401; done; } >base.csv
sons finess importer base.csv >/dev/null 2>&1
sons solution declarer --numero-ans EX-1 --nom "DUI Maquis" --siren-editeur 123456782 --couloir MS1 >/dev/null 2>&1
verdict() { sons expliquer "$1" "$2" --format csv ${3:+--au "$3"} 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
f() { sons financement declarer --finess-et "$@"; }
g="--fonds esms_numerique --phase generalisation --volet equipement --nature acquisition --dui-reference oui"

# --- no list: waits; lifted by a list, even empty, or by the attestation with its piece ---
printf 'numero;finess_et;date_signature;solution\nA;%s;2022-07-12;DUI Maquis\nB;%s;2022-07-13;DUI Maquis\n' $e1 $e2 >c.csv
code "deux commandes" 0 sons commande importer c.csv
tous() { for regle in CUM-01 CUM-02 CUM-03 CUM-04; do verdict "$1" $regle $2; done | tr '\n' ' '; }
egal "aucune liste : quatre règles attendent" "$(tous A)" "en attente en attente en attente en attente "
printf '%%PDF-1.4\nattestation\n' >att.pdf
rien "une attestation sans sa pièce" 1 E-127 sons financement attester A --date-attestation 2022-08-01
code "l'attestation de l'OG" 0 sons financement attester A --date-attestation 2022-08-01 --piece att.pdf
egal "elle lève les quatre attentes" "$(tous A)" "conforme conforme conforme conforme "
egal "… pas celles d'une autre commande" "$(tous B)" "en attente en attente en attente en attente "
egal "… ni avant sa date" "$(tous A 2022-07-31)" "en attente en attente en attente en attente "
egal "… dès ce jour" "$(tous A 2022-08-01)" "conforme conforme conforme conforme "
code "un financement connu" 0 f $e1 $g --dui "DUI Maquis" --etat engagement --date-etat 2022-09-01
egal "l'attestation ne le lève pas" "$(tous A)" "non conforme conforme conforme conforme "
egal "… avant lui, si" "$(tous A 2022-08-31)" "conforme conforme conforme conforme "
printf 'finess_et;fonds;etat\n' >vide.csv
code "une liste vide" 0 sons financement importer vide.csv
egal "elle vaut liste" "$(tous B)" "conforme conforme conforme conforme "
egal "… et ne dément pas ce qu'on sait" "$(verdict A CUM-01)" "non conforme"
egal "on dit ce qui manque à la liste" "$(printf '%s\n' "$tap_sortie" | grep -c 'ne sont pas dans cette liste')" 0

# --- candidature, letter, renunciation: own dates, --au ---
code "une candidature" 0 f $e2 $g --etat candidature --date-etat 2022-06-01
code "la lettre, qui nomme le DUI" 0 f $e2 $g --dui "DUI Maquis" --etat engagement --date-etat 2022-08-01
contient "ce qu'elle remplace est dit" "$tap_sortie" "candidature (01/06/2022), puis engagement (01/08/2022)"
code "la renonciation" 0 f $e2 $g --etat renonce --date-etat 2022-10-01
suite() { for jour in 2022-07-14 2022-07-31 2022-08-01 2022-09-30 2022-10-01; do verdict B $1 $jour; done | tr '\n' ' '; }
egal "CUM-01 suit les états" "$(suite CUM-01)" "conforme conforme non conforme non conforme conforme "
egal "CUM-04 aussi" "$(suite CUM-04)" "non conforme non conforme conforme conforme conforme "
egal "la liste dit l'état qui compte" "$(sons financement lister --format csv 2>/dev/null | grep "^$e2" | cut -d ';' -f 8,10)" "candidature;remplacé
engagement;remplacé
renonce;"
egal "… et à une date" "$(sons financement lister --au 2022-08-15 --format csv 2>/dev/null | grep "^$e2" | cut -d ';' -f 8,10 | tail -n 1 | cut -d ';' -f 1)" "engagement"

# --- stage F, the funding after the order ---
code "un autre DUI, sur un ESSMS commandé" 0 f $e1 --fonds esms_numerique --phase generalisation --volet usage --nature acquisition --dui Autre --etat engagement --date-etat 2022-10-03
contient "l'anomalie est sur le financement" "$tap_sortie" "anomalie CUM-05 : l'ESSMS $e1 est financé par ESMS numérique pour « Autre », un autre DUI"
contient "elle nomme la commande" "$tap_sortie" "commande A signée le 12/07/2022 (123456782), « DUI Maquis », en vigueur"
contient "et dit où lire" "$tap_sortie" "sons expliquer $e1 CUM-05"
contient "elle est comptée" "$tap_sortie" "1 financement lu : 1 anomalie. Enregistré."
numero=$(sqlite3 r.db 'select max(numero) from journal')
contient "le constat est au journal" "$(sons journal voir $numero 2>/dev/null)" "constat CUM-05 1 non_conforme commande=A"
code "le même numéro ANS que la commande" 0 f $e2 --fonds esms_numerique --phase generalisation --volet usage --nature acquisition --dui ex-1 --etat engagement --date-etat 2022-10-03
egal "est le même DUI" "$(printf '%s\n' "$tap_sortie" | grep -c CUM-05)" 0
rien "--strict refuse" 1 CUM-05 f $e2 --fonds esms_numerique --phase generalisation --volet usage --nature renouvellement --dui Autre --etat engagement --date-etat 2022-10-03 --strict
code "sous --essai, il est dit" 0 f $e2 --fonds esms_numerique --phase generalisation --volet usage --nature renouvellement --dui Autre --etat engagement --date-etat 2022-10-03 --essai
contient "dit" "$tap_sortie" "1 anomalie"

# --- stage F, the order after the funding ---
code "un financement, avant toute commande" 0 f $e3 $g --dui Autre --etat convention --date-etat 2022-06-01
egal "sans reproche" "$(printf '%s\n' "$tap_sortie" | grep -c CUM-05)" 0
printf 'numero;finess_et;date_signature;solution\nC;%s;2022-07-14;DUI Maquis\n' $e3 >c.csv
code "la commande ensuite" 0 sons commande importer c.csv
contient "elle a CUM-01" "$tap_sortie" "CUM-01"
egal "le financement a CUM-05" "$(sons financement lister --format csv 2>/dev/null | grep "^$e3" | cut -d ';' -f 10)" "anomalie CUM-05"
egal "… pas avant la signature" "$(sons financement lister --au 2022-07-13 --format csv 2>/dev/null | grep "^$e3" | cut -d ';' -f 10)" ""
code "expliqué" 0 sons expliquer $e3
contient "le financement" "$tap_sortie" "Financement de l'ESSMS $e3 : ESMS numérique, généralisation, équipement, acquisition, DUI « Autre » (référencé), convention du 01/06/2022"
contient "la règle" "$tap_sortie" "CUM-05 non conforme (anomalie)"
contient "l'autre règle" "$tap_sortie" "CUM-06 conforme"
code "une règle" 0 sons expliquer $e3 CUM-06
egal "elle seule" "$(printf '%s\n' "$tap_sortie" | grep -c '^CUM-')" 1
code "une règle de commande" 2 sons expliquer $e3 CUM-01
contient "refusée" "$tap_sortie" "ne juge pas un financement"
code "un ESSMS sans financement" 1 sons expliquer $e4
code "en CSV" 0 sons expliquer $e3 --format csv
contient "une ligne par règle" "$tap_sortie" "anomalie;non conforme;$e3;"

# --- two fundings of a software ---
code "amorçage, montée de version" 0 f $e4 --fonds esms_numerique --phase amorcage --volet usage --nature mise_en_conformite --dui "DUI Maquis" --etat convention --date-etat 2021-06-01
code "puis le même logiciel" 0 f $e4 --fonds esms_numerique --phase generalisation --volet equipement --nature renouvellement --dui ex-1 --dui-reference oui --etat engagement --date-etat 2022-10-03
contient "CUM-06" "$tap_sortie" "anomalie CUM-06 : l'ESSMS $e4 a déjà un financement du même logiciel"
printf 'numero;finess_et;date_signature;solution\nD;%s;2022-07-14;EX-1\n' $e4 >c.csv
sons commande importer c.csv >/dev/null 2>&1
egal "l'amorçage du même logiciel : discordance" "$(verdict D CUM-02)" "non conforme"
contient "le logiciel est dit" "$(sons expliquer D CUM-02 2>/dev/null)" "le logiciel de la commande"
code "controler tout" 1 sons controler
contient "compte les financements" "$tap_sortie" "financements contrôlés : 4 anomalies."
egal "et les montre" "$(sons controler --format csv 2>/dev/null | grep -c '^;[^;]*;CUM-0[56];anomalie')" 4
code "une commande nommée : ses règles seules" 1 sons controler A
egal "rien des financements" "$(printf '%s\n' "$tap_sortie" | grep -c 'financement.* contrôlé')" 0

# --- what cannot be ---
rien "la phase d'un autre fonds" 1 E-181 f $e4 --fonds feder --phase amorcage --nature acquisition --etat convention
rien "le volet d'un autre fonds" 1 E-181 f $e4 --fonds fse --volet usage --nature acquisition --etat convention
rien "l'équipement d'une mise en conformité" 1 E-181 f $e4 --fonds esms_numerique --phase generalisation --volet equipement --nature mise_en_conformite --etat convention
rien "l'usage d'une acquisition en amorçage" 1 E-181 f $e4 --fonds esms_numerique --phase amorcage --volet usage --nature acquisition --etat convention
printf 'finess_et;fonds;phase;volet;nature;etat;date_etat\n%s;esms_numerique;generalisation;usage;mise_en_conformite;engagement;2022-05-01\n%s;esms_numerique;generalisation;usage;mise_en_conformite;refuse;2022-05-01\n' $e4 $e4 >l.csv
rien "deux états contraires du même jour" 1 E-128 sons financement importer l.csv
contient "les deux lignes" "$tap_sortie" "refuse, et engagement à la ligne 2"

# --- a list again ---
sons financement lister --format csv >l.csv 2>/dev/null
avant=$(entrees)
code "l'export s'importe" 0 sons financement importer l.csv
contient "rien de nouveau" "$tap_sortie" "inchangés"
egal "notre colonne de plus ne fait pas de bruit" "$(printf '%s' "$tap_sortie" | grep -c "Colonne ignorée")" 0
egal "rien à faire" "$(($(entrees) - avant))" 0
code "encore" 0 sons financement importer l.csv
egal "ni la seconde fois" "$(($(entrees) - avant))" 0
printf 'finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat\n%s;esms_numerique;generalisation;equipement;acquisition;Autre;oui;rembourse;2022-12-01\n' $e3 >l.csv
code "une liste plus courte, un état nouveau" 0 sons financement importer l.csv
contient "ce qui change" "$tap_sortie" "convention (01/06/2022), puis rembourse (01/12/2022)"
contient "ce qui n'y est plus" "$tap_sortie" "des financements connus ne sont pas dans cette liste"
egal "CUM-05 est tombée" "$(sons financement lister --format csv 2>/dev/null | grep "^$e3" | tail -n 1 | cut -d ';' -f 8,10)" "rembourse;"
tient
fermer
