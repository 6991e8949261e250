# The seeded generators: same bytes for a seed, counts, keys, columns, faults planted.
. "$SONS_SRCDIR/tests/tap.sh"
LC_ALL=C
export LC_ALL
base=$SONS_BUILDDIR/tests/outils/generer_base
commandes=$SONS_BUILDDIR/tests/outils/generer_commandes
t=generateurs.tmp
rm -rf "$t"
mkdir "$t"
somme() { sha256sum | cut -c 1-16; }
# Numbers whose key is wrong: doubled from the right, 2A and 2B as 2 followed by 1 and 2.
luhn() {
    awk '{ n = $0; sub(/^2A/, "21", n); sub(/^2B/, "22", n); s = 0
        for (i = 1; i <= 9; i++) { d = substr(n, i, 1) * (i % 2 == 0 ? 2 : 1); s += d > 9 ? d - 9 : d }
        faux += s % 10 != 0 || length(n) != 9 } END { print faux + 0 }'
}

# --- bases ---
"$base" --et 5000 --graine 7 --date 2022-01-03 >"$t/base.csv"
egal "base : les mêmes octets partout" "$(somme <"$t/base.csv")" 60f4443a3216e254
egal "base : deux fois les mêmes" "$("$base" --et 5000 --graine 7 --date 2022-01-03 | somme)" "$(somme <"$t/base.csv")"
cas "base : une autre graine en donne une autre" sh -c '[ "$("$1" --et 5000 --graine 8 --date 2022-01-03 | sha256sum)" != "$(sha256sum <"$2")" ]' sh "$base" "$t/base.csv"
egal "base : date de la ligne 1" "$(sed -n 1p "$t/base.csv")" "finess;etalab;93;2022-01-03"
egal "base : 5000 établissements" "$(grep -c '^structureet;' "$t/base.csv")" 5000
cut -d ';' -f 2 "$t/base.csv" | sed 1d >"$t/numeros"
cas "base : triée" sort -c "$t/numeros"
egal "base : numéros distincts" "$(sort -u "$t/numeros" | wc -l)" 5000
egal "base : la même à l'encodage près" "$("$base" --et 5000 --graine 7 --date 2022-01-03 --encodage utf8 | iconv -f utf8 -t cp1252 | somme)" "$(somme <"$t/base.csv")"
egal "base : numéros à la clé juste" "$(luhn <"$t/numeros")" 0
cas "base : des guillemets doublés" grep -q '"".*""' "$t/base.csv"
cas "base : des accents, en Windows-1252" sh -c 'iconv -f cp1252 -t utf8 "$1" | grep -q "pour personnes âgées"' sh "$t/base.csv"

"$base" --et 5000 --graine 7 --date 2022-01-03 --ej >"$t/ej.csv"
egal "EJ : les mêmes octets partout" "$(somme <"$t/ej.csv")" a87c85f88c0aa968
cut -d ';' -f 2 "$t/ej.csv" | sed 1d >"$t/ej.numeros"
cut -d ';' -f 3 "$t/base.csv" | sed 1d | sort -u >"$t/ej.cites"
egal "EJ : celles des établissements, toutes" "$(comm -3 "$t/ej.cites" "$t/ej.numeros" | wc -l)" 0
egal "aucun numéro à la fois ET et EJ" "$(comm -12 "$t/ej.numeros" "$t/numeros" | wc -l)" 0

# --- commandes ---
"$commandes" --base "$t/base.csv" --commandes 600 --graine 3 >"$t/c.csv"
egal "commandes : les mêmes octets partout" "$(somme <"$t/c.csv")" 12334b08029d23fe
egal "commandes : 600" "$(sed 1d "$t/c.csv" | cut -d ';' -f 1 | sort -u | wc -l)" 600
lignes=$(sed 1d "$t/c.csv" | wc -l)
"$commandes" --base "$t/base.csv" --commandes 600 --graine 3 --encodage cp1252 >"$t/c1252.csv"
egal "commandes : les mêmes à l'encodage près" "$(iconv -f cp1252 -t utf8 "$t/c1252.csv" | somme)" "$(somme <"$t/c.csv")"
cas "commandes : des accents, en Windows-1252" sh -c '! cmp -s "$1" "$2"' sh "$t/c.csv" "$t/c1252.csv"
cas "commandes : des guillemets doublés" grep -q '"".*""' "$t/c.csv"
egal "commandes : chaque ESSMS une fois" "$(sed 1d "$t/c.csv" | cut -d ';' -f 2 | sort -u | wc -l)" "$lignes"
cas "commandes : environ 2,6 ESSMS chacune ($lignes lignes)" [ "$lignes" -ge 1380 ] 
cas "commandes : pas plus de 2,9" [ "$lignes" -le 1740 ]
sed 1d "$t/c.csv" | cut -d ';' -f 2 | sort >"$t/c.et"
egal "commandes : des ESSMS de la base" "$(comm -23 "$t/c.et" "$t/numeros" | wc -l)" 0
# Every order: HT shares add up, VAT half up, HT + TVA = TTC, TTC ≤ rate × n; amounts in centimes.
egal "commandes : montants cohérents" "$(awk -F ';' '
    function c(s) { sub(/,/, "", s); return s + 0 }
    function fin() { if (num != "" && parts != ht) print num ": " parts " ≠ " ht }
    NR == 1 { next }
    $1 != num { fin(); num = $1; ht = c($12); parts = 0
        tva = int((ht * 20 + 50) / 100)
        if (tva != c($15)) print num ": TVA"
        if (ht + tva != c($16)) print num ": TTC"
        if ($14 != 20) print num ": taux" }
    { parts += c($13) }
    END { fin() }' "$t/c.csv")" ""
# HT = min(n × round(r / 1,20), round(n × r / 1,20)), r by the number of ESSMS of the OG in the base (regles.md, section 2).
egal "commandes : HT au plafond sûr de la tranche" "$(awk -F ';' '
    function taux(n) { return n >= 100 ? 113300 : n >= 20 ? 123200 : n >= 11 ? 164300 : n >= 5 ? 219000 : n >= 2 ? 292000 : 400000 }
    FNR == NR { if ($1 == "structureet" && $21 ~ /^4[1346]/) N[$3]++; next }
    FNR == 1 { next }
    { n[$1]++ }
    $3 != "" { og[$1] = $3; ht[$1] = $12; sub(/,/, "", ht[$1]) }
    END {
        for (c in n) {
            r = taux(N[og[c]]); u = n[c] * int((r * 10 + 6) / 12); t = int((n[c] * r * 10 + 6) / 12)
            vus++
            if (ht[c] + 0 != (u < t ? u : t)) print c, ht[c], u, t
        }
        print vus
    }' "$t/base.csv" "$t/c.csv")" 600
egal "commandes : un seul organisme par commande" "$(awk -F ';' '
    FNR == NR { if ($1 == "structureet") ej[$2] = $3; next }
    FNR > 1 { if ($3 != "") de[$1] = $3; if (ej[$2] != de[$1]) print $1 }' "$t/base.csv" "$t/c.csv" | wc -l)" 0

"$commandes" --base "$t/base.csv" --commandes 600 --graine 3 --fautes 20 >"$t/f.csv" 2>"$t/f.txt"
egal "fautes : celles-ci, comptées" "$(tr '\n' ' ' <"$t/f.txt")" "plafond 21 somme 26 tva 7 jo 14 ouverture 13 mention 15 signataire 13 inconnu 12 autre_og 14 "
egal "fautes : aucune mention" "$(sed 1d "$t/f.csv" | awk -F ';' '$24 == "non" { print $1 }' | sort -u | wc -l)" "$(sed -n 's/mention //p' "$t/f.txt")"
egal "fautes : ESSMS inconnus" "$(sed 1d "$t/f.csv" | cut -d ';' -f 2 | sort -u | comm -23 - "$t/numeros" | wc -l)" "$(sed -n 's/inconnu //p' "$t/f.txt")"

code "trop de commandes pour la base : refusé" 1 "$commandes" --base "$t/base.csv" --commandes 5000 --graine 3
contient "et ce qu'il faudrait est dit" "$tap_sortie" "il faut environ"
code "sans date : usage" 2 "$base" --et 10 --graine 1
code "base illisible" 1 "$commandes" --base "$t/absent.csv" --commandes 1 --graine 1
rm -rf "$t"
fin
