# Contacts and people: recorded beside the orders, given back, erased from the table and from the file, and nothing else moves.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier personnes
neuf r.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
for g in fournisseur solution financement; do sons $g importer samples/${g}s.csv >/dev/null 2>&1; done
faits=$(entrees)
# fait NAME NUMBER command…: it succeeds and adds so many entries
fait() {
    fait_nom=$1; fait_n=$2; shift 2
    code "$fait_nom" 0 "$@"
    egal "$fait_nom : $fait_n fait(s)" "$(($(entrees) - faits))" "$fait_n"
    faits=$(entrees)
}
# octets TEXT: how many times it stands in the bytes of the registre
octets() { grep -a -o -F -e "$1" r.db | wc -l; }
verdict() { v=$1; r=$2; shift 2; sons expliquer $v $r --format csv "$@" 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }

# --- contact_* columns: recorded with the orders, given back, imported again ---
pieces=samples/pieces
e='numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece'
v='08/07/2022;08/07/2022;DUI Maquis;5.2;1 824,00;20;364,80;2 188,80;non;oui;oui'
{
    echo "$e;contact_nom;contact_fonction;contact_courriel;contact_telephone"
    echo "A;2A0001699;$v;Zoé Signatard;directrice;manuscrite;samples/pieces/BC-2022-001.pdf;Ysé Contactin;comptable;yse@contactin.fr;04 95 11 22 33"
    echo "B;2A0000360;$v;Zoé Signatard;directrice;manuscrite;samples/pieces/BC-2022-001.pdf;;;;"
    echo "C;2A0002549;$v;Autre Personne;directeur;manuscrite;samples/pieces/BC-2022-001.pdf;Ysé Contactin;;;+33 (0)4 95 11 22 33"
} >c.csv
fait "trois commandes, deux contacts" 5 sons commande importer c.csv
contient "ils sont comptés" "$tap_sortie" "2 contacts enregistrés."
fait "la même feuille" 0 sons commande importer c.csv
fait "sans les colonnes de contact" 0 sh -c "cut -d ';' -f 1-17 c.csv >sans.csv; '$SONS' commande importer sans.csv"
sons commande lister --format csv >l.csv 2>/dev/null
egal "l'export les rend" "$(sed -n 's/^[AC];.*\(Ysé.*\);[a-z_]*;[a-z]*$/\1/p' l.csv)" "Ysé Contactin;comptable;yse@contactin.fr;0495112233
Ysé Contactin;;;0495112233"
fait "l'export réimporté" 0 sons commande importer l.csv
egal "aucun nom au journal" "$(sqlite3 r.db "select count(*) from journal where octets like '%Contactin%' or octets like '%contactin%' or octets like '%0495112233%' or octets like '%Signatard%'")" 0
sed 's/yse@contactin.fr/y.contactin@asso.fr/' c.csv >c2.csv
fait "une autre adresse : un contact de plus, la commande ne bouge pas" 1 sons commande importer c2.csv
contient "dit" "$tap_sortie" "un contact enregistré est remplacé par celui-ci"
fait "puis plus rien" 0 sons commande importer c2.csv
egal "la fonction et le numéro sont gardés" "$(sons contact lister --format csv 2>/dev/null | grep 'A;')" "123456782/A;;;Ysé Contactin;comptable;y.contactin@asso.fr;0495112233"
for cas in "a@b;0495112233;ce n'est pas une adresse" "a@b.fr, c@d.fr;0495112233;ce n'est pas une adresse" "y@c.fr;04951122;ce n'est pas un numéro" "y@c.fr;0495112233 ou 06;ce n'est pas un numéro"; do
    { echo "numero;finess_et;contact_courriel;contact_telephone"; echo "Z;2A0001699;\"${cas%%;*}\";$(echo "$cas" | cut -d ';' -f 2)"; } >z.csv
    rien "refusé : ${cas%;*}" 1 "${cas##*;}" sons commande importer z.csv
done
{ echo "numero;finess_et;contact_courriel;contact_telephone"; echo "Z;2A0001699;x;y"; } >z.csv
rien "deux fautes dites ensemble" 1 "contact_courriel" sons commande importer z.csv
contient "l'autre" "$tap_sortie" "contact_telephone"

# --- by command ---
k="sons contact declarer"
fait "du fournisseur" 1 $k --fournisseur 123456782 --nom "Ode Fournier" --courriel ode@exemple.fr
fait "la même, autrement écrite" 1 $k --fournisseur 123456782 --nom "ODE FOURNIER" --telephone "+262 262 12 34 56"
egal "une seule, complétée" "$(sons contact lister --format csv 2>/dev/null | grep -i fournier)" ";123456782;;ODE FOURNIER;;ode@exemple.fr;'+262262123456"
sons contact lister --format csv 2>/dev/null >liste.csv
fait "la liste se réimporte, le + gardé" 0 sons contact importer liste.csv
fait "la même encore" 0 $k --fournisseur 123456782 --nom "ODE FOURNIER" --telephone "+262262123456"
fait "une autre personne s'ajoute" 1 $k --fournisseur 123456782 --nom "Max Second"
fait "d'un OG" 1 $k --finess-ej 2A0022885 --courriel og@exemple.fr
fait "d'une commande" 1 $k --commande 123456782/B --nom "Bea Commandier"
rien "de personne" 1 "de qui est-ce le contact" $k --nom X
rien "de deux" 1 "et un seul" $k --commande A --fournisseur 123456782 --nom X
rien "sans nom ni adresse ni numéro" 1 "personne n'est nommé" $k --commande A --fonction comptable
rien "d'une commande inconnue" 1 "il n'y a pas de commande Q" $k --commande Q --nom X
rien "une adresse fausse" 1 "ce n'est pas une adresse" $k --commande A --nom X --courriel x
rien "deux possibles" 2 "ODE FOURNIER" sons contact retirer --fournisseur 123456782
rien "aucun" 1 "il n'y a pas de tel contact" sons contact retirer --fournisseur 123456782 --nom Zut
fait "retirée" 1 sons contact retirer --fournisseur 123456782 --nom "max second" --motif "partie"
egal "elle n'est plus listée" "$(sons contact lister --format csv 2>/dev/null | grep -c Second)" 0
contient "mais elle est gardée" "$(sons personnes voir max 2>/dev/null)" "Max Second"
sons contact lister --format csv >k.csv 2>/dev/null
fait "la liste réimportée" 0 sons contact importer k.csv
contient "inchangée" "$tap_sortie" "Tous déjà enregistrés, inchangés"

# --- what is held ---
egal "Zoé : deux fois signataire" "$(sons personnes voir zoe signatard --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1-3)" "Zoé Signatard;signataire;A
Zoé Signatard;signataire;B"
egal "Ysé : trois contacts, avec adresses et numéros" "$(sons personnes voir Contactin --format csv 2>/dev/null | sed 1d | cut -d ';' -f 2 | sort | uniq -c | tr -s ' \n' ' ')" " 2 courriel 3 nom 3 telephone "
egal "une commande" "$(sons personnes voir --commande C --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1,2)" "Autre Personne;signataire
Ysé Contactin;nom
0495112233;telephone"
egal "un inconnu" "$(sons personnes voir Inconnue --format csv 2>/dev/null | sed 1d | wc -l)" 0
cas "en JSON" [ "$(sons personnes voir --format json 2>/dev/null | grep -c '"champ":"')" -ge 14 ]

# --- erasing ---
sons avance demander A >/dev/null 2>&1
sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . >/dev/null 2>&1
egal "un lot est émis" "$(ls lot-*.zip 2>/dev/null | wc -l)" 1
lot=$(empreinte lot-123456782-000001.zip)
faits=$(entrees)
com08=$(verdict A COM-08)
egal "COM-08 est conforme" "$com08" conforme
rien "sans motif" 2 "il manque l'option --motif" sons personnes effacer Zoé Signatard
rien "un motif qui nomme" 1 "le motif nomme la personne" sons personnes effacer Zoé Signatard --motif "à la demande de Mme SIGNATARD Zoe"
rien "ni nom ni commande" 2 "donner un nom" sons personnes effacer --motif x
rien "personne" 1 "aucun nom gardé" sons personnes effacer Signatard --motif "sur demande"
rien "un motif trop long" 1 "trop long" sons personnes effacer Zoé Signatard --motif "$(printf %600s x)"
avant=$(empreinte r.db)
code "à l'essai" 0 sons personnes effacer Zoé Signatard --motif "sur demande" --essai
egal "rien n'est écrit" "$(empreinte r.db)" "$avant"
cas "le nom est dans les octets du fichier" [ "$(octets Signatard)" -ge 2 ]
fait "d'une commande : elle seule" 1 sons personnes effacer zoe signatard --commande B --motif "sur demande"
contient "compté" "$tap_sortie" "1 nom effacé de 1 entrée, 1 commande concernée. Le même se lit encore ailleurs : 1 fois"
egal "il reste sur A" "$(sqlite3 r.db "select count(*) from personne where nom = 'Zoé Signatard'")" 1
# What a SQLite that does not clean its pages leaves behind, inside those of the table.
sqlite3 r.db "pragma secure_delete = off; insert into personne values (3, 'signataire', zeroblob(16), 'Fantôme Passé'); delete from personne where fait = 3 and champ = 'signataire'" >/dev/null
cas "un reste est dans les pages" [ "$(octets 'Fantôme Passé')" -ge 1 ]
fait "partout" 1 sons personnes effacer ZOÉ SIGNATARD --motif "sur demande"
contient "le lot émis est dit" "$tap_sortie" "1 commande a un lot émis : ce qui justifie un versement se garde dix ans"
egal "plus un octet" "$(octets Signatard)" 0
egal "ni le reste" "$(octets 'Fantôme Passé')" 0
fait "le contact, son adresse, son numéro, ses versions" 1 sons personnes effacer Ysé Contactin --motif "sur demande"
contient "huit lignes de trois entrées" "$tap_sortie" "8 noms effacés de 3 entrées, 2 commandes concernées."
for texte in Contactin contactin 0495112233; do egal "plus un octet : $texte" "$(octets "$texte")" 0; done
cas "les autres sont là" [ "$(octets 'Autre Personne')" -ge 1 ]
egal "le fait ne nomme personne" "$(sqlite3 r.db "select octets from journal where octets like '%PersonneEffacee%'" | grep -ci 'signatard\|contactin')" 0
egal "il nomme des entrées et des champs" "$(sons journal voir "$(entrees)" 2>/dev/null | sed -n '/^fait/,/^motif/p' | sed 's/^nom [0-9]* /nom N /' | sort | uniq -c | tr -s ' \n' ' ')" \
    " 1 fait PersonneEffacee-V1 1 motif sur demande 2 nom N courriel 3 nom N nom 3 nom N telephone "
tient "tout se vérifie encore"
contient "et les effacés sont comptés" "$tap_sortie" "10 noms effacés, leurs engagements au journal"
egal "en JSON" "$(sons journal verifier --tout --format json 2>/dev/null | grep -o '"effaces":10')" '"effaces":10'
rien "deux fois" 1 "aucun nom gardé" sons personnes effacer Ysé Contactin --motif "sur demande"

# --- afterwards ---
egal "COM-08 tient : l'engagement reste" "$(verdict A COM-08)" conforme
contient "les listes disent effacé" "$(sons commande lister --format csv 2>/dev/null | grep '^A;')" "(effacé);directrice"
contient "le contact aussi" "$(sons commande lister --format csv 2>/dev/null | grep '^A;')" "(effacé);comptable;(effacé);(effacé)"
contient "la commande aussi" "$(sons commande voir A 2>/dev/null)" "(nom effacé), directrice"
egal "le passé ne le rend pas" "$(sons commande lister --format csv --connu-le 2022-12-05T09:00:00Z 2>/dev/null | grep -c Signatard)" 0
contient "on voit que c'est effacé, et par quoi" "$(sons personnes voir --commande A --format csv 2>/dev/null)" "(effacé);signataire;A;"
sons commande lister --format csv >l2.csv 2>/dev/null
faits=$(entrees)
fait "l'export d'après, réimporté" 0 sons commande importer l2.csv
fait "la vieille feuille, qui les nomme encore, ne les rend pas" 0 sons commande importer c2.csv
contient "elle est prévenue" "$tap_sortie" "il n'est pas enregistré de nouveau"
egal "toujours pas un octet" "$(octets Contactin)$(octets Signatard)" 00
sons contact lister --format csv >k2.csv 2>/dev/null
fait "la liste des contacts d'après" 0 sons contact importer k2.csv
fait "la liste d'avant ne les rend pas non plus" 0 sons contact importer k.csv
fait "déclaré exprès, il revient" 1 sons contact declarer --commande A --nom "Ysé Contactin"
mkdir refait
code "le lot refait" 0 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie refait --lot 1
egal "a les mêmes octets : il ne porte aucun nom" "$(empreinte refait/lot-123456782-000001.zip)" "$lot"
code "les projections se refont" 0 sons journal reconstruire
tient "et se vérifient"
sqlite3 r.db "insert into personne select fait, champ, zeroblob(16), 'Zoé Signatard' from personne_effacee where champ = 'signataire' limit 1"
code "un nom effacé remis de force : cela se voit" 4 sons journal verifier --tout
contient "par quoi il était effacé" "$tap_sortie" "est encore là"
fermer
