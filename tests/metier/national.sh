# The real national stock of 08/01/2021: counts, distribution, and the barème of 200 OG, against awk on the raw file.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier national
stock=samples/etalab-cs1100502-stock-20210108-social.csv.gz
zcat $stock >stock.csv
neuf n.db
code "le fichier entier s'importe" 0 sons finess importer $stock
fine=$(printf '\342\200\257') # narrow no-break space
contient "46 777 établissements" "$tap_sortie" "46${fine}777 établissements"
contient "43 138 du couloir MS1" "$tap_sortie" "MS1 43${fine}138"
contient "lu en Windows-1252" "$tap_sortie" "Windows-1252"
egal "autant de lignes que le fichier" "$(sqlite3 n.db 'select count(*) from finess_et')" "$(grep -c '^structureet;' stock.csv)"

# Fields may be quoted with a separator inside: split by hand.
cat >champs.awk <<'FIN'
function couper(l, t,   n, i, c, dans, v) {
    n = 0; dans = 0; v = ""
    for (i = 1; i <= length(l); i++) {
        c = substr(l, i, 1)
        if (c == "\"") dans = !dans
        else if (c == ";" && !dans) { t[n++] = v; v = "" }
        else v = v c
    }
    t[n++] = v
    return n
}
/^structureet;/ {
    if (index($0, "\"")) couper($0, f); else { k = split($0, g, ";"); for (i = 1; i <= k; i++) f[i - 1] = g[i] }
    et++
    if (f[20] ~ /^4[1346]/) N[f[2]]++
    if (f[20] ~ /^44/) P[f[2]]++
}
function taux(n) { return n >= 100 ? 113300 : n >= 20 ? 123200 : n >= 11 ? 164300 : n >= 5 ? 219000 : n >= 2 ? 292000 : 400000 }
function lettre(n) { return n >= 100 ? "F" : n >= 20 ? "E" : n >= 11 ? "D" : n >= 5 ? "C" : n >= 2 ? "B" : "A" }
FIN
distribution() { # ARRAY: letter;og;essms;largest, then the total
    LC_ALL=C awk "$(cat champs.awk)"' END {
        for (e in '"$1"') { n = '"$1"'[e]; l = lettre(n); og[l]++; es[l] += n; if (n > mx[l]) mx[l] = n; tot++; te += n; if (n > tm) tm = n }
        for (i = 1; i <= 6; i++) { l = substr("ABCDEF", i, 1); printf "%s;%d;%d;%d\n", l, og[l], es[l], mx[l] }
        printf "total;%d;%d;%d\n", tot, te, tm }' stock.csv
}
statistiques() { sons finess statistiques "$@" --format csv 2>/dev/null | sed 1d | cut -d ';' -f 1,4-6; }
egal "répartition MS1, comptée par awk" "$(statistiques)" "$(distribution N)"
egal "répartition de l'agrégat 44, comptée par awk" "$(statistiques --agregat 44)" "$(distribution P)"
egal "agrégat 4400, la même" "$(statistiques --agregat 4400)" "$(distribution P)"
contient "MS1 : 43 138 sous 17 011, le plus grand 689" "$(statistiques)" "total;17011;43138;689"
egal "agrégat 44 : les chiffres publiés" "$(statistiques --agregat 44 | cut -d ';' -f 1,2 | tr '\n' ' ')" \
    "A;5078 B;1046 C;139 D;42 E;22 F;4 total;6331 "
contient "agrégat 44 : 10 395" "$(statistiques --agregat 44)" "total;6331;10395;"

# 200 OG, every tranche, the largest: rate × N, both roundings of HT, and a purchase of part of them.
LC_ALL=C awk "$(cat champs.awk)"' END {
    for (e in N) {
        n = N[e]; r = taux(n); u = n * int((r * 10 + 6) / 12); t = int((n * r * 10 + 6) / 12)
        printf "%s;%d;%s;%d;%d;%d;%d\n", e, n, lettre(n), r, r * n, u < t ? u : t, u < t ? t : u } }' stock.csv | sort >attendus
egal "17 011 organismes" "$(wc -l <attendus)" 17011
{
    sort -t ';' -k 2,2nr attendus | head -n 10
    for l in A B C D E F; do grep ";$l;" attendus | awk 'NR % 23 == 1' | head -n 40; done
    awk 'NR % 200 == 5' attendus
} | sort -u | awk 'NR <= 200' >choisis
egal "deux cents, de toutes les tranches" "$(wc -l <choisis) $(cut -d ';' -f 3 choisis | sort -u | tr -d '\n')" "200 ABCDEF"
egal "les colonnes des réponses connues" "$(sons bareme "$(head -n 1 choisis | cut -d ';' -f 1)" --format csv 2>/dev/null | head -n 1 | tail -c +4 | cut -d ';' -f 1-8)" \
    "$(head -n 1 "$SONS_SRCDIR/tests/cas/bareme.csv" | tr -d '\r')"
while IFS=';' read -r og n l r ttc bas haut; do
    sons bareme "$og" --format csv >b 2>/dev/null
    printf '%s;%s\n' "$og" "$(sed 1d b | cut -d ';' -f 1,3-7)"
done <choisis >trouves
egal "le barème de chacun" "$(diff choisis trouves)" ""
# A wrong figure would be seen.
sed '100s/$/1/' choisis >faux
cas "un chiffre faux se voit" sh -c '! cmp -s faux trouves'
egal "un OG inconnu" "$(sons bareme "$(finess 01000001)" >/dev/null 2>&1; echo $?)" 1
tient
fermer
