# What every C file of src/ holds to: no floating point, short functions and files, no output nor exit outside cli.
. "$SONS_SRCDIR/tests/tap.sh"
LC_ALL=C
export LC_ALL
nettoyer() { awk -f "$SONS_SRCDIR/tests/outils/nettoyer_c.awk" "$1"; }

sources() { (cd "$1" && find . -name '*.[ch]' | sort); }
# chercher DIR EXPRESSION EXCEPTION…: « ./file:line:text » for each match outside comments and strings.
chercher() {
    racine=$1 expression=$2; shift 2
    sources "$racine" | while IFS= read -r fichier; do
        for sauf; do
            case $fichier in $sauf) continue 2 ;; esac
        done
        nettoyer "$racine/$fichier" | grep -nE "$expression" | sed "s|^|$fichier:|"
    done
}
mot() { printf '(^|[^A-Za-z0-9_])(%s)' "$1"; }

flottants() { chercher "$1" "$(mot 'float|double|[0-9]+\.[0-9]+|[0-9]+e-?[0-9]+')([^A-Za-z0-9_]|\$)" './*/statistique.c'; }
sorties() {
    chercher "$1" "$(mot '(v?f?|vd?|d)printf|puts|fputs|putchar|fputc|putc|fwrite|perror|_?exit|_Exit|quick_exit|abort')[[:space:]]*\\(" \
        './cli/*' ./main.c ./noyau/memoire.c
}
# A function body: from a `{` alone in the first column to the `}` of the first column.
longues() {
    sources "$1" | while IFS= read -r fichier; do
        awk -v max=80 -v nom="$fichier" '
            /^\{/ || (/^[A-Za-z_].*\) *\{$/) { debut = NR; dans = 1 }
            /^\}/ && dans { if (NR - debut - 1 > max) printf "%s:%d: %d lignes\n", nom, debut, NR - debut - 1; dans = 0 }' "$1/$fichier"
    done
}
gros() {
    (cd "$1" && find . -name '*.[ch]' -o -name '*.def' | sort | while IFS= read -r fichier; do
        n=$(wc -l <"$fichier")
        [ "$n" -le 500 ] || printf '%s: %d lignes\n' "$fichier" "$n"
    done)
}
# Comments included; written so that this file does not find itself.
inacheves() { (cd "$1" && grep -rnE '(^|[^A-Za-z])(TO''DO|FIX''ME|X''XX)([^A-Za-z]|$)' . --include='*.[ch]' --include='*.def' --include='*.sh' --include='*.sql' --include='*.xml' --include='*.xsd'); }

src=$SONS_SRCDIR/src
n=$(sources "$src" | wc -l)
fonctions=$(cd "$src" && cat $(sources .) | grep -c '^{')
cas "plus de 40 fichiers examinés ($n)" [ "$n" -gt 40 ]
cas "plus de 150 fonctions examinées ($fonctions)" [ "$fonctions" -gt 150 ]
egal "aucun flottant" "$(flottants "$src")" ""
egal "rien n'est écrit ni quitté hors de cli/" "$(sorties "$src")" ""
egal "aucune fonction de plus de 80 lignes" "$(longues "$src")" ""
egal "aucun fichier de plus de 500 lignes" "$(gros "$src")" ""
egal "rien d'inachevé dans src/" "$(inacheves "$src")" ""
egal "rien d'inachevé dans tests/" "$(inacheves "$SONS_SRCDIR/tests")" ""

# Each check must see a fault, and only it.
faux=style.tmp
rm -rf "$faux"
mkdir -p "$faux/noyau" "$faux/cli" "$faux/metier"
cat >"$faux/noyau/a.c" <<'FIN'
/* a double bottom; printf("no") and
 * 1.5 in a comment */
static const char *s = "double 1.5 printf(\" // ";
static double d;
static int e = 2.5;
int f(char c)
{
    buffer_printf(b, "%d", 1);
    snprintf(t, 2, "x");
    e = c == '"'; float g;
    printf ("x");
    exit(1);
    return puts_line(s);
}
FIN
egal "un flottant est vu" "$(flottants "$faux")" './noyau/a.c:4:static double d;
./noyau/a.c:5:static int e = 2.5;
./noyau/a.c:10:    e = c == '"''"'; float g;'
egal "une sortie est vue" "$(sorties "$faux")" './noyau/a.c:11:    printf ("");
./noyau/a.c:12:    exit(1);'
mv "$faux/noyau/a.c" "$faux/metier/statistique.c"
egal "statistique.c peut compter en flottants" "$(flottants "$faux")" ""
mv "$faux/metier/statistique.c" "$faux/cli/a.c"
egal "cli/ peut écrire" "$(sorties "$faux")" ""
printf 'int main(void)\n{\n    _exit(3);\n}\n' >"$faux/main.c"
cp "$faux/main.c" "$faux/noyau/memoire.c"
egal "main.c et memoire.c peuvent quitter" "$(sorties "$faux")" ""
for n in 80 81; do
    { printf 'int g(void)\n{\n'; awk -v n="$n" 'BEGIN { while (n-- > 0) print "    h();" }'; printf '}\n'; } >"$faux/noyau/g$n.c"
done
{ printf 'static inline int g(void) {\n'; awk 'BEGIN { for (i = 0; i < 81; i++) print "    h();" }'; printf '}\n'; } >"$faux/noyau/h.h"
{ printf 'static const int t[] = {\n'; awk 'BEGIN { for (i = 0; i < 300; i++) print "    1," }'; printf '};\n'; } >"$faux/noyau/t.c"
egal "une fonction de 81 lignes est vue, non une table" "$(longues "$faux")" './noyau/g81.c:2: 81 lignes
./noyau/h.h:1: 81 lignes'
awk 'BEGIN { for (i = 0; i < 500; i++) print "" }' >"$faux/noyau/l500.c"
awk 'BEGIN { for (i = 0; i < 501; i++) print "" }' >"$faux/noyau/l501.def"
egal "un fichier de 501 lignes est vu" "$(gros "$faux")" './noyau/l501.def: 501 lignes'
rm -rf "$faux"
mkdir -p "$faux"
printf '/* TO''DO: later */\nint todo; /* FIX''ME */\nint x; /* toDOs, FIX''MEs */\n' >"$faux/a.c"
egal "un travail inachevé est vu" "$(inacheves "$faux" | cut -d: -f 1,2)" './a.c:1
./a.c:2'
rm -rf "$faux"
fin
