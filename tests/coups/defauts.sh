# Défauts délibérés, un à un, dans une copie : chacun doit faire rougir le banc tel que `make check` le lance (mêmes actes, même
# graine ; ici les actes que le défaut touche). Le témoin, sans défaut, est vert. À la main, ou par ./dev coups.
. "$SONS_SRCDIR/tests/coups/commun.sh"
travail=$PWD/coups-defauts.tmp
arbre=$travail/arbre
trap 'rm -rf "$travail"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$travail"
mkdir -p "$arbre"
(cd "$SONS_SRCDIR" && tar cf - --exclude='./build*' --exclude=./.git --exclude='./autom4te.cache' --exclude='*.tmp' .) | (cd "$arbre" && tar xf -) || exit 1
[ -d "$arbre/build-aux" ] || cp -R "$SONS_SRCDIR/build-aux" "$arbre/"
chmod -R u+w "$arbre"
# Les avertissements ne sont pas des erreurs : un défaut laisse des fonctions sans emploi.
construire() { make -C "$arbre/construit" CFLAGS='-O1 -w' "$@" >>"$travail/make.log" 2>&1 </dev/null; }
mkdir "$arbre/construit"
(cd "$arbre/construit" && MAKEFLAGS='' ../configure -q) >"$travail/make.log" 2>&1 </dev/null || { tail "$travail/make.log" >&2; exit 1; }
unset MAKEFLAGS MFLAGS MAKELEVEL
construire -j2 all && construire check TESTS= || { tail -n 30 "$travail/make.log" >&2; exit 1; }

# changer FICHIER AVANT APRÈS : une occurrence exactement, sinon le défaut ne s'applique plus et il faut le récrire.
changer() {
    cp "$arbre/$1" "$travail/intact"
    AVANT=$2 APRES=$3 awk 'BEGIN { RS = "\001"; avant = ENVIRON["AVANT"]; apres = ENVIRON["APRES"] }
        { i = index($0, avant)
          if (!i || index(substr($0, i + length(avant)), avant)) exit 1
          printf "%s", substr($0, 1, i - 1) apres substr($0, i + length(avant)); vu = 1 }
        END { exit !vu }' "$travail/intact" >"$arbre/$1"
}
# banc ACTE… : 0 vert, 1 rouge, autre : il n'a pas pu juger.
banc() {
    rouge=0
    : >"$travail/dit"
    for acte; do
        SONS=$arbre/construit/sons SONS_SRCDIR=$arbre SONS_BUILDDIR=$arbre/construit "$arbre/construit/tests/coups/banc" \
            "$arbre/tests/coups/actes.tab" "$travail/banc" --graine 1 --acte "$acte" >>"$travail/dit" 2>&1 || rouge=$?
        [ $rouge = 0 ] || break
    done
}
# defaut NOM ACTES FICHIER AVANT APRÈS
defaut() {
    if ! changer "$3" "$4" "$5"; then
        ko "défaut « $1 » : ne s'applique plus à $3"
    elif ! construire all; then
        ko "défaut « $1 » : ne se construit pas"
        tail -n 20 "$travail/make.log" | sed 's/^/# /'
    else
        banc $2 # sans guillemets à dessein : une liste
        egal "défaut « $1 » : le banc rougit ($(grep -c '^not ok' "$travail/dit") cas)" "$rouge" 1
        grep '^# [a-z]' "$travail/dit" | head -n 2 | cut -c 1-200
        [ $rouge -le 1 ] || grep '^Bail' "$travail/dit" | sed 's/^/# /'
    fi
    cp "$travail/intact" "$arbre/$3"
    touch "$arbre/$3"
}

banc lot-emettre initialiser avance-demander commande-importer
egal 'témoin : sans défaut, le banc est vert' "$rouge" 0
[ $rouge = 0 ] || grep '^not ok\|^# [a-z]\|^Bail' "$travail/dit" | sed 's/^/# /' | head -n 20
defaut "fsync oublié d'un fichier" lot-emettre src/formats/zip.c \
    'ok = sync_file(z->chemin, diags);' 'ok = true;'
defaut 'fsync oublié du dossier' lot-emettre src/noyau/fichier_tmp.c \
    'bool ok = fd >= 0 && synced(fd);' 'bool ok = fd >= 0;'
defaut 'fsync oublié du dossier, acte sans fichier à refaire' initialiser src/noyau/fichier_tmp.c \
    'bool ok = fd >= 0 && synced(fd);' 'bool ok = fd >= 0;'
defaut 'fichier publié avant la validation' lot-emettre src/metier/acte_lot.c \
    'ok = acte_fin(&e.acte, ok);' 'ok = lot_fichier_publier(&l, ok && !ctx->essai, ctx->diags) && ok; ok = acte_fin(&e.acte, ok);'
defaut "validation avant que le fichier soit écrit" lot-emettre src/metier/acte_lot.c \
    'if (!lot_fichier_publier(&l, ok && !ctx->essai, ctx->diags)) {' \
    '(void)lot_fichier_publier(&l, false, ctx->diags);
        struct lot_demande_emission d2 = *d;
        struct lot_emission out2 = {0};
        d2.refaire = out->numero;
        if (ok && !lot_refaire(ctx, &d2, &out2)) {'
defaut "projection écrite hors de la transaction" avance-demander src/metier/transaction.c \
    'return registre_valider(r, a->ctx->diags);' \
    'registre_exec(r, "create temp table hors as select * from demande; delete from demande", a->ctx->diags);
    const bool valide = registre_valider(r, a->ctx->diags);
    return valide && registre_debut(r, a->ctx->diags) && registre_exec(r, "insert into demande select * from temp.hors", a->ctx->diags) &&
           registre_valider(r, a->ctx->diags);'
defaut "erreur de write() ignorée" lot-emettre src/noyau/fichier_tmp.c \
    'ssize_t n = write(fd, p, len);' 'ssize_t n = write(fd, p, len); if (n < 0) n = (ssize_t)len;'
defaut 'synchronous off' commande-importer src/registre/ouvrir.c 'pragma synchronous = extra' 'pragma synchronous = off'
defaut 'synchronous normal' commande-importer src/registre/ouvrir.c 'pragma synchronous = extra' 'pragma synchronous = normal'
defaut 'journal de retour en arrière en mémoire' commande-importer src/registre/ouvrir.c \
    '"pragma journal_mode = delete;' '"pragma journal_mode = memory;'
fin
