# The cells of a CSV sheet as a spreadsheet types them, for ecrire_classeur: dates, amounts, rates, numbers that lost their zero. A first file, if any, gives
# cells and directives that stand instead (« c ROW COLUMN TYPE VALUE », « m RANGE », « h ROW »).
# LC_ALL=C awk -F ';' -f essai300_cellules.awk [marques] feuille.csv
function lettre(k) { return k > 26 ? "A" sprintf("%c", 38 + k) : sprintf("%c", 64 + k) }
function serie(t,   j, m, a, k) {
    j = substr(t, 1, 2) + 0; m = substr(t, 4, 2) + 0; a = substr(t, 7) + 0
    for (k = 1; k < m; k++) j += substr("312831303130313130313031", 2 * k - 1, 2)
    if (m > 2 && a % 4 == 0) j++
    for (k = 2000; k < a; k++) j += k % 4 ? 365 : 366
    return j + 36525
}
BEGIN { OFS = "\t" }
FNR == 1 { fichiers++ }
fichiers < ARGC - 1 {
    if ($0 !~ /^c/) { print; next }
    split($0, t, "\t"); marque[t[2], t[3]] = t[4] "\t" t[5]
    next
}
{ sub(/\r$/, "") }
{
    for (k = 1; k <= NF; k++) {
        v = $k; l = lettre(k)
        if ((FNR, l) in marque) { print "c", FNR, l, marque[FNR, l]; continue }
        if (v == "") continue
        n = v; gsub(/\342\200\257| |\342\202\254$/, "", n)
        if (FNR == 1) print "c", FNR, l, "s", v
        else if (k >= 10 && k <= 11 && v ~ /^[0-3][0-9]\/[01][0-9]\/20[0-9][0-9]$/ && substr(v, 4, 2) <= 12 && substr(v, 1, 2) <= substr("312831303130313130313031", 2 * substr(v, 4, 2) - 1, 2)) print "c", FNR, l, "d", serie(v)
        else if (v ~ /^20 %$/) print "c", FNR, l, "p", "0.2"
        else if ((k == 7 || k >= 12 && k <= 15) && n ~ /^[0-9]+([,.][0-9][0-9])?$/) { sub(/,/, ".", n); print "c", FNR, l, k == 13 ? "n" : "a", n }
        else if (k == 13 && v == "8,5") print "c", FNR, l, "n", "8.5"
        else if ((k >= 25 && v ~ /^[0-9]+$/ && length(v) == 8) || (k == 6 && v ~ /^[1-9][0-9]+$/ && FNR % 2) || (k == 11 && v ~ /^4[0-9][0-9][0-9][0-9]$/)) print "c", FNR, l, "n", v
        else if (v ~ /^#(N\/A|REF!)$/) print "c", FNR, l, "e", v
        else if (v ~ /^=/) print "c", FNR, l, "f", substr(v, 2)
        else print "c", FNR, l, "s", v
    }
}
