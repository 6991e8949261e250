# Le milieu hostile : disque plein, taille limitée, dossier en lecture seule, horloge qui recule, fuseaux qui changent.
. "$SONS_SRCDIR/tests/coups/commun.sh"
maison=$SONS_SRCDIR/tests/coups/maison.sh
travail=$PWD/coups-milieu.tmp
plein=$travail/plein
nettoyer() { umount "$plein" 2>/dev/null; chmod -R u+w "$travail" 2>/dev/null; rm -rf "$travail"; }
trap nettoyer EXIT
trap 'exit 1' HUP INT TERM
nettoyer
mkdir -p "$plein"
saut() { tap_n=$((tap_n + 1)); printf 'ok %d - %s # SKIP %s\n' "$tap_n" "$1" "$2"; }
fictif() { SONS_HORLOGE=2022-12-05T09:00:00Z SONS_REGISTRE=sons.db "$@"; }
preparer() { mkdir -p "$travail/$1" && (cd "$travail/$1" && fictif sh "$maison" "$1") || exit 1; }
for etape in vide ouvert tiers demande; do preparer $etape; done
verifie() { [ ! -e sons.db ] || fictif "$SONS" journal verifier --tout >/dev/null 2>&1; }
etat() { [ ! -e sons.db ] || sqlite3 sons.db .dump 2>/dev/null | sha256sum; }
# Ce qui reste et n'est ni donné, ni produit.
restes() { find . -name '.*.tmp*' -o -name '*-journal' | sort | tr '\n' ' '; }

# serrer NOM ÉTAPE LIMITEUR ACTE… : l'acte sous une limite qui grandit jusqu'à ce qu'il passe ; à chaque pas, il échoue avec
# le code 3 et un mot, le registre se vérifie ; la limite levée, il réussit. Sans mémoire, il part sans rien ranger : ce qu'il
# laisse doit avoir disparu après la reprise.
pas=3
serrer() {
    nom=$1 etape=$2 limiteur=$3; shift 3
    refus=0 mal=
    limite=0
    while [ $limite -lt 200 ]; do
        $limiteur poser "$etape" $limite || { saut "$nom" "$raison"; return; }
        cd "$lieu" || exit 1
        if $limiteur lancer $limite "$@" >"$travail/dit" 2>&1; then rc=0; else rc=$?; fi
        case $rc in
        0) break ;;
        3) refus=$((refus + 1)); grep -q "$remede" "$travail/dit" || mal="$mal; à $limite, ne dit pas que faire : $(tail -n 1 "$travail/dit")" ;;
        *) mal="$mal; à $limite, code $rc : $(tail -n 1 "$travail/dit")" ;;
        esac
        verifie || mal="$mal; à $limite, le registre ne se vérifie plus"
        $limiteur lever
        [ $limiteur = memoire ] && reste= || reste=$(restes)
        fictif "$@" >"$travail/dit" 2>&1 && verifie || mal="$mal; à $limite, la reprise échoue : $(tail -n 1 "$travail/dit")"
        reste=$reste$(restes)
        [ -z "$reste" ] || mal="$mal; à $limite, il reste $reste"
        cd "$travail" || exit 1
        limite=$((limite + pas))
    done
    cd "$travail" || exit 1
    [ $refus -gt 0 ] || mal="$mal; aucune limite ne l'a gêné"
    [ $limite -lt 200 ] || mal="$mal; aucune limite ne lui a suffi"
    egal "$nom ($refus refus)" "$mal" ""
}
# Un petit disque : tmpfs, la place du dossier et un peu plus.
disque() {
    case $1 in
    poser)
        umount "$plein" 2>/dev/null
        raison="monter un tmpfs n'est pas permis ici"
        taille=$(du -sk "$travail/$2" | cut -f 1)
        mount -t tmpfs -o size=$((taille + 8 * $3))k tmpfs "$plein" 2>/dev/null || return 1
        cp -R "$travail/$2/." "$plein/" 2>/dev/null
        lieu=$plein
        ;;
    lancer) shift 2; fictif "$@" ;;
    lever) mount -o remount,size=64m "$plein" ;;
    esac
}
# RLIMIT_FSIZE, en blocs de 512 octets : de presque rien, jamais zéro, car le message aussi s'écrit dans un fichier.
taille_fichier() {
    case $1 in
    poser)
        lieu=$travail/limite
        rm -rf "$lieu"
        cp -R "$travail/$2" "$lieu"
        ;;
    lancer) blocs=$((8 + 64 * $2)); shift 2; (ulimit -f $blocs && fictif "$@") ;;
    lever) ;;
    esac
}
# RLIMIT_AS, en Kio, à partir de ce qu'il faut au programme pour seulement démarrer : les allocations, et les projections par
# lesquelles le chargeur amène libxml2 et ICU.
depart=4096
memoire() {
    case $1 in
    poser)
        raison='AddressSanitizer réserve tout'
        [ -z "$COUPS_ASAN" ] || return 1
        while [ $depart -lt 100000 ] && ! (ulimit -v $depart && "$SONS" --version) >/dev/null 2>&1; do depart=$((depart + 256)); done
        taille_fichier poser "$2"
        ;;
    lancer) kio=$((depart + 400 * $2)); shift 2; (ulimit -v $kio && fictif "$@") ;;
    lever) ;;
    esac
}
remede='à faire'
for limiteur in disque taille_fichier; do
    serrer "$limiteur : initialiser" vide $limiteur "$SONS" initialiser --fictif
    serrer "$limiteur : finess importer" ouvert $limiteur "$SONS" finess importer base.csv
    serrer "$limiteur : commande importer" tiers $limiteur "$SONS" commande importer commandes.csv
    serrer "$limiteur : lot emettre" demande $limiteur "$SONS" lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots
done
# Un pas plus petit en entier. Rien d'autre à dire que la mémoire : la bibliothèque, elle, est en bon état.
remede='mémoire épuisée.*À faire'
[ -n "$entier" ] && pas=1 || pas=12
serrer 'memoire : lot emettre' demande memoire "$SONS" lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots
serrer 'memoire : commande importer' tiers memoire "$SONS" commande importer commandes.csv

# Lecture seule, pour quelqu'un qui n'est pas root.
autre=
if [ "$(id -u)" = 0 ]; then
    chmod 755 "$travail"
    autre='setpriv --reuid=65534 --regid=65534 --clear-groups'
    $autre "$SONS" --version >/dev/null 2>&1 && (cd "$travail" && $autre ls >/dev/null 2>&1) || autre=impossible
fi
if [ "$autre" = impossible ]; then
    saut 'lecture seule' "le programme n'est pas lisible d'un autre utilisateur"
else
    rm -rf "$travail/seule"
    cp -R "$travail/demande" "$travail/seule"
    cd "$travail/seule" || exit 1
    [ "$(id -u)" != 0 ] || chown -R 65534:65534 .
    avant=$(sha256sum sons.db)
    essai() { tap_e=$1; shift; code "$tap_e" "$@"; }
    chmod 555 .
    code 'dossier en lecture seule : un acte est refusé' 3 fictif $autre "$SONS" parametres calendrier proroge
    contient 'et dit que faire' "$tap_sortie" 'à faire'
    code 'dossier en lecture seule : le registre se lit' 0 fictif $autre "$SONS" journal verifier --tout
    code 'dossier en lecture seule : pas de nouveau registre' 3 fictif $autre "$SONS" initialiser --fictif --registre autre.db
    chmod 755 .
    chmod 555 lots
    code 'dossier des lots en lecture seule : rien ne part' 3 fictif $autre "$SONS" lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots
    chmod 755 lots
    chmod 400 sons.db
    code 'registre en lecture seule : un acte est refusé' 3 fictif $autre "$SONS" parametres calendrier proroge
    contient 'et dit que faire aussi' "$tap_sortie" 'à faire'
    code 'registre en lecture seule : il se lit' 0 fictif $autre "$SONS" commande lister
    chmod 600 sons.db
    egal "le registre n'a pas changé" "$(sha256sum sons.db)" "$avant"
    egal 'rien ne reste' "$(restes)" ''
    code "les droits rendus, l'acte réussit" 0 fictif $autre "$SONS" parametres calendrier proroge
    cd "$travail" || exit 1
fi

# L'horloge recule : sur un registre réel, un acte antérieur au dernier est refusé, et rien ne change.
a_lheure() { decalage=$1; shift; SONS_REGISTRE=reel.db COUPS_DECALAGE=$decalage LD_PRELOAD=$SONS_BUILDDIR/tests/coups/panne.so "$@"; }
if [ -n "${COUPS_ASAN:-}" ]; then
    saut "l'horloge recule" 'AddressSanitizer veut être chargé le premier'
else
    cd "$travail/vide" || exit 1
    code 'un registre réel' 0 a_lheure 0 "$SONS" initialiser --role editeur --siren 123456782
    code 'un acte une heure plus tard' 0 a_lheure 3600 "$SONS" fournisseur importer fournisseurs.csv
    avant=$(sha256sum reel.db)
    code "l'horloge recule : refusé" 3 a_lheure 600 "$SONS" parametres calendrier proroge
    contient 'en disant pourquoi' "$tap_sortie" "l'horloge est en retard"
    egal 'et rien ne change' "$(sha256sum reel.db)" "$avant"
    code "l'horloge reculée n'empêche pas de lire" 0 a_lheure 600 "$SONS" journal verifier --tout
    code "l'horloge remise, l'acte réussit" 0 a_lheure 3700 "$SONS" parametres calendrier proroge
    code 'et se vérifie' 0 a_lheure -86400 "$SONS" journal verifier --tout
    cd "$travail" || exit 1
fi

# Les fuseaux changent d'un acte à l'autre : mêmes octets. Les nombres tirés au hasard sont ceux de panne.so.
scenario() {
    rm -rf "$travail/fuseau"
    mkdir "$travail/fuseau"
    cd "$travail/fuseau" || exit 1
    fictif sh "$maison" vide
    while read -r fuseau acte; do
        head -c 256 /dev/zero >"$travail/comptes"
        # Sans guillemets à dessein : les mots de l'acte.
        fictif env TZ="$fuseau" COUPS_COMPTES="$travail/comptes" LD_PRELOAD="$SONS_BUILDDIR/tests/coups/panne.so" "$SONS" $acte \
            </dev/null || echo "échec : $acte"
    done
    cat sons.db lots/*.zip | sha256sum
    cd "$travail" || exit 1
}
actes='initialiser --fictif
finess importer base.csv
fournisseur importer fournisseurs.csv
solution importer solutions.csv
financement importer financements.csv
commande importer commandes.csv
avance demander --toutes --justifier BAR-05=x
lot emettre --fournisseur 123456782 --couloir MS1 --sortie lots'
if [ -n "${COUPS_ASAN:-}" ]; then
    saut 'les fuseaux changent' 'AddressSanitizer veut être chargé le premier'
else
    utc=$(printf '%s\n' "$actes" | sed 's/^/UTC /' | scenario 2>/dev/null | tail -n 1)
    divers=$(printf '%s\n' "$actes" | awk 'BEGIN { n = split("Pacific/Kiritimati America/Adak Asia/Kathmandu Europe/Paris :inexistant Pacific/Apia XYZ-14", t, " ") }
        { print t[(NR - 1) % n + 1], $0 }' | scenario 2>/dev/null | tail -n 1)
    egal 'les fuseaux changent, les octets non' "$divers" "$utc"
    cas 'et il y a un lot' [ -n "$(ls "$travail/fuseau/lots")" ]
fi
fin
