# Each boundary of the law, from the sheet to the explanation: the year that chooses the base, the dates of the document and of the
# signature, the base that is missing, the complete file of day 121, VAT, a couloir that never opened, the first days of 2024.
. "$SONS_SRCDIR/tests/tap.sh"
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier limites
verdict() { sons expliquer "$@" --format csv 2>/dev/null | awk -F ';' 'NR == 2 { v = $5 } END { print v == "" ? "absente" : v }'; }
motif() { sons expliquer "$@" 2>&1 | sed -n 's/^├─ constat : //p'; }
og=$(finess 01000001); e1=$(finess 01000010); e2=$(finess 01000011); e3=$(finess 01000012); e4=$(finess 01000013); e5=$(finess 01000014)
quatre() { base "$1"; for e in $e1 $e2 $e3 $e4; do et $e $og 500 4401; done; }
quatre 2022-01-03 >b22.csv
{ quatre 2023-01-12; et $e5 $og 500 4401; } >b23.csv
quatre 2023-06-05 >juin.csv
solution() { s=$1; shift; sons solution declarer --numero-ans "$s" --nom "$s" --siren-editeur 123456782 --couloir MS1 --version=1 "$@" >/dev/null 2>&1; }
tete='numero;finess_et;date_commande;date_signature;solution;couloir;version_solution;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;montant_ht;taux_tva;montant_tva;montant_ttc;motif_tva'
# commande NUMBER ESSMS DOCUMENT SIGNATURE [SOLUTION [COULOIR [AMOUNTS [CONDITION]]]]
commande() {
    printf '%s\n%s\n' "$tete" "$1;$2;$3;$4;${5-S1};${6-MS1};1;${8:-non};oui;oui;A;B;manuscrite;${7:-1825,00;20;365,00;2190,00;}" >c.csv
    sons commande importer c.csv >c.sortie 2>&1 || { ko "import de $1"; sed 's/^/# /' c.sortie; }
}

# --- the year chooses the base, N and the tranche: 4, then 5 ---
neuf a.db 2024-06-01T09:00:00Z
sons finess importer b22.csv >/dev/null && sons finess importer b23.csv >/dev/null
solution S1 --dossier-complet-le 2022-02-20 --reference-le 2022-02-21
commande VEILLE $e1 2022-12-30 2022-12-30
commande NEUF $e2 2023-01-02 2023-01-02
commande MIXTE $e3 2022-12-30 2023-01-02
commande ENVERS $e4 2023-01-02 2022-12-30
motif VEILLE FIN-01 >v.txt
contient "le 30/12/2022 : N = 4" "$(cat v.txt)" "l'OG est dans la base du 03/01/2022, avec 4 ESSMS"
contient "le 02/01/2023 : N = 5" "$(motif NEUF FIN-01)" "l'OG est dans la base du 12/01/2023, avec 5 ESSMS"
contient "tranche B" "$(sons expliquer VEILLE BAR-01)" "bareme.B.taux_ttc"
contient "tranche C" "$(sons expliquer NEUF BAR-01)" "bareme.C.taux_ttc"
contient "document de 2022, signature de 2023 : la signature choisit" "$(motif MIXTE FIN-01)" "du 12/01/2023"
contient "l'inverse" "$(motif ENVERS FIN-01)" "du 03/01/2022"
egal "et les deux sont en discordance" "$(verdict MIXTE COM-10), $(verdict ENVERS COM-10), $(verdict VEILLE COM-10)" "non conforme, non conforme, conforme"
contient "qui dit la limite" "$(motif MIXTE COM-10)" "de part et d'autre d'une limite : l'année"
egal "COM-13 : une information" "$(verdict MIXTE COM-13), $(verdict VEILLE COM-13)" "non conforme, conforme"

# --- each other boundary: document on one side, signature on the other ---
n=0
for t in "2022-02-11 2022-02-12 la|publication|au|JO" "2022-05-16 2022-05-17 l'ouverture|du|couloir" "2022-05-17 2022-05-16 l'ouverture|du|couloir" \
    "2023-12-31 2024-01-01 l'année|et|la|fermeture" "2022-12-31 2023-01-01 l'année"; do
    set -- $t
    n=$((n + 1))
    commande L$n $e1 $1 $2
    contient "document du $1, signature du $2" "$(motif L$n COM-10)" "limite" 
    contient "la limite est nommée" "$(motif L$n COM-10)" ": $(printf '%s' "$3" | tr '|' ' ')"
done
egal "cinq limites" "$n" 5
solution S2 --dossier-complet-le 2022-09-30 --reference-le 2022-11-01
commande D1 $e1 2022-06-01 2022-06-02 S2
contient "121 jours du document, 120 de la signature" "$(motif D1 COM-10)" ": le délai du dossier complet"
egal "la signature compte" "$(verdict D1 REF-03)" conforme
commande MEME $e1 2022-05-17 2022-05-18
egal "deux dates du même côté" "$(verdict MEME COM-10)" conforme

# --- the base that is missing ---
neuf b.db 2023-07-01T09:00:00Z
sons finess importer b22.csv >/dev/null && sons finess importer juin.csv >/dev/null
solution S1 --dossier-complet-le 2022-02-20 --reference-le 2022-02-21
commande FEVRIER $e1 2023-02-10 2023-02-10
for r in FIN-01 FIN-02 FIN-04 BAR-01; do egal "$r en attente" "$(verdict FEVRIER $r)" "en attente"; done
contient "elle est nommée" "$(motif FEVRIER FIN-01)" "la base FINESS de référence 2023 manque : la première base datée entre le 01/01/2023 et le 31/01/2023"
contient "et comment l'importer" "$(motif FEVRIER FIN-01)" "sons finess importer FICHIER"
egal "aucune autre base n'en tient lieu" "$(sons expliquer FEVRIER FIN-01 | grep -c '05/06/2023\|03/01/2022')" 0
sons avance demander FEVRIER >/dev/null 2>&1
rien "rien ne part" 1 "la base FINESS de référence 2023 manque" sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie .
code "la base venue" 0 sons finess importer b23.csv
egal "elle sert" "$(verdict FEVRIER FIN-01)" conforme
contient "c'est bien elle" "$(motif FEVRIER FIN-01)" "12/01/2023"

# --- day 100 incomplete, day 121 complete; the ESSMS is free again ---
neuf d.db 2022-09-10T09:00:00Z
sons finess importer b22.csv >/dev/null
solution S1 --dossier-complet-le 2022-09-09
commande COND $e1 2022-06-01 2022-06-01 S1 MS1 "" oui
egal "un dossier tenu pour complet le 100e jour" "$(verdict COND REF-03)" conforme
a 2022-09-20T09:00:00Z
connu=$(date -u -d 2022-09-15 +%F 2>/dev/null || echo 2022-09-15)
a 2022-12-01T09:00:00Z
solution S1 --dossier-complet-le 2022-09-30 --reference-le 2022-11-15
contient "complété le 121e jour" "$(motif COND REF-03)" "le dossier complet a été déposé le 30/09/2022, 121 jours après la commande du 01/06/2022 : 120 au plus"
egal "anomalie" "$(verdict COND REF-03)" "non conforme"
egal "le registre sait encore ce qu'il savait" "$(verdict COND REF-03 --connu-le "$connu")" conforme
egal "elle portait la condition" "$(verdict COND REF-02)" conforme
commande APRES $e1 2022-11-20 2022-11-20 S1
egal "caduque, elle ne retient plus l'ESSMS" "$(verdict COND UNI-01), $(verdict APRES UNI-01)" "sans objet, conforme"
solution S3 --dossier-complet-le 2022-09-29 --reference-le 2022-11-15
commande TENUE $e2 2022-06-01 2022-06-01 S3 MS1 "" oui
commande SECONDE $e2 2022-11-20 2022-11-20 S3
egal "le 120e jour, elle le retient" "$(verdict TENUE REF-03), $(verdict TENUE UNI-02), $(verdict SECONDE UNI-01)" "conforme, non conforme, non conforme"
solution S4 --dossier-complet-le 2022-09-05 --refuse-le 2022-09-12
commande REFUSEE $e3 2022-06-01 2022-06-01 S4 MS1 "" oui
egal "refusée sans second dépôt : le délai est passé" "$(verdict REFUSEE REF-03), $(verdict REFUSEE UNI-01)" "non conforme, sans objet"
egal "avant le dernier jour, rien n'est perdu" "$(verdict REFUSEE REF-03 --au 2022-09-29), $(verdict REFUSEE REF-03 --au 2022-09-30)" "en attente, non conforme"

# --- VAT ---
neuf t.db 2022-12-05T09:00:00Z
sons finess importer b22.csv >/dev/null
solution S1 --dossier-complet-le 2022-02-20 --reference-le 2022-02-21
commande T0 $e1 2022-07-12 2022-07-12 S1 MS1 "1825,00;0;0,00;1825,00;guyane"
commande T1 $e2 2022-07-12 2022-07-12 S1 MS1 "1825,00;0;0,00;1825,00;"
commande T2 $e3 2022-07-12 2022-07-12 S1 MS1 "1825,00;5,5;100,38;1925,38;"
egal "0 % avec motif, sans motif ; 5,5 %" "$(verdict T0 BAR-04), $(verdict T1 BAR-04), $(verdict T2 BAR-04)" "conforme, en attente, non conforme"
contient "le motif manque" "$(motif T1 BAR-04)" "il manque le motif de la TVA nulle"
commande T3 $e1 2022-07-12 2022-07-12 S1 MS1 "1825,00;20;365,01;2190,01;"
commande T4 $e2 2022-07-12 2022-07-12 S1 MS1 "1825,00;20;365,02;2190,02;"
egal "TVA ligne à ligne : un centime pour un ESSMS" "$(verdict T3 BAR-04), $(verdict T3 BAR-05)" "conforme, non conforme"
egal "deux centimes" "$(verdict T4 BAR-04), $(verdict T4 BAR-05)" "non conforme, sans objet"
printf '%s\n%s\n%s;;;;;;;;;;;;;;;;\n' "$tete" "T5;$e3;2022-07-12;2022-07-12;S1;MS1;1;non;oui;oui;A;B;manuscrite;3650,00;20;730,02;4380,02;" "T5;$e4" >c.csv
code "deux ESSMS" 0 sons commande importer c.csv
egal "deux centimes pour deux ESSMS" "$(verdict T5 BAR-04), $(verdict T5 BAR-05)" "conforme, non conforme"

# --- MS3 never opened ---
ahi=$(finess 01000031)
{ base 2022-01-03; et $ahi $og 214 4601; } >b3.csv
neuf m.db 2022-12-05T09:00:00Z
sons finess importer b3.csv >/dev/null
commande AHI $ahi 2022-07-12 2022-07-12 "" MS3
egal "en attente, jamais refusée" "$(verdict AHI FIN-06), $(verdict AHI COM-04), $(verdict AHI AVA-01)" "en attente, en attente, en attente"
contient "et le dit" "$(motif AHI FIN-06)" "couloir non ouvert : aucune ouverture connue pour MS3"

# --- January and February 2024 ---
neuf p.db 2024-02-20T09:00:00Z
sons finess importer b22.csv >/dev/null && sons finess importer b23.csv >/dev/null
solution S1 --dossier-complet-le 2022-02-20 --reference-le 2022-02-21
commande JANVIER $e1 2024-01-15 2024-01-15
egal "hors délai au calendrier initial" "$(verdict JANVIER COM-06)" "non conforme"
contient "l'autre calendrier l'admet, avec la commande" "$(motif JANVIER COM-06)" "sons parametres calendrier proroge"
sons parametres calendrier proroge >/dev/null
egal "dans les délais au calendrier prorogé" "$(verdict JANVIER COM-06)" conforme
egal "aucun texte ne donne sa base" "$(verdict JANVIER FIN-01)" "en attente"
contient "et cela se dit" "$(motif JANVIER FIN-01)" "aucun texte ne la donne, elle est à désigner"
contient "avec la manière" "$(motif JANVIER FIN-01)" "sons finess designer 2024 DATE --motif M"
code "désignée à la main" 0 sons finess designer 2024 2023-01-12 --motif "celle de 2023, faute de texte"
egal "elle sert alors" "$(verdict JANVIER FIN-01)" conforme
fermer
