# FINESS bases: which serves which period, when it may still change, what an order keeps.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier bases
egal "la clé calculée ici est celle de FINESS" "$(finess 01078005) $(finess 2A000002) $(finess 2B000001)" "010780054 2A0000022 2B0000012"

# og grows from 4 to 5; parti is gone in 2023; bouge goes from og to autre.
og=$(finess 01000001); autre=$(finess 01000002); disparu=$(finess 01000003)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014)
bouge=$(finess 01000015); x1=$(finess 01000016); d1=$(finess 01000017); social=$(finess 01000018)
en2022() {
    et $e1 $og 500 4401 "EHPAD \"\"UN\"\"" "BOURG" 30752392800157 | sed 's/;EHPAD ""UN"";/;"EHPAD ""UN""";/'
    et $e2 $og 500 4401; et $e3 $og 183 4101; et $bouge $og 460 4605; et $social $og 295 4504
    et $x1 $autre 500 4401; et $d1 $disparu 500 4401 "EHPAD DISPARU" "NANTUA"
}
en2023() { et $e1 $og 500 4401; et $e2 $og 500 4401; et $e3 $og 183 4101; et $e4 $og 500 4401; et $e5 $og 255 4301; et $bouge $autre 460 4605; et $social $og 295 4504; et $x1 $autre 500 4401; }
fichier() { f=b-$2.csv; { base "$2"; $1; } >"$f"; printf '%s' "$f"; }
importer() { sons finess importer "$(fichier "$@")" 2>/dev/null; }
sert() { sqlite3 "$SONS_REGISTRE" "select group_concat(case couloir when 1 then 'MS1' when 2 then 'PDS' when 3 then 'PDE' else 'MS3' end || ' ' || annee || ' ' || date(date * 86400, 'unixepoch'), ', ') from (select * from base_designee order by annee, couloir)"; }
n_de() { sons bareme $og --base "$1" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 1; }

# --- the rule ---
neuf r.db 2023-06-01T09:00:00Z
for jour in 2022-01-02 2022-01-04 2021-12-31 2022-02-01 2022-12-31 2023-02-01; do
    importer en2022 $jour >/dev/null
done
egal "ni la veille ni le lendemain du 3 janvier 2022, ni hors de janvier 2023" "$(sert)" ""
contient "le 3 janvier 2022 exactement" "$(importer en2022 2022-01-03)" "Sert de référence : MS1 2022, MS2-PDS 2022, MS2-PDE 2022."
contient "une base de janvier 2023" "$(importer en2023 2023-01-20)" "Sert de référence : MS1 2023."
contient "une plus ancienne la remplace" "$(importer en2023 2023-01-12)" "Sert de référence : MS1 2023."
egal "une plus récente, non" "$(importer en2023 2023-01-31 | grep -c 'Sert de référence')" 0
contient "le premier jour de janvier" "$(importer en2023 2023-01-01)" "Sert de référence : MS1 2023."
servies="MS1 2022 2022-01-03, PDS 2022 2022-01-03, PDE 2022 2022-01-03, MS1 2023 2023-01-01"
egal "MS2 de 2023 et MS3 : à la main seulement" "$(sert)" "$servies"
egal "onze bases" "$(sqlite3 r.db 'select count(*) from finess_base')" 11
tient

# --- again, otherwise ---
avant=$(entrees)
code "le même fichier deux fois" 0 sons finess importer b-2022-01-03.csv
contient "il est reconnu" "$tap_sortie" "Fichier déjà importé : rien n'est changé."
gzip -c b-2022-01-03.csv >meme.csv.gz
rien "un autre fichier de la même date : refusé" 1 "une autre base d'établissements du 03/01/2022 est déjà importée" sons finess importer meme.csv.gz
egal "aucune entrée" "$(entrees)" "$avant"
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; ej $autre "" AUTRE; } >ej.csv
code "les entités juridiques de la même date" 0 sons finess importer ej.csv
contient "donnent son nom et son SIREN à l'OG" "$(sons finess voir $og --base 2022-01-03 2>/dev/null | head -n 1)" "ASSOCIATION D'ESSAI, SIREN 123456782"
egal "et rien à une autre base" "$(sons finess voir $og --base 2023-01-01 2>/dev/null | head -n 1 | grep -c "D'ESSAI")" 0
egal "les guillemets doublés d'un nom" "$(sqlite3 r.db "select raison_sociale from finess_et where cle = (select fait << 32 | $(printf %s $e1 | sed 's/^0*//') from finess_base where date = 18995 and forme = 'cs1100502')" 2>/dev/null | head -n 1)" "$(sons finess voir $e1 --base 2022-01-03 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 3 | sed 's/^"//; s/"$//; s/""/"/g')"

# --- by hand ---
rien "sans motif" 2 "--motif" sons finess designer 2023 2023-01-20 --couloir MS2-PDS
rien "une base qui n'est pas là" 1 "aucune base d'établissements du 05/04/2023" sons finess designer 2023 2023-04-05 --couloir MS2-PDS --motif essai
rien "une année sans vague" 2 "2022 à 2024" sons finess designer 2021 2022-01-03 --motif essai
code "MS2 de 2023" 0 sons finess designer 2023 2023-02-01 --couloir MS2-PDS --motif "extraction du printemps"
egal "elle sert" "$(sert)" "$servies, PDS 2023 2023-02-01"
contient "le motif est au journal" "$(sons journal voir "$(entrees)" 2>/dev/null)" "motif extraction du printemps"
code "tous les couloirs de 2024" 0 sons finess designer 2024 2023-01-31 --motif "aucun texte"
egal "quatre de plus" "$(sqlite3 r.db 'select count(*) from base_designee')" 9
code "à la main contre la règle" 0 sons finess designer 2023 2023-01-20 --couloir MS1 --motif essai
importer en2023 2023-01-05 >/dev/null
contient "la règle n'y revient plus" "$(sert)" "MS1 2023 2023-01-20"
tient

# --- until an order has been judged on it ---
entete='numero;finess_et;date_signature;couloir;solution'
commande() { { echo "$entete"; printf '%s;%s;%s;MS1;S\n' "$@"; } >c-$1.csv; sons commande importer c-$1.csv 2>&1; }
gel() { # NAME COMMAND…: a base of 20 January, an order before it, then the command: frozen or not by it
    gel_nom=$1; shift
    neuf g.db 2023-06-01T09:00:00Z
    commande AVANT $e1 2023-03-01 >/dev/null
    sed '1s/$/;montant_ht;taux_tva;montant_tva;montant_ttc/; 2s/$/;2433,33;20;486,67;2920,00/; s/AVANT/TTC/' c-AVANT.csv >c-TTC.csv
    sed -i "s/$e1/$e2/" c-TTC.csv
    sons commande importer c-TTC.csv >/dev/null 2>&1
    importer en2023 2023-01-20 >/dev/null
    "$@" >gel.sortie 2>&1
    importer en2023 2023-01-12 >/dev/null
    egal "$gel_nom" "$(sert)" "$gel_attendu"
}
printf '%%PDF-1.4\n' >piece.pdf
gel_attendu="MS1 2023 2023-01-12"
gel "rien jugé depuis : la plus ancienne la remplace" true
gel "une commande d'une autre année ne la fige pas" commande C2022 $x1 2022-11-01
gel "ni d'un autre couloir" sh -c 'printf "numero;finess_et;date_signature;couloir\nP;%s;2023-03-01;MS2-PDS\n" "$1" >p.csv; "$0" commande importer p.csv' "$SONS" $x1
gel "ni une liste de financements" sh -c 'echo "finess_et;fonds;etat" >fi.csv; "$0" financement importer fi.csv' "$SONS"
gel_attendu="MS1 2023 2023-01-20"
gel "une commande enregistrée la fige" commande APRES $x1 2023-03-01
gel "une commande sans couloir aussi" sh -c 'printf "numero;finess_et;date_signature\nQ;%s;2023-03-01\n" "$1" >q.csv; "$0" commande importer q.csv' "$SONS" $x1
gel "une pièce jointe aussi" sons commande joindre AVANT piece.pdf --role bon_de_commande
gel "une avance demandée aussi" sons avance demander TTC
tient

# A lot emitted on it, though order and request came before.
neuf l.db 2023-06-01T09:00:00Z
sons fournisseur declarer --siren 123456782 --nom E --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution declarer --numero-ans S --nom S --siren-editeur 123456782 --couloir MS1 --version=1 --dossier-complet-le 2022-04-20 --reference-le 2022-06-15 >/dev/null 2>&1
echo 'finess_et;fonds;etat' >fi.csv
sons financement importer fi.csv >/dev/null 2>&1
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
    echo "L;$e1;2023-03-01;2023-03-01;S;1;non;oui;oui;A;B;manuscrite;1825,00;20;365,00;2190,00;piece.pdf"
} >l.csv
sons commande importer l.csv >/dev/null 2>&1
sons avance demander L >/dev/null 2>&1
importer en2023 2023-01-20 >/dev/null
code "le lot part" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
importer en2023 2023-01-12 >/dev/null
egal "un lot émis la fige" "$(sert)" "MS1 2023 2023-01-20"
tient

# --- from one year to the next ---
neuf a.db 2023-06-01T09:00:00Z
importer en2022 2022-01-03 >/dev/null
importer en2023 2023-01-12 >/dev/null
egal "N passe de 4 à 5" "$(n_de 2022-01-03) $(n_de 2023-01-12)" "4 5"
commande VIEILLE $e1 2022-12-31 >/dev/null
commande NEUVE $e2 2023-01-01 >/dev/null
commande BOUGE22 $bouge 2022-11-01 >/dev/null
commande PARTI23 $d1 2023-02-01 >/dev/null
commande PARTI22 $d1 2022-12-01 >/dev/null
explique() { sons expliquer "$@" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
egal "présent en 2022" "$(explique PARTI22 FIN-02)" conforme
egal "absent en 2023" "$(explique PARTI23 FIN-02)" "non conforme"
bareme_de() { sons expliquer "$1" BAR-01 2>/dev/null | grep -o 'bareme.[A-F]' | sort -u; }
{
    echo 'numero;finess_et;finess_ej;date_signature;couloir;montant_ht;taux_tva;montant_tva;montant_ttc'
    echo "M22;$e1;;2022-10-01;MS1;2433,33;20;486,67;2920,00"
    echo "M23;$e2;;2023-02-01;MS1;1825,00;20;365,00;2190,00"
    echo "B22;$bouge;$og;2022-10-01;MS1;2433,33;20;486,67;2920,00"
    echo "B23;$bouge;$og;2023-02-01;MS1;1825,00;20;365,00;2190,00"
    echo "B23A;$bouge;$autre;2023-02-02;MS1;2433,33;20;486,67;2920,00"
} >m.csv
sons commande importer m.csv >/dev/null 2>&1
egal "tranche B au 1er octobre 2022 (N = 4)" "$(bareme_de M22)" bareme.B
egal "tranche C au 1er février 2023 (N = 5)" "$(bareme_de M23)" bareme.C
egal "l'ESSMS sous son OG de 2022" "$(explique B22 FIN-02)" conforme
egal "plus sous lui en 2023" "$(explique B23 FIN-02)" "non conforme"
egal "sous l'autre en 2023" "$(explique B23A FIN-02)" conforme
contient "il a changé d'OG" "$(sons finess voir $autre --base 2023-01-12 --format csv 2>/dev/null)" "$bouge;$autre"
egal "la commande de 2022 garde sa base en 2024" "$(sons expliquer M22 BAR-01 --au 2024-02-01 2>/dev/null | grep -o 'bareme.[A-F]' | sort -u)" bareme.B
egal "un OG absent d'une base" "$(sons bareme $disparu --base 2023-01-12 >/dev/null 2>&1; echo $?)" 1
contient "et le dit" "$(sons bareme $disparu --base 2023-01-12 2>&1)" "n'est pas dans la base du 12/01/2023"

# No base for the period: never another.
neuf s.db 2023-06-01T09:00:00Z
importer en2022 2022-01-03 >/dev/null
commande SANS $e1 2023-03-01 >/dev/null
egal "base manquante : en attente" "$(explique SANS FIN-01)" "en attente"
contient "laquelle et comment" "$(sons controler SANS 2>&1)" "la première base datée entre le 01/01/2023 et le 31/01/2023"
commande AVEC $e2 2022-03-01 >/dev/null
egal "celle de 2022 sert 2022" "$(explique AVEC FIN-01)" conforme
tient
fermer
