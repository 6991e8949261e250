#!/bin/sh
# Whole lives: the orders of a registre (in force, without a request) taken from the advance to the balance by real acts, each on all of them.
#   sh generer_vies.sh OUTILS REGISTRE COUCHE [GRAINE]
# OUTILS: folder of generer_retour; COUCHE: folder where sheets, lots and answers are written. `sons` and sqlite3 on the PATH; the registre is
# fictif, its clock before 2023. Out of 100 lives, by the seed: 4 are never invoiced, 3 have one ESSMS that the VA does not attest, 2 get their
# advance a centime short, 1 twice; one transfer pays every balance. Prints one line an act: its words, the time it took and the processor time (ms).
set -eu
LC_ALL=C
export LC_ALL
outils=$1
SONS_REGISTRE=$2
couche=$3
graine=${4:-1}
export SONS_REGISTRE
mkdir -p "$couche/lots"
printf '%%PDF-1.4\nune piece\n' >"$couche/piece.pdf"

# processeur: what the children took between two `times` (the second line of each: 0m1.23s 0m0.45s).
processeur() {
    awk 'function s(t,   p) { split(t, p, "m"); return p[1] * 60 + p[2] } NR % 2 == 0 { t[NR] = s($1) + s($2) } END { printf "%d", 1000 * (t[4] - t[2]) }'
}
# acte INSTANT WORDS…: at that instant of the registre.
acte() {
    SONS_HORLOGE=$1
    export SONS_HORLOGE
    shift
    debut=$(date +%s%3N)
    times >"$couche/temps"
    sons "$@" >"$couche/sortie" 2>&1 || { echo "generer_vies : sons $*" >&2; tail -n 5 "$couche/sortie" >&2; exit 3; }
    times >>"$couche/temps"
    echo "$1 $2 $(($(date +%s%3N) - debut)) $(processeur <"$couche/temps")"
}
# tirer: one row an order and ESSMS → the sheet of `quoi`; sort = what the seed makes of the order, 0 to 99.
tirer() {
    sqlite3 -separator ' ' "$SONS_REGISTRE" "select o.numero, o.ej, o.ht, o.tva, o.ttc, e.et, e.ttc, o.essms from commande o
        join commande_essms e on e.commande = o.fait join demande d on d.commande = o.fait and d.paiement = 1 where d.lot is not null
        order by o.fait, e.et" | awk -v quoi="$1" -v graine="$graine" '
    function euros(c) { return sprintf("%d,%02d", int(c / 100), c % 100) }
    # FINESS as they are written: two characters of the département (2A and 2B are 21 and 22 of 12 × 12), then the rest (livre.sql)
    function finess(n,   tete, a, b) {
        tete = int(n / 10000000); a = int(tete / 12); b = tete % 12
        return sprintf("%s%s%07d", a < 10 ? a : substr("AB", a - 9, 1), b < 10 ? b : substr("AB", b - 9, 1), n % 10000000)
    }
    BEGIN {
        if (quoi == "facture") print "commande;numero_facture;date_facture;montant_ht;taux_tva;montant_tva;montant_ttc;mention_segur;client;nom;piece"
        if (quoi == "va") print "commande;date_signature;signataire;qualite_signataire;mode_signature;bon_fonctionnement;piece;finess_et;atteste;deploye;tbb_livre;tbb;dossiers_actifs;avec_projet;avec_evenement"
        if (quoi == "avance" || quoi == "solde") print "commande;paiement;montant;date;reference"
    }
    $1 != vu { vu = $1; rang++; nouveau = 1; sort = (rang * 40503 + graine * 7919) % 100; retire = sort >= 4 && sort < 7 && $8 > 1; part = retire ? $7 : 0 }
    quoi == "facture" && nouveau && sort >= 4 {
        ttc = $5 - part; ht = int((ttc * 100 + 60) / 120)
        print $1 ";F-" rang ";2023-05-31;" euros(ht) ";20;" euros(ttc - ht) ";" euros(ttc) ";oui;" finess($2) ";Camille Exemple;piece.pdf"
    }
    quoi == "va" && sort >= 4 {
        print $1 ";2023-06-01T11:00;Camille Exemple;directrice;eidas;oui;piece.pdf;" finess($6) ";" \
            (retire && nouveau ? "non;non;non;;;;" : "oui;oui;oui;tous;12;9;0")
    }
    { nouveau = 0 }
    '
}
# encaissements: what ASP decided, one payment a request.
encaisser() {
    sqlite3 -separator ' ' "$SONS_REGISTRE" "select o.numero, d.paye from demande d join commande o on o.fait = d.commande
        where d.paiement = $1 and d.paye is not null order by d.commande" | awk -v paiement="$2" -v le="$3" -v graine="$graine" '
    function euros(c) { return sprintf("%d,%02d", int(c / 100), c % 100) }
    BEGIN { print "commande;paiement;montant;date;reference" }
    {
        sort = (NR * 40503 + graine * 7919) % 100
        print $1 ";" paiement ";" euros($2 - (sort >= 7 && sort < 9)) ";" le ";ASP-" NR
        if (sort == 9) print $1 ";" paiement ";" euros($2) ";" le ";ASP-" NR "-bis"
    }'
}
# envoyer TYPE NUMBER JOUR: the lot, its deposit, its answers on that day of the next month.
envoyer() {
    acte "$3T10:00:00Z" lot emettre --fournisseur "$fournisseur" --couloir MS1 --type "$1" --sortie "$couche/lots"
    acte "$3T11:00:00Z" lot deposer "$2" --le "$3T10:30:00Z" --accuse "$couche/piece.pdf"
    "$outils/generer_retour" "$(ls "$couche"/lots/*.zip | sed -n "$2p")" --graine "$graine" --statut decidee_et_payee --numero "RET-$2" \
        --instant "$4T08:00:00Z" >"$couche/retour-$2.xml"
    acte "$4T09:00:00Z" retour importer "$couche/retour-$2.xml"
}

fournisseur=$(sqlite3 "$SONS_REGISTRE" "select printf('%09d', max(fournisseur)) from commande")
acte 2022-12-20T10:00:00Z avance demander --toutes
envoyer avance 1 2022-12-21 2023-01-20
encaisser 1 avance 2023-01-25 >"$couche/avances.csv"
acte 2023-02-01T09:00:00Z encaissement importer "$couche/avances.csv"
tirer facture >"$couche/factures.csv"
tirer va >"$couche/va.csv"
acte 2023-06-02T09:00:00Z facture enregistrer --fichier "$couche/factures.csv"
acte 2023-06-03T09:00:00Z va enregistrer --fichier "$couche/va.csv"
acte 2023-06-05T09:00:00Z solde demander --toutes
envoyer solde 2 2023-06-06 2023-07-06
# The balances: all that ASP has decided of the lot.
somme=$(sqlite3 "$SONS_REGISTRE" "select printf('%d,%02d', sum(paye) / 100, sum(paye) % 100) from demande where paiement = 2")
acte 2023-07-12T09:00:00Z virement enregistrer --fournisseur "$fournisseur" --montant "$somme" --date 2023-07-11 --reference ASP-SOLDES
acte 2023-07-12T10:00:00Z virement ventiler "$(sqlite3 "$SONS_REGISTRE" 'select max(fait) from virement')" --proposition 1
