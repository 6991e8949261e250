# TAP for shell tests; sourced. Each case: `cas "name" command…` (ok when it exits 0).
tap_n=0
tap_echecs=0
ok() { tap_n=$((tap_n + 1)); printf 'ok %d - %s\n' "$tap_n" "$1"; }
ko() { tap_n=$((tap_n + 1)); tap_echecs=$((tap_echecs + 1)); printf 'not ok %d - %s\n' "$tap_n" "$1"; }
cas() {
    tap_nom=$1; shift
    if "$@"; then ok "$tap_nom"; else ko "$tap_nom"; fi
}
# egal NAME FOUND EXPECTED
egal() {
    if [ "$2" = "$3" ]; then ok "$1"; else
        ko "$1"
        printf '%s\n' "$3" | sed 's/^/# attendu : /'
        printf '%s\n' "$2" | sed 's/^/# trouvé  : /'
    fi
}
# contient NAME TEXT PART
contient() {
    case $2 in
    *"$3"*) ok "$1" ;;
    *) ko "$1"; printf '# cherché : %s\n' "$3"; printf '%s\n' "$2" | sed 's/^/# trouvé  : /' ;;
    esac
}
# code NAME EXPECTED command…: exit code, and nothing absent is written; standard output and error go to $tap_sortie
code() {
    tap_nom=$1; tap_code=$2; shift 2
    tap_sortie=$("$@" 2>&1) && tap_rc=0 || tap_rc=$?
    case $tap_sortie in
    *"(null)"*) tap_rc="$tap_rc, et « (null) » y est écrit" ;;
    esac
    if [ "$tap_rc" = "$tap_code" ]; then ok "$tap_nom"; else
        ko "$tap_nom"
        printf '# code attendu %s, trouvé %s\n' "$tap_code" "$tap_rc"
        printf '%s\n' "$tap_sortie" | head -n 20 | sed 's/^/# /'
    fi
}
fin() { printf '1..%d\n' "$tap_n"; [ "$tap_echecs" = 0 ]; }
