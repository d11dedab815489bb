#!/usr/bin/env bash
# Tries an installed cfaig: bash try.sh FOLDER-OF-ITS-PROGRAMS. Needs every file of the package: templates, schemas,
# the Worker, prices, and the pages of the local Cloudflare.
set -euo pipefail
cfaig=$(cd "$1" && pwd)/cfaig
place=$(mktemp -d)
trap '"$cfaig" --project "$place" local down > /dev/null 2>&1 || true; rm -rf "$place"' EXIT
cd "$place" # not in the repository: what is imported must be what is installed

"$cfaig" --version
"$cfaig" init --ci github > init.log
"$cfaig" validate
"$cfaig" fmt --check
"$cfaig" test --coverage > test.log
tail -n 1 test.log
"$cfaig" schema scenario > /dev/null
"$cfaig" explain AIG001 > /dev/null
"$cfaig" simulate chat --down openai > simulate.log # prices
head -n 1 simulate.log
"$cfaig" local up > up.log
page=$(sed -n 's/^page: *//p' up.log)
for path in "" chat; do
  "$(dirname "$cfaig")/python" -c 'import sys, urllib.request as u; sys.exit(b"<html" not in u.urlopen(sys.argv[1]).read())' "$page$path"
  echo "the local Cloudflare serves /$path"
done
