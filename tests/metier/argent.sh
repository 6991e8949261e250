# Money: received in part, too much, twice, before any decision; one transfer for many requests; ordres de recouvrer, repayments.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier argent

printf '%%PDF-1.4\nordre\n' >ordre.pdf
commandes_pareilles 2023-05-01T09:00:00Z 4
code "quatre commandes" 0 sons commande importer c.csv
code "quatre demandes" 0 sons avance demander --toutes
code "un lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
a 2023-06-01T09:00:00Z
etat() { sons commande lister --format csv "$@" 2>/dev/null | awk -F ';' -v n="$commande" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "etat") c = i } $1 == n { print $c; exit }'; }
etat_de() { commande=$1; shift; etat "$@"; }
sans_blancs() { tr -d '\342\200\257\302\240'; }
encaisser() { sons encaissement enregistrer --commande "$@"; }

# --- before any decision ---
code "payé avant toute décision : enregistré et dit" 0 encaisser C1 --paiement avance --montant 657,00 --date 2023-05-02 --reference V1
contient "dit" "$tap_sortie" "payée avant que l'ASP ne l'ait dite « décidée et payée »"
egal "l'état ne change pas" "$(etat_de C1)" avance_emise
code "le même : rien" 0 encaisser C1 --paiement avance --montant 657,00 --date 2023-05-02 --reference V1
contient "inchangé" "$tap_sortie" "Déjà enregistré, inchangé"
egal "une fois" "$(sqlite3 r.db 'select count(*) from encaissement')" 1
code "le dépôt" 0 sons lot deposer 1 --le 2023-05-02T10:00:00
for n in 1 2 3 4; do
    code "l'ASP a payé C$n" 0 sons retour saisir C$n --statut decidee_et_payee --le 2023-06-01T10:59:00
done
egal "payée" "$(etat_de C1)" avance_payee

# --- faults of form: nothing is recorded ---
rien "date à venir" 1 E-223 encaisser C2 --paiement avance --montant 657,00 --date 2023-06-02
rien "montant nul" 1 E-124 encaisser C2 --paiement avance --montant 0 --date 2023-06-01
rien "paiement inconnu" 1 E-1 encaisser C2 --paiement arrhes --montant 1 --date 2023-06-01
rien "commande inconnue" 1 E-132 encaisser ABSENTE --paiement avance --montant 1 --date 2023-06-01
rien "sans montant" 1 E-127 encaisser C2 --paiement avance --date 2023-06-01
cat >deux.csv <<'FIN'
commande;paiement;montant;date;reference
C2;avance;657,00;01/06/2023;V2
C3;avance;657,00;01/06/2023;V2
C2;avance;657,00;01/06/2023;V2
FIN
rien "une ligne copiée" 1 "deux fois dans la feuille" sons encaissement importer deux.csv
contient "à sa place" "$tap_sortie" "ligne 4"
sed '3s/C3/ABSENTE/; 4s/C2/RIEN/' deux.csv >inconnues.csv
rien "des commandes inconnues" 1 E-132 sons encaissement importer inconnues.csv
egal "chacune à sa place" "$(printf '%s\n' "$tap_sortie" | grep -c -e '^inconnues.csv, ligne 3 (cellule A3) : erreur E-132 : il n.y a pas de commande ABSENTE' -e '^inconnues.csv, ligne 4 (cellule A4) : erreur E-132 : il n.y a pas de commande RIEN')" 2
rien "par options, sans feuille" 1 "erreur E-132" encaisser ABSENTE --paiement avance --montant 1 --date 2023-06-01
egal "… ni lieu" "$(printf '%s\n' "$tap_sortie" | grep -c '^erreur E-132')" 1

# --- a part, the rest, too much, twice ---
code "un centime de moins" 0 encaisser C2 --paiement avance --montant 656,99 --date 2023-06-01 --reference V2
# What each request has received, what it is still owed, in the list of requests.
recu() { sons demande lister --format csv 2>/dev/null | tr -d '\r' | awk -F ';' -v c="$1" '$1 == c && $3 == "avance" { print $13, $15, $16 }'; }
egal "demande lister : reçu, reste dû" "$(recu C2)" "657,00 656,99 0,01"
contient "dit" "$(printf '%s' "$tap_sortie" | sans_blancs)" "il manque 0,01"
code "le centime" 0 encaisser C2 --paiement avance --montant 0,01 --date 2023-06-01 --reference V3
egal "plus rien à dire" "$(printf '%s' "$tap_sortie" | grep -c "il manque")" 0
code "payé deux fois" 0 encaisser C2 --paiement avance --montant 657,00 --date 2023-06-01 --reference V4
contient "dit, jamais absorbé" "$(printf '%s' "$tap_sortie" | sans_blancs)" "de trop, 657,00"
egal "demande lister : reçu en trop" "$(recu C2)" "657,00 1314,00 -657,00"
entree=$(sqlite3 r.db 'select max(fait) from encaissement')
rien "retirer ce qui n'est pas un encaissement" 1 E-132 sons encaissement retirer 1 --motif essai
code "retiré" 0 sons encaissement retirer "$entree" --motif "saisi deux fois"
egal "deux restent" "$(sons encaissement lister --format csv 2>/dev/null | grep -c ';avance;' )" 3
code "déjà retiré : rien" 0 sons encaissement retirer "$entree" --motif "saisi deux fois"
contient "dit" "$tap_sortie" "déjà retiré"

# --- the list imports again ---
sons encaissement lister --format csv >liste.csv 2>/dev/null
code "la liste, importée de nouveau" 0 sons encaissement importer liste.csv
contient "rien à faire" "$tap_sortie" "Tous déjà enregistrés, inchangés"

# --- one transfer for two requests ---
code "un virement" 0 sons virement enregistrer --fournisseur 123456782 --montant 1314,00 --date 2023-06-01 --reference ASP-0601
contient "deux demandes l'attendent" "$tap_sortie" "2 demandes attendent"
contient "le lot" "$tap_sortie" "tout ce qui reste dû du lot 1"
v=$(sqlite3 r.db 'select fait from virement')
rien "un registre dont le titulaire n'est pas éditeur : à qui ?" 1 "à quel fournisseur l'ASP a-t-elle payé ?" sons virement enregistrer --montant 1314,00 --date 2023-06-01 --reference ASP-0602
registre editeur.db
sons initialiser --fictif --role editeur --siren 123456782 --nom "Éditeur" >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" >/dev/null 2>&1
code "le titulaire est éditeur : c'est lui" 0 sons virement enregistrer --montant 1314,00 --date 2023-06-01 --reference ASP-0601
egal "… son SIREN" "$(sqlite3 editeur.db 'select fournisseur from virement')" 123456782
rien "un SIREN mal écrit n'est pas remplacé" 1 "E-126" sons virement enregistrer --fournisseur 123456789 --montant 1,00 --date 2023-06-01 --reference X
registre r.db
code "enregistré de nouveau : rien" 0 sons virement enregistrer --fournisseur 123456782 --montant 1314,00 --date 2023-06-01 --reference ASP-0601
contient "dit" "$tap_sortie" "déjà enregistré"
egal "un seul" "$(sqlite3 r.db 'select count(*) from virement')" 1
rien "à qui ?" 2 E-166 sons virement ventiler "$v"
rien "une commande et une proposition" 2 E-166 sons virement ventiler "$v" C3 --proposition 1
rien "une commande déjà payée" 1 E-135 sons virement ventiler "$v" C1
rien "une proposition qui n'existe pas" 1 E-132 sons virement ventiler "$v" --proposition 9
code "attribué à une commande" 0 sons virement ventiler "$v" C3
egal "il en reste" "$(sons virement lister --format csv 2>/dev/null | sed 1d | cut -d ';' -f 7)" "657,00"
code "le reste, par la proposition" 0 sons virement ventiler "$v" --proposition 1
egal "plus rien" "$(sons virement lister --format csv 2>/dev/null | sed 1d | cut -d ';' -f 7)" "0,00"
egal "deux encaissements de ce virement" "$(sqlite3 r.db "select count(*), sum(montant) from encaissement where virement = $v")" "2|131400"
code "un virement que rien n'attend" 0 sons virement enregistrer --fournisseur 123456782 --montant 100,00 --date 2023-06-01 --reference INCONNU
contient "il reste montré" "$tap_sortie" "Aucune somme ne tombe juste"
egal "à attribuer" "$(sons virement lister --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 7)" "100,00"

# --- repayment ---
rien "avant le paiement" 1 E-224 sons reversement ordonner C4 --montant 657,00 --date 2023-05-01
code "annulée" 0 sons commande annuler C4 --attestation bon.pdf
egal "encore en vigueur" "$(etat_de C4)" annulee_avance_payee
cp r.db litige.db
code "en litige tant qu'elle réclame son ESSMS" 0 sons litige ouvrir C4 --contre 999999999/L1 --registre litige.db
egal "la liste le dit comme le reste" "$(SONS_REGISTRE=litige.db; export SONS_REGISTRE; etat_de C4) $(sons commande voir C4 --registre litige.db 2>/dev/null | grep -c '^Commande C4, en litige')" "en_litige 1"
code "l'ordre de recouvrer" 0 sons reversement ordonner C4 --montant 657,00 --date 2023-06-01 --reference OR-1 --piece ordre.pdf
egal "libre" "$(etat_de C4)" annulee_a_reverser
code "le même : rien" 0 sons reversement ordonner C4 --montant 657,00 --date 2023-06-01 --reference OR-1 --piece ordre.pdf
contient "dit" "$tap_sortie" "déjà enregistré"
code "une partie" 0 sons reversement enregistrer C4 --montant 600,00 --date 2023-06-01
contient "le reste" "$(printf '%s' "$tap_sortie" | sans_blancs)" "reste 57,00"
egal "pas encore" "$(etat_de C4)" annulee_a_reverser
code "le reste" 0 sons reversement enregistrer C4 --montant 57,00 --date 2023-06-01
egal "reversée" "$(etat_de C4)" annulee_reversee
egal "les pièces" "$(sqlite3 r.db "select count(*) from piece_jointe where role = (select max(role) from piece_jointe where commande = (select fait from commande where numero = 'C4'))")" 1
code "l'histoire" 0 sons commande voir C4
contient "l'ordre" "$tap_sortie" "ordre de recouvrer"

# --- what by when, what is to be repaid ---
a 2023-06-02T09:00:00Z
liste() { sons "$@" --format csv 2>/dev/null | sed 1d | sans_blancs; }
# Texts that hold the separator are quoted: they do not matter here.
du() { liste reversements "$@" | LC_ALL=C sed 's/"[^"]*"/x/g' | awk -F ';' '{ printf "%s;%s;%s;%s;%s|", $1, $3, $7, $9, $11 }'; }
egal "trois VA et trois factures attendues" "$(liste echeances | cut -d ';' -f 2,3,5 | sort | uniq -c | sed 's/^ *//' | tr '\n' '|')" "1 303;C1;facturer la prestation et enregistrer la facture|1 303;C1;faire signer la VA|1 303;C2;facturer la prestation et enregistrer la facture|1 303;C2;faire signer la VA|1 303;C3;facturer la prestation et enregistrer la facture|1 303;C3;faire signer la VA|"
egal "aucune avant trente jours" "$(liste echeances --jours 30 | wc -l)" 0
egal "l'instant de la clôture, heure légale" "$(liste echeances | cut -d ';' -f 1 | sort -u)" "2024-03-31T23:59:59+02:00"
egal "la même machine à Tokyo" "$(TZ=Asia/Tokyo sons echeances --format csv 2>/dev/null | sans_blancs | sed 1d | cut -d ';' -f 1,2 | sort -u)" "2024-03-31T23:59:59+02:00;303"
egal "au dernier jour" "$(liste echeances --au 2024-03-31T23:59:59 | cut -d ';' -f 2 | sort -u)" 0
code "le lendemain" 0 sons echeances --au 2024-04-01
contient "elles sont passées" "$tap_sortie" "6 échéances, dont 6 passées"
egal "avant la clôture, seule celle qui fut annulée" "$(du --au 2024-03-31)" "C4;REV-03;657,00;657,00;0,00|"
egal "après : trois avances" "$(du --au 2024-04-01)" "C1;REV-01;657,00;;657,00|C2;REV-01;657,00;;657,00|C3;REV-01;657,00;;657,00|C4;REV-03;657,00;657,00;0,00|"
code "la somme" 0 sons reversements --au 2024-04-01
contient "au centime" "$(printf '%s' "$tap_sortie" | tail -n 1 | tr -cd '0-9,')" "41971,00,0,00"
egal "trois verdicts changent avec le calendrier prorogé" "$(sons parametres calendrier proroge --au 2024-04-02 --essai 2>/dev/null | grep -c 'REV-01  non conforme  sans objet')" 3
code "le calendrier prorogé" 0 sons parametres calendrier proroge
egal "rien n'est plus à reverser ce jour-là" "$(liste reversements --au 2024-04-01 | cut -d ';' -f 1)" C4
egal "la clôture a une heure" "$(liste echeances | cut -d ';' -f 1 | sort -u)" "2024-12-19T14:00:00+01:00"
egal "à une seconde près" "$(liste reversements --au 2024-12-19T14:00:00 | wc -l),$(liste reversements --au 2024-12-19T14:00:01 | wc -l)" "1,4"
code "un ordre que nulle règle ne donne" 0 sons reversement ordonner C1 --montant 100,00 --date 2023-06-02
egal "il se voit" "$(du)" "C1;;100,00;100,00;100,00|C4;REV-03;657,00;657,00;0,00|"

# An ordre, then a reversement, entered by mistake: taken back, the order is what it was; what was known is still told.
cp r.db tout.db
avant=$(du)
code "un zéro de trop" 0 sons reversement ordonner C1 --montant 1000,00 --date 2023-06-02 --reference ZERO
ordre=$(sqlite3 r.db 'select max(fait) from ordre_de_recouvrer')
faux=$(du)
cas "il compte" [ "$faux" != "$avant" ]
rien "sans motif" 2 --motif sons reversement retirer "$ordre"
rien "une entrée qui n'est ni l'un ni l'autre" 1 E-132 sons reversement retirer 1 --motif essai
rien "une entrée qui n'existe pas" 1 E-132 sons reversement retirer 999999 --motif essai
a 2023-06-02T12:00:00Z
code "l'ordre se retire" 0 sons reversement retirer "$ordre" --motif "un zéro de trop"
contient "dit" "$tap_sortie" "Entrée $ordre retirée, elle ne compte plus"
egal "plus rien n'en reste" "$(du)" "$avant"
egal "… même à une date d'avant" "$(du --au 2023-06-02T11:59:59Z)" "$avant"
egal "… mais ce qu'on en savait se dit encore" "$(du --connu-le 2023-06-02T11:59:59Z)" "$faux"
contient "l'histoire le raconte" "$(sons commande voir C1 2>/dev/null | sans_blancs)" "retrait de l'ordre de recouvrer, 1000,00"
code "déjà retiré : rien" 0 sons reversement retirer "$ordre" --motif "un zéro de trop"
contient "… dit" "$tap_sortie" "déjà retirée, inchangée"
code "le même, enregistré pour de bon" 0 sons reversement ordonner C1 --montant 1000,00 --date 2023-06-02 --reference ZERO
egal "… compte" "$(du)" "$faux"
code "un reversement" 0 sons reversement enregistrer C1 --montant 100,00 --date 2023-06-02
code "… se retire de même" 0 sons reversement retirer "$(sqlite3 r.db 'select max(fait) from reversement where commande = (select fait from commande where numero = '"'C1'"')')" --motif "celui d'un autre"
egal "… et ne compte plus" "$(du)" "$faux"
tient
mv tout.db r.db
a 2023-06-02T09:00:00Z

# An ordre of a part, repaid: the order stays in its life, and its balance completes what is kept of the advance.
cp r.db tout.db
sans_fines() { LC_ALL=C sed 's/\xe2\x80\xaf//g; s/\xc2\xa0//g'; }
code "la part est reversée" 0 sons reversement enregistrer C1 --montant 100,00 --date 2023-06-02
egal "elle n'est pas reversée : le reste lui demeure" "$(etat_de C1)" avance_payee
egal "la VA et la facture restent attendues" "$(sons echeances --format csv 2>/dev/null | grep ';C1;' | cut -d ';' -f 5 | sort -r | tr '\n' '|')" "faire signer la VA|facturer la prestation et enregistrer la facture|"
egal "plus rien à reverser" "$(du | tr '|' '\n' | grep '^C1')" "C1;;100,00;100,00;0,00"
code "la facture" 0 sons facture enregistrer C1 --numero-facture F-1 --date-facture 2023-06-02 --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece bon.pdf
code "la VA" 0 sons va enregistrer C1 --date-signature 2023-06-02T08:00:00Z --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece bon.pdf
code "le solde se demande" 0 sons solde demander C1
egal "… il complète 557,00" "$(sons demande lister --format csv 2>/dev/null | sans_fines | grep '^C1;.*solde' | grep -c '1633,00')" 1
contient "… expliquer le dit" "$(sons expliquer C1 solde 2>/dev/null | sans_fines)" "avance payée 657,00€ − reversé 100,00€ = 557,00€"
contient "… SOL-04 aussi" "$(sons expliquer C1 SOL-04 2>/dev/null | sans_fines)" "dont 100,00€ reversés"
code "… il part" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
code "… la somme tient dans le lot" 0 sons lot verifier lot-123456782-000002.zip
code "encore cent euros, le solde étant parti" 0 sons reversement ordonner C1 --montant 100,00 --date 2023-06-02 --reference DEUX
code "… reversés" 0 sons reversement enregistrer C1 --montant 100,00 --date 2023-06-02 --reference DEUX
egal "… elle est où elle était" "$(etat_de C1)" solde_emis
tient
mv tout.db r.db

# --- what goes back, and what it covers (regles.md § 6) ---
cp r.db tout.db
lignes_de() { liste reversements | LC_ALL=C sed 's/"[^"]*"/x/g' | awk -F ';' -v c="$1" '$1 == c { printf "%s;%s;%s;%s|", $3, $7, $9, $11 }'; }
depuis_de() { liste reversements | LC_ALL=C sed 's/"[^"]*"/x/g' | awk -F ';' -v c="$1" '$1 == c { print $5 }'; }
reverser() { sons reversement enregistrer "$@"; }
paye_de() { sons demande lister --format csv 2>/dev/null | tr -d '\r' | awk -F ';' -v c="$1" -v p="$2" '$1 == c && $3 == p { print $13, $15, $16 }'; }

code "reversé sans ordre" 0 reverser C3 --montant 657,00 --date 2023-06-01
contient "… dit, jamais absorbé" "$(printf '%s' "$tap_sortie" | sans_fines)" "de trop, 657,00€"
egal "… montré tant que nul ordre ne le demande" "$(lignes_de C3)" ";;;-657,00|"
egal "… depuis la fin de son jour" "$(depuis_de C3)" "2023-06-01T23:59:59+02:00"
contient "… expliquer le dit" "$(sons expliquer C3 reversement 2>/dev/null | sans_fines)" "reversé au-delà de ce qui est dû : 657,00€"
contient "… la somme de la liste n'en est pas diminuée" "$(sons reversements 2>/dev/null | tail -n 1 | sans_fines)" "reste à reverser 100,00€"
egal "… la vie de la commande non plus" "$(etat_de C3)" avance_payee
code "un ordre d'une partie" 0 sons reversement ordonner C3 --montant 100,00 --date 2023-06-01
egal "… le reste est de trop encore" "$(lignes_de C3)" ";100,00;100,00;0,00|;;;-557,00|"
egal "… elle reste dans sa vie" "$(etat_de C3)" avance_payee
code "l'ordre du reste" 0 sons reversement ordonner C3 --montant 557,00 --date 2023-06-01
egal "… plus rien de trop" "$(lignes_de C3)" ";657,00;657,00;0,00|"
egal "… elle est reversée" "$(etat_de C3)" reversee
code "un ordre de plus que ce qui fut payé" 0 sons reversement ordonner C3 --montant 1,00 --date 2023-06-01
contient "… dit" "$tap_sortie" "demandent plus que ce qui fut payé"
rien "une heure ne se perd pas" 1 E-123 sons reversement ordonner C3 --montant 2,00 --date 2023-06-01T10:00:00

code "reçue deux fois" 0 encaisser C2 --paiement avance --montant 657,00 --date 2023-06-01 --reference V9
egal "… à rendre" "$(lignes_de C2)" ";657,00;;657,00|"
cp r.db deux.db
code "… ordonnée" 0 sons reversement ordonner C2 --montant 657,00 --date 2023-06-01
code "… rendue" 0 reverser C2 --montant 657,00 --date 2023-06-01
egal "… plus rien n'est dû, ni d'un côté ni de l'autre" "$(paye_de C2 avance) $(lignes_de C2)" "657,00 1314,00 0,00 ;657,00;657,00;0,00|"
contient "… expliquer le reste" "$(sons expliquer C2 reste 2>/dev/null | sans_fines)" "décidé 657,00€ − reçu 1314,00€ + reversé 657,00€, reçus en trop = 0,00€"
egal "… l'avance est gardée" "$(etat_de C2)" avance_payee
mv deux.db r.db
code "… annulée" 0 sons commande annuler C2 --attestation bon.pdf
code "… l'ordre de l'avance" 0 sons reversement ordonner C2 --montant 657,00 --date 2023-06-02
code "… reversée une fois" 0 reverser C2 --montant 657,00 --date 2023-06-02
contient "… l'acte dit ce qui reste" "$(printf '%s' "$tap_sortie" | sans_fines)" "à reverser 1314,00€, reversé 657,00€, reste 657,00€"
egal "… la liste et l'état s'accordent" "$(lignes_de C2)$(etat_de C2)" "REV-03;657,00;657,00;657,00|;657,00;;0,00|annulee_a_reverser"
code "… deux fois" 0 reverser C2 --montant 657,00 --date 2023-06-02 --reference DEUX
egal "… tout est rendu" "$(lignes_de C2)$(etat_de C2)" "REV-03;657,00;657,00;0,00|;657,00;;0,00|annulee_reversee"
tient
cp tout.db r.db

code "reçue d'un centime de moins" 0 sons encaissement retirer "$(sqlite3 r.db "select e.fait from encaissement e join commande c on c.fait = e.commande where c.numero = 'C2' and e.montant = 1 and e.retire_par is null")" --motif "erreur de saisie"
code "… annulée" 0 sons commande annuler C2 --attestation bon.pdf
egal "… ce qui fut reçu est dû" "$(lignes_de C2)" "REV-03;656,99;;656,99|"
code "… ordonné" 0 sons reversement ordonner C2 --montant 656,99 --date 2023-06-02
code "… reversé" 0 reverser C2 --montant 656,99 --date 2023-06-02
egal "… plus rien" "$(lignes_de C2)$(etat_de C2)" "REV-03;656,99;656,99;0,00|annulee_reversee"
tient
cp tout.db r.db

# ASP pays more on the balance than was asked; an ordre and a repayment of the day the balance leaves come after it.
rm -f ./*-123456782-000002.*
facturer() { sons facture enregistrer C3 --numero-facture F-3 --date-facture 2023-06-02 --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece bon.pdf; }
code "la facture de C3" 0 facturer
code "sa VA" 0 sons va enregistrer C3 --date-signature 2023-06-02T08:00:00Z --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece bon.pdf
code "son solde" 0 sons solde demander C3
code "… part" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
a 2023-06-03T09:00:00Z
code "… déposé" 0 sons lot deposer 2 --le 2023-06-02T12:00:00Z --accuse bon.pdf
code "dix euros ordonnés du jour où il part" 0 sons reversement ordonner C3 --montant 10,00 --date 2023-06-02
code "… reversés ce jour" 0 reverser C3 --montant 10,00 --date 2023-06-02
contient "… le solde parti le matin reste juste" "$(sons expliquer C3 SOL-04 2>/dev/null)" "SOL-04 conforme"
code "payé cent euros de trop" 0 sons retour saisir C3 --statut decidee_et_payee --le 2023-06-03T08:00:00Z --montant 1633,00
code "… reçus" 0 encaisser C3 --paiement solde --montant 1633,00 --date 2023-06-03
egal "… la différence est due" "$(lignes_de C3)$(etat_de C3)" "REV-03;100,00;10,00;90,00|solde_paye"
contient "… REV-03 le dit" "$(sons controler C3 2>&1 | sans_fines)" "dépassent le total de 2190,00€ : 100,00€ à reverser"
egal "… depuis la décision" "$(depuis_de C3)" "2023-06-03T10:00:00+02:00"
code "… ordonnée" 0 sons reversement ordonner C3 --montant 90,00 --date 2023-06-03
code "… reversée : close" 0 reverser C3 --montant 90,00 --date 2023-06-03
egal "… plus rien" "$(lignes_de C3)$(etat_de C3)" "REV-03;100,00;100,00;0,00|close"
tient
a 2023-06-02T09:00:00Z
mv tout.db r.db

# --- a month as it was known at its end ---
a 2023-07-10T09:00:00Z
code "un mois illisible" 2 sons situation juin
code "un treizième mois" 2 sons situation 2023-13
egal "juin : rien de nouveau" "$(sons situation 2023-06 2>/dev/null | tail -n 1)" "Connu le 30/06/2023 23:59:59. Rien n'a changé depuis."
code "un encaissement de juin, saisi en juillet" 0 encaisser C1 --paiement avance --montant 1,00 --date 2023-06-30 --reference TARD
egal "il se voit" "$(liste situation 2023-06 | grep '^encaissements')" "encaissements;4;1971,00;5;1972,00;1;1,00;;"
egal "mai : le virement d'avance reçu en mai, saisi en juin" "$(liste situation 2023-05 | grep '^encaissements')" "encaissements;0;;1;657,00;1;657,00;;"
egal "mai : le lot déposé en mai, saisi en juin" "$(liste situation 2023-05 | grep '^lots d')" "lots déposés;0;;1;2628,00;1;2628,00;;"

# What cancels out shows too: what was taken back, what was entered, each with its sum.
depuis() { liste situation "$1" | grep "^$2;"; }
pris=$(sqlite3 r.db "select max(fait) from encaissement")
code "l'encaissement tardif est retiré" 0 sons encaissement retirer $pris --motif "autre référence"
egal "saisi et retiré depuis : les deux se voient" "$(depuis 2023-06 encaissements)" "encaissements;4;1971,00;4;1971,00;1;1,00;1;1,00"
contient "dit" "$(sons situation 2023-06 2>/dev/null | tail -n 1)" "1 saisie depuis, 1 retirée ou remplacée depuis."
pris=$(sqlite3 r.db "select min(fait) from encaissement where retire_par is null and date(le * 86400, 'unixepoch') like '2023-06-%'" 2>/dev/null)
code "un encaissement connu est retiré" 0 sons encaissement retirer $pris --motif "autre jour"
egal "il était connu, il ne l'est plus" "$(depuis 2023-06 encaissements | cut -d ';' -f 2,4,6,8)" "4;3;1;2"

# An invoice, a VA that takes the place of another: one counts, never the sum.
facturer() { sons facture enregistrer C2 --numero-facture "$1" --date-facture "$2" --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece bon.pdf; }
attester() { sons va enregistrer C2 --date-signature "$1" --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece bon.pdf; }
code "une facture de juillet" 0 facturer F-7 2023-07-03
code "celle qui la remplace" 0 facturer F-8 2023-07-04
code "une VA" 0 attester 2023-07-05T08:00:00Z
code "sa deuxième version" 0 attester 2023-07-06T08:00:00Z
egal "une seule tient, connue avant la fin du mois" "$(depuis 2023-07 'factures' ; depuis 2023-07 'VA signées')" "factures;1;2190,00;1;2190,00;;;;
VA signées;1;;1;;;;;"
cp r.db tout.db
code "le solde" 0 sons solde demander C2
mkdir -p emis
code "émis" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie emis
lot=$(sqlite3 r.db "select max(numero) from lot")
a 2023-07-20T09:00:00Z
code "déposé" 0 sons lot deposer "$lot" --le 2023-07-12T09:00:00Z
a 2023-08-02T09:00:00Z
code "une réponse de juillet, saisie en août" 0 sons retour saisir C2 --statut recue --le 2023-07-13
code "une autre" 0 sons retour saisir C2 --statut validee --le 2023-07-20
egal "elles se voient" "$(depuis 2023-07 'demandes reçues'; depuis 2023-07 'demandes validées')" "demandes reçues;0;;1;;1;;;
demandes validées;0;;1;;1;;;"
mv tout.db r.db
code "une autre, en août" 0 facturer F-9 2023-07-04
egal "elle remplace celle qui était connue" "$(depuis 2023-07 'factures')" "factures;1;2190,00;1;2190,00;1;2190,00;1;2190,00"
code "une d'août prend sa place" 0 facturer F-10 2023-08-01
egal "elle est d'août : juillet reste ce qu'il était" "$(depuis 2023-07 'factures')" "factures;1;2190,00;1;2190,00;1;2190,00;1;2190,00"
egal "août a la sienne" "$(depuis 2023-08 'factures')" "factures;1;2190,00;1;2190,00;;;;"

# --- what is to be done says only what can be: an order in dispute, one whose 120 days are over ---
cat >s3.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S3;DUI Trois;123456782;MS1;1;;
FIN
sons solution importer s3.csv >/dev/null 2>&1
{
    head -n 1 c.csv
    echo "LIT;$e1;2022-07-20;2022-07-20;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf"
    echo "COND;$e2;2023-06-01;2023-06-01;S3;1;oui;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf"
} >suite.csv
sons commande importer suite.csv >/dev/null 2>&1
code "un litige" 0 sons litige ouvrir LIT --contre 552100554/X --le 2023-08-01
a_faire() { sons echeances --format csv "$@" 2>/dev/null | awk -F ';' '$3 == "'$commande'" { printf "%s|", $5 }'; }
commande=LIT
egal "en litige : d'abord le conclure" "$(a_faire)" "répondre au litige : maintenir, corriger ou retirer|conclure le litige, puis demander et déposer l'avance|"
commande=COND
egal "dans les 120 jours : le dossier, puis l'avance" "$(a_faire)" "déposer à l'ANS le dossier complet de la solution|demander et déposer l'avance|"
egal "le dernier jour" "$(a_faire --au 2023-09-29)" "déposer à l'ANS le dossier complet de la solution|demander et déposer l'avance|"
egal "passés : rien ne se demande" "$(a_faire --au 2023-09-30)" "enregistrer le dépôt du dossier complet s'il a été fait à temps, sinon en informer le client|"
tient
fermer
