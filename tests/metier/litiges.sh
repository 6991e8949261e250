# Disputes: the mail of ASP, ten working days, the answer, the end; what they block, what they free, by --au.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier litiges
og=$(finess 01000001)
i=9
for v in e1 e2 e3; do i=$((i + 1)); eval "$v=\$(finess 010000$i)"; done
neuf r.db 2023-06-30T09:00:00Z
{ base 2022-01-03; for e in $e1 $e2 $e3; do et $e $og 500 4401; done; } >base.csv
sons finess importer base.csv >/dev/null 2>&1
sons solution declarer --numero-ans EX-1 --nom Maquis --siren-editeur 123456782 --couloir MS1 --version=5.2 --dossier-complet-le 2022-04-20 --reference-le 2022-06-15 >/dev/null 2>&1
sons solution declarer --numero-ans EX-2 --nom Genet --siren-editeur 552100554 --couloir MS1 --version=1 --dossier-complet-le 2022-04-20 --reference-le 2022-06-15 >/dev/null 2>&1
for s in 123456782 552100554; do sons fournisseur declarer --siren $s --nom X --role editeur --enrole-le 2022-07-01 >/dev/null 2>&1; done
echo 'finess_et;fonds;etat' >vide.csv
sons financement importer vide.csv >/dev/null 2>&1
printf '%%PDF-1.4\nbon\n' >bon.pdf
printf '%%PDF-1.4\ncourrier\n' >courrier.pdf
fin='1000,00;20;200,00;1200,00;non;oui;oui;Mme Exemple;directrice;manuscrite;bon.pdf'
{
    echo 'numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece'
    echo "A;$e1;12/07/2022;12/07/2022;EX-1;5.2;$fin"
    echo "B;$e1;13/07/2022;13/07/2022;EX-2;1;$fin"
    echo "C;$e2;12/07/2022;12/07/2022;EX-1;5.2;$fin"
    echo "D;$e3;12/07/2022;12/07/2022;EX-1;5.2;$fin"
} >c.csv
code "quatre commandes, deux sur un ESSMS" 0 sons commande importer c.csv
verdict() { sons expliquer "$1" "$2" --format csv ${3:+--au "$3"} 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
etat() { sons commande lister --format csv ${2:+--au "$2"} 2>/dev/null | grep "^$1;" | tr -d '\r' | cut -d ';' -f 33; }
litige() { sons litige lister --format csv ${2:+--au "$2"} 2>/dev/null | grep "^$1;" | cut -d ';' -f 3-; }
egal "B est seconde" "$(verdict B UNI-01)" "non conforme"

# --- what is refused ---
rien "une commande inconnue" 1 "il n'y a pas de commande Z" sons litige ouvrir Z --le 2023-03-06
rien "un courrier à venir" 2 "--le est à venir" sons litige ouvrir A --le 2023-07-01
rien "un courrier avant la signature" 1 "pas signée à cette date" sons litige ouvrir A --le 2022-07-11
rien "contre elle-même" 1 "contre elle-même" sons litige ouvrir A --contre 123456782/A --le 2023-03-06
rien "répondre sans litige" 1 "n'est pas en litige" sons litige repondre A maintenir --le 2023-03-06
rien "conclure sans litige" 1 "n'est pas en litige" sons litige conclure A retenue --le 2023-03-06
rien "une pièce absente" 3 "absente.pdf" sons litige ouvrir A --le 2023-03-06 --piece absente.pdf

# --- the mail: both orders are in it, the other is deduced ---
code "les avances sont demandées" 0 sons avance demander A C D
code "le courrier" 0 sons litige ouvrir A --le 2023-03-06 --piece courrier.pdf
contient "contre l'autre, déduite" "$tap_sortie" "Litige ouvert contre 552100554/B."
contient "l'échéance" "$tap_sortie" "au plus tard le 20/03/2023 (jours ouvrés, courrier non compté)"
contient "le constat est au journal" "$(sons journal voir $(entrees) 2>/dev/null)" "constat UNI-02"
contient "le fait" "$(sons journal voir $(entrees) 2>/dev/null)" "fait LitigeOuvert-V1"
n=$(entrees)
code "le même" 0 sons litige ouvrir A --le 2023-03-06
egal "inchangé" "$(entrees)" "$n"
rien "un autre courrier pour le même litige" 1 "déjà en litige" sons litige ouvrir A --le 2023-03-07
egal "A en litige" "$(etat A)" en_litige
egal "B aussi" "$(etat B)" en_litige
egal "pas la veille du courrier" "$(etat A 2023-03-05), $(etat B 2023-03-05)" "avance_demandee, enregistree"
egal "pas C" "$(etat C)" avance_demandee
egal "la liste, dans le délai" "$(litige A 2023-03-20)" "552100554/B;2023-03-06;2023-03-20;;;;;à répondre"
egal "le lendemain" "$(litige A 2023-03-21)" "552100554/B;2023-03-06;2023-03-20;;;;;délai passé sans réponse"
egal "l'autre côté" "$(litige B 2023-03-20)" "123456782/A;2023-03-06;2023-03-20;;;;;à répondre"
egal "en litige, elle est encore en vigueur" "$(verdict B UNI-01)" "non conforme"
sons controler A --au 2023-03-15 >sortie 2>&1 || :
contient "controler le dit" "$(cat sortie)" "en litige depuis le courrier du 06/03/2023, contre la commande 552100554/B ; répondre au plus tard le 20/03/2023"
contient "et ce qui est possible" "$(cat sortie)" "maintenir, corriger ou retirer"
contient "expliquer le dit" "$(sons expliquer A --au 2023-03-15 2>/dev/null)" "Commande A : en litige depuis le courrier du 06/03/2023"
contient "avec UNI-01" "$(sons expliquer A UNI-01 --au 2023-03-21 2>/dev/null)" "le délai pour répondre est passé depuis le 20/03/2023, sans réponse"
egal "pas avec une autre règle" "$(sons expliquer A BAR-01 2>/dev/null | grep -c litige)" 0
contient "commande voir le dit" "$(sons commande voir A 2>/dev/null)" "Commande A, en litige"

# --- both are blocked ---
code "le lot laisse A" 1 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . --le 2023-03-15 --essai
contient "avec sa raison" "$tap_sortie" "commande A : en attente E-135 : la demande n'est pas émise"
contient "C et D partiraient" "$tap_sortie" "2 demandes"
rien "l'avance de B est refusée" 1 "l'avance n'est pas demandée" sons avance demander B
code "l'acte que refuse l'état recouvert le reste" 1 sons retour saisir B --statut validee --le 2023-03-10 --essai
contient "… les deux sont dits" "$tap_sortie" "elle est enregistrée, et en litige"
contient "… ce qui se peut : le litige d'abord" "$tap_sortie" "ce qui se peut encore : sons litige repondre, sons litige conclure, sons facture enregistrer"
egal "… sans ce qu'il retient" "$(printf %s "$tap_sortie" | grep -c -e 'sons avance demander' -e 'sons lot emettre' -e 'sons solde demander')" 0
code "ce que l'état recouvert permet se fait" 0 sons commande noter B "attendre le client" --essai
code "… même l'annulation" 0 sons commande annuler B --attestation courrier.pdf --essai
code "--toutes la laisse" 0 sons avance demander --toutes
contient "et le dit" "$tap_sortie" "en litige depuis le courrier"
egal "aucune demande de plus" "$(sqlite3 r.db 'select count(*) from demande')" 3

# --- the answer ---
code "A maintient" 0 sons litige repondre A maintenir --le 2023-03-10
code "la même" 0 sons litige repondre A maintenir --le 2023-03-10
contient "inchangée" "$tap_sortie" "inchangé"
egal "répondu" "$(litige A)" "552100554/B;2023-03-06;2023-03-20;maintenir;2023-03-10;;;en attente de décision"
egal "pas encore le 9" "$(litige A 2023-03-09)" "552100554/B;2023-03-06;2023-03-20;;;;;à répondre"
code "B répond hors délai" 0 sons litige repondre B corriger --le 2023-03-21
contient "c'est dit" "$tap_sortie" "hors délai : elle était attendue au plus tard le 20/03/2023"
egal "toujours bloquées" "$(etat A), $(etat B)" "en_litige, en_litige"
code "une réponse inconnue" 2 sons litige repondre B peut-être --le 2023-03-21

# --- the client decides ---
code "le client garde B" 0 sons litige conclure B retenue --le 2023-04-03 --motif "choix du client" --piece courrier.pdf
egal "B est libre, A est renoncée" "$(etat B), $(etat A)" "enregistree, renoncee"
for c in A B; do
    histoire=$(sons commande voir $c 2>/dev/null)
    contient "l'histoire de $c dit le litige conclu" "$histoire" "litige conclu : retenue"
done
egal "… une fois, et de quelle commande quand c'est l'autre" "$(sons commande voir A 2>/dev/null | grep -c 'sur la commande B, litige conclu'),$(sons commande voir B 2>/dev/null | grep -c 'sur la commande B, '),$(sons commande voir B 2>/dev/null | grep -c 'litige conclu')" "1,0,1"
rien "le refus dit ce qui y a mené" 1 "sur la commande B, litige conclu" sons commande annuler A --attestation courrier.pdf
egal "la veille, non" "$(etat B 2023-04-02), $(etat A 2023-04-02)" "en_litige, en_litige"
egal "B n'est plus seconde" "$(verdict B UNI-01)" conforme
egal "… elle l'était la veille" "$(verdict B UNI-01 2023-04-02)" "non conforme"
egal "A ne réclame plus rien" "$(verdict A UNI-01)" "sans objet"
egal "les deux côtés le disent" "$(litige A | cut -d ';' -f 6-), $(litige B | cut -d ';' -f 6-)" "écartée;2023-04-03;conclu, retenue;2023-04-03;conclu"
rien "conclu une fois" 1 "n'est pas en litige" sons litige conclure B retenue --le 2023-04-03
rien "pas deux fins, même antérieure" 1 "déjà pris fin" sons litige conclure A retenue --le 2023-03-25
rien "A ne se demande plus" 1 "renoncée en litige" sons avance demander A
rien "… ni à une date d'avant : elle l'est" 1 "renoncée en litige" sons avance demander A --le 2023-03-05
code "l'avance de B, si" 0 sons avance demander B
code "A n'est plus dans un lot" 1 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . --le 2023-05-02 --essai
contient "et c'est dit" "$tap_sortie" "renoncée en litige"
rien "pas de litige sur une commande renoncée" 1 "n'est pas en vigueur" sons litige ouvrir A --contre X --le 2023-05-02

# --- against an order that is not here; a withdrawal ends it ---
code "contre une commande d'ailleurs" 0 sons litige ouvrir C --contre "Éditions du Sud/77" --le 2023-04-28
contient "1er et 8 mai" "$tap_sortie" "au plus tard le 16/05/2023"
code "un second courrier, d'un autre" 0 sons litige ouvrir C --contre "Autre/1" --le 2023-05-02
rien "laquelle ?" 2 "contre plusieurs autres" sons litige repondre C maintenir --le 2023-05-03
code "l'une" 0 sons litige repondre C maintenir --contre "Autre/1" --le 2023-05-03
code "et l'autre retirée" 0 sons litige repondre C retirer --contre "Éditions du Sud/77" --le 2023-05-04
egal "C est renoncée" "$(etat C), $(etat C 2023-05-03)" "renoncee, en_litige"
egal "retirée" "$(litige C | head -n 1 | cut -d ';' -f 4-)" "retirer;2023-05-04;retirée;2023-05-04;conclu"

# --- a dispute won: the order goes on ---
code "un litige sur D" 0 sons litige ouvrir D --contre Autre/2 --le 2023-05-02
code "retenue" 0 sons litige conclure D retenue --le 2023-05-30
egal "elle a l'état d'avant" "$(etat D)" avance_demandee
code "et part" 1 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
contient "seule" "$tap_sortie" "1 demande"
tient
code "reconstruit" 0 sons journal reconstruire
tient "les projections aussi"
fermer
