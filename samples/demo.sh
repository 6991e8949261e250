#!/bin/sh
# La démonstration : le travail principal, de la base FINESS au lot, sur un extrait réel, dans un registre fictif.
#   SONS=/chemin/sons sh samples/demo.sh DOSSIER       (DOSSIER est vidé s'il vient d'une démonstration)
# Chaque commande est montrée avant d'être lancée ; un code de retour inattendu arrête tout.
set -eu
sources=$(cd "$(dirname "$0")/.." && pwd)
dossier=$1
: "${SONS:?}"

if [ -e "$dossier" ] && [ ! -e "$dossier/.demonstration-sons" ]; then
    printf "demo : %s existe et n'est pas une démonstration\n" "$dossier" >&2
    exit 1
fi
rm -rf "$dossier"
mkdir -p "$dossier"
cd "$dossier"
: >.demonstration-sons
cp -R "$sources/samples" "$sources/schemas" .
chmod -R u+w samples schemas
mkdir bin
ln -s "$SONS" bin/sons
PATH=$PWD/bin:$PATH

echec() { printf '\ndemo : ÉCHEC : %s\n' "$1" >&2; exit 1; }
dire() { printf '\n── %s\n' "$1"; }
# lancer CODE COMMANDE… : montre, lance, garde la sortie dans le fichier « sortie », vérifie le code.
lancer() {
    attendu=$1; shift
    printf '$ %s\n' "$*"
    if "$@" >sortie 2>&1 </dev/null; then rc=0; else rc=$?; fi
    cat sortie
    [ "$rc" = "$attendu" ] || echec "code $rc, attendu $attendu : $*"
    [ "$rc" = 0 ] || printf '(code %d, attendu)\n' "$rc"
}
# La dernière sortie contient… (ou non).
contient() { grep -qF -e "$1" sortie || echec "« $1 » manque dans la réponse"; }
absent() { ! grep -qF -e "$1" sortie || echec "« $1 » n'a rien à faire dans la réponse"; }

cat <<'FIN'
sons, démonstration.
Données : établissements sociaux et médico-sociaux de Corse, FINESS, extraction du 08/01/2021, ministère chargé de la santé,
data.gouv.fr, Licence Ouverte ; redatés au 03/01/2022 pour tenir lieu de base de référence de 2022.
Éditeur, solutions, commandes et signataires sont inventés.
FIN

dire "Un registre fictif, dont l'horloge est au 5 décembre 2022 (sur un registre réel elle ne se règle pas)."
export SONS_HORLOGE=2022-12-05T09:00:00Z SONS_REGISTRE=demo.db
printf '$ export SONS_HORLOGE=%s SONS_REGISTRE=%s\n' "$SONS_HORLOGE" "$SONS_REGISTRE"
lancer 0 sons initialiser --fictif

dire "La base FINESS : reconnue à son contenu, vérifiée ligne à ligne, désignée pour 2022."
lancer 0 sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv
contient 182

dire "Le barème d'un organisme gestionnaire : sa tranche, ses plafonds, le montant HT sûr."
lancer 0 sons bareme 2A0022885 --essms 6

dire "L'éditeur, enrôlé à l'ASP ; trois solutions ; la liste des financements ESMS numérique."
lancer 0 sons fournisseur importer samples/fournisseurs.csv
lancer 0 sons solution importer samples/solutions.csv
lancer 0 sons financement importer samples/financements.csv

dire "Huit commandes signées, avec leurs bons en PDF. Toutes sont enregistrées ; ce qui ne va pas est dit."
lancer 0 sons commande importer samples/commandes.csv

dire "Importer deux fois la même feuille ne change rien."
lancer 0 sons commande importer samples/commandes.csv
contient inchangée

dire "Le contrôle : toutes les règles, sur toutes les commandes. Une anomalie au moins : code 1."
lancer 1 sons controler

dire "L'avance de 30 % est demandée pour toutes."
lancer 0 sons avance demander --toutes

dire "Le lot : les demandes qui passent partent ; les autres restent, avec toutes leurs raisons (code 1)."
lancer 1 sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .

dire "Le document du lot, extrait de l'archive, est valide selon le schéma."
printf '$ unzip -p lot-123456782-000001.zip lot.xml >lot.xml\n'
unzip -p lot-123456782-000001.zip lot.xml >lot.xml
lancer 0 xmllint --noout --schema schemas/lot-asp-1.xsd lot.xml
grep -q 'fictif="true"' lot.xml || echec 'le lot ne dit pas que le registre est fictif'

dire "Comptes, sommes, empreintes des pièces : le lot se vérifie sans registre."
lancer 0 sons lot verifier lot-123456782-000001.zip

dire "Pourquoi BC-2022-004 est refusée : 121 jours, avec les dates, le paramètre et sa source."
lancer 0 sons expliquer BC-2022-004 REF-03
contient 121

dire "Le journal : la chaîne, les projections, la base et les pièces."
lancer 0 sons journal verifier --tout

# Ce que la démonstration promet, vérifié.
sons controler --format csv >controle.csv 2>/dev/null || :
for paire in 002:UNI-01 003:CUM-01 004:REF-03 005:BAR-01 006:FIN-02 007:FIN-06; do
    grep -q "BC-2022-${paire%:*}.*${paire#*:}" controle.csv || echec "BC-2022-${paire%:*} devait être refusée par ${paire#*:}"
    ! grep -q "BC-2022-${paire%:*}" lot.xml || echec "BC-2022-${paire%:*} est dans le lot"
done
for numero in 001 008; do
    grep -q "BC-2022-$numero" lot.xml || echec "BC-2022-$numero devait être dans le lot"
done
printf '\nDémonstration réussie : 2 commandes acceptées, 6 refusées, chacune pour la raison attendue. Tout est dans %s.\n' "$PWD"
