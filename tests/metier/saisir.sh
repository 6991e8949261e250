# commande saisir: answers one by one, on a file or a terminal; the same facts as an import; nothing written before « oui »; hostile input.
. "$SONS_SRCDIR/tests/tap.sh"
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier saisir
neuf r.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >rapport 2>&1
sons fournisseur importer samples/fournisseurs.csv >rapport 2>&1
sons solution importer samples/solutions.csv >rapport 2>&1
sons financement importer samples/financements.csv >rapport 2>&1
cp r.db vierge.db
plat() { sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g'; }
# s ANSWER…: one a line; options in $options.
options=
s() { printf '%s\n' "$@" >reponses; fichier reponses; }
fichier() { { timeout 60 "$SONS" commande saisir $options <"$1" 2>&1; echo $? >code; } | plat; return "$(cat code)"; }
faits() { sqlite3 "$1" "select octets from journal where octets like '%fait CommandeEnregistree%'" | grep -vE '^(numero|sel|instant|P|programme|signataire|entree|parametres|utilisateur|acte) '; }

# --- the same order, typed or imported ----------------------------------------------------------------------------------
complete() {
    printf '%s\n' BC-1 EX-DUI-001 5.2 '' '' 14/09/2022 15/09/2022 '2A0000196 2A0000998' '' '' 2738,33 '' 20 547,67 3286,00 'Mme Exemple' directrice manuscrite \
        non oui oui samples/pieces/BC-2022-001.pdf 'licence 2738,33' non non 0 CRM-1 'Anne Exemple' comptable anne@exemple.fr '04 72 00 00 00'
}
avant=$(empreinte r.db)
complete >tout
printf 'non\n' >>tout
code "toutes les questions, puis non" 1 fichier tout
contient "non : dit" "$tap_sortie" "Saisie abandonnée : rien n'est enregistré."
egal "non : le registre est intact" "$(empreinte r.db)" "$avant"
complete >tout
code "la fin avant oui" 1 fichier tout
egal "la fin avant oui : le registre est intact" "$(empreinte r.db)" "$avant"
printf 'oui' >>tout
code "oui sans fin de ligne : coupé" 1 fichier tout
egal "… le registre est intact" "$(empreinte r.db)" "$avant"
printf '\n' >>tout
options=--essai
code "--essai" 0 fichier tout
options=
contient "--essai : jugée" "$tap_sortie" "1 commande lue : 1 conforme. Enregistrée."
contient "--essai : dit" "$tap_sortie" "Essai : rien n'est écrit dans r.db."
egal "--essai : le registre est intact" "$(empreinte r.db)" "$avant"
code "toutes les questions, puis oui" 0 fichier tout
contient "oui : contrôlée d'abord" "$tap_sortie" "Contrôle : conforme."
contient "oui : enregistrée" "$tap_sortie" "1 commande lue : 1 conforme. Enregistrée."
egal "trente et une questions au plus, chacune une fois" "$(printf '%s\n' "$tap_sortie" | grep -c '^ *[0-9]*/31 ')" 30
cat >une.csv <<'FIN'
numero;finess_et;solution;version_solution;date_commande;date_signature;montant_ht;taux_tva;montant_tva;montant_ttc;signataire;qualite_signataire;mode_signature;sous_condition;mention_segur;deja_equipe;piece;lignes;engagement;option;reste_a_charge;reference_externe;contact_nom;contact_fonction;contact_courriel;contact_telephone
BC-1;2A0000196;EX-DUI-001;5.2;14/09/2022;15/09/2022;2738,33;20;547,67;3286,00;Mme Exemple;directrice;manuscrite;non;oui;oui;samples/pieces/BC-2022-001.pdf;licence 2738,33;non;non;0;CRM-1;Anne Exemple;comptable;anne@exemple.fr;04 72 00 00 00
BC-1;2A0000998;;;;;;;;;;;;;;;;;;;;;;;;
FIN
code "la feuille qui dit la même chose" 0 sons commande importer une.csv
contient "… est inchangée" "$tap_sortie" "1 commande lue. Déjà enregistrée, inchangée."
faits r.db >typee
cp vierge.db importee.db
sons commande importer une.csv --registre importee.db >rapport 2>&1
faits importee.db >importee
cas "le fait a des champs ($(wc -l <typee))" [ "$(wc -l <typee)" -ge 20 ]
egal "le même fait, octet pour octet" "$(diff typee importee)" ""
code "la même saisie encore" 0 fichier tout
contient "… est dite d'abord" "$tap_sortie" "Ce numéro est déjà enregistré (123456782/BC-1)."
contient "… ne change rien" "$tap_sortie" "Cette commande est déjà enregistrée, inchangée."

# --- ESSMS --------------------------------------------------------------------------------------------------------------
code "rangs, tous, retraits" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 2A0000220 tous '1 3-5' '2A0001079,2A0001558' '' .
contient "déjà commandés : dit" "$tap_sortie" "2A0000196  IME LES SALINES, 20090 AJACCIO : déjà commandé ; commande BC-1 du 15/09/2022 (123456782), enregistrée"
egal "tous : ceux qui sont libres ; les rangs et les numéros basculent" "$(printf '%s\n' "$tap_sortie" | sed -n 's/^ESSMS choisis : //p' | tr '\n' ' ')" "0 11 9 11 "
code "des mots" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 'sessad ajaccio' 1 '' .
contient "des mots : trouvés" "$tap_sortie" "ESSMS :
    1  2A"
contient "des mots : choisi" "$tap_sortie" "ESSMS choisis : 1"
code "un SIRET" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 "$(sqlite3 r.db 'select siret from finess_et where siret > 0 group by siret having count(*) = 1 limit 1')" '' .
contient "un SIRET : choisi" "$tap_sortie" "ESSMS choisis : 1"
code "des mots introuvables" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 zzzz
contient "… dits" "$tap_sortie" "aucun ESSMS de la base n'a ces mots"
code "un numéro faux" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 2A0000197
contient "… dit" "$tap_sortie" "la clé du numéro FINESS est fausse"
code "un numéro groupé" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 '2A 000 0196' ''
contient "… lu" "$tap_sortie" "ESSMS choisis : 1
       2A0000196  IME LES SALINES"
code "aucun ESSMS" 1 s B EX-DUI-001 '' '' '' '' 15/09/2022 '' '-' '='
egal "… redemandé" "$(printf '%s\n' "$tap_sortie" | grep -c "il faut au moins un ESSMS")" 2

# --- keys ---------------------------------------------------------------------------------------------------------------
code "obligatoire" 1 s '' - = .
egal "le numéro est exigé" "$(printf '%s\n' "$tap_sortie" | grep -c 'erreur E-127')" 3
egal "rien n'y est proposé" "$(printf '%s\n' "$tap_sortie" | grep -c "rien n'est proposé")" 1
code "retour" 1 s '<' B EX-DUI-001 '<' '' '<' '<' C
contient "la première question" "$tap_sortie" "C'est la première question."
contient "la réponse d'avant reste" "$tap_sortie" "vide : « EX-DUI-001 » reste, « - » l'ôte"
code "aide à chaque question" 1 s '?' B '?' '' '?' '' '?' '' '?'
egal "cinq aides" "$(printf '%s\n' "$tap_sortie" | grep -c '^? cette aide')" 5
contient "les solutions connues" "$tap_sortie" "Solutions du registre : EX-DUI-001 (DUI Maquis, MS1) ; EX-DUI-002"
code "finir tout de suite : l'obligatoire est demandé" 1 s . B . 2A0001558 '' non
contient "… numéro, ESSMS, récapitulatif" "$tap_sortie" "
Commande B
  numero              B
  finess_et           2A0001558"
contient "les vides sont dits" "$tap_sortie" "vides               solution, version_solution"
code "reprendre une question" 0 s B . 2A0001558 . montant_ht xx 1000,00 'taux' = '?' '' nulle oui
contient "reprendre : la faute est dite" "$tap_sortie" "montant_ht : montant illisible"
contient "reprendre : la valeur est prise" "$tap_sortie" "montant_ht          1000,00"
contient "reprendre : TVA et TTC calculés" "$tap_sortie" "montant_ttc         1 200,00 €, calculé, non lu : en attente"
contient "l'aide nomme les questions" "$tap_sortie" "Questions : numero, solution, version_solution"
egal "deux réponses inconnues" "$(printf '%s\n' "$tap_sortie" | grep -c 'réponse inconnue')" 2
egal "TVA et TTC : marqués calculés" "$(sqlite3 r.db "select ht, tva, ttc, calcules from commande where numero = 'B'")" "100000|20000|120000|6"
code "parts HT" 1 s P EX-DUI-001 '' '' '' '' '' '2A0001038 2A0001079' '' '' 1000,00 600 x '' 399,99 .
contient "une part fautive" "$tap_sortie" "montant_ht_essms : montant illisible"
contient "une part manque" "$tap_sortie" "une part pour chaque ESSMS, ou aucune"
contient "leur somme est contrôlée" "$tap_sortie" "la somme des montant_ht_essms n'est pas montant_ht"
contient "elle ne peut pas être enregistrée" "$tap_sortie" "Cette commande ne peut pas être enregistrée ainsi."
code "TVA à zéro : le motif est demandé" 1 s Z '' '' '' '' '' '' 2A0001079 '' '' 1000,00 0 exemption
contient "… demandé" "$tap_sortie" "13/31 motif_tva"
code "HT sûr" 1 s H EX-DUI-001 '' '' '' '' 15/09/2022 2A0001079 '' '' = '' .
contient "HT sûr : proposé" "$tap_sortie" "« = » : 1369,17 (HT sûr de 1 ESSMS en tranche D, N = 13)"
contient "HT sûr : pris" "$tap_sortie" "montant_ht          1369,17"
code "un numéro de solution inconnu attend" 1 s U 'DUI Inconnu' '' '' '' '' '' 2A0001079 '' . non
contient "… dit à la question" "$tap_sortie" "Le registre ne connaît pas cette solution"
contient "… couloir inconnu" "$tap_sortie" "vide : inconnu, en attente"
options=--strict
avant=$(empreinte r.db)
code "strict" 1 s S EX-DUI-001 '' '' '' '' 15/09/2022 2A0001079 '' . oui
options=
contient "strict : elle ne peut pas" "$tap_sortie" "ne peut pas être enregistrée ainsi"
egal "strict : le registre est intact" "$(empreinte r.db)" "$avant"
code "une pièce absente" 1 s K EX-DUI-001 '' '' '' '' '' 2A0001079 '' '' '' '' '' '' '' '' '' '' '' '' absente.pdf
contient "… dite à la question" "$tap_sortie" "la pièce ne se lit pas"
sons solution declarer --numero-ans EX-DUI-009 --nom 'DUI Maquis' --siren-editeur 123456782 --couloir MS1 >rapport 2>&1
code "un nom ambigu" 1 s A 'DUI Maquis'
contient "… dit à la question" "$tap_sortie" "plusieurs solutions d'un même couloir portent ce nom"
code "une réponse refusée n'est pas gardée" 1 s N EX-DUI-001 '' '' '' 32/12/2022 '' '' 2A0001079 . non
contient "… la date reste vide" "$tap_sortie" "vides               version_solution, date_commande, date_signature"
code "une date à venir" 1 s D EX-DUI-001 '' '' '' '' 06/12/2022
contient "… dite à la question" "$tap_sortie" "la signature est à venir"

# --- hostile ------------------------------------------------------------------------------------------------------------
avant=$(empreinte r.db)
{ awk 'BEGIN { for (i = 0; i < 200000; i++) printf "x"; print "" }'; echo BC-9; } >long
code "une réponse de 200 000 octets" 1 fichier long
contient "… refusée, la suivante est lue" "$tap_sortie" "réponse trop longue, rien n'en est gardé"
contient "… la question 2 suit" "$tap_sortie" "2/31 solution"
printf 'B\000C\n\033[31mROUGE\n\377\376\n\342\200\256texte\nA\n' >octets
code "NUL, échappement, UTF-8 faux, sens inversé" 1 fichier octets
egal "… quatre refus" "$(printf '%s\n' "$tap_sortie" | grep -c 'numero : ')" 5
egal "… aucun octet de contrôle n'est rendu" "$(printf '%s' "$tap_sortie" | LC_ALL=C grep -c "$(printf '[\001-\010\016-\037\177]')")" 0
contient "… la bonne réponse passe" "$tap_sortie" "2/31 solution"
printf '\357\273\277BC-7\r\nEX-DUI-001\r\n' >dos
code "marque UTF-8 et CRLF" 1 fichier dos
contient "… lus" "$tap_sortie" "3/31 version_solution"
printf '=cmd()\n@x\n+a\nA\n' >formules
code "formules" 1 fichier formules
egal "… refusées" "$(printf '%s\n' "$tap_sortie" | grep -c 'formule de tableur')" 3
code "rien du tout" 1 fichier /dev/null
head -c 100000 /dev/urandom >alea
code "des octets au hasard" 1 fichier alea
code "l'entrée fermée" 3 sh -c '"$SONS" commande saisir <&-'
code "une option de trop" 2 sons commande saisir BC-1 </dev/null
egal "le registre est intact" "$(empreinte r.db)" "$avant"

# --- nobody waits for the person who types ------------------------------------------------------------------------------
registre reel.db
unset SONS_HORLOGE
sons initialiser --role editeur --siren 123456782 --nom Exemple >rapport 2>&1
mkfifo tube
sons commande saisir <tube >sortie 2>&1 &
saisie=$!
exec 7>tube
printf 'BC-1\nDUI-1\n\n\n\n\n01/12/2022\n' >&7
sleep 1
code "une autre commande écrit pendant la saisie" 0 timeout 10 "$SONS" fournisseur declarer --siren 552100554 --nom Autre --role distributeur
printf 'des mots\n010000024\n\n.\noui\n' >&7
exec 7>&-
wait $saisie && rc=0 || rc=$?
egal "la saisie finit ensuite" "$rc" 0
egal "deux actes après la naissance" "$(entrees)" 3
contient "sans base, des mots ne se cherchent pas" "$(cat sortie)" "aucune base d'établissements n'est importée"
contient "sans base, le numéro suffit" "$(cat sortie)" "010000024  absent de la base"
sons commande saisir --essai <tube >sortie 2>&1 &
saisie=$!
exec 7>tube
printf 'BC-2\nDUI-1\n\n\n\n\n01/12/2022\n' >&7
sleep 1
code "ni pendant un essai" 0 timeout 10 "$SONS" fournisseur declarer --siren 443061841 --nom Encore --role editeur
printf '010000024\n\n.\n' >&7
exec 7>&-
wait $saisie && rc=0 || rc=$?
egal "l'essai finit ensuite" "$rc" 0
contient "… il n'écrit rien" "$(cat sortie)" "Essai : rien n'est écrit dans reel.db."
egal "un acte de plus, le sien" "$(entrees)" 4
tient
registre r.db
a 2022-12-05T09:00:00Z
tient

# --- a terminal ---------------------------------------------------------------------------------------------------------
if command -v script >rapport 2>&1; then
    terminal() { (sleep 1; printf "$1") | script -qec "$2" typescript; }
    code "au terminal, Ctrl-D" 1 terminal 'T\r\004' "$SONS commande saisir"
    contient "au terminal : la question suivante" "$tap_sortie" "2/31 solution"
    contient "au terminal : abandonnée" "$tap_sortie" "Saisie abandonnée : rien n'est enregistré."
    code "au terminal, questions ailleurs" 2 terminal '\004' "$SONS commande saisir 2>ailleurs"
    contient "… dit" "$(cat ailleurs)" "les questions n'y vont pas"
    code "au terminal, réponse dans un fichier" 0 terminal 'T\r.\r2A0001079\r.\roui\r' "$SONS commande saisir >reponse"
    contient "… la réponse y est, seule" "$(cat reponse)" "1 commande lue : 1 en attente. Enregistrée."
    egal "… en une ligne" "$(wc -l <reponse)" 1
else
    ok "au terminal # SKIP script absent"
fi
fermer
