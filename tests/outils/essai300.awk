# A sheet of 300 orders as the sales of an éditeur keep it: real ESSMS of the FINESS stock, named as people name them, with SIRET and
# towns, never a FINESS number; amounts from the barème, computed here apart from the program. Seeded: the same seed, the same bytes.
# Reads the stock of establishments (cs1100502); writes in `sortie` crm.csv, verite.csv (what each row is) and voisins.csv (what each order could be
# taken for). LC_ALL=C awk -F ';' -v graine=1 -v sortie=DIR -f essai300.awk stock.csv
function alea(n) { etat = (etat * 16807) % 2147483647; return int(etat / 2147483647 * n) }
function un_sur(n) { return alea(n) == 0 }
function taux(n) { return n >= 100 ? 113300 : n >= 20 ? 123200 : n >= 11 ? 164300 : n >= 5 ? 219000 : n >= 2 ? 292000 : 400000 }
function arrondi(num, den) { return int((2 * num + den) / (2 * den)) }
function luhn(s,   i, d, t, n) {
    n = length(s)
    for (i = n; i > 0; i--) { d = substr(s, i, 1) + 0; if ((n - i) % 2) { d *= 2; if (d > 9) d -= 9 } t += d }
    return t % 10 == 0
}
# Amounts as they are typed, from centimes.
function argent(c, style,   e, r) {
    e = sprintf("%d", int(c / 100)); r = sprintf("%02d", c % 100)
    if (style == 0 && length(e) > 3) e = substr(e, 1, length(e) - 3) " " substr(e, length(e) - 2)
    if (style == 1 && length(e) > 3) e = substr(e, 1, length(e) - 3) "\342\200\257" substr(e, length(e) - 2)
    if (style == 2 && r == "00") return e
    return style == 3 ? e "," r " €" : style == 4 ? e "." r : e "," r
}
function le(j,   m, a) { # day of the year from 01/01/2022
    a = 2022
    if (j > 365) { j -= 365; a = 2023 }
    for (m = 1; j > duree[m]; m++) j -= duree[m]
    return sprintf("%02d/%02d/%d", j, m, a)
}
function capitale(w) { return toupper(substr(w, 1, 1)) tolower(substr(w, 2)) }
function petit_mot(w) { return w ~ /^(DE|DU|DES|LA|LE|LES|ET|A|AU|AUX|EN|SUR|SOUS)$/ }
function casse(t, style,   n, i, w, out, p) {
    if (style == 0) return t
    if (style == 1) return tolower(t)
    n = split(t, w, " ")
    for (i = 1; i <= n; i++) {
        p = w[i]
        if (p in sigles) ; # stays
        else if (p in accents) p = i > 1 && !un_sur(3) ? tolower_accents(accents[p]) : accents[p]
        else if (i > 1 && petit_mot(p)) p = tolower(p)
        else if (substr(p, 2, 1) == "'" ) p = (i > 1 ? tolower(substr(p, 1, 2)) : substr(p, 1, 2)) capitale(substr(p, 3))
        else if (index(p, "-") > 1) p = capitale(substr(p, 1, index(p, "-") - 1)) "-" capitale(substr(p, index(p, "-") + 1))
        else p = capitale(p)
        out = out (i > 1 ? " " : "") p
    }
    return out
}
function tolower_accents(t) { sub(/^É/, "é", t); return tolower(t) }
function remplacer(t, de, par,   i) {
    t = " " t " "
    i = index(t, " " de " ")
    if (i > 0) t = substr(t, 1, i) par substr(t, i + length(de) + 1)
    gsub(/^ +| +$/, "", t)
    return t
}
function abreger(t) {
    t = remplacer(t, "RESIDENCE", un_sur(2) ? "RESID." : "RES.")
    t = remplacer(t, "SAINT", "ST")
    t = remplacer(t, "SAINTE", "STE")
    gsub(/ SAINT-/, " ST ", t)
    gsub(/ SAINTE-/, " STE-", t)
    t = remplacer(t, "NOTRE DAME", "N.D.")
    t = remplacer(t, "FOYER D'ACCUEIL MEDICALISE", "FAM")
    t = remplacer(t, "MAISON D'ACCUEIL SPECIALISEE", "MAS")
    t = remplacer(t, "INSTITUT MEDICO EDUCATIF", "I.M.E.")
    t = remplacer(t, "INSTITUT MEDICO-EDUCATIF", "IME")
    t = remplacer(t, "DOCTEUR", "DR")
    return t
}
function developper(t) {
    t = remplacer(t, "ST", "SAINT")
    t = remplacer(t, "STE", "SAINTE")
    t = remplacer(t, "RES", "RESIDENCE")
    t = remplacer(t, "DR", "DOCTEUR")
    return t
}
function a_genre(t,   n, w, i) {
    n = split(t, w, /[^A-Z]+/)
    for (i = 1; i <= n; i++)
        if (w[i] in sigles || w[i] ~ /^(FOYER|MAISON|CENTRE|SERVICE|INSTITUT|ETABLISSEMENT|RESIDENCE|RES|LOGEMENT|ACCUEIL|MAPA|MARPA|UNITE|ATELIER|ATELIERS)$/) return 1
    return 0
}
# How somebody who knows the client writes its name.
function saisir_nom(rs, cat, ville,   t, genre, s) {
    t = rs
    gsub(/ +/, " ", t)
    if (un_sur(3)) t = abreger(t); else if (un_sur(4)) t = developper(t)
    if ((cat in sigle_de) && !a_genre(t) && un_sur(2)) t = sigle_de[cat] " " t
    else if (substr(t, 1, 6) == "EHPAD " && un_sur(6)) t = un_sur(2) ? "E.H.P.A.D. " substr(t, 7) : substr(t, 7) " (EHPAD)"
    if (un_sur(8)) gsub(/-/, " ", t)
    if (un_sur(8)) gsub(/'/, "’", t)
    s = alea(4)
    t = casse(t, s > 2 ? 2 : s)
    if (un_sur(12) && length(t) < 40) t = t " - " casse(ville, 2)
    if (un_sur(25)) sub(/ /, "  ", t)
    if (un_sur(25)) sub(/ /, "\302\240", t)
    return t
}
function saisir_ville(v,   n, t, s) {
    t = v
    if (t ~ /^(PARIS|LYON|MARSEILLE) [0-9]+$/) {
        n = t; sub(/^[A-Z]+ /, "", n); sub(/ .*/, "", t)
        s = alea(3)
        return s == 0 ? casse(t, 2) : casse(t, 2) " " (n + 0) (s == 1 ? "" : "e")
    }
    if (un_sur(2)) { t = remplacer(t, "ST", "SAINT"); t = remplacer(t, "STE", "SAINTE") }
    else { t = remplacer(t, "SAINT", "ST"); t = remplacer(t, "SAINTE", "STE") }
    if (un_sur(3)) gsub(/ /, "-", t)
    s = alea(4)
    if (un_sur(30)) t = t "\302\240"
    return casse(t, s > 2 ? 2 : s)
}
function saisir_siret(s,   k) {
    k = alea(6)
    if (k == 0) return substr(s, 1, 3) " " substr(s, 4, 3) " " substr(s, 7, 3) " " substr(s, 10)
    if (k == 1) return substr(s, 1, 9) " " substr(s, 10)
    if (k == 2) return substr(s, 1, 3) "\302\240" substr(s, 4, 3) "\302\240" substr(s, 7, 3) "\302\240" substr(s, 10)
    return s
}
function ajouter_commande(ej, n,   i, c) {
    c = ++commandes
    og_de[c] = ej; combien[c] = n
    for (i = 1; i <= n; i++) essms_de[c, i] = de_og[ej, ++pris[ej]]
}
BEGIN {
    OFS = ";"; etat = graine * 7919 + 17
    n = split("31 28 31 30 31 30 31 31 30 31 30 31", duree, " ")
    n = split("500 EHPAD 202 - 182 SESSAD 382 - 246 ESAT 183 IME 252 - 446 SAVS 437 FAM 255 MAS 186 ITEP 189 CMPP 445 SAMSAH 190 CAMSP 354 SSIAD 460 SAAD 209 SPASAD 449 - 448 - 188 - 192 IEM", t, " ")
    for (i = 1; i < n; i += 2) { admise[t[i]] = 1; if (t[i + 1] != "-") { sigle_de[t[i]] = t[i + 1]; sigles[t[i + 1]] = 1 } }
    sigles["SAJ"] = sigles["APF"] = sigles["ADMR"] = sigles["ADAPEI"] = sigles["APEI"] = sigles["UDAF"] = sigles["ADSEA"] = sigles["EHPA"] = sigles["CAJ"] = sigles["FDV"] = sigles["CCAS"] = 1
    n = split("RESIDENCE Résidence HEBERGEMENT Hébergement MEDICALISE Médicalisé MEDICO Médico SPECIALISEE Spécialisée EDUCATIF Éducatif EDUCATION Éducation" \
        " THERAPEUTIQUE Thérapeutique ELISABETH Élisabeth FRANCOIS François FRANCOISE Françoise ANDRE André RENE René CHATEAU Château COTE Côte CHENES Chênes PRES Prés" \
        " VALLEE Vallée FORET Forêt EGLANTIERS Églantiers ETANG Étang EVECHE Évêché HELENE Hélène THERESE Thérèse JEROME Jérôme FREDERIC Frédéric ERABLES Érables", t, " ")
    for (i = 1; i < n; i += 2) accents[t[i]] = t[i + 1]
}
FNR == 1 { next }
{ sub(/\r$/, "") }
/"/ { if ($21 ~ /^4[1346]/) N[$3]++; next }
$21 ~ /^4[1346]/ { N[$3]++ }
$21 ~ /^4[1346]/ && ($19 in admise) && $4 !~ /[^ -~]/ && $16 ~ /^[0-9]+ [A-Z]/ && $23 ~ /^[0-9]+$/ && length($23) == 14 && luhn($23) && luhn(substr($23, 1, 9)) {
    ville = substr($16, index($16, " ") + 1)
    if (ville ~ /CEDEX/) { sub(/ CEDEX.*/, "", ville) }
    if ($4 == "" || length($4) > 60) next
    if (!($3 in n_og)) ogs[++n_ogs] = $3
    de_og[$3, ++n_og[$3]] = $2
    n_nom[$4]++; homonyme[$4] = $2
    nom[$2] = $4; commune[$2] = ville; cp[$2] = substr($16, 1, index($16, " ") - 1); siret[$2] = $23; cat[$2] = $19; dep[$2] = $14
}
END {
    split("100 85 55 35 20 5", voulu, " ")
    for (k = n_ogs; k > 1; k--) { i = 1 + alea(k); x = ogs[k]; ogs[k] = ogs[i]; ogs[i] = x }
    for (k = 1; k <= n_ogs; k++) {
        e = ogs[k]; x = N[e]
        l = x >= 100 ? 6 : x >= 20 ? 5 : x >= 11 ? 4 : x >= 5 ? 3 : x >= 2 ? 2 : 1
        for (tours = l >= 5 ? 3 : l >= 3 ? 2 : 1; tours > 0 && fait[l] < voulu[l] && n_og[e] > pris[e]; tours--) {
            x = n_og[e] - pris[e]; if (x > 12) x = 12
            ajouter_commande(e, un_sur(2) ? x : 1 + alea(x)); fait[l]++
        }
    }
    # One that closes between the two bases, alone in its OG.
    for (k = 1; N[ogs[k]] != 1 || pris[ogs[k]] || n_og[ogs[k]] != 1; k++) ;
    et = de_og[ogs[k], 1]
    ferme = et ";" ogs[k] ";" nom[et] ";" commune[et] ";" siret[et]
    n = split("DUI Mélèze|4.2|122|dui meleze|Tilleul PH|2022.1|258|TILLEUL PH|Cèdre Domicile|7|166|Cedre domicile", sol, "|")
    n = split("Mme Martin|M. Bernard|Mme Petit|Mme Durand|M. Leroy|Mme Moreau|M. Simon|Mme Lefèvre|M. Garcia|Mme Roux|M. Fontaine|Mme Chevalier", gens, "|")
    n_fonctions = split("Directrice|Directeur|directeur général|Présidente|Directrice adjointe", fonctions, "|")
    n_modes = split("manuscrite|Manuscrite|eIDAS|manuscrite|RGS", modes, "|")
    crm = sortie "/crm.csv"; verite = sortie "/verite.csv"; voisins = sortie "/voisins.csv"
    print "numero", "frere", "siret_frere", "homonyme", "siege" >voisins
    print "ferme", ferme >voisins
    print "N° BC", "Affaire", "Établissement", "CP", "Ville", "SIRET", "HT du site", "Logiciel", "Version", "Date du BC", "Signé le", "Total HT", "Taux TVA", "Montant TVA", "Total TTC", \
        "Motif TVA", "Signataire", "Fonction", "Signature", "Sous condition", "Mention Ségur", "Client équipé", "Bon scanné", "Commercial" >crm
    print "ligne", "numero", "finess_et", "finess_ej", "nom", "commune", "n_og", "date", "rang" >verite
    ligne = 1
    # In no order that the numbers follow.
    for (c = 1; c <= commandes; c++) ordre[c] = c
    for (k = commandes; k > 1; k--) { i = 1 + alea(k); x = ordre[k]; ordre[k] = ordre[i]; ordre[i] = x }
    for (k = 1; k <= commandes; k++) {
        c = ordre[k]; e = og_de[c]; n = combien[c]
        numero = sprintf("BC-%d-%04d", 2300 + alea(3), k)
        s = 4 * alea(3)
        # 17/05/2022 to 30/12/2022, or 02/01/2023 to 26/05/2023
        jour = un_sur(4) ? 367 + alea(144) : 137 + alea(227)
        document = un_sur(5) && jour > 140 && (jour < 366 || jour > 380) ? jour - 1 - alea(jour > 175 || jour < 166 ? 3 : 1) : jour
        if (document <= 365 && jour > 365) document = jour
        if ((document < sol[s + 3]) != (jour < sol[s + 3]) || document < 137) document = jour
        d = dep[essms_de[c, 1]]
        tva = d == "9A" || d == "9B" || d == "9D" ? 850 : d == "9C" || d == "9F" ? 0 : 2000
        r = taux(N[e])
        u = n * arrondi(r * 5, 6); t2 = arrondi(n * r * 5, 6)
        bas = u < t2 ? u : t2
        ht = un_sur(2) ? bas : un_sur(3) ? (tva == 2000 ? t2 : bas) : n * (int(r * 5 / 6 / 5000) * 5000 - 10000 * alea(4))
        m_tva = arrondi(ht * tva, 10000)
        if (tva == 2000 && ht + m_tva > n * r) { ht = bas; m_tva = arrondi(ht * tva, 10000) }
        style = alea(5)
        par_site = n > 1 && un_sur(3)
        repete = un_sur(2)
        for (i = 1; i <= n; i++) {
            et = essms_de[c, i]; ligne++
            site = par_site ? int(ht / n) + (i <= ht - n * int(ht / n) ? 1 : 0) : ""
            tete = i == 1 || repete
            ecrit = saisir_nom(nom[et], cat[et], commune[et])
            print (tete ? numero : ""), "OPP" (10000 + 7 * k), ecrit, cp[et], saisir_ville(commune[et]), (un_sur(9) ? "" : saisir_siret(siret[et])), \
                (site == "" ? "" : argent(site, style)), (tete ? sol[s + 1] : ""), (tete ? sol[s + 2] : ""), (tete ? le(document) : ""), (tete ? le(jour) : ""), \
                (tete ? argent(ht, style) : ""), (tete ? (tva == 850 ? "8,5" : tva / 100) (style == 1 ? " %" : "") : ""), (tete ? argent(m_tva, style) : ""), (tete ? argent(ht + m_tva, style) : ""), \
                (tete && tva == 0 ? (d == "9C" ? "guyane" : "mayotte") : ""), (tete ? gens[1 + k % 12] : ""), (tete ? fonctions[1 + k % n_fonctions] : ""), (tete ? modes[1 + k % n_modes] : ""), \
                (tete ? (jour < sol[s + 3] ? "oui" : "non") : ""), (tete ? "Oui" : ""), (tete ? (k % 7 == 0 ? "15/03/2019" : "oui") : ""), (tete ? "bons/" numero ".pdf" : ""), "JD" (k % 4) >crm
            print ligne, numero, et, e, nom[et], commune[et], N[e], le(jour), k >verite
        }
        # Another ESSMS of the OG that nobody orders, one of the same name elsewhere, a SIRET of the OG that no ESSMS has.
        et = essms_de[c, 1]
        x = n_og[e] > pris[e] ? de_og[e, ++pris[e]] : ""
        h = homonyme[nom[et]] != et && n_nom[nom[et]] > 1 && commune[homonyme[nom[et]]] != commune[et] ? homonyme[nom[et]] : ""
        for (i = 0; i < 99999; i++) { s = sprintf("%s%05d", substr(siret[et], 1, 9), 99000 + i); if (luhn(s)) break }
        print numero, x, siret[x], h, s >voisins
    }
}
