# Money that came without a decision of ASP: of a request that it rejects, of one that nobody made. It is owed, once, and goes back; what is
# « à apprécier » is never more than what is neither due nor ordered.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier recu_sans_decision

printf '%%PDF-1.4\nattestation\n' >att.pdf
commandes_pareilles 2023-05-01T09:00:00Z 4
code "quatre commandes" 0 sons commande importer c.csv
code "quatre demandes" 0 sons avance demander --toutes
code "un lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
code "déposé" 0 sons lot deposer 1 --le 2023-05-01T11:00:00
a 2023-06-01T09:00:00Z
etat_de() { sons commande lister --format csv 2>/dev/null | awk -F ';' -v n="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "etat") c = i } $1 == n { print $c; exit }'; }
# rule;due;to appreciate;ordered;repaid;left
lignes_de() { sons reversements --format csv 2>/dev/null | sed 's/"[^"]*"/-/g' | awk -F ';' -v n="$1" '$1 == n { printf "%s;%s;%s;%s;%s;%s|", $3, $7, $8, $9, $10, $11 }'; }
du_de() { sons echeances --format csv 2>/dev/null | grep ";$1;" | grep -c "reverser à l'ASP ce qui lui est dû"; }
sans_fines() { LC_ALL=C sed 's/\xe2\x80\xaf//g; s/\xc2\xa0//g'; }
encaisser() { sons encaissement enregistrer --commande "$@"; }

# --- received, then rejected ---
code "reçue" 0 encaisser C1 --paiement avance --montant 657,00 --date 2023-05-03 --reference V1
egal "rien n'est dû : la réponse est attendue" "$(lignes_de C1)$(du_de C1)" "0"
code "l'ASP la rejette" 0 sons retour saisir C1 --statut rejetee --le 2023-05-10 --motif "plafond HT"
egal "tout est dû" "$(lignes_de C1)$(du_de C1)" ";657,00;;;0,00;657,00|1"
contient "le reste à recevoir le dit" "$(sons expliquer C1 reste 2>/dev/null | sans_fines)" "décidé 0,00€ − reçu 657,00€"
contient "le dû va jusqu'à l'encaissement" "$(sons expliquer C1 reversement 2>/dev/null | sans_fines)" "encaissement de l'avance, 657,00€"
cp r.db rejetee.db
code "l'ASP l'ordonne" 0 sons reversement ordonner C1 --montant 657,00 --date 2023-05-20
egal "à reverser" "$(etat_de C1)$(lignes_de C1)" "a_reverser;657,00;;657,00;0,00;657,00|"
code "c'est rendu" 0 sons reversement enregistrer C1 --montant 657,00 --date 2023-05-25
contient "dit" "$(printf %s "$tap_sortie" | sans_fines)" "à reverser 657,00€, reversé 657,00€, reste 0,00€"
egal "la demande se refait : elle n'est que rejetée" "$(etat_de C1)$(lignes_de C1)" "avance_rejetee;657,00;;657,00;657,00;0,00|"

# --- … and asked again: what came of the rejected one does not pay the next ---
cp rejetee.db r.db
code "redemandée" 0 sons avance demander C1
egal "toujours dû" "$(lignes_de C1)$(du_de C1)" ";657,00;;;0,00;657,00|1"
cp r.db attend.db
SONS_REGISTRE=attend.db
code "cent euros avant qu'elle parte" 0 encaisser C1 --paiement avance --montant 100,00 --date 2023-06-01
egal "rien n'en est demandé : à apprécier" "$(lignes_de C1)" ";657,00;;;0,00;657,00|;;100,00;;0,00;|"
code "l'ASP réclame tout" 0 sons reversement ordonner C1 --montant 757,00 --date 2023-06-01
egal "dû, et non plus à apprécier" "$(lignes_de C1)" ";100,00;;757,00;0,00;100,00|;657,00;;;0,00;657,00|"
SONS_REGISTRE=r.db
code "un lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
code "déposé" 0 sons lot deposer 2 --le 2023-06-01
a 2023-06-20T09:00:00Z
code "décidée et payée" 0 sons retour saisir C1 --statut decidee_et_payee --le 2023-06-15
egal "elle reste à recevoir en entier" "$(sons demande lister --format csv 2>/dev/null | awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "recu") r = i; if ($i == "reste") s = i; if ($i == "version") v = i; if ($i == "statut") t = i } } $1 == "C1" && $t ~ /pay/ { print $r ";" $s }')" "0,00;657,00"
contient "ce qui fut reçu se voit à part" "$(sons expliquer C1 recu 2>/dev/null | sans_fines)" "657,00€ reçus d'une demande rejetée"
egal "dû encore" "$(lignes_de C1)" ";657,00;;;0,00;657,00|"
code "retiré, s'il était d'une autre commande" 0 sons encaissement retirer "$(sqlite3 r.db 'select min(fait) from encaissement')" --motif "celui d'une autre"
egal "plus rien de dû" "$(lignes_de C1)$(du_de C1)" "0"
code "le journal la refait telle" 0 sons journal verifier --tout
a 2023-06-01T09:00:00Z

# --- cancelled: paid all the same ---
cp rejetee.db r.db
code "annulée" 0 sons commande annuler C1 --attestation att.pdf --le 2023-05-28
contient "elle réclame encore ses ESSMS" "$tap_sortie" "jusqu'à l'ordre de recouvrer"
egal "annulée, avance payée" "$(etat_de C1)$(lignes_de C1)$(du_de C1)" "annulee_avance_payee;657,00;;;0,00;657,00|1"
code "un ordre" 0 sons reversement ordonner C1 --montant 657,00 --date 2023-05-29
egal "à reverser" "$(etat_de C1)" annulee_a_reverser
code "mal saisi, retiré" 0 sons reversement retirer "$(sqlite3 r.db 'select max(fait) from ordre_de_recouvrer')" --motif essai
contient "ce qui reste dû est dit" "$(printf %s "$tap_sortie" | sans_fines)" "à reverser 657,00€, reversé 0,00€"
code "un ordre" 0 sons reversement ordonner C1 --montant 657,00 --date 2023-05-30
code "rendu" 0 sons reversement enregistrer C1 --montant 657,00 --date 2023-05-31
egal "annulée, reversée" "$(etat_de C1)$(du_de C1)" "annulee_reversee0"
rien "ce qui ne fut jamais payé ne se reverse pas" 1 "E-135" sons reversement ordonner C2 --montant 1,00 --date 2023-05-30

# --- of a balance that nobody asked ---
cp rejetee.db r.db
code "cent euros d'un solde" 0 encaisser C2 --paiement solde --montant 100,00 --date 2023-05-03
egal "à apprécier, pas dus" "$(lignes_de C2)" ";;100,00;;0,00;|"
code "décidée" 0 sons retour saisir C2 --statut decidee_et_payee --le 2023-05-10
egal "de même" "$(lignes_de C2)" ";;100,00;;0,00;|"

# --- renounced in a dispute before ASP answers: nothing is awaited any more ---
cp rejetee.db litige.db
SONS_REGISTRE=litige.db
code "reçue" 0 encaisser C2 --paiement avance --montant 657,00 --date 2023-05-03
egal "la réponse est attendue" "$(lignes_de C2)" ""
code "un litige" 0 sons litige ouvrir C2 --contre C1 --piece att.pdf --le 2023-05-05
code "elle renonce" 0 sons litige conclure C2 ecartee --motif "le client garde l'autre" --le 2023-05-20
egal "tout est dû" "$(etat_de C2)|$(lignes_de C2)|$(du_de C2)" "renoncee|;657,00;;;0,00;657,00||1"
code "l'ASP l'ordonne" 0 sons reversement ordonner C2 --montant 657,00 --date 2023-05-21
code "rendue" 0 sons reversement enregistrer C2 --montant 657,00 --date 2023-05-22
egal "plus rien à rendre" "$(etat_de C2)|$(lignes_de C2)|$(du_de C2)" "renoncee|;657,00;;657,00;657,00;0,00||0"
SONS_REGISTRE=r.db

# --- all of it repaid: the excess without an ordre, the advance with one ---
code "l'ASP paie C3" 0 sons retour saisir C3 --statut decidee_et_payee --le 2023-05-10
code "et de trop" 0 encaisser C3 --paiement avance --montant 757,00 --date 2023-05-12
a 2024-04-05T09:00:00Z
egal "la clôture est passée sans VA" "$(lignes_de C3)" "REV-01;657,00;;;0,00;657,00|;100,00;;;0,00;100,00|"
code "un ordre de l'avance" 0 sons reversement ordonner C3 --montant 657,00 --date 2024-04-02
code "reversé, le trop d'abord" 0 sons reversement enregistrer C3 --montant 657,00 --date 2024-04-03
egal "chaque ligne a sa part, l'ordre n'est dit qu'une fois" "$(lignes_de C3)" "REV-01;657,00;;657,00;557,00;100,00|;100,00;;;100,00;0,00|"
code "le reste" 0 sons reversement enregistrer C3 --montant 100,00 --date 2024-04-04
egal "il ne reste rien de ce qui fut payé" "$(etat_de C3)|$(lignes_de C3)" "reversee|REV-01;657,00;;657,00;657,00;0,00|;100,00;;;100,00;0,00|"

# --- VA in time, balance never asked: what ASP orders of it is due, the rest is still to appreciate ---
cp rejetee.db r.db
a 2023-06-01T09:00:00Z
code "l'ASP paie C4" 0 sons retour saisir C4 --statut decidee_et_payee --le 2023-05-10
code "reçue" 0 encaisser C4 --paiement avance --montant 657,00 --date 2023-05-12
code "la VA" 0 sons va enregistrer C4 --date-signature 2023-05-31T11:00 --signataire "Mme A" --qualite-signataire directrice --mode-signature manuscrite --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0 --piece bon.pdf
a 2024-04-05T09:00:00Z
egal "l'avance est à apprécier" "$(lignes_de C4)" "REV-02;;657,00;;0,00;|"
contient "l'autre calendrier laisse encore déposer" "$(sons controler C4 2>&1)" "sons parametres calendrier proroge"
code "une part est réclamée" 0 sons reversement ordonner C4 --montant 200,00 --date 2024-04-02
egal "le reste est encore à apprécier" "$(lignes_de C4)" "REV-02;200,00;457,00;200,00;0,00;200,00|"
code "l'autre part" 0 sons reversement ordonner C4 --montant 457,00 --date 2024-04-03 --reference 2
egal "plus rien à apprécier" "$(lignes_de C4)" "REV-02;657,00;;657,00;0,00;657,00|"
code "reversée" 0 sons reversement enregistrer C4 --montant 657,00 --date 2024-04-04
egal "reversée" "$(etat_de C4)|$(lignes_de C4)" "reversee|REV-02;657,00;;657,00;657,00;0,00|"
egal "controler s'accorde" "$(sons controler C4 2>&1 | grep -c REV-02)" 0
fermer
