# The list of a registre given to another one: what became of its orders is not taken for nothing. And what was rebuilt for a time past is marked.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier etats
neuf a.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
sons fournisseur importer samples/fournisseurs.csv >/dev/null 2>&1
sons solution importer samples/solutions.csv >/dev/null 2>&1
sons financement importer samples/financements.csv >/dev/null 2>&1
cp a.db b.db
sons commande importer samples/commandes.csv >/dev/null 2>&1
printf '%%PDF-1.4\n' >p.pdf
sons commande annuler BC-2022-005 --attestation p.pdf >/dev/null 2>&1
sons commande remplacer BC-2022-006 --numero BC-2022-010 --date-signature 2022-12-02 >/dev/null 2>&1
sons avance demander BC-2022-001 >/dev/null 2>&1
sons litige ouvrir BC-2022-002 --contre 552100554/X-1 --le 2022-11-01 >/dev/null 2>&1
sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . --le 2022-12-01 >/dev/null 2>&1
sons commande lister --format csv >liste.csv 2>/dev/null
sons commande lister --sortie liste.xlsx >/dev/null 2>&1
etats() { sons commande lister --format csv 2>/dev/null | sed 1d | awk -F ';' '!vu[$1]++ { print $1, $33, $34 }'; }
egal "l'export dit les états" "$(etats | cut -d ' ' -f 2 | sort | uniq -c | awk '{ printf "%s %s,", $2, $1 }')" "annulee 1,avance_emise 1,en_litige 1,enregistree 5,remplacee 1,"
egal "et ce qui est reconstitué" "$(etats | grep reconstitue; etats | awk '$3 != ""')" "BC-2022-001 avance_emise oui"
contient "la liste des lots le dit" "$(sons lot lister --format csv 2>/dev/null | cut -d ';' -f 8 | tr '\n' ' ')" "reconstitue oui"
contient "… au tableau aussi" "$(sons lot lister 2>/dev/null | tr -s ' ' | sed -n 1p)" " somme reconstitué déposé le "
contient "… oui" "$(sons lot lister 2>/dev/null | tail -n 1)" " oui  "
contient "la liste des demandes le dit" "$(sons demande lister --format csv 2>/dev/null | cut -d ';' -f 17 | tr -d '\r' | tr '\n' ' ')" "reconstitue oui "
egal "… au tableau aussi" "$(sons demande lister 2>/dev/null | awk 'NR == 1 || NR == 3 { print $NF }' | tr '\n' ' ')" "reconstituée oui "
egal "… mais pas avant l'émission" "$(sons demande lister --au 2022-11-30 --format csv 2>/dev/null | cut -d ';' -f 17 | tr -d '\r' | tr '\n' ' ')" "reconstitue  "
contient "la commande le dit" "$(sons commande voir BC-2022-001 2>/dev/null)" "(reconstitué), non déposée"
contient "le fournisseur le dit" "$(sons fournisseur voir 123456782 2>/dev/null)" "lot 1 (reconstitué)"
for forme in csv xlsx; do rien "dans le même registre, rien à faire ($forme)" 0 "9 commandes lues. Toutes déjà enregistrées, inchangées." sons commande importer liste.$forme; done
egal "… sans un mot de plus" "$(printf '%s\n' "$tap_sortie" | grep -c ' E-')" 0

# --- another registre ---
for forme in csv xlsx; do
    cp b.db $forme.db
    registre $forme.db
    rien "ailleurs, --strict ($forme)" 1 "commande BC-2022-005 : annulée, dit la feuille ; laissée de côté" sons commande importer liste.$forme --strict
    rien "ailleurs, un contrôle ($forme)" 1 "2 commandes laissées de côté" sons controler --fichier liste.$forme
    egal "ailleurs, un contrôle ($forme) : rien à corriger" "$(printf '%s\n' "$tap_sortie" | grep -c 'à corriger d.abord')" 0
    sons controler --fichier liste.$forme --annoter annotee-$forme.csv >/dev/null 2>&1
    egal "la feuille annotée ($forme)" "$(grep -c 'laissée de côté' annotee-$forme.csv) $(grep -c 'non jugée' annotee-$forme.csv)" "4 0"
    code "ailleurs ($forme)" 0 sons commande importer liste.$forme
    contient "la commande annulée n'est pas prise ($forme)" "$tap_sortie" "cellule A12) : information E-144 : commande BC-2022-005 : annulée, dit la feuille ; laissée de côté"
    contient "ni la remplacée ($forme)" "$tap_sortie" "commande BC-2022-006 : remplacée, dit la feuille ; laissée de côté"
    contient "la demande non plus ($forme)" "$(printf '%s\n' "$tap_sortie" | grep -A 1 'avance demandée ailleurs' | tr '\n' ' ')" "la demande n'est pas reprise    trouvé  : BC-2022-001"
    contient "ni le litige ($forme)" "$(printf '%s\n' "$tap_sortie" | grep -A 1 'en litige ailleurs' | tr '\n' ' ')" "le litige n'est pas repris    trouvé  : BC-2022-002"
    contient "le compte ($forme)" "$tap_sortie" "7 enregistrées, 2 laissées de côté."
    egal "ce qui est là ($forme)" "$(etats | cut -d ' ' -f 1,2 | tr '\n' ',')" \
        "BC-2022-001 enregistree,BC-2022-002 enregistree,BC-2022-003 enregistree,BC-2022-004 enregistree,BC-2022-007 enregistree,BC-2022-008 enregistree,BC-2022-010 enregistree,"
    rien "encore ($forme)" 0 "7 inchangées, 2 laissées de côté" sons commande importer liste.$forme
    sed '/BC-2022-003/s/;enregistree;/;Annulée;/' liste.csv >dite.csv
    rien "annulée, dit la feuille, d'une commande en vigueur ($forme)" 0 "commande BC-2022-003 : annulée, dit la feuille ; en vigueur dans ce registre" sons commande importer dite.csv
    tient
done
registre b.db
sed 's/;annulee;/;Perdue;/; s/;remplacee;/;gagnée;/' liste.csv >crm.csv
code "un état qui n'est pas des nôtres ne dit rien" 0 sons commande importer crm.csv
contient "toutes sont prises" "$tap_sortie" "9 commandes lues"
contient "toutes sont prises, sans exception" "$tap_sortie" "Toutes enregistrées"
fermer
