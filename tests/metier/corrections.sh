# Corrections of orders: completed, rectified, replaced, cancelled, noted; the same sheet given again; what is told of it.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier corrections

og=$(finess 01000001)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014)
{
    base 2022-01-03
    for e in $e1 $e2 $e3 $e4 $e5; do et $e $og 500 4401 "EHPAD $e" BOURG; done
} >base.csv
for p in bon autre honneur client; do printf '%%PDF-1.4\n%s\n' $p >$p.pdf; done
echo 'numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Châtaigne;123456782;MS1;1;2022-04-20;2022-06-15' >solutions.csv
echo 'finess_et;fonds;etat' >vide.csv
entete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece;reference_externe'
conforme='2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf;'
maison() {
    neuf "${1:-c.db}" 2022-12-05T09:00:00Z
    sons finess importer base.csv >/dev/null 2>&1
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    sons financement importer vide.csv >/dev/null 2>&1
    printf '%s\n' "$entete" "A;$e1;$conforme" "B;$e2;$conforme" "B;$e3;;;;;;;;;;;;;;;;" "C;$e4;2022-07-12;2022-07-12;S1;;;;;;;;;;;;;" >f.csv
    sed -i 's/^\(B;.*\);1825,00;20;365,00;2190,00/\1;3650,00;20;730,00;4380,00/' f.csv
    sons commande importer f.csv >/dev/null 2>&1
    egal "trois commandes" "$(sqlite3 "$SONS_REGISTRE" 'select count(*) from commande')" 3
}
valeur() { sqlite3 "$SONS_REGISTRE" "select $2 from commande where numero = '$1'"; }
verdict() { sons expliquer "$@" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
etat() { sons commande voir "$@" --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 33; }
plat() { tr '\n' ' ' | sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g; s/  */ /g'; }
# dit NAME PART: the last message, on one line
dit() { contient "$1" "$(printf '%s' "$tap_sortie" | plat)" "$2"; }
inchangee() { # NAME: what is exported imports as nothing to do
    sons commande lister --format csv >export.csv 2>/dev/null
    rien "$1 : l'export réimporté" 0 "Toutes déjà enregistrées, inchangées." sons commande importer export.csv
    hors "$1 : rien n'est en retard" "$tap_sortie" "la feuille dit encore"
}
hors() { case $2 in *"$3"*) ko "$1"; printf '%s\n' "$2" | sed 's/^/# /' ;; *) ok "$1" ;; esac; }
maison

# --- completer ---
n=$(entrees)
code "compléter ce qui manquait" 0 sons commande completer C --mention-segur oui --signataire "Mme C" --piece bon.pdf --le 2022-12-01
dit "chaque ajout est dit" "mention_segur complété : oui"
dit "son verdict aussi" "Commande C complétée : en attente."
egal "une entrée" "$(entrees)" $((n + 1))
egal "sa valeur" "$(valeur C mention_segur)" 1
egal "son fait reste le premier" "$(valeur C fait)" "$(sqlite3 c.db "select min(fait) + 2 from commande")"
egal "le nom est sous la complétion" "$(sqlite3 c.db "select p.nom from personne p join commande o on o.signataire = p.fait and p.champ = 'signataire' where o.numero = 'C'")" "Mme C"
rien "deux fois : rien à faire" 0 "Commande C inchangée" sons commande completer C --mention-segur oui --signataire "Mme C" --piece bon.pdf
rien "changer n'est pas compléter" 1 E-131 sons commande completer C --mention-segur non
dit "ce qu'il faut faire" "sons commande rectifier C --motif MOTIF"
rien "un autre nom non plus" 1 "signataire diffère" sons commande completer C --signataire "Mme D"
rien "une autre pièce non plus" 1 "la pièce diffère" sons commande completer C --piece autre.pdf
rien "rien de donné" 2 "donner des colonnes" sons commande completer C
rien "une colonne et une feuille" 2 "pas d'autre colonne" sons commande completer C --commune X --fichier f.csv
rien "une valeur illisible" 1 E-124 sons commande completer C --montant-ht abc
rien "toutes les fautes" 1 E-123 sons commande completer C --montant-ht abc --date-commande 31/02/2022
contient "… ensemble" "$tap_sortie" E-124
rien "--essai" 0 "complété : C1" sons commande completer C --reference-externe C1 --essai
rien "--strict : en attente, refusé" 1 "en attente" sons commande completer C --reference-externe C1 --strict
rien "une commande inconnue" 1 "il n'y a pas de commande Z" sons commande completer Z --commune X
rien "une date d'acte à venir" 2 "à venir" sons commande completer C --reference-externe C1 --le 2023-01-01
code "les montants calculés suivent" 0 sons commande completer C --montant-ht 1825 --taux-tva 20
egal "TVA et TTC calculés" "$(valeur C "tva || ' ' || ttc || ' ' || calcules")" "36500 219000 6"
code "lus, ils complètent le calcul" 0 sons commande completer C --montant-tva 365 --montant-ttc 2190
egal "plus rien n'est calculé" "$(valeur C calcules)" 0
inchangee "complétée"

# --- rectifier ---
a 2022-12-06T09:00:00Z
rien "sans motif" 2 "--motif" sons commande rectifier A --montant-ht 1824
rien "un motif vide" 2 "ne dit rien" sons commande rectifier A --montant-ht 1824 --motif " "
code "rectifier un montant" 0 sons commande rectifier A --montant-ht 1824 --montant-tva 364,80 --montant-ttc 2188,80 --motif "relu sur le bon"
dit "avant et après" "montant_ht rectifié : « 1 825,00 € » devient « 1 824,00 € »"
dit "conforme" "Commande A rectifiée : conforme."
contient "ce que le registre savait la veille" "$(sons commande voir A --format csv --connu-le 2022-12-05T12:00:00Z 2>/dev/null | tail -n 1)" ";1825,00;"
contient "ce qui était vrai la veille" "$(sons commande voir A --format csv --au 2022-12-05 2>/dev/null | tail -n 1)" ";1824,00;"
contient "son histoire" "$(sons commande voir A 2>/dev/null | plat)" "rectifiée : « relu sur le bon », le 06/12/2022 10:00:00 (entrée 15, saisie le 06/12/2022 10:00:00) montant_ht : « 1 825,00 € » → « 1 824,00 € »"
contient "expliquer la donne" "$(sons expliquer A BAR-01 2>/dev/null | plat)" "rectifiée : « relu sur le bon »"
egal "les parts suivent" "$(sqlite3 c.db "select ht || ' ' || ttc from commande_essms where et = (select et from commande_essms e join commande o on o.fait = e.commande where o.numero = 'A')")" "182400 218880"
rien "la même rectification" 0 "inchangée" sons commande rectifier A --montant-ht 1824 --motif x
rien "une somme fausse" 1 E-130 sons commande rectifier B --montant-ht-essms 10 --finess-et $e2 --motif x
rien "un ESSMS de plusieurs, non nommé" 1 "de quel ESSMS" sons commande rectifier B --commune X --motif x
rien "un ESSMS qu'elle n'a pas" 1 "de quel ESSMS" sons commande rectifier B --finess-et $e5 --motif x
code "le seul ESSMS change de numéro" 0 sons commande rectifier A --finess-et $e5 --motif "ligne recopiée"
egal "il a changé" "$(sqlite3 c.db "select count(*) from commande_essms e join commande o on o.fait = e.commande where o.numero = 'A'")" 1
code "et revient" 0 sons commande rectifier A --finess-et $e1 --motif "bonne ligne"
code "un libellé, d'un ESSMS nommé" 0 sons commande rectifier B --finess-et $e3 --libelle-essms "Trois" --motif x
egal "celui-là seul" "$(sqlite3 c.db "select group_concat(coalesce(libelle, '-')) from commande_essms e join commande o on o.fait = e.commande where o.numero = 'B'")" "-,Trois"
code "vider" 0 sons commande rectifier A --vider version_solution,reference_externe --motif "pas sur le bon"
egal "vidée" "$(valeur A "version || '|'")" "|"
rien "vider le numéro" 2 "ne se vide pas" sons commande rectifier A --vider numero --motif x
rien "vider et donner" 2 "à la fois" sons commande rectifier A --vider version_solution --version-solution 2 --motif x
rien "prendre le numéro d'une autre" 1 "déjà celui d'une autre" sons commande rectifier A --numero B --motif x
code "changer de numéro" 0 sons commande rectifier A --numero A1 --motif "faute de frappe"
rien "l'ancien n'existe plus" 1 "pas de commande A " sons commande voir A
code "et revenir" 0 sons commande rectifier A1 --numero A --version-solution 1 --motif "c'était le bon"
inchangee "rectifiée"
code "rectifier ce qui n'était que vide" 0 sons commande rectifier A --reference-externe CRM-A --motif "donnée par le CRM"
dit "… c'est une rectification" "rectifiée"
contient "… le motif est gardé" "$(sons commande voir A 2>/dev/null)" "rectifiée : « donnée par le CRM »"
code "… et vidé de nouveau" 0 sons commande rectifier A --vider reference_externe --motif "pas la sienne"
code "une autre pièce" 0 sons commande rectifier A --piece autre.pdf --motif "mauvais fichier"
egal "elle prend la place" "$(sqlite3 c.db "select count(*) from piece_jointe p join commande o on o.fait = p.commande where o.numero = 'A'")" 1
code "un autre nom" 0 sons commande rectifier A --signataire "Mme Z" --motif "nom relu"
contient "il se lit" "$(sons commande voir A 2>/dev/null)" "Mme Z, directrice"
egal "l'ancien reste sous son fait" "$(sqlite3 c.db "select count(*) from personne where champ = 'signataire' and nom = 'Mme A'")" 2
sons commande voir B --format csv >b.csv 2>/dev/null
rien "la feuille d'une autre commande" 1 E-128 sons commande rectifier A --fichier b.csv --motif x
sed 's/Trois/Troyes/; s/;directrice;/;directeur;/' b.csv >b2.csv
code "par feuille" 0 sons commande rectifier B --fichier b2.csv --motif "deux fautes"
dit "le texte de l'ESSMS" "le libellé de $e3 rectifié : « Trois » devient « Troyes »"
{ cat b2.csv; echo "B;$e5"; } | sed 's/Troyes//' >b3.csv
code "un ESSMS de plus, une cellule vidée" 0 sons commande rectifier B --fichier b3.csv --motif "trois ESSMS"
egal "trois ESSMS" "$(valeur B essms)" 3
egal "le libellé est vidé" "$(sqlite3 c.db "select count(*) from commande_essms where libelle is not null")" 0
inchangee "par feuille"
tient

# --- the same sheet every morning ---
maison m.db
rien "le matin suivant" 0 "3 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer f.csv
code "complétée à la main" 0 sons commande completer C --mention-segur oui
rien "la feuille qui ne le dit pas : inchangée" 0 "inchangées" sons commande importer f.csv
code "rectifiée à la main" 0 sons commande rectifier A --qualite-signataire directeur --motif relu
rien "la feuille en retard : inchangée, mais dite" 0 "la feuille dit encore « directrice », corrigé en « directeur »" sons commande importer f.csv
sed 's/^\(C;.*\);$/\1;CRM-3/' f.csv >g.csv
code "une cellule de plus : complétée sans motif" 0 sons commande importer g.csv
dit "comptée" "3 commandes lues : 1 en attente. 1 complétée, 2 inchangées."
sed '/^B;.*3650/s/Mme A/Mme B/' g.csv >h.csv
rien "une différence : refusée" 1 "signataire diffère" sons commande importer h.csv
rien "… et la complétion avec elle" 1 "signataire diffère" sons commande importer h.csv --essai
n=$(entrees)
code "avec un motif" 0 sons commande importer h.csv --rectifier "noms relus"
dit "une seule rectifiée" "1 rectifiée, 2 inchangées."
egal "une entrée" "$(entrees)" $((n + 1))
egal "son motif" "$(sqlite3 m.db "select count(*) from journal where numero = $((n + 1)) and octets like '%motif noms relus%'")" 1
rien "une seconde fois" 0 "inchangées" sons commande importer h.csv --rectifier "noms relus"
code "la feuille se dédit : c'est une différence" 1 sons commande importer g.csv
dit "elle" "signataire diffère"
{ cat h.csv; printf '%s\n' "D;$e5;$conforme" | sed 's/;1825,00;/;1000,00;/; s/365,00;2190,00/200,00;1200,00/'; } | sed '/^C;/s/2022-07-12;2022-07-12/2022-07-13;2022-07-13/' >i.csv
code "une nouvelle et une rectifiée ensemble" 0 sons commande importer i.csv --rectifier "date relue"
dit "comptées" "4 commandes lues : 1 conforme, 1 en attente. 1 enregistrée, 1 rectifiée, 2 inchangées."
rien "plusieurs fautes ensemble" 1 "erreur E-131" sh -c 'sed "/^A;/s/manuscrite/cpx/; /^B;.*3650/s/;20;/;8,5;/" i.csv >j.csv; "$0" commande importer j.csv' "$SONS"
contient "… toutes deux" "$tap_sortie" "taux_tva diffère"
contient "… et l'autre" "$tap_sortie" "mode_signature diffère"
inchangee "après l'import"
tient

# --- a request that waits follows; an emitted one forbids ---
maison d.db
sons avance demander A B >/dev/null 2>&1
code "rectifiée après sa demande" 0 sons commande rectifier A --montant-ht 1820 --montant-tva 364 --montant-ttc 2184 --motif relu
dit "la demande est refaite" "la demande d'avance 1, pas encore émise, est refaite : 655,20 € au lieu de 657,00 €"
egal "son montant" "$(sqlite3 d.db 'select montant from demande where numero = 1')" 65520
egal "AVA-02 tient" "$(verdict A AVA-02)" conforme
code "sans changer le montant, elle reste" 0 sons commande rectifier A --qualite-signataire directeur --motif relu
egal "deux demandes dites pour A" "$(sqlite3 d.db "select count(*) from journal where octets like '%fait AvanceDemandee%'")" 3
rien "ôter le montant à une demande" 1 E-135 sons commande rectifier A --vider montant_ttc,montant_tva,montant_ht --motif x
code "émises" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
code "le lot se vérifie" 0 sons lot verifier lot-123456782-000001.zip
for acte in "completer A --reference-externe X" "rectifier A --montant-ht 1 --motif x" "annuler A --attestation honneur.pdf" "remplacer A --numero A2 --date-signature 2022-12-01"; do
    rien "émise : $acte" 1 E-135 sons commande $acte
    dit "$acte : l'état et les faits" "avance émise, non déposée trouvé : enregistrée le 12/07/2022 (entrée 9), avance demandée (demande 1, 657,00 €)"
    dit "$acte : ce qui reste possible" "sons commande noter"
done
sed '/^A;/s/manuscrite/cpx/' f.csv >g.csv
rien "émise : la feuille qui la change" 1 E-135 sons commande importer g.csv --rectifier x
code "noter, toujours" 0 sons commande noter A "l'ASP a appelé"
inchangee "émise"
tient

# --- annuler ---
maison a.db
sed 's/^A;/A9;/; /^[BC];/d; s/2022-07-12/2022-09-01/g' f.csv >seconde.csv
sons commande importer seconde.csv >/dev/null 2>&1
egal "la seconde est en anomalie" "$(verdict A9 UNI-01)" "non conforme"
rien "sans attestation" 2 "--attestation" sons commande annuler A
rien "une attestation absente" 3 "absente.pdf" sons commande annuler A --attestation absente.pdf
: >vide.pdf
rien "une attestation vide" 1 E-138 sons commande annuler A --attestation vide.pdf
rien "en accord, sans renonciation" 1 "sa renonciation manque" sons commande annuler A --attestation honneur.pdf --accord-client
rien "avant sa signature" 1 "annulée avant d'être signée" sons commande annuler A --attestation honneur.pdf --le 2022-07-11
rien "demain" 2 "à venir" sons commande annuler A --attestation honneur.pdf --le 2022-12-06
rien "--essai" 0 "annulée le 03/10/2022" sons commande annuler A --attestation honneur.pdf --le 2022-10-03 --essai
code "annulée" 0 sons commande annuler A --le 2022-10-03 --attestation honneur.pdf --accord-client --renonciation client.pdf --motif "autre éditeur"
egal "la veille, en vigueur" "$(etat A --au 2022-10-02), $(verdict A9 UNI-01 --au 2022-10-02)" "enregistree, non conforme"
egal "ce jour, libérée" "$(etat A --au 2022-10-03), $(verdict A9 UNI-01 --au 2022-10-03)" "annulee, conforme"
egal "UNI-02 se tait" "$(verdict A UNI-02)" "sans objet"
egal "ses pièces sont gardées" "$(sqlite3 a.db "select group_concat(role) from (select role from piece_jointe where commande = (select fait from commande where numero = 'A') order by role)")" "0,3,4"
contient "son histoire" "$(sons commande voir A 2>/dev/null)" "annulée, avec l'accord du client : « autre éditeur », le 03/10/2022"
rien "contrôlée : rien" 0 "annulée, rien à contrôler" sons controler A
rien "deux fois" 1 E-135 sons commande annuler A --attestation honneur.pdf
dit "… depuis quand" "annulée, avec l'accord du client le 03/10/2022"
rien "plus d'avance" 1 "E-135" sons avance demander A --le 2022-10-01
egal "… ni avec toutes" "$(sons avance demander --toutes >/dev/null 2>&1; sqlite3 a.db "select count(*) from demande where commande = (select fait from commande where numero = 'A')")" 0
code "celle qui attend son lot s'annule" 0 sons commande annuler B --le 2022-12-05 --attestation honneur.pdf
dit "sa demande est dite perdue" "n'entrera dans aucun lot"
egal "… et sans suite dans la liste" "$(sons demande lister --format csv 2>/dev/null | awk -F ';' '$1 == "B" { print $11 }')" "sans suite, commande annulée"
sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . --le 2022-12-04 >/dev/null 2>&1
egal "elle n'y est pas, même dans un lot d'avant" "$(sqlite3 a.db "select count(*) from demande where lot is not null and commande = (select fait from commande where numero = 'B')")" 0
contient "la liste le dit" "$(sons commande lister --format csv 2>/dev/null | grep '^A;')" ";annulee"
inchangee "annulée"
sed '/^A;/s/manuscrite/cpx/' f.csv >g.csv
rien "la feuille qui change une annulée" 1 E-135 sons commande importer g.csv --rectifier x
tient

# --- remplacer ---
maison r.db
rien "sans signature" 1 "n'est pas signée" sons commande remplacer A --numero A2 --montant-ht 1000
rien "signée avant" 1 "signée avant elle" sons commande remplacer A --numero A2 --date-signature 2022-07-11
rien "sous le même numéro" 1 "son propre numéro" sons commande remplacer A --numero A --date-signature 2022-09-01
rien "sans numéro" 1 E-127 sons commande remplacer A --date-signature 2022-09-01
{ sed -n 1p f.csv; grep '^B' f.csv | sed 's/^B/B2/; s/2022-07-12/2022-09-01/g'; } >nouvelle.csv
rien "deux commandes dans la feuille" 1 "la feuille en porte 3" sons commande remplacer B --fichier f.csv
code "remplacée" 0 sons commande remplacer B --fichier nouvelle.csv --motif "montant revu"
egal "son fournisseur est l'éditeur de la solution, comme à l'import" "$(sqlite3 r.db "select count(*), count(distinct fournisseur), min(fournisseur) > 0 from commande where numero in ('B', 'B2')")" "2|1|1"
dit "la nouvelle est jugée sans l'ancienne" "Commande B remplacée (nouvelle commande, entrée 12) : conforme."
egal "la veille : l'ancienne" "$(etat B --au 2022-08-31), $(verdict B UNI-01 --au 2022-08-31)" "enregistree, conforme"
egal "ce jour : la nouvelle" "$(etat B --au 2022-09-01), $(verdict B2 UNI-01 --au 2022-09-01)" "remplacee, conforme"
contient "l'ancienne la nomme" "$(sons commande voir B 2>/dev/null)" "remplacée par B2, signée le 01/09/2022 : « montant revu »"
contient "la nouvelle aussi" "$(sons commande voir B2 2>/dev/null)" "remplace B : « montant revu »"
code "une tierce, entre les deux" 0 sh -c 'sed -n 1p f.csv >t.csv; grep "^A;" f.csv | sed "s/^A;[^;]*/T;$1/; s/2022-07-12/2022-08-15/g" >>t.csv; "$0" commande importer t.csv' "$SONS" $e2
egal "elle passe devant : la nouvelle a son propre rang" "$(verdict T UNI-01), $(verdict B2 UNI-01)" "conforme, non conforme"
egal "avant la nouvelle, elle était la seconde" "$(verdict T UNI-01 --au 2022-08-31)" "non conforme"
rien "la signature ne recule pas avant l'ancienne" 1 "ne peut pas être signée avant" sons commande rectifier B2 --date-signature 2022-07-11 --motif x
code "elle peut avancer" 0 sons commande rectifier B2 --date-signature 2022-09-05 --motif relue
egal "la fin de l'ancienne la suit" "$(etat B --au 2022-09-04), $(etat B --au 2022-09-05)" "enregistree, remplacee"
for acte in "completer B --reference-externe X" "rectifier B --montant-ht 1 --motif x" "annuler B --attestation honneur.pdf" "remplacer B --numero B4 --date-signature 2022-12-01"; do
    rien "remplacée : $acte" 1 E-135 sons commande $acte
done
code "par des valeurs : ses ESSMS, rien d'autre" 0 sons commande remplacer A --numero A2 --date-signature 2022-09-01 --montant-ht 1000 --taux-tva 20
egal "son ESSMS, ses montants" "$(sqlite3 r.db "select e.ht || ' ' || e.ttc from commande_essms e join commande o on o.fait = e.commande where o.numero = 'A2'")" "100000 120000"
egal "sa signature seule, pas la solution" "$(valeur A2 "solution || '|'")" "|"
code "la nouvelle s'annule, l'ancienne ne revient pas" 0 sons commande annuler A2 --attestation honneur.pdf --le 2022-10-01
egal "remplacée toujours" "$(etat A), $(etat A2)" "remplacee, annulee"
inchangee "remplacée"
rien "connu avant : rien de tout cela" 0 "2022-07-12" sons commande voir A --format csv --connu-le 2022-12-05T09:00:00Z
tient

# --- noter, hostile ---
maison n.db
code "noter" 0 sons commande noter A "appelé le client ; il rappelle — « lundi »" --le 2022-12-01
contient "elle se lit" "$(sons commande voir A 2>/dev/null)" "note : « appelé le client ; il rappelle — « lundi » », le 01/12/2022 (entrée 12"
rien "deux fois de suite : déjà noté" 0 "Déjà noté" sons commande noter A "appelé le client ; il rappelle — « lundi »"
rien "vide" 1 E-122 sons commande noter A "  "
rien "deux lignes" 1 E-122 sons commande noter A "un
deux"
rien "un caractère qui renverse le texte" 1 E-122 sons commande noter A "$(printf 'a\342\200\256b')"
rien "pas de l'UTF-8" 1 E-122 sons commande noter A "$(printf 'a\377b')"
rien "trop longue" 1 E-122 sons commande noter A "$(awk 'BEGIN { for (i = 0; i < 2001; i++) printf "x" }')"
rien "une valeur qui serait une formule" 1 E-019 sons commande completer C --reference-externe "=1+1"
rien "une pièce qui n'est pas un fichier" 1 "ne se lit pas" sons commande completer C --piece .
rien "une date de signature à venir" 1 "à venir" sons commande rectifier A --date-signature 2023-01-01 --motif x
rien "un registre en lecture seule du passé" 2 "--connu-le" sons commande noter A x --connu-le 2022-12-01

# --- oui, then since when; a label that the next sheet has no column for ---
maison d.db
code "« oui » se précise par une date" 0 sons commande completer A --deja-equipe 2019-05-01
egal "la date est là" "$(valeur A "date(deja_equipe_depuis * 86400, 'unixepoch')")" 2019-05-01
rien "« oui » n'en dit pas plus que la date" 0 "dit déjà tout cela" sons commande completer A --deja-equipe oui
rien "une autre date ne se complète pas" 1 "deja_equipe diffère" sons commande completer A --deja-equipe 2020-05-01
code "elle se rectifie" 0 sons commande rectifier A --deja-equipe 2020-05-01 --motif relu
egal "l'autre date est là" "$(valeur A "date(deja_equipe_depuis * 86400, 'unixepoch')")" 2020-05-01
printf 'numero;finess_et;libelle_essms;commune\nL;%s;Les Lilas;BOURG\n' "$e1" >l.csv
code "une commande avec un libellé" 0 sons commande importer l.csv
printf 'numero;finess_et;reference_externe\nL;%s;CRM-9\n' "$e1" >l.csv
code "une feuille qui n'en a pas la colonne" 0 sons commande importer l.csv
egal "le libellé reste" "$(sqlite3 d.db "select libelle || ', ' || commune from commande_essms e join commande o on o.fait = e.commande where o.numero = 'L'"), $(valeur L reference_externe)" "Les Lilas, BOURG, CRM-9"
tient
fermer
