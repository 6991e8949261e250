# Replays tests/cli/*.session and the ```console blocks of README.md: « $ command » (going on over « > » lines), then what it prints on both outputs, then
# « [code] » when it is not 0. In an expected line « … » stands for anything, as in README.md. All the commands of a
# session run in one shell, in an empty folder, where `samples` is a copy of the samples of the source tree.
#   SONS_SESSIONS=écrire sh tests/cli/sessions.sh   writes what was found next to each session, as NAME.session.new
. "$SONS_SRCDIR/tests/tap.sh"
unset SONS_REGISTRE SONS_HORLOGE NO_COLOR
racine=$PWD/sessions.tmp
rm -rf "$racine"
mkdir -p "$racine/bin"
ln -s "$SONS" "$racine/bin/sons"
PATH=$racine/bin:$PATH

cat >"$racine/decouper.awk" <<'FIN'
# cmdN, attenduN (output, then [code]); lines before the first command are a comment.
/^\$ / { n++; print substr($0, 3) > ("cmd" n); printf "" > ("attendu" n); suite = 1; next }
/^> / && suite { print substr($0, 3) > ("cmd" n); next }
/^>$/ && suite { print "" > ("cmd" n); next }
n { suite = 0; print > ("attendu" n) }
END { print n + 0 > "nombre" }
FIN
cat >"$racine/comparer.awk" <<'FIN'
function pareil(motif, texte,   p, n, i, o) {
    n = split(motif, p, "…")
    if (n == 1) return motif == texte
    if (substr(texte, 1, length(p[1])) != p[1]) return 0
    texte = substr(texte, length(p[1]) + 1)
    for (i = 2; i < n; i++) { o = index(texte, p[i]); if (!o) return 0; texte = substr(texte, o + length(p[i])) }
    return length(texte) >= length(p[n]) && substr(texte, length(texte) - length(p[n]) + 1) == p[n]
}
BEGIN { while ((getline ligne < ARGV[1]) > 0) a[++n] = ligne; ARGV[1] = "" }
{ t++; if (t > n || !pareil(a[t], $0)) { printf "# ligne %d\n# attendu : %s\n# trouvé  : %s\n", t, a[t], $0; faux = 1; exit } }
END { if (!faux && t < n) { printf "# il manque : %s\n", a[t + 1]; faux = 1 } exit faux }
FIN

rejouer() {
    session=$1
    nom=$(basename "$session" .session)
    mkdir -p "$racine/$nom/.cas" "$racine/$nom/dossier"
    cp -R "$SONS_SRCDIR/samples" "$racine/$nom/dossier/"
    chmod -R u+w "$racine/$nom/dossier"
    cd "$racine/$nom/.cas" || exit 1
    awk -f "$racine/decouper.awk" "$session"
    nombre=$(cat nombre)
    [ "$nombre" -gt 0 ] || ko "$nom est vide"
    [ -z "${SONS_SESSIONS:-}" ] || sed '/^\$ /,$d' "$session" >"$session.new"
    cd ../dossier || exit 1
    i=1
    while [ "$i" -le "$nombre" ]; do
        # In this shell, so that `export` lasts.
        eval "$(cat "../.cas/cmd$i")" >"../.cas/trouve$i" 2>&1 </dev/null && rc=0 || rc=$?
        [ "$rc" = 0 ] || printf '[%d]\n' "$rc" >>"../.cas/trouve$i"
        cas "$nom : $(head -n 1 "../.cas/cmd$i")" awk -f "$racine/comparer.awk" "../.cas/attendu$i" "../.cas/trouve$i"
        if [ -n "${SONS_SESSIONS:-}" ]; then
            sed '1s/^/$ /; 2,$s/^/> /' "../.cas/cmd$i" >>"$session.new"
            sed 's/[0-9a-f]\{64\}/…/g; s/^sel [0-9a-f]*$/sel …/; s/^programme sons .*/programme sons …/' "../.cas/trouve$i" >>"$session.new"
        fi
        i=$((i + 1))
    done
    cd "$racine" || exit 1
}

awk '/^```console$/ { dans = 1; next } /^```$/ { dans = 0 } dans' "$SONS_SRCDIR/README.md" >"$racine/README.session"
egal "dix commandes de sons dans README.md" "$(grep -c '^\$ sons ' "$racine/README.session")" 10

sessions=0
for session in "$racine/README.session" "$SONS_SRCDIR"/tests/cli/*.session; do
    [ -f "$session" ] || continue
    (
        unset SONS_REGISTRE SONS_HORLOGE
        tap_n=0
        rejouer "$session"
        printf '%d %d\n' "$tap_n" "$tap_echecs" >"$racine/bilan"
    ) | sed '/^ok\|^not ok/s/ [0-9]* - / - /'
    [ -f "$racine/bilan" ] || { ko "$session s'arrête avant la fin"; continue; }
    read -r passes rates <"$racine/bilan"
    rm "$racine/bilan"
    tap_n=$((tap_n + passes))
    tap_echecs=$((tap_echecs + rates))
    sessions=$((sessions + 1))
done
cas "au moins trois sessions ($sessions)" [ "$sessions" -ge 3 ]
cd "$racine/.." || exit 1
rm -rf "$racine"
fin
