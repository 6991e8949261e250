# Every act in every state, by the program: what cycle.def allows goes through, the rest is refused with the state, the facts that led there and
# what is possible; nothing is written.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier actes_etats
table=cycle.txt
cat "$SONS_SRCDIR/src/regles/cycle.def" "$SONS_SRCDIR/src/regles/cycle_argent.def" "$SONS_SRCDIR/src/regles/cycle_retraits.def" >$table

og=$(finess 01000001); e1=$(finess 01000010); e2=$(finess 01000011)
{ base 2022-01-03; et $e1 $og 500 4401; et $e2 $og 500 4401; } >base.csv
for f in bon facture va ordre att; do printf '%%PDF-1.4\n%s\n' $f >$f.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
    for e in $e1 $e2; do echo "C;$e;2022-07-12;2022-07-12;S1;1;non;oui;oui;Anne Exemple;directrice;manuscrite;3650,00;20;730,00;4380,00;bon.pdf"; done
} >c.csv
tout=0
preparer() { "$@" >preparer.sortie 2>&1 || { tout=1; ko "préparer : $*"; sed 's/^/# /' preparer.sortie; }; }
neuf enregistree.db 2023-05-01T09:00:00Z
preparer sons finess importer base.csv
preparer sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20
preparer sons solution importer solutions.csv
echo 'finess_et;fonds;etat' >vide.csv
preparer sons financement importer vide.csv
preparer sons commande importer c.csv

# de FROM TO INSTANT command…: the registre of a state, made from that of another by one act.
de() {
    cp "$1.db" "$2.db"
    registre "$2.db"
    a "$3"
    shift 3
    preparer "$@"
}
emettre() { sons lot emettre --fournisseur 123456782 --couloir MS1 --type "$1" --sortie .; }
facturer() { sons facture enregistrer C --numero-facture "${facture:-F-1}" --date-facture 2023-05-20 --montant-ht 3650,00 --taux-tva 20 --montant-tva 730,00 --montant-ttc 4380,00 --client $og --mention-segur oui --nom "Anne Exemple" --piece facture.pdf "$@"; }
attester() { sons va enregistrer C --date-signature "${signature:-2023-05-21}" --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece va.pdf "$@"; }
annuler() { sons commande annuler C --motif "changement d'éditeur" --attestation att.pdf "$@"; }
encaisser() { sons encaissement enregistrer --commande C "$@"; }

de enregistree avance_demandee 2023-05-01T09:10:00Z sons avance demander C
de avance_demandee avance_emise 2023-05-01T09:20:00Z emettre avance
de avance_emise avance_deposee 2023-05-03T09:00:00Z sons lot deposer 1 --le 2023-05-02T10:00:00
for s in recue incomplete a_modifier validee rejetee; do de avance_deposee avance_$s 2023-05-11T09:00:00Z sons retour saisir C --statut $s --le 2023-05-10 --motif "plafond HT"; done
de avance_deposee avance_payee 2023-05-11T09:00:00Z sons retour saisir C --statut decidee_et_payee --le 2023-05-10 --numero-asp SEG-1
de avance_payee facturee 2023-05-22T09:00:00Z facturer
de avance_payee attestee 2023-05-22T09:00:00Z attester
de facturee a_solder 2023-05-22T09:10:00Z attester
de a_solder solde_demande 2023-05-22T09:20:00Z sons solde demander C
de solde_demande solde_emis 2023-05-22T09:30:00Z emettre solde
de solde_emis solde_depose 2023-05-24T09:00:00Z sons lot deposer 2 --le 2023-05-23T10:00:00
for s in recue:recu incomplete:incomplet a_modifier:a_modifier validee:valide rejetee:rejete decidee_et_payee:paye; do
    de solde_depose solde_${s#*:} 2023-06-01T09:00:00Z sons retour saisir C --statut ${s%:*} --le 2023-05-30 --motif "VA non signée"
done
de solde_paye close 2023-06-02T09:00:00Z encaisser --paiement avance --montant 1314,00 --date 2023-06-01
preparer encaisser --paiement solde --montant 3066,00 --date 2023-06-01
de solde_depose a_reverser 2023-06-02T09:00:00Z sons reversement ordonner C --montant 1314,00 --date 2023-06-01
de a_reverser reversee 2023-06-02T09:10:00Z sons reversement enregistrer C --montant 1314,00 --date 2023-06-02
de enregistree en_litige 2023-05-03T09:00:00Z sons litige ouvrir C --contre 552100554/X --le 2023-05-02
de en_litige renoncee 2023-05-05T09:00:00Z sons litige conclure C ecartee --le 2023-05-04 --motif "choix du client"
de enregistree annulee 2023-05-03T09:00:00Z annuler --le 2023-05-02
de avance_payee annulee_avance_payee 2023-06-02T09:00:00Z annuler --le 2023-06-01
de annulee_avance_payee annulee_a_reverser 2023-06-02T09:10:00Z sons reversement ordonner C --montant 1314,00 --date 2023-06-02
de annulee_a_reverser annulee_reversee 2023-06-02T09:20:00Z sons reversement enregistrer C --montant 1314,00 --date 2023-06-02
de enregistree remplacee 2023-05-03T09:00:00Z sons commande remplacer C --numero C2 --date-signature 2023-05-02
egal "tous les états se préparent" "$tout" 0

# The state that acts look at: under an open dispute, the one before.
vu() { [ "$1" = en_litige ] && echo enregistree || echo "$1"; }
label() { sed -n "s/^ETAT([A-Z_]*, \"$1\", \"\([^\"]*\)\".*/\1/p" "$table"; }
permis=$(awk -F '"' '
    /^ETAT\(/ { split($1, t, /[(,]/); etat[t[2]] = $2 }
    /^PASSAGE\(/ { split($0, t, /[(, )]+/); print t[2] ":" etat[t[3]] }' "$table" | sort -u)
permet() { printf '%s\n' "$permis" | grep -qx "$1:$2"; }
# One act, on the order of the registre, that only the state may refuse. The lots are the last of the order.
faire() {
    case $1 in
    ACTE_DEMANDER_AVANCE) sons avance demander C --essai ;;
    ACTE_DEMANDER_SOLDE) sons solde demander C --essai ;;
    ACTE_REPONDRE) sons retour saisir C --statut recue --le "$jour" --essai ;;
    ACTE_FACTURER) facture=F-2 facturer --essai ;;
    ACTE_ATTESTER) signature=2023-05-22 attester --essai ;;
    ACTE_ENCAISSER) encaisser --paiement avance --montant 1,00 --date "$jour" --reference NEUVE --essai ;;
    ACTE_RECOUVRER) sons reversement ordonner C --montant 1,00 --date "$jour" --reference NEUF --essai ;;
    ACTE_REVERSER) sons reversement enregistrer C --montant 1,00 --date "$jour" --reference NEUF --essai ;;
    ACTE_COMPLETER) sons commande completer C --reference-externe CRM-1 --essai ;;
    ACTE_RECTIFIER) sons commande rectifier C --qualite-signataire directeur --motif relu --essai ;;
    ACTE_REMPLACER) sons commande remplacer C --numero C3 --date-signature "$jour" --essai ;;
    ACTE_ANNULER) annuler --le "$jour" --essai ;;
    ACTE_NOTER) sons commande noter C "une remarque" --essai ;;
    esac
}
mot() { sed -n "s/^ACTE($1, \"\([^\"]*\)\".*/\1/p" "$table"; }
etats=$(sed -n 's/^ETAT([A-Z_]*, "\([a-z_]*\)".*/\1/p' "$table")
# Nothing was received or decided on those of this test: an ordre is for what was paid (tests/metier/recu_sans_decision.sh).
jamais_payee() { case $1 in renoncee | remplacee | enregistree | en_litige | avance_demandee | avance_emise | avance_deposee | avance_recue | avance_incomplete | avance_a_modifier | avance_validee | avance_rejetee) return 0 ;; *) return 1 ;; esac; }
actes='ACTE_DEMANDER_AVANCE ACTE_DEMANDER_SOLDE ACTE_REPONDRE ACTE_FACTURER ACTE_ATTESTER ACTE_ENCAISSER ACTE_RECOUVRER ACTE_REVERSER ACTE_COMPLETER ACTE_RECTIFIER ACTE_REMPLACER ACTE_ANNULER ACTE_NOTER'
jour=2023-06-03
essais=0 refus=0
for etat in $etats; do
    registre "$etat.db"
    a 2023-06-03T09:00:00Z
    egal "$etat : l'état" "$(sons commande lister --format csv 2>/dev/null | awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "etat") c = i } $1 == "C" { print $c; exit }')" "$etat"
    avant=$(empreinte "$etat.db")
    fautes=
    for acte in $actes; do
        essais=$((essais + 1))
        faire $acte >sortie 2>&1
        rendu=$?
        if permet $acte "$(vu $etat)" && [ "$etat:$acte" != en_litige:ACTE_DEMANDER_AVANCE ] && ! { jamais_payee $etat && [ $acte = ACTE_RECOUVRER -o $acte = ACTE_REVERSER ]; }; then
            case $rendu in 0) ;; *) fautes="$fautes
# $acte, permis, rend $rendu : $(cat sortie)" ;; esac
            continue
        fi
        refus=$((refus + 1))
        [ $rendu -eq 1 ] || fautes="$fautes
# $acte, refusé, rend $rendu : $(cat sortie)"
        # An answer after ASP's decision contradicts it: that decision is told, with its entry.
        [ $acte = ACTE_REPONDRE ] && grep -q 'E-222.*avait déjà décidé autrement' sortie && grep -q 'trouvé.*entrée [0-9]' sortie && continue
        grep -q 'E-135' sortie && grep -qF "$(label $etat)" sortie || fautes="$fautes
# $acte : l'état n'est pas dit : $(cat sortie)"
        grep -q 'trouvé.*entrée [0-9]' sortie || fautes="$fautes
# $acte : les faits ne sont pas dits : $(cat sortie)"
        grep -q 'à faire.*sons ' sortie || fautes="$fautes
# $acte : ce qui se peut n'est pas dit : $(cat sortie)"
    done
    egal "$etat : chaque acte passe, ou est refusé avec l'état, les faits et ce qui se peut" "$fautes" ""
    egal "$etat : rien n'est écrit" "$(empreinte "$etat.db")" "$avant"
done
mkdir neufs
# Acts on lots: the last one of the order, and the next.
for etat in $etats; do
    case $etat in enregistree | avance_demandee | en_litige | renoncee | annulee | remplacee) lot=0 ;; solde_[e-z]* | close | a_reverser | reversee) lot=2 ;; *) lot=1 ;; esac
    registre "$etat.db"
    fautes=
    for acte in ACTE_DEPOSER ACTE_ANNULER_LOT ACTE_EMETTRE_AVANCE ACTE_EMETTRE_SOLDE; do
        case $acte in
        ACTE_DEPOSER) [ $lot = 0 ] || sons lot deposer $lot --le 2023-06-03T10:00:00 --essai ;;
        ACTE_ANNULER_LOT) [ $lot = 0 ] || sons lot annuler $lot --motif relu --essai ;;
        ACTE_EMETTRE_AVANCE) sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie neufs --essai ;;
        ACTE_EMETTRE_SOLDE) sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie neufs --essai ;;
        esac >sortie 2>&1
        rendu=$?
        [ -s sortie ] || continue
        essais=$((essais + 1))
        if permet $acte "$etat"; then
            [ $rendu -eq 0 ] || fautes="$fautes
# $acte, permis, rend $rendu : $(cat sortie)"
            continue
        fi
        refus=$((refus + 1))
        [ $rendu -eq 1 ] && grep -q 'à faire.*' sortie && { grep -qE "trouvé.*(déposé|annulé) le [0-9]" sortie || grep -qF "1 $(label "$(vu "$etat")")" sortie || [ $etat = renoncee -o $etat = remplacee ]; } || fautes="$fautes
# $acte, refusé, rend $rendu : $(cat sortie)"
    done
    egal "$etat : les actes sur ses lots aussi" "$fautes" ""
done

# The last answer of each, taken back: what rests on it holds it.
tenues=
for etat in $etats; do
    registre "$etat.db"
    reponse=$(sqlite3 "$etat.db" 'select max(fait) from reponse')
    [ -n "$reponse" ] || continue
    essais=$((essais + 1))
    avant=$(empreinte "$etat.db")
    sons retour retirer "$reponse" --motif relu --essai >sortie 2>&1
    rendu=$?
    permet ACTE_RETIRER_REPONSE $etat || ko "$etat : cycle.def ne permet pas retour retirer"
    if [ $rendu -eq 0 ]; then
        vers=$(sed -n 's/.*Commande C : \(.*\)\.$/\1/p' sortie)
        cas "$etat : sans sa dernière réponse, $vers" grep -q "^PASSAGE(ACTE_RETIRER_REPONSE, $(sed -n "s/^ETAT(\([A-Z_]*\), \"$etat\",.*/\1/p" $table), $(sed -n "s/^ETAT(\([A-Z_]*\), \"[a-z_]*\", \"$vers\",.*/\1/p" $table))" $table
    else
        tenues="$tenues $etat"
        refus=$((refus + 1))
        grep -q 'E-135.*a eu une suite' sortie && grep -qF "elle est $(label $etat)" sortie && grep -q 'trouvé.*entrée [0-9]' sortie &&
            grep -q 'à faire.*ce qui se peut encore : sons ' sortie || ko "$etat : le refus de retour retirer ne dit pas tout : $(cat sortie)"
    fi
    egal "$etat : rien n'est écrit" "$(empreinte "$etat.db")" "$avant"
done
egal "ce qui tient la réponse : un solde, un ordre, une annulation" "$tenues" \
    " solde_demande solde_emis solde_depose a_reverser reversee annulee_avance_payee annulee_a_reverser annulee_reversee"

# What a cancellation says of an advance that was paid.
registre avance_payee.db
code "annuler, l'avance étant payée" 0 annuler --le 2023-06-02 --essai
contient "… elle est à reverser" "$tap_sortie" "son avance est payée, elle est à reverser"
contient "… elle réclame encore ses ESSMS" "$tap_sortie" "elle réclame ses ESSMS jusqu'à l'ordre de recouvrer"
registre avance_rejetee.db
code "annuler, l'avance étant rejetée" 0 annuler --le 2023-06-02 --essai
egal "… rien d'elle ne tombe" "$(printf '%s' "$tap_sortie" | grep -c 'sa demande')" 0
contient "… elle ne réclame plus rien" "$tap_sortie" "elle ne réclame plus ses ESSMS"
for c in "avance_demandee:d'avance 1 n'entrera dans aucun lot" "avance_a_modifier:d'avance 1, que l'ASP a rendue, ne se redemande plus" "solde_demande:de solde 2 n'entrera dans aucun lot" "solde_incomplet:de solde 2, que l'ASP a rendue, ne se redemande plus"; do
    registre "${c%%:*}.db"
    code "annuler, ${c%%:*}" 0 annuler --essai
    contient "… ce qui tombe est dit" "$tap_sortie" "sa demande ${c#*:}"
done
# controler: an order that is no longer in force says what it still owes, then nothing.
registre annulee_a_reverser.db
code "annulée, elle doit encore : une anomalie" 1 sons controler C
contient "… REV-03, combien" "$tap_sortie" "anomalie REV-03"
contient "… comptée" "$tap_sortie" "1 commande contrôlée : 1 anomalie."
egal "… une ligne, la sienne" "$(sons controler --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1,3)" "C;REV-03"
registre annulee_reversee.db
code "reversée, elle ne doit plus rien" 0 sons controler C
contient "… laissée de côté" "$tap_sortie" "rien à contrôler"
registre annulee.db
code "annulée sans avance" 0 sons controler
contient "… laissée de côté" "$tap_sortie" "0 commande contrôlée, 1 qui n'est plus en vigueur laissée de côté."
# An answer about a balance that is not deposited; an ordre that comes while the balance is at ASP's, and the answer that comes after it.
registre avance_deposee.db
code "une réponse au solde, l'avance étant déposée" 1 sons retour saisir C --paiement solde --statut recue --le 2023-06-02 --essai
contient "… est refusée d'un mot" "$tap_sortie" "la demande dont parle cette réponse n'est pas déposée à l'ASP"
registre a_reverser.db
code "l'ordre émis, le solde est payé quand même" 0 sons retour saisir C --statut decidee_et_payee --le 2023-06-02
egal "… la commande reste à reverser" "$(sons commande lister --format csv 2>/dev/null | grep -c ';a_reverser')" 2
contient "… et son solde attend l'argent" "$(sons expliquer C reste 2>/dev/null)" "solde : décidé"
cas "cinq cents essais au moins ($essais)" [ "$essais" -ge 500 ]
cas "… dont trois cents refus au moins ($refus)" [ "$refus" -ge 300 ]
fermer
