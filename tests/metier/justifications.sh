# A justification answers one constat: it lapses, aloud, when a fact, a funding, a parameter or a base changes it.
. "$SONS_SRCDIR/tests/tap.sh"
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
atelier justifications
og=$(finess 01000001)
i=9
for v in e1 e2 e3 e4 e5; do i=$((i + 1)); eval "$v=\$(finess 010000$i)"; done
neuf r.db 2024-03-01T09:00:00Z
{ base 2022-01-03; for e in $e1 $e2 $e3 $e4; do et $e $og 500 4401; done; } >base.csv
{ base 2022-02-03; for e in $e1 $e2 $e3 $e4 $e5; do et $e $og 500 4401; done; } >autre.csv
sons finess importer base.csv >/dev/null 2>&1
sons finess importer autre.csv >/dev/null 2>&1
s="sons solution declarer --numero-ans EX-1 --nom Maquis --siren-editeur 123456782 --couloir MS1 --dossier-complet-le 2022-04-20"
$s --version=5.2 --reference-le 2022-06-15 >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom X --role editeur --enrole-le 2022-07-01 >/dev/null 2>&1
echo 'finess_et;fonds;etat' >vide.csv
sons financement importer vide.csv >/dev/null 2>&1
printf '%%PDF-1.4\nbon\n' >bon.pdf
# commande NUMBER ET COLUMNS… : one order, everything in order but what is given
entete='numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc;sous_condition;mention_segur;deja_equipe;signataire;qualite_signataire;mode_signature;piece'
fin='non;oui;oui;Mme Exemple;directrice;manuscrite;bon.pdf'
{
    echo "$entete"
    echo "FAIT;$e1;12/07/2022;12/07/2022;EX-1;printemps;1000,00;20;200,00;1200,00;$fin"
    echo "FONDS;$e2;12/07/2022;12/07/2022;EX-1;5.2;1000,00;20;200,00;1200,00;$fin"
    echo "CALE;$e3;31/12/2023;02/01/2024;EX-1;5.2;1000,00;20;200,00;1200,00;$fin"
    echo "BASE;$e4;12/07/2022;12/07/2022;EX-1;5.2;2433,33;20;486,68;2920,01;$fin"
} >c.csv
code "quatre commandes" 0 sons commande importer c.csv
sons financement declarer --finess-et $e2 --fonds esms_numerique --phase amorcage --volet usage --nature mise_en_conformite --dui Maquis --etat engagement --date-etat 2021-05-01 >/dev/null 2>&1
justifiee() { sons expliquer "$1" "$2" 2>/dev/null | sed -n 's/^├─ \(justif.*\)/\1/p'; }
champ() { sed -n 's/.*"verdict":"\([^"]*\)".*"justification":\(null\|"[^"]*"\).*/\1;\2/p' | tr -d '"'; }
avant() { sons expliquer "$1" "$2" --format json 2>/dev/null | champ; }

# eprouve NAME RULE cause…: justified, changed, lapsed, said four times, justified again
eprouve() {
    ep=$1; regle=$2; shift 2
    code "$ep : justifiée en demandant l'avance" 0 sons avance demander $ep --justifier "$regle=vu sur la pièce"
    egal "$ep : elle l'est" "$(avant $ep $regle)" "non conforme;vu sur la pièce"
    code "$ep : $*" 0 "$@"
    egal "$ep : elle est caduque" "$(avant $ep $regle)" "non conforme;caduque : vu sur la pièce"
    egal "$ep : expliquer le dit" "$(justifiee $ep $regle)" "justification caduque, le constat a changé : vu sur la pièce"
    sons controler $ep >sortie 2>&1 || :
    contient "$ep : controler le dit" "$(cat sortie)" "justification caduque : vu sur la pièce (le constat a changé, elle est à refaire)"
    contient "$ep : lot emettre le dit" "$(sons lot emettre --fournisseur 123456782 --couloir MS1 --sortie . --essai --le 2024-02-15 2>&1 | grep -A 5 "commande $ep : discordance $regle")" "justification caduque"
    avant_n=$(entrees)
    code "$ep : justifiée de nouveau" 0 sons avance demander $ep --justifier "$regle=vu encore"
    egal "$ep : un fait" "$(($(entrees) - avant_n))" 1
    egal "$ep : elle l'est de nouveau" "$(avant $ep $regle)" "non conforme;vu encore"
    code "$ep : la même encore" 0 sons avance demander $ep --justifier "$regle=vu encore"
    egal "$ep : rien de plus" "$(($(entrees) - avant_n))" 1
}
eprouve FAIT REF-06 $s --version=5.1 --reference-le 2022-06-14
eprouve FONDS CUM-02 sons financement declarer --finess-et $e2 --fonds esms_numerique --phase amorcage --volet usage --nature mise_en_conformite --dui Maquis --etat convention --date-etat 2021-06-01
eprouve CALE COM-10 sons parametres calendrier proroge

# --- the base: the discordance becomes an anomalie of another rule, and comes back ---
code "BASE : justifiée" 0 sons avance demander BASE --justifier "BAR-02=arrondi du logiciel"
egal "BASE : elle l'est" "$(avant BASE BAR-02)" "non conforme;arrondi du logiciel"
code "BASE : une autre base" 0 sons finess designer 2022 2022-02-03 --couloir MS1 --motif essai
egal "BASE : BAR-02 n'a plus d'objet, BAR-01 est une anomalie" "$(sons expliquer BASE BAR-02 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5), $(sons expliquer BASE BAR-01 --format csv 2>/dev/null | tail -n 1 | cut -d ';' -f 5)" "sans objet, non conforme"
egal "BASE : c'est dit" "$(justifiee BASE BAR-02)" "justification sans objet, le constat est levé : arrondi du logiciel"
code "BASE : la première de nouveau" 0 sons finess designer 2022 2022-01-03 --couloir MS1 --motif essai
egal "BASE : le même constat, la même justification" "$(avant BASE BAR-02)" "non conforme;arrondi du logiciel"
tient
fermer
