# What was entered by mistake is taken back: ASP's answers, transfers; the instant of a deposit is rectified.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier retraits

og=$(finess 01000001)
for i in 0 1 2 3 4 5; do eval "e$i=$(finess 0100001$i)"; done
{ base 2022-01-03; for e in $e0 $e1 $e2 $e3 $e4 $e5; do et $e $og 500 4401; done; } >base.csv
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
for p in bon facture va ordre courriel accuse autre; do printf '%%PDF-1.4\n%s\n' $p >$p.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
    for i in 0 1 2 3 4 5; do
        eval "e=\$e$i"
        echo "C$i;$e;2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme Exemple A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf"
    done
} >c.csv
echo 'finess_et;fonds;etat' >vide.csv
sql() { sqlite3 "$SONS_REGISTRE" "$1"; }
etats() { sons commande lister --format csv "$@" 2>/dev/null | awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "etat") c = i; next } { print $1, $c }'; }
etat() { nom=$1; shift; etats "$@" | awk -v n="$nom" '$1 == n { print $2; exit }'; }
sans_blancs() { sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
saisir() { sons retour saisir "$@"; }
derniere() { sql "select max(numero) from journal"; }
retirer() { sons retour retirer "$1" --motif "saisie par erreur"; }
motifs() { printf '%s\n' "$tap_sortie" | grep -c 'E-135'; }
# The projections of the lives, whatever their entries: what must be as if nothing had been entered.
vies() { sql "select commande, le, evenement, paiement, version, statut, numero, montant, etat from vie order by 1, 2, fait; select commande, paiement, numero, version, montant, le, lot, fournisseur, emise_le, reconstitue, depose_le, statut, statut_le, paye, numero_asp from demande order by 1, 2; select commande, paiement, demande, version, statut, le, numero_asp, montant, motifs from reponse order by fait"; }

neuf r.db 2022-12-05T09:00:00Z
for f in base ej; do sons finess importer $f.csv >/dev/null 2>&1; done
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution importer solutions.csv >/dev/null 2>&1
sons financement importer vide.csv >/dev/null 2>&1
code "six commandes" 0 sons commande importer c.csv
code "six demandes" 0 sons avance demander --toutes
code "un lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
cp r.db emis.db
a 2022-12-06T12:00:00Z
code "déposé" 0 sons lot deposer 1 --le 2022-12-06T10:12:00
cp r.db depose.db

# --- one answer, then another: each is taken back, the life is what it would have been ---
a 2022-12-20T09:00:00Z
vies >avant
code "reçue, avec le numéro d'une autre" 0 saisir C0 --statut recue --le 2022-12-07 --numero-asp SEG-1
recue=$(derniere)
egal "le numéro la désigne" "$(sons commande voir SEG-1 2>/dev/null | grep -c '^Commande C0')" 1
code "à modifier" 0 saisir C0 --statut a_modifier --le 2022-12-09 --motif "plafond HT" --piece courriel.pdf
modifier=$(derniere)
egal "à modifier" "$(etat C0)" avance_a_modifier
rien "ce n'est pas une réponse" 1 E-132 retirer 1
rien "ni une entrée du journal" 1 E-132 retirer 99999
rien "sans motif" 2 "--motif" sons retour retirer "$modifier"
rien "à l'essai, rien n'est écrit" 0 "ne compte plus" sons retour retirer "$modifier" --motif essai --essai
a 2022-12-21T09:00:00Z
code "celle-ci est retirée" 0 retirer "$modifier"
contient "l'état est dit" "$tap_sortie" "avance reçue par l'ASP"
egal "elle est de nouveau reçue" "$(etat C0)" avance_recue
egal "à la date de la réponse aussi" "$(etat C0 --au 2022-12-10)" avance_recue
egal "la veille, on savait autre chose" "$(etat C0 --connu-le 2022-12-20T12:00:00Z)" avance_a_modifier
n=$(entrees)
rien "encore : déjà retirée" 0 "déjà retirée" retirer "$modifier"
egal "aucune entrée de plus" "$(entrees)" "$n"
contient "l'histoire montre la réponse" "$(sons commande voir C0 2>/dev/null)" "réponse de l'ASP : demande 1 à modifier : plafond HT"
contient "et son retrait, avec son motif" "$(sons commande voir C0 2>/dev/null)" "retrait de la réponse de l'ASP : demande 1 à modifier : « saisie par erreur »"
code "la première est retirée" 0 retirer "$recue"
egal "déposée" "$(etat C0)" avance_deposee
egal "sans réponse" "$(sons demande lister --sans-reponse --format csv 2>/dev/null | grep -c '^C0;')" 1
vies >apres
cas "tout est comme si rien n'avait été saisi" cmp -s avant apres
code "le numéro est libre : celui de C1" 0 saisir C1 --statut recue --le 2022-12-07 --numero-asp SEG-1
egal "il la désigne" "$(sons commande voir SEG-1 2>/dev/null | grep -c '^Commande C1')" 1
code "une autre réponse peut être donnée, contraire" 0 saisir C0 --statut rejetee --le 2022-12-09
egal "rejetée" "$(etat C0)" avance_rejetee
rejetee=$(derniere)
tient

# --- what rests on it holds it ---
code "demandée de nouveau" 0 sons avance demander C0
rien "une demande refaite" 1 "avance demandée (demande 7" retirer "$rejetee"
contient "l'état" "$tap_sortie" "elle est avance demandée"
contient "ce qui se peut" "$tap_sortie" "ce qui se peut encore : sons lot emettre"
egal "une raison" "$(motifs)" 1
code "C1 à modifier" 0 saisir C1 --statut a_modifier --le 2022-12-10
modifier=$(derniere)
code "C1 corrigée" 0 sons commande rectifier C1 --montant-ht 1824,00 --montant-tva 364,80 --montant-ttc 2188,80 --motif "relu"
rien "une commande corrigée" 1 "rectifiée" retirer "$modifier"
code "C1 demandée de nouveau" 0 sons avance demander C1
rien "les deux raisons à la fois" 1 "rectifiée" retirer "$modifier"
egal "deux" "$(motifs)" 2
egal "sa première réponse n'est pas retenue" "$(sql "select count(*) from reponse where statut = 1 and commande = (select fait from commande where numero = 'C1')")" 1
code "elle se retire" 0 retirer "$(sql "select fait from reponse where statut = 1 and commande = (select fait from commande where numero = 'C1')")"
egal "l'état ne change pas" "$(etat C1)" avance_demandee
code "C2 incomplète" 0 saisir C2 --statut incomplete --le 2022-12-10
modifier=$(derniere)
code "C2 annulée" 0 sons commande annuler C2 --attestation bon.pdf
rien "une annulation" 1 "annulée, le" retirer "$modifier"
contient "l'état" "$tap_sortie" "elle est annulée"
tient

# --- money: what was received stays, and waits ---
code "C3 payée" 0 saisir C3 --statut decidee_et_payee --le 2022-12-10
payee=$(derniere)
code "reçu" 0 sons encaissement enregistrer --commande C3 --paiement avance --montant 657,00 --date 2022-12-12 --reference V1
for p in 1 2; do
    [ $p = 1 ] && code "facturée" 0 sons facture enregistrer C3 --client $og --numero-facture F-3 --date-facture 2022-12-12 --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --mention-segur oui --nom "Mme Exemple A" --piece facture.pdf
    [ $p = 2 ] && code "VA" 0 sons va enregistrer C3 --date-signature 2022-12-13 --signataire "Mme Exemple A" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 9 --avec-projet 9 --avec-evenement 0 --piece va.pdf
done
egal "à solder" "$(etat C3)" a_solder
cp r.db solde.db
code "le paiement se retire, la facture et la VA restent" 0 retirer "$payee"
egal "sans réponse" "$(etat C3)" avance_deposee
contient "l'argent attend" "$(printf '%s' "$tap_sortie" | sans_blancs)" "Reçus pour l'avance : 657,00 €, qui attendent que l'ASP décide"
egal "il est encore là" "$(sons demande lister --format csv 2>/dev/null | tr -d '\r' | awk -F ';' '$1 == "C3" { print $15 }')" "657,00"
code "payée, d'un autre jour" 0 saisir C3 --statut decidee_et_payee --le 2022-12-11
egal "à solder de nouveau" "$(etat C3)" a_solder
payee=$(derniere)
code "un ordre de recouvrer" 0 sons reversement ordonner C3 --montant 10,00 --date 2022-12-15
ordre=$(derniere)
code "un reversement" 0 sons reversement enregistrer C3 --montant 10,00 --date 2022-12-16
rendu=$(derniere)
rien "un ordre et un reversement la retiennent" 1 "ordre de recouvrer" retirer "$payee"
egal "deux raisons" "$(motifs)" 2
contient "quoi faire du premier" "$tap_sortie" "sons reversement retirer $ordre"
contient "et du second" "$tap_sortie" "sons reversement retirer $rendu"
for x in $ordre $rendu; do code "retiré" 0 sons reversement retirer $x --motif "jamais reçu"; done
code "la voici libre" 0 retirer "$payee"
registre solde.db
payee=$(sql "select max(fait) from reponse")
code "solde demandé" 0 sons solde demander C3
rien "un solde repose sur le paiement" 1 "solde demandé (demande" retirer "$payee"
code "son lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
a 2022-12-21T10:00:00Z
code "déposé" 0 sons lot deposer "$(sql "select max(numero) from lot")" --le 2022-12-21T10:00:00
a 2023-01-20T09:00:00Z
rien "une raison, la même" 1 "solde demandé (demande" retirer "$payee"
egal "une" "$(motifs)" 1
code "solde payé" 0 saisir C3 --paiement solde --statut decidee_et_payee --le 2023-01-10
solde=$(derniere)
code "reçu" 0 sons encaissement enregistrer --commande C3 --paiement solde --montant 1533,00 --date 2023-01-12 --reference V2
egal "close" "$(etat C3)" close
code "le solde n'était pas payé" 0 retirer "$solde"
egal "déposé" "$(etat C3)" solde_depose
contient "reçu, en attente" "$(printf '%s' "$tap_sortie" | sans_blancs)" "Reçus pour le solde : 1533,00 €"
code "il l'est enfin" 0 saisir C3 --paiement solde --statut decidee_et_payee --le 2023-01-15
egal "close" "$(etat C3)" close
egal "ce que le mois en a su" "$(sons situation 2023-01 --format csv 2>/dev/null | grep -c '^soldes décidés et payés;')" 1
tient
registre r.db
a 2023-01-20T09:00:00Z

# --- a file brings it again ---
registre depose.db
printf 'commande;statut;date;numero_asp\nC4;decidee_et_payee;2022-12-11;A-4\nC5;recue;2022-12-11;A-5\n' >retour.csv
code "un retour" 0 sons retour importer retour.csv
contient "deux" "$tap_sortie" "2 enregistrées"
vies >avant
rien "le même : déjà reçu" 0 "déjà reçu" sons retour importer retour.csv
code "une réponse est retirée" 0 retirer "$(sql "select fait from reponse where numero_asp = 'A-4'")"
egal "déposée" "$(etat C4) $(etat C5)" "avance_deposee avance_recue"
code "le même fichier la rapporte" 0 sons retour importer retour.csv
contient "elle seule" "$tap_sortie" "1 enregistrée"
contient "l'autre était là" "$tap_sortie" "1 était déjà enregistrée, inchangée"
egal "payée" "$(etat C4) $(etat C5)" "avance_payee avance_recue"
vies >apres
egal "tout est comme avant" "$(sort avant | cksum)" "$(sort apres | cksum)"
rien "encore : déjà reçu" 0 "déjà reçu" sons retour importer retour.csv
egal "un seul retour" "$(sql 'select count(*), sum(retirees) from retour')" "1|1"
code "retirée, et une autre donnée à sa place" 0 retirer "$(sql "select fait from reponse where numero_asp = 'A-4'")"
code "rejetée" 0 saisir C4 --statut rejetee --le 2022-12-12
rien "le fichier dit autre chose : refusé, avec l'entrée" 1 "avait déjà décidé autrement" sons retour importer retour.csv
tient

# --- a transfer ---
registre solde.db
a 2023-01-25T09:00:00Z
virer() { sons virement enregistrer --fournisseur 123456782 --montant "$1" --date 2023-01-24 --reference ASP-0124; }
virement() { sons virement retirer "$1" --motif "montant mal lu"; }
lister() { sons virement lister --format csv 2>/dev/null | sed 1d | tr -d '\r' | sans_blancs | cut -d ';' -f 4,7; }
code "C4 payée, C5 payée" 0 saisir C4 --statut decidee_et_payee --le 2023-01-20
code "…" 0 saisir C5 --statut decidee_et_payee --le 2023-01-20
code "un virement, d'un zéro de moins" 0 virer 131,40
faux=$(derniere)
rien "ce n'est pas un virement" 1 E-132 virement 1
rien "à l'essai, rien n'est écrit" 0 "ne compte plus" sons virement retirer "$faux" --motif essai --essai
rien "sans motif" 2 "--motif" sons virement retirer "$faux"
code "une part en est attribuée" 0 sons virement ventiler "$faux" C4=100,00
code "une autre" 0 sons virement ventiler "$faux" C5=31,40
parts=$(sql "select group_concat(fait, ' ') from encaissement where virement = $faux")
rien "les parts retiennent le virement" 1 "attribuée à la commande C4" virement "$faux"
egal "les deux sont dites" "$(motifs)" 2
for p in $parts; do
    contient "quoi faire de $p" "$tap_sortie" "sons encaissement retirer $p"
done
egal "deux parts" "$(printf '%s\n' $parts | wc -l)" 2
for p in $parts; do code "retirée" 0 sons encaissement retirer $p --motif "montant mal lu"; done
a 2023-02-02T09:00:00Z
code "le virement se retire" 0 virement "$faux"
contient "dit" "$(printf '%s' "$tap_sortie" | sans_blancs)" "de 131,40 € retiré : il ne compte plus"
egal "il n'est plus dans la liste" "$(lister)" ""
egal "fin janvier, il y était" "$(sons virement lister --connu-le 2023-01-31T12:00:00Z --format csv 2>/dev/null | sed 1d | wc -l)" 1
egal "le mois le dit : connu à sa fin, retiré depuis" "$(sons situation 2023-01 --format csv 2>/dev/null | tr -d '\r' | sans_blancs | grep '^virements;')" "virements;1;131,40;0;0,00;;;1;131,40"
rien "on ne le propose plus" 1 "ou il est retiré" sons virement proposer "$faux"
rien "ni ne l'attribue" 1 "ou il est retiré" sons virement ventiler "$faux" C4
rien "encore : déjà retiré" 0 "déjà retiré" virement "$faux"
code "le même, aussitôt" 0 virer 131,40
cas "une autre entrée" [ "$(derniere)" -gt "$faux" ]
code "faux lui aussi" 0 virement "$(derniere)"
code "le vrai" 0 virer 1314,00
contient "deux demandes l'attendent" "$tap_sortie" "2 demandes attendent"
code "attribué" 0 sons virement ventiler "$(derniere)" --proposition 1
egal "un virement, rien à attribuer" "$(lister)" "1314,00;0,00"
tient

# --- the instant of a deposit, its acknowledgement ---
depose() { sons lot lister --format csv "$@" 2>/dev/null | tr -d '\r' | awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "depose_le") c = i; next } $2 == 1 { print $c }'; }
deposer() { sons lot deposer 1 "$@"; }
registre depose.db
a 2023-02-02T10:00:00Z
n=$(entrees)
egal "le dépôt" "$(depose)" 2022-12-06T10:12:00+01:00
rien "déposé une fois" 1 "--rectifier MOTIF" deposer --le 2022-12-07T09:00:00
rien "après la première réponse" 1 "déposée après la réponse de l'ASP" deposer --le 2022-12-13 --rectifier "jour mal lu"
egal "une ligne pour chaque demande répondue" "$(printf '%s\n' "$tap_sortie" | grep -c "déposée après la réponse")" 2
contient "sa réponse" "$tap_sortie" "sons retour retirer "
rien "avant son émission" 1 "déposé avant d'être émis" deposer --le 2022-12-04 --rectifier "jour mal lu"
rien "à venir" 2 "--le est à venir" deposer --le 2023-02-03 --rectifier "jour mal lu"
rien "sans motif" 2 "--rectifier" deposer --le 2022-12-07T09:00:00 --rectifier
rien "le même instant : inchangé" 0 "inchangé" deposer --le 2022-12-06T10:12:00 --rectifier "jour mal lu"
rien "rien de nouveau : inchangé" 0 "inchangé" deposer --rectifier "jour mal lu"
rien "à l'essai, rien n'est écrit" 0 "et non le" deposer --le 2022-12-07T09:00:00 --rectifier essai --essai
vies >avant
etats >etats.avant
code "le lendemain" 0 deposer --le 2022-12-07T09:00:00 --rectifier "jour mal lu"
contient "les deux instants sont dits" "$tap_sortie" "Lot 1 déposé le 07/12/2022 09:00:00, et non le 06/12/2022 10:12:00 : 6 demandes."
egal "une entrée" "$(entrees)" "$((n + 1))"
egal "la liste" "$(depose)" 2022-12-07T09:00:00+01:00
egal "celle que l'on avait la veille" "$(depose --connu-le 2023-02-02T09:30:00Z)" 2022-12-06T10:12:00+01:00
egal "les six demandes" "$(sql 'select count(*), count(distinct depose_le), min(depose_le) from demande')" "6|1|$(date -u -d 2022-12-07T08:00:00Z +%s)"
egal "leurs événements" "$(sql 'select count(*), count(distinct le) from vie where evenement = 4')" "6|1"
etats >etats.apres
cas "aucun état ne change" cmp -s etats.avant etats.apres
egal "avant le nouvel instant, elle n'était pas déposée" "$(etat C0 --au 2022-12-06T12:00:00)" avance_emise
egal "à cet instant, si" "$(etat C0 --au 2022-12-07T09:00:00)" avance_deposee
egal "au vieil instant, on la savait déposée" "$(etat C0 --au 2022-12-06T12:00:00 --connu-le 2023-02-02T09:30:00Z)" avance_deposee
histoire=$(sons commande voir C0 2>/dev/null)
contient "l'histoire garde le premier" "$histoire" "lot 1 déposé à l'ASP, le 06/12/2022 10:12:00"
contient "et dit le second, et pourquoi" "$histoire" "dépôt du lot 1 rectifié (au lieu du 06/12/2022 10:12:00) : « jour mal lu », le 07/12/2022 09:00:00"
contient "le journal aussi" "$(sons journal voir "$(derniere)" 2>/dev/null)" "ancien 2022-12-06T09:12:00Z"
code "un accusé, seul" 0 deposer --accuse accuse.pdf --rectifier "accusé reçu"
contient "ajouté" "$tap_sortie" "accusé de dépôt ajouté"
code "un autre" 0 deposer --accuse autre.pdf --rectifier "ce n'était pas le sien"
contient "remplacé" "$tap_sortie" "accusé de dépôt remplacé"
rien "le même : inchangé" 0 "inchangé" deposer --accuse autre.pdf --rectifier "ce n'était pas le sien"
egal "l'instant n'a pas bougé" "$(depose)" 2022-12-07T09:00:00+01:00
contient "l'accusé est le dernier" "$(sql 'select accuse from lot')" "$(empreinte autre.pdf)"
code "de retour au premier instant, l'accusé reste" 0 deposer --le 2022-12-06T10:12:00 --rectifier "il était juste"
contient "il est là" "$(sql 'select accuse from lot')" "$(empreinte autre.pdf)"
vies >apres
cas "tout est comme avant" cmp -s avant apres
tient

# Deadlines: late by mistake, then in time; and the reverse.
registre emis.db
rien "émis : rien à rectifier" 1 "rien à rectifier" deposer --rectifier x
a 2024-01-05T09:00:00Z
code "déposé tard" 0 deposer --le 2024-01-01T00:00:00
contient "hors délai" "$tap_sortie" "6 demandes, dont 6 hors délai"
ava() { sons controler "$@" --format csv 2>/dev/null | grep -c 'AVA-01'; }
tard=$(ava)
a 2024-01-05T09:10:00Z
code "c'était une seconde plus tôt" 0 deposer --le 2023-12-31T23:59:59 --rectifier "seconde mal lue"
egal "dans les délais" "$(printf '%s\n' "$tap_sortie" | grep -c "hors délai")" 0
egal "AVA-01 le dit : six, puis aucune" "$tard $(ava)" "6 0"
egal "on la savait tardive" "$(ava --connu-le 2024-01-05T09:05:00Z)" 6
rien "--strict refuse un instant tardif" 1 "AVA-01" deposer --le 2024-01-01T00:00:00 --rectifier "encore" --strict
code "sans --strict, dit et enregistré" 0 deposer --le 2024-01-01T00:00:00 --rectifier "encore"
contient "hors délai" "$tap_sortie" "dont 6 hors délai"
egal "AVA-01 de nouveau" "$(ava)" 6
egal "l'échéance jugée suit" "$(sons expliquer C0 AVA-01 2>/dev/null | grep -c '01/01/2024 00:00:00')" 2
registre depose.db
mkdir suite
a 2023-02-02T11:00:00Z
code "C5 à modifier" 0 saisir C5 --statut a_modifier --le 2022-12-13
# Sent back and made again, in another lot: each has its own deposit.
code "demandée de nouveau" 0 sons avance demander C5
code "son lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie suite
a 2023-02-03T10:00:00Z
rien "le premier dépôt, après la réponse" 1 "déposée après la réponse" deposer --le 2022-12-14 --rectifier "jour mal lu"
code "le second lot déposé" 0 sons lot deposer 2 --le 2023-02-03T10:30:00
code "le premier rectifié" 0 deposer --le 2022-12-08T09:00:00 --rectifier "jour mal lu"
egal "le second dépôt n'a pas bougé" "$(sql "select strftime('%Y-%m-%d', le, 'unixepoch') from vie where evenement = 4 and commande = (select fait from commande where numero = 'C5') order by le" | sort -u | tr '\n' ' ')" "2022-12-08 2023-02-03 "
egal "la demande est celle du second" "$(sql "select version, strftime('%Y-%m-%d', depose_le, 'unixepoch') from demande where commande = (select fait from commande where numero = 'C5')")" "2|2023-02-03"
code "un autre lot, annulé" 0 sons avance demander C4
code "…" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie suite
code "…" 0 sons lot annuler 3 --motif "une pièce"
rien "un lot annulé" 1 "lot annulé" sons lot deposer 3 --rectifier x
tient
fermer
