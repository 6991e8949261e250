# commande joindre: one file, a folder of files matched by their names; the same file on several orders.
. "$SONS_SRCDIR/tests/tap.sh"
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier joindre
neuf r.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null
pdf() { mkdir -p "$(dirname "$1")"; printf '%%PDF-1.4 %s\n' "${2:-$1}" >"$1"; }
jointes() { sqlite3 "$SONS_REGISTRE" 'select count(*) from piece_jointe'; }
sort_de() { printf '%s\n' "$1" | grep "^$2;" | cut -d ';' -f 2,3; }

echo 'numero;finess_et;reference_externe;fournisseur' >c.csv
cut -d ';' -f 2 samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv | grep -E '^2[AB][0-9]{7}$' | sort -u | head -n 7 >ets
i=0
for c in 'BC-1;CRM/0001;123456782' 'BC-1-2;CRM/0002;123456782' '17-1;;123456782' '1-71;;123456782' 'X/9;;123456782' 'X/9;;443061841' '7;Dossier Élan;123456782'; do
    i=$((i + 1))
    IFS=';' read -r numero reference siren <<FIN
$c
FIN
    echo "$numero;$(sed -n ${i}p ets);$reference;$siren" >>c.csv
done
code "sept commandes" 0 sons commande importer c.csv
contient "sept commandes enregistrées" "$tap_sortie" "7 commandes lues"

# --- one file -------------------------------------------------------------------------------------------------------
pdf bon.pdf
code "une pièce" 0 sons commande joindre BC-1 bon.pdf --role bon_de_commande
contient "une pièce : dite" "$tap_sortie" "Pièce jointe à la commande BC-1"
contient "une pièce : écrite" "$tap_sortie" "Écrit dans r.db"
avant=$(empreinte r.db)
code "la même encore" 0 sons commande joindre BC-1 bon.pdf --role bon_de_commande
contient "la même encore : inchangée" "$tap_sortie" "Pièce déjà jointe à la commande BC-1, inchangée"
case $tap_sortie in *"Écrit dans"*) ko "la même encore : rien n'est annoncé" ;; *) ok "la même encore : rien n'est annoncé" ;; esac
egal "la même encore : le registre est intact" "$(empreinte r.db)" "$avant"
code "la même sur une autre commande" 0 sons commande joindre 17-1 bon.pdf --role bon_de_commande
contient "la même sur une autre : signalée" "$tap_sortie" "le même fichier est joint à 2 commandes"
contient "la même sur une autre : lesquelles" "$tap_sortie" "BC-1, 17-1"
code "une attestation pour deux commandes" 0 sons commande joindre BC-1 samples/pieces/BC-2022-001.pdf --role attestation_non_cumul
code "une attestation pour deux commandes, la seconde" 0 sons commande joindre 17-1 samples/pieces/BC-2022-001.pdf --role attestation_non_cumul
case $tap_sortie in *"E-173"*) ko "une attestation peut valoir pour plusieurs" ;; *) ok "une attestation peut valoir pour plusieurs" ;; esac
rien "ni commande ni dossier" 2 "--dossier" sons commande joindre
rien "une commande sans rôle" 2 "--role" sons commande joindre BC-1 bon.pdf
rien "une commande et un dossier" 2 "--dossier" sons commande joindre BC-1 bon.pdf --dossier d
rien "un rôle inconnu" 2 "bon_de_commande" sons commande joindre --dossier . --role facture

# --- a folder -------------------------------------------------------------------------------------------------------
d=bons
pdf "$d/Bon de commande BC_1 signé.pdf" a
pdf "$d/BC-1-2.pdf" b
pdf "$d/bc-1-2 (copie).pdf" b2
pdf "$d/17-1.pdf" c
pdf "$d/bon 171.pdf" c2
pdf "$d/X 9.pdf" e
pdf "$d/443061841 X-9.pdf" f
pdf "$d/7.pdf" g
pdf "$d/annexe 7.pdf" h
pdf "$d/dossier elan.PDF" g
pdf "$d/crm 0001 annexe.pdf" i
pdf "$d/BC-11.pdf" j
pdf "$d/.cache.pdf" k
egal "treize fichiers" "$(find $d -type f | wc -l | tr -d ' ')" 13
avant=$(empreinte r.db)
code "essai d'un dossier" 1 sons commande joindre --dossier $d --essai --format csv
egal "essai : le registre est intact" "$(empreinte r.db)" "$avant"
essai=$(printf '%s\n' "$tap_sortie" | grep ';')
rien "strict : un seul fichier laissé refuse tout" 1 "Rien n'est enregistré" sons commande joindre --dossier $d --strict
n=$(jointes)
code "le dossier" 1 sons commande joindre --dossier $d --format csv
egal "ce que disait l'essai" "$(printf '%s\n' "$tap_sortie" | grep ';')" "$essai"
egal "numéro dans le nom, accents et séparateurs" "$(sort_de "$tap_sortie" 'Bon de commande BC_1 signé.pdf')" "joint;BC-1"
egal "tout le nom est le numéro" "$(sort_de "$tap_sortie" 'BC-1-2.pdf')" "joint;BC-1-2"
egal "deux numéros emboîtés" "$(sort_de "$tap_sortie" 'bc-1-2 (copie).pdf')" "ambigu;"
egal "mêmes séparateurs" "$(sort_de "$tap_sortie" '17-1.pdf')" "joint;17-1"
egal "sans séparateur : deux commandes possibles" "$(sort_de "$tap_sortie" 'bon 171.pdf')" "ambigu;"
egal "deux fournisseurs" "$(sort_de "$tap_sortie" 'X 9.pdf')" "ambigu;"
contient "les candidates sont dites" "$tap_sortie" "candidates : 123456782/X/9, 443061841/X/9"
egal "le SIREN départage" "$(sort_de "$tap_sortie" '443061841 X-9.pdf')" "joint;X/9"
egal "un numéro court seul" "$(sort_de "$tap_sortie" '7.pdf')" "joint;7"
egal "un numéro court dans un nom" "$(sort_de "$tap_sortie" 'annexe 7.pdf')" "sans commande;"
egal "référence externe" "$(sort_de "$tap_sortie" 'dossier elan.PDF')" "inchangé;7"
egal "référence externe dans un nom" "$(sort_de "$tap_sortie" 'crm 0001 annexe.pdf')" "joint;BC-1"
egal "un numéro plus long n'est pas celui-là" "$(sort_de "$tap_sortie" 'BC-11.pdf')" "sans commande;"
contient "le compte" "$tap_sortie" "12 fichiers : 6 joints, 1 inchangé, 2 sans commande, 3 ambigus."
contient "le fichier caché" "$tap_sortie" "1 fichier caché n'a pas été regardé"
egal "six pièces de plus" "$(jointes)" "$((n + 6))"
avant=$(empreinte r.db)
code "le dossier encore" 1 sons commande joindre --dossier $d
contient "le dossier encore : inchangés" "$tap_sortie" "12 fichiers : 7 inchangés, 2 sans commande, 3 ambigus."
egal "le dossier encore : le registre est intact" "$(empreinte r.db)" "$avant"

# --- refusals -------------------------------------------------------------------------------------------------------
d=refus
pdf "$d/vrai.pdf"
ln -s vrai.pdf "$d/BC-1 lien.pdf"
mkdir "$d/BC-1"
: >"$d/BC-1 vide.pdf"
mkfifo "$d/BC-1 tube.pdf"
printf '\211PNG....' >"$d/BC-1 image.pdf"
printf 'bonjour' >"$d/BC-1 texte.pdf"
pdf "$d/BC-1 lettre.docx"
head -c 20971521 /dev/zero >"$d/BC-1 gros.pdf"
printf '%%PDF-1.4 x' >"$d/BC-1 $(printf '\033')[31m.pdf"
printf '%%PDF-1.4 x' >"$d/BC-1 $(printf '\377').pdf"
printf '%%PDF-1.4 x' >"$d/=BC-1.pdf"
mkdir dehors; pdf "dehors/..BC-1.pdf"
code "des fichiers impossibles" 1 sons commande joindre --dossier $d --format csv
s=$tap_sortie
for f in 'BC-1 lien.pdf;lien symbolique' 'BC-1;dossier' 'BC-1 vide.pdf;est vide' 'BC-1 tube.pdf;FIFO' 'BC-1 image.pdf;image/png' \
    'BC-1 texte.pdf;type de fichier inconnu' 'BC-1 lettre.docx;PDF' 'BC-1 gros.pdf;trop volumineux'; do
    l=$(printf '%s\n' "$s" | grep "^${f%%;*};")
    contient "refusé : ${f%%;*}" "$l" "refusé"
    contient "refusé : ${f%%;*}, la raison" "$l" "${f#*;}"
done
egal "deux noms inacceptables" "$(printf '%s\n' "$s" | grep -c 'nom de fichier inacceptable')" 2
case $s in *"$(printf '\033')"*) ko "aucun caractère d'échappement ne sort" ;; *) ok "aucun caractère d'échappement ne sort" ;; esac
contient "un nom de formule est protégé" "$s" "'=BC-1.pdf"
contient "le compte des refus" "$s" "12 fichiers : 1 joint, 1 sans commande, 10 refusés."
rien "un dossier vide" 1 "aucun fichier" sh -c 'mkdir vide; "$SONS" commande joindre --dossier vide'
rien "un fichier au lieu d'un dossier" 1 "ce n'est pas un dossier" sons commande joindre --dossier bon.pdf
rien "un dossier absent" 3 "il n'existe pas" sons commande joindre --dossier absent

# --- the same file on several orders, in one folder and in a sheet ------------------------------------------------------
neuf s.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null
sons commande importer c.csv >/dev/null 2>&1
pdf meme/17-1.pdf x
pdf meme/1-71.pdf x
rien "deux copies, deux commandes, --strict" 1 "à vérifier : le même fichier est joint à 2 commandes" sons commande joindre --dossier meme --strict
contient "deux copies, --strict : aucune n'est jointe" "$tap_sortie" "2 refusés"
code "deux copies, deux commandes" 0 sons commande joindre --dossier meme
contient "deux copies : signalées" "$tap_sortie" "17-1, 1-71"
neuf t.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null
{ echo 'numero;finess_et;piece'; echo "A-1;$(sed -n 1p ets);meme/17-1.pdf"; echo "A-2;$(sed -n 2p ets);meme/1-71.pdf"; echo "A-3;$(sed -n 3p ets);bon.pdf"; } >p.csv
code "une feuille qui nomme deux copies" 0 sons commande importer p.csv
contient "une feuille : signalées" "$tap_sortie" "le même fichier est joint à 2 commandes"
contient "une feuille : lesquelles" "$tap_sortie" "A-1, A-2"
pdf autre.pdf z
code "une pièce à une commande" 0 sons commande joindre A-1 autre.pdf --role autre --strict
rien "la même à une autre, --strict" 1 "à vérifier : le même fichier est joint à 2 commandes" sons commande joindre A-2 autre.pdf --role autre --strict
neuf u.db
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null
rien "une feuille qui nomme deux copies, --strict" 1 "à vérifier : le même fichier est joint à 2 commandes" sons commande importer p.csv --strict
registre t.db
sons commande importer p.csv >sortie 2>&1
egal "la feuille encore : rien de neuf à dire" "$(grep -c E-173 sortie)" 0
tient
fermer
