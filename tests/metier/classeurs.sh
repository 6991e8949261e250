# Workbooks: what is exported comes back « rien à faire », after any act; files appear whole or not at all.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
command -v unzip >/dev/null || { echo "1..0 # SKIP unzip absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier classeurs

# Every list that is a sheet, in both forms, after each act.
retour() {
    for genre in fournisseur solution financement commande; do
        [ "$(sons $genre lister --format csv 2>/dev/null | wc -l)" -gt 1 ] || continue
        for forme in csv xlsx; do
            rm -f retour.$forme
            sons $genre lister --sortie retour.$forme >/dev/null 2>&1
            avant=$(empreinte "$SONS_REGISTRE")
            dit=$(sons $genre importer retour.$forme 2>&1)
            case $dit in *inchangé*) ;; *) echo "$1 $genre $forme: $dit" >>ecarts ;; esac
            case $dit in *"erreur"* | *"E-172"* | *"E-173"*) echo "$1 $genre $forme: $dit" >>ecarts ;; esac
            [ "$(empreinte "$SONS_REGISTRE")" = "$avant" ] || echo "$1 $genre $forme: le registre a changé" >>ecarts
            echo . >>faits
        done
    done
}
: >ecarts
: >faits
complet_apres() { retour "$1"; }
complet c.db
egal "export puis import : rien à faire, en CSV et en classeur, après chaque acte" "$(cat ecarts)" ""
n=$(wc -l <faits)
cas "au moins quarante allers et retours ($n)" [ "$n" -ge 40 ]

sons commande lister --sortie un.xlsx >/dev/null 2>&1
sons commande lister --format xlsx >deux.xlsx 2>/dev/null
egal "les mêmes lignes font les mêmes octets" "$(empreinte un.xlsx)" "$(empreinte deux.xlsx)"
code "l'archive est saine" 0 unzip -tq un.xlsx
unzip -p un.xlsx xl/worksheets/sheet1.xml >feuille.xml
contient "un FINESS est un texte" "$(cat feuille.xml)" '<c r="B2" s="2" t="inlineStr"><is><t xml:space="preserve">2A0000360</t></is></c>'
contient "un montant est un nombre" "$(cat feuille.xml)" '<c r="M2" s="3"><v>10950.00</v></c>'
contient "une date est une date" "$(cat feuille.xml)" '<c r="J2" s="4"><v>44754</v></c>'
if command -v xmllint >/dev/null; then
    for partie in $(unzip -Z1 un.xlsx); do
: >>xml.fautes
        unzip -p un.xlsx "$(printf '%s' "$partie" | sed 's/\[/[[]/')" >partie.xml
        xmllint --noout partie.xml 2>>xml.fautes || echo "$partie" >>xml.fautes
    done
    egal "chaque partie est du XML bien formé" "$(cat xml.fautes)" ""
fi
code "un fichier qui existe n'est pas remplacé" 1 sons commande lister --sortie un.xlsx
contient "… dit" "$tap_sortie" E-007
code "dossier absent" 3 sons commande lister --sortie rien/un.xlsx
code "la forme suit le nom" 0 sons commande lister --sortie trois.json
contient "… JSON" "$(head -c 12 trois.json)" '{"version":1'
code "le modèle" 0 sons commande importer --modele --sortie modele.xlsx
code "… d'un registre, sans registre" 0 sons solution importer --modele --registre absent.db
contient "… en CSV" "$tap_sortie" "numero_ans;nom"
code "modèle et feuille" 2 sons commande importer --modele un.xlsx
egal "rien de provisoire ne reste" "$(ls -a | grep -c '\.tmp$')" 0
# The example of each model is a row that reads.
for genre in fournisseur solution financement; do
    rm -f m.xlsx
    sons $genre importer --modele --sortie m.xlsx >/dev/null 2>&1
    code "le modèle de $genre se lit" 0 sons $genre importer m.xlsx --essai
done
code "un lot n'est pas un classeur de feuille" 1 sons commande importer samples/etalab-cs1100502-stock-20210108-social.csv.gz
fermer
