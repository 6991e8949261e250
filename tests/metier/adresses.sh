# The number that ASP gave names one request, the advance or the balance: answers, payments and transfers named by it are of that request.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier adresses

og=$(finess 01000001)
e1=$(finess 01000010); e2=$(finess 01000011)
{ base 2022-01-03; for e in $e1 $e2; do et $e $og 500 4401 "EHPAD $e"; done; } >base.csv
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
printf '%%PDF-1.4\nbon\n' >bon.pdf
cat >solutions.csv <<'SOLUTIONS'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
SOLUTIONS
tete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
ligne() { echo "$1;$2;2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1500,00;20;300,00;1800,00;bon.pdf"; }
{ echo "$tete"; ligne DIX $e1; } >dix.csv
sql() { sqlite3 "$SONS_REGISTRE" "$1"; }
sans_blancs() { LC_ALL=C sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
lot() { mkdir -p "$SONS_REGISTRE.lots"; sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie "$SONS_REGISTRE.lots" "$@"; }
saisir() { sons retour saisir "$@"; }

# DIX, 1 800,00: its advance of 540,00 paid under the number ASP-A.
neuf payee.db 2022-12-05T09:00:00Z
echo 'finess_et;fonds;etat' >vide.csv
code "la base" 0 sons finess importer base.csv
code "les OG" 0 sons finess importer ej.csv
code "l'éditeur" 0 sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20
code "un autre" 0 sons fournisseur declarer --siren 552100554 --nom "Autre" --enrole-le 2022-06-20
code "la solution" 0 sons solution importer solutions.csv
code "les financements" 0 sons financement importer vide.csv
code "la commande" 0 sons commande importer dix.csv
code "l'avance" 0 sons avance demander DIX
code "son lot" 0 lot
a 2022-12-06T09:00:00Z
code "déposé" 0 sons lot deposer 1 --le 2022-12-06T08:00:00Z
a 2023-01-20T09:00:00Z
code "payée" 0 saisir DIX --statut decidee_et_payee --le 2023-01-15 --numero-asp ASP-A
# Its balance of 1 260,00 asked, emitted, then deposited.
cp payee.db solde.db
registre solde.db
a 2023-06-30T09:00:00Z
code "la facture" 0 sons facture enregistrer DIX --numero-facture F-1 --date-facture 2023-05-31 --montant-ht 1500,00 --taux-tva 20 --montant-tva 300,00 --montant-ttc 1800,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece bon.pdf
code "la VA" 0 sons va enregistrer DIX --date-signature 2023-06-01T11:00 --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0 --piece bon.pdf
code "le solde" 0 sons solde demander DIX
code "son lot" 0 lot --type solde

# --- an answer that nothing says of the advance, the balance not deposited ---
rien "l'avance est décidée, le solde émis, non déposé" 1 "elle est solde émis" saisir DIX --statut a_modifier --le 2023-06-30T11:00
egal "… l'ASP n'a rien décidé du solde" "$(printf '%s' "$tap_sortie" | grep -c "déjà décidé")" 0
rien "… dite de l'avance, elle est déjà décidée" 1 "décidée et payée, le 15/01/2023 23:59:59 (avance, demande 1" saisir DIX --statut a_modifier --paiement avance --le 2023-06-30T11:00
code "… ce qui fut dit de l'avance l'est encore" 0 saisir DIX --statut decidee_et_payee --le 2023-01-15
contient "… inchangé" "$tap_sortie" "déjà enregistrée, inchangée"
code "le dépôt du solde" 0 sons lot deposer 2 --le 2023-06-30T11:00:00

# --- answers named by ASP's number: about that request ---
a 2023-08-01T09:00:00Z
rien "le numéro de l'avance n'est pas le solde" 1 "(avance, demande 1" saisir ASP-A --statut rejetee --le 2023-07-10 --motif x
rien "… ni par --paiement" 1 "l'autre versement" saisir ASP-A --statut rejetee --le 2023-07-10 --motif x --paiement solde
rien "… ni par --numero-asp" 1 "celui d'une autre demande" saisir DIX --statut rejetee --le 2023-07-10 --motif x --numero-asp ASP-A
feuille() { printf '%s\n' "$@" >retour.csv; }
feuille "commande;statut;date;motif" "ASP-A;rejetée;10/07/2023;x"
rien "dans une feuille" 1 "(avance, demande 1" sons retour importer retour.csv
feuille "commande;statut;date;motif;paiement" "ASP-A;rejetée;10/07/2023;x;solde"
rien "… le versement dit le contraire" 1 "attendu : avance, demande 1" sons retour importer retour.csv
contient "… à sa place" "$tap_sortie" "cellule E2"
feuille "commande;statut;date;demande" "ASP-A;rejetée;10/07/2023;2"
rien "… la demande dit le contraire" 1 "attendu : avance, demande 1" sons retour importer retour.csv
feuille "commande;statut;date" "ASP-A;décidée et payée;15/01/2023"
code "… ce qui fut dit" 0 sons retour importer retour.csv
contient "… inchangé" "$tap_sortie" "inchangée"
code "le solde a son numéro" 0 saisir DIX --statut validee --le 2023-07-05 --numero-asp ASP-S
feuille "commande;statut;date" "ASP-S;décidée et payée;10/07/2023"
code "… qui le nomme" 0 sons retour importer retour.csv
egal "… c'est lui qui est payé" "$(sql 'select paiement, statut, paye from demande order by paiement' | tr '\n' ' ')" "1|5|54000 2|5|126000 "

# --- payments named by it ---
cp solde.db du.db
rien "le versement est celui du numéro" 1 "l'autre versement" sons encaissement enregistrer --commande ASP-S --paiement avance --montant 1260,00 --date 2023-07-11
rien "une commande ne dit pas le sien" 1 E-127 sons encaissement enregistrer --commande DIX --montant 1260,00 --date 2023-07-11
feuille "commande;montant;date" "ASP-S;1260,00;11/07/2023" "ASP-A;540,00;11/07/2023"
code "deux, sans dire lesquels" 0 sons encaissement importer retour.csv
egal "… chacun le sien" "$(sql 'select paiement, montant from encaissement order by paiement' | tr '\n' ' ')" "1|54000 2|126000 "
tient

# --- transfers ---
cp du.db solde.db
code "un virement" 0 sons virement enregistrer --fournisseur 123456782 --montant 2000,00 --date 2023-07-11 --reference V
v=$(sql 'select fait from virement')
cp solde.db vire.db
recus() { sql 'select paiement, sum(montant) from encaissement where retire_par is null group by paiement' | tr '\n' ' '; }
code "le numéro nomme le solde" 0 sons virement ventiler $v ASP-S
egal "… lui seul" "$(recus)" "2|126000 "
cp vire.db solde.db
code "la commande, les deux" 0 sons virement ventiler $v DIX
egal "… les deux" "$(recus)" "1|54000 2|126000 "
cp vire.db solde.db
code "… ou celui que l'on dit" 0 sons virement ventiler $v DIX:avance
egal "… lui seul" "$(recus)" "1|54000 "
cp vire.db solde.db
rien "un numéro, et l'autre versement" 1 "l'autre versement" sons virement ventiler $v ASP-S:avance
rien "deux fois la même demande" 1 "nommée deux fois" sons virement ventiler $v DIX ASP-A
rien "une somme, et deux demandes" 1 "à l'avance ou au solde" sons virement ventiler $v DIX=10
rien "une somme illisible" 1 E-124 sons virement ventiler $v ASP-A=dix
rien "une somme nulle" 1 E-124 sons virement ventiler $v ASP-A=0
rien "plus que le virement" 1 E-128 sons virement ventiler $v ASP-A=2000,01
contient "… que faire" "$tap_sortie" "sons virement ventiler $v COMMANDE=MONTANT"
code "en trop, et en partie, dits" 0 sons virement ventiler $v DIX:avance=741,00 ASP-S=1259,00
contient "… l'un" "$(printf '%s' "$tap_sortie" | sans_blancs)" "de trop, 201,00"
contient "… l'autre" "$(printf '%s' "$tap_sortie" | sans_blancs)" "il manque 1,00"
egal "… rien de plus, rien de moins" "$(recus)" "1|74100 2|125900 "

# A cent short: attributed as it is.
cp payee.db court.db
registre court.db
code "un centime de moins" 0 sons virement enregistrer --fournisseur 123456782 --montant 539,99 --date 2023-02-01 --reference V
contient "… rien ne tombe juste" "$tap_sortie" "COMMANDE=MONTANT"
v=$(sql 'select fait from virement')
rien "… toute l'avance n'y est pas" 1 "COMMANDE=MONTANT" sons virement ventiler $v DIX
code "… ce qui est venu" 0 sons virement ventiler $v DIX=539,99
contient "… ce qui manque est dit" "$(printf '%s' "$tap_sortie" | sans_blancs)" "il manque 0,01"
contient "… et ce qui reste du virement" "$(printf '%s' "$tap_sortie" | sans_blancs)" "539,99 € attribués, 0,00 € à attribuer"
egal "… une fois, de ce virement" "$(sql "select count(*), sum(montant), max(virement) from encaissement")" "1|53999|$v"
rien "le virement est vide" 1 E-128 sons virement ventiler $v DIX=0,01
code "celui d'un autre fournisseur" 0 sons virement enregistrer --fournisseur 552100554 --montant 1,00 --date 2023-02-01 --reference W
rien "… n'est pas pour elle" 1 "ce fournisseur n'a pas cette demande" sons virement ventiler "$(sql 'select max(fait) from virement')" DIX=0,01
tient

# The number of a lot's supplier may precede it; a number that is also an order's is said, whichever comes first.
cp du.db solde.db
registre solde.db
code "SIREN et numéro de l'ASP" 0 sons encaissement enregistrer --commande 123456782/ASP-S --montant 1,00 --date 2023-07-11
egal "… le solde" "$(recus)" "2|100 "
rien "un autre SIREN" 1 "il n'y a pas de commande 552100554/ASP-S" sons encaissement enregistrer --commande 552100554/ASP-S --montant 1,00 --date 2023-07-11
{ echo "$tete"; ligne ASP-S $e2; } >homonyme.csv
rien "--strict refuse l'homonyme" 1 "celui que l'ASP donne à une demande de la commande DIX" sons commande importer homonyme.csv --strict
code "une commande du même nom" 0 sons commande importer homonyme.csv
contient "… est à vérifier" "$tap_sortie" "à vérifier : ce numéro est celui que l'ASP donne à une demande de la commande DIX"
code "… une fois" 0 sons commande importer homonyme.csv
egal "… enregistrée, plus rien à dire" "$(printf '%s' "$tap_sortie" | grep -c "à vérifier")" 0
{ echo "$tete"; ligne ASP-A $e2 | sed 's/2022-07-12/2023-02-01/g'; } >remplace.csv
rien "celle qui en remplace une, --strict" 1 "celui que l'ASP donne à une demande de la commande DIX" sons commande remplacer ASP-S --fichier remplace.csv --strict
cp payee.db homonyme.db
registre homonyme.db
a 2023-02-20T09:00:00Z
code "dans l'autre ordre : la commande" 0 sons commande importer homonyme.csv
egal "… rien à dire du numéro" "$(printf '%s' "$tap_sortie" | grep -c "ce numéro")" 0
code "son avance" 0 sons avance demander ASP-S
code "son lot" 0 lot
code "déposé" 0 sons lot deposer 2
a 2023-02-21T09:00:00Z
code "le numéro d'une autre commande" 0 saisir ASP-S --statut recue --le 2023-02-20T12:00 --numero-asp DIX --essai
contient "… est à vérifier" "$tap_sortie" "à vérifier : le numéro de l'ASP, DIX, est celui d'une autre commande"
code "… et le sien ne se dit pas" 0 saisir ASP-S --statut validee --le 2023-02-20T13:00 --numero-asp N-1
egal "… rien à dire" "$(printf '%s' "$tap_sortie" | grep -c "à vérifier")" 0

# --- paid though rejected ---
code "rejetée" 0 saisir ASP-S --statut rejetee --le 2023-02-20T14:00 --motif x
code "payée pourtant" 0 sons encaissement enregistrer --commande ASP-S --paiement avance --montant 540,00 --date 2023-02-21 --reference A
contient "… le rejet est dit" "$tap_sortie" "payée alors que l'ASP l'a rejetée"
code "demandée de nouveau" 0 sons avance demander ASP-S
code "payée encore" 0 sons encaissement enregistrer --commande ASP-S --paiement avance --montant 1,00 --date 2023-02-21 --reference B
contient "… le rejet est dit" "$tap_sortie" "l'ASP a rejeté la demande d'avant, et n'a pas décidé de la nouvelle"
contient "… laquelle, quand" "$tap_sortie" "demande 2 rejetée le 20/02/2023 14:00:00"

# --- the number of the rejected request is not that of the new one ---
code "le lot de la nouvelle" 0 lot
code "déposé" 0 sons lot deposer 3
a 2023-02-23T09:00:00Z
rien "le numéro de la rejetée" 1 "ce n'est pas la demande que l'ASP avait" saisir N-1 --statut validee --le 2023-02-22
code "la nouvelle est payée" 0 saisir ASP-S --statut decidee_et_payee --le 2023-02-22 --numero-asp N-2
code "ce qui est venu pour la rejetée est retiré" 0 sons encaissement retirer "$(sql 'select min(fait) from encaissement')" --motif x
code "un virement" 0 sons virement enregistrer --fournisseur 123456782 --montant 539,00 --date 2023-02-22 --reference N
v=$(sql 'select fait from virement')
rien "… rien pour la rejetée" 1 "rien à recevoir" sons virement ventiler $v N-1
code "… la nouvelle" 0 sons virement ventiler $v N-2
egal "… 1,00 et 539,00" "$(recus)" "1|54000 "

# --- a column that nothing reads ---
feuille "commande;statut;date;montent" "DIX;décidée et payée;15/01/2023;1"
code "une colonne mal écrite" 0 sons retour importer retour.csv
contient "… est dite" "$tap_sortie" "Colonne ignorée : montent"
contient "… collée aussi" "$(sons retour importer - <retour.csv 2>&1)" "Colonne ignorée : montent"
feuille "commande;montant;date;paiment" "ASP-A;1,00;21/02/2023;avance"
contient "… un encaissement" "$(sons encaissement importer retour.csv 2>&1)" "Colonne ignorée : paiment"

# --- a VA of an order that is not there: said once, however many its ESSMS ---
registre payee.db
a 2023-06-30T09:00:00Z
printf 'commande;date_signature;signataire;qualite_signataire;mode_signature;bon_fonctionnement;piece;finess_et;atteste\nABSENTE;2023-06-01T11:00;A;directrice;eidas;oui;bon.pdf;%s;oui\nABSENTE;2023-06-01T11:00;A;directrice;eidas;oui;bon.pdf;%s;oui\n' $e1 $e2 >absente.csv
rien "deux lignes d'une commande absente" 1 E-132 sons va enregistrer --fichier absente.csv
egal "… dite une fois" "$(printf '%s' "$tap_sortie" | grep -c E-132)" 1
registre homonyme.db
tient
fermer
