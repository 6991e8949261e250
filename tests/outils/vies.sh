# The generator of whole lives: what it makes of each order, and that every list tells all of it.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null && command -v unzip >/dev/null || { echo "1..0 # SKIP sqlite3 ou unzip absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
outils=$SONS_BUILDDIR/tests/outils
atelier vies
mkdir bin
ln -s "$SONS" bin/sons
PATH=$PWD/bin:$PATH
sql() { sqlite3 "$SONS_REGISTRE" "$1"; }
"$outils/generer_base" --et 2500 --graine 1 --date 2022-01-03 | awk -F ';' 'NR == 1 || $21 ~ /^4[134]/ || $19 ~ /^(209|354|460)$/' >base.csv
cp samples/pieces/BC-2022-001.pdf bon.pdf
echo 'finess_et;fonds;etat' >vide.csv
neuf r.db 2022-12-20T09:00:00Z
sons finess importer base.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom "Éditeur fictif" --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution declarer --numero-ans B-1 --nom 'DUI Banc' --siren-editeur 123456782 --couloir MS1 --version 1.0 \
    --dossier-complet-le 2022-05-20 --reference-le 2022-06-15 >/dev/null 2>&1
sons financement importer vide.csv >/dev/null 2>&1
"$outils/generer_commandes" --base base.csv --commandes 100 --graine 2 --jour-debut 2022-07-01 --jour-fin 2022-12-15 \
    --solution 'DUI Banc' --version 1.0 --fournisseur 123456782 --piece bon.pdf >commandes.csv
sons commande importer commandes.csv >/dev/null 2>&1
cp r.db autre.db
code "cent vies" 0 sh "$SONS_SRCDIR/tests/outils/generer_vies.sh" "$outils" r.db vies 1
egal "treize actes, chacun une fois pour toutes" "$(printf '%s\n' "$tap_sortie" | cut -d ' ' -f 1,2 | tr '\n' ,)" \
    "avance demander,lot emettre,lot deposer,retour importer,encaissement importer,facture enregistrer,va enregistrer,solde demander,lot emettre,lot deposer,retour importer,virement enregistrer,virement ventiler,"

# --- each order to the end, but the four that are never invoiced; a hundred sorts, one each ---
a 2023-07-15T09:00:00Z
egal "les faits" "$(sql "select (select count(*) from demande), (select count(*) from emission), (select count(*) from reponse), (select count(*) from facture),
    (select count(*) from va), (select count(*) from solde), (select count(*) from encaissement)")" "196|196|196|96|96|96|197"
egal "plus de mille entrées au journal" "$(sql 'select count(*) > 1000 from journal')" 1
egal "quatre vies sans facture" "$(sql 'select count(*) from commande c where not exists (select 1 from facture f where f.commande = c.fait)')" 4
retires=$(sql 'select count(*) from solde_retrait')
cas "des ESSMS retirés : $retires" [ "$retires" -ge 1 ] 
egal "un ESSMS au plus par commande" "$(sql 'select count(distinct commande) from solde_retrait')" "$retires"
egal "30 + 70 = 100 de chaque facture" "$(sql 'select count(*) from solde s where total <> (select sum(case paiement when 1 then paye else montant end) from demande d where d.commande = s.commande)')" 0
egal "deux paiements d'un centime trop courts, un double" "$(sql "select (select count(*) from encaissement e join demande d on d.commande = e.commande
    and d.paiement = e.paiement where e.montant = d.paye - 1), (select count(*) from encaissement where reference like '%-bis')")" "2|1"
tient

# --- every list tells all of it ---
lignes() { "$@" --format csv 2>/dev/null | sed 1d | wc -l; }
egal "commande lister : un ESSMS une ligne" "$(lignes sons commande lister)" "$(sql 'select count(*) from commande_essms')"
egal "demande lister : une demande une ligne" "$(lignes sons demande lister)" 196
egal "demande lister --sans-reponse : aucune" "$(lignes sons demande lister --sans-reponse)" 0
egal "… mais toutes, avant la réponse" "$(lignes sons demande lister --sans-reponse --au 2023-01-15)" 100
egal "… ou si l'on n'en savait rien" "$(lignes sons demande lister --sans-reponse --connu-le 2023-01-15)" 100
egal "lot lister" "$(lignes sons lot lister)" 2
egal "encaissement lister" "$(lignes sons encaissement lister)" 197
egal "virement lister : tout est attribué" "$(sons virement lister --format csv 2>/dev/null | sed 1d | cut -d ';' -f 7,8)" "0,00;96"
egal "journal voir" "$(lignes sons journal voir)" "$(sql 'select count(*) from journal')"
egal "… chaque entrée a son auteur" "$(sons journal voir --format csv 2>/dev/null | sed 1d | cut -d ';' -f 5 | sort -u | wc -l)" 1
egal "reversements, après la clôture : les quatre jamais facturées, et le double" "$(lignes sons reversements --au 2024-05-01)" 5
egal "échéances : quatre à facturer et à faire attester, deux payées un centime trop court, et le double à rendre" "$(lignes sons echeances)" 11
situation=$(sons situation 2023-06 --format csv 2>/dev/null)
contient "situation : les VA de juin" "$situation" "VA signées;96;;96"
contient "situation : les soldes demandés" "$situation" "demandes de solde;96;"

# --- a seed ---
code "la même graine" 0 sh "$SONS_SRCDIR/tests/outils/generer_vies.sh" "$outils" autre.db autres 1
cas "… les mêmes factures" cmp -s vies/factures.csv autres/factures.csv
cas "… les mêmes paiements" cmp -s vies/avances.csv autres/avances.csv
fermer
