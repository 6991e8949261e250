# expliquer: every figure down to its facts and parameters; the figures asked by a word, an amount, an ESSMS; by ASP's number; in the past.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier expliquer

og=$(finess 01000001)
e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013)
{ base 2022-01-03; for e in $e1 $e2 $e3 $e4; do et $e $og 500 4401; done; } >base.csv
printf '%%PDF-1.4\nbon\n' >bon.pdf
printf '%%PDF-1.4\nfacture\n' >facture.pdf
printf '%%PDF-1.4\nva\n' >va.pdf
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
entete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;montant_ht_essms;piece'
suite='2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite'
{
    echo "$entete"
    for e in $e1 $e2 $e3; do echo "TROIS;$e;$suite;100,04;20;20,01;120,05;;bon.pdf"; done
    echo "PART;$e4;$suite;1000,00;20;200,00;1200,00;1000,00;"
    echo "VIDE;$e4;2022-07-12;2022-07-12;S1;1;non;oui;oui;;;;;;;;;"
} >c.csv
neuf r.db 2023-05-01T09:00:00Z
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution importer solutions.csv >/dev/null 2>&1
echo 'finess_et;fonds;etat' >vide.csv
sons financement importer vide.csv >/dev/null 2>&1
code "trois commandes" 0 sons commande importer c.csv
plat() { sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
dire() { sons expliquer "$@" 2>/dev/null | plat; }
# montant ORDER WORD […]: the figure of its head row, in centimes.
montant() { sons expliquer "$@" --format json 2>/dev/null | sed -n 's/.*"quoi":"somme","montant_centimes":\([-0-9a-z]*\),.*/\1/p'; }

# --- the order, its shares, the advance that may be asked ---
code "les sommes d'une commande" 0 sons expliquer TROIS sommes
egal "… trois sommes tant que rien n'est demandé" "$(dire TROIS sommes | grep -c '^[a-z]* : ')" 3
contient "le TTC, lu" "$(dire TROIS commande)" "HT 100,04 € + TVA 20,01 € (20 %) = TTC 120,05 € : lus sur le document"
contient "… son plafond et N" "$(dire TROIS commande)" "2920,00 € × 3 ESSMS = 8760,00 € TTC"
contient "… son paramètre et sa source" "$(dire TROIS commande)" "paramètre bareme.B.taux_ttc = 2920,00 €, depuis le 12/02/2022, choisi par la date de signature (12/07/2022)"
contient "… qui l'a saisie et quand" "$(dire TROIS commande)" "saisie le 01/05/2023 11:00:00 par "
contient "trois parts, et le centime qui reste" "$(dire TROIS parts)" "120,05 € ÷ 3 ESSMS = 40,01 € chacun ; il reste 0,02 € : un centime de plus aux 2 premiers numéros FINESS"
egal "… leurs parts, au centime" "$(sons expliquer TROIS parts --format json 2>/dev/null | sed -n 's/.*"quoi":"01[0-9]*","montant_centimes":\([0-9]*\),.*/\1/p' | paste -s -d ' ')" "4002 4002 4001"
contient "… dont une se demande" "$(dire TROIS "$e2" | head -n 1)" "parts TTC des ESSMS"
contient "en proportion du HT donné" "$(dire PART parts)" "en proportion du HT que le document donne"
contient "l'avance : le produit exact, puis l'arrondi" "$(dire TROIS avance)" "30 % de 120,05 €, TTC de la commande = 36,015 €, arrondi une seule fois au centime le plus proche, le demi-centime vers le haut : 36,02 €"
contient "… à demander" "$(dire TROIS avance | head -n 1)" "avance à demander, commande TROIS : 36,02 €"
contient "… sans arrondi, c'est dit" "$(dire PART avance)" "= 360,00 €, sans arrondi"
contient "sans TTC : en attente, et ce qui manque" "$(dire VIDE avance)" "en attente : le montant TTC n'est pas connu"
egal "… pas de montant" "$(montant VIDE avance)" null
contient "rien n'est payé : rien à reverser" "$(dire TROIS reversement)" "rien n'est à reverser"
contient "… pas de facture" "$(dire TROIS facture)" "aucune facture n'est enregistrée"
egal "CSV : l'en-tête seul" "$(sons expliquer TROIS reversement --format csv 2>/dev/null | wc -l)" 1

contient "sans base : le plafond attend, et pourquoi" "$(sons finess importer base.csv >/dev/null 2>&1; sed 's/2022-07-12;2022-07-12/2023-02-01;2023-02-01/; s/^PART;/HORS;/' c.csv | sed -n '1p; /^HORS;/p' >hors.csv; sons commande importer hors.csv >/dev/null 2>&1; dire HORS commande)" "plafond : en attente : la base FINESS de référence manque"

# --- an amount seen somewhere is found again ---
egal "36,02 est l'avance" "$(dire TROIS 36,02 | sed -n 's/^\([a-z]*\) : .*/\1/p' | paste -s -d ' ')" avance
egal "20,01 est la TVA de la commande" "$(dire TROIS 20,01 | sed -n 's/^\([a-z]*\) : .*/\1/p' | paste -s -d ' ')" commande
rien "0,05 n'est la fin d'aucun montant" 1 "aucune somme n'est de" sons expliquer TROIS 0,05
contient "où les voir" "$tap_sortie" "à faire : voir toutes ses sommes : sons expliquer TROIS sommes"
rien "un ESSMS d'ailleurs" 1 "n'est pas de la commande" sons expliquer TROIS "$e4"
contient "où voir les siens" "$tap_sortie" "à faire : voir ses ESSMS et leurs parts : sons expliquer TROIS parts"
rien "ni règle ni somme" 2 E-139 sons expliquer TROIS avances
contient "… ce qui se demande est dit" "$tap_sortie" "l'un des mots sommes, commande, parts, avance"

# --- through the life: by ASP's number, at any date ---
code "l'avance" 0 sons avance demander TROIS
code "le lot" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
a 2023-06-01T09:00:00Z
code "le dépôt" 0 sons lot deposer 1 --le 2023-05-02T10:59:00
code "payée, un centime de moins" 0 sons retour saisir TROIS --statut decidee_et_payee --le 2023-05-20 --montant 36,01 --numero-asp SEG-42
code "reçue en partie" 0 sons encaissement enregistrer --commande TROIS --paiement avance --montant 30,00 --date 2023-05-25 --reference V1
contient "l'avance demandée et la décidée" "$(dire SEG-42 avance)" "36,01 € par l'ASP, et non les 36,02 € demandés : ce que dit sa réponse"
contient "… sa réponse est un fait" "$(dire SEG-42 avance)" "réponse de l'ASP : demande 1 décidée et payée, 36,01 € (n° ASP SEG-42), le 20/05/2023 (entrée "
egal "reçu" "$(montant SEG-42 recu)" 3000
egal "reste" "$(montant SEG-42 reste)" 601
contient "… décidé moins reçu" "$(dire SEG-42 reste)" "décidé 36,01 € − reçu 30,00 € = 6,01 €"
code "la facture des deux qui restent" 0 sons facture enregistrer TROIS --numero-facture F-1 --date-facture 2023-05-20 --montant-ht 66,69 --taux-tva 20 --montant-tva 13,34 --montant-ttc 80,03 --client $og --mention-segur oui --nom "Mme A" --piece facture.pdf
code "la VA" 0 sons va enregistrer TROIS --date-signature 2023-05-21 --signataire "Mme A" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece va.pdf
egal "le solde qui se demanderait" "$(montant TROIS solde)" 4402
code "le solde, sans le premier ESSMS" 0 sons solde demander TROIS --sans $e1
contient "total − avance payée" "$(dire TROIS solde)" "total 80,03 € − avance payée 36,01 € = 44,02 €, sans second arrondi"
contient "… 30 + 70 = 100" "$(dire TROIS solde)" "avance payée 36,01 € + solde 44,02 € = total 80,03 €"
contient "… l'ESSMS retiré et sa part" "$(dire TROIS solde)" "$e1, de part 40,02 €"
contient "… la somme des parts gardées" "$(dire TROIS solde)" "80,03 €, la somme des parts des 2 ESSMS gardés"
for fait in "facture F-1 de 80,03 €" "VA signée, 3 ESSMS attestés" "solde demandé (demande 2, 44,02 €, 1 ESSMS retiré)"; do
    contient "… $fait" "$(dire TROIS solde)" "$fait"
done
contient "au jour où elle n'était pas payée, rien n'est décidé" "$(dire TROIS reste --au 2023-05-19)" "l'ASP n'a rien décidé"
egal "au 19/05, rien n'est décidé : pas de reste" "$(montant TROIS reste --au 2023-05-19)" ""
egal "… ni de reçu au 24/05" "$(montant TROIS recu --au 2023-05-24)" ""
egal "su le 15/05, rien n'est reçu" "$(sons expliquer TROIS recu --connu-le 2023-05-15T09:00:00Z --format json 2>/dev/null | grep -c encaissement)" 0

# --- what is due back ---
contient "après la clôture, sans dépôt : à apprécier" "$(dire TROIS reversement --au 2024-04-02)" "à apprécier par l'ASP"
egal "… l'avance reçue" "$(montant TROIS reversement --au 2024-04-02)" 3000
contient "… depuis la clôture" "$(dire TROIS reversement --au 2024-04-02)" "depuis le 31/03/2024 23:59:59"
contient "… et le paramètre qui la fixe" "$(dire TROIS reversement --au 2024-04-02)" "paramètre MS1.initial.cloture = 31/03/2024 23:59:59"
printf '%%PDF-1.4\natt\n' >att.pdf
code "annulée" 0 sons commande annuler TROIS --motif "changement d'éditeur" --attestation att.pdf --le 2023-05-30
egal "tout ce qui fut reçu est dû" "$(montant TROIS reversement)" 3000
contient "… REV-03, depuis l'annulation" "$(dire TROIS reversement)" "depuis le 30/05/2023"
code "l'ordre, de plus" 0 sons reversement ordonner TROIS --montant 40,00 --date 2023-05-31 --reference OR-1
contient "… l'écart est dit" "$(dire TROIS reversement)" "l'ASP ordonne 40,00 €, les règles disent 30,00 €"
code "reversé en partie" 0 sons reversement enregistrer TROIS --montant 36,00 --date 2023-06-01
egal "reste ce que l'ordre demande" "$(montant TROIS reversement)" 400
contient "… dû moins reversé" "$(dire TROIS reversement)" "dû 40,00 € − reversé 36,00 € = 4,00 €"
egal "reversements dit la même chose" "$(sons reversements --format json 2>/dev/null | sed -n 's/.*"reste_centimes":\([0-9]*\),.*/\1/p' | tr '\n' ' ')" "0 400 "

# --- everything, once asked without more ---
contient "expliquer seul finit par les sommes" "$(dire TROIS)" "reversement : reste à reverser, commande TROIS : 4,00 €"
egal "… et ses lignes CSV restent celles des règles" "$(sons expliquer TROIS --format csv 2>/dev/null | sed -n 1p | cut -d ';' -f 3)" regle
tient
fermer
