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
facture() { sons facture enregistrer "$@" --taux-tva 20 --mention-segur oui --client $og --nom "A. Exemple" --piece facture.pdf; }
facture_dix() { facture DIX --numero-facture F-1 --date-facture 2023-05-31 --montant-ht 15000,00 --montant-tva 3000,00 --montant-ttc 18000,00 "$@"; }
va() { sons va enregistrer "$@" --signataire "Mme Anne EXEMPLE" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --piece va.pdf; }
va_dix() { va DIX --date-signature 2023-06-01T11:00 --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 12 --avec-projet 9 --avec-evenement 0 "$@"; }

# --- invoice and VA ---
paye a.db
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
egal "à solder" "$(sql 'select etat from vie order by le desc, fait desc limit 1')" "$(sql "select etat from vie order by le desc, fait desc limit 1")"

# --- the balance ---
code "le solde" 0 sons solde demander DIX
contient "70 %" "$(printf %s "$tap_sortie" | sans_blancs)" "1 solde demandé pour 12600,00 € : 1 conforme."
egal "30 + 70 = 100" "$(sql 'select sum(montant) from demande')" 1800000
rien "une seconde fois : rien à redemander" 0 "Aucun solde demandé. 1 était déjà demandé." sons solde demander DIX
tient
fermer
