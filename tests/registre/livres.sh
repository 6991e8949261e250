# The books at the level of commands: genesis, clock, erasure, and every table damaged in turn.
. "$SONS_SRCDIR/tests/tap.sh"
# Whoever tampers with a registre puts the triggers back: without them it does not even open.
declencheurs=$(grep '^create trigger' "$SONS_SRCDIR/src/registre/livre.sql")
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier livres

# --- genesis and clock ---
registre reel.db
a 2022-12-05T09:00:00Z
code "SONS_HORLOGE à la création d'un registre réel : refusée" 2 sons initialiser --role editeur --siren 123456782
cas "et rien n'est créé" [ ! -e reel.db ]
unset SONS_HORLOGE
code "un registre réel" 0 sons initialiser --role og --siren 123456782 --nom "OG d'exemple"
genese=$(sons journal voir 1)
contient "genèse : réel" "$genese" "
fictif non
role og
siren 123456782
nom OG d'exemple
calendrier initial
jeu "
contient "genèse : rien avant elle" "$genese" "
P 0000000000000000000000000000000000000000000000000000000000000000"
a 2022-12-05T09:00:00Z
rien "SONS_HORLOGE sur un registre réel : refusée" 2 E-113 sons journal verifier
unset SONS_HORLOGE
# The last entry dated tomorrow: the machine's clock is late.
sqlite3 reel.db "drop trigger journal_sans_update; drop trigger journal_sans_delete; update journal set octets = replace(octets, substr(octets, instr(octets, 'instant '), 12), 'instant 2199'); delete from reglage where cle = 'tete'; $declencheurs"
rien "l'horloge d'un registre réel en retard" 3 E-111 sons fournisseur declarer --siren 123456782 --nom X

neuf f.db 2022-12-05T09:00:00Z
identifiants=$(for i in 1 2 3; do rm -f i.db; SONS_REGISTRE=i.db sons initialiser --fictif >/dev/null; sqlite3 i.db "select valeur from registre where cle = 'id'"; done | sort -u | wc -l)
egal "chaque registre a son identifiant" "$identifiants" 3
a 2022-12-05T08:59:59Z
rien "une horloge fictive en retard" 2 E-112 sons fournisseur declarer --siren 123456782 --nom X
a 2022-12-05T09:00:00Z
code "la même heure convient" 0 sons fournisseur declarer --siren 123456782 --nom X
egal "deux entrées" "$(entrees)" 2
a n-importe-quoi
rien "une horloge illisible" 2 SONS_HORLOGE sons journal verifier

# --- every kind of fact ---
complet complet.db
complet_instant_fin=$complet_instant
projections=$(grep -c '^create table' "$SONS_SRCDIR/src/registre/etat.sql")
egal "tous les genres de faits" "$(sqlite3 complet.db "select count(distinct substr(octets, instr(octets, char(10) || 'fait '), instr(substr(octets, instr(octets, char(10) || 'fait ') + 1), char(10)))) from journal")" \
    "$(grep '^FAIT(' "$SONS_SRCDIR/src/registre/faits.def" | cut -d '"' -f 2 | sort -u | wc -l)" # the current version of each
n=$(entrees)
cas "plus de trente entrées ($n)" [ "$n" -gt 30 ]
code "la chaîne se vérifie" 0 sons journal verifier
contient "toutes les entrées sont comptées" "$tap_sortie" "$n entrées vérifiées"
tete=$(printf '%s\n' "$tap_sortie" | sed -n 's/^Tête : //p')
code "tout se vérifie" 0 sons journal verifier --tout
contient "tout est compté" "$tap_sortie" "$projections projections refaites, 2 bases (183 établissements), 10 pièces"
cas "au moins quatorze projections ($projections)" [ "$projections" -ge 14 ]

# By hand: each entry, its hash in the next.
p=$(printf %064d 0)
i=0
rompu=
while [ $i -lt "$n" ]; do
    i=$((i + 1))
    sons journal voir $i >entree 2>/dev/null
    [ "$(tail -n 1 entree)" = "P $p" ] || rompu="$rompu $i"
    [ "$(head -n 1 entree)" = "entree $i" ] || rompu="$rompu $i"
    p=$(empreinte entree)
done
egal "sha256sum, entrée par entrée" "$rompu" ""
egal "la tête est celle de la dernière" "$p" "$tete"
egal "chaque entrée a son sel" "$(sqlite3 complet.db "select count(distinct substr(octets, instr(octets, char(10) || 'sel ') + 5, 32)) from journal")" "$n"
egal "aucun nom de personne dans le journal" "$(sqlite3 complet.db "select count(*) from journal where octets like '%Exemple A%' or octets like '%Exemple G%'")" 0
egal "onze signataires, effaçables" "$(sqlite3 complet.db "select count(*) from personne where champ = 'signataire'")" 11

# --- damage ---
# abime NAME SQL CODE-OF-VERIFIER PART: on a copy; `--tout` always finds it, with exit code 4.
abime() {
    cp complet.db abime.db
    registre abime.db
    sqlite3 abime.db "drop trigger journal_sans_update; drop trigger journal_sans_delete; $2; $declencheurs"
    code "$1 : journal verifier" "$3" sons journal verifier
    [ "$3" = 0 ] || contient "$1 : le message" "$tap_sortie" "$4"
    [ "$3" = 0 ] || contient "$1 : ce qu'il faut faire" "$tap_sortie" "JOURNAL ROMPU"
    code "$1 : --tout" 4 sons journal verifier --tout
    contient "$1 : le message de --tout" "$tap_sortie" "$4"
    registre complet.db
}
code "sans dégât, rien" 0 sons journal verifier --tout
abime "un octet changé" "update journal set octets = replace(octets, 'programme sons', 'programme Sons') where numero = 5" 4 "entrée 6 :"
abime "une entrée malformée" "update journal set octets = replace(octets, 'programme', 'Programme') where numero = 5" 4 "entrée 5 :"
abime "une entrée retirée" "delete from journal where numero = 8" 4 "entrée 8 : elle manque"
abime "deux entrées échangées" "update journal set numero = 1000 where numero = 6; update journal set numero = 6 where numero = 7; update journal set numero = 7 where numero = 1000" 4 "entrée 6 :"
abime "la genèse retirée" "delete from journal where numero = 1" 4 "entrée 1 : elle manque"
abime "une entrée de trop" "insert into journal values (0, 'x')" 4 "entrée 0 : elle est de trop"
abime "la fin coupée" "delete from journal where numero > $n - 3" 4 "entrée $((n - 3)) : c'est la dernière, et non celle"
abime "la fin coupée, son empreinte ôtée" "delete from journal where numero > $n - 3; delete from reglage where cle = 'tete'" 0 "ne dit pas ce que dit le journal"
abime "qui a écrit la dernière entrée" "update journal set octets = replace(octets, 'utilisateur ' || substr(octets, instr(octets, 'utilisateur ') + 12, 2), 'utilisateur 0g') where numero = $n" 4 "entrée $n :"
abime "l'engagement de la dernière entrée" "update journal set octets = replace(octets, substr(octets, instr(octets, 'utilisateur '), 14), 'utilisateur ' || case substr(octets, instr(octets, 'utilisateur ') + 12, 2) when '00' then '01' else '00' end) where numero = $n" 4 "entrée $n : c'est la dernière, et non celle"
abime "le programme de la dernière entrée" "update journal set octets = replace(octets, 'programme sons', 'programme Sons') where numero = $n" 4 "entrée $n : c'est la dernière, et non celle"
abime "une empreinte de la fin qui n'est pas la sienne" "update reglage set valeur = '$(printf %064d 7)' where cle = 'tete'" 4 "entrée $n : c'est la dernière, et non celle"
cp complet.db abime.db
registre abime.db
sqlite3 abime.db "drop trigger journal_sans_update; update journal set octets = replace(octets, 'programme sons', 'programme Sons') where numero = $n; $(echo "$declencheurs" | grep journal_sans_update)"
a "$complet_instant_fin"
rien "rien ne s'écrit après une dernière entrée changée" 4 "n'est plus celle qui a été enregistrée" sons fournisseur declarer --siren 123456782 --nom Z
code "et rien ne la consacre" 4 sons journal reconstruire
registre complet.db
tables=$(sed -n 's/^create table \([a-z_]*\) .*/\1/p' "$SONS_SRCDIR/src/registre/etat.sql")
vues=0
for table in $tables; do
    cas "$table a des lignes" [ "$(sqlite3 complet.db "select count(*) > 0 from $table")" = 1 ]
    abime "projection $table vidée" "delete from $table" 0 "la table « $table » ne dit pas ce que dit le journal"
    vues=$((vues + 1))
done
egal "toutes" "$vues" "$projections"
abime "un montant changé" "update commande set ht = ht + 1 where numero = 'BC-2022-001'" 0 "« commande »"
abime "un ESSMS ajouté" "insert into commande_essms values (1, 1, 1, 1, 1, null, null)" 0 "« commande_essms »"
abime "un nom FINESS changé" "update finess_et set raison_sociale = 'X' where cle = (select min(cle) from finess_et)" 0 "importée à l'entrée 2 a changé"
abime "un libellé de catégorie changé" "update finess_categorie set libelle = 'X' where categorie = (select min(categorie) from finess_categorie)" 0 "importée à l'entrée 2 a changé"
abime "un ET retiré" "delete from finess_et where cle = (select max(cle) from finess_et)" 0 "importée à l'entrée 2 a changé"
abime "un ET d'un autre OG" "update finess_et set ej = ej + 1 where cle = (select min(cle) from finess_et)" 0 "importée à l'entrée 2 a changé"
abime "l'effectif d'un OG" "update finess_og set n_ms1 = n_ms1 - 1 where n_ms1 = 6" 0 "les effectifs de l'OG"
abime "un OG retiré" "delete from finess_og where n_ms1 = 6" 0 "les effectifs de l'OG"
abime "un OG inventé" "insert into finess_og select max(cle) + 1, 1, 1, 0, 0, 0, x'00000000' from finess_og" 0 "les effectifs de l'OG"
abime "le nom d'un OG" "update finess_entite set raison_sociale = 'X'" 0 "a changé"
abime "une pièce altérée" "update piece set contenu = cast(cast(contenu as text) || 'x' as blob) where empreinte = (select empreinte from piece_jointe where role = 1)" 0 "la pièce jointe à la commande BC-2022-003"
abime "une pièce retirée" "delete from piece where empreinte = (select empreinte from piece_jointe where role = 1)" 0 "la pièce jointe à la commande BC-2022-003"
abime "la taille d'une pièce" "update piece set taille = 1" 0 "une pièce a changé"
abime "un signataire remplacé" "update personne set nom = 'X' where champ = 'signataire'" 0 "n'est pas celui qu'elle engage"
abime "un utilisateur remplacé" "update personne set nom = 'X' where champ = 'utilisateur' and fait = 1" 0 "entrée 1 (utilisateur)"
abime "un nom ajouté" "insert into personne values (3, 'signataire', zeroblob(16), 'X')" 0 "entrée 3 (signataire)"
abime "le jeu de paramètres altéré" "update parametres_jeu set octets = cast('x' as blob)" 0 "a changé"
abime "le jeu de paramètres retiré" "delete from parametres_jeu" 0 "le jeu de paramètres adopté manque"
abime "le titulaire changé" "update registre set valeur = 'Autre' where cle = 'nom'" 0 "l'identité du registre"
abime "l'identifiant changé" "update registre set valeur = 'ff' where cle = 'id'" 0 "l'identité du registre"

# --- erasure of names ---
cp complet.db efface.db
registre efface.db
sqlite3 efface.db "delete from personne"
tient "les noms effacés, tout se vérifie encore"
code "la commande se lit" 0 sons commande voir BC-2022-001
contient "sans le nom" "$tap_sortie" "(nom effacé), directrice générale"
code "la même feuille reste inchangée" 0 sons commande importer samples/commandes.csv
contient "toutes" "$tap_sortie" "Toutes déjà enregistrées, inchangées."
egal "rien n'est écrit" "$(entrees)" "$n"
fermer
