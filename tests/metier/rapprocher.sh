# finess rapprocher: a sheet comes back whole, with numbers that can be trusted; finess chercher speaks the same words.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier rapprocher
neuf r.db 2022-12-05T09:00:00Z
rien "sans base" 1 "E-" sons finess rapprocher samples/commandes.csv
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1

# --- the sheet of a CRM: BOM, CRLF, quotes, formulas, line breaks, accents lost, abbreviations ---
{
    printf '\357\273\277Réf CRM;Raison Sociale;Ville;CP;N° SIRET;Téléphone;Notes\r\n'
    printf 'C1;ime les salines;Ajaccio;20000;;+33 4 95;=A1+1\r\n'
    printf 'C2;;;;78299184800048;;"deux\nlignes"\r\n'
    printf 'C3;SSIAD A.D.M.R. Rive-Sud;AFA;;;;@x\r\n'
    printf 'C4;;;;2,601E+13;;\r\n'
    printf 'C5;EHPAD;Ajaccio;20090;;;"a;b ""c"""\r\n'
    printf 'C6;Foyer de nulle part;Brest;29200;;;\r\n'
    printf 'C7;IME LES SALINES;BASTIA;;;;\r\n'
} >crm.csv
code "la feuille revient" 0 sons finess rapprocher crm.csv --format csv
sons finess rapprocher crm.csv --sortie s.csv >bilan 2>&1
contient "le compte" "$(cat bilan)" "7 lignes rapprochées de la base du 03/01/2022 : 3 FINESS trouvés"
contient "et quoi faire" "$(cat bilan)" "À faire : remplir finess_et parmi les candidats"
egal "les colonnes, puis les nôtres" "$(head -n 1 s.csv | tail -c +4 | tr -d '\r')" "Réf CRM;Raison Sociale;Ville;CP;N° SIRET;Téléphone;Notes;finess_et;finess_ej;confiance;raisons;candidats"
colonne() { sqlite3 :memory: ".mode csv" ".separator ;" ".import $1 t" ".mode list" "select group_concat(x, ',') from (select coalesce(nullif($2, ''), '-') x from t order by \"Réf CRM\")"; }
tail -c +4 s.csv >sans_bom.csv
egal "les numéros" "$(colonne sans_bom.csv finess_et)" "2A0000196,2A0000196,2A0001608,-,-,-,-"
egal "la confiance" "$(colonne sans_bom.csv confiance)" "sûre,sûre,sûre,aucune,à choisir,aucune,à choisir"
contient "le SIRET perdu est dit" "$(grep '^C4' s.csv)" "SIRET illisible ou de clé fausse, laissé de côté"
contient "la formule est protégée" "$(grep '^C1' s.csv)" ";'=A1+1;"
contient "l'arobase aussi" "$(grep '^C3' s.csv)" ";'@x;"
contient "le saut de ligne est gardé" "$(tr '\n' '~' <s.csv)" '"deux~lignes"'
contient "les guillemets aussi" "$(cat s.csv)" '"a;b ""c"""'
contient "le téléphone garde son + : un tableur l'ôterait" "$(cat s.csv)" ";'+33 4 95;"
contient "les candidats d'une autre commune sont proposés" "$(grep '^C7' s.csv)" "2A0000196 IME LES SALINES, 20090 AJACCIO ("
contient "l'OG" "$(grep '^C1' s.csv)" "2A0000196;2A0000220;sûre;"
contient "les raisons" "$(grep '^C1' s.csv)" "nom et commune n'en désignent qu'un : nom identique, commune"

# --- what it gives is read again ---
sons finess rapprocher s.csv --sortie s2.csv >bilan 2>&1
contient "les FINESS donnés le restent" "$(cat bilan)" "0 FINESS trouvé, 3 déjà donnés"
egal "les mêmes colonnes" "$(head -n 1 s2.csv)" "$(head -n 1 s.csv)"
egal "les mêmes numéros" "$(cut -d ';' -f 1 s2.csv | wc -l)" "$(cut -d ';' -f 1 s.csv | wc -l)"
sed 's/2A0000196;2A0000220/2A0000197;/; s/2A0001608/010780054/' s.csv >faux.csv
sons finess rapprocher faux.csv --format csv >f.csv 2>/dev/null
contient "un FINESS de clé fausse est dit, et cherché" "$(grep '^C1' f.csv)" "2A0000196;2A0000220;sûre;\"le FINESS donné n'en est pas un ;"
contient "un FINESS d'ailleurs aussi" "$(grep '^C3' f.csv)" "le FINESS donné n'est pas un établissement de cette base"
code "un classeur" 0 sons finess rapprocher s.csv --sortie s.xlsx
code "… se rapproche aussi" 0 sons finess rapprocher s.xlsx --format csv
egal "… avec les mêmes numéros" "$(printf '%s\n' "$tap_sortie" | grep -o '2A0000196;2A0000220' | wc -l)" 2
code "en JSON" 0 sons finess rapprocher crm.csv --format json

# --- recognised headers, bad sheets ---
for titres in 'siret;x' 'SIRET essms;x' 'N° SIREN;x' 'Nom de l'"'"'établissement;Ville' 'Dénomination;Commune' 'Structure;Localité'; do
    printf '%s\n1;2\n' "$titres" >t.csv
    code "en-tête « $titres »" 0 sons finess rapprocher t.csv
done
printf 'ville;cp\nAjaccio;20000\n' >t.csv
rien "rien qui désigne" 1 "rien ne désigne un établissement" sons finess rapprocher t.csv
printf 'a;b\n1;2\n' >t.csv
rien "aucune colonne connue" 1 "aucune colonne connue" sons finess rapprocher t.csv
printf 'nom;nom;ville\nIME LES SALINES;x;AJACCIO\n' >t.csv
contient "deux colonnes du même nom : la première est lue, les deux reviennent" "$(sons finess rapprocher t.csv --format csv 2>/dev/null | tail -n 1)" "IME LES SALINES;x;AJACCIO;2A0000196"
printf 'nom;ville\nA;B;C\n' >t.csv
rien "plus de champs que l'en-tête" 1 "plus de champs" sons finess rapprocher t.csv
rien "une base qui n'est pas là" 1 "la base du 01/01/2021 n'est pas importée" sons finess rapprocher crm.csv --base 2021-01-01
rien "le fichier de sortie existe" 1 "existe déjà" sons finess rapprocher crm.csv --sortie s.csv

# --- SIREN of the entity, from the EJ file of the same day ---
ej_salines=$(sons finess voir 2A0000196 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 2)
{ base 2022-01-03; ej "$ej_salines" 732829320 "ADPEP"; } >ej.csv
printf 'siren;nom;ville\n732829320;les salines;ajaccio\n' >t.csv
contient "sans les entités, le SIREN contredit" "$(sons finess rapprocher t.csv --format csv 2>/dev/null)" "autre SIREN"
sons finess importer ej.csv >/dev/null 2>&1
contient "avec elles, il désigne" "$(sons finess rapprocher t.csv --format csv 2>/dev/null | tail -n 1)" "2A0000196;$ej_salines;sûre;SIREN, nom et commune n'en désignent qu'un"

# --- the same words to search ---
cherche() { sons finess chercher "$@" --format csv 2>/dev/null | sed 1d | wc -l; }
egal "STE cherche SAINTE, et l'inverse" "$(cherche ste lucie)" "$(cherche sainte lucie)"
cas "… et trouve" [ "$(cherche ste)" -gt 0 ]
egal "E.H.P.A.D." "$(cherche E.H.P.A.D. ajaccio)" "$(cherche ehpad ajaccio)"
cas "un morceau de mot suffit" [ "$(cherche salin)" -ge 1 ]
egal "rien pour un mot absent" "$(cherche salines brest)" 0
tient
# --- the CRM's own headers ---------------------------------------------------------------------------------------------
printf 'N° BC;Bénéficiaire;Lieu;Client\nB1;IME Les Salines;Ajaccio;Groupe Exemple\n' >libre.csv
printf 'colonne;champ\nN° BC;numero\nBénéficiaire;libelle_essms\nLieu;commune\nClient;reference_externe\n' >corr.csv
code "sans correspondance, « Client » est pris pour le nom" 0 sons finess rapprocher libre.csv --format csv
case $tap_sortie in *2A0000196*) ko "… et rien n'est trouvé" ;; *) ok "… et rien n'est trouvé" ;; esac
avant=$(empreinte "$SONS_REGISTRE")
code "avec elle" 0 sons finess rapprocher libre.csv --correspondance corr.csv --sortie libre-finess.csv
contient "… trouvé" "$(cat libre-finess.csv)" "B1;IME Les Salines;Ajaccio;Groupe Exemple;2A0000196;2A0000220;sûre;"
contient "… les en-têtes sont ceux du CRM" "$(cat libre-finess.csv)" "N° BC;Bénéficiaire;Lieu;Client;finess_et;finess_ej;confiance;raisons;candidats"
egal "… rien n'est gardé" "$(empreinte "$SONS_REGISTRE")" "$avant"
code "ce qui revient s'importe avec la même" 0 sons commande importer libre-finess.csv --correspondance corr.csv
contient "… enregistrée" "$tap_sortie" "1 commande lue : 1 en attente. Enregistrée."
code "gardée, elle sert ici aussi" 0 sons finess rapprocher libre.csv --format csv
contient "… dit" "$tap_sortie" "Correspondance du registre :"
contient "… trouvé encore" "$tap_sortie" ";2A0000196;2A0000220;sûre;"
printf 'colonne;champ\nLieu;ailleurs\n' >fausse.csv
rien "une correspondance fautive" 1 "ce n'est pas une colonne de la feuille" sons finess rapprocher libre.csv --correspondance fausse.csv
tient
fermer
