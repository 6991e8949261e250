# The rooms of src/ and who may see whom, held on every #include "room/…".
. "$SONS_SRCDIR/tests/tap.sh"

# interdits DIR: prints « file: room/header » for each include that the matrix forbids.
interdits() {
    (cd "$1" && find . -name '*.[ch]' | LC_ALL=C sort | while IFS= read -r fichier; do
        salle=${fichier#./}
        case $salle in */*) salle=${salle%%/*} ;; *) salle=racine ;; esac
        sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$fichier" | while IFS= read -r vu; do
            permis "$salle" "$vu" || printf '%s: %s\n' "$fichier" "$vu"
        done
    done)
}
permis() {
    case $1:$2 in
    noyau:noyau/* | racine:cli/*) ;;
    regles:noyau/* | regles:regles/*) ;;
    formats:noyau/* | formats:formats/*) ;;
    signature:noyau/* | signature:signature/*) ;;
    registre:noyau/* | registre:registre/* | registre:regles/dossier.h | registre:regles/cycle.h | registre:regles/cycle.def) ;;
    metier:noyau/* | metier:regles/* | metier:formats/* | metier:signature/* | metier:registre/* | metier:metier/*) ;;
    cli:noyau/* | cli:regles/* | cli:formats/* | cli:signature/* | cli:registre/* | cli:metier/* | cli:cli/*) ;;
    *:config.h) ;;
    *) return 1 ;;
    esac
}
nombre=$(grep -rhcE '^#include "[a-z]+/' "$SONS_SRCDIR/src" --include='*.[ch]' | awk '{ n += $1 } END { print n + 0 }')
cas "plus de 50 inclusions examinées ($nombre)" [ "$nombre" -gt 50 ]
egal "aucune inclusion interdite" "$(interdits "$SONS_SRCDIR/src")" ""

# The check itself must see a fault.
faux=salles.tmp
rm -rf "$faux"
mkdir -p "$faux/noyau" "$faux/regles" "$faux/registre"
echo '#include "registre/base.h"' >"$faux/noyau/a.c"
echo '#include "formats/csv.h"' >"$faux/regles/b.c"
printf '#include "regles/cycle.h"\n  #  include "regles/bareme.h"\n' >"$faux/registre/c.c"
echo '#include "metier/actes.h"' >"$faux/main.c"
egal "les inclusions interdites sont vues" "$(interdits "$faux")" "./main.c: metier/actes.h
./noyau/a.c: registre/base.h
./registre/c.c: regles/bareme.h
./regles/b.c: formats/csv.h"
rm -rf "$faux"
fin
