# Suppliers, solutions, fundings, attestations, pieces: recorded once, updated by a new fact, refused when wrong.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier registres
og=$(finess 01000001); e1=$(finess 01000010); e2=$(finess 01000011)
neuf r.db 2022-12-05T09:00:00Z
{ base 2022-01-03; et $e1 $og 500 4401; et $e2 $og 500 4401; } >base.csv
sons finess importer base.csv >/dev/null 2>&1
faits=$(entrees)
# fait NAME NUMBER command…: it succeeds and adds so many entries
fait() {
    fait_nom=$1; fait_n=$2; shift 2
    code "$fait_nom" 0 "$@"
    egal "$fait_nom : $fait_n fait(s)" "$(($(entrees) - faits))" "$fait_n"
    faits=$(entrees)
}
vu() { egal "$1" "$(sons $2 lister --format csv 2>/dev/null | sed 1d | grep "^$3")" "$4"; }

# --- suppliers ---
f="sons fournisseur declarer --siren 123456782"
fait "un fournisseur" 1 $f --nom Premier --role editeur --enrole-le 2022-06-20
fait "le même" 0 $f --nom Premier --role editeur --enrole-le 2022-06-20
contient "inchangé" "$tap_sortie" "inchangé"
fait "le même, son enrôlement tu" 0 $f --nom Premier --role editeur
fait "un autre nom" 1 $f --nom Second --role editeur
contient "ce qu'il remplace" "$tap_sortie" "Premier, editeur"
vu "l'enrôlement reste" fournisseur 123456782 "123456782;Second;editeur;2022-06-20"
fait "un autre rôle" 1 $f --nom Second --role distributeur
fait "un autre enrôlement" 1 sons fournisseur enroler 123456782 --le 2022-07-01
fait "le même enrôlement" 0 sons fournisseur enroler 123456782 --le 2022-07-01
fait "redéclaré, un autre enrôlement" 1 $f --nom Second --role distributeur --enrole-le 2022-07-02
fait "et le premier de nouveau" 1 $f --nom Second --role distributeur --enrole-le 2022-07-01
vu "il est pris" fournisseur 123456782 "123456782;Second;distributeur;2022-07-01"
fait "le rôle absent vaut éditeur" 1 sons fournisseur declarer --siren 552100554 --nom X
vu "éditeur" fournisseur 552100554 "552100554;X;editeur;"
rien "enrôler un inconnu" 1 "n'est pas déclaré" sons fournisseur enroler 356000000
rien "un SIREN faux" 1 E-126 sons fournisseur declarer --siren 123456789 --nom X
rien "sans nom" 1 E-127 sons fournisseur declarer --siren 356000000
rien "un rôle inconnu" 1 "editeur|distributeur" sons fournisseur declarer --siren 356000000 --nom X --role client
rien "un enrôlement à venir" 2 "--le est à venir" sons fournisseur enroler 123456782 --le 2022-12-06
printf 'siren;nom\n356000000;La Poste\n123456789;Faux\n;Sans\n356000000;\n' >f.csv
rien "trois fautes dans la feuille : rien" 1 E-126 sons fournisseur importer f.csv
egal "toutes dites" "$(printf '%s\n' "$tap_sortie" | grep -c '^f.csv, ligne [345] ')" 3
printf 'siren;nom\n356000000;La Poste\n356000000;La Poste\n356000000;La Banque\n' >f.csv
fait "trois lignes d'un même" 2 sons fournisseur importer f.csv
contient "deux enregistrés, un inchangé" "$tap_sortie" "2 enregistrés, 1 inchangé"

# --- solutions: one row a number, couloir and version ---
s="sons solution declarer --numero-ans S1 --nom Soins --siren-editeur 123456782 --couloir MS1"
fait "une solution" 1 $s --version=1 --dossier-complet-le 2022-04-20
fait "la même" 0 $s --version=1 --dossier-complet-le 2022-04-20
fait "une autre version" 1 $s --version=2 --dossier-complet-le 2022-04-20
vus=0
for dates in "--reference-le 2022-06-15" "--reference-le 2022-06-16" "--reference-le 2022-06-16 --refuse-le 2022-07-01" \
    "--reference-le 2022-06-16 --refuse-le 2022-07-02" "--reference-le 2022-06-16 --retire-le 2022-08-01" "--reference-le 2022-06-16"; do
    fait "elle change : $dates" 1 $s --version=1 --dossier-complet-le 2022-04-20 $dates
    fait "puis non" 0 $s --version=1 --dossier-complet-le 2022-04-20 $dates
    vus=$((vus + 1))
done
egal "six changements" "$vus" 6
fait "un autre éditeur" 1 sons solution declarer --numero-ans S1 --nom Soins --siren-editeur 552100554 --couloir MS1 --version=1 --dossier-complet-le 2022-04-20 --reference-le 2022-06-16
vu "deux versions" solution "S1;" "S1;Soins;552100554;MS1;1;2022-04-20;2022-06-16;;;
S1;Soins;123456782;MS1;2;2022-04-20;;;;"
rien "référencée avant son dossier" 1 "le référencement précède le dossier complet" $s --version=3 --dossier-complet-le 2022-04-20 --reference-le 2022-04-19
rien "retirée avant d'être référencée" 1 "le retrait précède le référencement" $s --version=3 --reference-le 2022-04-20 --retire-le 2022-04-19
rien "sans couloir" 1 E-127 sons solution declarer --numero-ans S2 --nom X --siren-editeur 123456782
rien "un couloir inconnu" 1 "MS1, MS2-PDS, MS2-PDE ou MS3" sons solution declarer --numero-ans S2 --nom X --siren-editeur 123456782 --couloir MS9

# --- fundings: a state is a fact; a list counts even empty ---
n="sons financement declarer --finess-et $e1 --fonds esms_numerique --phase generalisation --volet equipement --nature acquisition"
fait "un financement" 1 $n --dui D --dui-reference oui --etat candidature --date-etat 2022-06-01
fait "le même" 0 $n --dui D --dui-reference oui --etat candidature --date-etat 2022-06-01
fait "un autre état" 1 $n --dui D --dui-reference oui --etat engagement --date-etat 2022-06-01
fait "une autre date" 1 $n --dui D --dui-reference oui --etat engagement --date-etat 2022-06-02
fait "un autre DUI" 1 $n --dui E --dui-reference oui --etat engagement --date-etat 2022-06-02
fait "non référencé" 1 $n --dui E --dui-reference non --etat engagement --date-etat 2022-06-02
fait "on ne sait pas" 1 $n --dui E --etat engagement --date-etat 2022-06-02
fait "sans DUI" 1 $n --etat engagement --date-etat 2022-06-02
fait "d'un autre ESSMS" 1 sons financement declarer --finess-et $e2 --fonds feder --etat candidature
fait "le même" 0 sons financement declarer --finess-et $e2 --fonds feder --etat candidature
egal "huit lignes" "$(sons financement lister --format csv 2>/dev/null | sed 1d | wc -l)" 8
rien "ESMS numérique sans phase" 1 E-127 sons financement declarer --finess-et $e1 --fonds esms_numerique --etat candidature
rien "un état inconnu" 1 "candidature|engagement" $n --etat promis
egal "une déclaration n'est pas une liste" "$(sqlite3 r.db 'select count(*) from liste_financement')" 0
echo 'finess_et;fonds;etat' >vide.csv
fait "une liste vide" 1 sons financement importer vide.csv
contient "elle est dite" "$tap_sortie" "La liste vide est enregistrée"
fait "la même" 0 sons financement importer vide.csv
printf 'finess_et;fonds;etat\n%s;fse;refuse\n%s;feder;candidature\n' $e1 $e2 >liste.csv
fait "une liste : elle, et ce qu'elle apprend" 2 sons financement importer liste.csv
fait "la même" 0 sons financement importer liste.csv

# --- attestations and pieces of an order ---
printf '%%PDF-1.4\nun\n' >un.pdf
printf '%%PDF-1.4\ndeux\n' >deux.pdf
printf 'numero;finess_et;date_signature;piece\nA;%s;2022-07-12;un.pdf\nB;%s;2022-07-12;\n' $e1 $e2 >c.csv
fait "deux commandes" 2 sons commande importer c.csv
verdict() { sons expliquer "$1" "$2" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
egal "le bon de A est là, celui de B manque" "$(verdict A AVA-03), $(verdict B AVA-03)" "conforme, en attente"
fait "une autre pièce" 1 sons commande joindre A deux.pdf --role autre
egal "le bon y est toujours" "$(verdict A AVA-03)" conforme
fait "la même sous le même rôle" 0 sons commande joindre A deux.pdf --role autre
fait "sous un autre rôle" 1 sons commande joindre A deux.pdf --role bon_de_commande
fait "le bon de B" 1 sons commande joindre B un.pdf --role bon_de_commande
egal "B a le sien" "$(verdict B AVA-03)" conforme
egal "les octets ne sont gardés qu'une fois" "$(sqlite3 r.db 'select count(*) from piece')" 2
rien "un rôle inconnu" 2 "bon_de_commande" sons commande joindre A un.pdf --role facture
rien "une commande inconnue" 1 "il n'y a pas de commande Z" sons commande joindre Z un.pdf --role autre
t="sons financement attester A --piece un.pdf"
fait "une attestation" 1 $t --date-attestation 2022-07-12
fait "la même" 0 $t --date-attestation 12/07/2022
rien "la même pièce, une autre date" 1 "déjà enregistrée, d'une autre date" $t --date-attestation 2022-07-13
contient "les deux dates" "$tap_sortie" "trouvé  : 13/07/2022"
fait "jointe sans date : la même" 0 sons commande joindre A un.pdf --role attestation_non_cumul
fait "une autre pièce, une autre date" 1 sons financement attester A --piece deux.pdf --date-attestation 2022-08-01
egal "c'est elle qui compte" "$(sqlite3 r.db "select date(date * 86400, 'unixepoch') from non_cumul")" 2022-08-01
fait "l'ancienne encore : connue" 0 $t --date-attestation 2022-07-12
printf 'numero;date_attestation;piece\nB;2022-07-12;un.pdf\nA;2022-08-01;deux.pdf\n' >t.csv
fait "une feuille" 1 sons financement attester --fichier t.csv
contient "une enregistrée, une inchangée" "$tap_sortie" "1 enregistrée, 1 inchangée"
printf 'numero;date_attestation;piece\nZ;2022-07-12;un.pdf\nA;;un.pdf\nB;2022-07-12;absente.pdf\n' >t.csv
rien "trois fautes : rien" 1 "il n'y a pas de commande Z" sons financement attester --fichier t.csv
contient "la date" "$tap_sortie" "t.csv, ligne 3 (cellule B3) : erreur E-127"
egal "les dates tues et lues de la première liste n'ont rien changé" "$(entrees)" "$faits"
tient
fermer
