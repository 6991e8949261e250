# Suppliers, distributeurs, mandates: declared, corrected, withdrawn, and what COM-12 makes of them at each date.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier mandats
og=$(finess 01000001); e1=$(finess 01000010); e2=$(finess 01000011)
neuf r.db 2022-12-05T09:00:00Z
{ base 2022-01-03; et $e1 $og 500 4401; et $e2 $og 500 4401; } >base.csv
sons finess importer base.csv >/dev/null 2>&1
ed=123456782 di=552100554 au=732829320
sons fournisseur declarer --siren $ed --nom "L'éditeur" >/dev/null 2>&1
sons fournisseur declarer --siren $di --nom "Le distributeur" --role distributeur >/dev/null 2>&1
sons solution declarer --numero-ans S1 --nom Soins --siren-editeur $ed --couloir MS1 --version=1 --reference-le 2022-06-01 >/dev/null 2>&1
sons solution declarer --numero-ans S2 --nom Repas --siren-editeur $ed --couloir MS1 --version=1 --reference-le 2022-06-01 >/dev/null 2>&1
sons solution declarer --numero-ans X1 --nom Autre --siren-editeur $au --couloir MS1 --version=1 --reference-le 2022-06-01 >/dev/null 2>&1
printf 'numero;finess_et;fournisseur;date_signature;solution\nA;%s;%s;2022-07-12;S1\n' $e1 $di >c.csv
sons commande importer c.csv >/dev/null 2>&1
faits=$(entrees)
# fait NAME NUMBER command…: it succeeds and adds so many entries
fait() {
    fait_nom=$1; fait_n=$2; shift 2
    code "$fait_nom" 0 "$@"
    egal "$fait_nom : $fait_n fait(s)" "$(($(entrees) - faits))" "$fait_n"
    faits=$(entrees)
}
com12() { sons expliquer A COM-12 --format csv "$@" 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }

# --- enrolment: said when nothing changes, and what a correction corrects ---
fait "un enrôlement" 1 sons fournisseur enroler $di --le 2022-06-15
contient "il est dit" "$tap_sortie" "enrôlé à l'ASP le 15/06/2022."
fait "le même" 0 sons fournisseur enroler $di --le 2022-06-15
contient "inchangé" "$tap_sortie" "Fournisseur 552100554 déjà enrôlé à l'ASP le 15/06/2022, inchangé."
case $tap_sortie in *"Écrit dans"*) ko "rien n'est écrit" ;; *) ok "rien n'est écrit" ;; esac
fait "une correction" 1 sons fournisseur enroler $di --le 2022-06-16
contient "au lieu de" "$tap_sortie" "le 16/06/2022, au lieu du 15/06/2022."

# --- mandates ---
m="sons mandat declarer --distributeur $di --editeur $ed"
egal "sans mandat : en attente" "$(com12)" "en attente"
contient "ce qui manque" "$(sons expliquer A COM-12 2>/dev/null)" "n'a pas de mandat connu de l'éditeur $ed"
fait "un mandat" 1 $m --du 2022-07-12
egal "du jour de la commande : conforme" "$(com12)" conforme
egal "la veille, il n'était pas commencé" "$(com12 --au 2022-07-11)" ""
egal "le jour même" "$(com12 --au 2022-07-12)" conforme
fait "le même" 0 $m --du 12/07/2022
contient "inchangé" "$tap_sortie" "inchangé"
fait "il a un terme" 1 $m --du 2022-07-12 --au-le 2022-07-12
contient "il est dit" "$tap_sortie" "12/07/2022 au lieu de rien"
egal "un seul jour suffit" "$(com12)" conforme
fait "un autre terme" 1 $m --du 2022-07-12 --au-le 2022-12-31
fait "un second, plus tard, pour une solution" 1 $m --solution S1 --du 2022-09-01
fait "d'un autre distributeur, plus tard que la commande" 2 sh -c "'$SONS' fournisseur declarer --siren 552081317 --nom 'Autre distributeur' --role distributeur && '$SONS' mandat declarer --distributeur 552081317 --editeur $ed --du 2022-09-01"
printf 'numero;finess_et;fournisseur;date_signature;solution\nB;%s;552081317;2022-07-12;S1\n' $e2 >b.csv
fait "sa commande" 1 sons commande importer b.csv
com12_b() { sons expliquer B COM-12 --format csv "$@" 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
egal "le mandat vient après elle" "$(com12_b)" "non conforme"
egal "la veille du mandat, aucun n'était connu" "$(com12_b --au 2022-08-31)" "en attente"
egal "son premier jour, il l'était" "$(com12_b --au 2022-09-01)" "non conforme"
fait "un troisième, pour l'autre solution" 1 $m --solution S2 --du 2022-01-01
fait "retiré le lendemain de la commande" 1 sons mandat retirer --distributeur $di --editeur $ed --du 2022-07-12 --le 2022-07-13 --motif "contrat rompu"
egal "il valait encore" "$(com12)" conforme
fait "le même retrait" 0 sons mandat retirer --distributeur $di --editeur $ed --du 2022-07-12 --le 2022-07-13
contient "inchangé" "$tap_sortie" "Mandat déjà retiré le 13/07/2022, inchangé."
fait "le retrait corrigé : le jour même" 1 sons mandat retirer --distributeur $di --editeur $ed --du 2022-07-12 --le 2022-07-12
egal "il ne valait plus" "$(com12)" "non conforme"
contient "pourquoi" "$(sons expliquer A COM-12 2>/dev/null)" "retiré depuis le 12/07/2022"
egal "ce que l'on savait avant le retrait" "$(com12 --connu-le 2022-12-05T08:59:59Z)" ""
rien "deux mandats possibles" 2 "2 mandats répondent à cela" sons mandat retirer --distributeur $di --editeur $ed --le 2022-12-01
contient "les deux" "$tap_sortie" "S1 du 01/09/2022, S2 du 01/01/2022"
rien "aucun" 1 "il n'y a pas de tel mandat" sons mandat retirer --distributeur $di --editeur $au --le 2022-12-01
rien "retiré avant de commencer" 1 "premier jour 01/09/2022" sons mandat retirer --distributeur $di --editeur $ed --solution S1 --le 2022-08-31
rien "un retrait à venir" 2 "--le est à venir" sons mandat retirer --distributeur $di --editeur $ed --solution S1 --le 2022-12-06
fait "--essai n'écrit rien" 0 sons mandat retirer --distributeur $di --editeur $ed --solution S1 --le 2022-12-01 --essai

# --- what is refused, and all of it at once ---
rien "un distributeur inconnu" 1 "sons fournisseur declarer --siren 356000000" sons mandat declarer --distributeur 356000000 --editeur $ed --du 2022-01-01
rien "une solution inconnue" 1 "aucune solution n'a ce numéro ANS" $m --solution S9 --du 2022-01-01
rien "la solution d'un autre" 1 "éditeur $au" $m --solution X1 --du 2022-01-01
rien "de lui-même" 1 "mandat de lui-même" sons mandat declarer --distributeur $di --editeur $di --du 2022-01-01
rien "un terme avant le premier jour" 1 "le dernier jour précède le premier" $m --du 2022-01-02 --au-le 2022-01-01
rien "un retrait avant le premier jour" 1 "le retrait précède le premier jour" $m --du 2022-01-02 --retire-le 2022-01-01
rien "sans premier jour" 1 E-127 $m
rien "un SIREN faux" 1 E-126 sons mandat declarer --distributeur 552100555 --editeur $ed --du 2022-01-01
printf 'distributeur;editeur;solution;du;au_le\n%s;%s;S9;2022-01-01;\n%s;%s;;2022-02-30;\n;%s;;2022-01-01;2021-01-01\n' $di $ed $di $ed $ed >f.csv
rien "quatre fautes dans la feuille : rien" 1 E-132 sons mandat importer f.csv
egal "toutes dites" "$(printf '%s\n' "$tap_sortie" | grep -c '^f.csv, ligne [234] ')" 4
printf 'distributeur;editeur;du;piece\n%s;%s;2022-01-01;absente.pdf\n' $di $au >f.csv
code "une pièce absente" 3 sons mandat importer f.csv
ln -s /etc/hostname lien.pdf
printf 'distributeur;editeur;du;piece\n%s;%s;2022-01-01;lien.pdf\n' $di $au >f.csv
code "un lien" 1 sons mandat importer f.csv
printf 'distributeur;editeur;du;piece\n%s;%s;2022-01-01;../r.db\n' $di $au >f.csv
code "hors du dossier" 1 sons mandat importer f.csv
egal "rien n'est entré" "$(entrees)" "$faits"
printf '%%PDF-1.4\nmandat\n' >mandat.pdf
printf 'distributeur;editeur;du;piece\n%s;%s;2022-01-01;mandat.pdf\n' $di $au >f.csv
fait "avec sa pièce" 1 sons mandat importer f.csv
fait "la même" 0 sons mandat importer f.csv
egal "les octets sont gardés" "$(sqlite3 r.db "select count(*) from piece where hex(empreinte) = upper('$(empreinte mandat.pdf)')")" 1

# --- the list imports again ---
sons mandat lister --format csv >l.csv 2>/dev/null
egal "cinq mandats" "$(sed 1d l.csv | wc -l)" 5
egal "les colonnes" "$(sed -n '1s/^\xef\xbb\xbf//p' l.csv)" "distributeur;editeur;solution;du;au_le;retire_le"
fait "réimportée : rien" 0 sons mandat importer l.csv
contient "dit" "$tap_sortie" "5 mandats lus. Tous déjà enregistrés, inchangés"
sed 1d l.csv | sed "s/;2022-07-12$/;/" | { sed -n '1p' l.csv; cat; } >sans.csv
fait "un retrait tu n'est pas défait" 0 sons mandat importer sans.csv
egal "en JSON" "$(sons mandat lister --format json 2>/dev/null | grep -c '"editeur":"')" 5

# --- one supplier ---
code "voir" 0 sons fournisseur voir $di
contient "qui" "$tap_sortie" "Fournisseur $di, Le distributeur, distributeur, enrôlé à l'ASP le 16/06/2022"
egal "quatre mandats reçus, une commande" "$(sons fournisseur voir $di --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1 | sort | uniq -c | tr -s ' \n' ' ')" " 1 commande 4 mandat reçu "
egal "l'éditeur : quatre mandats donnés, deux solutions" "$(sons fournisseur voir $ed --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1 | sort | uniq -c | tr -s ' \n' ' ')" " 4 mandat donné 2 solution "
code "un inconnu" 1 sons fournisseur voir 356000000
code "un SIREN faux" 2 sons fournisseur voir 123
tient
code "les projections se refont" 0 sons journal reconstruire
egal "les mêmes mandats" "$(sons mandat lister --format csv 2>/dev/null)" "$(cat l.csv)"
fermer
