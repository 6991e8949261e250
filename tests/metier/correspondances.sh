# The CRM's headers, defaults: given once, kept by a fact, used again; faults all told.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier correspondances
neuf r.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
for genre in fournisseur solution financement; do sons $genre importer samples/${genre}s.csv >/dev/null 2>&1; done
cat >corr.csv <<'FIN'
colonne;champ
Client;libelle_essms
Nom du site;commune
Total H.T.;Montant HT
Bon n°;numero
Interne;
Zone;ignorer
FINESS site;finess_et
Date;date_signature
FIN
cat >crm.csv <<'FIN'
Bon n°;FINESS site;Client;Nom du site;Date;Total H.T.;Interne;Zone;Autre
BC-1;2A0000360;IME Les Moulins Blancs;Ajaccio;12/07/2022;1 000,00;x;z;y
BC-1;2A0001269;Foyer Casa Toia;Ajaccio;;;x;z;y
BC-2;2A0002861;ESAT Jardins du Golfe;Porto-Vecchio;12/07/2022;500,00;x;z;y
FIN
reglages() { sqlite3 r.db "select count(*) from reglage where cle like 'correspondance.%' and valeur <> ''"; }
rien "sans correspondance, aucun en-tête connu" 1 E-020 sons commande importer crm.csv
avant=$(entrees)
code "à l'essai" 0 sons commande importer crm.csv --correspondance corr.csv --essai
egal "rien n'est gardé" "$(reglages) $(entrees)" "0 $avant"
code "avec" 0 sons commande importer crm.csv --correspondance corr.csv
contient "gardée" "$tap_sortie" "Correspondance gardée : elle servira aux prochaines feuilles (commande)."
contient "deux commandes" "$tap_sortie" "2 commandes lues"
egal "une colonne inconnue, et elle seule" "$(printf '%s\n' "$tap_sortie" | grep 'Colonne ignorée')" "Colonne ignorée : Autre"
egal "la correspondance est un fait, après les commandes" "$(($(entrees) - avant))" 3
egal "… lisible" "$(sqlite3 r.db "select valeur from reglage where cle = 'correspondance.commande'" | head -n 1)" "bon_n° numero"
code "elle resert" 0 sons commande importer crm.csv
contient "… dite" "$tap_sortie" "Correspondance du registre : bon_n° = numero, client = libelle_essms, date = date_signature, finess_site = finess_et, interne ignorée, nom_du_site = commune, total_h.t. = montant_ht, zone ignorée."
contient "… rien à faire" "$tap_sortie" "Toutes déjà enregistrées, inchangées."
code "la même de nouveau" 0 sons commande importer crm.csv --correspondance corr.csv
egal "n'ajoute aucun fait" "$(($(entrees) - avant))" 3
code "nos en-têtes restent les nôtres" 0 sons solution importer samples/solutions.csv
egal "une feuille d'un autre genre n'en dit rien" "$(printf '%s' "$tap_sortie" | grep -c Correspondance)" 0
code "un classeur sert aussi" 0 sons commande lister --sortie l.xlsx
printf 'colonne;champ\nA;montant_h\nA;numero\nB;numero\n;commune\n' >mauvaise.csv
rien "fautes de la correspondance" 1 E-175 sons commande importer crm.csv --correspondance mauvaise.csv
egal "… quatre, toutes dites" "$(printf '%s\n' "$tap_sortie" | grep -c '^mauvaise.csv, ligne')" 4
contient "… avec leur cellule" "$tap_sortie" "mauvaise.csv, ligne 2 (cellule B2)"
rien "une correspondance absente" 3 E-001 sons commande importer crm.csv --correspondance absente.csv
printf 'colonne;champ\nBon;numero\n' >autre.csv
printf 'Bon;finess_et\nBC-9;\n' >fautive.csv
rien "un import refusé n'en garde rien" 1 E-127 sons commande importer fautive.csv --correspondance autre.csv
printf 'colonne;champ\n' >vide.csv
sons commande lister --format csv >l.csv 2>/dev/null
code "un en-tête seul l'oublie" 0 sons commande importer l.csv --correspondance vide.csv
contient "… dit" "$tap_sortie" "Correspondance oubliée (commande)."
egal "… oubliée" "$(reglages)" 0
tient

# --- defaults ---
neuf d.db 2022-12-05T09:00:00Z
sons finess importer samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv >/dev/null 2>&1
for genre in fournisseur solution financement; do sons $genre importer samples/${genre}s.csv >/dev/null 2>&1; done
printf 'numero;finess_et;couloir;montant_ht\nA;2A0000360;;1000\nA;2A0001269;;\nB;2A0002861;MS2-PDS;500\nC;2A0003026;;\nC;2A0003885;MS3;\n' >d.csv
code "par défaut" 0 sons commande importer d.csv --defaut couloir=MS1 --defaut taux_tva=20 --défaut 'solution=DUI Maquis'
contient "… dit, pour chaque colonne" "$tap_sortie" "valeur par défaut : couloir = MS1
   trouvé  : pour 1 commande sur 3"
contient "… pour une colonne absente" "$tap_sortie" "valeur par défaut : taux_tva = 20
   trouvé  : pour 3 des 3 commandes"
egal "seulement où rien n'est donné" "$(sqlite3 d.db 'select group_concat(couloir) from (select couloir from commande order by numero)')" "1,2,4"
egal "un taux, une solution" "$(sqlite3 d.db "select count(*) from commande where taux_tva = 2000 and solution = 'DUI Maquis'")" 3
for mauvais in coloir=MS1 numero=2 montant_ht_essms=3 finess_et=2A0000360 couloir couloir= =MS1; do
    code "--defaut $mauvais" 2 sons commande importer d.csv --defaut "$mauvais"
done
code "--defaut deux fois la même" 2 sons commande importer d.csv --defaut couloir=MS1 --defaut couloir=MS3
rien "une valeur impossible" 1 "E-122" sons commande importer d.csv --defaut sous_condition=peut-être
rien "une formule" 1 "E-019" sons commande importer d.csv --defaut 'solution==1+1'
printf 'finess_et;etat\n2A0000360;engagement\n2A0001269;refuse\n' >f.csv
code "un registre : à chaque ligne" 0 sons financement importer f.csv --defaut fonds=feder --defaut etat=convention
egal "deux fonds" "$(sqlite3 d.db 'select count(*) from financement where fonds = (select fonds from financement order by fait desc limit 1)')" 2
code "l'accent ne compte pas" 2 sons commande importer d.csv --défaut x=1
tient
fermer
