#!/bin/sh
# Embeds a file as C: embarquer.sh IN NAME OUT
# OUT defines `static const unsigned char NAME[]` with the bytes of IN, as they are, and nothing else (no NUL at the end).
set -eu
[ $# = 3 ] || { echo "usage : embarquer.sh IN NAME OUT" >&2; exit 2; }
tmp=$3.tmp$$
trap 'rm -f "$tmp"' EXIT
{
    printf '/* Made by tests/outils/embarquer.sh from %s; do not edit. */\n' "${1##*/}"
    printf 'static const unsigned char %s[] = {\n' "$2"
    od -An -v -tu1 "$1" | sed -e 's/^ *//' -e 's/ *$//' -e 's/  */,/g' -e 's/$/,/'
    printf '};\n'
} >"$tmp"
mv "$tmp" "$3"
