# La maison d'essai des coups : sh maison.sh ÉTAPE, dans un dossier vide, y construit un registre fictif jusqu'à cette
# étape, avec environ cinquante lignes par feuille. Les étapes se suivent : vide, ouvert, base, tiers, coupe, commandes,
# demande, emis, depose, paye, atteste ; après tiers, à part : distributeur, mandat ; après commandes : scelle, litige, contact ; après paye : encaisse, vire, ordonne. Il faut SONS, SONS_SRCDIR, SONS_BUILDDIR, SONS_HORLOGE, SONS_REGISTRE.
set -eu
etape=$1
outils=$SONS_BUILDDIR/tests/outils
sons() { LD_PRELOAD=${COUPS_PRELOAD:-} "$SONS" "$@" >>maison.journal 2>&1 || { rc=$?; cat maison.journal >&2; echo "maison : code $rc : sons $*" >&2; exit 1; }; }
jusqua() { [ "$etape" != "$1" ] || { rm -f maison.journal; exit 0; }; }

source=$SONS_SRCDIR/samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv
head -n 71 "$source" >base.csv
{ echo 'finess;etalab;0;2022-06-01'; sed 1d "$source" | head -n 50; } | gzip -n >base-juin.csv.gz
"$outils/generer_base" --et 280 --graine 11 --date 2022-01-03 --ej >base-ej.csv
mkdir pieces lots refaits
i=0
while [ $i -lt 5 ]; do
    i=$((i + 1))
    { printf '%%PDF-1.4\n'; awk -v i=$i 'BEGIN { for (n = 0; n < 300 * i; n++) print "ligne", n, "de la pièce", i }'; } >pieces/piece-$i.pdf
done
printf 'commande;paiement;montant;date;reference\nBC-000001;avance;360,00;2022-12-05;E-1\nBC-000002;avance;360,00;2022-12-05;E-2\n' >encaissements.csv
mkdir bons
for i in 1 2 3 4; do cp pieces/piece-5.pdf "bons/Bon BC_00000$i.pdf"; done
# Une commande par organisme gestionnaire, une ligne par ESSMS de MS1 ; la troisième a un centime de TVA de trop (BAR-05).
LC_ALL=C awk -F ';' 'BEGIN {
    print "numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;" \
        "montant_ttc;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece" }
    $1 == "structureet" && ($21 ~ /^4[134]/ || $19 == 354 || $19 == 460) && n < 50 { n++; et[$3] = et[$3] " " $2; if (!vu[$3]++) og[++k] = $3 }
    END { for (i = 1; i <= k; i++) {
        m = split(et[og[i]], e, " "); c = i == 3 ? 1 : 0
        printf "BC-%06d;%s;12/07/2022;12/07/2022;DUI Maquis;5.2;1 000,00;20;200,0%d;1 200,0%d;non;oui;oui;Mme Exemple %d;" \
            "directrice;manuscrite;pieces/piece-%d.pdf\n", i, e[1], c, c, i, i % 3 + 1
        for (j = 2; j <= m; j++) printf "BC-%06d;%s;;;;;;;;;;;;;;;\n", i, e[j] } }' base.csv >commandes.csv
printf 'colonne;champ\nClient;libelle_essms\n' >correspondance.csv
printf 'siren;nom;role;enrole_le\n123456782;Éditeur d'"'"'exemple;editeur;01/07/2022\n' >fournisseurs.csv
{
    echo 'numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le;refuse_le;retire_le'
    echo 'EX-DUI-001;DUI Maquis;123456782;MS1;5.2;20/04/2022;15/06/2022;;'
    awk 'BEGIN { for (i = 2; i <= 50; i++) printf "EX-DUI-%03d;DUI %d;123456782;MS1;1.%d;02/05/2022;01/07/2022;;\n", i, i, i }'
} >solutions.csv
{
    echo 'finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat'
    LC_ALL=C grep -a '^structureet' base.csv | head -n 50 | cut -d ';' -f 2 |
        while read -r et; do echo "$et;esms_numerique;generalisation;usage;mise_en_conformite;DUI Maquis;oui;candidature;15/06/2022"; done
} >financements.csv
{
    echo 'numero;date_attestation;piece'
    awk -F ';' 'NR > 1 && $1 != "" && !vu[$1]++ { print $1 ";12/07/2022;pieces/piece-4.pdf" }' commandes.csv
} >attestations.csv
sed '/^BC-00000[12];/s/;directrice;/;directeur;/' commandes.csv >change.csv
printf '%s\n' BC-000900 EX-DUI-001 5.2 '' '' 12/07/2022 = "$(sed -n '2s/^[^;]*;\([^;]*\).*/\1/p;3s/^[^;]*;\([^;]*\).*/\1/p' commandes.csv | tr '\n' ' ')" '' '' \
    1000,00 '' 20 200,00 1200,00 'Mme Exemple' directrice manuscrite non oui oui pieces/piece-5.pdf . oui >reponses.txt
printf 'commande;statut;numero_asp;motif\nBC-000001;recue;SEG-1;\nBC-000002;à modifier;SEG-2;phrase | HT\nBC-000004;validée;SEG-4;\n' >retour.csv
jusqua vide
sons initialiser --fictif
jusqua ouvert
sons finess importer base.csv
jusqua base
sons fournisseur importer fournisseurs.csv
sons solution importer solutions.csv
sons financement importer financements.csv
jusqua tiers
if [ "$etape" = distributeur ] || [ "$etape" = mandat ]; then
    sons fournisseur declarer --siren 552100554 --nom "Distributeur d'exemple" --role distributeur
    jusqua distributeur
    sons mandat declarer --distributeur 552100554 --editeur 123456782 --du 2022-06-01
    jusqua mandat
fi
if [ "$etape" = coupe ]; then # l'import est tué quand il va finir : son journal SQLite est là, à défaire
    rc=0
    head -c 256 /dev/zero >"$COUPS_COMPTES"
    LD_PRELOAD=$COUPS_PRELOAD COUPS_CLASSE=unlink COUPS_RANG=1 COUPS_GESTE=tue "$SONS" commande importer commandes.csv \
        >/dev/null 2>&1 || rc=$?
    [ $rc = 137 ] && [ -s sons.db-journal ] || { echo "maison : coupure manquée, code $rc" >&2; exit 1; }
fi
jusqua coupe
sons commande importer commandes.csv
jusqua commandes
if [ "$etape" = litige ]; then
    sons litige ouvrir BC-000001 --contre 552100554/C-88 --le 2022-07-20
    jusqua litige
fi
if [ "$etape" = scelle ]; then # le nom porte le registre, tiré au hasard : un nom fixe à côté
    sons journal sceller --sortie lots
    cp lots/sceau-*-000001.txt lots/sceau.txt
    sons commande noter BC-000001 "après le sceau"
    jusqua scelle
fi
if [ "$etape" = contact ]; then
    sons contact declarer --commande BC-000001 --nom 'Anne Exemple' --courriel anne@exemple.fr --telephone 0472000000
    jusqua contact
fi
sons avance demander --toutes --justifier 'BAR-05=TVA arrondie ligne à ligne'
jusqua demande
sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots
jusqua emis
sons lot deposer 1 --accuse pieces/piece-4.pdf
jusqua depose
sons retour saisir BC-000001 --statut decidee_et_payee
jusqua paye
if [ "$etape" = encaisse ]; then
    sons encaissement enregistrer --commande BC-000001 --paiement avance --montant 360,00 --date 2022-12-05 --reference E-1
    jusqua encaisse
fi
if [ "$etape" = vire ]; then
    sons virement enregistrer --fournisseur 123456782 --montant 720,00 --date 2022-12-05 --reference V-1
    jusqua vire
fi
if [ "$etape" = ordonne ]; then
    sons reversement ordonner BC-000001 --montant 360,00 --date 2022-12-05 --reference OR-1
    jusqua ordonne
fi
og=$(LC_ALL=C awk -F ';' -v et="$(sed -n 2p commandes.csv | cut -d ';' -f 2)" '$2 == et { print $3; exit }' base.csv)
sons facture enregistrer BC-000001 --client "$og" --numero-facture F-1 --date-facture 2022-08-01 --montant-ht 1000 --taux-tva 20 --montant-tva 200 \
    --montant-ttc 1200 --mention-segur oui --nom 'Mme Exemple 1' --piece pieces/piece-5.pdf
sons va enregistrer BC-000001 --date-signature 2022-08-02 --signataire 'Mme Exemple 1' --qualite-signataire directrice --mode-signature eidas \
    --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 1 --avec-projet 1 --avec-evenement 0 --piece pieces/piece-4.pdf
sons va preparer BC-000001 --sortie .
mv va-123456782-BC-000001.xml va.xml
jusqua atteste
sons solde demander BC-000001
jusqua solde
echo "maison : pas d'étape $etape" >&2
exit 2
