# From the advance paid to the balance: invoice, VA, request, sums to the cent, what is refused and why.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null && command -v unzip >/dev/null || { echo "1..0 # SKIP sqlite3 ou unzip absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier soldes

og=$(finess 01000001)
for i in 0 1 2 3 4 5 6 7 8 9; do eval "e$i=$(finess 0100001$i)"; done
tous="$e0 $e1 $e2 $e3 $e4 $e5 $e6 $e7 $e8 $e9"
{ base 2022-01-03; for e in $tous; do et $e $og 500 4401 "EHPAD $e"; done; } >base.csv
{ base 2022-01-03; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
for p in bon facture va delegation accuse; do printf '%%PDF-1.4\n%s\n' $p >$p.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
tete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
suite='2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite'
{
    echo "$tete"
    for e in $tous; do echo "DIX;$e;$suite;15000,00;20;3000,00;18000,00;bon.pdf"; done
} >dix.csv
sans_blancs() { sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
sql() { sqlite3 "$SONS_REGISTRE" "$1"; }
# paye REGISTRE: the order DIX, its advance of 5 400,00 paid.
paye() {
    neuf "$1" 2022-12-05T09:00:00Z
    sons finess importer base.csv >/dev/null 2>&1
    sons finess importer ej.csv >/dev/null 2>&1
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
    sons solution importer solutions.csv >/dev/null 2>&1
    echo 'finess_et;fonds;etat' >vide.csv
    sons financement importer vide.csv >/dev/null 2>&1
    sons commande importer dix.csv >/dev/null 2>&1
    sons avance demander DIX >/dev/null 2>&1
    mkdir -p "$1.lots"
    sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie "$1.lots" >/dev/null 2>&1
    a 2022-12-06T09:00:00Z
    sons lot deposer 1 --le 2022-12-06T08:00:00Z --accuse accuse.pdf >/dev/null 2>&1
    a 2023-01-20T09:00:00Z
    sons retour saisir DIX --statut decidee_et_payee --le 2023-01-15 >/dev/null 2>&1
    a 2023-06-30T09:00:00Z
}
facture() { sons facture enregistrer "$@" --taux-tva 20 --mention-segur oui --client $og --nom "${nom:-A. Exemple}" --piece facture.pdf; }
facture_dix() { facture DIX --numero-facture F-1 --date-facture 2023-05-31 --montant-ht 15000,00 --montant-tva 3000,00 --montant-ttc 18000,00 "$@"; }
va() { sons va enregistrer "$@" --signataire "Mme Anne EXEMPLE" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --piece va.pdf; }
va_dix() { va DIX --date-signature 2023-06-01T11:00 --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0 "$@"; }

# --- invoice and VA ---
paye a.db
cp a.db payee.db
egal "l'avance est payée" "$(sql 'select montant, paye, statut from demande')" "540000|540000|5"
rien "pas de solde sans facture ni VA" 1 "« solde demander » ne se peut" sons solde demander DIX
code "la facture" 0 facture_dix
contient "elle est conforme" "$tap_sortie" "1 facture lue : 1 conforme. Enregistrée."
code "la même facture" 0 facture_dix
contient "elle est inchangée" "$tap_sortie" "Déjà enregistrée, inchangée."
code "la VA" 0 va_dix
contient "elle est conforme" "$tap_sortie" "1 VA lue : 1 conforme. Enregistrée."
contient "… le nom de la facture s'accorde" "$(sons expliquer DIX FAC-02)" "s'accorde avec le signataire"
code "la même VA" 0 va_dix
contient "elle est inchangée" "$tap_sortie" "Déjà enregistrée, inchangée."
egal "deux faits" "$(sql 'select (select count(*) from facture), (select count(*) from va), (select count(*) from va_essms)')" "1|1|10"
contient "à solder" "$(sons commande voir DIX)" "facturée et VA signée, solde à demander"
cp a.db solder.db

# --- the balance ---
code "le solde" 0 sons solde demander DIX
contient "70 %" "$(printf %s "$tap_sortie" | sans_blancs)" "1 solde demandé pour 12600,00 € : 1 conforme."
egal "30 + 70 = 100" "$(sql 'select sum(montant) from demande')" 1800000
rien "une seconde fois : rien à redemander" 0 "Aucun solde demandé. 1 était déjà demandé." sons solde demander DIX
contient "l'histoire dit la facture, la VA et le solde" "$(sons commande voir DIX | sans_blancs)" "facture F-1 de 18000,00 €"
contient "… la VA" "$(sons commande voir DIX)" "VA signée, 10 ESSMS attestés"
contient "… le solde" "$(sons commande voir DIX | sans_blancs)" "solde demandé (demande 2, 12600,00 €)"
contient "avant la facture, rien de tout cela n'était connu" "$(sons commande voir DIX --connu-le 2023-01-21)" "avance décidée et payée"
contient "avant la date de la VA, elle n'était pas signée" "$(sons commande voir DIX --au 2023-05-31)" "avance payée, prestation facturée"
tient

# --- removals: 30 + 70 = 100 of what is invoiced, after any of them; the balance is never above the shares kept ---
copie() { cp "$1" "$2"; registre "$2"; }
solde_de() { sql 'select montant from demande where paiement = 2'; }
va_sauf() { # every ESSMS but those named
    {
        echo 'commande;date_signature;signataire;qualite_signataire;mode_signature;bon_fonctionnement;piece;finess_et;atteste;deploye;tbb_livre;tbb;dossiers_actifs;avec_projet;avec_evenement'
        for e in $tous; do
            case " $* " in
            *" $e "*) echo "DIX;2023-06-01T11:00;Anne Exemple;directrice;eidas;oui;va.pdf;$e;non;non;non;;;;" ;;
            *) echo "DIX;2023-06-01T11:00;Anne Exemple;directrice;eidas;oui;va.pdf;$e;oui;oui;oui;tous;12;9;0" ;;
            esac
        done
    } >va.csv
    sons va enregistrer --fichier va.csv
}
retires=
kept=10
for e in $tous; do
    [ $kept -gt 1 ] || break
    retires="$retires $e"; kept=$((kept - 1))
    copie payee.db r.db
    va_sauf $retires >/dev/null 2>&1
    facture DIX --numero-facture F-1 --date-facture 2023-05-31 --montant-ht $((1500 * kept)),00 --montant-tva $((300 * kept)),00 --montant-ttc $((1800 * kept)),00 >/dev/null 2>&1
    code "solde de $kept ESSMS" 0 sons solde demander DIX
    somme=$(sql 'select (select coalesce(sum(montant), 0) from demande) - (select coalesce(sum(trop_percu), 0) from solde)')
    egal "… avance + solde - trop-perçu = le total de la facture" "$somme" $((180000 * kept))
    egal "… $((10 - kept)) retirés" "$(sql 'select count(*) from solde_retrait')" $((10 - kept))
done
copie payee.db sept.db
code "trois ESSMS que la VA n'atteste pas" 0 va_sauf $e0 $e4 $e9
facture DIX --numero-facture F-7 --date-facture 2023-05-31 --montant-ht 10500,00 --montant-tva 2100,00 --montant-ttc 12600,00 >/dev/null 2>&1
cp sept.db sept2.db
code "facture de 12 600,00 : le solde" 0 sons solde demander DIX
contient "… de 7 200,00, trois ESSMS retirés" "$(printf %s "$tap_sortie" | sans_blancs)" "1 solde demandé pour 7200,00 € : 1 conforme. 3 ESSMS retirés."
contient "… ils sont nommés" "$tap_sortie" "$e0, $e4, $e9"
registre sept2.db
facture DIX --numero-facture F-8 --date-facture 2023-06-01 --montant-ht 12775,00 --montant-tva 2555,00 --montant-ttc 15330,00 >/dev/null 2>&1
code "facture de 15 330,00, sept fois le taux : demandé" 0 sons solde demander DIX
contient "… mais au-dessus des parts des sept ESSMS gardés" "$(printf %s "$tap_sortie" | sans_blancs)" "anomalie SOL-03 : le total de 15330,00 € dépasse la somme des parts des 7 ESSMS gardés, 12600,00 €"
contient "… une anomalie" "$tap_sortie" "1 anomalie"

# --- a balance that waits is asked again when what it rests on changes ---
facture DIX --numero-facture F-9 --date-facture 2023-06-02 --montant-ht 10500,00 --montant-tva 2100,00 --montant-ttc 12600,00 >/dev/null 2>&1
code "la facture refaite, le solde aussi" 0 sons solde demander DIX
egal "le même numéro, la même version" "$(sql 'select numero, version, montant from demande where paiement = 2')" "2|1|720000"
code "… et une fois seulement" 0 sons solde demander DIX
egal "rien de plus" "$(sql 'select count(*) from solde')" 2
code "un ESSMS de plus, retiré à la demande" 0 sons solde demander DIX --sans "$e1"
contient "… les parts ne suffisent plus" "$tap_sortie" "SOL-03"

# --- what was removed by choice stays removed until --avec; what the VA denied follows the VA ---
retires() { sql "select count(*) from solde_retrait where solde = (select max(fait) from solde)"; }
egal "quatre retirés" "$(retires)" 4
code "redemandé sans rien dire" 0 sons solde demander DIX
egal "… les quatre le restent" "$(retires)" 4
contient "… celui qu'on avait retiré est nommé" "$tap_sortie" "l'ESSMS retiré de la demande précédente le reste"
contient "… et comment le demander de nouveau" "$tap_sortie" "à vérifier ; autrement : sons solde demander DIX --avec $e1"
code "un autre encore" 0 sons solde demander DIX --sans "$e2"
egal "… s'ajoute" "$(retires)" 5
rien "à la fois retiré et demandé" 2 "à la fois de --sans et de --avec" sons solde demander DIX --sans "$e1" --avec "$e1"
rien "un ESSMS d'ailleurs, rendu" 1 "n'est pas de ces commandes" sons solde demander DIX --avec $(finess 01000099)
rien "--avec ne va pas avec --toutes" 2 "--avec nomme des ESSMS" sons solde demander --toutes --avec "$e1"
code "les deux sont rendus" 0 sons solde demander DIX --avec "$e1,$e2"
egal "… restent ceux de la VA" "$(retires)" 3
code "celui que la VA n'atteste pas ne se rend pas" 0 sons solde demander DIX --avec "$e0"
egal "… il reste retiré" "$(retires)" 3
code "une VA qui en atteste un de plus" 0 va_sauf $e4 $e9
code "redemandé" 0 sons solde demander DIX
egal "… il revient" "$(retires)" 2
contient "… il est nommé" "$tap_sortie" "l'ESSMS que la VA d'alors n'attestait pas revient au solde"
contient "… lui" "$tap_sortie" "autrement : sons solde demander DIX --sans $e0"
code "la VA d'avant, de nouveau" 0 va_sauf $e0 $e4 $e9
rien "un ESSMS d'ailleurs" 1 "n'est pas de ces commandes" sons solde demander DIX --sans $(finess 01000099)
rien "un numéro faux" 2 "--sans" sons solde demander DIX --sans 123
rien "--sans ne va pas avec --toutes" 2 "donner leurs commandes" sons solde demander --toutes --sans "$e1"
rien "tous retirés : rien à demander" 1 "aucun ESSMS ne reste" sons solde demander DIX --sans "$(echo $tous | tr ' ' ,)"
tient

# --- to the end: the lot, its deposit, ASP's decision; an ESSMS removed is free again then, not before ---
copie sept.db bout.db
sons solde demander DIX >/dev/null 2>&1
{
    echo "$tete"
    echo "AUTRE;$e4;2023-06-20;2023-06-20;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf"
} >autre.csv
sons commande importer autre.csv >/dev/null 2>&1
contient "retiré au solde demandé, l'ESSMS n'est pas encore libre" "$(sons expliquer AUTRE UNI-01)" "UNI-01 non conforme (anomalie)"
mkdir -p bout.lots
code "le lot du solde" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie bout.lots
contient "sept mille deux cents euros" "$(printf %s "$tap_sortie" | sans_blancs)" "7200,00 €"
code "il se vérifie" 0 sons lot verifier bout.lots/lot-123456782-000002.zip
contient "dans le XML, les trois retirés et les sept gardés" "$(unzip -p bout.lots/lot-123456782-000002.zip lot.xml | tr -d '\n' | grep -o "$e4" | sort | uniq -c | tr -s ' ')" " 1 $e4"
egal "la facture et la VA y sont" "$(unzip -l bout.lots/lot-123456782-000002.zip | grep -c 'pieces/')" 2
a 2023-07-03T09:00:00Z
code "déposé" 0 sons lot deposer 2 --le 2023-07-02T08:00:00Z --accuse accuse.pdf
a 2023-08-01T09:00:00Z
contient "toujours pas libre" "$(sons expliquer AUTRE UNI-01)" "UNI-01 non conforme (anomalie)"
code "décidé et payé" 0 sons retour saisir DIX --statut decidee_et_payee --le 2023-07-20
contient "l'ESSMS retiré est libre" "$(sons expliquer AUTRE UNI-01)" "UNI-01 conforme"
contient "… il ne l'était pas la veille de la décision" "$(sons expliquer AUTRE UNI-01 --au 2023-07-19)" "UNI-01 non conforme (anomalie)"
contient "… la première commande ne le réclame plus" "$(sons expliquer DIX UNI-02)" "UNI-02 conforme"
contient "l'état" "$(sons commande voir DIX)" "solde décidé et payé"
rien "plus de solde à demander" 1 "ne se peut" sons solde demander DIX
tient
a 2023-06-30T09:00:00Z

# --- the total below the advance: what is to be repaid ---
copie payee.db trop.db
va_sauf $e0 $e1 $e2 $e3 $e4 $e5 $e6 $e7 >/dev/null 2>&1
facture DIX --numero-facture F-2 --date-facture 2023-05-31 --montant-ht 3000,00 --montant-tva 600,00 --montant-ttc 3600,00 >/dev/null 2>&1
code "deux ESSMS seulement, 3 600,00" 0 sons solde demander DIX
contient "… 1 800,00 à reverser" "$(printf %s "$tap_sortie" | sans_blancs)" "Trop-perçu : 1800,00 € à reverser."
contient "… ce qui est à reverser n'empêche pas de l'émettre" "$tap_sortie" "1 conforme"
contient "… l'écran le dit aussi" "$(sons commande voir DIX)" "rien ne bloque une émission ; à traiter :"
contient "REV-03 le dit" "$(sons expliquer DIX REV-03 | sans_blancs)" "1800,00 € à reverser"
egal "solde nul, trop-perçu au centime" "$(sql 'select montant, trop_percu from demande d join solde s on s.commande = d.commande where paiement = 2')" "0|180000"

# --- … the balance of 0 that ASP decides closes nothing until it is repaid ---
sons encaissement enregistrer --commande DIX --paiement avance --montant 5400,00 --date 2023-05-02 >/dev/null 2>&1
mkdir -p trop.lots; sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie trop.lots >/dev/null 2>&1
n=$(sql 'select max(numero) from lot')
a 2023-08-01T09:00:00Z
sons lot deposer "$n" --le 2023-07-05 >/dev/null 2>&1
code "solde de zéro décidé" 0 sons retour saisir DIX --statut decidee_et_payee --le 2023-07-20 --montant 0,00
contient "… la commande n'est pas close" "$(sons commande voir DIX)" "solde décidé et payé"
contient "… rien n'est reversé encore" "$(sons reversements 2>/dev/null | sans_blancs)" "reste à reverser 1800,00 €"
sons reversement enregistrer DIX --montant 1799,99 --date 2023-07-25 >/dev/null 2>&1
contient "… à un centime près non plus" "$(sons commande voir DIX)" "solde décidé et payé"
sons reversement enregistrer DIX --montant 0,01 --date 2023-07-26 >/dev/null 2>&1
contient "… reversé, elle l'est" "$(sons commande voir DIX)" "Commande DIX, close"
code "… le journal la refait telle" 0 sons journal verifier --tout
a 2023-06-30T09:00:00Z

# --- a VA signed too late, and a balance below the advance: the advance is due once ---
copie payee.db tard.db
a 2024-04-10T09:00:00Z
facture DIX --numero-facture F-2 --date-facture 2023-05-31 --montant-ht 3000,00 --montant-tva 600,00 --montant-ttc 3600,00 >/dev/null 2>&1
va DIX --date-signature 2024-04-02T11:00 --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0 >/dev/null 2>&1
code "solde demandé après la clôture" 0 sons solde demander DIX
egal "une seule raison de la reverser" "$(sons reversements --format csv 2>/dev/null | sed 1d | cut -d ';' -f 3 | tr '\n' '|')" "REV-01|"
contient "… cinq mille quatre cents euros, pas plus" "$(sons reversements 2>/dev/null | sans_blancs | tail -n 1)" "reste à reverser 5400,00 €"
a 2023-06-30T09:00:00Z

# --- the name on the invoice, compared when the second of the two is recorded ---
copie payee.db noms.db
nom="Paul Autre" facture_dix >/dev/null 2>&1
nom= ; va_dix >/dev/null 2>&1
contient "un autre nom : discordance" "$(sons expliquer DIX FAC-02)" "FAC-02 non conforme (discordance)"
code "le nom effacé" 0 sons personnes effacer Paul Autre --motif "sur demande"
contient "… le résultat reste" "$(sons expliquer DIX FAC-02)" "FAC-02 non conforme (discordance)"
code "elle se justifie" 0 sons solde demander DIX --justifier "FAC-02=nom d'usage"
contient "… et n'empêche plus rien" "$tap_sortie" "1 discordance justifiée"
tient

copie payee.db noms2.db
va_dix >/dev/null 2>&1
nom="Paul Autre" facture_dix >/dev/null 2>&1
contient "la facture après la VA, d'un autre nom : discordance aussi" "$(sons expliquer DIX FAC-02)" "FAC-02 non conforme (discordance)"
nom="EXEMPLE Anne" facture_dix >/dev/null 2>&1
contient "refaite, le nom s'accorde" "$(sons expliquer DIX FAC-02)" "FAC-02 conforme"
sons solde demander DIX >/dev/null 2>&1
facture DIX --numero-facture F-10 --date-facture 2023-06-02 --montant-ht 15000,00 --montant-tva 3000,00 --montant-ttc 18000,00 >/dev/null 2>&1
code "une autre facture du même montant : le solde repose sur elle" 0 sons solde demander DIX
egal "… deux demandes du même solde, la dernière sur la dernière facture" "$(sql 'select count(*), max(facture) = (select max(fait) from facture) from solde')" "2|1"

# --- the invoice and the VA replaced after the request ---
refaite() { facture DIX --numero-facture F-11 --date-facture 2023-06-03 --montant-ht 12775,00 --montant-tva 2555,00 --montant-ttc 15330,00 2>&1 | sans_blancs; }
code "une facture d'un autre montant après la demande" 0 refaite
contient "… dite à l'enregistrement" "$tap_sortie" "SOL-04 : le solde de 12600,00 € est celui d'un total de 18000,00 €, et la facture F-11, enregistrée depuis, est de 15330,00 € : il est à redemander, pour 9930,00 €"
contient "… avec ce qu'il faut faire" "$tap_sortie" "sons solde demander DIX"
contient "… non conforme au contrôle" "$(sons controler DIX 2>&1)" "anomalie SOL-04"
contient "… l'explication nomme la facture d'aujourd'hui" "$(sons expliquer DIX solde | sans_blancs)" "facture remplacée : le TTC de la facture F-11, enregistrée depuis, est de 15330,00 € : le solde est à redemander"
egal "… et les deux faits" "$(sons expliquer DIX solde | grep -c 'fait : facture F-1[01] ')" 2
mkdir -p refaite.lots
rien "aucun lot ne part" 1 "SOL-04" sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie refaite.lots
egal "… ni fichier" "$(ls refaite.lots | wc -l)" 0
code "redemandé" 0 sons solde demander DIX --sans "$e0"
code "une VA après la demande" 0 va_dix --mss 1
contient "… dite, avec ce qu'il faut faire" "$tap_sortie" "le solde est demandé sur la précédente ; le redemander sur celle-ci : sons solde demander DIX"
contient "… l'explication nomme les deux" "$(sons expliquer DIX solde)" "VA remplacée : le solde est demandé sur la précédente"
code "le lot part" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie refaite.lots
code "… et se vérifie" 0 sons lot verifier refaite.lots/lot-*.zip

# --- cancelled: what is shown of the order is what the control says of it ---
copie payee.db annulee.db
facture DIX --numero-facture F-12 --date-facture 2023-06-02 --montant-ht 4500,00 --montant-tva 900,00 --montant-ttc 5400,00 >/dev/null 2>&1
# accord NAME ETAT RULES: the same rules in both
accord() {
    contient "$1 : l'état" "$(sons commande lister --format json 2>/dev/null)" "\"etat\":\"$2\""
    egal "$1 : les règles de commande voir" "$(sons commande voir DIX | sed -n 's/^    anomalie \([A-Z0-9-]*\) .*/\1/p' | tr '\n' ' ')" "$3"
    egal "$1 : celles de controler" "$(sons controler DIX --format csv 2>/dev/null | sed -n 's/^DIX;[0-9]*;\([A-Z0-9-]*\);anomalie.*/\1/p' | tr '\n' ' ')" "$3"
}
sons commande annuler DIX --attestation facture.pdf --le 2023-06-20 >/dev/null 2>&1
accord "annulée, l'avance étant payée" annulee_avance_payee "FAC-01 REV-03 "
sons reversement ordonner DIX --montant 5400,00 --date 2023-06-21 >/dev/null 2>&1
accord "à reverser" annulee_a_reverser "REV-03 "
contient "… rien ne s'émet" "$(sons commande voir DIX)" "une émission serait refusée, par son état ; à traiter :"
sons reversement enregistrer DIX --montant 5400,00 --date 2023-06-22 >/dev/null 2>&1
accord "reversée" annulee_reversee ""
contient "… rien ne s'émet non plus" "$(sons commande voir DIX)" "une émission serait refusée, par son état"

# --- REV-02: what it says to do can be done, whether the balance was asked for or not ---
for demande in non oui; do
    copie payee.db "tard-$demande.db"
    va_dix >/dev/null 2>&1
    facture_dix >/dev/null 2>&1
    [ $demande = non ] || sons solde demander DIX >/dev/null 2>&1
    a 2024-04-05T09:00:00Z
    remede=$(sons controler DIX --format csv 2>/dev/null | grep ';REV-02;')
    contient "solde demandé, $demande : ordonner est un remède" "$remede" "sons reversement ordonner"
    contient "… noter aussi" "$remede" "sons commande noter"
    egal "… justifier n'en est pas un" "$(printf %s "$remede" | grep -c -e '--justifier')" 0
    code "… noter se peut" 0 sons commande noter DIX "L'ASP laisse l'avance, courriel du 04/04/2024" --essai
    code "… ordonner aussi" 0 sons reversement ordonner DIX --montant 5400,00 --date 2024-04-04
    code "… et reverser" 0 sons reversement enregistrer DIX --montant 5400,00 --date 2024-04-05
    a 2023-06-30T09:00:00Z
done

# --- form faults: nothing recorded, all of them told ---
copie payee.db f.db
rien "facture à venir" 1 "datée d'un jour à venir" sons facture enregistrer DIX --numero-facture F --date-facture 2023-07-01
rien "facture d'avant la commande" 1 "datée d'avant la commande" sons facture enregistrer DIX --numero-facture F --date-facture 2022-07-11
rien "facture sans numéro ni date" 1 "numero_facture" sons facture enregistrer DIX --montant-ht 10
rien "VA à venir" 1 "la signature est à venir" sons va enregistrer DIX --date-signature 2023-07-01
rien "VA d'un ESSMS d'ailleurs" 1 "n'est pas de la commande" sons va enregistrer DIX --date-signature 2023-06-01 --finess-et $(finess 01000099) --atteste oui
rien "nombre illisible" 1 "nombre illisible" sons va enregistrer DIX --date-signature 2023-06-01 --dossiers-actifs -3
rien "commande inconnue" 1 "" sons facture enregistrer AUTRE --numero-facture F --date-facture 2023-05-31
printf 'commande;numero_facture;date_facture\nDIX;F;2023-05-31\nAUTRE;F;2023-05-31\n' >autre.csv
rien "… dans une feuille" 1 "autre.csv, ligne 3 (cellule A3) : erreur E-132" sons facture enregistrer --fichier autre.csv
printf 'commande;date_signature;finess_et;atteste\nAUTRE;2023-06-01;%s;oui\n' $e0 >autre.csv
rien "… d'une VA" 1 "autre.csv, ligne 2 (cellule A2) : erreur E-132" sons va enregistrer --fichier autre.csv
cp f.db annulee.db
SONS_REGISTRE=annulee.db
code "annulée" 0 sons commande annuler DIX --attestation bon.pdf
printf 'commande;numero_facture;date_facture;montant_ht;taux_tva;montant_tva;montant_ttc;client;mention_segur;nom\nDIX;F;2023-05-31;10,00;20;2,00;12,00;%s;oui;A. Exemple\n' $og >autre.csv
rien "… elle n'a plus de facture, à sa place" 1 "autre.csv, ligne 2 (cellule A2) : erreur E-135" sons facture enregistrer --fichier autre.csv
printf 'commande;date_signature;signataire;finess_et;atteste\nDIX;2023-06-01;Anne Exemple;%s;oui\n' $e0 >autre.csv
rien "… ni de VA" 1 "autre.csv, ligne 2 (cellule A2) : erreur E-135" sons va enregistrer --fichier autre.csv
SONS_REGISTRE=f.db
rien "ni commande ni feuille" 2 "--fichier" sons va enregistrer
cat >deux.csv <<FIN
commande;date_signature;finess_et;atteste
DIX;2023-06-01;$e0;oui
DIX;2023-06-02;$e0;non
FIN
rien "deux lignes qui se contredisent" 1 "se contredisent" sons va enregistrer --fichier deux.csv
contient "… et le même ESSMS deux fois" "$tap_sortie" "dit deux fois"
rien "à l'essai" 0 "1 facture lue" facture_dix --essai

# --- the VA prepared, completed, read: XML and sheet ---
code "préparer" 0 sons va preparer DIX --sortie attestations
contient "deux fichiers" "$tap_sortie" "1 VA préparée : 10 ESSMS, 2 fichiers écrits"
xml=attestations/va-123456782-DIX.xml
cas "valide" xmllint --noout --schema "$SONS_SRCDIR/schemas/attestation-va-1.xsd" $xml
contient "le nom de la base y est" "$(cat $xml)" "EHPAD $e3"
code "préparer encore : les mêmes" 0 sons va preparer DIX --sortie attestations
contient "rien d'écrit" "$tap_sortie" "0 fichier écrit"
rien "vide : la date de signature manque" 1 "date_signature" sons va enregistrer --fichier $xml
sed 's|<le></le>|<le>2023-06-01T11:00</le>|; s|<le/>|<le>2023-06-01T11:00</le>|
     s|<signataire></signataire>|<signataire>Anne Exemple</signataire>|; s|<signataire/>|<signataire>Anne Exemple</signataire>|
     s|<qualite></qualite>|<qualite>directrice</qualite>|; s|<qualite/>|<qualite>directrice</qualite>|
     s|<mode></mode>|<mode>eidas</mode>|; s|<mode/>|<mode>eidas</mode>|
     s|<bonFonctionnement></bonFonctionnement>|<bonFonctionnement>oui</bonFonctionnement>|; s|<bonFonctionnement/>|<bonFonctionnement>oui</bonFonctionnement>|
     s|<atteste></atteste>|<atteste>oui</atteste>|; s|<atteste/>|<atteste>oui</atteste>|; s|<deploye></deploye>|<deploye>oui</deploye>|; s|<deploye/>|<deploye>oui</deploye>|
     s|<tbb1Livre></tbb1Livre>|<tbb1Livre>oui</tbb1Livre>|; s|<tbb1Livre/>|<tbb1Livre>oui</tbb1Livre>|; s|<tbb1></tbb1>|<tbb1>tous</tbb1>|; s|<tbb1/>|<tbb1>tous</tbb1>|
     s|<dossiersActifs></dossiersActifs>|<dossiersActifs>12</dossiersActifs>|; s|<dossiersActifs/>|<dossiersActifs>12</dossiersActifs>|
     s|<avecProjet></avecProjet>|<avecProjet>9</avecProjet>|; s|<avecProjet/>|<avecProjet>9</avecProjet>|
     s|<avecEvenement></avecEvenement>|<avecEvenement>0</avecEvenement>|; s|<avecEvenement/>|<avecEvenement>0</avecEvenement>|' $xml >remplie.xml
cp "$SONS_REGISTRE" csv.db
code "la VA en XML, avec sa pièce" 0 sons va enregistrer --fichier remplie.xml --piece va.pdf
contient "conforme" "$tap_sortie" "1 VA lue : 1 conforme. Enregistrée."
egal "dix ESSMS" "$(sql "select count(*), sum(atteste = 1), sum(tbb = 1), sum(evenement = 0) from va_essms")" "10|10|10|10"
code "préparer de nouveau : remplie de ce qu'elle dit" 0 sons va preparer DIX --sortie suite
contient "… la date" "$(cat suite/va-123456782-DIX.xml)" "<le>2023-06-01T09:00:00Z</le>"
contient "… le signataire" "$(cat suite/va-123456782-DIX.xml)" "<signataire>Anne Exemple</signataire>"
code "la feuille préparée dit la même VA" 0 sons va enregistrer --fichier suite/va-123456782-DIX.csv
contient "… sans la pièce : une autre version" "$tap_sortie" "version 2 de la VA"
sed 's|<dossiersActifs>12|<dossiersActifs>12000000000|' remplie.xml >faux.xml
rien "un XML que le schéma refuse" 1 "faux.xml" sons va enregistrer --fichier faux.xml
rien "un XML qui n'en est pas un" 1 "" sons va enregistrer --fichier va.pdf
rien "un document qui a changé n'est pas remplacé" 1 "il n'est pas remplacé" sons va preparer DIX --sortie attestations
tient
fermer
