# Replays the ```console blocks of README.md word for word; « … » in an expected line stands for anything.
. "$SONS_SRCDIR/tests/tap.sh"
rm -rf lisezmoi.tmp
mkdir -p lisezmoi.tmp/bin
cp -R "$SONS_SRCDIR/samples" lisezmoi.tmp/
chmod -R u+w lisezmoi.tmp/samples
ln -s "$SONS" lisezmoi.tmp/bin/sons
cd lisezmoi.tmp || exit 1
PATH=$PWD/bin:$PATH

# One file per command: its text and what it must print. A command may go on over lines that end with a backslash.
awk '/^```console$/ { dans = 1; next } /^```$/ { dans = 0; next }
     dans && /^\$ / { n++; print substr($0, 3) > ("cmd" n); printf "" > ("attendu" n); suite = /\\$/; next }
     dans && suite { print > ("cmd" n); suite = /\\$/; next }
     dans && n { print > ("attendu" n) }
     END { print n + 0 > "nombre" }' "$SONS_SRCDIR/README.md"
cat >comparer.awk <<'FIN'
# comparer.awk attendu trouvé: same lines; pieces between « … » must follow each other.
function pareil(motif, texte,   p, n, i, o) {
    n = split(motif, p, "…")
    if (n == 1) return motif == texte
    if (substr(texte, 1, length(p[1])) != p[1]) return 0
    texte = substr(texte, length(p[1]) + 1)
    for (i = 2; i < n; i++) { o = index(texte, p[i]); if (!o) return 0; texte = substr(texte, o + length(p[i])) }
    return length(texte) >= length(p[n]) && substr(texte, length(texte) - length(p[n]) + 1) == p[n]
}
NR == FNR { a[++n] = $0; next }
{ t++; if (t > n || !pareil(a[t], $0)) { printf "# ligne %d\n# attendu : %s\n# trouvé  : %s\n", t, a[t], $0; faux = 1; exit } }
END { if (!faux && t < n) { printf "# il manque : %s\n", a[t + 1]; faux = 1 } exit faux }
FIN
nombre=$(cat nombre)
programme=0
i=1
while [ "$i" -le "$nombre" ]; do
    texte=$(cat "cmd$i")
    case $texte in sons\ *) programme=$((programme + 1)) ;; esac
    # In this shell, so that `export` lasts.
    eval "$texte" >"trouve$i" 2>&1 </dev/null || :
    cas "$(echo "$texte" | head -n 1)" awk -f comparer.awk "attendu$i" "trouve$i"
    i=$((i + 1))
done
cd ..
egal "dix commandes du programme" "$programme" 10
rm -rf lisezmoi.tmp
fin
