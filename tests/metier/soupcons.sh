# Faults of entry planted one by one in a clean sheet: each is refused, questioned or put right with a word; the clean sheet gets none.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier soupcons
og=$(finess 01000001); autre=$(finess 2A000003)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014); c1=$(finess 2A000010)
{
    base 2022-01-03
    et $e1 $og 500 4401 "EHPAD UN" BOURG 30752392800157
    et $e2 $og 500 4401 "EHPAD DEUX" BELLEY 30752392800207
    et $e3 $og 500 4401 "EHPAD TROIS" GEX 30752392800207
    et $e4 $og 500 4401 "EHPAD QUATRE" OYONNAX; et $e5 $og 500 4401 "EHPAD CINQ" NANTUA
    et $c1 $autre 500 4401 "EHPAD CORSE" AJACCIO
} >base.csv
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Châtaigne;123456782;MS1;1;2022-04-20;2022-06-15
FIN
neuf r.db 2022-12-05T09:00:00Z
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution importer solutions.csv >/dev/null 2>&1
echo 'finess_et;fonds;etat' >vide.csv
sons financement importer vide.csv >/dev/null 2>&1
for n in a b c; do printf '%%PDF-1.4\nbon %s\n' $n >bon-$n.pdf; done
fin_a='oui;oui;Mme A;directrice;manuscrite;bon-a.pdf'
cat >propre.csv <<FIN
numero;finess_et;siret_essms;finess_ej;libelle_essms;commune;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece
A-10;$e1;30752392800157;$og;EHPAD UN;BOURG;12/07/2022;12/07/2022;DUI Châtaigne;1;3 000,00;20;600,00;3 600,00;non;$fin_a
A-10;$e2;;;EHPAD DEUX;BELLEY;;;;;;;;;;;;;;;
B-20;$e4;;$og;EHPAD QUATRE;OYONNAX;05/09/2022;05/09/2022;DUI Châtaigne;1;1500,00;20;300,00;1800,00;non;oui;oui;M. B;directeur;eidas;bon-b.pdf
C-30;$c1;;$autre;EHPAD CORSE;AJACCIO;14/09/2022;14/09/2022;S1;1;1 000,00;20;200,00;1 200,00;non;oui;oui;Mme C;présidente;rgs;bon-c.pdf
FIN
dites() { printf '%s\n' "$1" | grep -cE '(erreur|information) E-'; }
for forme in csv xlsx; do
    if [ $forme = xlsx ]; then
        cp r.db r0.db && sons commande importer propre.csv >/dev/null 2>&1 && sons commande lister --sortie propre.xlsx >/dev/null 2>&1 && cp r0.db r.db && rm -f r.db-*
    fi
    code "une feuille propre ($forme)" 0 sons controler --fichier propre.$forme
    egal "… dont rien n'est dit" "$(dites "$tap_sortie")" 0
    contient "… trois commandes" "$tap_sortie" "3 commandes contrôlées"
done
code "les échantillons" 1 sons controler --fichier samples/commandes.csv
egal "… rien de suspect non plus" "$(printf '%s\n' "$tap_sortie" | grep -cE ' E-17[23] ')" 0

# faute NAME CODE PART: the sheet f.csv is at fault as said.
n_fautes=0
faute() {
    n_fautes=$((n_fautes + 1))
    tap_sortie=$(sons controler --fichier "${4:-f.csv}" 2>&1)
    case $tap_sortie in *" $2 : "*"$3"*) ok "$1" ;; *) ko "$1"; printf '%s\n' "$tap_sortie" | grep -E ' : |à faire|trouvé' | sed 's/^/# /' | head -n 12 ;; esac
}
# changer NAME CODE PART LINE COLUMN VALUE [COLUMN VALUE]…: cells of the clean sheet put otherwise, by the letter of their column.
changer() {
    nom=$1 code_=$2 part=$3
    shift 3
    cp propre.csv f.csv
    while [ $# -ge 3 ]; do
        awk -F ';' -v OFS=';' -v l="$1" -v c="$2" -v v="$3" 'NR == l { $(index("ABCDEFGHIJKLMNOPQRSTU", c)) = v } { print }' f.csv >g.csv && mv g.csv f.csv
        shift 3
    done
    faute "$nom" "$code_" "$part"
}
S=E-173
changer "HT et TTC inversés" $S "le HT dépasse le TTC ; colonnes inversées ?" 2 K 3600 2 N 3000
changer "HT et TVA inversés" $S "la TVA dépasse le HT ; colonnes inversées ?" 2 K 600 2 M 3000
changer "montants en centimes" $S "cent fois trop grand ; en centimes ?" 2 K 300000 2 M 60000 2 N 360000
changer "montants en milliers d'euros" $S "en milliers d'euros ?" 2 K 3 2 M 0,6 2 N 3,6
changer "TTC d'un seul ESSMS" $S "le TTC est celui d'un seul ESSMS" 2 N 1800
changer "HT d'un seul ESSMS" $S "le HT est celui d'un seul ESSMS" 2 K 1500 2 M 600
changer "tout pour un seul ESSMS, au plafond" $S "le HT est juste celui d'un seul ESSMS" 2 K 1825 2 M 365 2 N 2190
changer "montants des lignes du devis" E-128 "le HT de chacun va dans montant_ht_essms" 3 K 1200
changer "la même ligne deux fois" E-129 "déjà ligne 2" 3 B $e1
sed "4p;4s/B-20/B-21/" propre.csv >f.csv
faute "ligne recopiée sous un autre numéro" $S "même ESSMS, mêmes montants et même date sous un autre numéro ; ligne recopiée ?"
changer "ligne recopiée, un FINESS oublié" $S "le SIRET de la ligne est celui d'un autre établissement" 3 C 30752392800157
changer "FINESS tiré vers le bas" E-125 "tiré vers le bas par le tableur ?" 3 B $((${e1#0} + 1)) 2 B ${e1#0}
sed '3d' propre.csv | awk -F ';' -v OFS=';' -v b=$e2 -v c=$e3 'NR == 2 { print; $1 = "A-11"; $2 = b; $3 = ""; print; $1 = "A-12"; $2 = c; print; next } { print }' >f.csv
faute "numéro tiré vers le bas" $S "numéro tiré vers le bas par le tableur ?"
changer "date tirée vers le bas" E-128 "les valeurs se suivent : tirées vers le bas" 3 H 13/07/2022
changer "taux tiré vers le bas" E-128 "les valeurs se suivent" 3 L 21
changer "dates inversées" $S "la signature précède le document ; colonnes inversées ?" 2 G 12/07/2022 2 H 10/07/2022
changer "jour et mois inversés" $S "jour et mois inversés dans l'une des deux dates ?" 4 H 09/05/2022
changer "… à un mois d'écart" $S "jour et mois inversés dans l'une des deux dates ?" 4 G 08/09/2022 4 H 09/08/2022
changer "… le document de la veille" $S "jour et mois inversés dans l'une des deux dates ?" 4 G 04/09/2022 4 H 09/05/2022
changer "date à l'américaine" E-123 "mois et jour inversés ? écrire 25/07/2022" 2 H 07/25/2022
changer "année sur deux chiffres" E-123 "quatre chiffres" 2 H 12/07/22
changer "nombre de jours" E-123 "(12/07/2022 ?) : mettre la colonne au format date" 2 H 44754
changer "signature à venir" E-223 "la signature est à venir" 2 H 12/07/2027
changer "dates de deux formes" E-144 "date_signature : des dates de deux formes" 4 H 2022-09-05
changer "date et heure" E-172 "date_signature : l'heure est laissée de côté" 2 H "12/07/2022 14:30"
changer "OG à la place de l'ESSMS" $S "est le numéro juridique d'un OG" 2 B $og
changer "ESSMS à la place de l'OG" $S "est le numéro d'un établissement, pas celui d'un OG" 2 D $e1
changer "SIRET à la place du FINESS" E-125 "c'est un SIRET : le mettre dans siret_essms" 2 B 30752392800157
changer "SIREN à la place du FINESS" $S "307523928 est un SIREN, pas un numéro FINESS" 2 B 307523928
changer "zéro de tête perdu" E-172 "finess_et : zéro de tête remis" 2 B ${e1#0}
changer "FINESS mal recopié" E-125 "la clé du numéro FINESS est fausse" 2 B "${e4%?}$(((${e4#????????} + 3) % 10))"
changer "SIRET en nombre à exposant" E-126 "nombre à exposant" 2 C 3,07524E+13
changer "SIRET partagé" E-134 "$e2, $e3" 3 B "" 3 C 30752392800207
changer "numéro en nombre à exposant" $S "un nombre à exposant : le tableur a changé cette valeur ?" 4 A 1,2E+11
changer "numéro changé en date" $S "une date : le tableur a changé cette valeur ?" 4 A 01/05/2022
sons solution alias S1 "Arbre à pain" >/dev/null 2>&1
changer "autre nom d'une solution mal écrit" $S "solution inconnue du registre ; « Arbre à pain » ?" 2 I "Arbre a pin"
changer "solution mal écrite" $S "solution inconnue du registre ; « DUI Châtaigne » ?" 2 I "DUI Chatagne"
changer "texte dans un montant" E-124 "montant illisible" 2 K "trois mille"
changer "montant ambigu" E-124 "6.570 serait ambigu" 2 K 3.000
changer "taux 0,2" E-122 "20 pour 0,2" 2 L 0,2
changer "taux 0,085" E-122 "écrire le taux en pourcentage" 2 L 0,085
changer "oui ou non ailleurs" E-122 "valeur inconnue" 2 O peut-être
changer "formule" E-019 "formule de tableur" 2 K "=B2*2"
{ cat propre.csv; echo 'TOTAL;;;;;;;;;;5 500,00;;1 100,00;6 600,00;;;;;;;'; } >f.csv
faute "ligne de total" E-172 "ligne de total : passée"
{ cat propre.csv; echo ';;;;Total général;;;;;;5 500,00;;;;;;;;;;'; } >f.csv
faute "total dans une autre colonne" E-172 "ligne de total : passée"
{ cat propre.csv; echo ';;;;;;;;;;5 500,00;;1 100,00;6 600,00;;;;;;;'; } >f.csv
faute "total sans nom" E-127 "finess_et : la cellule est vide"
{ sed -n 1,2p propre.csv; echo; sed -n '3,$p' propre.csv; } >f.csv
faute "ligne vide au milieu" E-144 "ligne vide sautée : 3"
{ sed -n 1,2p propre.csv; echo; sed -n '3,$p' propre.csv | sed '1s/^A-10//'; } >f.csv
faute "numéro vide après une ligne vide" $S "numéro vide après une ligne vide"
{ echo 'Suivi des commandes'; echo; cat propre.csv; } >f.csv
faute "en-tête plus bas" E-144 "l'en-tête est à la ligne 3"
sed '2s/$/;reste/' propre.csv >f.csv
faute "colonne de trop" E-023 "plus de champs que l'en-tête"
sed '1s/commune/Numéro/' propre.csv >f.csv
faute "colonne en double" E-022 "colonne donnée deux fois"
sed '2s/EHPAD UN/"EHPAD "UN"/' propre.csv >f.csv
faute "guillemet mal placé" E-017 "texte après un guillemet"
cas "au moins quarante fautes plantées ($n_fautes)" [ "$n_fautes" -ge 40 ]

# With --strict a suspicion refuses; without, the order is recorded.
changer "encore la signature avant le document" $S "précède" 4 G 06/09/2022
rien "--strict : un soupçon refuse" 1 E-173 sons commande importer f.csv --strict
code "sans : il est dit, c'est tout" 0 sons commande importer f.csv
contient "… dit" "$tap_sortie" "à vérifier : la signature précède le document"
# By command, nothing is suspected of a sheet.
tient
fermer
