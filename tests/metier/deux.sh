# Two `sons` at once on one registre: no lost fact, nobody refused for the other's sake, a reader never sees half of a batch.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier deux
unset SONS_HORLOGE
registre d.db
"$SONS_BUILDDIR/tests/outils/generer_base" --et 4000 --graine 5 --date 2022-01-03 >base.csv
"$SONS_BUILDDIR/tests/outils/generer_base" --et 4000 --graine 6 --date 2023-01-05 >base2.csv
"$SONS_BUILDDIR/tests/outils/generer_commandes" --base base.csv --commandes 400 --graine 3 >c.csv
lignes=$(sed 1d c.csv | cut -d ';' -f 1 | sort -u | wc -l)
egal "quatre cents commandes" "$lignes" 400
{ sed -n 1p c.csv; sed 1d c.csv | awk -F ';' '{ split($1, n, "-"); if (n[2] % 2) print }'; } >impaires.csv
{ sed -n 1p c.csv; sed 1d c.csv | awk -F ';' '{ split($1, n, "-"); if (n[2] % 2 == 0) print }'; } >paires.csv
neuf_reel() { rm -f d.db; sons initialiser --role editeur --siren 123456782 >/dev/null; }
compter() { sqlite3 -cmd '.timeout 5000' d.db "select count(*) from $1"; }

# --- two bases, two sheets ---
for tour in 1 2 3; do
    neuf_reel
    "$SONS" finess importer base.csv >un 2>&1 & p1=$!
    "$SONS" finess importer base2.csv >deux 2>&1 & p2=$!
    cas "tour $tour : une base" wait $p1
    cas "tour $tour : l'autre" wait $p2
    "$SONS" commande importer paires.csv >un 2>&1 & p1=$!
    "$SONS" commande importer impaires.csv >deux 2>&1 & p2=$!
    cas "tour $tour : une feuille" wait $p1
    cas "tour $tour : l'autre" wait $p2
    egal "tour $tour : toutes les commandes, tous les faits" "$(compter commande) $(compter finess_base) $(compter journal)" \
        "400 2 $((1 + 2 + $(compter base_designee) + 400))"
    tient "tour $tour : tout se vérifie"
done

# --- the same thing twice ---
neuf_reel
"$SONS" finess importer base.csv >un 2>&1 & p1=$!
"$SONS" finess importer base.csv >deux 2>&1 & p2=$!
cas "la même base deux fois : l'un" wait $p1
cas "la même base deux fois : l'autre" wait $p2
egal "une seule base" "$(compter finess_base) $(compter finess_et)" "1 4000"
egal "l'un des deux l'a reconnue" "$(cat un deux | grep -c 'Fichier déjà importé')" 1
"$SONS" commande importer paires.csv >un 2>&1 & p1=$!
"$SONS" commande importer paires.csv >deux 2>&1 & p2=$!
cas "la même feuille deux fois : l'un" wait $p1
cas "la même feuille deux fois : l'autre" wait $p2
egal "deux cents commandes" "$(compter commande)" 200
egal "l'un des deux les a trouvées" "$(cat un deux | grep -c 'Toutes déjà enregistrées, inchangées')" 1
tient

# --- who waits says so, and is not refused for a clock read before the other's ---
mkfifo ordres
# jusqua CONDITION…: asked until it holds, for twenty seconds at most.
jusqua() { jusqua_n=0; until "$@" || [ $jusqua_n -ge 400 ]; do sleep 0.05; jusqua_n=$((jusqua_n + 1)); done; }
attente() { # hold the lock; start two writers, the second when the first waits; let go when both do
    sqlite3 d.db <ordres >/dev/null & tenant=$!
    exec 9>ordres
    rm -f tenu
    printf 'begin immediate;\n.shell echo tenu >tenu\n' >&9
    jusqua test -s tenu
    "$SONS" fournisseur declarer --siren 123456782 --nom "Un $1" >un 2>&1 & p1=$!
    jusqua grep -q "j'attends" un
    "$SONS" fournisseur declarer --siren 552100554 --nom "Deux $1" >deux 2>&1 & p2=$!
    jusqua grep -q "j'attends" deux
    printf 'commit;\n' >&9
    exec 9>&-
    wait $tenant
}
for tour in 1 2; do
    n=$(compter journal)
    attente $tour
    cas "tour $tour : le premier parti écrit" wait $p1
    cas "tour $tour : le second aussi" wait $p2
    contient "tour $tour : celui qui attend le dit" "$(cat un)" "Le registre d.db est occupé par une autre commande : j'attends qu'elle finisse."
    egal "tour $tour : deux faits" "$(compter journal)" $((n + 2))
done
egal "ni l'un ni l'autre ne se plaint de l'horloge" "$(cat un deux | grep -c horloge)" 0
tient

# --- readers during a writer ---
neuf_reel
sons finess importer base.csv >/dev/null 2>&1
"$SONS" commande importer c.csv >ecrivain 2>&1 & p=$!
lectures=0 fautes= moities=
while [ $lectures -lt 12 ]; do
    sons commande lister --format csv >lu 2>lu.err && rc=0 || rc=$?
    [ $rc = 0 ] || fautes="$fautes $rc"
    n=$(sed 1d lu | cut -d ';' -f 1 | sort -u | wc -l)
    [ "$n" = 0 ] || [ "$n" = 400 ] || moities="$moities $n"
    lectures=$((lectures + 1))
done
cas "l'écrivain finit" wait $p
egal "douze lectures sans faute" "$fautes" ""
egal "jamais une partie du lot" "$moities" ""
egal "à la fin, tout" "$(sons commande lister --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1 | sort -u | wc -l)" 400
tient

# --- killed in the middle ---
neuf_reel
sons finess importer base.csv >/dev/null 2>&1
cp d.db avant.db
entiers=0 nuls=0 autres=
for delai in 0.005 0.01 0.02 0.03 0.05 0.08 0.12; do
    cp avant.db d.db
    rm -f d.db-journal
    "$SONS" commande importer c.csv >/dev/null 2>&1 & p=$!
    sleep $delai
    kill -9 $p 2>/dev/null # the program itself, not a shell around it
    wait $p 2>/dev/null
    code "tué après $delai s : tout se vérifie" 0 sons journal verifier --tout
    case $(compter commande) in 0) nuls=$((nuls + 1)) ;; 400) entiers=$((entiers + 1)) ;; *) autres="$autres $(compter commande)" ;; esac
done
egal "tout ou rien" "$autres" ""
cas "tué assez tôt au moins une fois" [ $nuls -gt 0 ]
cp avant.db d.db
code "et l'on recommence" 0 sons commande importer c.csv
tient
fermer
