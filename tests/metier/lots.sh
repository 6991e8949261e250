# Requests and lots: states, justifications, refusals with all their reasons, the same bytes again.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null && command -v unzip >/dev/null || { echo "1..0 # SKIP sqlite3 ou unzip absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier lots

og=$(finess 01000001)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014); e6=$(finess 01000015)
{ base 2022-01-03; for e in $e1 $e2 $e3 $e4 $e5 $e6; do et $e $og 500 4401; done; } >base.csv
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
printf '%%PDF-1.4\nbon un\n' >bon1.pdf
printf '%%PDF-1.4\nbon deux\n' >bon2.pdf
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
tete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
suite='1;non;oui;oui;Mme A;directrice;manuscrite'
{
    echo "$tete"
    echo "BON;$e1;2022-07-12;2022-07-12;S1;$suite;1825,00;20;365,00;2190,00;bon1.pdf"
    echo "TVA;$e2;2022-07-12;2022-07-12;S1;$suite;1824,00;20;364,81;2188,81;bon1.pdf"
    echo "CHER;$e3;2022-07-12;2022-07-12;S1;1;non;non;oui;Mme A;directrice;manuscrite;1900,00;20;380,00;2280,00;"
    echo "SANS;$e4;2022-07-12;2022-07-12;S1;$suite;1825,00;;;;bon1.pdf"
    echo "DEUX;$e5;2022-07-12;2022-07-12;S1;$suite;1208,75;20;241,75;1450,50;bon2.pdf"
} >c.csv
atelier_neuf() {
    neuf "${1:-l.db}" "${2:-2022-12-05T09:00:00Z}"
    sons finess importer base.csv >/dev/null 2>&1
    sons finess importer ej.csv >/dev/null 2>&1
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    echo 'finess_et;fonds;etat' >vide.csv
    sons financement importer vide.csv >/dev/null 2>&1
    sons commande importer c.csv >/dev/null 2>&1
}
etat() { sons commande lister --format csv 2>/dev/null | awk -F ';' -v n="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^"?etat"?$/) c = i } NR > 1 && $1 == n { print $c; exit }'; }
emettre() {
    case "$*" in
    *--sortie*) sons lot emettre --fournisseur 123456782 --couloir MS1 "$@" ;;
    *) sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . "$@" ;;
    esac
}
lot1=lot-123456782-000001.zip
sans_blancs() { tr -d '\342\200\257\302\240'; }

# --- requests ---
atelier_neuf
egal "cinq commandes" "$(sons commande lister --format csv 2>/dev/null | sed 1d | wc -l)" 5
rien "rien à émettre" 1 "aucune demande à émettre" emettre
rien "ni commande, ni --toutes" 2 E-166 sons avance demander
rien "sans TTC : refusée" 1 "AVA-02" sons avance demander SANS
rien "une bonne et une sans TTC : rien" 1 "AVA-02" sons avance demander BON SANS
egal "enregistrée" "$(etat BON)" enregistree
code "une demande" 0 sons avance demander BON
contient "30 % de 2 190" "$(printf '%s' "$tap_sortie" | sans_blancs)" "1 avance demandée pour 657,00"
egal "demandée" "$(etat BON)" avance_demandee
rien "demandée deux fois" 1 "E-135" sons avance demander BON
contient "son état et sa demande" "$tap_sortie" "avance demandée (demande 1, 657,00"
code "la même deux fois sur la ligne : une fois" 0 sons avance demander DEUX DEUX
contient "arrondi au centime supérieur : 30 % de 1 450,50" "$(printf '%s' "$tap_sortie" | sans_blancs)" "1 avance demandée pour 435,15"
code "--toutes : celles qui manquent et se calculent" 0 sons avance demander --toutes
contient "comptées" "$tap_sortie" "2 avances demandées"
contient "celles d'avant aussi" "$tap_sortie" "2 étaient déjà demandées"
contient "celle sans montant est dite" "$tap_sortie" "commande SANS : le montant TTC n'est pas connu"
egal "quatre demandes, numérotées" "$(sqlite3 l.db 'select group_concat(numero) from (select numero from demande order by fait)')" 1,2,3,4
egal "AVA-02 : 435,15" "$(sqlite3 l.db "select montant from demande where commande = (select fait from commande where numero = 'DEUX')")" 43515
code "--le d'hier" 0 sons avance demander --toutes --le 2022-12-04 --essai
rien "--le à venir" 2 "--le est à venir" sons avance demander SANS --le 2022-12-06
rien "--le avant la signature" 1 "pas encore signées à cette date" sons avance demander BON --le 2022-07-11
tient

# --- justifications ---
rien "règle inconnue" 2 "règle inconnue" sons avance demander TVA --justifier XX-99=motif
rien "une anomalie ne se justifie pas" 2 "ce n'est pas une discordance" sons avance demander CHER --justifier BAR-01=motif
rien "sans motif" 2 "justification sans motif" sons avance demander TVA --justifier BAR-05=
rien "aucune commande n'a cette discordance" 1 "aucune des commandes n'a de discordance BAR-02" sons avance demander TVA --justifier BAR-02=motif
code "une discordance non justifiée arrête" 1 emettre --essai
contient "BAR-05" "$tap_sortie" "BAR-05"
n=$(entrees)
code "justifiée après la demande" 0 sons avance demander TVA --justifier "BAR-05=TVA arrondie ligne à ligne"
egal "un fait" "$(entrees)" $((n + 1))
contient "au journal, son motif et l'empreinte de ce qu'il justifie" "$(sons journal voir $((n + 1)) 2>/dev/null | grep -c -E '^(regle BAR-05|constat [0-9a-f]{64}|motif TVA arrondie ligne à ligne)$')" 3
contient "elle ne bloque plus" "$(sons commande voir TVA 2>/dev/null)" "rien ne bloque une émission"
contient "le contrôle la montre justifiée" "$(sons controler --format csv 2>/dev/null | grep '^TVA;.*BAR-05')" "TVA arrondie ligne à ligne"
rien "la même encore : rien à écrire" 0 "déjà demandée" sons avance demander TVA --justifier "BAR-05=autre motif"

# COM-10 says which boundaries the two dates stand apart of: later dates of the solution change the constat.
{
    echo "$tete"
    echo "DATE;$e6;2022-05-10;2022-08-20;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon1.pdf"
} >d.csv
code "deux dates de part et d'autre de l'ouverture" 0 sons commande importer d.csv
contient "discordance COM-10" "$tap_sortie" "COM-10"
code "justifiée avec la demande" 0 sons avance demander DATE --justifier "COM-10=document daté d'avance"
contient "ne bloque plus" "$(sons commande voir DATE 2>/dev/null)" "rien ne bloque une émission"
sed 's/;2022-04-20;2022-06-15/;2022-10-01;2022-11-15/' solutions.csv >s2.csv
code "la solution change de dates" 0 sons solution importer s2.csv
contient "la justification tombe, et c'est dit" "$(sons controler --format csv 2>/dev/null | grep '^DATE;.*COM-10')" "caduque : document daté d'avance"
contient "COM-10 bloque de nouveau" "$(sons commande voir DATE 2>/dev/null)" "discordance COM-10"
code "justifiée de nouveau" 0 sons avance demander DATE --justifier "COM-10=vérifié"
egal "deux justifications" "$(sqlite3 l.db "select count(*) from justification where regle = 'COM-10'")" 2
cas "COM-10 ne bloque plus" sh -c '! "$0" commande voir DATE 2>/dev/null | grep -q "discordance COM-10"' "$SONS"
sons solution importer solutions.csv >/dev/null 2>&1
egal "ses dates d'avant : la première justification vaut encore" "$(sons controler --format csv 2>/dev/null | grep '^DATE;.*COM-10' | grep -c "document daté d'avance")" 1
tient

# --- emission ---
rien "le dossier n'existe pas" 3 "absent" emettre --sortie absent
egal "rien d'autre n'est dit" "$(emettre --sortie absent 2>/dev/null)" "1 demande laissée de côté, raisons ci-dessus."
: >fichier
rien "ce n'est pas un dossier" 3 "fichier" emettre --sortie fichier
rien "un autre couloir : rien" 1 "demandes refusées : 0" sons lot emettre --fournisseur 123456782 --couloir MS2-PDS --sortie .
rien "un autre fournisseur : rien" 1 "demandes refusées : 0" sons lot emettre --fournisseur 552100554 --couloir MS1 --sortie .
rien "--strict : une refusée refuse tout" 1 "lot non émis : --strict" emettre --strict
cas "aucun fichier" [ ! -e $lot1 ]
rien "--essai" 1 "Lot 1 :" emettre --essai
cas "aucun fichier non plus" [ -z "$(ls -A . | grep -E 'zip|tmp$')" ]
code "le lot part, une demande reste" 1 emettre
contient "quatre demandes, quatre ESSMS, deux pièces" "$tap_sortie" "Lot 1 : 4 demandes, 4 ESSMS, 2 pièces"
contient "une laissée de côté" "$tap_sortie" "1 demande laissée de côté"
contient "toutes ses raisons : le plafond" "$tap_sortie" "commande CHER : anomalie BAR-01"
contient "la phrase de l'État" "$tap_sortie" "commande CHER : anomalie COM-09"
contient "la pièce" "$tap_sortie" "commande CHER : en attente AVA-03"
egal "émise" "$(etat BON)" avance_emise
egal "refusée : toujours demandée" "$(etat CHER)" avance_demandee
code "le lot se vérifie" 0 sons lot verifier $lot1
contient "fictif, quatre demandes" "$tap_sortie" "FICTIF : 4 demandes, 4 ESSMS, 2 pièces"
unzip -p $lot1 lot.xml >lot.xml
command -v xmllint >/dev/null && code "valide selon le schéma" 0 xmllint --noout --schema "$SONS_SRCDIR/schemas/lot-asp-1.xsd" lot.xml
contient "le nom de l'OG vient du fichier des EJ" "$(cat lot.xml)" "ASSOCIATION D'ESSAI"
egal "aucun nom de signataire" "$(grep -c 'Mme A' lot.xml)" 0
somme=$(sqlite3 l.db "select sum(montant) from demande where lot = 1")
contient "la somme de contrôle" "$(cat lot.xml)" "<sommeControle>$((somme / 100)).$(printf %02d $((somme % 100)))<"
egal "rien de reconstitué" "$(grep -c reconstitue lot.xml)" 0
rien "émise, elle ne se redemande pas" 1 "avance émise" sons avance demander BON
rien "ni ne se justifie" 1 "E-135" sons avance demander TVA --justifier "BAR-05=x"
rien "ni parmi toutes" 1 "aucune des commandes n'a de discordance BAR-05" sons avance demander --toutes --justifier "BAR-05=x"
rien "il ne reste que la refusée" 1 "demandes refusées : 1" emettre
tient

# --- the same bytes again ---
avant=$(empreinte $lot1)
egal "l'empreinte est celle du journal" "$(sqlite3 l.db 'select zip from lot')" "$avant"
rien "un fichier du même nom n'est pas remplacé" 1 "existe déjà" emettre --lot 1
mkdir refait
code "écrit de nouveau" 0 emettre --lot 1 --sortie refait
egal "octet pour octet" "$(empreinte refait/$lot1)" "$avant"
# What it is made of changes: names, pieces, enrolment, calendar, base.
a 2022-12-20T09:00:00Z
sons fournisseur declarer --siren 123456782 --nom "Renommé" --enrole-le 2022-11-01 >/dev/null 2>&1
sed 's/DUI Un/DUI Renommé/; s/2022-06-15/2022-06-16/' solutions.csv >s3.csv
sons solution importer s3.csv >/dev/null 2>&1
sons commande joindre BON bon2.pdf --role autre >/dev/null 2>&1
sons parametres calendrier proroge >/dev/null 2>&1
{ base 2022-01-02; et $e1 $og 500 4401; } >b2.csv
sons finess importer b2.csv >/dev/null 2>&1
sons finess designer 2022 2022-01-02 --motif essai >/dev/null 2>&1
sqlite3 l.db "delete from personne"
rm refait/$lot1
n=$(entrees)
code "encore, après d'autres faits" 0 emettre --lot 1 --sortie refait
egal "les mêmes octets" "$(empreinte refait/$lot1)" "$avant"
egal "aucun fait de plus" "$(entrees)" "$n"
cas "ces faits se voient ailleurs" sh -c '"$0" fournisseur lister 2>/dev/null | grep -q Renommé' "$SONS"
rien "un lot inconnu" 1 "il n'y a pas de lot 2" emettre --lot 2 --sortie refait
cp l.db casse.db
sqlite3 casse.db "update lot set zip = replace(zip, substr(zip, 1, 1), case substr(zip, 1, 1) when '0' then '1' else '0' end)"
rm -f refait/*
code "une empreinte qui ne revient pas" 4 emettre --lot 1 --sortie refait --registre casse.db
contient "le dit" "$tap_sortie" "E-143"
cas "et n'écrit rien" [ -z "$(ls -A refait)" ]

# --- lot verifier from outside ---
unset SONS_REGISTRE SONS_HORLOGE
mkdir dehors
cp $lot1 dehors/
cd dehors || exit 1
code "sans registre" 0 sons lot verifier $lot1
egal "rien n'est créé" "$(ls -A)" $lot1
head -c 2000 $lot1 >tronque.zip
code "tronqué" 1 sons lot verifier tronque.zip
code "absent" 3 sons lot verifier absent.zip
cd ..

# --- past dates ---
registre l2.db
atelier_neuf l2.db 2023-06-01T09:00:00Z
sons avance demander BON DEUX >/dev/null 2>&1
rm -f $lot1 bordereau-*.html
rien "--le à venir" 2 "--le est à venir" emettre --le 2023-06-02
sons fournisseur enroler 123456782 --le 2022-09-01 >/dev/null 2>&1
rien "avant la signature : rien" 1 "aucune demande à émettre" emettre --le 2022-07-11
rien "avant l'enrôlement : refusé" 1 "REF-04" emettre --le 2022-08-31
contient "les deux demandes" "$tap_sortie" "demandes refusées : 2"
code "avec un --le passé" 0 emettre --le 2022-12-05T10:00
contient "reconstitué" "$tap_sortie" "Lot 1 (reconstitué)"
unzip -p $lot1 lot.xml >lot.xml
egal "marqué dans le XML, partout" "$(grep -o 'reconstitue="true"' lot.xml | wc -l)" 3
contient "daté de ce jour" "$(cat lot.xml)" "<instant>2022-12-05T09:00:00Z</instant>"
contient "et dans la liste" "$(sons lot lister --format csv 2>/dev/null | tail -n 1)" ";oui;"
contient "et à la vérification" "$(sons lot verifier $lot1)" ", reconstitué"
egal "au journal : l'horloge, et le --le" "$(sons journal voir "$(entrees)" 2>/dev/null | grep -E '^(instant|le) ' | tr '\n' ' ')" "instant 2023-06-01T09:00:00Z le 2022-12-05T09:00:00Z "
tient
mkdir encore
code "écrit de nouveau, il l'est encore" 0 emettre --lot 1 --sortie encore
egal "les mêmes octets" "$(empreinte encore/$lot1)" "$(empreinte $lot1)"

# A real registre, today: the fermeture has passed.
registre vrai.db
unset SONS_HORLOGE
sons initialiser --role editeur --siren 123456782 >/dev/null
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution importer solutions.csv >/dev/null 2>&1
sons financement importer vide.csv >/dev/null 2>&1
sons commande importer c.csv >/dev/null 2>&1
sons avance demander BON >/dev/null 2>&1
rien "un registre réel, aujourd'hui : la fermeture est passée" 1 "AVA-01" emettre --sortie encore
rm -f encore/*
code "avec un --le d'alors : accepté" 0 emettre --sortie encore --le 2022-12-05T10:00
unzip -p encore/$lot1 lot.xml >lot.xml
egal "réel, reconstitué" "$(grep -c 'fictif' lot.xml) $(grep -o 'reconstitue="true"' lot.xml | wc -l)" "0 2"
tient
fermer
