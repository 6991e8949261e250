# Faults of entry planted in the sheet of essai300.awk, one an order, each of its own nature. Reads voisins.csv, then the sheet (its numbers found);
# writes in `sortie` fautes.csv and attendus (fault; rows of its orders; row and column where it must be told; code; words), separated by tabs.
# LC_ALL=C awk -F ';' -v sortie=DIR -v forme=csv -f essai300_fautes.awk voisins.csv plein.csv
function centimes(t) {
    gsub(/[^0-9,.]/, "", t)
    if (t !~ /[,.]/) return t * 100
    sub(/[,.]/, "", t)
    return t + 0
}
function euros(c) { return sprintf("%d,%02d", int(c / 100), c % 100) }
function lettre(k) { return k > 26 ? "A" sprintf("%c", 38 + k) : sprintf("%c", 64 + k) }
function jour(t, n) { return sprintf("%02d/%s", substr(t, 1, 2) + n, substr(t, 4)) }
# Days since 30/12/1899.
function serie(t,   j, m, a, k) {
    j = substr(t, 1, 2) + 0; m = substr(t, 4, 2) + 0; a = substr(t, 7) + 0
    for (k = 1; k < m; k++) j += substr("312831303130313130313031", 2 * k - 1, 2)
    return j + (a == 2023 ? 44926 : 44561)
}
function siret_nu(t) { gsub(/[^0-9]/, "", t); return t }
# A rate of the barème, to some centimes.
function au_bareme(t,   i, b) {
    split("400000 292000 219000 164300 123200 113300", b, " ")
    for (i = 1; i <= 6; i++) if (t > b[i] - 3 && t < b[i] + 3) return 1
    return 0
}
# The next order that no fault has, of so many rows and with what is wanted.
function choisir(min, max, voulu,   o, r, t) {
    for (t = 1; t <= commandes; t++) {
        o = 1 + t * 37 % commandes # from one end of the sheet to the other
        r = premiere[o]
        if (prise[o] || combien[o] < min || combien[o] > max) continue
        if (voulu ~ /siret/ && V[r, SIRET] == "") continue
        if (voulu ~ /zero/ && V[r, FINESS] !~ /^0[1-9]/) continue
        if (voulu ~ /og_nul/ && V[r, OG] !~ /^0[1-9]/) continue
        if (voulu ~ /frere/ && frere[V[r, NUMERO]] == "") continue
        if (voulu ~ /,condition/ && V[r, CONDITION] != "oui") continue
        if (voulu ~ /loin/ && (substr(V[r, SIGNE], 1, 2) - substr(V[r, SIGNE], 4, 2) < 3 || substr(V[r, SIGNE], 1, 2) + 0 < 2)) continue
        if (voulu ~ /libre_avant/ && (o == 1 || prise[o - 1])) continue
        if (voulu ~ /autre/ && siret_frere[V[r, NUMERO]] == siret_nu(V[r, SIRET])) continue
        if (voulu ~ /homonyme/ && (homonyme[V[r, NUMERO]] == "" || (homonyme[V[r, NUMERO]] in commande))) continue
        if (voulu ~ /sans_site/ && V[r, SITE] != "") continue
        if (voulu ~ /,site/ && V[r, SITE] == "") continue
        if (voulu ~ /taux/ && V[r, TAUX] !~ /^20/) continue
        if (voulu ~ /repete/ && V[r + 1, NUMERO] == "") continue
        if (voulu ~ /economie/ && V[r + 1, NUMERO] != "") continue
        if (voulu ~ /an22/ && V[r, SIGNE] !~ /2022$/) continue
        if (voulu ~ /an23/ && V[r, SIGNE] !~ /2023$/) continue
        if (voulu ~ /inversible/ && (substr(V[r, SIGNE], 1, 2) > 12 || substr(V[r, SIGNE], 1, 2) == substr(V[r, SIGNE], 4, 2))) continue
        if (voulu ~ /grand_jour/ && substr(V[r, SIGNE], 1, 2) <= 12) continue
        if (voulu ~ /debut_mois/ && substr(V[r, SIGNE], 1, 2) > 25) continue
        if (voulu ~ /mille/ && centimes(V[r, HT]) < 100000) continue
        if (voulu ~ /plafond/ && !au_bareme(centimes(V[r, TTC]) / combien[o])) continue
        if (voulu ~ /petit/ && centimes(V[r, HT]) > 333333) continue
        if (voulu ~ /ville_longue/ && length(V[r, VILLE]) < 6) continue
        if (voulu ~ /seul_signe/ && V[r, DATE] != V[r, SIGNE]) continue
        prise[o] = 1
        return r
    }
    print "aucune commande pour " voulu >"/dev/stderr"
    exit 1
}
function faute(titre, r, col, code, mots) {
    n_fautes++
    f_titre[n_fautes] = titre; f_rang[n_fautes] = r; f_col[n_fautes] = col; f_code[n_fautes] = code; f_mots[n_fautes] = mots
    f_commande[n_fautes] = de[r]
}
# In a workbook the same slip is made otherwise, or told otherwise.
function classeur(r, col, type, valeur, code, mots) {
    if (forme != "xlsx") return
    if (type != "") { n_marques++; m_rang[n_marques] = r; m_col[n_marques] = col; m_type[n_marques] = type; m_valeur[n_marques] = valeur }
    if (code != "") { f_code[n_fautes] = code; f_mots[n_fautes] = mots }
}
# On each row of the order that says it.
function partout(r, col, valeur,   i) {
    for (i = r; i < r + combien[de[r]]; i++) if (V[i, col] != "" || i == r) V[i, col] = valeur
}
# A row of our own after row r, of the same order or of none.
function inserer(r, copie,   k) {
    n++
    suivante[n] = suivante[r]; suivante[r] = n
    de[n] = de[r]
    for (k = 1; k <= COLONNES; k++) V[n, k] = copie ? V[r, k] : ""
    return n
}
function montants(r, ht, tva, ttc) { partout(r, HT, ht); partout(r, TVA, tva); partout(r, TTC, ttc) }
BEGIN {
    OFS = ";"
    NUMERO = 1; NOM = 3; VILLE = 5; SIRET = 6; SITE = 7; LOGICIEL = 8; VERSION = 9; DATE = 10; SIGNE = 11; HT = 12; TAUX = 13; TVA = 14; TTC = 15; MOTIF = 16
    QUI = 17; FONCTION = 18; MODE = 19; CONDITION = 20; MENTION = 21; EQUIPE = 22; BON = 23; FINESS = 25; OG = 26; COLONNES = 26
}
FNR == 1 { fichier++ }
fichier == 1 && $1 == "ferme" { for (k = 2; k <= 6; k++) ferme[k] = $k; next }
fichier == 1 { if (FNR > 1) { frere[$1] = $2; siret_frere[$1] = $3; homonyme[$1] = $4; siege[$1] = $5 } next }
FNR == 1 { entete = $0; next }
{
    n++
    for (k = 1; k <= COLONNES; k++) V[n, k] = $k
    if ($1 != "" && $1 != numero) { numero = $1; premiere[++commandes] = n }
    de[n] = commandes
    combien[commandes]++
    commande[$FINESS] = 1
    suivante[n] = n + 1
}
END {
    derniere = n; suivante[n] = 0
    S = "E-173"
    # --- numbers ---
    r = choisir(2, 12, ""); x = inserer(r + 1, 1); V[x, SITE] = ""; V[r, SITE] = V[r, SITE]
    for (i = r; i < r + combien[de[r]]; i++) V[i, SITE] = ""
    faute("ligne recopiée telle quelle", x, FINESS, "E-129", "déjà dans la commande")
    r = choisir(1, 1, ""); x = inserer(r, 1); V[x, NUMERO] = V[x, NUMERO] "B"
    faute("ligne recopiée sous un autre numéro", x, FINESS, S, "ligne recopiée ?")
    r = choisir(2, 12, "sans_site"); V[r + 1, FINESS] = V[r, FINESS]; V[r + 1, SIRET] = V[r, SIRET]
    faute("FINESS et SIRET de la ligne du dessus", r + 1, FINESS, "E-129", "déjà dans la commande")
    r = choisir(1, 3, "zero"); V[r, FINESS] = substr(V[r, FINESS], 2)
    faute("zéro de tête perdu", r, FINESS, "E-172", "zéro de tête remis")
    r = choisir(1, 3, "og_nul"); partout(r, OG, substr(V[r, OG], 2))
    faute("zéro de tête de l'OG perdu", r, OG, "E-172", "zéro de tête remis")
    r = choisir(1, 3, "zero"); x = V[r, FINESS]; V[r, FINESS] = "O" substr(x, 2)
    faute("O pour zéro", r, FINESS, "E-125", "une lettre O, I ou L pour un chiffre ?")
    r = choisir(1, 3, ""); V[r, FINESS] = substr(V[r, FINESS], 1, 1) "," substr(V[r, FINESS], 2, 2) "E+08"
    faute("FINESS en nombre à exposant", r, FINESS, "E-125", "nombre à exposant")
    r = choisir(1, 3, ""); V[r, FINESS] = V[r, OG]
    faute("OG à la place de l'ESSMS", r, FINESS, S, "est le numéro juridique d'un OG")
    r = choisir(1, 3, ""); partout(r, OG, V[r, FINESS])
    faute("ESSMS à la place de l'OG", r, OG, S, "est le numéro d'un établissement")
    r = choisir(1, 3, "siret"); x = V[r, FINESS]; V[r, FINESS] = V[r, SIRET]; V[r, SIRET] = x
    faute("FINESS et SIRET inversés", r, FINESS, "E-125", "c'est un SIRET")
    r = choisir(1, 3, ""); V[r, FINESS] = substr(V[r, FINESS], 1, 7) (substr(V[r, FINESS], 8, 1) + 1) % 10 substr(V[r, FINESS], 9)
    faute("un chiffre du FINESS faux", r, FINESS, "E-125", "clé du numéro FINESS est fausse")
    r = choisir(1, 1, "frere,siret,autre"); V[r, FINESS] = frere[V[r, NUMERO]]
    faute("FINESS d'un ESSMS frère", r, FINESS, S, "est celui d'un autre établissement")
    r = choisir(1, 1, "frere"); V[r, SIRET] = ""; V[r, FINESS] = frere[V[r, NUMERO]]
    faute("FINESS d'un frère, sans SIRET", r, NOM, "FIN-05", "ne sont pas ceux de FINESS")
    r = choisir(1, 1, "homonyme"); V[r, FINESS] = homonyme[V[r, NUMERO]]; V[r, OG] = ""; V[r, SIRET] = ""
    faute("homonyme d'une autre commune", r, "", "FIN-0", "")
    r = choisir(1, 1, "siret"); V[r, SIRET] = siege[V[r, NUMERO]]; V[r, FINESS] = ""
    faute("SIRET du siège, sans FINESS", r, SIRET, "E-134", "aucun établissement")
    r = choisir(2, 2, "siret"); x = V[r, SIRET]
    for (i = 1; i <= 26; i++) if (i == FINESS) { x = V[r, i]; V[r, i] = V[r + 1, i]; V[r + 1, i] = x }
    faute("FINESS de deux lignes échangés", r, "", "", "")
    r = choisir(1, 3, "siret"); x = V[r, SIRET]; gsub(/[^0-9]/, "", x); V[r, SIRET] = substr(x, 1, 1) "," substr(x, 2, 5) "E+13"
    faute("SIRET en nombre à exposant", r, SIRET, "E-126", "nombre à exposant")
    r = choisir(1, 3, "siret"); x = V[r, SIRET]; gsub(/[^0-9]/, "", x); V[r, SIRET] = substr(x, 1, 12)
    faute("SIRET tronqué", r, SIRET, "E-126", "SIRET invalide")
    r = choisir(1, 1, "an23,petit"); V[r, FINESS] = ferme[2]; V[r, OG] = ferme[3]; V[r, NOM] = ferme[4]; V[r, VILLE] = ferme[5]; V[r, SIRET] = ""
    faute("ESSMS fermé avant la base de l'année", r, "", "FIN-02", "")
    r = choisir(1, 1, ""); V[r, FINESS] = ""; V[r, SIRET] = ""
    faute("ni FINESS ni SIRET", r, FINESS, "E-127", "la cellule est vide")
    r = choisir(2, 9, "sans_site"); V[r + 1, FINESS] = ""; V[r + 1, SIRET] = ""
    faute("cellules fusionnées : la suivante est vide", r + 1, FINESS, "E-127", "la cellule est vide"); classeur(r, FINESS, "m", 1, "E-171", "une valeur pour chaque ESSMS"); if (forme == "xlsx") f_rang[n_fautes] = r
    # --- amounts ---
    r = choisir(1, 3, "taux"); x = V[r, HT]; y = V[r, TTC]; partout(r, HT, y); partout(r, TTC, x)
    faute("HT et TTC inversés", r, HT, S, "le HT dépasse le TTC ; colonnes inversées ?")
    r = choisir(1, 3, "taux"); x = V[r, HT]; y = V[r, TVA]; partout(r, HT, y); partout(r, TVA, x)
    faute("HT et TVA inversés", r, TVA, S, "la TVA dépasse le HT ; colonnes inversées ?")
    r = choisir(1, 3, "taux"); partout(r, TVA, euros(centimes(V[r, TTC]) / 5))
    faute("TVA calculée sur le TTC", r, "", "BAR-04", "")
    r = choisir(1, 3, "taux"); x = centimes(V[r, HT]); partout(r, TTC, V[r, HT]); partout(r, HT, euros(x - centimes(V[r, TVA])))
    faute("TTC pris pour le HT, TVA ôtée deux fois", r, "", "BAR-04", "")
    r = choisir(1, 1, "taux"); montants(r, centimes(V[r, HT]), centimes(V[r, TVA]), centimes(V[r, TTC]))
    faute("montants en centimes", r, HT, S, "en centimes ?")
    r = choisir(1, 3, "taux"); partout(r, TTC, centimes(V[r, TTC]))
    faute("virgule perdue dans le TTC", r, TTC, S, "virgule perdue ?")
    r = choisir(1, 3, "taux,mille"); partout(r, HT, int(centimes(V[r, HT]) / 100000) "." sprintf("%03d", int(centimes(V[r, HT]) / 100) % 1000))
    faute("point des milliers", r, HT, "E-124", "serait ambigu")
    r = choisir(2, 12, "sans_site"); for (i = r; i < r + combien[de[r]]; i++) V[i, SITE] = euros(centimes(V[r, HT]))
    faute("total répété sur chaque ligne", r, "", "E-130", "la somme des montant_ht_essms")
    r = choisir(2, 12, "repete,sans_site"); for (i = r; i < r + combien[de[r]]; i++) V[i, HT] = euros(int(centimes(V[r, HT]) / combien[de[r]]) + 100 * (i - r))
    faute("montants des lignes du devis", r + 1, HT, "E-128", "montants des lignes du devis")
    r = choisir(3, 12, "taux,plafond"); x = centimes(V[r, HT]) / combien[de[r]]; for (i = r; i < r + combien[de[r]]; i++) V[i, SITE] = ""
    x = int(x); montants(r, euros(x), euros(int(x / 5)), euros(x + int(x / 5)))
    faute("montants d'un seul ESSMS", r, HT, S, "est juste celui d'un seul ESSMS")
    r = choisir(1, 2, "taux"); x = centimes(V[r, HT]); montants(r, "0", "0", "0"); for (i = r; i < r + 2; i++) if (de[i] == de[r]) V[i, SITE] = ""
    faute("montant nul", r, "", "BAR-01", "")
    r = choisir(1, 3, ""); partout(r, HT, "-" V[r, HT])
    faute("montant négatif", r, HT, "E-124", "montant illisible")
    r = choisir(1, 3, ""); partout(r, TTC, int(centimes(V[r, TTC]) / 100) " € TTC")
    faute("commentaire dans le montant", r, TTC, "E-124", "montant illisible")
    r = choisir(1, 3, ""); partout(r, HT, "l" substr(V[r, HT], 2))
    faute("lettre l pour un", r, HT, "E-124", "montant illisible")
    r = choisir(1, 3, "taux"); partout(r, TAUX, "0,2")
    faute("taux en part", r, TAUX, "E-122", "20 pour 0,2")
    r = choisir(1, 3, "taux"); partout(r, TAUX, "19,6")
    faute("taux d'autrefois", r, "", "BAR-04", "")
    r = choisir(1, 1, "taux,plafond"); x = centimes(V[r, HT]) * 3; montants(r, euros(x), euros(x / 5), euros(x + x / 5))
    faute("au-dessus du plafond de la tranche", r, HT, "BAR-01", "")
    r = choisir(1, 3, "taux"); x = int(centimes(V[r, HT]) / 1000); montants(r, euros(x / 10), euros(x / 50), euros(x / 10 + x / 50))
    for (i = r; i < r + combien[de[r]]; i++) V[i, SITE] = ""
    faute("montants en milliers d'euros", r, HT, S, "en milliers d'euros ?")
    # --- dates ---
    r = choisir(1, 3, "inversible,seul_signe"); x = V[r, SIGNE]; partout(r, DATE, substr(x, 4, 3) substr(x, 1, 2) substr(x, 6))
    faute("jour et mois inversés", r, "", S, "jour et mois inversés")
    r = choisir(1, 3, "grand_jour"); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 4, 3) substr(x, 1, 2) substr(x, 6))
    faute("date à l'américaine", r, SIGNE, "E-123", "mois et jour inversés ?")
    r = choisir(1, 3, ""); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 1, 6) substr(x, 9))
    faute("année sur deux chiffres", r, SIGNE, "E-123", "quatre chiffres")
    r = choisir(1, 3, ""); x = V[r, SIGNE]; partout(r, SIGNE, serie(x))
    faute("nombre de jours depuis 1900", r, SIGNE, "E-123", "(" x " ?)")
    r = choisir(1, 3, ""); x = V[r, SIGNE]; partout(r, SIGNE, serie(x) - 1462)
    faute("nombre de jours depuis 1904", r, SIGNE, "E-123", x)
    r = choisir(1, 3, "seul_signe,debut_mois"); partout(r, DATE, jour(V[r, SIGNE], 2))
    faute("signature avant le document", r, SIGNE, S, "la signature précède le document")
    r = choisir(1, 3, "an22"); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 1, 6) "2032")
    faute("année 2032", r, SIGNE, "E-223", "la signature est à venir")
    r = choisir(1, 3, "an22"); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 1, 6) "2012"); partout(r, DATE, substr(x, 1, 6) "2012")
    faute("année 2012", r, SIGNE, "COM-04", "")
    r = choisir(1, 3, ""); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 7) "-" substr(x, 4, 2) "-" substr(x, 1, 2))
    faute("date d'une autre forme", r, SIGNE, "E-144", "dates de deux formes"); classeur(r, SIGNE, "s", x)
    r = choisir(1, 3, ""); partout(r, SIGNE, V[r, SIGNE] " 14:30")
    faute("date et heure", r, SIGNE, "E-172", "l'heure est laissée de côté")
    r = choisir(3, 12, "economie,debut_mois"); V[r + 1, SIGNE] = jour(V[r, SIGNE], 1); V[r + 1, DATE] = V[r, DATE]
    faute("date tirée vers le bas", r + 1, SIGNE, "E-128", "tirées vers le bas")
    r = choisir(1, 3, ""); partout(r, SIGNE, "le 12 juillet 2022")
    faute("date en lettres", r, SIGNE, "E-123", "date impossible")
    # --- orders ---
    r = choisir(1, 1, ""); x = choisir(1, 1, ""); V[x, NUMERO] = V[r, NUMERO]
    faute("deux commandes sous un même numéro", x, "", "E-128", "se contredisent"); f_autre[n_fautes] = de[r]
    r = choisir(2, 6, "repete,sans_site"); V[r + 1, NUMERO] = tolower(V[r, NUMERO])
    faute("numéro écrit autrement sur une ligne", r + 1, NUMERO, S, "presque le même")
    r = choisir(2, 6, "repete,sans_site"); sub(/-/, " - ", V[r + 1, NUMERO])
    faute("blancs dans le numéro d'une ligne", r + 1, NUMERO, S, "presque le même")
    r = choisir(2, 9, "sans_site")
    for (i = 1; i <= 3; i++) { x = inserer(r, 0); V[x, NUMERO] = V[r, NUMERO]; V[x, NOM] = i == 1 ? "Formation des équipes" : i == 2 ? "Installation" : "Licence annuelle"; V[x, SITE] = "500,00" }
    faute("lignes de prestations du devis", x, FINESS, "E-127", "la cellule est vide")
    r = choisir(1, 1, ""); for (k = COLONNES; k > SIGNE; k--) V[r, k] = V[r, k - 1]; V[r, SIGNE] = ""
    faute("ligne décalée d'une colonne", r, "", "E-12", "")
    r = choisir(1, 9, ""); for (i = r; suivante[i] && de[suivante[i]] == de[r]; i = suivante[i]) ; x = inserer(i, 0); k = split(entete, t, ";"); for (k = 1; k <= COLONNES; k++) V[x, k] = t[k]
    de[x] = 0; faute("en-tête répété au milieu", x, "", "E-172", "en-tête répété")
    r = choisir(1, 9, ""); for (i = r; suivante[i] && de[suivante[i]] == de[r]; i = suivante[i]) ; x = inserer(i, 0); V[x, NOM] = "Sous-total du mois"; V[x, HT] = "45 300,00"
    de[x] = 0; faute("ligne de sous-total", x, "", "E-172", "ligne de total : passée")
    # --- words ---
    r = choisir(1, 3, ""); partout(r, LOGICIEL, "DUI Mélese")
    faute("solution mal écrite", r, LOGICIEL, S, "« DUI Mélèze » ?")
    r = choisir(1, 1, "an23"); partout(r, LOGICIEL, "Orme Social"); partout(r, VERSION, "3")
    faute("solution d'un autre couloir", r, LOGICIEL, S, "dont n'est pas l'ESSMS")
    r = choisir(1, 1, "an22"); partout(r, LOGICIEL, "Orme Social"); partout(r, VERSION, "3")
    faute("solution d'un autre couloir, base connue", r, "", "FIN-04", "")
    r = choisir(1, 1, ""); partout(r, LOGICIEL, "Noyer Plus"); partout(r, VERSION, "9")
    faute("solution d'un autre éditeur", r, "", "COM-12", "")
    r = choisir(1, 3, ""); partout(r, MODE, "manucrite")
    faute("mode de signature mal écrit", r, MODE, "E-122", "manuscrite")
    r = choisir(1, 3, ""); partout(r, MENTION, "1")
    faute("1 pour oui", r, MENTION, "E-122", "oui|non")
    r = choisir(1, 3, ""); partout(r, MENTION, "VRAI")
    faute("VRAI pour oui", r, MENTION, "E-172", "VRAI")
    r = choisir(1, 3, ""); V[r, NOM] = "RÃ©sidence " V[r, NOM] " Ã‰toile"
    faute("accents abîmés", r, NOM, S, "accents abîmés")
    r = choisir(1, 3, ""); partout(r, QUI, "=A1")
    faute("formule", r, QUI, "E-019", "formule de tableur"); classeur(r, QUI, "", "", "E-170", "la formule n'a pas de valeur")
    r = choisir(1, 3, ""); partout(r, FONCTION, "#N/A")
    faute("#N/A", r, FONCTION, "E-170", "en erreur dans le tableur")
    r = choisir(1, 3, ""); partout(r, HT, "#REF!")
    faute("#REF! dans un montant", r, HT, "E-170", "en erreur dans le tableur")
    r = choisir(2, 9, ""); V[r + 1, NOM] = "idem"
    faute("« idem » pour un nom", r + 1, NOM, "", "")
    r = choisir(1, 3, "ville_longue"); V[r, VILLE] = "Xanton-Chassenon"
    faute("commune d'une autre ligne", r, "", "FIN-05", "")
    r = choisir(1, 3, ""); partout(r, VERSION, "02/04/2022")
    faute("version changée en date", r, VERSION, S, "une date : le tableur a changé cette valeur ?")
    r = choisir(1, 3, ""); partout(r, BON, "bons/absent.pdf")
    faute("bon scanné absent", r, BON, "E-138", "la pièce ne se lit pas")
    r = choisir(1, 3, ""); x = choisir(1, 3, ""); if (x < r) { y = r; r = x; x = y }; partout(x, BON, V[r, BON])
    faute("bon d'une autre commande", x, BON, "", ""); f_autre[n_fautes] = de[r]
    if (forme == "xlsx") {
        r = choisir(3, 9, ""); classeur(r, LOGICIEL, "m", 2, "", "")
        faute("cellules de la commande fusionnées : lues sur chaque ligne", r, "", "", "cellules fusionnées")
        r = choisir(1, 1, ""); classeur(r, 1, "h", "", "", "")
        faute("ligne masquée par un filtre", r, "", "", "ligne masquée")
    }
    # --- silent ones ---
    r = choisir(1, 3, "taux"); x = centimes(V[r, HT]); y = int((x * 17 + 100) / 200); partout(r, TAUX, "8,5"); partout(r, TVA, euros(y)); partout(r, TTC, euros(x + y))
    faute("taux d'outre-mer en métropole", r, TAUX, S, "aucun ESSMS de la commande n'y est")
    r = choisir(1, 3, "taux"); partout(r, MOTIF, "exemption")
    faute("motif de TVA nulle à 20 %", r, MOTIF, S, "à côté d'un taux")
    r = choisir(1, 3, ""); x = V[r, QUI]; partout(r, QUI, V[r, FONCTION]); partout(r, FONCTION, x)
    faute("signataire et fonction inversés", r, QUI, S, "colonnes inversées ?")
    r = choisir(1, 3, ""); x = V[r, LOGICIEL]; partout(r, LOGICIEL, V[r, VERSION]); partout(r, VERSION, x)
    faute("solution et version inversées", r, LOGICIEL, S, "colonnes inversées ?")
    r = choisir(1, 1, "libre_avant"); V[r, NUMERO] = ""
    faute("numéro oublié : la commande suit celle du dessus", r, "", "E-128", "se contredisent"); f_autre[n_fautes] = de[r] - 1; prise[de[r] - 1] = 1
    r = choisir(1, 3, ""); partout(r, DATE, "31/04/2022")
    faute("31 avril", r, DATE, "E-123", "date impossible")
    r = choisir(1, 3, "siret"); x = V[r, SIRET]; gsub(/[^0-9]/, "", x); V[r, SIRET] = substr(x, 1, 9)
    faute("SIREN à la place du SIRET", r, SIRET, "E-126", "c'est un SIREN")
    r = choisir(1, 3, ""); partout(r, MENTION, "non")
    faute("mention de l'État absente", r, MENTION, "COM-09", "")
    r = choisir(1, 3, ""); partout(r, EQUIPE, "non")
    faute("client non équipé", r, EQUIPE, "COM-01", "")
    r = choisir(2, 9, ",site"); for (i = r; i < r + combien[de[r]]; i++) V[i, SITE] = euros(int(centimes(V[r, TTC]) / combien[de[r]]) + (i - r < centimes(V[r, TTC]) % combien[de[r]]))
    faute("TTC de chaque site", r, "", "E-130", "ces montants font le TTC")
    r = choisir(1, 1, ""); x = V[r, NOM]; V[r, NOM] = V[r, VILLE]; V[r, VILLE] = x
    faute("nom et ville inversés", r, "", "FIN-05", "")
    r = choisir(1, 1, ""); V[r, FINESS] = V[r, FINESS] " / " V[r, FINESS]
    faute("deux FINESS dans une cellule", r, FINESS, "E-125", "")
    for (k = 1; k <= 2; k++) { r = choisir(1, 3, "zero"); V[r, FINESS] = substr(V[r, FINESS], 2); faute("zéro de tête perdu encore", r, FINESS, "E-172", "zéro de tête remis") }
    r = choisir(2, 4, ""); partout(r, BON, "#####")
    faute("colonne trop étroite", r, BON, "E-170", "trop étroite")
    r = choisir(3, 9, ""); V[r + 1, COLONNES] = V[r + 1, COLONNES] ";suite"
    faute("un champ de trop", r + 1, "", "E-023", ""); classeur(r, COLONNES, "", "", "E-144", "cellules à droite de l'en-tête")
    r = choisir(1, 3, "an22"); x = V[r, SIGNE]; partout(r, DATE, substr(x, 1, 6) "2021")
    faute("année du document fausse", r, "", "COM-10", "")
    r = choisir(1, 3, "inversible,loin"); x = V[r, SIGNE]; partout(r, SIGNE, substr(x, 4, 3) substr(x, 1, 2) substr(x, 6)); partout(r, DATE, jour(x, -1))
    faute("jour et mois de la signature inversés, le document la veille", r, SIGNE, S, "jour et mois inversés")
    r = choisir(2, 9, "repete"); V[r + 1, MENTION] = "non"
    faute("oui et non dans une même commande", r + 1, MENTION, "E-128", "se contredisent")
    r = choisir(1, 3, ",condition"); partout(r, CONDITION, "non")
    faute("condition oubliée avant le référencement", r, "", "REF-02", "")
    r = choisir(1, 3, ""); partout(r, EQUIPE, "15/03/2024")
    faute("équipé après la commande", r, EQUIPE, "COM-01", "")
    r = choisir(1, 1, ""); x = inserer(r, 1); de[x] = 0; V[x, NUMERO] = "BC-9999"; V[x, HT] = "1000,00"; V[x, TAUX] = "20"; V[x, TVA] = "200,00"; V[x, TTC] = "1200,00"; V[x, SITE] = ""
    faute("même ESSMS, autre commande, autres montants", x, "", "UNI-01", "déjà commandé")
    r = choisir(1, 3, ""); partout(r, QUI, "à compléter")
    faute("« à compléter » pour un signataire", r, QUI, S, "ce n'est pas un nom")
    r = choisir(1, 3, "mille"); partout(r, HT, int(centimes(V[r, HT]) / 100000) "'" sprintf("%03d", int(centimes(V[r, HT]) / 100) % 1000) ",00")
    faute("apostrophe des milliers", r, HT, "E-124", "montant illisible")
    r = choisir(1, 3, ""); V[r, NOM] = "R?sidence des ?rables"
    faute("accents devenus des points d'interrogation", r, NOM, S, "accents abîmés")
    # --- the end of the sheet ---
    x = inserer(derniere, 0); V[x, NOM] = "TOTAL"; V[x, HT] = "3 456 789,00"; de[x] = 0
    faute("ligne de total", x, "", "E-172", "ligne de total : passée")
    sub(/([^;]*;){26}.*/, "&", entete)
    print entete >(sortie "/fautes.csv")
    ligne = 1
    for (r = 1; r; r = suivante[r]) {
        ou[r] = ++ligne
        if (de[r]) { if (!(de[r] in de_a)) de_a[de[r]] = ligne; a_a[de[r]] = ligne }
        s = V[r, 1]
        for (k = 2; k <= COLONNES; k++) s = s ";" V[r, k]
        print s >(sortie "/fautes.csv")
    }
    for (i = 1; i <= n_marques; i++) {
        r = m_rang[i]; k = lettre(m_col[i])
        if (m_type[i] == "m") print "m\t" k ou[r] ":" k (ou[r] + m_valeur[i]) >(sortie "/marques")
        else if (m_type[i] == "h") print "h\t" ou[r] >(sortie "/marques")
        else print "c\t" ou[r] "\t" k "\t" m_type[i] "\t" m_valeur[i] >(sortie "/marques")
    }
    for (i = 1; i <= n_fautes; i++) {
        o = f_commande[i]
        s = o ? de_a[o] "-" a_a[o] : ou[f_rang[i]] "-" ou[f_rang[i]]
        if (i in f_autre) s = s "," de_a[f_autre[i]] "-" a_a[f_autre[i]]
        printf "%s\t%s\t%d\t%s\t%s\t%s\n", f_titre[i], s, ou[f_rang[i]], f_col[i] == "" ? "*" : lettre(f_col[i]), f_code[i] == "" ? "*" : f_code[i], f_mots[i] == "" ? "*" : f_mots[i] >(sortie "/attendus")
    }
}
