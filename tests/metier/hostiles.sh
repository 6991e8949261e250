# Hostile inputs at the level of commands: the exact exit code, a message that names the place, not a byte of the registre
# changed.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier hostiles

complet h.db
a 2022-12-20T09:00:00Z
mkdir dossier
mkfifo tube
importer() { timeout 20 "$SONS" "$@"; }

# --- files of any kind, for every command that reads one ---
: >vide.csv
head -c 70000 "$SONS" >binaire.csv
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >image.csv
gzip -c samples/commandes.csv | head -c 300 >tronque.csv.gz
gzip -c samples/commandes.csv >suivi.csv.gz; printf 'reste' >>suivi.csv.gz
printf '\037\213' >gz2.csv.gz
{ head -c 30000000 /dev/zero | tr '\0' a; } >longue.csv
truncate -s 500M longue.csv
cp --sparse=always longue.csv geant.csv
truncate -s 1G geant.csv
{ printf '\377\376'; printf 'numero;finess_et\nA;2A0000360\n' | iconv -f UTF-8 -t UTF-16LE; } >utf16.csv
ln -s absent pendu.csv
# chaque NAME CODE MESSAGE FILE: the same verdict from the five readers
lecteurs=0
chaque() {
    for genre in "finess importer" "fournisseur importer" "solution importer" "financement importer" "commande importer"; do
        rien "$genre : $1" "$2" "$3" importer $genre "$4"
        contient "$genre : $1 : le fichier est nommé" "$tap_sortie" "$4"
        lecteurs=$((lecteurs + 1))
    done
}
chaque "fichier absent" 3 E-001 absent.csv
chaque "lien vers rien" 3 E-001 pendu.csv
chaque "dossier" 1 E-002 dossier
chaque "tube" 1 E-002 tube
chaque "/dev/zero" 1 E-002 /dev/zero
chaque "/dev/null" 1 E-002 /dev/null
chaque "vide" 1 E-010 vide.csv
chaque "binaire" 1 E-013 binaire.csv
chaque "image" 1 E-013 image.csv
chaque "gzip tronqué" 1 E-011 tronque.csv.gz
chaque "gzip de deux octets" 1 E-011 gz2.csv.gz
chaque "gzip suivi d'autre chose" 1 E-011 suivi.csv.gz
chaque "un gigaoctet" 1 E-004 geant.csv
chaque "une ligne de cinq cents mégaoctets" 1 E-012 longue.csv
chaque "UTF-16" 1 E-014 utf16.csv
egal "soixante-quinze lectures" "$lecteurs" 75
rm -f geant.csv longue.csv
debut=$(date +%s)
{ yes 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | tr -d '\n' | head -c 200000000; } | gzip -1 >geant.csv.gz
rien "une ligne immense, comprimée" 1 E-012 importer commande importer geant.csv.gz
cas "sans la lire toute" [ $(($(date +%s) - debut)) -lt 15 ]
rm -f geant.csv.gz

# --- sheets ---
et=2A0000360
feuille() { printf "$@" >f.csv; }
feuille 'numero;finess_et\nA;%s\nB;2A00\00000\n' $et
rien "un NUL" 1 E-013 importer commande importer f.csv
feuille 'numero;finess_et\nA;"%s\nB;%s\n' $et $et
rien "guillemet ouvert" 1 "f.csv, ligne 2" importer commande importer f.csv
contient "c'en est un" "$tap_sortie" E-017
feuille 'numero;finess_et\nA;"%s"x\n' $et
rien "guillemet suivi d'autre chose" 1 E-017 importer commande importer f.csv
feuille 'numero;finess_et;Numéro\nA;%s;B\n' $et
rien "en-têtes en double" 1 E-022 importer commande importer f.csv
feuille 'a;b\n1;2\n'
rien "aucune colonne connue" 1 E-020 importer commande importer f.csv
feuille 'numero;finess_et\nA;%s;x;y\n' $et
rien "plus de champs que d'en-têtes" 1 E-023 importer commande importer f.csv
contient "la ligne" "$tap_sortie" "f.csv, ligne 2"
for formule in '=1+1' '@SUM(A1)' '+cmd' '-(1)' '=HYPERLINK(1)'; do
    feuille 'numero;finess_et;reference_externe\nA;%s;"%s"\n' $et "$formule"
    rien "formule $formule" 1 "f.csv, ligne 2 (cellule C2) : erreur E-019" importer commande importer f.csv
done
feuille 'numero;finess_et;solution\nA;%s;a\033[31mb\n' $et
rien "séquence d'échappement" 1 "f.csv, ligne 2 (cellule C2) : erreur E-018" importer commande importer f.csv
egal "elle n'atteint pas le terminal" "$(printf '%s' "$tap_sortie" | tr -cd '\033' | wc -c)" 0
feuille 'numero;finess_et\rA;%s\r' $et
rien "fins de ligne d'un ancien Mac" 1 E-015 importer commande importer f.csv
awk 'BEGIN { printf "numero;finess_et"; for (i = 0; i < 300; i++) printf ";c%d", i; print ""; print "A;2A0000360" }' >f.csv
rien "trois cents colonnes" 1 "f.csv" importer commande importer f.csv
# All faults of a sheet at once.
feuille 'numero;finess_et;date_signature;montant_ht;couloir\nA;12;31/02/2022;x;MS9\n;;;;\nB;%s;2022-07-12;1;MS1\nC;;hier;6.570;MS1\n' $et
rien "sept fautes" 1 "E-125" importer commande importer f.csv
egal "toutes dites" "$(printf '%s\n' "$tap_sortie" | grep -c '^f.csv, ligne [25] (cellule [A-E][25]) : erreur')" 7

# --- FINESS ---
for genre in cs1100504 cs1100505 cs1100507; do
    fichier="$SONS_SRCDIR/tests/formes/etalab-$genre-extrait.csv"
    [ -f "$fichier" ] || fichier=$(ls "$SONS_SRCDIR"/tests/formes/*$genre* 2>/dev/null | head -n 1)
    [ -n "$fichier" ] && [ -f "$fichier" ] || continue
    rien "un fichier $genre" 1 "$genre" importer finess importer "$fichier"
done
bon=samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv
base_de() { sed "1s/2022-01-03/2022-02-03/; $1" $bon >b.csv; }
refuse_base() { base_de "$2"; rien "$1" 1 "$3" importer finess importer b.csv; }
refuse_base "une clé fausse" '40s/;2A0/;2A1/' "b.csv, ligne 40"
refuse_base "un numéro en double" '40p' "b.csv, ligne 41"
refuse_base "un champ de trop" '40s/;CORSE/;x;CORSE/' "b.csv, ligne 40"
refuse_base "un guillemet ouvert" '40s/;2A;/;"2A;/' "b.csv, ligne 40"
refuse_base "un autre genre de ligne" '40s/^structureet/structurez/' "b.csv, ligne 40"
refuse_base "une date impossible" '1s/2022-02-03/2022-02-30/' "b.csv, ligne 1"
refuse_base "ligne 1 seule" '2,$d' "b.csv"
rien "un fichier de commandes" 1 "E-026" importer finess importer samples/commandes.csv
rien "une base donnée pour une feuille" 1 "E-020" importer commande importer $bon
rien "--base d'une autre date que la ligne 1" 1 "E-030" importer finess importer $bon --base 2022-01-04

# --- paths ---
etrange="a b'c\"d;é\$x.csv"
cp samples/fournisseurs.csv "$etrange"
code "un chemin d'espaces, d'apostrophes et de guillemets" 0 sons fournisseur importer "$etrange"
mkdir "dossier d'ici"
printf '%%PDF-1.4\nx\n' >"dossier d'ici/bon \"1\" é.pdf"
printf 'numero;finess_et;piece\nCHEMIN;2A0001269;"bon ""1"" é.pdf"\n' >"dossier d'ici/feuille.csv"
code "une pièce de même, relative à la feuille" 0 sons commande importer "dossier d'ici/feuille.csv"
egal "elle est jointe" "$(sqlite3 h.db "select count(*) from piece_jointe p join commande o on o.fait = p.commande where o.numero = 'CHEMIN'")" 1
cp h.db "autre registre d'ici é;\"x\".db"
code "un registre de même" 0 sons journal verifier --tout --registre "autre registre d'ici é;\"x\".db"
code "et son passé" 0 sons commande lister --connu-le 2022-12-10 --registre "autre registre d'ici é;\"x\".db"
saut="absent
suite.csv"
rien "un saut de ligne dans un chemin" 3 E-001 importer commande importer "$saut"
cas "ne coupe pas le message" sh -c 'printf "%s\n" "$1" | grep -q "absent.suite.csv"' sh "$tap_sortie"
registre h.db

# --- pieces ---
printf '%%PDF-1.4\nvraie\n' >vraie.pdf
ln -s vraie.pdf lien.pdf
truncate -s 21M grosse.pdf
truncate -s 20971520 limite.pdf
: >vide.pdf
vus=0
while IFS='|' read -r nom piece part; do
    vus=$((vus + 1))
    printf 'numero;finess_et;piece\nBONNE;2A0002861;vraie.pdf\nFAUSSE;2A0003026;%s\n' "$piece" >p.csv
    rien "pièce : $nom" 1 "p.csv, ligne 3 (cellule C3) : erreur" importer commande importer p.csv
    contient "pièce : $nom : pourquoi" "$tap_sortie" "$part"
done <<'FIN'
absente|absente.pdf|n'existe pas
dossier|dossier|dossier
tube|tube|tube (FIFO)
chemin absolu|/dev/zero|nom de fichier inacceptable
hors du dossier|../vraie.pdf|nom de fichier inacceptable
lien|lien.pdf|lien
lien vers rien|pendu.csv|lien
trop grosse|grosse.pdf|20
vide|vide.pdf|vide
FIN
egal "neuf pièces refusées" "$vus" 9
for piece in absente.pdf dossier tube /dev/zero vide.pdf grosse.pdf; do
    tap_attendu=1; [ $piece = absente.pdf ] && tap_attendu=3
    rien "joindre $piece" $tap_attendu "$piece" importer commande joindre BC-2022-001 $piece --role autre
    rien "attester $piece" $tap_attendu "$piece" importer financement attester BC-2022-001 --date-attestation 2022-07-12 --piece $piece
done
cp h.db petit.db
code "vingt mégaoctets tout juste" 0 importer commande joindre BC-2022-001 limite.pdf --role autre
code "un lien nommé par l'utilisateur est suivi" 0 importer commande joindre BC-2022-001 lien.pdf --role autre
tient

# It vanishes while the registre is held by another: its bytes are already aside.
printf '%%PDF-1.4\nfugace\n' >fugace.pdf
printf 'numero;finess_et;piece\nFUGACE;2A0003885;fugace.pdf\n' >p.csv
mkfifo ordres
sqlite3 h.db <ordres >/dev/null &
tenant=$!
exec 9>ordres
# jusqua CONDITION…: asked until it holds, for twenty seconds at most.
jusqua() { jusqua_n=0; until "$@" || [ $jusqua_n -ge 400 ]; do sleep 0.05; jusqua_n=$((jusqua_n + 1)); done; }
printf 'begin immediate;\n.shell echo tenu >tenu\n' >&9
jusqua test -s tenu
importer commande importer p.csv >fugace.sortie 2>&1 &
attendant=$!
jusqua grep -q 'est occupé par une autre commande' fugace.sortie
rm -f fugace.pdf p.csv
printf 'commit;\n' >&9
exec 9>&-
wait $tenant
cas "la pièce et la feuille s'évanouissent pendant l'attente" wait $attendant
contient "l'attente est dite" "$(cat fugace.sortie)" "est occupé par une autre commande"
egal "la pièce est là" "$(sqlite3 h.db "select count(*) from piece where contenu = cast('%PDF-1.4
fugace
' as blob)")" 1
tient

# --- the registre itself ---
printf 'ceci est un texte\n' >texte.db
: >zero.db
sqlite3 autre.db 'create table t (x)'
head -c 40 h.db >entete.db
mauvais=0
for r in texte.db zero.db autre.db entete.db dossier tube /dev/zero /dev/null absent.db; do
    attendu=2; [ $r = entete.db ] && attendu=4
    for verbe in "commande lister" "journal verifier" "fournisseur enroler 123456782"; do
        code "registre $r : $verbe" $attendu timeout 20 "$SONS" $verbe --registre $r
        contient "registre $r : $verbe : il est nommé" "$tap_sortie" "$r"
        mauvais=$((mauvais + 1))
    done
done
egal "vingt-sept refus" "$mauvais" 27
egal "rien n'est écrit dans ce qui n'en est pas un" "$(cat texte.db; wc -c <zero.db; ls absent.db 2>&1 | wc -l)" "ceci est un texte
0
1"
rien "initialiser sur un fichier existant" 1 E-007 sons initialiser --fictif --registre texte.db
code "initialiser dans un dossier absent" 3 sons initialiser --fictif --registre absent/x.db
contient "pourquoi" "$tap_sortie" "le dossier n'existe pas"

# Cut anywhere, or one page of it spoilt: never a crash, never « intact ».
taille=$(wc -c <h.db)
page=16384
pages=$((taille / page))
code "entier" 0 sons journal verifier --tout
coupes=0
for n in 1 2 3 $((pages / 2)) $((pages - 1)); do
    head -c $((n * page)) h.db >coupe.db
    code "coupé à $n pages" 4 sons journal verifier --tout --registre coupe.db
    coupes=$((coupes + 1))
done
egal "cinq coupures" "$coupes" 5
sqlite3 petit.db 'vacuum into "dense.db"'
pages=$(($(wc -c <dense.db) / page))
intacts= plantes=
n=1
while [ $n -lt $pages ]; do
    cp dense.db page.db
    head -c 48 /dev/zero | tr '\0' '\377' | dd of=page.db bs=1 seek=$((n * page)) conv=notrunc 2>/dev/null
    sons journal verifier --tout --registre page.db >page.sortie 2>&1 </dev/null && rc=0 || rc=$?
    [ $rc = 4 ] || intacts="$intacts $n:$rc"
    [ $rc -lt 5 ] || plantes="$plantes $n:$rc"
    n=$((n + 1))
done
egal "chaque page abîmée se voit ($pages pages)" "$intacts" ""
egal "sans planter" "$plantes" ""

# --- read-only ---
registre petit.db
chmod 0444 petit.db
if [ "$(id -u)" = 0 ]; then
    command -v setpriv >/dev/null && autre="setpriv --reuid=65534 --regid=65534 --clear-groups" || autre=
    chmod 0755 . 2>/dev/null
else
    autre=env
fi
if [ -n "$autre" ] && $autre test -r "$PWD/petit.db" && $autre test -x "$SONS"; then
    rien "registre en lecture seule : on le lit" 0 "BC-2022-001" $autre "$SONS" commande lister
    rien "on le vérifie" 0 "chaîne et forme intactes" $autre "$SONS" journal verifier --tout
    rien "on lit son passé" 0 "BC-2022-001" $autre "$SONS" commande lister --connu-le 2022-12-08
    rien "on n'y écrit pas" 3 "petit.db" $autre "$SONS" fournisseur enroler 123456782 --le 2022-07-09
    rien "ni dans un dossier fermé" 3 "absent.db" $autre "$SONS" initialiser --fictif --registre absent.db
fi
chmod 0644 petit.db
tient
fermer
