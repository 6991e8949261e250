# Random acts on a few orders, drawn from a printed seed (HASARD_GRAINE, HASARD_ACTES): after each, what is exported imports as
# nothing to do, and what the registre knew before is still what it shows of that time.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier hasard
graine=${HASARD_GRAINE:-$(date +%j%H)} actes=${HASARD_ACTES:-40}
echo "# graine $graine, $actes actes (HASARD_GRAINE, HASARD_ACTES)"
x=$(printf '%s' "$graine" | sed 's/^0*//'); x=$(((${x:-1} * 2654435 + 12345) % 2147483647))
tirer() { x=$(((x * 48271) % 2147483647)); tire=$((x % $1)); } # MAX: a number in $tire
og=$(finess 01000001)
{
    base 2022-01-03
    i=10; while [ $i -lt 30 ]; do et "$(finess 010000$i)" "$og" 500 4401 "EHPAD $i" BOURG; i=$((i + 1)); done
} >base.csv
for p in 0 1 2; do printf '%%PDF-1.4\npièce %s\n' $p >p$p.pdf; done
neuf h.db 2022-12-05T09:00:00Z
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution declarer --numero-ans S1 --nom DUI --siren-editeur 123456782 --couloir MS1 --version 1 --dossier-complet-le 2022-04-20 --reference-le 2022-06-15 >/dev/null 2>&1
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;mention_segur;signataire;montant_ht;taux_tva;montant_tva;montant_ttc;libelle_essms;commune;montant_ht_essms'
    for c in 0 1 2 3 4 5; do
        echo "H$c;$(finess 0100001$c);2022-07-12;2022-07-12;S1;1;oui;Mme $c;1825,00;20;365,00;2190,00;L$c;BOURG;1000,00"
        echo "H$c;$(finess 0100002$c);;;;;;;;;;;;;825,00"
    done
} >f.csv
sons commande importer f.csv >/dev/null 2>&1
suivant=6
un_acte() {
    tirer "$suivant"; c=H$tire; tirer 12
    case $tire in
    0) tirer 1000; set -- completer $c --reference-externe "CRM-$tire" ;;
    1) tirer 2; set -- completer $c --deja-equipe "$([ $tire = 0 ] && echo oui || echo 2019-05-01)" ;;
    2) tirer 5; set -- rectifier $c --qualite-signataire "qualité $tire" --motif "motif $tire" ;;
    3) tirer 900; set -- rectifier $c --montant-ht $((1000 + tire)),00 --vider montant_tva,montant_ttc --motif "relu" ;;
    4) tirer 4; set -- rectifier $c --signataire "Mme « $tire »; suite" --motif nom ;;
    5) tirer 3; set -- rectifier $c --piece p$tire.pdf --motif pièce ;;
    6) tirer 3; set -- rectifier $c --vider "$(echo version_solution mention_segur taux_tva | cut -d ' ' -f $((tire + 1)))" --motif vidé ;;
    7) set -- noter $c "note $x" ;;
    8) tirer 28; set -- annuler $c --attestation p0.pdf --le 2022-11-$(printf %02d $((tire + 1))) ;;
    9) tirer 28; set -- remplacer $c --numero H$suivant --date-signature 2022-10-$(printf %02d $((tire + 1))) --montant-ht 900 --taux-tva 20 --solution S1
       tirer 3; [ $tire != 0 ] || set -- "$@" --fournisseur 123456782 ;;
    10) tirer 9; set -- rectifier $c --date-signature 2022-08-0$((tire + 1)) --motif date ;;
    11) sons avance demander $c >/dev/null 2>&1; tirer 2; set -- rectifier $c --taux-tva "$([ $tire = 0 ] && echo 20 || echo 8,5)" --vider montant_tva,montant_ttc --motif taux ;;
    esac
    acte="$*"
    sons commande "$@" >acte.sortie 2>&1 && rc=0 || rc=$?
    case $rc in 0) faits=$((faits + 1)); [ "$1" != remplacer ] || suivant=$((suivant + 1)) ;; 1) refuses=$((refuses + 1)) ;; *) ko "$acte : code $rc" ;; esac
}
n=0 faits=0 refuses=0 connu='' vu=''
while [ $n -lt "$actes" ]; do
    n=$((n + 1))
    a "$(printf '2022-12-06T%02d:%02d:00Z' $((n / 60)) $((n % 60)))"
    un_acte
    sons commande lister --format csv >export.csv 2>/dev/null
    avant=$(entrees)
    sons commande importer export.csv >import.sortie 2>&1 && rc=0 || rc=$?
    if [ $rc = 0 ] && [ "$(entrees)" = "$avant" ] && grep -q 'Toutes déjà enregistrées, inchangées' import.sortie && ! grep -q 'encore' import.sortie; then
        ok "acte $n : commande $acte"
    else
        ko "acte $n : commande $acte (graine $graine)"; sed 's/^/# /' acte.sortie import.sortie
    fi
    if [ $((n % 10)) = 5 ]; then connu=$SONS_HORLOGE; vu=$(empreinte export.csv); fi
    if [ $((n % 10)) = 0 ]; then
        sons commande lister --format csv --connu-le "$connu" >passe.csv 2>/dev/null
        egal "acte $n : ce qui était connu le $connu n'a pas changé" "$(empreinte passe.csv)" "$vu"
    fi
done
echo "# $faits actes faits, $refuses refusés"
cas "des actes ont été faits" [ $faits -gt $((actes / 4)) ]
tient
code "les projections se refont" 0 sons journal reconstruire
tient "… les mêmes"
fermer
