# Usage faults, help, the manual and the completion against commandes.def, and answers that cannot be written.
. "$SONS_SRCDIR/tests/tap.sh"
LC_ALL=C
export LC_ALL
unset SONS_REGISTRE SONS_HORLOGE
rm -rf usage.tmp
mkdir usage.tmp
cd usage.tmp || exit 1

# Every verb of the list: « noun verb » or « verb ».
"$SONS" --aide >aide
egal "le titre dit jusqu'où l'on va" "$(sed -n 1p aide)" "sons : prestation Ségur du DUI (SONS vague 1), de la commande au solde ou au reversement."
verbes=$(sed -n 's/^  \([a-z][a-z ]*[a-z]\)   *[^ ].*/\1/p' aide | sed 's/  .*//')
n=$(printf '%s\n' "$verbes" | wc -l)
cas "au moins trente verbes ($n)" [ "$n" -ge 30 ]
egal "sons seul donne la même liste" "$("$SONS")" "$(cat aide)"

# Help of each verb; an unknown option of each verb is a usage fault that shows the model.
printf '%s\n' "$verbes" >verbes
while IFS= read -r verbe; do
    set -- $verbe
    code "$verbe --aide" 0 "$SONS" "$@" --aide
    case $tap_sortie in
    "usage : sons $verbe"*"Sert à "*"Options communes"*"Exemple
  sons $verbe"*) ok "… dit le modèle, les options et un exemple" ;;
    *) ko "… dit le modèle, les options et un exemple" ;;
    esac
    code "$verbe --sans-objet" 2 "$SONS" "$@" --sans-objet
    contient "… nomme l'option et donne le modèle" "$tap_sortie" "option inconnue : --sans-objet
   à faire : voir les options par --aide
usage : sons $verbe"
done <verbes

code "un nom seul" 0 "$SONS" lot
contient "… donne ses verbes" "$tap_sortie" "  lot emettre"
code "commande inconnue" 2 "$SONS" comande lister
contient "… la plus proche est proposée" "$tap_sortie" "écrire « sons commande » ?"
code "verbe inconnu" 2 "$SONS" lot emetre
contient "… le plus proche est proposé" "$tap_sortie" "écrire « sons lot emettre » ?"
code "option mal écrite" 2 "$SONS" lot lister --regitre=x
contient "… la plus proche est proposée" "$tap_sortie" "écrire --registre ?"
code "options qui manquent : toutes dites" 2 "$SONS" lot emettre
egal "… trois" "$(printf '%s\n' "$tap_sortie" | grep -c "il manque l'option")" 3
code "les accents sont acceptés" 0 "$SONS" contrôler --aidé
code "une date impossible" 2 "$SONS" controler --au 2023-02-29
code "initialiser sans titulaire" 2 "$SONS" initialiser
code "initialiser --essai" 2 "$SONS" initialiser --fictif --essai
egal "rien n'est créé" "$(ls)" "aide
verbes"
code "une séquence d'échappement ne passe pas" 2 "$SONS" "$(printf 'x\033[31m')"
contient "… elle est montrée sans effet" "$tap_sortie" "commande inconnue : « x [31m »"
code "version" 0 "$SONS" --version
contient "… dite" "$tap_sortie" "sons "

# The manual names every verb and option, and nothing else.
page=$SONS_SRCDIR/man/sons.1
egal "sons(1) donne les verbes de commandes.def, et eux seuls" \
    "$(sed -n 's/^\.It Cm \([a-z ]*\).*/\1/p' "$page" | sed 's/ *$//' | sort -u)" "$(sort -u verbes)"
while IFS= read -r verbe; do "$SONS" $verbe --aide; done <verbes >aides
egal "… et toutes leurs options" \
    "$(sed 's/Fl -/\n--/g' "$page" | sed -n 's/^--\([a-z][a-z-]*\).*/\1/p' | sort -u >page; "$SONS" --completion | tr "' " '\n\n' |
        sed -n 's/^"*--\([a-z][a-z-]*\)$/\1/p' | sort -u >options; sed -n '/^Options/,/^Exemple/s/^  --\([a-z-]*\).*/\1/p' aides |
        sort -u | comm -23 - page)" ""

egal "la complétion est à jour" "$("$SONS" --completion)" "$(cat "$SONS_SRCDIR/completion/sons.bash")"
if command -v bash >/dev/null; then
    completer() { bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sons; echo "${COMPREPLY[*]}"' - \
        "$SONS_SRCDIR/completion/sons.bash" "$@"; }
    egal "complétion d'un nom" "$(completer sons fin)" "finess financement"
    egal "complétion d'un verbe" "$(completer sons lot e)" "emettre"
    egal "complétion d'une option" "$(completer sons lot emettre --so)" "--sortie"
    egal "complétion d'une option de verbe seul" "$(completer sons bareme X --es)" "--essms --essai"
fi

# Answers that cannot be written: exit 3, and it is said.
if [ -w /dev/full ]; then
    code "disque plein" 3 sh -c '"$0" --aide >/dev/full' "$SONS"
    contient "… dit" "$tap_sortie" "plus de place sur le disque"
fi
code "sortie fermée" 3 sh -c '"$0" --aide >&-' "$SONS"
contient "… dit" "$tap_sortie" "la sortie standard est fermée"
code "erreur fermée" 2 sh -c '"$0" xyzzy 2>&-' "$SONS"
code "les trois fermées" 3 sh -c '"$0" --aide <&- >&- 2>&-' "$SONS"
code "lecteur parti" 3 sh -c '{ sleep 1; "$0" --aide; echo $? >code; } | :; exit "$(cat code)"' "$SONS"
cd ..
rm -rf usage.tmp
fin
