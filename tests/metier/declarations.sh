# What an order declares of its lines and of its conditions: read, kept, given back, told; and an order of version 1, read for ever.
. "$SONS_SRCDIR/tests/tap.sh"
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier declarations
neuf r.db
tete='numero;finess_et;date_signature;montant_ht;lignes;engagement;option;reste_a_charge'
feuille() { f=$1; shift; printf '%s\n' "$tete" "$@" >"$f"; }
importer() { sons commande importer "$1" 2>&1; }
vue() { sons commande lister --format csv "$@" | cut -d ';' -f 1,25-28; }

# --- read, exported, read again ---
feuille f.csv 'D-1;2A0001079;2022-09-14;3333,33;"Licence 2 000,00 |formation 833,33|installation 500,00 | messagerie 200,00 OG";non;oui;0' \
    'D-2;2A0002549;2022-09-14;1000,00;;;;' 'D-3;2A0000360;2022-09-14;;licence | autre og;;;12,5'
code "trois commandes" 0 importer f.csv
contient "enregistrées" "$tap_sortie" "3 commandes lues"
egal "rendues" "$(vue | tr -d '\r"\357\273\277')" "numero;lignes;engagement;option;reste_a_charge
D-1;licence 2000,00 | installation 500,00 | formation 833,33 | messagerie 200,00 og;non;oui;0,00
D-2;;;;
D-3;licence | autre og;;;12,50"
rien "la même feuille" 0 "3 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer f.csv
sons commande lister --format csv >export.csv
rien "l'export réimporté" 0 "3 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer export.csv
tient
egal "le fait est de version 2" "$(sqlite3 r.db "select count(*) from journal where octets like '%fait CommandeEnregistree-V2%'")" 3
contient "ses lignes, triées" "$(sqlite3 r.db "select octets from journal where octets like '%numero D-1%'")" "lignes formation 83333 etat
lignes installation 50000 etat
lignes licence 200000 etat
lignes messagerie 20000 og
engagement non
option oui
reste_a_charge 0"

# --- a difference is shown as people write it ---
sed 's/messagerie 200,00 OG/messagerie 201,00 og/' f.csv >g.csv
rien "une ligne diffère" 1 "la commande D-1 est déjà enregistrée : lignes diffère" sons commande importer g.csv
contient "trouvé" "$tap_sortie" "messagerie 201,00 og"
contient "attendu" "$tap_sortie" "licence 2000,00 | installation 500,00 | formation 833,33 | messagerie 200,00 og"
sed 's/;non;oui;0/;oui;oui;0/' f.csv >g.csv
rien "un engagement diffère" 1 "engagement diffère" sons commande importer g.csv
sed 's/12,5$/12,51/' f.csv >g.csv
rien "un reste à charge diffère" 1 "reste_a_charge diffère" sons commande importer g.csv

# --- faults of form ---
faute() { # NAME ROW PART
    feuille g.csv "$2"
    rien "$1" 1 "$3" sons commande importer g.csv
}
faute "une nature inconnue" 'X;2A0001079;2022-09-14;1,00;licence 1,00 | voyage 2,00;;;' "« voyage 2,00 »"
faute "un montant illisible" 'X;2A0001079;2022-09-14;1,00;licence 6.570;;;' "lignes : ligne de commande illisible"
faute "une somme fausse" 'X;2A0001079;2022-09-14;3,01;licence 1,00 | suivi 2,00;;;' "la somme des lignes à la charge de l'État n'est pas montant_ht"
faute "le total du devis" 'X;2A0001079;2022-09-14;3,00;licence 1,00 | messagerie 2,00 og;;;' "montant_ht compte aussi les lignes que paie l'OG"
faute "un mot de trop" 'X;2A0001079;2022-09-14;3,00;;peut-être;;' "engagement : valeur inconnue"
faute "un reste négatif" 'X;2A0001079;2022-09-14;3,00;;;;-1' "reste_a_charge : montant illisible"
feuille g.csv 'Y;2A0001699;2022-09-14;3,00;licence 1,00 | suivi 2,00 | messagerie 9,00 og;;;' 'Z;2A0001129;2022-09-14;3,00;licence | suivi 2,00;;;'
code "une somme juste, et une qui ne se fait pas" 0 importer g.csv

# --- the rules, from the sheet to the explanation ---
verdict() { sons expliquer "$1" "$2" | sed -n "s/^$2 \\([a-z ]*\\).*/\\1/p" | sed 's/ *$//'; }
base 2022-01-03 >b.csv
o=$(finess 01000001) o2=$(finess 01000002) e1=$(finess 01000011) e2=$(finess 01000012) e3=$(finess 01000013) e4=$(finess 01000014)
{ et "$e1" "$o" 500 4401; et "$e2" "$o" 165 4604; et "$e3" "$o" 255 4602; et "$e4" "$o2" 500 4401; } >>b.csv
neuf d.db
sons finess importer b.csv >/dev/null
{ base 2022-01-03; ej "$o" "" "GROUPEMENT" | sed 's/;;60;Association/;;66;GCSMS/'; } >ej.csv
code "le groupement" 0 sons finess importer ej.csv
tete='numero;finess_et;finess_ej;date_signature;couloir;montant_ht;lignes;engagement;option;reste_a_charge'
feuille f.csv "A;$e1;$o;2022-09-14;MS1;;;;;" "B;$e1;$o;2022-09-14;MS1;;licence | messagerie og;non;non;0" \
    "C;$e1;$o;2022-09-14;MS1;;licence | messagerie;oui;;" "D;$e1;$o;2022-09-14;MS1;;licence | formation 10,00 og;non;;3,00" \
    "E;$e2;$o;2022-09-14;MS1;;licence | autre;;;" "F;$e3;$o;2022-09-14;MS1;;;;;" "G;$e4;$o;2022-09-14;MS1;;;;;"
code "sept commandes" 0 importer f.csv
egal "rien n'est déclaré : rien n'est contrôlé, rien ne bloque" "$(verdict A COM-02), $(verdict A COM-03), $(verdict A COM-14)" "sans objet, sans objet, sans objet"
contient "et cela se dit" "$(sons expliquer A COM-02)" "ni lignes ni reste à charge ne sont déclarés : non contrôlé"
egal "exclue, payée par l'OG : information" "$(verdict B COM-02), $(verdict B COM-03), $(verdict B COM-14)" "conforme, conforme, non conforme"
contient "COM-14 est une information" "$(sons expliquer B COM-14)" "COM-14 non conforme (information)"
egal "exclue sous la phrase de l'État" "$(verdict C COM-02), $(verdict C COM-03), $(verdict C COM-14)" "non conforme, non conforme, conforme"
contient "la liste et sa source" "$(sons expliquer C COM-02)" "paramètre prestation.exclues = messagerie changement rattrapage infrastructure"
contient "deux restes à charge" "$(sons expliquer D COM-02)" "l'OG paie ce que la prestation comprend ; il reste 3,00"
egal "l'option n'est pas déclarée" "$(verdict D COM-03)" "sans objet"
egal "une ligne « autre »" "$(verdict E COM-02)" "en attente"
egal "ACT commandé en MS1" "$(verdict E FIN-04), $(verdict E FIN-07), $(verdict E FIN-08)" "conforme, non conforme, sans objet"
egal "4602 de MS1 par l'agrégat" "$(verdict F FIN-04), $(verdict F FIN-07), $(verdict F FIN-08)" "conforme, conforme, non conforme"
egal "un GCSMS pour un membre" "$(verdict G FIN-02), $(verdict G FIN-03), $(verdict A FIN-03)" "conforme, non conforme, conforme"
contient "montrée dans la feuille" "$(sons commande importer --essai f.csv 2>&1; sons controler C 2>&1)" "COM-02"

# --- names and towns (FIN-05), other orders of the OG (COM-11) ---
m1=$(finess 01000021) m2=$(finess 01000022) m3=$(finess 01000023) o3=$(finess 01000003)
{ base 2022-01-03; et "$m1" "$o3" 500 4401 "EHPAD RES ST JOSEPH" "BOURG EN BRESSE CEDEX 2"; et "$m2" "$o3" 500 4401 "EHPAD LES LILAS" "GEX"
  et "$m3" "$o3" 354 4605 "SSIAD LES LILAS" "GEX"; } >b.csv
neuf n.db
sons finess importer b.csv >/dev/null
sons solution declarer --numero-ans S1 --nom "DUI Un" --siren-editeur 123456782 --couloir MS1 --version=1 --dossier-complet-le 2022-03-01 --reference-le 2022-04-01 >/dev/null
tete='numero;finess_et;libelle_essms;commune;date_signature;solution;couloir'
feuille f.csv "A;$m1;Ehpad résidence Saint-Joseph;Bourg-en-Bresse;2022-09-14;DUI Un;MS1" \
    "B;$m2;S.S.I.A.D. Les Lilas;Gex;2022-09-15;S1;MS1" "C;$m3;SSIAD Les Lilas;Nantua;2022-09-16;Autre;MS1" "D;$m1;;;2022-09-17;DUI Un;MS1"
code "quatre commandes nommées" 0 importer f.csv
egal "abréviations, accents, CEDEX" "$(verdict A FIN-05)" conforme
contient "et cela se dit" "$(sons expliquer A FIN-05)" "aux abréviations, à une faute de frappe ou à l'ordre des mots près"
egal "le nom d'un voisin" "$(verdict B FIN-05)" "non conforme"
contient "il est nommé" "$(sons expliquer B FIN-05)" "autre ESSMS de l'OG : $m3"
contient "la tolérance a ses paramètres" "$(sons expliquer B FIN-05)" "paramètre rapprochement.part_commune = 50"
contient "et dit ce qui ne compte pas" "$(sons expliquer B FIN-05)" "les tirets, les abréviations, CEDEX, l'arrondissement et l'ordre des mots ne comptent pas"
egal "une autre commune" "$(verdict C FIN-05), $(verdict D FIN-05)" "non conforme, sans objet"
egal "même solution, par son nom ou son numéro" "$(verdict A COM-11), $(verdict B COM-11), $(verdict C COM-11)" "non conforme, non conforme, conforme"
contient "les autres sont nommées" "$(sons expliquer A COM-11)" "pour cette solution : B et D"
registre r.db
feuille() { f=$1; shift; printf '%s\n' 'numero;finess_et;date_signature;montant_ht;lignes;engagement;option;reste_a_charge' "$@" >"$f"; }

# --- version 1: the same entry under its old name ---
feuille g.csv 'V1;2A0002820;2022-09-14;3,00;;;;'
code "la dernière commande" 0 importer g.csv
sons commande lister --format csv >avant.csv
declencheurs=$(grep '^create trigger' "$SONS_SRCDIR/src/registre/livre.sql")
sqlite3 r.db "drop trigger journal_sans_update; drop trigger journal_sans_delete;
    update journal set octets = replace(octets, 'CommandeEnregistree-V2', 'CommandeEnregistree-V1') where numero = (select max(numero) from journal);
    pragma user_version = 2001; $declencheurs"
egal "l'entrée est de version 1" "$(sqlite3 r.db "select octets like '%CommandeEnregistree-V1%' from journal order by numero desc limit 1")" 1
code "un registre d'avant se lit" 0 sons commande lister --format csv
sons commande lister --format csv >apres.csv
cas "et se projette de même" cmp avant.csv apres.csv
rien "sa feuille est inchangée" 0 "inchangée" sons commande importer g.csv
contient "le journal dit le fait tel qu'il est écrit" "$(sons journal voir | tail -n 3)" "CommandeEnregistree"
tient "le registre d'avant se vérifie"
fermer
