# The extract of one order: all its facts, no other order, verified elsewhere; every way of spoiling it. Then a long journal.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier extraits
dit() {
    dit_nom=$1 dit_code=$2 dit_part=$3; shift 3
    code "$dit_nom" "$dit_code" "$@"
    contient "$dit_nom : dit" "$tap_sortie" "$dit_part"
}
complet r.db
a 2022-12-14T09:00:00Z
mkdir s ailleurs
sons contact retirer --commande BC-2022-001 --motif "partie" >/dev/null 2>&1
sons journal sceller --sortie s >/dev/null 2>&1
S=$(echo s/sceau-*-000002.txt)
cp "$S" ailleurs/sceau.txt
seul() { (cd ailleurs && unset SONS_REGISTRE SONS_HORLOGE && "$SONS" "$@"); }
verifier() { seul journal verifier --extrait "../$1" --sceau sceau.txt; }

# --- every order: its facts, all of them, and no other order than those that the program names ---
numeros=$(sqlite3 r.db "select numero from commande order by 1")
vus=0 trop= manque= noms=
for c in $numeros; do
    sons journal extrait "$c" --sceau "$S" --sortie "$c.txt" >dit 2>&1 || { ko "extrait de $c"; continue; }
    verifier "$c.txt" >verifie 2>&1 || manque="$manque $c:refusé"
    fait=$(sqlite3 r.db "select fait from commande where numero = '$c'")
    attendues=$(sqlite3 r.db "select 1 union select $fait union select numero from journal where octets like '%-V_' || char(10) || 'commande $fait' || char(10) || '%' union select numero from journal join emission e on e.commande = $fait and (octets like '%' || char(10) || 'fait Lot%' || char(10) || 'fournisseur ' || e.fournisseur || char(10) || 'lot ' || e.lot || char(10) || '%' or octets like '%fait DepotRectifie%' || char(10) || 'fournisseur ' || e.fournisseur || char(10) || 'lot ' || e.lot || char(10) || '%') union select retire_par from contact where commande = $fait and retire_par is not null order by 1" | tr '\n' ' ')
    [ "$(sed -n 's/^entree //p' "$c.txt" | tr '\n' ' ')" = "$attendues" ] || manque="$manque $c"
    for autre in $numeros; do
        [ "$autre" = "$c" ] || ! grep -qw -e "$autre" "$c.txt" || grep -qw -e "$autre" dit || trop="$trop $c:$autre"
    done
    noms="$noms$(grep -c 'Exemple [A-Z]' "$c.txt")"
    vus=$((vus + 1))
done
egal "chaque commande a son extrait, avec tous ses faits ($vus)" "$manque" ""
cas "neuf commandes au moins" [ "$vus" -ge 9 ]
egal "aucun n'en montre une autre sans le dire" "$trop" ""
egal "aucun nom de personne" "$(printf '%s' "$noms" | tr -d 0)" ""
dit "un extrait se lit" 0 "ContactRetire" verifier BC-2022-001.txt
contient "ce qu'il prouve est dit" "$tap_sortie" "commande BC-2022-001, sceau n° 2 du 14/12/2022"
contient "ce qu'il ne prouve pas aussi" "$tap_sortie" "il ne prouve pas qu'il n'y a rien d'autre"
egal "en CSV, une ligne par fait" "$(seul journal verifier --extrait ../BC-2022-001.txt --sceau sceau.txt --format csv 2>/dev/null | tail -n +2 | wc -l)" "$(grep -c '^entree ' BC-2022-001.txt)"
nommee=$(for c in $numeros; do rm -f x.txt; sons journal extrait "$c" --sceau "$S" --sortie x.txt 2>&1 | grep -q E-173 && echo "$c"; done | head -n 1)
rm -f x.txt
dit "avec --strict, une commande que d'autres touchent n'est pas extraite" 1 "--strict" sons journal extrait "$nommee" --sceau "$S" --sortie x.txt --strict
cas "rien n'est écrit" [ ! -e x.txt ]

# --- asking ---
dit "un fichier qui existe n'est pas remplacé" 1 E-007 sons journal extrait BC-2022-001 --sceau "$S" --sortie BC-2022-001.txt
code "--essai" 0 sons journal extrait BC-2022-001 --sceau "$S" --sortie x.txt --essai
cas "n'écrit rien" [ ! -e x.txt ]
code "une commande inconnue" 1 sons journal extrait BC-9 --sceau "$S" --sortie x.txt
code "sans sortie" 2 sons journal extrait BC-2022-001 --sceau "$S"
code "deux sceaux" 2 sons journal extrait BC-2022-001 --sceau "$S" --sceau "$S" --sortie x.txt
code "un sceau qui n'en est pas un" 1 sons journal extrait BC-2022-001 --sceau samples/commandes.csv --sortie x.txt
sons commande noter BC-2022-001 "après le sceau" >/dev/null 2>&1
dit "un fait d'après le sceau est compté, non prouvé" 0 "1 autre est postérieure au sceau" sons journal extrait BC-2022-001 --sceau "$S" --sortie x.txt
cas "l'extrait est le même" cmp -s x.txt BC-2022-001.txt
sed -n 1p samples/commandes.csv >neuve.csv
echo 'BC-2022-077;2B0005342;;;;14/09/2022;DUI Maquis;5.2;;;;;;;;;;;' >>neuve.csv
sons commande importer neuve.csv >/dev/null 2>&1
rm -f x.txt
dit "une commande d'après le sceau" 1 "enregistrée après ce sceau" sons journal extrait BC-2022-077 --sceau "$S" --sortie x.txt
sons journal sceller --sortie s >/dev/null 2>&1
S3=$(echo s/sceau-*-000003.txt)
dit "le sceau suivant la prouve" 0 "2 entrées" sons journal extrait BC-2022-077 --sceau "$S3" --sortie x.txt

# --- spoiled: a byte changed anywhere; then, the last line redone, what only the proofs see ---
E=BC-2022-002.txt
octets=$(wc -c <$E) i=0 mal= vus=0
while [ $i -lt "$octets" ]; do
    { head -c $i $E; tail -c +$((i + 1)) $E | head -c 1 | tr ' -~\n' '!-~ a'; tail -c +$((i + 2)) $E; } >faux.txt
    verifier faux.txt >dit 2>&1 && rc=0 || rc=$?
    cmp -s $E faux.txt || { [ $rc = 4 ] && grep -q E-202 dit; } || mal="$mal $i:$rc"
    vus=$((vus + 1))
    i=$((i + 101))
done
egal "un octet changé : extrait altéré ($vus)" "$mal" ""
refaire() { sed '$d' f.txt >corps; { cat corps; printf 'empreinte %s\n' "$(empreinte corps)"; } >faux.txt; }
forger() { sed "$2" $E >f.txt; refaire; cas "$1 : c'est autre chose" sh -c '! cmp -s "$0" faux.txt' $E; dit "$1" "$3" "$4" verifier faux.txt; }
fait=$(sed -n 's/^commande //p' $E)
forger "un montant forgé" "s/^| montant_ht .*/| montant_ht 1/" 4 "entrée $fait de l'extrait : sa preuve d'inscription ne mène pas à la racine scellée"
forger "une preuve forgée" "0,/^preuve ..../s//preuve 0000/" 4 E-216
forger "une preuve plus courte" "0,/^preuve /{/^preuve /d}" 4 E-216
forger "un autre numéro d'entrée" "s/^entree $fait\$/entree $((fait + 1))/" 4 E-216
forger "l'ouverture ôtée" "/^entree 1\$/,/^entree $fait\$/{/^entree $fait\$/!d}" 4 "il manque l'ouverture du registre"
awk -v e="$fait" '/^entree / { ote = $2 == e } !ote' $E >f.txt
refaire
dit "l'enregistrement ôté" 4 "il manque l'enregistrement de la commande" verifier faux.txt
forger "la commande d'un autre" "s/^commande $fait\$/commande $((fait + 1))/" 4 "elle ne concerne pas cette commande"
forger "le bordereau forgé" "s/^| racine ..../| racine 0000/" 1 "l'extrait ne porte pas ce sceau"
forger "une ligne de trop" "s/^entree 1\$/bonjour 1\nentree 1/" 1 "« entree VALEUR »"
forger "un octet nul" "s/^| titulaire/| titulaire\x00/" 1 E-217
{ sed '$d' $E; sed -n "/^entree $(sed -n 's/^commande //p' BC-2022-003.txt)\$/,\$p" BC-2022-003.txt; } >f.txt
refaire
dit "les faits d'une autre commande, prouvés, ajoutés" 4 "elle ne concerne pas cette commande" verifier faux.txt
lot=$(awk '/^entree /{ n = $2 } /^[|] fait LotEmis/{ print n; exit }' BC-2022-001.txt)
cas "le lot qui porta ses demandes y est" [ -n "$lot" ]
cas "une autre commande n'en avait pas" sh -c '! grep -q "^| fait LotEmis" '$E
{ sed '$d' $E | awk -v e="$lot" '/^entree / && $2 > e { exit } { print }'; awk -v e="$lot" '/^entree |^empreinte /{ dans = $2 == e } dans' BC-2022-001.txt; echo empreinte; } >f.txt
refaire
dit "un lot qui n'a rien porté d'elle, prouvé, ajouté" 4 "entrée $lot de l'extrait : elle ne concerne pas cette commande" verifier faux.txt
dit "un extrait d'un autre sceau" 1 E-217 verifier x.txt
printf 'bonjour\n' >faux.txt
dit "un autre fichier" 1 "ce n'est pas un extrait du journal" verifier faux.txt
head -c 70000000 /dev/zero >faux.txt
code "un fichier énorme" 1 verifier faux.txt
rm faux.txt
dit "le bordereau à la place de l'extrait" 1 E-201 seul journal verifier --extrait sceau.txt --sceau sceau.txt
printf 'x' >>ailleurs/sceau.txt
dit "le sceau lui-même altéré" 4 E-202 verifier $E
cp "$S" ailleurs/sceau.txt

# --- a journal that was changed gives no extract of it ---
declencheurs=$(grep '^create trigger' "$SONS_SRCDIR/src/registre/livre.sql")
trafiquer() { cp r.db t.db; sqlite3 t.db "drop trigger journal_sans_update; drop trigger journal_sans_delete; $1; $declencheurs"; rm -f y.txt; }
trafiquer "update journal set octets = replace(octets, 'montant_ht 1', 'montant_ht 2') where numero = $fait"
dit "une entrée changée" 4 "l'entrée 1 n'est plus celle du sceau" sons --registre t.db journal extrait BC-2022-002 --sceau "$S" --sortie y.txt || :
trafiquer "delete from journal where numero = $fait + 1"
code "une entrée ôtée" 4 sons --registre t.db journal extrait BC-2022-002 --sceau "$S" --sortie y.txt
trafiquer "delete from sceau_bloc"
code "les blocs oubliés se refont" 0 sons --registre t.db journal extrait BC-2022-002 --sceau "$S" --sortie y.txt
cas "le même extrait" cmp -s $E y.txt
trafiquer "update sceau_bloc set empreinte = zeroblob(32) where rang = 0"
dit "un bloc abîmé n'en fait pas un faux" 4 E-207 sons --registre t.db journal extrait BC-2022-002 --sceau "$S" --sortie y.txt
cas "rien n'est écrit" [ ! -e y.txt ]

# --- a long journal, sealed at lengths that fall inside and at the end of blocks ---
generer=$SONS_BUILDDIR/tests/outils/generer_journal
rang=3
for n in 29 3 500 1024 1; do
    "$generer" r.db $n "$n" 2>/dev/null
    rang=$((rang + 1))
    sons journal sceller --sortie s >dit 2>&1 || { ko "sceau $rang"; cat dit; }
    rm -f y.txt
    sons journal extrait BC-2022-008 --sceau s/sceau-*-00000$rang.txt --sortie y.txt >dit 2>&1
    code "extrait du sceau $rang ($(entrees) entrées)" 0 seul journal verifier --extrait ../y.txt --sceau "../$(echo s/sceau-*-00000$rang.txt)"
done
dit "tous les sceaux, d'un coup" 0 "7 sceaux : 1 identique, 6 grandis, 6 continuités prouvées" sons journal verifier --sceau s/*.txt
tient "tout se vérifie"
code "les projections se refont" 0 sons journal reconstruire
tient "… et se vérifient"
fermer
