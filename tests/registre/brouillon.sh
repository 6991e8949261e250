# What is only tried writes nothing: controler --fichier, commande preparer and --essai work on a registre that cannot be written, or
# that another one is writing, and leave every byte of it.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier brouillon
chmod 755 .
mkdir d
registre d/b.db
a 2022-12-05T09:00:00Z
sons initialiser --fictif >/dev/null
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
sons fournisseur importer samples/fournisseurs.csv >/dev/null
sons solution importer samples/solutions.csv >/dev/null
sons financement importer samples/financements.csv >/dev/null
sons commande importer samples/commandes.csv --essai >essai.vrai 2>&1
controler() { sons controler --fichier samples/commandes.csv; }
preparer() { sons commande preparer 2A0000196 --numero P-1 --solution EX-DUI-001 --version-solution 5.2 --deja-equipe oui; }
essayer() { sons commande importer samples/commandes.csv --essai; }
noter() { sons fournisseur declarer --siren 552100554 --nom X --role distributeur --essai; }
# intact NAME EXPECTED command…: its answer is that of the file left alone, and nothing of the file changed.
intact() {
    nom=$1; rc=$2; shift 2
    code "$nom" "$rc" "$@"
    egal "$nom : la réponse est la même" "$tap_sortie" "$(cat "$1.vrai")"
    egal "$nom : pas un octet de changé, pas un fichier de plus" "$(empreinte d/b.db) $(ls -A d)" "$avant b.db"
}
avant=$(empreinte d/b.db)
for acte in controler preparer essayer noter; do "$acte" >"$acte.vrai" 2>&1 && rc=0 || rc=$?; eval "rc_$acte=$rc"; done
egal "le contrôle, la préparation, l'essai d'un import, celui d'un fournisseur ont répondu" "$rc_controler $rc_preparer $rc_essayer $rc_noter" "1 0 0 0"
contient "le contrôle a jugé la feuille" "$(cat controler.vrai)" "commandes contrôlées"
contient "la préparation a jugé la commande" "$(cat preparer.vrai)" "prête à signer"

# --- somebody is writing: nobody waits ---
mkfifo ordres
sqlite3 d/b.db <ordres >/dev/null & tenant=$!
exec 9>ordres
printf 'begin immediate;\n.shell echo la >tenu\n' >&9
i=0
while [ ! -s tenu ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done
for acte in controler preparer essayer noter; do eval "rc=\$rc_$acte"; intact "un autre écrit, $acte" "$rc" "$acte"; done
printf 'rollback;\n' >&9
exec 9>&-
wait $tenant

# --- rights ---
sans_droits() { "$@"; }
[ "$(id -u)" != 0 ] || sans_droits() { setpriv --reuid=65534 --clear-groups "$@"; }
chmod 555 d
chmod 444 d/b.db
if sans_droits "$SONS" --version >/dev/null 2>&1 && sans_droits "$SONS" commande lister >/dev/null 2>&1 && ! sans_droits sh -c ': >>d/b.db' 2>/dev/null; then
    sons() { sans_droits "$SONS" "$@"; }
    for acte in controler preparer essayer noter; do eval "rc=\$rc_$acte"; intact "fichier et dossier en lecture seule, $acte" "$rc" "$acte"; done
    code "un acte véritable y est refusé" 3 sons fournisseur declarer --siren 552100554 --nom X --role distributeur
    sons() { "$SONS" "$@"; }
else
    echo "# droits : non éprouvés ici"
fi
chmod 755 d
chmod 644 d/b.db

# --- of an earlier format: migrated in memory only ---
gzip -dc "$SONS_SRCDIR/tests/registre/livres/format-1.db.gz" >d/b.db
avant=$(empreinte d/b.db)
a 2023-01-15T09:00:00Z
code "un registre d'un format antérieur, une feuille de commandes" 1 sons controler --fichier samples/commandes.csv
contient "elles y sont déjà, et se jugent" "$tap_sortie" "8 commandes contrôlées"
code "un acte à l'essai" 0 noter
egal "il est resté tel quel" "$(empreinte d/b.db) $(ls -A d)" "$avant b.db"
code "puis se migre par un acte" 0 sons fournisseur declarer --siren 552100554 --nom X --role distributeur
cas "cette fois il a changé" [ "$(empreinte d/b.db)" != "$avant" ]

fermer
