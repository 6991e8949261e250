#!/bin/sh
# Writes a SQL file as C string literals, without its comments: `sql_en_c.sh IN > OUT`.
set -eu
sed -e '/^--/d' -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$1"
