# Solutions: other names, versions, submissions, ambiguous names, and what a new list changes for the orders.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier solutions
og=$(finess 01000001); e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013)
neuf r.db 2022-12-05T09:00:00Z
{ base 2022-01-03; for e in $e1 $e2 $e3 $e4; do et $e $og 500 4401; done; } >base.csv
sons finess importer base.csv >/dev/null 2>&1
ed=123456782
sons fournisseur declarer --siren $ed --nom "L'éditeur" >/dev/null 2>&1
faits=$(entrees)
# fait NAME NUMBER command…: it succeeds and adds so many entries
fait() {
    fait_nom=$1; fait_n=$2; shift 2
    code "$fait_nom" 0 "$@"
    egal "$fait_nom : $fait_n fait(s)" "$(($(entrees) - faits))" "$fait_n"
    faits=$(entrees)
}
verdict() { v=$1; r=$2; shift 2; sons expliquer $v $r --format csv "$@" 2>/dev/null | tail -n 1 | cut -d ';' -f 5; }
entete='numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le;refuse_le;retire_le'
liste() { echo "$entete" >"$1"; shift; printf '%s\n' "$@" >>liste.tmp; cat liste.tmp >>"$l"; rm liste.tmp; }

# --- a first list, then the same ---
l=l1.csv; liste $l "S1;Soins;$ed;MS1;4.2;2022-05-01;2022-06-01;;" "S2;Repas;$ed;MS1;1.0;;;;" "S3;Planning;$ed;MS1;2.0;2022-05-01;2022-06-01;;"
fait "une première liste" 3 sons solution importer l1.csv
contient "comptée" "$tap_sortie" "3 solutions lues. Toutes enregistrées."
egal "rien n'est comparé à rien" "$(printf '%s\n' "$tap_sortie" | grep -c nouvelle)" 0
fait "la même" 0 sons solution importer l1.csv
contient "rien à faire" "$tap_sortie" "inchangées. Rien à faire."
printf 'numero;finess_et;date_signature;solution;version_solution;deja_equipe;mention_segur\nA;%s;2022-07-12;Soins;4.2;oui;oui\nB;%s;2022-07-12;repas;1.0;oui;oui\nC;%s;2022-07-12;PLANNING;2.0;oui;oui\n' $e1 $e2 $e3 >c.csv
fait "trois commandes" 3 sons commande importer c.csv

# --- other names ---
fait "deux autres noms" 2 sons solution alias S1 "Soins Plus" SOINS_V4
contient "dits" "$tap_sortie" "Solution S1 : 2 noms donnés."
fait "les mêmes, écrits autrement" 0 sons solution alias s1 "soins-plus" "Soins V4"
contient "inchangés" "$tap_sortie" "0 nom donné, 2 qu'elle avait déjà, inchangés."
fait "son propre nom, son numéro" 0 sons solution alias S1 SOINS s1
rien "le nom d'une autre" 1 "« Repas » est déjà le nom de S2" sons solution alias S1 REPAS
contient "les deux sont nommées" "$tap_sortie" "« REPAS » pour S1"
rien "le numéro d'une autre" 1 "« S3 » est déjà le numéro ANS de S3" sons solution alias S1 s3
rien "l'autre nom d'une autre" 1 "« Soins Plus » est déjà le autre nom de S1" sons solution alias S2 "SOINS PLUS"
rien "tout ou rien" 1 "est déjà" sons solution alias S2 "Neuf" "Soins Plus" "S3"
egal "deux fautes" "$(printf '%s\n' "$tap_sortie" | grep -c E-128)" 2
rien "une solution inconnue" 1 "aucune solution n'a ce numéro ANS" sons solution alias S9 X
rien "une nouvelle du nom d'un autre nom" 1 "est déjà" sons solution declarer --numero-ans S4 --nom "soins plus" --siren-editeur $ed --couloir MS1
rien "une nouvelle du numéro d'un autre nom" 1 "est déjà" sons solution declarer --numero-ans "Soins Plus" --nom Z --siren-editeur $ed --couloir MS1
rien "un nom trop long" 1 "texte trop long" sons solution alias S1 "$(printf %600s | tr ' ' x)"
rien "un nom qui retourne le texte" 1 E- sons solution alias S1 "$(printf 'a\342\200\256b')"
printf 'numero;finess_et;date_signature;solution\nD;%s;2022-07-12;soins plus\n' $e4 >d.csv
fait "une commande sous cet autre nom" 1 sons commande importer d.csv
egal "la solution est trouvée" "$(verdict D COM-12)" conforme
fait "un nom retiré" 1 sons solution alias S1 "SOINS PLUS" --retirer
egal "la commande ne la trouve plus" "$(verdict D COM-12)" "en attente"
fait "retiré deux fois" 0 sons solution alias S1 "SOINS PLUS" --retirer
rien "son nom ne se retire pas" 1 "ne se retire pas" sons solution alias S1 Soins --retirer
{ echo "$entete;alias"; echo "S1;Soins;$ed;MS1;4.2;2022-05-01;2022-06-01;;;Soins Plus | SOINS_V4 |  | Soins Or"; } >a.csv
fait "par la feuille : ceux qui manquent" 2 sons solution importer a.csv
egal "la liste les donne" "$(sons solution lister --format csv 2>/dev/null | sed -n 's/^S1;.*;//p')" "SOINS_V4 | Soins Or | Soins Plus"
sons solution lister --format csv >tout.csv 2>/dev/null
fait "la liste réimportée" 0 sons solution importer tout.csv
contient "rien à faire" "$tap_sortie" "Rien à faire."
{ echo "$entete;alias"; echo "S2;Repas;$ed;MS1;1.0;;;;;Cantine"; echo "S3;Planning;$ed;MS1;2.0;2022-05-01;2022-06-01;;;cantine"; } >a.csv
rien "le même autre nom pour deux, dans une feuille" 1 "« Cantine » est déjà" sons solution importer a.csv

# --- a new list: what is new, changed, gone, and the orders ---
l=l2.csv; liste $l "S1;Soins;$ed;MS1;4.2;2022-05-01;2022-06-01;;2022-11-01" "S2;Repas 2;$ed;MS1;1.0;2022-05-15;2022-06-15;;" "S5;Neuve;$ed;MS1;1;;;;"
avant=$(empreinte r.db)
code "la nouvelle liste, à l'essai" 0 sons solution importer l2.csv --essai
egal "rien n'est écrit" "$(empreinte r.db)" "$avant"
contient "une nouvelle" "$tap_sortie" "nouvelle"
contient "la disparue est demandée" "$tap_sortie" "est-ce un retrait ? Rien n'est retiré"
contient "son numéro et ses commandes" "$tap_sortie" "S3 (1 commande)"
contient "un nom qui change : ce qu'il faut faire" "$tap_sortie" 'sons solution alias S2 "Repas"'
contient "les commandes" "$tap_sortie" "3 commandes jugées autrement"
sons solution importer l2.csv --essai --format csv 2>/dev/null | sed 's/^\xef\xbb\xbf//' >diff.csv
egal "les différences, une par ligne" "$(grep -v '^commande;' diff.csv)" "objet;numero;couloir;version;champ;avant;apres
absente de la liste;S3;MS1;2.0;;Planning;
modifiée;S1;MS1;4.2;retire_le;;2022-11-01
modifiée;S2;MS1;1.0;nom;Repas;Repas 2
modifiée;S2;MS1;1.0;dossier_complet_le;;2022-05-15
modifiée;S2;MS1;1.0;reference_le;;2022-06-15
nouvelle;S5;MS1;1;;;Neuve"
egal "les commandes, une ligne par règle" "$(grep -E '^commande;([AD];|B;;;(COM-12|REF-06);)' diff.csv)" "commande;A;;;REF-01;conforme;non conforme
commande;B;;;COM-12;conforme;en attente
commande;B;;;REF-06;conforme;en attente
commande;D;;;REF-01;en attente;non conforme"
egal "trois commandes, C n'en est pas" "$(sed -n 's/^commande;\([^;]*\);.*/\1/p' diff.csv | sort -u | tr '\n' ' ')" "A B D "
egal "en JSON aussi" "$(sons solution importer l2.csv --essai --format json 2>/dev/null | grep -c '"objet":"commande"')" "$(grep -c '^commande;' diff.csv)"
fait "pour de bon" 3 sons solution importer l2.csv
egal "S3 n'est pas retirée" "$(sons solution lister --format csv 2>/dev/null | grep '^S3;')" "S3;Planning;$ed;MS1;2.0;2022-05-01;2022-06-01;;;"
egal "A ne peut plus être payée" "$(verdict A REF-01)" "non conforme"
egal "au 31/10, elle le pouvait" "$(verdict A REF-01 --au 2022-10-31)" conforme

# --- versions: the one that covers the version ordered ---
s="sons solution declarer --numero-ans V1 --nom Versions --siren-editeur $ed --couloir MS1"
fait "la 6.0, référencée d'abord" 1 $s --version=6.0 --dossier-complet-le 2022-04-01 --reference-le 2022-06-01
fait "la 5.2, référencée ensuite" 1 $s --version=5.2 --dossier-complet-le 2022-04-01 --reference-le 2022-07-01
juger() { # VERSION: REF-01 and REF-06 of an order of that version
    rm -f v.db; cp r.db v.db
    printf 'numero;finess_et;date_signature;solution;version_solution\nV;%s;2022-07-12;V1;%s\n' $e4 "$1" >v.csv
    SONS_REGISTRE=v.db "$SONS" commande importer v.csv >/dev/null 2>&1
    for regle in REF-01 REF-06; do SONS_REGISTRE=v.db "$SONS" expliquer V $regle --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5; done | paste -s -d ,
}
vus=0
while IFS='|' read -r version attendu; do
    egal "version « $version »" "$(juger "$version")" "$attendu"
    vus=$((vus + 1))
done <<'FIN'
6.0|conforme,conforme
5.2|conforme,conforme
5.2.1|conforme,conforme
5.10|conforme,conforme
7|conforme,conforme
v6.0|conforme,conforme
5.1|non conforme,conforme
5.1.999999999|non conforme,conforme
|en attente,en attente
six|conforme,non conforme
5.2.9999999999|conforme,non conforme
FIN
egal "onze versions" "$vus" 11

fait "la 6.0 retirée" 1 $s --version=6.0 --dossier-complet-le 2022-04-01 --reference-le 2022-06-01 --retire-le 2022-11-01
egal "la 5.2 couvre ce qui la suit" "$(juger 6.0) $(juger 7)" "conforme,conforme conforme,conforme"
fait "la 5.2 retirée aussi" 1 $s --version=5.2 --dossier-complet-le 2022-04-01 --reference-le 2022-07-01 --retire-le 2022-11-15
egal "plus rien ne couvre" "$(juger 6.0) $(juger 7)" "non conforme,conforme non conforme,conforme"
w="'$SONS' solution declarer --numero-ans V1 --nom Versions --siren-editeur $ed --couloir MS1"
fait "la 10.0 puis la 9.1 : par nombres, non par lettres" 2 sh -c "$w --version=10.0 --reference-le 2022-06-01 && $w --version=9.1 --reference-le 2022-07-01"
egal "9.1 et 9.5 sont couvertes par la 9.1, 10.1 par les deux" "$(juger 9.1) $(juger 9.5) $(juger 10.1)" "conforme,conforme conforme,conforme conforme,conforme"

# --- the submission that counts: the second one, when the first was refused ---
printf 'numero;finess_et;date_signature;solution;version_solution;sous_condition\nR;%s;2022-06-01;Tardive;1;oui\n' $e4 >t.csv
t="sons solution declarer --numero-ans T1 --nom Tardive --siren-editeur $ed --couloir MS1 --version=1"
fait "déposée" 1 $t --dossier-complet-le 2022-06-20
fait "une commande sous condition" 1 sons commande importer t.csv
egal "dans le délai" "$(verdict R REF-03)" conforme
fait "refusée" 1 $t --dossier-complet-le 2022-06-20 --refuse-le 2022-08-01
egal "le dépôt refusé ne compte plus, et le 120e jour est passé" "$(verdict R REF-03)" "non conforme"
fait "redéposée le 120e jour" 1 $t --dossier-complet-le 2022-09-29 --refuse-le 2022-08-01
egal "le second compte" "$(verdict R REF-03)" conforme
egal "au 15/07, le premier comptait" "$(verdict R REF-03 --au 2022-07-15)" conforme
egal "au 15/08, refusé, rien n'était déposé : en attente" "$(verdict R REF-03 --au 2022-08-15)" "en attente"
fait "corrigée : le 121e jour" 1 $t --dossier-complet-le 2022-09-30 --refuse-le 2022-08-01
egal "hors délai" "$(verdict R REF-03)" "non conforme"
egal "au 15/07, le premier comptait encore" "$(verdict R REF-03 --au 2022-07-15)" conforme
fait "un premier dossier jugé incomplet, puis complété le 121e jour : une date corrigée, sans refus" 1 $t --dossier-complet-le 2022-09-30
egal "au 15/07, rien n'était complet" "$(verdict R REF-03 --au 2022-07-15)" "en attente"

# --- one name, two numbers of one couloir: never chosen ---
fait "un second numéro du même nom" 1 sons solution declarer --numero-ans T2 --nom TARDIVE --siren-editeur $ed --couloir MS1 --version=1
egal "la commande qui le nommait attend" "$(verdict R COM-12)" "en attente"
contient "elle dit pourquoi" "$(sons expliquer R COM-12 2>/dev/null)" "plusieurs solutions du couloir portent ce nom"
fait "la même feuille : inchangée" 0 sons commande importer t.csv
printf 'numero;finess_et;date_signature;solution;couloir\nU;%s;2022-06-01;tardive;MS1\n' $e4 >u.csv
rien "une nouvelle commande est refusée" 2 "T1, T2" sons commande importer u.csv
printf 'numero;finess_et;date_signature;solution\nU;%s;2022-06-01;tardive\n' $e4 >u.csv
rien "sans couloir aussi" 2 "T1, T2" sons commande importer u.csv
printf 'numero;finess_et;date_signature;solution;couloir\nU;%s;2022-06-01;tardive;MS2-PDS\n' $e4 >u.csv
fait "dans un autre couloir, elle n'est pas en cause" 1 sons commande importer u.csv
printf 'numero;finess_et;date_signature;solution\nW;%s;2022-06-01;T2\n' $e4 >w.csv
fait "par son numéro, elle passe" 1 sons commande importer w.csv
egal "et se juge" "$(verdict W COM-12)" conforme
tient
code "les projections se refont" 0 sons journal reconstruire
tient "et se vérifient"
fermer
