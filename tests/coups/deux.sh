# Two people at once on one registre, then four: random acts, no lost act, no deadlock, clear waits (deux.c). A few seconds, or
# DEUX_SECONDES; as many people as DEUX_GENS says; COUPS_GRAINE draws others.
. "$SONS_SRCDIR/tests/coups/commun.sh"
secondes=${DEUX_SECONDES:-3}
[ -z "$entier" ] || secondes=${DEUX_SECONDES:-60}
racine=$PWD/coups-deux.tmp
rm -rf "$racine"
mkdir -p "$racine/modele"
cd "$racine/modele"
"$SONS_BUILDDIR/tests/outils/generer_base" --et 3000 --graine 7 --date 2022-01-03 >base.csv
LC_ALL=C awk -F ';' '$1 == "structureet" && $21 ~ /^4[134]/ { print $2 }' base.csv >ets
printf '%%PDF-1.4\nbon\n' >bon.pdf
printf 'siren;nom;role;enrole_le\n123456782;Éditeur;editeur;01/07/2022\n' >fournisseurs.csv
printf 'numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le\nEX-DUI-001;DUI Maquis;123456782;MS1;5.2;20/04/2022;15/06/2022\n' >solutions.csv
printf 'finess_et;fonds;phase;volet;nature;dui;dui_reference;etat;date_etat\n' >financements.csv
printf 'numero;finess_et\nEN-VAIN;%s\n' "$(sed -n 1p ets)" >bon.csv
for acte in 'initialiser --role editeur --siren 123456782' 'finess importer base.csv' 'fournisseur importer fournisseurs.csv' \
    'solution importer solutions.csv' 'financement importer financements.csv'; do
    # Words of an act, on purpose.
    "$SONS" $acte >>modele.journal 2>&1 || { echo "Bail out! sons $acte"; cat modele.journal >&2; exit 99; }
done
cd "$racine"
dire() { awk -v avant="$1" '/^(not )?ok / { n++; sub(/ok [0-9]+ -/, "ok " avant + n " -") } /^1\.\./ { next } { print }'; }
rc=0
n=0
for gens in ${DEUX_GENS:-2 4}; do
    cp -R modele "$gens"
    "$coups/deux" "$racine/$gens" --gens "$gens" --secondes "$secondes" --graine "$graine" >"$gens.tap" || rc=1
    dire "$n" <"$gens.tap"
    n=$((n + 4))
done
echo "1..$n"
cd ..
[ $rc != 0 ] || rm -rf "$racine"
exit $rc
