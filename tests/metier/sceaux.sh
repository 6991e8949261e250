# Seals: what each one says of a registre left alone, grown, cut, rewritten, replaced; seals that contradict one another; extracts.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier sceaux
declencheurs=$(grep '^create trigger' "$SONS_SRCDIR/src/registre/livre.sql")
# Whoever tampers puts the triggers back.
trafiquer() { sqlite3 "$SONS_REGISTRE" "drop trigger journal_sans_update; drop trigger journal_sans_delete; $1; $declencheurs"; }
# … and takes away the hash of the last entry, which tells whatever comes after it.
oublier_la_fin() { sqlite3 "$SONS_REGISTRE" "delete from reglage where cle = 'tete'"; }
verifier() { sons journal verifier --sceau "$@"; }
# dit NAME CODE PART command…
dit() {
    dit_nom=$1 dit_code=$2 dit_part=$3; shift 3
    code "$dit_nom" "$dit_code" "$@"
    contient "$dit_nom : dit" "$tap_sortie" "$dit_part"
}
noter() { sons commande noter BC-2022-001 "$1" >/dev/null 2>&1; }
# The chain redone from entry $1 + 1 on, by hand.
rechainer() {
    i=$1
    dernier=$(entrees)
    while [ "$i" -lt "$dernier" ]; do
        sons journal voir "$i" 2>/dev/null >e.avant
        p=$(empreinte e.avant)
        i=$((i + 1))
        sons journal voir "$i" 2>/dev/null | sed "\$s/.*/P $p/" >e.apres
        trafiquer "update journal set octets = cast(readfile('e.apres') as text) where numero = $i"
    done
    oublier_la_fin
}
copie() { cp "$1" "$2" && registre "$2"; }

# --- a registre, sealed three times ---
complet r.db
rm -f sceau-*
a 2022-12-14T09:00:00Z
n0=$(entrees)
code "un premier sceau à lui" 0 sons commande noter BC-2022-001 "avant le sceau"
mkdir s d
code "sceller" 0 sons journal sceller --sortie s
contient "dit combien" "$tap_sortie" "$((n0 + 1)) entrées scellées"
contient "non signé" "$tap_sortie" "Non signé."
S2=$(echo s/sceau-*-000002.txt)
cas "le bordereau et la demande" [ -s "$S2" ] && [ -s "${S2%.txt}.tsq" ]
egal "rien d'autre" "$(ls s | wc -l)" 2
egal "le bordereau a quatorze lignes et la preuve" "$(grep -vc '^continuite ' "$S2")" 14
egal "l'empreinte de la dernière ligne est celle des autres" "$(sed '$d' "$S2" | sha256sum | cut -c 1-64)" "$(sed -n 's/^empreinte //p' "$S2")"
contient "marqué fictif" "$(cat "$S2")" "
fictif oui
"
egal "le journal en tient l'empreinte" "$(sqlite3 r.db "select bordereau from sceau where numero = 2")" "$(empreinte "$S2")"
code "sceller de nouveau sans rien avoir écrit : déjà fait" 0 sons journal sceller --sortie s
contient "dit" "$tap_sortie" "déjà scellé"
egal "aucun sceau de plus" "$(ls s | wc -l)" 2
dit "identique" 0 "Rien n'a été écrit depuis le dernier sceau" verifier "$S2"
contient "identique : le mot" "$tap_sortie" identique
cp r.db ancien.db
a 2022-12-15T09:00:00Z
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do noter "note $i"; done
dit "grandi" 0 "Tout ce qui a été scellé est là, inchangé ; d'autres entrées ont suivi." verifier "$S2"
a 2022-12-16T09:00:00Z
code "un autre sceau" 0 sons journal sceller --sortie s
S3=$(echo s/sceau-*-000003.txt)
code "un sceau perdu se refait" 0 sons journal sceller --sortie d --refaire 1
S1=$(echo d/sceau-*-000001.txt)
code "et le dernier" 0 sons journal sceller --sortie d --refaire 3
cas "octet pour octet" cmp -s "$S3" "d/${S3##*/}"
cas "sa demande aussi" cmp -s "${S3%.txt}.tsq" "d/$(basename "$S3" .txt).tsq"
code "un sceau qui n'existe pas ne se refait pas" 1 sons journal sceller --sortie d --refaire 9
printf 'x' >"$S1.garde"; cp "$S1" "$S1.bon"; echo >>"$S1"
code "refaire ne remplace rien" 1 sons journal sceller --sortie d --refaire 1
mv "$S1.bon" "$S1"
code "refaire ce qui est là : rien à faire" 0 sons journal sceller --sortie d --refaire 1
dit "trois sceaux, continuité" 0 "3 sceaux : 1 identique, 2 grandis, 2 continuités prouvées" verifier "$S1" "$S2" "$S3"
dit "l'ordre ne compte pas" 0 "2 continuités prouvées" sons journal verifier --sceau "$S3" --sceau "$S1" --sceau "$S2"
dit "le premier et le troisième, par le registre" 0 "1 continuité prouvée" verifier "$S1" "$S3"
dit "deux fois le même" 0 "2 sceaux : 2 identiques, 2 non signés" verifier "$S3" "$S3"
tient "tout se vérifie, sceaux compris"
egal "le CSV donne une ligne par sceau" "$(verifier "$S1" "$S3" --format csv 2>/dev/null | tail -n +2 | cut -d ';' -f 2,4,5 | tr '\n' ' ' | tr -d '\r')" \
    "1;$(sed -n 's/^entrees //p' "$S1");grandi 3;$(sed -n 's/^entrees //p' "$S3");identique "
n3=$(sed -n 's/^entrees //p' "$S3"); n2=$(sed -n 's/^entrees //p' "$S2"); n1=$(sed -n 's/^entrees //p' "$S1")
egal "le troisième scelle tout ce qui précède" "$(entrees)" $((n3 + 1))

# --- without a registre ---
mkdir ailleurs; cp s/*.txt d/*1.txt ailleurs
seul() { (cd ailleurs && unset SONS_REGISTRE SONS_HORLOGE && "$SONS" "$@"); }
b1=${S1##*/}; b2=${S2##*/}; b3=${S3##*/}
dit "sans registre, deux sceaux qui se suivent" 0 "Sans registre : les sceaux n'ont été comparés qu'entre eux.
2 sceaux : 1 continuité prouvée" seul journal verifier --sceau "$b1" "$b2"
dit "deux qui ne se suivent pas" 0 "1 continuité non montrée" seul journal verifier --sceau "$b1" "$b3"
contient "ce qui manque est dit" "$tap_sortie" "donner aussi ceux du milieu, ou le registre"
code "un sceau seul, sans registre : refusé" 2 seul journal verifier --sceau "$b1"
contient "dit pourquoi" "$tap_sortie" "il n'y a pas de registre"
code "sans registre ni sceau" 2 seul journal verifier
contient "comme avant" "$tap_sortie" E-101

# --- usage ---
code "sceller sans dossier" 2 sons journal sceller
code "un certificat sans clé" 2 sons journal sceller --sortie s --certificat x.pem
code "horodatage sans sceau" 2 sons journal sceller --horodatage x
code "horodatage et sortie" 2 sons journal sceller --horodatage x --sceau "$S3" --sortie s
code "un sceau sans --sceau" 2 sons journal verifier "$S3"
code "--tout et --sceau" 2 sons journal verifier --tout --sceau "$S3"
code "--confiance sans sceau" 2 sons journal verifier --confiance x.pem
code "--extrait sans sceau" 2 sons journal verifier --extrait x
rien "un registre fictif ne se signe pas" 1 E-215 sons journal sceller --sortie s --cle samples/commandes.csv
code "--essai" 0 sons commande noter BC-2022-001 essai --essai
avant=$(empreinte r.db)
noter "une de plus"
egal "--essai n'écrit pas de sceau" "$(sons journal sceller --sortie d --essai >/dev/null 2>&1; echo $?; ls d | grep -c 000004)" "0
0"
rien "un dossier qui n'existe pas" 3 E-006 sons journal sceller --sortie nulle-part
cp r.db grandi.db
registre r.db
dit "grandi d'une" 0 "1 sceau : 1 grandi" verifier "$S3"

# --- cut ---
couper() { # NAME HOW-MANY-TO-KEEP SEAL MESSAGE
    copie grandi.db x.db
    trafiquer "delete from journal where numero > $2"
    code "$1 : qui ne fait que couper se voit" 4 sons journal verifier
    oublier_la_fin
    code "$1 : la chaîne seule ne le voit pas" "$5" sons journal verifier
    dit "$1" 4 "$4" verifier "$3"
    contient "$1 : le registre est dit autre" "$tap_sortie" "LE REGISTRE N'EST PLUS CELUI QUI A ÉTÉ SCELLÉ"
    [ "$2" = 0 ] || code "$1 : les projections refaites" 0 sons journal reconstruire
    [ "$2" = 0 ] || dit "$1, projections refaites" 4 "$6" verifier "$3"
}
couper "coupé d'une entrée, celle du sceau" "$n3" "$S3" "l'entrée $((n3 + 1)), qui l'enregistre, manque" 0 "l'entrée $((n3 + 1)), qui l'enregistre, manque"
couper "coupé d'une entrée scellée" $((n3 - 1)) "$S3" "la fin du journal a été coupée : sceau n° 3" 0 "le journal a été coupé, ou une copie ancienne a remplacé le registre"
couper "coupé de dix" $((n3 - 10)) "$S3" "la fin du journal a été coupée" 0 "une copie ancienne a remplacé le registre"
couper "tout coupé" 0 "$S3" "la fin du journal a été coupée" 4 ""
copie grandi.db x.db
trafiquer "delete from journal where numero > $((n2 + 1))"
oublier_la_fin
sons journal reconstruire >/dev/null 2>&1
dit "coupé au sceau d'avant" 4 "il y en a $((n2 + 1))" verifier "$S3"
contient "le début est dit intact" "$tap_sortie" "les $n2 premières entrées sont celles d'un sceau antérieur, inchangées"
dit "le sceau d'avant, lui, tient" 0 "1 sceau : 1 identique" verifier "$S2"

# --- an older copy ---
copie ancien.db x.db
dit "une copie ancienne remise" 4 "le journal a été coupé, ou une copie ancienne a remplacé le registre" verifier "$S3"
a 2022-12-20T09:00:00Z
noter "depuis la copie"
dit "une copie ancienne, puis continuée" 4 "une copie ancienne a remplacé le registre, puis a servi" verifier "$S3"
contient "ce qu'il reste est compté" "$tap_sortie" "il n'en reste que $((n2 + 1))"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do noter "suite $i"; done
dit "continuée plus loin que le sceau" 4 "une copie ancienne a remplacé le registre, puis a servi" verifier "$S3"
contient "… : le code" "$tap_sortie" E-206
mkdir o2; sons journal sceller --sortie o2 >/dev/null 2>&1
dit "deux sceaux du même rang se contredisent" 4 "se contredisent" verifier "$S3" o2/sceau-*-000003.txt
a 2022-12-16T09:00:00Z

# --- rewritten ---
e=$n2 # a note, the last entry that the second seal covers
copie grandi.db x.db
trafiquer "update journal set octets = replace(octets, 'programme sons', 'programme Sons') where numero = $e"
dit "une entrée forgée" 4 "journal, entrée $((e + 1)) : elle ne suit pas l'entrée précédente, ou celle-ci a été modifiée" verifier "$S2"
sons journal voir "$e" 2>/dev/null >e.avant
p=$(empreinte e.avant)
sons journal voir $((e + 1)) 2>/dev/null | sed "\$s/.*/P $p/" >e.apres
trafiquer "update journal set octets = cast(readfile('e.apres') as text) where numero = $((e + 1))"
dit "son empreinte refaite dans la suivante" 4 "journal, entrée $((e + 2)) : elle ne suit pas" verifier "$S2"
rechainer "$e"
code "toute la chaîne refaite : elle se vérifie" 0 sons journal verifier
dit "le sceau le voit" 4 "le journal a été réécrit : une au moins des entrées $((n1 + 1)) à $n2 n'est plus celle du sceau n° 2" verifier "$S2"
dit "deux sceaux disent où" 4 "entrées $((n1 + 1)) à $n2" verifier "$S3" "$S2"
contient "le plus ancien tient" "$(verifier "$S1" 2>&1 | head -n 4)" grandi
rien "rien ne se scelle par-dessus" 4 "rien n'est scellé par-dessus" sons journal sceller --sortie d
copie grandi.db x.db
trafiquer "update journal set octets = replace(octets, 'nom Éditeur', 'nom Editeur') where numero = 1"
rechainer 1
dit "la genèse refaite" 4 "aucun sceau donné ne montre de début inchangé" verifier "$S1"
copie grandi.db x.db
trafiquer "delete from journal where numero = $e"
dit "une entrée retirée au milieu" 4 "entrée $e : elle manque" verifier "$S3"

# --- another registre ---
neuf autre.db 2022-12-16T09:00:00Z
dit "le sceau d'un autre registre" 1 "ce sceau est celui d'un autre registre" verifier "$S3"
mkdir o; sons journal sceller --sortie o >/dev/null 2>&1
O1=$(echo o/*.txt)
dit "chacun le sien" 1 "E-203" sons --registre grandi.db journal verifier --sceau "$S3" "$O1"
contient "celui qui est le bon tient" "$tap_sortie" "Le registre tient face à une partie des sceaux donnés"
code "un extrait par un autre sceau" 1 sons --registre grandi.db journal extrait BC-2022-001 --sceau "$O1" --sortie x.txt
contient "dit" "$tap_sortie" E-203

# --- a bordereau changed: each byte in turn, by bits that change with its place ---
registre grandi.db
octets=$(wc -c <"$S3")
i=0 mal= vus=0
while [ $i -lt "$octets" ]; do
    { head -c $i "$S3"; tail -c +$((i + 1)) "$S3" | head -c 1 | od -An -tu1 | awk -v k=$((i % 7)) '{ printf "%c", ($1 + 2 ^ k) % 128 == 0 ? 33 : ($1 + 2 ^ k) % 128 }'
        tail -c +$((i + 2)) "$S3"; } >faux.txt
    verifier faux.txt >dit 2>&1 && rc=0 || rc=$?
    [ $rc = 4 ] && grep -q 'E-202' dit || mal="$mal $i:$rc"
    vus=$((vus + 1))
    i=$((i + 9))
done
egal "un octet changé : chaque fois, sceau altéré ($vus)" "$mal" ""
# … and its last line redone, as whoever knows the format would.
refaire_controle() { sed '$d' "$1" >corps; { cat corps; printf 'empreinte %s\n' "$(empreinte corps)"; } >"$2"; }
forger() { # NAME SED CODE PART
    sed "$2" "$S3" >f.txt
    refaire_controle f.txt faux.txt
    dit "$1" "$3" "$4" verifier faux.txt
}
forger "racine forgée" "s/^racine ..../racine 0000/" 4 E-204
forger "tête forgée" "s/^tete ..../tete 0000/" 4 "il a été refait"
forger "instant forgé" "s/^instant 2022/instant 2021/" 4 "il a été refait"
forger "preuve de continuité forgée" "0,/^continuite ..../s//continuite 0000/" 4 E-204
forger "une ligne de preuve en moins" "0,/^continuite /{/^continuite /d}" 4 E-204
forger "une clé en double" "s/^tete .*/&\n&/" 1 "« racine VALEUR »"
forger "une clé retirée" "/^parametres /d" 1 "« parametres VALEUR »"
forger "une clé ajoutée" "s/^precedent/extra 1\nprecedent/" 1 "« precedent VALEUR »"
forger "hexadécimal en majuscules" "s/^tete .*/\U&/;s/^TETE/tete/" 1 "hexadécimaux"
forger "deux fautes, dites toutes les deux" "s/^numero .*/numero 03/;s/^fictif .*/fictif peut-être/" 1 "oui ou non"
contient "… l'autre" "$tap_sortie" "un nombre entier"
forger "un numéro trop grand" "s/^entrees .*/entrees 9999999999999999999/" 1 "un nombre entier"
forger "un autre format" "s/^sons-sceau 1/sons-sceau 2/" 1 "programme plus récent"
forger "sans précédent" "s/^precedent .*/precedent aucun/" 1 "ce n'est pas le premier"
forger "un signataire annoncé, sans signature" "s/^signataire .*/signataire $(printf %064d 7)/" 4 E-210
printf 'bonjour\n' >faux.txt; dit "un autre fichier" 1 E-201 verifier faux.txt
: >faux.txt; dit "un fichier vide" 1 E-201 verifier faux.txt
{ cat "$S3"; printf '\0'; } >faux.txt; dit "un NUL de trop" 4 E-202 verifier faux.txt
head -c 200000 /dev/zero >faux.txt; code "un fichier trop grand" 1 verifier faux.txt
head -c 60000 /dev/urandom >faux.txt; dit "du hasard" 1 E-201 verifier faux.txt
dit "un fichier absent" 3 "n'existe pas" verifier nulle-part.txt
code "un dossier" 1 verifier s

# --- the reminder ---
a 2023-01-10T09:00:00Z
cas "moins d'un mois : aucun rappel" sh -c '! "$0" journal verifier 2>&1 | grep -q Rappel' "$SONS"
a 2023-02-10T09:00:00Z
dit "plus d'un mois : un rappel" 0 "Rappel : le dernier sceau, n° 3, est du 16/12/2022" sons journal verifier
registre autre2.db
rm -f autre2.db
a 2022-12-05T09:00:00Z
sons initialiser --fictif >/dev/null
a 2023-02-10T09:00:00Z
dit "jamais scellé" 0 "n'a jamais été scellé" sons journal verifier
fermer
