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
