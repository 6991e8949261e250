# Défauts délibérés, un à un, dans une copie : chacun doit faire rougir le banc tel que `make check` le lance (mêmes actes, même
# graine ; ici l'acte que le défaut touche), et dans le groupe de coups qu'il trompe. Le témoin, sans défaut, est vert. À la main, ou par ./dev coups.
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
# banc ACTE… : 0 vert, 1 rouge, autre : il n'a pas pu juger. $options sans guillemets à dessein : une liste.
options=
banc() {
    rouge=0
    : >"$travail/dit"
    for acte; do
        SONS=$arbre/construit/sons SONS_SRCDIR=$arbre SONS_BUILDDIR=$arbre/construit "$arbre/construit/tests/coups/banc" \
            "$arbre/tests/coups/actes.tab" "$travail/banc" --graine 1 --acte "$acte" $options >>"$travail/dit" 2>&1 || rouge=$?
        [ $rouge = 0 ] || break
    done
}
progres() { [ -z "${COUPS_PROGRES:-}" ] || printf '    defauts : %s\n' "$1" >&"$COUPS_PROGRES"; }
# defaut NOM ACTE GROUPE FICHIER AVANT APRÈS : le banc rougit, et d'abord là où le défaut frappe : dans ce groupe de cet acte.
defaut() {
    progres "$1"
    if ! changer "$4" "$5" "$6"; then
        ko "défaut « $1 » : ne s'applique plus à $4"
    elif ! construire all; then
        ko "défaut « $1 » : ne se construit pas"
        tail -n 20 "$travail/make.log" | sed 's/^/# /'
    else
        banc "$2"
        rouges=$(sed -n "s/^not ok [0-9]* - $2, \([a-z]*\) :.*/\1/p" "$travail/dit" | tr '\n' ' ')
        case " $rouges" in
        *" $3 "*) egal "défaut « $1 » : $2 rougit en $3 (en tout : ${rouges% })" "$rouge" 1 ;;
        *) ko "défaut « $1 » : $2 ne rougit pas en $3 (${rouges:-nulle part})" ;;
        esac
        grep '^# [a-z].* : ' "$travail/dit" | head -n 2 | cut -c 1-200
        [ $rouge -le 1 ] || grep '^Bail' "$travail/dit" | sed 's/^/# /'
    fi
    cp "$travail/intact" "$arbre/$4"
    touch "$arbre/$4"
}

progres témoin
banc lot-emettre initialiser avance-demander commande-importer
egal 'témoin : sans défaut, le banc est vert' "$rouge" 0
[ $rouge = 0 ] || grep '^not ok\|^# [a-z]\|^Bail' "$travail/dit" | sed 's/^/# /' | head -n 20
defaut "fsync oublié d'un fichier" lot-emettre coupure src/formats/zip.c \
    'ok = sync_file(z->chemin, diags);' 'ok = true;'
defaut 'fsync oublié du dossier' lot-emettre coupure src/noyau/fichier_tmp.c \
    'bool ok = fd >= 0 && synced(fd);' 'bool ok = fd >= 0;'
defaut 'fsync oublié du dossier, acte sans fichier à refaire' initialiser coupure src/noyau/fichier_tmp.c \
    'bool ok = fd >= 0 && synced(fd);' 'bool ok = fd >= 0;'
defaut 'fichier publié avant la validation' lot-emettre morts src/metier/acte_lot.c \
    'ok = acte_fin(&e.acte, ok);' 'ok = lot_fichier_publier(&l, ok && !ctx->essai, ctx->diags) && ok; ok = acte_fin(&e.acte, ok);'
defaut "validation avant que le fichier soit écrit" lot-emettre morts src/metier/acte_lot.c \
    'if (!lot_fichier_publier(&l, ok && !ctx->essai, ctx->diags)) {' \
    '(void)lot_fichier_publier(&l, false, ctx->diags);
        struct lot_demande_emission d2 = *d;
        struct lot_emission out2 = {0};
        d2.refaire = out->numero;
        if (ok && !lot_refaire(ctx, &d2, &out2)) {'
defaut "projection écrite hors de la transaction" avance-demander morts src/metier/transaction.c \
    'return registre_valider(r, a->ctx->diags);' \
    'registre_exec(r, "create temp table hors as select * from demande; delete from demande", a->ctx->diags);
    const bool valide = registre_valider(r, a->ctx->diags);
    return valide && registre_debut(r, a->ctx->diags) && registre_exec(r, "insert into demande select * from temp.hors", a->ctx->diags) &&
           registre_valider(r, a->ctx->diags);'
defaut "erreur de write() ignorée" lot-emettre appels src/noyau/fichier_tmp.c \
    'ssize_t n = write(fd, p, len);' 'ssize_t n = write(fd, p, len); if (n < 0) n = (ssize_t)len;'
defaut 'synchronous off' commande-importer coupure src/registre/ouvrir.c 'pragma synchronous = extra' 'pragma synchronous = off'
defaut 'synchronous normal' commande-importer coupure src/registre/ouvrir.c 'pragma synchronous = extra' 'pragma synchronous = normal'
defaut 'journal de retour en arrière en mémoire' commande-importer morts src/registre/ouvrir.c \
    '"pragma journal_mode = delete;' '"pragma journal_mode = memory;'
defaut 'sans mémoire, le code est 0' commande-importer memoire src/noyau/memoire.c '_exit(3)' '_exit(0)'
# Une lecture ou deux sur cinquante, dans cet acte : il faut tous ses appels pour tomber dessus à coup sûr.
options='--entier --groupe vfs'
defaut 'lecture manquée du registre prise pour sa fin' avance-demander vfs src/registre/base.c \
    'return rc == SQLITE_ROW;
    registre_faute(r, diags);
    return -1;' 'return rc == SQLITE_ROW;
    return 0;'
fin
