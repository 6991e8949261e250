# Replays tests/cli/*.session, the ```console blocks of README.md and the literal blocks of man/*.[1-8] that begin with « $ » (there, a
# comment « .\" $ command » is replayed too, and not shown): « $ command » (going on over « > » lines), then what it prints on both outputs, then
# « [code] » when it is not 0. In an expected line « … » stands for anything, as in README.md. All the commands of a
# session run in one shell, in an empty folder, where `samples` is a copy of the samples of the source tree.
#   SONS_SESSIONS=écrire sh tests/cli/sessions.sh   writes what was found next to each session or page, as NAME.new
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
# A page as a session; with -v cas=FOLDER, the page again, with the answers found there.
cat >"$racine/page.awk" <<'FIN'
function nue(ligne) { sub(/^\\&/, "", ligne); gsub(/\\e/, "\\", ligne); return ligne }
function montrer(ligne) {
    if (!cas) { print nue(ligne); return }
    gsub(/\\/, "\\e", ligne)
    if (ligne ~ /^[.\047]/) ligne = "\\&" ligne
    print ligne
}
function commande(ligne) { n++; suite = 1; reponse = 0; print cas ? ligne : nue(ligne) }
function repondre(   f, l) { # once, after the command and the lines that it goes on over
    if (!cas || reponse || !n) return
    reponse = 1
    f = cas "/dit" n
    while ((getline l < f) > 0) montrer(l)
    close(f)
}
/^\.Bd -literal/ { bloc = 1; premiere = 1; if (cas) print; next }
/^\.\\" \$ / { if (cas) repondre(); if (cas) commande($0); else commande(substr($0, 5)); suite = 0; reponse = 1; next }
/^\.Ed/ { if (rejoue) repondre(); bloc = rejoue = 0; if (cas) print; next }
bloc && premiere { premiere = 0; rejoue = $0 ~ /^\$ / }
bloc && rejoue && /^\$ / { repondre(); commande($0); next }
bloc && rejoue && suite && /^>/ { print cas ? $0 : nue($0); next }
bloc && rejoue { suite = 0; if (!cas) montrer($0); next }
cas { print }
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
            sed 's/[0-9a-f]\{64\}/…/g; s/^sel [0-9a-f]*$/sel …/; s/^programme sons .*/programme sons …/; s/[0-9]* projections refaites/… projections refaites/' "../.cas/trouve$i" >"../.cas/dit$i"
            sed '1s/^/$ /; 2,$s/^/> /' "../.cas/cmd$i" >>"$session.new"
            cat "../.cas/dit$i" >>"$session.new"
        fi
        i=$((i + 1))
    done
    [ -z "${SONS_SESSIONS:-}" ] || [ ! -f "$SONS_SRCDIR/man/$nom" ] ||
        awk -v cas="../.cas" -f "$racine/page.awk" "$SONS_SRCDIR/man/$nom" >"$SONS_SRCDIR/man/$nom.new"
    cd "$racine" || exit 1
}

awk '/^```console$/ { dans = 1; next } /^```$/ { dans = 0 } dans' "$SONS_SRCDIR/README.md" >"$racine/README.session"
egal "dix commandes de sons dans README.md" "$(grep -c '^\$ sons ' "$racine/README.session")" 10

pages=0
for page in "$SONS_SRCDIR"/man/*.[1-8]; do
    awk -f "$racine/page.awk" "$page" >"$racine/${page##*/}.session"
    if [ -s "$racine/${page##*/}.session" ]; then pages=$((pages + 1)); else rm "$racine/${page##*/}.session"; fi
done
cas "deux pages de manuel rejouées au moins ($pages)" [ "$pages" -ge 2 ]

sessions=0
for session in "$racine/README.session" "$racine"/*.[1-8].session "$SONS_SRCDIR"/tests/cli/*.session; do
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
