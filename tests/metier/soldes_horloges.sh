# The deadlines of the advance, of the VA and of the balance, to the second, in legal time, whatever the zone of the machine.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier soldes_horloges

og=$(finess 01000001)
e0=$(finess 01000010)
{ base 2023-01-05; et $e0 $og 500 4401 "EHPAD"; } >base.csv
{ base 2023-01-05; ej $og 123456782 "ASSOCIATION D'ESSAI"; } >ej.csv
for p in bon facture va accuse; do printf '%%PDF-1.4\n%s\n' $p >$p.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
    echo "UN;$e0;2023-12-31;2023-12-31;S1;1;non;oui;oui;Mme A;directrice;manuscrite;3333,33;20;666,67;4000,00;bon.pdf"
} >un.csv

# The order signed on the very day of the fermeture, its lot emitted in the evening.
preparer() {
    neuf $1 2023-12-31T20:00:00Z
    sons finess importer base.csv
    sons finess importer ej.csv
    sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20
    sons solution importer solutions.csv
    echo 'finess_et;fonds;etat' >vide.csv
    sons financement importer vide.csv
    sons commande importer un.csv
    sons avance demander UN
    mkdir -p $1.lots
    sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie $1.lots
}
deposer() { # FROM TO INSTANT
    cp $1 $2
    registre $2
    a 2024-03-15T09:00:00Z
    sons lot deposer 1 --le $3 --accuse accuse.pdf
}
# verdict RULE [--au INSTANT]: « conforme », « non conforme (anomalie) » …
verdict() { regle=$1; shift; sons expliquer UN $regle "$@" 2>/dev/null | sed -n "s/^$regle \([^:]*\) : .*/\1/p"; }
phrase() { regle=$1; shift; sons expliquer UN $regle "$@" 2>/dev/null; }

tout() {
    rm -rf ./*.db ./*.lots
    mkdir -p a1.lots
    preparer avance.db
    deposer avance.db a1.db 2023-12-31T22:59:59Z
    echo "avance à 23:59:59 : $(verdict AVA-01)"
    deposer avance.db a2.db 2023-12-31T23:00:00Z
    echo "avance à minuit : $(verdict AVA-01)"
    phrase AVA-01 | sed -n 2p
    sons parametres calendrier proroge
    echo "avance à minuit, prorogé : $(verdict AVA-01)"
    deposer avance.db a3.db 2024-02-28T23:59:59
    sons parametres calendrier proroge
    echo "avance le 28/02/2024 : $(verdict AVA-01)"
    deposer avance.db a4.db 2024-02-29T00:00:00
    sons parametres calendrier proroge
    echo "avance le 29/02/2024 : $(verdict AVA-01)"
    # the balance
    registre a1.db
    a 2024-03-20T09:00:00Z
    sons retour saisir UN --statut decidee_et_payee --le 2024-03-18
    sons facture enregistrer UN --numero-facture F-1 --date-facture 2024-03-19 --montant-ht 3333,33 --taux-tva 20 --montant-tva 666,67 \
        --montant-ttc 4000,00 --mention-segur oui --client $og --nom "Anne Exemple" --piece facture.pdf
    cp a1.db facturee.db
    for le in 2024-03-31T23:59:59 2024-04-01T00:00:00 2024-03-31 2024-12-19T14:00:00 2024-12-19T14:00:01 2024-12-19; do
        cp facturee.db va.db
        registre va.db
        a 2025-02-01T09:00:00Z
        sons va enregistrer UN --date-signature $le --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas \
            --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 1 --avec-projet 1 --avec-evenement 1 --piece va.pdf
        echo "VA $le : $(verdict VA-03), $(verdict VA-04), $(verdict REV-01)"
        sons parametres calendrier proroge
        echo "VA $le, prorogé : $(verdict VA-03), $(verdict VA-04), $(verdict REV-01)"
    done
    registre a1.db
    a 2024-03-25T09:00:00Z
    sons va enregistrer UN --date-signature 2024-03-22 --signataire "Anne Exemple" --qualite-signataire directrice --mode-signature eidas \
        --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 1 --avec-projet 1 --avec-evenement 1 --piece va.pdf
    sons solde demander UN
    cp a1.db solde.db
    registre solde.db
    sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie a1.lots
    for le in 2024-03-31T21:59:59Z 2024-03-31T22:00:00Z 2024-12-19T14:00:00 2024-12-19T14:00:01; do
        cp solde.db d.db
        registre d.db
        a 2025-02-01T09:00:00Z
        sons lot deposer 2 --le $le --accuse accuse.pdf
        echo "solde déposé $le : $(verdict SOL-02), $(verdict REV-02)"
        sons parametres calendrier proroge
        echo "solde déposé $le, prorogé : $(verdict SOL-02), $(verdict REV-02), $(verdict SOL-06)"
    done
    registre a1.db
    a 2025-02-01T09:00:00Z
    for au in 2024-03-31T21:59:59Z 2024-03-31T22:00:00Z; do
        echo "solde non émis, $au : $(verdict SOL-02 --au $au), $(verdict REV-02 --au $au)"
    done
    phrase REV-02 --au 2024-03-31T22:00:00Z | sed -n 2p
    sons parametres calendrier proroge
    for au in 2024-03-31T22:00:00Z 2024-12-19T14:00:00 2024-12-19T14:00:01; do
        echo "solde non émis, $au, prorogé : $(verdict SOL-02 --au $au), $(verdict REV-02 --au $au)"
    done
    for au in 2024-09-12T13:59:59 2024-09-12T14:00:00 2024-09-12T12:00:00Z 2024-09-12T11:59:59Z; do
        echo "MSS, $au : $(verdict SOL-06 --au $au)"
    done
}
cat >attendu <<'FIN'
avance à 23:59:59 : conforme
avance à minuit : non conforme (anomalie)
├─ constat : la demande d'avance a été déposée le 01/01/2024 00:00:00, après la fermeture du 31/12/2023 23:59:59 (calendrier initial) ; elle serait conforme au calendrier prorogé, qui ferme le 28/02/2024 23:59:59 : sons parametres calendrier proroge
avance à minuit, prorogé : conforme
avance le 28/02/2024 : conforme
avance le 29/02/2024 : non conforme (anomalie)
VA 2024-03-31T23:59:59 : conforme, non conforme (information), conforme
VA 2024-03-31T23:59:59, prorogé : conforme, conforme, conforme
VA 2024-04-01T00:00:00 : non conforme (anomalie), sans objet, non conforme (anomalie)
VA 2024-04-01T00:00:00, prorogé : conforme, conforme, conforme
VA 2024-03-31 : conforme, non conforme (information), conforme
VA 2024-03-31, prorogé : conforme, conforme, conforme
VA 2024-12-19T14:00:00 : non conforme (anomalie), sans objet, non conforme (anomalie)
VA 2024-12-19T14:00:00, prorogé : conforme, non conforme (information), conforme
VA 2024-12-19T14:00:01 : non conforme (anomalie), sans objet, non conforme (anomalie)
VA 2024-12-19T14:00:01, prorogé : non conforme (anomalie), sans objet, non conforme (anomalie)
VA 2024-12-19 : non conforme (anomalie), sans objet, non conforme (anomalie)
VA 2024-12-19, prorogé : en attente, sans objet, en attente
solde déposé 2024-03-31T21:59:59Z : conforme, conforme
solde déposé 2024-03-31T21:59:59Z, prorogé : conforme, conforme, sans objet
solde déposé 2024-03-31T22:00:00Z : non conforme (anomalie), non conforme (discordance)
solde déposé 2024-03-31T22:00:00Z, prorogé : conforme, conforme, sans objet
solde déposé 2024-12-19T14:00:00 : non conforme (anomalie), non conforme (discordance)
solde déposé 2024-12-19T14:00:00, prorogé : conforme, conforme, en attente
solde déposé 2024-12-19T14:00:01 : non conforme (anomalie), non conforme (discordance)
solde déposé 2024-12-19T14:00:01, prorogé : non conforme (anomalie), non conforme (discordance), en attente
solde non émis, 2024-03-31T21:59:59Z : conforme, sans objet
solde non émis, 2024-03-31T22:00:00Z : non conforme (anomalie), non conforme (discordance)
├─ constat : la VA est signée à temps, le 22/03/2024 23:59:59, et la clôture du 31/03/2024 23:59:59 est passée sans solde émis (calendrier initial) : solde perdu, 1200,00 € à apprécier sur l'avance de 1200,00 € ; le calendrier prorogé clôt le 19/12/2024 14:00:00 (sons parametres calendrier proroge)
solde non émis, 2024-03-31T22:00:00Z, prorogé : conforme, sans objet
solde non émis, 2024-12-19T14:00:00, prorogé : conforme, sans objet
solde non émis, 2024-12-19T14:00:01, prorogé : non conforme (anomalie), non conforme (discordance)
MSS, 2024-09-12T13:59:59 : sans objet
MSS, 2024-09-12T14:00:00 : en attente
MSS, 2024-09-12T12:00:00Z : en attente
MSS, 2024-09-12T11:59:59Z : sans objet
FIN
for tz in UTC Asia/Tokyo America/New_York; do
    TZ=$tz
    export TZ
    tout 2>&1 | grep -E '^(avance|VA|solde|MSS|├)' | sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g' >trouve
    egal "machine en $tz : toutes les échéances, à la seconde" "$(cat trouve)" "$(cat attendu)"
done
egal "trente-six lignes" "$(wc -l <attendu)" 36

# The MSS case is judged by the deposit, as the deadlines are: said then, and refused with --strict.
mss() { cp solde.db d.db; registre d.db; a 2024-09-15T09:00:00Z; sons parametres calendrier proroge >/dev/null 2>&1; sons lot deposer 2 --accuse accuse.pdf --le "$@" 2>&1 | sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
egal "déposé à 13:59:59 : rien à en dire" "$(mss 2024-09-12T13:59:59 | grep -c 'MSS')" 0
mss 2024-09-12T14:00:00 >trouve
contient "à 14:00:00 : dit, jusqu'à la clôture et son heure" "$(cat trouve)" "exigé à compter du 12/09/2024 14:00:00 ; à fournir au plus tard le 19/12/2024 14:00:00"
contient "… et compté" "$(cat trouve)" "déposé le 12/09/2024 14:00:00 : 1 demande, dont 1 où le cas de « Déploiement MSS » manque ou diffère de la VA."
contient "… au journal" "$(sons journal voir $(sqlite3 d.db 'select max(numero) from journal') 2>/dev/null)" "constat SOL-06 1 en_attente"
mss 2024-09-12T14:00:00 --strict >trouve
egal "… avec --strict, rien n'est enregistré" "$(sqlite3 d.db 'select count(*) from lot where paiement = 2 and depose_le is not null')" 0

# Deposited before the case was asked, given back after: what is emitted again must carry it; the letter says so.
mss 2024-09-10T10:00:00 >trouve
egal "déposé le 10/09 : rien à en dire" "$(grep -c 'MSS' trouve)" 0
for s in a_modifier incomplete rejetee; do
    cp d.db r.db; registre r.db; a 2024-09-20T09:00:00Z
    code "$s" 0 sons retour saisir UN --statut $s --le 2024-09-15 --motif "cas MSS non renseigné"
    egal "… SOL-06 attend" "$(verdict SOL-06)" "en attente"
    egal "… pas avant l'instant" "$(verdict SOL-06 --au 2024-09-12T13:59:59)" "sans objet"
    lettre=$(sons expliquer UN --lettre 2>&1)
    contient "… la lettre la nomme" "$lettre" "(règle SOL-06)"
    contient "… elle dit la VA" "$lettre" "à faire : faire porter le cas par la VA"
    egal "… le motif a sa règle" "$(printf '%s' "$lettre" | grep -c 'aucun contrôle de notre registre ne répond')" 0
done
fermer
