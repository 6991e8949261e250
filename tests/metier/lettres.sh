# expliquer --lettre: what the registre proves of each ground, what was corrected, what remains; nothing else, and nobody's name.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier lettres

og=$(finess 01000001)
for n in 0 1 2 3 4 5 6 7; do eval "e$n=$(finess 0100002$n)"; done
{ base 2022-01-03; for n in 0 1 2 3 4 5 6 7; do eval "et \$e$n $og 500 4401"; done; } >base.csv
for f in bon facture va accuse; do printf '%%PDF-1.4\n%s\n' $f >$f.pdf; done
cat >solutions.csv <<'FIN'
numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le
S1;DUI Un;123456782;MS1;1;2022-04-20;2022-06-15
FIN
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;piece'
    for n in 0 1 2 3 4 5 6 7; do
        eval "e=\$e$n"
        echo "L$n;$e;2022-07-12;2022-07-12;S1;1;non;oui;oui;Zoé Confidentielle;directrice;manuscrite;1825,00;20;365,00;2190,00;bon.pdf"
    done
} >c.csv
neuf r.db 2023-05-01T09:00:00Z
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution importer solutions.csv >/dev/null 2>&1
echo 'finess_et;fonds;etat' >vide.csv
sons financement importer vide.csv >/dev/null 2>&1
code "huit commandes" 0 sons commande importer c.csv
lettre() { sons expliquer "$@" --lettre 2>/dev/null | sed 's/\xe2\x80\xaf//g; s/\xc2\xa0/ /g'; }
combien() { lettre "$1" | grep -c "$2"; }

# --- refused: nothing to answer to ---
rien "rien n'est demandé" 1 "aucune réponse de l'ASP n'est enregistrée" sons expliquer L0 --lettre
contient "… l'état est dit" "$tap_sortie" "elle est enregistrée"
contient "… et quoi faire" "$tap_sortie" "sons retour saisir L0"
code "demandées" 0 sons avance demander --toutes
code "émises" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
a 2023-06-01T09:00:00Z
code "déposées" 0 sons lot deposer 1 --le 2023-05-02T10:00:00 --accuse accuse.pdf
rien "sans réponse" 1 "avance déposée, sans réponse" sons expliquer L0 --lettre
code "L0 payée" 0 sons retour saisir L0 --statut decidee_et_payee --le 2023-05-20
rien "payée : pas de lettre" 1 "décidée et payée, le 20/05/2023" sons expliquer L0 --lettre
code "L1 reçue" 0 sons retour saisir L1 --statut recue --le 2023-05-20
rien "reçue : pas de lettre" 1 "demande 2 reçue, le 20/05/2023" sons expliquer L1 --lettre
rien "avec une règle" 2 E-166 sons expliquer L2 BAR-01 --lettre
rien "en JSON" 2 E-166 sons expliquer L2 --lettre --format json
rien "d'une commande inconnue" 1 E-132 sons expliquer ABSENTE --lettre

# --- a ground that the registre answers ---
code "L2 rejetée" 0 sons retour saisir L2 --statut rejetee --le 2023-05-21 --motif "plafond HT" --numero-asp SEG-2
code "sa lettre, par le numéro de l'ASP" 0 sons expliquer SEG-2 --lettre
contient "l'objet" "$(lettre L2)" "Objet : demande d'avance n° 3 (votre n° SEG-2), commande L2 : votre réponse « rejetée » du 21/05/2023"
contient "le lot et son dépôt" "$(lettre L2)" "est partie dans le lot 1 (SHA-256 $(sqlite3 r.db 'select zip from lot')), déposé le 02/05/2023 10:00:00."
contient "le motif" "$(lettre L2)" "pour ce motif : « plafond HT »."
contient "ce que prouve le registre" "$(lettre L2)" "constat : montant HT 1825,00 €, plafond 1825,00 €"
contient "… la source de la règle" "$(lettre L2)" "source : FAQ : l'ASP vérifie d'abord le HT ; IDF : barème A à F (règle BAR-01)"
contient "… la pièce, son empreinte, sa date" "$(lettre L2)" "pièce : bon de commande, $(wc -c <bon.pdf) octets, SHA-256 $(empreinte bon.pdf), entrée "
contient "… saisie le" "$(lettre L2)" "de notre registre, saisie le 01/05/2023 11:00:00"
egal "… une fois pour les deux règles" "$(combien L2 'pièce : bon de commande')" 1
contient "rien de corrigé : c'est à compléter" "$(lettre L2)" "[à compléter : rien n'a été enregistré depuis votre réponse]"
contient "rejetée : une nouvelle demande" "$(lettre L2)" "une nouvelle demande n'est pas enregistrée]"
egal "personne n'est nommé" "$(lettre L2 | grep -c 'Confidentielle')" 0
egal "… ni qui a saisi" "$(lettre L2 | grep -c "par $(id -un)")" 0
contient "un registre fictif le dit" "$(lettre L2 | head -n 1)" "FICTIF"
code "une nouvelle demande" 0 sons avance demander L2
contient "… la suit, sous son numéro" "$(lettre L2)" "Une nouvelle demande la suit, n° 9, de 657,00 € ; elle n'est pas encore émise."
contient "… l'ancienne est rappelée, avec son montant" "$(lettre L2)" "Notre demande d'avance n° 3, version 1, de 657,00 €, est partie dans le lot 1"

# --- a ground that it cannot answer, one that it cannot prove, several ---
code "L3 incomplète, sans motif" 0 sons retour saisir L3 --statut incomplete --le 2023-05-21
contient "sans motif : à compléter" "$(lettre L3)" "ne donne pas de motif]"
code "L4, un motif inconnu" 0 sons retour saisir L4 --statut a_modifier --le 2023-05-21 --motif "le vent a tourné"
contient "inconnu : à compléter" "$(lettre L4)" "[à compléter : aucun contrôle de notre registre ne répond à ce motif]"
code "L5, deux motifs" 0 sons retour saisir L5 --statut a_modifier --le 2023-05-21 --motif "dépôt tardif | ESSMS déjà financé"
contient "deux motifs" "$(lettre L5)" "pour ces motifs : « "
egal "… chacun sa réponse" "$(lettre L5 | grep -c '^[12]\. « ')" 2
contient "… le dépôt et son accusé" "$(lettre L5)" "pièce : accusé de dépôt, $(wc -c <accuse.pdf) octets, SHA-256 $(empreinte accuse.pdf)"
contient "… sans heure quand il n'y en a pas" "$(lettre L5)" "« à modifier » du 21/05/2023"
egal "… aucune fin de jour supposée" "$(lettre L5 | grep -c '23:59:59')" 0

# --- all of them: those that ASP gave back are not asked again, and said ---
code "toutes : rien de nouveau" 0 sons avance demander --toutes --essai
contient "… celles que l'ASP a rendues sont comptées" "$tap_sortie" "3 demandes que l'ASP a rendues ou rejetées ne sont pas redemandées, dont 0 corrigée depuis"
contient "… et ce qu'il faut taper" "$tap_sortie" "sons avance demander L3 L4 L5"

# --- corrected: what changed, the next version ---
code "une note qui ressemble à une pièce" 0 sons commande noter L4 "facture $(empreinte bon.pdf) 12 application/pdf"
egal "… n'en est pas une" "$(lettre L4 | grep -c 'pièce : facture')" 0
a 2023-06-02T09:00:00Z
code "L5 rectifiée" 0 sons commande rectifier L5 --montant-ht 1800,00 --montant-tva 360,00 --montant-ttc 2160,00 --motif "dit par Zoé Confidentielle"
code "toutes : L5 est corrigée" 0 sons avance demander --toutes --essai
contient "… c'est dit" "$tap_sortie" "L4 (à modifier, pas corrigée), L5 (à modifier, corrigée depuis)"
code "… redemandée" 0 sons avance demander L5
contient "ce qui a changé" "$(lettre L5)" "montant_ttc : « 2190,00 € » → « 2160,00 € »"
egal "… sans le motif interne" "$(lettre L5 | grep -c 'Confidentielle')" 0
contient "la version suivante" "$(lettre L5)" "garde son numéro, 6, et devient sa version 2, de 648,00 € ; elle n'est pas encore émise"
code "L5 émise" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
contient "… émise" "$(lettre L5)" "elle est émise, et pas encore déposée"
rien "à la veille de la réponse : pas de lettre" 1 E-135 sons expliquer L5 --lettre --au 2023-05-20
contient "ce qu'on en savait avant de corriger" "$(lettre L5 --connu-le 2023-06-01T09:00:00Z)" "rien n'a été enregistré depuis votre réponse"

# --- a balance without its documents: said, not asserted ---
code "facture sans pièce" 0 sons facture enregistrer L0 --numero-facture F-0 --date-facture 2023-05-25 --montant-ht 1825,00 --taux-tva 20 --montant-tva 365,00 --montant-ttc 2190,00 --client $og --mention-segur oui --nom "Zoé Confidentielle" --piece facture.pdf
code "VA" 0 sons va enregistrer L0 --date-signature 2023-05-26 --signataire "Zoé Confidentielle" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece va.pdf
code "solde" 0 sons solde demander L0
code "émis" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
a 2023-06-05T09:00:00Z
code "déposé, sans accusé" 0 sons lot deposer 3 --le 2023-06-03T10:00:00
code "rejeté" 0 sons retour saisir L0 --statut rejetee --le 2023-06-04 --motif "VA non signée" --numero-asp SEG-S0
contient "la lettre parle du solde" "$(lettre L0)" "Objet : demande de solde n° "
contient "… de la VA, avec sa pièce" "$(lettre L0)" "pièce : VA, $(wc -c <va.pdf) octets, SHA-256 $(empreinte va.pdf)"
contient "… du calcul" "$(lettre L0)" "total 2190,00 € − avance payée 657,00 € = 1533,00 €"
code "une VA sans pièce prend sa place" 0 sons va enregistrer L0 --date-signature 2023-05-27 --signataire "Zoé Confidentielle" --mode-signature manuscrite --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0
contient "… ce qui ne tient pas est à compléter" "$(lettre L0)" "[à compléter : notre registre ne l'établit pas : "
contient "… la pièce manque" "$(lettre L0)" "[à compléter : VA, que notre registre n'a pas]"
egal "… l'ancienne ne prouve plus rien" "$(combien L0 'pièce : VA')" 0

# A request asked again after its rejection: the letter speaks of the one that was rejected, of its own deposit.
code "une VA avec sa pièce" 0 sons va enregistrer L0 --date-signature 2023-05-27 --signataire "Zoé Confidentielle" --qualite-signataire directrice --mode-signature eidas --bon-fonctionnement oui --atteste oui --deploye oui --tbb-livre oui --tbb tous --dossiers-actifs 3 --avec-projet 2 --avec-evenement 0 --piece va.pdf
printf '%%PDF-1.4\nle second\n' >accuse2.pdf
code "solde demandé de nouveau" 0 sons solde demander L0
code "… émis" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --type solde --sortie .
a 2023-06-10T09:00:00Z
code "… déposé" 0 sons lot deposer 4 --le 2023-06-07T10:00:00 --accuse accuse2.pdf
code "… rejeté" 0 sons retour saisir L0 --statut rejetee --le 2023-06-08 --motif "dépôt tardif" --numero-asp SEG-S1
lettre L0 >avant.txt
contient "son dépôt" "$(cat avant.txt)" "constat : déposée le 07/06/2023 10:00:00, dans les délais"
contient "… sa preuve" "$(cat avant.txt)" "pièce : accusé de dépôt, $(wc -c <accuse2.pdf) octets, SHA-256 $(empreinte accuse2.pdf)"
code "la facture est refaite, moindre" 0 sons facture enregistrer L0 --numero-facture F-1 --date-facture 2023-06-09 --montant-ht 1800,00 --taux-tva 20 --montant-tva 360,00 --montant-ttc 2160,00 --client $og --mention-segur oui --nom "Zoé Confidentielle" --piece facture.pdf
code "une troisième demande" 0 sons solde demander L0
lettre L0 >apres.txt
egal "ce qui est établi de la deuxième ne change pas" "$(sed -n '/établit/,/corrigé/p' apres.txt | grep 'constat : déposée\|accusé')" "$(sed -n '/établit/,/corrigé/p' avant.txt | grep 'constat : déposée\|accusé')"
egal "… ni ce qu'elle demandait" "$(grep '^Notre demande' apres.txt)" "$(grep '^Notre demande' avant.txt)"
egal "rien d'elle n'est dit non émis" "$(sed -n '/établit/,/corrigé/p' apres.txt | grep -c 'pas encore émise')" 0
contient "le calcul est celui de la suivante" "$(cat apres.txt)" "Le montant de la demande qui la suit : total 2160,00 € − avance payée 657,00 € = 1503,00 €"
contient "elle n'est pas encore émise" "$(cat apres.txt)" "Une nouvelle demande la suit, n° "
# An advance rejected: it was deposited in time, and that stays; once the fermeture is passed, a new one is out of time.
code "une avance rejetée" 0 sons retour saisir L7 --statut rejetee --le 2023-05-21 --motif "dépôt tardif"
contient "elle fut déposée à temps" "$(lettre L7)" "constat : déposée le 02/05/2023 10:00:00, dans les délais"
egal "rien n'est hors délai" "$(combien L7 'est hors délai')" 0
a 2024-01-02T09:00:00Z
contient "après la fermeture, elle le reste" "$(lettre L7)" "constat : déposée le 02/05/2023 10:00:00, dans les délais"
contient "… une nouvelle est hors délai" "$(lettre L7)" "la demande d'avance a été rejetée le 21/05/2023, et la fermeture du 31/12/2023 est passée (calendrier initial) : une nouvelle demande est hors délai"
egal "toujours personne" "$(lettre L0 | grep -c 'Confidentielle')" 0
tient
fermer
