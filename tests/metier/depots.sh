# From the lot to ASP's answer: deposit, cancellation, answers one by one and by files, what is sent back, lots of balances.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null && command -v unzip >/dev/null || { echo "1..0 # SKIP sqlite3 ou unzip absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier depots
generer=$SONS_BUILDDIR/tests/outils/generer_retour

og=$(finess 01000001)
for i in 0 1 2 3 4 5; do eval "e$i=$(finess 0100001$i)"; done
{ base 2022-01-03; for e in $e0 $e1 $e2 $e3 $e4 $e5; do et $e $og 500 4401; done; } >base.csv
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
for p in bon facture va delegation accuse autre courriel; do printf '%%PDF-1.4\n%s\n' $p >$p.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
tete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
suite='2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf'
{ echo "$tete"; echo "A;$e0;$suite"; echo "B;$e1;$suite"; echo "C;$e2;$suite"; echo "D;$e3;$suite"; echo "D;$e4;$suite"; } | sed 's/1825,00;20;365,00;2190,00;bon.pdf$/&/' >c.csv
sed -i "/^D;/s/1825,00;20;365,00;2190,00/3650,00;20;730,00;4380,00/" c.csv
sql() { sqlite3 "$SONS_REGISTRE" "$1"; }
etats() { sons commande lister --format csv "$@" 2>/dev/null | awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "etat") c = i; next } { print $1, $c }'; }
etat() { nom=$1; shift; etats "$@" | awk -v n="$nom" '$1 == n { print $2; exit }'; }
sans_blancs() { sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
emettre() {
    case "$*" in
    *--sortie*) sons lot emettre --fournisseur 123456782 --couloir MS1 "$@" ;;
    *) sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie "$dossier" "$@" ;;
    esac
}
depart_lot() { # four requests in the lot 1
    neuf "$1" 2022-12-05T09:00:00Z
    for f in base ej; do sons finess importer $f.csv >/dev/null 2>&1; done
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    echo 'finess_et;fonds;etat' >vide.csv
    sons financement importer vide.csv >/dev/null 2>&1
    sons commande importer c.csv >/dev/null 2>&1
    sons avance demander --toutes >/dev/null 2>&1
    mkdir -p "$1.lots"
    dossier=$1.lots
    emettre >/dev/null 2>&1
    a 2022-12-20T09:00:00Z
}
lot1=lot-123456782-000001.zip

# --- the bordereau ---
depart_lot a.db
cas "le bordereau est à côté du lot" [ -s a.db.lots/bordereau-123456782-000001.html ]
page=$(cat a.db.lots/bordereau-123456782-000001.html)
contient "son empreinte" "$page" "$(empreinte a.db.lots/$lot1)"
contient "sa somme" "$(printf %s "$page" | sans_blancs)" "3285,00 €"
egal "une ligne par demande" "$(printf '%s\n' "$page" | grep -c '^<tr><td class="m">[0-9]')" 4
mkdir refait
code "écrit de nouveau" 0 sons lot bordereau 1 --sortie refait
cas "le même, octet pour octet" cmp refait/bordereau-123456782-000001.html a.db.lots/bordereau-123456782-000001.html
cas "et lui seul" [ "$(ls refait)" = bordereau-123456782-000001.html ]

# --- deposit ---
egal "émis, non déposé" "$(etat A)" avance_emise
contient "la liste le dit" "$(sons lot lister)" "émis, non déposé"
rien "pas de réponse avant le dépôt" 1 "E-135" sons retour saisir A --statut validee --le 2022-12-10
rien "déposé avant d'être émis" 1 "déposé avant d'être émis" sons lot deposer 1 --le 2022-12-04
contient "… la date est bien écrite : vérifier, non récrire" "$tap_sortie" "à faire : vérifier cette date, et celle à laquelle elle est comparée"
rien "un dépôt à venir, plus tard le même jour" 2 "--le est à venir" sons lot deposer 1 --le 2022-12-20T23:00
rien "un dépôt à venir" 2 "--le est à venir" sons lot deposer 1 --le 2022-12-21
rien "un lot inconnu" 1 "E-132" sons lot deposer 7
rien "ce n'est pas un lot" 2 "ne désigne pas un lot" sons lot deposer x
rien "un accusé qui n'existe pas" 3 "absent.pdf" sons lot deposer 1 --accuse absent.pdf
code "déposé, sans accusé" 0 sons lot deposer 1 --le 2022-12-06T10:12:00
contient "quatre demandes" "$tap_sortie" "4 demandes"
contient "l'accusé manque, c'est dit" "$tap_sortie" "Aucun accusé de dépôt"
egal "déposées" "$(etat D)" avance_deposee
egal "la veille, elles ne l'étaient pas" "$(etat D --au 2022-12-05)" avance_emise
egal "ni pour qui savait alors" "$(etat D --connu-le 2022-12-05T10:00:00Z)" avance_emise
code "l'accusé arrive" 0 sons lot deposer 1 --le 2022-12-06T10:12:00 --accuse accuse.pdf
contient "ajouté" "$tap_sortie" "accusé de dépôt ajouté"
rien "le même dépôt" 0 "inchangé" sons lot deposer $lot1 --le 2022-12-06T10:12:00 --accuse accuse.pdf
rien "une autre heure" 1 "déjà déposé" sons lot deposer 123456782/1 --le 2022-12-06T10:13:00
rien "un autre accusé" 1 "déjà déposé" sons lot deposer 1 --le 2022-12-06T10:12:00 --accuse autre.pdf
rien "un lot déposé ne s'annule plus" 1 "lot déposé" sons lot annuler 1 --motif x
contient "au journal, la règle jugée" "$(sons journal voir $(sql "select max(fait) from vie") 2>/dev/null)" "constat AVA-01 1 conforme depose_le=2022-12-06T09:12:00Z"
egal "une fois pour le lot" "$(sons journal voir $(sql "select max(fait) from vie") 2>/dev/null | grep -c '^constat')" 1
contient "sans réponse" "$(sons demande lister --sans-reponse --format csv 2>/dev/null | sed -n 2p)" "A;123456782;avance;1;1;;657,00;1;"
egal "quatre attendent" "$(sons demande lister --sans-reponse --format csv 2>/dev/null | sed 1d | wc -l)" 4
egal "aucune la veille" "$(sons demande lister --sans-reponse --au 2022-12-05 --format csv 2>/dev/null | sed 1d | wc -l)" 0
tient
cp a.db deposes.db

# --- answers, one by one ---
rien "avant le dépôt" 1 "réponse datée d'avant le dépôt" sons retour saisir A --statut recue --le 2022-12-05
rien "à venir" 2 "--le est à venir" sons retour saisir A --statut recue --le 2022-12-21
rien "un statut inconnu" 1 "statut inconnu" sons retour saisir A --statut acceptée --le 2022-12-07
rien "un montant pour un rejet" 1 "seule une demande validée ou payée a un montant" sons retour saisir A --statut rejetée --montant 10,00 --le 2022-12-07
rien "une version à venir" 1 "n'était pas déposée" sons retour saisir A --statut recue --version 2 --le 2022-12-07
code "reçue" 0 sons retour saisir A --statut reçue --le 2022-12-07 --numero-asp SEG-1
egal "reçue par l'ASP" "$(etat A)" avance_recue
code "à modifier, avec ses motifs et sa pièce" 0 sons retour saisir SEG-1 --statut "À modifier" --le 2022-12-09 --motif "phrase | HT" --piece courriel.pdf
egal "son numéro vaut celui de la commande" "$(etat A)" avance_a_modifier
egal "les motifs, triés" "$(sql 'select motifs from reponse order by fait desc limit 1')" "HT | phrase"
rien "la même : inchangée" 0 "inchangée" sons retour saisir A --statut a_modifier --le 2022-12-09 --motif "HT | phrase"
rien "au même instant, une autre" 1 "deux réponses différentes au même instant" sons retour saisir A --statut validée --le 2022-12-09
rien "le numéro d'une autre" 1 "celui d'une autre demande" sons retour saisir B --statut recue --numero-asp SEG-1 --le 2022-12-09
rien "un autre numéro pour elle" 1 "un autre numéro" sons retour saisir A --statut recue --numero-asp SEG-9 --le 2022-12-10
code "validée, qui arrive tard" 0 sons retour saisir B --statut "décidée et payée" --le 2022-12-15 --montant 656,99
contient "un centime de moins : dit" "$(printf %s "$tap_sortie" | sans_blancs)" "656,99 € pour 657,00 €"
code "sa validation, d'avant" 0 sons retour saisir B --statut validée --le 2022-12-12
egal "l'état reste" "$(etat B)" avance_payee
egal "à sa date, elle était validée" "$(etat B --au 2022-12-13)" avance_validee
rien "payée puis rejetée" 1 "avait déjà décidé autrement" sons retour saisir B --statut rejetée --le 2022-12-16
rien "payée, et avant cela rejetée" 1 "avait déjà décidé autrement" sons retour saisir B --statut rejetée --le 2022-12-13
rien "une décision que l'ASP dément ensuite" 1 "répondait encore après cette décision" sons retour saisir A --statut décidée_et_payée --le 2022-12-08
rien "rien n'est écrit avec --essai" 0 "Réponse de l'ASP enregistrée" sons retour saisir C --statut recue --le 2022-12-09 --essai
tient

# --- sent back: corrected, asked again, same number, next version, judged on its first deposit ---
rien "rendue, elle n'est pas redemandée par --toutes" 0 "Aucune avance demandée" sons avance demander --toutes
code "la commande se corrige, nommée par l'ASP" 0 sons commande rectifier SEG-1 --montant-ht 1800,00 --montant-tva 360,00 --montant-ttc 2160,00 --motif "relue"
egal "son numéro reste le sien" "$(sql "select count(*) from commande where numero = 'A'")" 1
rien "redemandée avant d'être rendue" 1 "E-135" sons avance demander A --le 2022-12-08
code "redemandée" 0 sons avance demander A
rien "la réponse d'avant, relue : déjà là" 0 "inchangée" sons retour saisir A --statut a_modifier --le 2022-12-09 --motif "HT | phrase"
egal "même numéro, version suivante, montant refait" "$(sql 'select numero, version, montant from demande where commande = (select fait from commande where numero = "A")')" "1|2|64800"
code "dans un lot" 0 emettre
contient "le XML dit la version" "$(unzip -p a.db.lots/lot-123456782-000002.zip lot.xml)" "<version>2</version>"
code "annulé avant son dépôt" 0 sons lot annuler 2 --motif "une pièce illisible"
rien "deux fois : inchangé" 0 "inchangé" sons lot annuler 2 --motif "une pièce illisible"
rien "un lot annulé ne se dépose pas" 1 "lot annulé" sons lot deposer 2
egal "la demande attend" "$(etat A)" avance_demandee
rien "remplacer un lot déposé" 1 "n'est pas annulé" emettre --remplace 1
rien "un lot inconnu" 1 "il n'y a pas de lot" emettre --remplace 9
code "le suivant l'annule et le remplace" 0 emettre --remplace 2
egal "son numéro ne resservira pas" "$(sql 'select group_concat(numero) from lot')" "1,2,3"
egal "toujours la version 2" "$(sql 'select version from demande where numero = 1')" 2
contient "dit dans le XML, avec l'empreinte du document" "$(unzip -p a.db.lots/lot-123456782-000003.zip lot.xml | tr -d '\n ')" "<annuleEtRemplace><numero>2</numero><empreinte>$(sql 'select xml from lot where numero = 2')<"
code "et par lot verifier" 0 sons lot verifier a.db.lots/lot-123456782-000003.zip
contient "il le dit" "$tap_sortie" "Annule et remplace le lot 2"
mkdir refait3
code "refait" 0 emettre --lot 3 --sortie refait3
cas "octet pour octet" cmp refait3/lot-123456782-000003.zip a.db.lots/lot-123456782-000003.zip
code "le premier aussi, malgré tout ce qui a suivi" 0 emettre --lot 1 --sortie refait3
cas "octet pour octet" cmp refait3/$lot1 a.db.lots/$lot1
rien "remplacé une fois" 1 "E-135" emettre --remplace 2
a 2024-01-02T09:00:00Z
code "redéposé après la fermeture" 0 sons lot deposer 3 --le 2024-01-01T10:00:00 --accuse accuse.pdf
cas "jugé sur son premier dépôt" sh -c '! printf "%s" "$1" | grep -q "hors délai"' sh "$tap_sortie"
code "l'ASP répond à la première version : sans effet" 0 sons retour saisir A --statut recue --version 1 --le 2024-01-01T09:00:00
contient "c'est dit" "$tap_sortie" "l'état ne change pas"
rien "mais n'en décide plus" 1 "ne décide plus d'une version" sons retour saisir A --statut rejetée --version 1 --le 2024-01-02T09:30:00
code "rejetée" 0 sons retour saisir A --statut rejetée --le 2024-01-02T09:00:00
code "une nouvelle demande" 0 sons avance demander A
egal "a son propre numéro" "$(sql 'select numero, version from demande where commande = (select fait from commande where numero = "A")')" "5|1"
histoire=$(sons commande voir A)
for m in "émise dans le lot 1" "lot 1 déposé à l'ASP" "à modifier : HT | phrase" "lot 2 annulé avant son dépôt : « une pièce illisible »" "lot 3 déposé" "rejetée, version 2"; do
    contient "l'histoire : $m" "$histoire" "$m"
done
tient

# --- late, the deadline to the second; recorded all the same ---
depart_lot tard.db
a 2024-01-02T09:00:00Z
code "déposé à la dernière seconde" 0 sons lot deposer 1 --le 2023-12-31T22:59:59Z --essai
cas "dans les délais" sh -c '! printf "%s" "$1" | grep -q "hors délai"' sh "$tap_sortie"
rien "une seconde après, avec --strict" 1 "AVA-01" sons lot deposer 1 --le 2023-12-31T23:00:00Z --strict
code "une seconde après" 0 sons lot deposer 1 --le 2023-12-31T23:00:00Z
contient "hors délai, dit" "$tap_sortie" "4 demandes, dont 4 hors délai"
egal "la règle, une fois" "$(printf '%s\n' "$tap_sortie" | grep -c AVA-01)" 2
contient "au journal" "$(sons journal voir $(sql 'select max(fait) from vie') 2>/dev/null)" "constat AVA-01 1 non_conforme depose_le=2023-12-31T23:00:00Z"
tient

# --- files of answers ---
cp deposes.db f.db; registre f.db
"$generer" a.db.lots/$lot1 --graine 7 --suite >x.xml 2>/dev/null
depart_lot x.db
code "un retour pour un lot non déposé" 1 sons retour importer x.xml
sons lot deposer 1 --le 2022-12-06T10:12:00 >/dev/null 2>&1
for f in xml csv collage; do "$generer" x.db.lots/$lot1 --graine 7 --suite --forme $f >r.$f; done
cas "deux fois les mêmes octets" sh -c '"$1" "$2" --graine 7 --suite | cmp - r.xml' sh "$generer" x.db.lots/$lot1
command -v xmllint >/dev/null && code "valide selon le schéma" 0 xmllint --noout --schema "$SONS_SRCDIR/schemas/retour-asp-1.xsd" r.xml
sed 's/<empreinte>./<empreinte>0/;s/<empreinte>0\(.\)/<empreinte>f\1/' r.xml >faux.xml
cmp -s r.xml faux.xml && sed -i 's/<empreinte>f/<empreinte>e/' faux.xml
rien "l'empreinte d'un autre lot" 1 "E-221" sons retour importer faux.xml
sed 's/<numero>1<\/numero>/<numero>8<\/numero>/' r.xml >faux.xml
rien "un lot inconnu" 1 "il n'y a pas de lot" sons retour importer faux.xml
sed '0,/<demande>2</s//<demande>77</; 0,/<demande>3</s//<demande>78</' r.xml >faux.xml
rien "deux demandes inconnues : toutes dites, rien écrit" 1 "77" sons retour importer faux.xml
contient "l'autre aussi" "$tap_sortie" "78"
sed 's/ fictif="true"//' r.xml >faux.xml
rien "un vrai retour dans un registre fictif" 1 "le registre est fictif" sons retour importer faux.xml
sed 's/<nombreReponses>8/<nombreReponses>9/' r.xml >faux.xml
rien "le compte n'y est pas" 1 "nombre de réponses" sons retour importer faux.xml
printf '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><retour>&x;</retour>' >faux.xml
code "une entité : refusée" 1 sons retour importer faux.xml
n=$(entrees)
rien "--essai" 0 "8 réponses lues" sons retour importer r.xml --essai
code "le retour" 0 sons retour importer r.xml
contient "huit réponses" "$tap_sortie" "8 réponses lues, 8 enregistrées : 4 reçues"
egal "neuf faits : le retour, ses réponses" "$(entrees)" $((n + 9))
egal "chacune nomme son retour" "$(sql 'select count(distinct retour) || "/" || count(*) from reponse')" 1/8
rien "le même fichier" 0 "déjà reçu" sons retour importer r.xml
sed 's/<instant>/<instant> /; s/T08:00:00Z/T08:00:01Z/' r.xml | sed 's/<instant> /<instant>/' >autre.xml
rien "le même numéro, un autre fichier" 1 "E-221" sons retour importer autre.xml
rien "les mêmes réponses en CSV" 0 "8 étaient déjà enregistrées, inchangées" sons retour importer r.csv
sons_colle() { sons retour importer - <"$1"; }
rien "collées du portail" 0 "8 étaient déjà enregistrées, inchangées" sons_colle r.collage
finals=$(etats)
tient
for f in csv collage; do
    depart_lot $f.db
    sons lot deposer 1 --le 2022-12-06T10:12:00 >/dev/null 2>&1
    [ $f = csv ] && sed "s/;[0-9a-f]\{64\}$/;$(empreinte csv.db.lots/$lot1)/" r.csv >s.csv || sed 's/^SEG-[^\t]*\t\([0-9]*\)/&/; s/^N° de demande\tDemande/N° de demande\tdemande/' r.collage >s.collage
    [ $f = csv ] && code "en CSV seul" 0 sons retour importer s.csv || code "collé seul" 0 sons_colle s.collage
    egal "les mêmes états" "$(etats)" "$finals"
done
printf 'commande;statut;date\nA;validée;10/12/2022\nInconnue;validée;10/12/2022\n;validée;10/12/2022\n' >mauvais.csv
rien "une ligne sans demande" 1 "ne dit pas de quelle demande" sons retour importer mauvais.csv
sed -i '$d' mauvais.csv
rien "une commande inconnue, à sa ligne" 1 "mauvais.csv, ligne 3" sons retour importer mauvais.csv
cp deposes.db m.db; registre m.db
# Every fault of a file at once: cells, dates, orders that are not there, contradictions of its rows, each with what was found.
cat >tout.csv <<'FIN'
commande;statut;date;demande
A;validée;2022-12-18;
Z1;validé;2022-12-18;
B;validée;2022-12-31;
C;validée;2022-12-01;
A;rejetée;2022-12-18;
Z2;validée;2022-12-18;
B;validée;2022-13-01;
C;validée;2022-12-18;1
FIN
rien "un fichier plein de fautes" 1 "tout.csv, ligne 3 (cellule B3) : erreur E-122" sons retour importer tout.csv
fautes=$(printf '%s' "$tap_sortie" | sans_blancs)
egal "toutes dites à la fois" "$(printf '%s\n' "$fautes" | sed -n 's/^tout.csv, ligne \([0-9]*\) .* : erreur \(E-[0-9]*\).*/\1:\2/p' | sort | tr '\n' ' ')" "3:E-122 3:E-132 4:E-223 5:E-224 6:E-222 7:E-132 8:E-123 9:E-222 "
contient "la contradiction est dans ce fichier : sa ligne" "$fautes" "version 1, ligne 2 de ce retour)"
contient "deux commandes : lesquelles, par quoi" "$fautes" "trouvé  : C, par la commande C ; A, par la demande 1"
contient "… une seule" "$fautes" "attendu : une seule commande"
egal "à venir : la date n'est pas à récrire" "$(printf '%s\n' "$fautes" | grep -A 5 'E-223' | grep -c 'à faire : vérifier la date')" 1
code "le modèle" 0 sons retour importer --modele --sortie modele.csv
sed 's/BC-2023-0117/A/; s/2023-01-10/2022-12-18/' modele.csv >rempli.csv
cas "… porte bien une date" sh -c '! cmp -s modele.csv rempli.csv'
code "rempli, il se lit" 0 sons retour importer rempli.csv --essai
contient "une réponse" "$tap_sortie" "1 réponse lue, 1 enregistrée : 1 à modifier"
registre collage.db
printf 'rien\tdu tout\n1\t2\n' >mauvais.txt
rien "un tableau sans en-tête connu" 1 "aucune colonne connue" sons_colle mauvais.txt
tient

# --- a date before what happened since: the request is not sent from before its own life ---
cp deposes.db avant.db; registre avant.db; a 2022-12-20T09:00:00Z; dossier=avant.lots; mkdir -p avant.lots
rien "déposé, et dit aujourd'hui : ce n'est pas le même dépôt" 1 "déjà déposé" sons lot deposer 1 --le 2022-12-20
rien "sans date : le même" 0 "inchangé" sons lot deposer 1
sons retour saisir B --statut rejetee --le 2022-12-15 >/dev/null 2>&1
sons retour saisir C --statut a_modifier --le 2022-12-15 >/dev/null 2>&1
for c in B C; do sons avance demander $c >/dev/null 2>&1; done
rien "un lot d'avant la réponse" 1 "elle a eu une suite depuis cette date" emettre --le 2022-12-05T08:30:00
code "le lot d'après" 0 emettre
a 2022-12-21T09:00:00Z
code "annulé" 0 sons lot annuler 2 --motif illisible
rien "un lot d'avant le lot annulé" 1 "elle a eu une suite depuis cette date" emettre --le 2022-12-16
code "le suivant" 0 emettre
egal "la rejetée reste dans la liste" "$(sons demande lister --format csv 2>/dev/null | awk -F ';' '$1 == "B" { printf "%s %s %s|", $4, $8, $11 }')" "2 1 rejetée|5 3 émise, non déposée|"
egal "… qui n'est pas celle de ses demandes" "$(sons demande lister --format csv 2>/dev/null | grep -c '^B;')" 2
egal "… avant d'être redemandée, elle est seule" "$(sons demande lister --format csv --connu-le 2022-12-20T08:59:00Z 2>/dev/null | grep -c '^B;')" 1
egal "… elle n'attend pas de réponse" "$(sons demande lister --sans-reponse --format csv 2>/dev/null | grep -c '^B;')" 0
egal "B et C y sont" "$(sons demande lister --format csv 2>/dev/null | awk -F ';' '$9 != "" && $8 == 3 { printf "%s %s|", $1, $5 }')" "B 1|C 2|"
{ echo "$tete"; echo "E;$e5;$suite"; } >e.csv
sons commande importer e.csv >/dev/null 2>&1
sons encaissement enregistrer --commande E --paiement avance --montant 1,00 --date 2022-12-10 >/dev/null 2>&1
code "demandée après un encaissement" 0 sons avance demander E
rien "redemandée à une date où elle ne l'était pas" 1 "« avance demander » ne se peut pas" sons avance demander E --le 2022-12-09
tient

# --- balances ---
facture() { sons facture enregistrer "$1" --numero-facture "F-$1" --date-facture 2023-05-31 --montant-ht $2,00 --montant-tva $3,00 --montant-ttc $4,00 --taux-tva 20 --mention-segur oui --client $og --nom "A. Exemple" --piece facture.pdf; }
va() { sons va enregistrer "$1" --signataire "Mme Anne EXEMPLE" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --piece va.pdf --date-signature 2023-06-01T11:00 --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0; }
cp deposes.db s.db; registre s.db; a 2023-06-30T09:00:00Z; dossier=s.lots; mkdir -p s.lots
for c in A D; do sons retour saisir $c --statut decidee_et_payee --le 2022-12-15 >/dev/null 2>&1; done
code "facture de A" 0 facture A 1825 365 2190
code "facture de D, un ESSMS de moins" 0 facture D 1825 365 2190
for c in A D; do code "VA de $c" 0 va $c; done
code "solde de A" 0 sons solde demander A --le 2023-06-20
code "solde de D, sans un ESSMS" 0 sons solde demander D --sans $e4 --le 2023-06-20
rien "un dossier qui n'est pas là est nommé" 3 "nulle-part :" sons lot bordereau 1 --sortie nulle-part
rien "un lot d'avances n'en est pas un de soldes" 1 "aucune demande à émettre" emettre
code "le lot des soldes" 0 emettre --type solde
contient "deux demandes" "$tap_sortie" "2 demandes, 3 ESSMS, 2 pièces"
egal "son type et sa somme" "$(sql 'select paiement, somme from lot where numero = 2')" "2|$(sql 'select sum(montant) from demande where paiement = 2')"
lot2=s.lots/lot-123456782-000002.zip
code "il se vérifie" 0 sons lot verifier $lot2
contient "comme un lot de soldes" "$tap_sortie" "de solde. Aucune faute"
unzip -p $lot2 lot.xml >solde.xml
command -v xmllint >/dev/null && code "valide selon le schéma" 0 xmllint --noout --schema "$SONS_SRCDIR/schemas/lot-asp-1.xsd" solde.xml
egal "un ESSMS retiré" "$(grep -c 'retire="true"' solde.xml)" 1
egal "facture et VA, sans le bon" "$(grep -o 'role="[a-z_]*"' solde.xml | sort | uniq -c | tr -s ' ' | tr '\n' ' ')" ' 2 role="attestation_va"  2 role="facture" '
contient "avance payée" "$(cat solde.xml)" "<avancePayee>657.00</avancePayee>"
mkdir refait-s
code "refait" 0 emettre --lot 2 --sortie refait-s
cas "octet pour octet" cmp refait-s/lot-123456782-000002.zip $lot2
contient "son bordereau dit l'ESSMS retiré" "$(cat s.lots/bordereau-123456782-000002.html)" "(1 retiré)"
egal "solde émis" "$(etat A)" solde_emis
a 2023-06-30T12:00:00Z
code "déposé" 0 sons lot deposer 2 --le 2023-06-30T11:30:00 --accuse accuse.pdf
contient "la règle du solde" "$(sons journal voir $(sql 'select max(fait) from vie') 2>/dev/null)" "constat SOL-02 1 conforme"
"$generer" $lot2 --graine 3 --statut a_modifier --instant 2023-07-03T08:30:00Z --numero S-1 >s1.xml
a 2023-07-10T09:00:00Z
code "rendu" 0 sons retour importer s1.xml
egal "à modifier" "$(etat A)/$(etat D)" "solde_a_modifier/solde_a_modifier"
code "redemandé" 0 sons solde demander A --le 2023-07-05
egal "même numéro, version 2" "$(sql 'select numero, version from demande where paiement = 2 order by commande limit 1')" "5|2"
code "les deux types à la fois" 0 emettre --type tous
contient "un lot de solde" "$tap_sortie" "de solde."
code "déposé" 0 sons lot deposer 3 --accuse accuse.pdf
"$generer" s.lots/lot-123456782-000003.zip --graine 3 --statut decidee_et_payee --instant 2023-07-11T09:00:00Z --numero S-2 >s2.xml
a 2023-07-12T09:00:00Z
code "payé" 0 sons retour importer s2.xml
egal "décidé et payé" "$(etat A)" solde_paye
egal "un solde attend encore" "$(sons demande lister --format csv 2>/dev/null | grep -c 'solde.*à modifier')" 1
tient
fermer
