# situation: a request made again in a later month stays in its own; what happens after a month leaves it as it was.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier situations

commandes_pareilles 2023-05-01T09:00:00Z 5
for acte in "commande importer c.csv" "avance demander C1 C2 C3 C4" "lot emettre --fournisseur 123456782 --couloir MS1 --sortie ."; do
    code "$acte" 0 sons $acte
done
liste() { sons situation "$@" --format csv 2>/dev/null | sed 1d | tr -d '\342\200\257\302\240'; }
ligne() { mois=$1 quoi=$2; shift 2; liste "$mois" "$@" | grep "^$quoi;" | cut -d ';' -f 2-; }
dernier() { sons situation "$@" 2>/dev/null | tail -n 1; }
repondre() { code "$1 : $2" 0 sons retour saisir "$1" --statut "$2" --le "$3"; }
facturer() { code "la facture $2 de $1" 0 sons facture enregistrer "$1" --numero-facture "$2" --date-facture "$3" --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece bon.pdf; }
attester() { code "la VA de $1" 0 sons va enregistrer $1 --date-signature "$2" --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece bon.pdf; }
rectifier() { code "$1 corrigée : $2 HT" 0 sons commande rectifier "$1" --montant-ht "$2" --montant-tva "$3" --montant-ttc "$4" --motif relue; }

# --- May: four advances, of which one is rejected, one sent back, one paid; its balance is asked and rejected ---
a 2023-05-02T12:00:00Z
code "déposé" 0 sons lot deposer 1 --le 2023-05-02T10:00:00Z --accuse bon.pdf
a 2023-05-10T12:00:00Z
repondre C1 rejetee 2023-05-10T10:00:00Z
repondre C2 a_modifier 2023-05-10T10:00:00Z
repondre C3 decidee_et_payee 2023-05-10T10:00:00Z
facturer C3 F-1 2023-05-10
attester C3 2023-05-10T10:30:00Z
code "le solde de C3" 0 sons solde demander C3
code "il part" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
code "… déposé" 0 sons lot deposer 2 --le 2023-05-10T12:00:00Z --accuse bon.pdf
a 2023-05-25T12:00:00Z
repondre C3 rejetee 2023-05-25T10:00:00Z
liste 2023-05 >mai.csv
egal "mai : quatre avances" "$(ligne 2023-05 "demandes d'avance")" "4;2628,00;4;2628,00;;;;"
egal "mai : un solde" "$(ligne 2023-05 'demandes de solde')" "1;1533,00;1;1533,00;;;;"
egal "mai, arrêté au 9 : ni solde, ni réponse, ni facture" "$(for q in "demandes d'avance" 'demandes de solde' 'demandes rendues ou rejetées' 'avances décidées et payées' factures; do ligne 2023-05 "$q" --au 2023-05-09; done | tr '\n' ' ')" "4;2628,00;4;2628,00;;;; 0;;0;;;;; 0;;0;;;;; 0;;0;;;;; 0;;0;;;;; "
egal "… tel qu'il était connu alors" "$(dernier 2023-05 --au 2023-05-09)" "Connu le 09/05/2023 23:59:59. Rien n'a changé depuis."
egal "mai, arrêté avant lui : rien" "$(liste 2023-05 --au 2023-04-30 | grep -c ';0;[0,]*;0;[0,]*;;;;')" "$(liste 2023-05 | wc -l)"
egal "mai tel qu'on le montrait le 10 à 12:00:00 UTC : le rejet du solde n'y est pas" "$(ligne 2023-05 'demandes rendues ou rejetées' --connu-le 2023-05-10T12:00:00Z)" "2;;2;;;;;"

# --- June: each is asked again ---
a 2023-06-05T09:00:00Z
code "C1, rejetée, est redemandée" 0 sons avance demander C1
rectifier C2 1800,00 360,00 2160,00
code "C2, à modifier, est redemandée" 0 sons avance demander C2
code "le solde de C3 aussi" 0 sons solde demander C3
liste 2023-05 >alors.csv
cas "mai : pas une ligne n'a changé" cmp -s mai.csv alors.csv
egal "mai : rien n'a changé" "$(dernier 2023-05)" "Connu le 31/05/2023 23:59:59. Rien n'a changé depuis."
egal "juin : deux avances" "$(ligne 2023-06 "demandes d'avance")" "2;1305,00;2;1305,00;;;;"
egal "juin : un solde" "$(ligne 2023-06 'demandes de solde')" "1;1533,00;1;1533,00;;;;"
rectifier C2 1810,00 362,00 2172,00
egal "corrigée avant de partir : une demande, d'un autre montant" "$(ligne 2023-06 "demandes d'avance")" "2;1308,60;2;1308,60;;;;"
liste 2023-06 >juin.csv
liste 2023-05 --connu-le 2023-05-25T12:00:00Z >alors.csv
cas "mai tel qu'on le montrait le 25 : pas une ligne n'a changé" cmp -s mai.csv alors.csv
egal "… et on le dit" "$(dernier 2023-05 --connu-le 2023-05-25T12:00:00Z)" "Connu le 25/05/2023 14:00:00. Rien n'a changé depuis."
egal "juin tel qu'on le montrait en mai : rien" "$(ligne 2023-06 "demandes d'avance" --connu-le 2023-05-25T12:00:00Z) $(dernier 2023-06 --connu-le 2023-05-25T12:00:00Z)" "0;;0;;;;; Connu le 25/05/2023 14:00:00. Rien n'a changé depuis."

# --- July: corrected again, and one asked in June that is told late ---
a 2023-07-03T09:00:00Z
rectifier C2 1825,00 365,00 2190,00
liste 2023-06 >alors.csv
cas "juin : pas une ligne n'a changé" cmp -s juin.csv alors.csv
egal "juillet : la demande corrigée" "$(ligne 2023-07 "demandes d'avance")" "1;657,00;1;657,00;;;;"
code "C5 demandée en juin, saisie en juillet" 0 sons avance demander C5 --le 2023-06-20
egal "juin : une avance saisie depuis" "$(ligne 2023-06 "demandes d'avance")" "2;1308,60;3;1965,60;1;657,00;;"
contient "… dite" "$(dernier 2023-06)" "1 saisie depuis"
egal "mai n'en sait rien" "$(dernier 2023-05)" "Connu le 31/05/2023 23:59:59. Rien n'a changé depuis."

# --- an invoice, a VA that takes the place of another ---
facturer C3 F-2 2023-07-02
attester C3 2023-07-02T08:00:00Z
egal "mai : sa facture et sa VA y restent" "$(ligne 2023-05 factures) $(ligne 2023-05 'VA signées')" "1;2190,00;1;2190,00;;;; 1;;1;;;;;"
egal "juillet : les nouvelles" "$(ligne 2023-07 factures) $(ligne 2023-07 'VA signées')" "1;2190,00;1;2190,00;;;; 1;;1;;;;;"
facturer C3 F-3 2023-05-12
attester C3 2023-05-12T08:00:00Z
egal "de mai, saisies en juillet, elles en remplacent d'autres de mai" "$(ligne 2023-05 factures) $(ligne 2023-05 'VA signées')" "1;2190,00;1;2190,00;1;2190,00;1;2190,00 1;;1;;1;;1;"
egal "… et juillet n'en a plus" "$(ligne 2023-07 factures) $(ligne 2023-07 'VA signées')" "0;0,00;0;0,00;;;; 0;;0;;;;;"

# --- August: what is told of July, then taken back, shows as entered and taken back since; known at its end, as taken back only ---
retirer() { code "$1 : retiré" 0 sons "$1" retirer "$(sqlite3 "$SONS_REGISTRE" 'select max(numero) from journal')" --motif "saisi par erreur"; }
lignes() { for q in "demandes rendues ou rejetées" "avances décidées et payées" encaissements virements "ordres de recouvrer" reversements; do echo "$q;$(ligne 2023-07 "$q")"; done; }
egal "juillet : rien de tout cela" "$(lignes | grep -c ';0;;0;;;;;$')" 6
virer() { sons virement enregistrer --fournisseur 123456782 --montant 9,00 --date "$1" --reference V; }
ordonner() { sons reversement ordonner C3 --montant 657,01 --date "$1"; }
code "C1, C2 et C5 partent" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type avance --sortie .
code "… déposées" 0 sons lot deposer 3 --le 2023-07-03T09:00:00Z --accuse bon.pdf
code "C4 payée en juillet, su en juillet" 0 sons retour saisir C4 --statut decidee_et_payee --montant 655,00 --le 2023-07-03T08:00:00Z
connu=$(sqlite3 "$SONS_REGISTRE" 'select max(numero) from journal')
a 2023-08-01T09:00:00Z
for reponse in rejetee decidee_et_payee; do
    code "C5, $reponse en juillet" 0 sons retour saisir C5 --statut $reponse --le 2023-07-04
    retirer retour
done
code "7 euros reçus" 0 sons encaissement enregistrer --commande C3 --paiement avance --montant 7,00 --date 2023-07-05
retirer encaissement
code "un virement" 0 virer 2023-07-06
retirer virement
code "un ordre d'un centime de trop" 0 ordonner 2023-07-06
retirer reversement
code "un reversement" 0 sons reversement enregistrer C3 --montant 3,00 --date 2023-07-07
retirer reversement
code "le paiement de C4 n'était pas le sien" 0 sons retour retirer $connu --motif "celle d'une autre"
egal "chacune saisie et retirée depuis, mais la réponse connue, retirée seulement" "$(lignes)" "demandes rendues ou rejetées;0;;0;;1;;1;
avances décidées et payées;1;655,00;0;0,00;1;657,00;2;1312,00
encaissements;0;;0;0,00;1;7,00;1;7,00
virements;0;;0;0,00;1;9,00;1;9,00
ordres de recouvrer;0;;0;0,00;1;657,01;1;657,01
reversements;0;;0;0,00;1;3,00;1;3,00"
egal "… dites" "$(dernier 2023-07)" "Connu le 31/07/2023 23:59:59. 6 saisies depuis, 7 retirées ou remplacées depuis."
egal "août n'en a rien" "$(dernier 2023-08)" "Connu le 01/08/2023 11:00:00. Rien n'a changé depuis."
tient
fermer
