# commande preparer: judged before the signature, safe amounts, perimeter, the document to sign, the sheet to import.
. "$SONS_SRCDIR/tests/tap.sh"
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier preparer
neuf r.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >rapport 2>&1
sons fournisseur importer samples/fournisseurs.csv >rapport 2>&1
sons solution importer samples/solutions.csv >rapport 2>&1
sons financement importer samples/financements.csv >rapport 2>&1
# Amounts with plain spaces.
plat() { sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g'; }
p() { { sons commande preparer "$@" 2>&1; echo $? >code; } | plat; return "$(cat code)"; }
une="--solution EX-DUI-001 --version-solution 5.2 --deja-equipe oui"

# --- one order, by options -------------------------------------------------------------------------------------------
avant=$(empreinte r.db)
code "une commande" 0 p 2A0000196 2A0000998 --numero A $une --sortie bons --feuille f.csv
contient "prête à signer" "$tap_sortie" "1 commande préparée : 1 prête à signer. Rien n'est enregistré."
contient "N et la tranche" "$tap_sortie" "N = 13 dans la base du 03/01/2022, tranche D, 1 643,00 € TTC par ESSMS, plafond 3 286,00 € TTC"
contient "le HT sûr est proposé" "$tap_sortie" "montants proposés   2 738,33 € HT, TVA 20 % (supposée) : 547,67 €, 3 286,00 € TTC"
contient "les parts, un centime au premier" "$tap_sortie" "2A0000196  IME LES SALINES, 20090 AJACCIO : 1 369,17 € HT, 1 643,00 € TTC"
contient "le périmètre" "$tap_sortie" "11 : 11 à commander, 0 déjà commandés, 0 d'un autre couloir"
contient "ce qui attend la signature" "$tap_sortie" "attend la signature COM-08, COM-10, COM-13, AVA-03"
case $tap_sortie in *"en attente COM-08"*) ko "la signature n'est pas comptée contre elle" ;; *) ok "la signature n'est pas comptée contre elle" ;; esac
egal "le registre est intact" "$(empreinte r.db)" "$avant"
bon=bons/bon-123456782-A.html
egal "un seul document" "$(ls bons)" "bon-123456782-A.html"
html=$(plat <$bon)
contient "la phrase de l'État" "$html" "Montant pris en charge par l&#39;État au titre du Ségur de la santé"
contient "l'ESSMS et ses parts" "$html" "<td>2A0000196</td><td>IME LES SALINES</td><td>20090 AJACCIO</td>"
contient "le total" "$html" "3 286,00 €"
contient "le bandeau fictif" "$html" "DOCUMENT FICTIF"
contient "la licence de FINESS" "$html" "base du 03/01/2022, data.gouv.fr, Licence Ouverte"
contient "l'impression" "$html" "@page{size:A4"
case $html in *"sous condition"*) ko "référencée : sans condition" ;; *) ok "référencée : sans condition" ;; esac
egal "aucun script" "$(grep -ci '<script' $bon)" 0
if command -v xmllint >rapport 2>&1; then code "HTML bien formé" 0 xmllint --html --noout $bon; fi
somme=$(empreinte $bon)
code "encore : mêmes octets" 0 p 2A0000196 2A0000998 --numero A $une --sortie bons
contient "encore : inchangé" "$tap_sortie" "écrits 0, inchangés 1"
rien "un autre document du même nom" 1 "il n'est pas remplacé" p 2A0000196 --numero A $une --sortie bons
egal "il est intact" "$(empreinte $bon)" "$somme"
rien "la feuille existe déjà" 1 "existe" p 2A0000196 2A0000998 --numero A $une --feuille f.csv

# --- the sheet imports as it is, and once signed ---------------------------------------------------------------------
code "la feuille s'importe" 0 sons commande importer f.csv --essai
contient "la feuille : en attente" "$tap_sortie" "1 commande lue : 1 en attente"
LC_ALL=C awk -F ';' -v OFS=';' 'NR == 1 { for (i = 1; i <= NF; i++) { sub(/\r$/, "", $i); c[$i] = i } print; next }
    { sub(/\r$/, ""); $c["date_signature"] = $c["date_commande"] = "05/12/2022"; $c["signataire"] = "Mme A"; $c["qualite_signataire"] = "directrice"
      $c["mode_signature"] = "manuscrite"; $c["piece"] = "bon.pdf"; print }' f.csv >signee.csv
printf '%%PDF-1.4\n' >bon.pdf
code "une fois signée" 0 sons commande importer signee.csv
contient "une fois signée : conforme" "$tap_sortie" "1 commande lue : 1 conforme. Enregistrée."
egal "les montants proposés sont enregistrés" "$(sqlite3 r.db 'select ht, tva, ttc from commande')" "273833|54767|328600"
rien "un numéro pris" 1 "déjà enregistrée" p 2A0001558 --numero A $une
code "un ESSMS pris" 1 p 2A0000196 2A0001558 --numero B $une
contient "un ESSMS pris : UNI-01" "$tap_sortie" "anomalie UNI-01 : l'ESSMS 2A0000196 est déjà commandé"
contient "un ESSMS pris : par qui" "$tap_sortie" "2A0000998  IME - UPSSI DE PORTO VECCHIO, 20137 PORTO VECCHIO : commande A du 05/12/2022 (123456782), enregistrée"

# --- dates, condition, amounts ---------------------------------------------------------------------------------------
code "avant le référencement" 0 p 2A0001558 --numero C $une --le 2022-06-01 --sortie conditions
contient "avant le référencement : la condition" "$tap_sortie" "dossier complet à l'ANS au plus tard le 29/09/2022"
contient "la mention est sur le document" "$(cat conditions/*.html)" "Commande passée sous condition de référencement"
contient "avec son dernier jour" "$(cat conditions/*.html)" "au plus tard le 29/09/2022 pour une signature le 01/06/2022"
code "au-dessus du plafond" 1 p 2A0001558 --numero C $une --montant-ht 1369,18
contient "au-dessus : BAR-01" "$tap_sortie" "anomalie BAR-01"
contient "au-dessus : le HT sûr" "$tap_sortie" "HT sûr              1 369,17 €"
code "à huit et demi pour cent" 0 p 2A0001558 --numero C $une --taux-tva 8,5 --format csv
contient "à huit et demi : les montants" "$tap_sortie" "1369,17;8,5;116,38;1485,55"

# --- refused, hostile ------------------------------------------------------------------------------------------------
rien "déjà signée" 1 "est déjà signée" p 2A0001558 --numero C $une --date-signature 2022-10-01
rien "rien à préparer" 2 "--fichier" p
rien "tout à la fois" 2 "--fichier" p 2A0001558 --fichier f.csv
rien "un FINESS faux" 1 "FINESS" p 2A0001559 --numero C $une
code "un numéro hostile" 0 p 2A0001558 --numero '../<script>alert(1)</script>"&' $une --sortie hostiles
egal "il reste dans le dossier" "$(ls hostiles | sed 's/-[0-9a-f]\{8\}\.html/-….html/')" "bon-123456782-____script_alert_1___script___-….html"
egal "rien n'en est exécutable" "$(cat hostiles/* | grep -ci '<script')" 0
contient "il se lit" "$(cat hostiles/*)" "../&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;"
ln -s dehors.html "$(ls -d hostiles)/bon-123456782-L.html"
rien "un lien à la place du document" 1 "lien symbolique" p 2A0001558 --numero L $une --sortie hostiles
egal "le lien n'est pas suivi" "$(ls dehors.html 2>&1 | grep -c 'No such')" 1
code "strict" 1 p 2A0001558 --numero C --solution EX-DUI-001 --strict --sortie stricts
egal "strict : rien d'écrit" "$(ls -d stricts 2>&1 | grep -c 'No such')" 1
code "deux commandes d'une feuille sur le même ESSMS" 1 sh -c 'printf "numero;finess_et;solution;version_solution;deja_equipe\nD;2A0001558;EX-DUI-001;5.2;oui\nE;2A0001558;EX-DUI-001;5.2;oui\n" >deux.csv; "$SONS" commande preparer --fichier deux.csv'
contient "deux commandes : UNI-01" "$tap_sortie" "UNI-01"
contient "deux commandes : le compte" "$tap_sortie" "2 commandes préparées : 1 prête à signer, 1 anomalie"
tient
fermer
