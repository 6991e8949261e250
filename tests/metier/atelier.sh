# A workshop for tests at the level of commands; sourced after tap.sh. `atelier NAME` makes a folder and enters it.
unset SONS_REGISTRE SONS_HORLOGE NO_COLOR
LC_ALL=C.UTF-8
export LC_ALL
depart=$PWD
samples=$SONS_SRCDIR/samples
atelier() {
    racine=$depart/$1.tmp
    rm -rf "$racine"
    mkdir -p "$racine"
    cd "$racine" || exit 1
    cp -R "$samples" .
    chmod -R u+w samples
}
# Leaves and ends the TAP.
fermer() {
    cd "$depart" || exit 1
    rm -rf "$racine"
    fin
}
sons() { "$SONS" "$@"; }
a() { SONS_HORLOGE=$1; export SONS_HORLOGE; }
registre() { SONS_REGISTRE=$1; export SONS_REGISTRE; }
# neuf FILE [INSTANT]: a registre fictif that becomes the one in use.
neuf() {
    registre "$1"
    rm -f "$1"
    a "${2:-2022-12-05T09:00:00Z}"
    sons initialiser --fictif >/dev/null
}
empreinte() { sha256sum <"$1" | cut -c 1-64; }
entrees() { sqlite3 "$SONS_REGISTRE" 'select count(*) from journal'; }
# rien NAME EXPECTED PART command…: exit code, a part of the message, and not a byte of the registre changed.
rien() {
    rien_nom=$1; rien_code=$2; rien_part=$3; shift 3
    rien_avant=$(empreinte "$SONS_REGISTRE")
    code "$rien_nom" "$rien_code" "$@"
    contient "$rien_nom : le message" "$tap_sortie" "$rien_part"
    egal "$rien_nom : le registre est intact" "$(empreinte "$SONS_REGISTRE")" "$rien_avant"
}
# tient [NAME]: the whole registre verifies.
tient() { code "${1:-tout se vérifie}" 0 sons journal verifier --tout; }

# --- FINESS made by hand ---
# finess PREFIX8: the number with its key (Luhn, A → 1, B → 2).
finess() {
    printf '%s\n' "$1" | awk '{
        for (i = 1; i <= 8; i++) { c = substr($0, i, 1); d = c == "A" ? 1 : c == "B" ? 2 : c + 0; if (i % 2 == 0) { d *= 2; if (d > 9) d -= 9 } s += d }
        printf "%s%d", $0, (10 - s % 10) % 10 }'
}
base() { printf 'finess;etalab;93;%s\n' "$1"; }
# et NUMBER EJ CATEGORY AGGREGATE [NAME [TOWN [SIRET]]]
et() {
    printf 'structureet;%s;%s;%s;;;;;;;;;;01;AIN;01000 %s;;;%s;Catégorie %s;%s;Agrégat %s;%s;;;;;;2000-01-01;2000-01-01;2020-01-01;\n' \
        "$1" "$2" "${5:-ESSMS}" "${6:-BOURG}" "$3" "$3" "$4" "$4" "${7:-}"
}
# ej NUMBER SIREN NAME
ej() { printf 'structureej;%s;%s;;;;;;;;;;01000 BOURG;01;AIN;;60;Association;;;%s;;1990-01-01\n' "$1" "$3" "$2"; }

# commandes_pareilles INSTANT N: an OG ($og) with N ESSMS ($e1, $e2 …), an order on each (C1, C2 …: c.csv), all of 2 190,00 TTC, to be imported into
# r.db, which is in use at that instant; bon.pdf, base.csv, solutions.csv lie beside.
commandes_pareilles() {
    og=$(finess 01000001)
    base 2022-01-03 >base.csv
    printf '%%PDF-1.4\nbon\n' >bon.pdf
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece' >c.csv
    for n in $(seq "$2"); do
        e=$(finess "0100001$((n - 1))")
        eval "e$n=$e"
        et "$e" "$og" 500 4401 >>base.csv
        echo "C$n;$e;2022-07-12;2022-07-12;S1;1;non;oui;oui;Mme A;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf" >>c.csv
    done
    printf '%s\n' 'numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le' 'S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15' >solutions.csv
    echo 'finess_et;fonds;etat' >vide.csv
    neuf r.db "$1"
    {
        sons finess importer base.csv
        sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20
        sons solution importer solutions.csv
        sons financement importer vide.csv
    } >/dev/null 2>&1
}

# Every kind of fact, an instant each; `complet_apres` is called after each step with its instant.
complet_apres() { :; }
complet() {
    registre "$1"
    rm -f "$1"
    complet_rang=0
    pas 2022-12-05 sons initialiser --fictif --role editeur --siren 123456782 --nom "Éditeur d'exemple"
    pas 2022-12-05 sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv
    { base 2022-01-03; ej 2A0022885 "" "OG D'ESSAI"; } >ej.csv
    pas 2022-12-05 sons finess importer ej.csv
    pas 2022-12-06 sons fournisseur importer samples/fournisseurs.csv
    pas 2022-12-06 sons fournisseur enroler 123456782 --le 2022-07-02
    pas 2022-12-06 sons solution importer samples/solutions.csv
    pas 2022-12-07 sons financement importer samples/financements.csv
    pas 2022-12-07 sons commande importer samples/commandes.csv
    {
        sed -n 1p samples/commandes.csv
        echo 'BC-2022-009;2A0001699;SSIAD ADMR Grand Sud;Figari;08/07/2022;08/07/2022;DUI Maquis;5.2;1 824,00;20;364,81;2 188,81;non;oui;oui;Mme Exemple G;directrice;manuscrite;pieces/BC-2022-008.pdf'
    } >samples/neuf.csv
    pas 2022-12-08 sons commande importer samples/neuf.csv
    pas 2022-12-08 sons commande joindre BC-2022-002 samples/pieces/BC-2022-001.pdf --role autre
    printf '%%PDF-1.4 attestation\n' >attestation.pdf
    pas 2022-12-09 sons financement attester BC-2022-003 --date-attestation 2022-09-01 --piece attestation.pdf
    pas 2022-12-09 sons parametres calendrier proroge
    pas 2022-12-10 sons avance demander BC-2022-001 BC-2022-008
    pas 2022-12-10 sons avance demander BC-2022-009 --justifier "BAR-05=TVA arrondie ligne à ligne"
    pas 2022-12-11 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
    pas 2022-12-12 sons solution declarer --numero-ans EX-DUI-001 --nom "DUI Maquis" --siren-editeur 123456782 --couloir MS1 --version=5.2 --dossier-complet-le 20/04/2022 --reference-le 15/06/2022 --retire-le 2022-12-11
    pas 2022-12-12 sons fournisseur declarer --siren 552100554 --nom "Distributeur d'exemple" --role distributeur
    pas 2022-12-12 sons mandat declarer --distributeur 552100554 --editeur 123456782 --du 2022-06-01
    pas 2022-12-12 sons mandat retirer --distributeur 552100554 --editeur 123456782 --le 2022-12-01
    pas 2022-12-12 sons litige ouvrir BC-2022-002 --contre 552100554/C-88 --le 2022-10-03 --piece attestation.pdf
    pas 2022-12-12 sons litige repondre BC-2022-002 maintenir --le 2022-10-10
    pas 2022-12-12 sons litige conclure BC-2022-002 retenue --le 2022-11-02 --motif "choix du client"
    printf 'colonne;champ\nClient;libelle_essms\n' >correspondance.csv
    pas 2022-12-12 sons commande importer samples/commandes.csv --correspondance correspondance.csv
    pas 2022-12-12 sons solution alias EX-DUI-001 "Maquis" MAQUIS_V5
    pas 2022-12-12 sons solution alias EX-DUI-001 "Maquis" --retirer
    pas 2022-12-12 sons contact declarer --commande BC-2022-001 --nom "Mme Exemple Z" --fonction comptable --courriel z@exemple.fr
    pas 2022-12-12 sons contact declarer --fournisseur 123456782 --nom "M. Exemple Y" --telephone "01 23 45 67 89"
    pas 2022-12-12 sons contact retirer --fournisseur 123456782 --motif "parti"
    pas 2022-12-12 sons personnes effacer M. Exemple Y --motif "demande de l'intéressée"
    pas 2022-12-13 sons commande completer BC-2022-002 --reference-externe CRM-2
    pas 2022-12-13 sons commande rectifier BC-2022-003 --signataire "Mme Exemple Z" --motif "nom relu sur le bon"
    pas 2022-12-13 sons commande annuler BC-2022-005 --le 2022-12-01 --attestation attestation.pdf
    pas 2022-12-13 sons commande remplacer BC-2022-006 --numero BC-2022-010 --date-signature 2022-12-02 --motif "nouveau bon"
    pas 2022-12-13 sons commande noter BC-2022-006 "le bon est parti par la poste"
    printf '%%PDF-1.4 suite\n' >suite.pdf
    pas 2022-12-13 sons lot deposer 1 --le 2022-12-11T11:00:00 --accuse suite.pdf
    pas 2022-12-13 sons lot deposer 1 --le 2022-12-11T10:59:00 --rectifier "une minute de trop"
    printf 'commande;statut;date\nBC-2022-001;decidee_et_payee;2022-12-11\nBC-2022-008;a_modifier;2022-12-11\n' >retour.csv
    pas 2022-12-13 sons retour importer retour.csv
    pas 2022-12-13 sons retour saisir BC-2022-009 --statut recue --le 2022-12-12 --numero-asp SEG-9
    pas 2022-12-13 sons retour retirer "$(sqlite3 "$1" 'select max(fait) from reponse')" --motif "celle d'une autre commande"
    pas 2022-12-13 sons facture enregistrer BC-2022-001 --numero-facture F-1 --date-facture 2022-12-12 --mention-segur oui --nom "Mme Exemple A" --piece suite.pdf --montant-ht 9125,00 --taux-tva 20 --montant-tva 1825,00 --montant-ttc 10950,00 --client "$(sons commande voir BC-2022-001 2>/dev/null | sed -n 's/^  OG *//p')"
    pas 2022-12-13 sons va enregistrer BC-2022-001 --date-signature 2022-12-12 --signataire "Mme Exemple A" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece suite.pdf
    pas 2022-12-13 sons solde demander BC-2022-001 --sans "$(awk -F ';' '$1 == "BC-2022-001" { print $2; exit }' samples/commandes.csv)" --justifier "REF-05=l'ASP accepte"
    pas 2022-12-13 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
    pas 2022-12-13 sons lot annuler 2 --motif "une pièce à changer"
    pas 2022-12-13 sons virement enregistrer --fournisseur 123456782 --montant 10,00 --date 2022-12-12 --reference "ASP 1212"
    pas 2022-12-13 sons virement enregistrer --fournisseur 123456782 --montant 11,00 --date 2022-12-12 --reference "ASP 1212"
    pas 2022-12-13 sons virement retirer "$(sqlite3 "$1" 'select max(fait) from virement')" --motif "un euro de trop"
    pas 2022-12-13 sons encaissement enregistrer --commande BC-2022-001 --paiement avance --montant 10,00 --date 2022-12-12
    pas 2022-12-13 sons encaissement retirer "$(sqlite3 "$1" 'select max(fait) from encaissement')" --motif "saisi deux fois"
    pas 2022-12-13 sons reversement ordonner BC-2022-001 --montant 1,00 --date 2022-12-12
    pas 2022-12-13 sons reversement enregistrer BC-2022-001 --montant 1,00 --date 2022-12-12
    pas 2022-12-13 sons reversement enregistrer BC-2022-001 --montant 2,00 --date 2022-12-12
    pas 2022-12-13 sons reversement retirer "$(sqlite3 "$1" 'select max(fait) from reversement')" --motif "un euro de trop"
    pas 2022-12-13 sons journal sceller --sortie .
}
complet_pas=$(grep -c '^    pas ' "$SONS_SRCDIR/tests/metier/atelier.sh")
pas() {
    complet_rang=$((complet_rang + 1))
    complet_instant=$1T09:00:$(printf %02d $complet_rang)Z
    a "$complet_instant"
    shift
    "$@" >complet.sortie 2>&1 </dev/null || { ko "registre complet, pas $complet_rang : $*"; sed 's/^/# /' complet.sortie | head -n 20; }
    complet_apres "$complet_rang" "$complet_instant"
}
