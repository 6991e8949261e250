# Projections and the two time axes: rebuilt equal; known at each instant as it was said then; true at each date.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier temps

# --- known then: what each list and the control said, step by step, said again later ---
dire_tout() {
    for liste in "fournisseur lister" "solution lister" "financement lister" "commande lister" "lot lister" "demande lister" "encaissement lister" "virement lister" reversements "finess bases" controler parametres "journal voir"; do
        printf '# %s\n' "$liste"
        sons $liste "$@" --format csv 2>/dev/null
    done
}
complet_apres() { printf '%s\n' "$2" >"dit.$1.instant"; dire_tout >"dit.$1"; }
complet t.db
egal "tous les pas" "$complet_rang" "$complet_pas"
a 2023-06-01T00:00:00Z
relus=0
for i in $(seq 1 $complet_rang); do
    instant=$(cat dit.$i.instant)
    dire_tout --connu-le "$instant" --au "$instant" >redit.$i
    egal "--connu-le $instant : comme alors" "$(diff dit.$i redit.$i)" ""
    [ $i = 1 ] || cas "et autre qu'au pas précédent" sh -c '! cmp -s "$1" "$2"' sh "dit.$i" "dit.$((i - 1))"
    relus=$((relus + 1))
done
egal "autant de relectures" "$relus" "$complet_pas"
cas "la dernière parle d'un lot" grep -q '^123456782;1;avance;MS1;' "redit.$complet_rang"
egal "avant la genèse : rien" "$(sons commande lister --connu-le 2022-12-04 --format csv 2>/dev/null | wc -l)" 1
code "écrire dans le passé connu : refusé" 2 sons fournisseur declarer --siren 552100554 --nom X --connu-le 2022-12-10
code "vérifier le passé connu : refusé" 2 sons journal verifier --connu-le 2022-12-10

# --- rebuilt ---
projections=$(sed -n 's/^create table \([a-z_]*\) .*/\1/p' "$SONS_SRCDIR/src/registre/etat.sql")
vider() { for table in $projections; do printf '# %s\n' "$table"; sqlite3 "$1" "select * from $table order by 1, 2, 3" 2>&1; done; }
vider t.db >avant
cas "les projections ont des lignes" [ "$(grep -vc '^#' avant)" -gt 50 ]
reconstruit() {
    vider "$2" >apres
    egal "$1 : les mêmes projections" "$(diff avant apres)" ""
    registre "$2"
    tient "$1 : tout se vérifie"
    registre t.db
}
cp t.db r.db
code "reconstruire" 0 sons journal reconstruire --registre r.db
reconstruit "reconstruire" r.db
cp t.db r.db
for table in $projections; do sqlite3 r.db "delete from $table"; done
cas "vidées, elles diffèrent" sh -c 'sqlite3 r.db "select count(*) from commande" | grep -qx 0'
code "reconstruire ce qui est vidé" 0 sons journal reconstruire --registre r.db
reconstruit "reconstruire ce qui est vidé" r.db
cp t.db r.db
sqlite3 r.db "drop table commande; drop table lot; create table ancienne (x); pragma user_version = 2000"
code "un autre format de projections : refait à l'ouverture" 0 sons commande lister --registre r.db
egal "l'ancienne table est partie" "$(sqlite3 r.db "select count(*) from sqlite_schema where name = 'ancienne'")" 0
reconstruit "un autre format" r.db
cp t.db r.db
sqlite3 r.db "pragma user_version = 3001"
registre r.db
rien "un autre format de registre : refusé" 3 E-103 sons commande lister
cp t.db r.db
sqlite3 r.db "drop trigger journal_sans_update; update journal set octets = replace(octets, 'fait ', 'Fait ') where numero = 9; $(grep '^create trigger journal_sans_update' "$SONS_SRCDIR/src/registre/livre.sql")"
rien "un journal rompu ne se reconstruit pas" 4 "entrée 9" sons journal reconstruire
registre t.db

# --- true at a date ---
# An OG of one EHPAD; the order, each date of the solution, fundings: a day before, the day.
og=$(finess 01000001); un=$(finess 01000010); deux=$(finess 01000011)
neuf v.db 2024-06-01T00:00:00Z
{ base 2022-01-03; et $un $og 500 4401; et $deux $og 500 4401; } >b.csv
sons finess importer b.csv >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom E --enrole-le 2022-06-20 >/dev/null 2>&1
sons solution declarer --numero-ans S1 --nom S --siren-editeur 123456782 --couloir MS1 --version=1 --dossier-complet-le 2022-08-20 --reference-le 2022-09-15 --retire-le 2023-02-01 >/dev/null 2>&1
sons solution declarer --numero-ans S2 --nom T --siren-editeur 123456782 --couloir MS1 --version=1 --dossier-complet-le 2022-08-20 --refuse-le 2022-10-10 >/dev/null 2>&1
echo 'finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat' >fin.csv
echo "$un;esms_numerique;generalisation;equipement;acquisition;D;oui;candidature;2022-07-01" >>fin.csv
echo "$un;esms_numerique;generalisation;equipement;acquisition;D;oui;engagement;2022-11-01" >>fin.csv
echo "$un;esms_numerique;generalisation;equipement;acquisition;D;oui;renonce;2023-01-05" >>fin.csv
sons financement importer fin.csv >/dev/null 2>&1
entete='numero;finess_et;date_commande;date_signature;solution;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc'
suite='1;oui;oui;oui;A;B;manuscrite;2433,33;20;486,67;2920,00'
{
    echo "$entete"
    echo "A;$un;2022-06-01;2022-06-01;S1;$suite"
    echo "B;$deux;2022-07-10;2022-07-12;T;$suite"
} >c.csv
sons commande importer c.csv >/dev/null 2>&1
egal "deux commandes" "$(sons commande lister --format csv 2>/dev/null | wc -l)" 3
# au ORDER RULE DATE: verdict of the rule that day; « absente » when the order is not there.
au() { sons expliquer "$1" "$2" --au "$3" --format csv 2>/dev/null | awk -F ';' 'NR == 2 { v = $5 } END { print v == "" ? "absente" : v }'; }
vus=0
for t in \
    "A COM-09 2022-05-31 absente" "A COM-09 2022-06-01 conforme" "B COM-09 2022-07-11 absente" "B COM-09 2022-07-12 conforme" \
    "A REF-03 2022-08-19 en|attente" "A REF-03 2022-08-20 conforme" \
    "A REF-01 2022-09-14 en|attente" "A REF-01 2022-09-15 conforme" "A REF-01 2023-01-31 conforme" "A REF-01 2023-02-01 non|conforme" \
    "B REF-01 2022-10-09 en|attente" "B REF-01 2022-10-10 non|conforme" \
    "A CUM-04 2022-06-30 conforme" "A CUM-04 2022-07-01 non|conforme" "A CUM-01 2022-10-31 conforme" "A CUM-01 2022-11-01 non|conforme" \
    "A CUM-01 2023-01-04 non|conforme" "A CUM-01 2023-01-05 conforme" \
    "A REF-04 2022-06-19 en|attente" "A REF-04 2022-06-20 conforme"; do
    set -- $t
    egal "$1 $2 au $3" "$(au "$1" "$2" "$3")" "$(printf '%s' "$4" | tr '|' ' ')"
    vus=$((vus + 1))
done
egal "vingt dates" "$vus" 20
egal "la liste suit la signature : la veille" "$(sons commande lister --au 2022-07-11 --format csv 2>/dev/null | wc -l)" 2
egal "la liste suit la signature : le jour" "$(sons commande lister --au 2022-07-12 --format csv 2>/dev/null | wc -l)" 3
# The other order on the same ESSMS is only seen once signed.
{ echo "$entete"; echo "C;$un;2022-05-30;2022-05-30;S1;$suite"; echo "D;$un;2022-06-03;2022-06-03;S1;$suite"; } >c2.csv
sons commande importer c2.csv >/dev/null 2>&1
egal "UNI-02 de C au 31/05 : personne encore" "$(au C UNI-02 2022-05-31)" conforme
egal "UNI-02 de C au 01/06 : A est signée" "$(au C UNI-02 2022-06-01)" "non conforme"
egal "UNI-01 de A au 01/06 : C est première" "$(au A UNI-01 2022-06-01)" "non conforme"
# Two versions of a solution: which one governs depends on what had happened by then.
sons solution declarer --numero-ans S5 --nom V --siren-editeur 123456782 --couloir MS1 --version=1 --dossier-complet-le 2022-05-20 --refuse-le 2022-10-01 >/dev/null 2>&1
sons solution declarer --numero-ans S5 --nom V --siren-editeur 123456782 --couloir MS1 --version=2 --dossier-complet-le 2022-11-20 --reference-le 2022-12-15 >/dev/null 2>&1
{ echo "$entete"; echo "V;$deux;2022-05-18;2022-05-18;S5;$suite"; } >c4.csv
sons commande importer c4.csv >/dev/null 2>&1
egal "REF-03 de V au 01/07 : la première version, complète à temps" "$(au V REF-03 2022-07-01)" conforme
egal "REF-03 de V au 20/12 : la seconde, référencée, complète trop tard" "$(au V REF-03 2022-12-20)" "non conforme"
# The base is seen from the date of its line 1.
neuf w.db 2024-06-01T00:00:00Z
{ base 2022-03-03; et $un $og 500 4401; et $deux $og 500 4401; } >b2.csv
sons finess importer b2.csv >/dev/null 2>&1
sons finess designer 2022 2022-03-03 --motif essai >/dev/null 2>&1
{ echo "$entete"; echo "E;$un;2022-02-20;2022-02-20;S1;$suite"; } | sed 's/;S1;/;;/; s/solution;/solution;/' >c3.csv
sed -i '1s/$/;couloir/; 2s/$/;MS1/' c3.csv
sons commande importer c3.csv >/dev/null 2>&1
egal "FIN-01 la veille de la base" "$(au E FIN-01 2022-03-02)" "en attente"
egal "FIN-01 le jour de la base" "$(au E FIN-01 2022-03-03)" conforme
tient
fermer
