#!/bin/sh
# Every measure of `./dev bench`: whole processes, median of five, as ratios to a known command, at three sizes.
#   SONS=/path/sons sh tests/bench/bench.sh BUILD      (writes only under BUILD/bench)
# Full size: a base of 137 000 ET of every kind; 50 000 orders for some 130 000 ESSMS, on a base of the social and
# medico-social ET alone (aggregates 4xxx, some 140 000), since no base of 137 000 of every kind holds so many.
set -eu
: "${SONS:?}"
sources=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
outils=$build/tests/outils
mesure=$build/tests/bench/mesure
rm -rf "$build/bench"
mkdir -p "$build/bench/bin"
cd "$build/bench"
ln -s "$SONS" bin/sons
PATH=$PWD/bin:$PATH
export SONS_HORLOGE=2022-12-20T10:00:00Z SONS_REGISTRE=r.db
horloge=2022-12-20
colonnes='structureet,nofinesset,nofinessej,rs,rslongue,complrs,compldistrib,numvoie,typvoie,voie,compvoie,lieuditbp,commune,departement,libdepartement,ligneacheminement,telephone,telecopie,categetab,libcategetab,categagretab,libcategagretab,siret,codeape,codemft,libmft,codesph,libsph,dateouv,dateautor,datemaj,numuai,primary key(nofinesset)'
trop_lent=0

# alterner [TIMES]: runs `nous` and `eux` in turn, five times or so, so that the noise of the machine is shared; each is a function that
# calls "$mesure". Sets us_a, us_b (medians of the time passed, in µs), cpu_a, cpu_b (of processor time), pic_a (peak in kB).
alterner() {
    : >a.txt
    : >b.txt
    fois=${1:-5}
    milieu=$(((fois + 1) / 2))
    for _ in $(seq "$fois"); do
        nous >>a.txt 2>erreurs && eux >>b.txt 2>erreurs || { tail -n 5 erreurs >&2; exit 3; }
    done
    us_a=$(sort -n a.txt | sed -n "${milieu}s/ .*//p")
    us_b=$(sort -n b.txt | sed -n "${milieu}s/ .*//p")
    cpu_a=$(sort -n -k 5 a.txt | sed -n "${milieu}s/.* //p")
    cpu_b=$(sort -n -k 5 b.txt | sed -n "${milieu}s/.* //p")
    pic_a=$(awk '$4 > m { m = $4 } END { print m }' a.txt)
}
# rapport TITRE TAILLE CIBLE: what alterner just measured; CIBLE in hundredths.
rapport() {
    awk -v titre="$1" -v n="$2" -v cible="$3" -v a="$us_a" -v b="$us_b" -v ca="$cpu_a" -v cb="$cpu_b" -v pic="$pic_a" 'BEGIN {
        r = a / b
        printf "%-24s %7d %8.1f ms %8.1f ms %6.2f %6.2f %6.2f %4s %6.0f Mo %8.2f µs\n",
            titre, n, a / 1000, b / 1000, r, ca / cb, cible / 100, r <= cible / 100 ? "oui" : "NON", pic / 1024, a / n
        exit r > cible / 100 }' || trop_lent=$((trop_lent + 1))
}
taire() { "$@" >sortie 2>&1 || { cat sortie >&2; exit 3; }; }

mesurer_finess() { # ET
    "$outils/generer_base" --et "$1" --graine 1 --date 2022-01-03 --encodage cp1252 >base.csv
    nous() { "$mesure" 1 0 'rm -f r.db; sons initialiser --fictif >/dev/null; sync' sons finess importer base.csv; }
    eux() {
        "$mesure" 1 0 'rm -f x.db; sync' sqlite3 x.db '.mode csv' '.separator ;' \
            "create table et($colonnes) without rowid" '.import --skip 1 base.csv et'
    }
    alterner
    egal "$(sqlite3 x.db 'select count(*) from et')" "$1"
    egal "$(sqlite3 r.db 'select count(*) from finess_et')" "$1"
    rapport 'finess importer (ET)' "$1" 45
    pic_finess=$pic_a
}
egal() { [ "$1" = "$2" ] || { echo "bench : trouvé $1, attendu $2" >&2; exit 3; }; }

# A registre ready for orders: base, fournisseur, solution, an empty list of fundings.
mesurer_commandes() { # orders, ET of every kind from which the base is taken
    "$outils/generer_base" --et "$2" --graine 1 --date 2022-01-03 --encodage cp1252 | awk -F ';' 'NR == 1 || $21 ~ /^4[134]/ || $19 ~ /^(209|354|460)$/' >base.csv
    cp "$sources/samples/pieces/BC-2022-001.pdf" bon.pdf
    echo 'finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat' >financements.csv
    rm -f r.db
    taire sons initialiser --fictif
    taire sons finess importer base.csv
    taire sons fournisseur declarer --siren 123456782 --nom 'Éditeur fictif' --role editeur --enrole-le 2022-06-20
    taire sons solution declarer --numero-ans B-1 --nom 'DUI Banc' --siren-editeur 123456782 --couloir MS1 --version 1.0 \
        --dossier-complet-le 2022-05-20 --reference-le 2022-06-15
    taire sons financement importer financements.csv
    "$outils/generer_commandes" --base base.csv --commandes "$1" --graine 2 --jour-debut 2022-07-01 --jour-fin 2022-12-15 \
        --solution 'DUI Banc' --version 1.0 --fournisseur 123456782 --piece bon.pdf --encodage cp1252 >commandes.csv
    mv r.db r0.db
    nous() { "$mesure" 1 0 'cp r0.db r.db; sync' sons commande importer commandes.csv; }
    eux() { "$mesure" 1 0 'rm -f x.db; sync' sqlite3 x.db '.mode csv' '.separator ;' '.import commandes.csv commande'; }
    alterner
    egal "$(sqlite3 r.db 'select count(*) from commande_essms')" "$(sqlite3 x.db 'select count(*) from commande')"
    egal "$(sqlite3 r.db 'select count(*) from commande')" "$1"
    rapport 'commande importer' "$1" 220

    nous() { "$mesure" 1 0 '' sons controler --au "$horloge"; }
    eux() { "$mesure" 1 0 '' sqlite3 r.db 'select * from commande; select * from commande_essms; select * from finess_et'; }
    alterner
    rapport 'controler' "$1" 150

    mesurer_journal
    cp r.db vies.db

    taire sons avance demander --toutes
    mv r.db r0.db
    nous() {
        "$mesure" 1 0 'cp r0.db r.db; rm -rf lots; mkdir lots; sync' \
            sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots
    }
    eux() {
        [ -s lot.xml ] || unzip -p lots/*.zip lot.xml >lot.xml
        "$mesure" 1 0 '' xmllint --stream --schema "$sources/schemas/lot-asp-1.xsd" --noout lot.xml
    }
    rm -f lot.xml
    alterner
    egal "$(grep -c '<montantAvance>' lot.xml)" "$1"
    rapport 'lot emettre (demandes)' "$1" 130
    mesurer_vies "$1"
}

# The same orders through their whole life, more than ten facts each; then every list, against the tables that it reads.
mesurer_vies() { # orders
    mv r.db emis.db
    mv vies.db r.db
    rm -rf r0.db lots vies
    sh "$sources/tests/outils/generer_vies.sh" "$outils" r.db vies 1 >actes 2>erreurs || { tail -n 5 erreurs >&2; exit 3; }
    rm -rf vies
    SONS_HORLOGE=2023-07-15T10:00:00Z
    vie='commande commande_essms vie'
    suite='facture va va_essms solde solde_retrait'
    demandes='commande vie demande emission reponse'
    mesurer_liste "$1" 'commande lister' "$vie demande personne"
    mesurer_liste "$1" 'demande lister' "$demandes"
    mesurer_liste "$1" 'demande lister --sans-reponse --au 2023-07-01' "$demandes"
    mesurer_liste "$1" 'lot lister' 'lot emission reponse'
    mesurer_liste "$1" 'encaissement lister' 'encaissement commande'
    mesurer_liste "$1" 'virement lister' 'virement encaissement'
    mesurer_liste "$1" 'echeances' "$vie $suite"
    mesurer_liste "$1" 'reversements --au 2024-05-01' "$vie $suite"
    mesurer_liste "$1" 'situation 2023-06' 'journal commande vie demande demande_faite lot facture va encaissement virement ordre_de_recouvrer reversement retiree'
    mesurer_liste "$1" 'journal voir' 'journal'
    mesurer_tout 3
    SONS_HORLOGE=2022-12-20T10:00:00Z
    mv emis.db r.db
}
# mesurer_liste ORDERS WORDS TABLES: the words of the list, without blanks inside.
mesurer_liste() {
    mots=$2
    sql=
    for table in $3; do sql="$sql select * from $table;"; done
    nous() { "$mesure" 1 0 '' sons $mots; }
    eux() { "$mesure" 1 0 '' sqlite3 r.db "$sql"; }
    alterner 3
    rapport "$(printf %.24s "$2")" "$1" 300
}

# The registre that the import of orders has just filled. A scan: every row of every table of the file, read by sqlite3.
mesurer_journal() {
    entrees=$(sqlite3 r.db 'select count(*) from journal')
    sqlite3 -newline '' r.db 'select octets from journal order by numero' >journal.txt
    nous() { "$mesure" 1 0 '' sons journal verifier; }
    eux() { "$mesure" 1 0 '' sha256sum journal.txt; }
    alterner
    rapport 'journal verifier' "$entrees" 100
    rm -f journal.txt
    mesurer_tout 5
}
mesurer_tout() { # times
    balayage=$(sqlite3 r.db "select 'select * from \"' || name || '\";' from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    nous() { "$mesure" 1 0 '' sons journal verifier --tout; }
    eux() { "$mesure" 1 0 '' sqlite3 r.db "$balayage"; }
    alterner "$1"
    rapport 'journal verifier --tout' "$(sqlite3 r.db 'select count(*) from journal')" 400
}

# A journal of 400 000 entries, sealed; one order out of it. The same work by others: the bytes hashed, once to seal and verify.
mesurer_sceaux() {
    "$outils/generer_journal" r.db $((400000 - $(sqlite3 r.db "select count(*) from journal"))) 2>erreurs
    numero=$(sqlite3 r.db "select numero from commande order by fait limit 1")
    rm -rf sceaux
    mkdir sceaux
    taire sons journal sceller --sortie sceaux
    sceau=$(echo sceaux/*.txt)
    sqlite3 -newline "" r.db "select octets from journal order by numero" >journal.txt
    nous() { "$mesure" 1 0 "" sons journal verifier --sceau "$sceau"; }
    eux() { "$mesure" 1 0 "" sh -c "sha256sum journal.txt; sha256sum journal.txt"; }
    alterner
    rapport "journal verifier --sceau" 400000 100
    nous() { "$mesure" 1 0 "rm -f extrait.txt" sons journal extrait "$numero" --sceau "$sceau" --sortie extrait.txt; }
    eux() { "$mesure" 1 0 "" sha256sum journal.txt; }
    alterner
    rapport "journal extrait" 400000 10
    [ "$us_a" -le 1000000 ] || { echo "journal extrait dépasse une seconde."; trop_lent=$((trop_lent + 1)); }
    rm -rf journal.txt extrait.txt sceaux
}

mesurer_depart() {
    nous() { "$mesure" 99 0 '' sons --version; }
    eux() { "$mesure" 99 0 '' sqlite3 --version; }
    alterner
    rapport 'sons --version' 1 200
}

printf '%-24s %7s %11s %11s %6s %6s %6s %4s %9s %11s\n' mesure taille sons 'référence' ratio 'proc.' cible '' 'mémoire' 'par unité'
mesurer_depart
for et in 34250 68500 137000; do mesurer_finess "$et"; done
mesurer_commandes 12500 94000
mesurer_commandes 25000 188000
mesurer_commandes 50000 366000
mesurer_sceaux
cat <<'FIN'

Médianes de cinq, processus entiers, sons et sa référence à tour de rôle. « ratio » : temps écoulés, comparé à la cible ;
« proc. » : temps de processeur. Mémoire : pic de sons. Références :
  sons --version         sqlite3 --version (cinq médianes de 99)
  finess importer        sqlite3 .import du fichier dans une table (without rowid) dont le numéro est la clé
  commande importer      sqlite3 .import de la feuille
  controler              sqlite3 "select *" de commande, commande_essms et finess_et
  journal verifier       sha256sum des mêmes octets
  journal verifier --tout  sqlite3 "select *" de toutes les tables du fichier, c'est-à-dire tout ce qu'elle vérifie, lu une fois
  lot emettre            xmllint --stream --schema --noout du même XML (sons le valide et fait l'archive)
  journal verifier --sceau  deux fois sha256sum des mêmes octets : la chaîne, et l'arbre
  listes (3 mesures)     sqlite3 "select *" des tables que la liste lit, sur les mêmes commandes menées de l'avance au solde
  journal extrait        sha256sum des mêmes octets, une fois
FIN
if [ "$pic_finess" -gt 65536 ]; then
    echo 'finess importer dépasse 64 Mo.'
    trop_lent=$((trop_lent + 1))
fi
rm -f ./*.db base.csv lot.xml
rm -rf lots
[ "$trop_lent" = 0 ] || { echo "$trop_lent cible(s) manquée(s)."; exit 1; }
