#!/usr/bin/env bash
# Measures the example of docs/LOADTESTS.md and the table of README.md, in one run, and writes both. It takes about twenty-five minutes on a
# machine that does nothing else, and needs Linux and gcc.
set -euo pipefail
case ${1-} in
    '' | *.html) ;;
    *) echo "usage: $0 [page.html]: measures for twenty-five minutes, and writes README.md and docs/LOADTESTS.md" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
figures=$(mktemp -d)
trap 'rm -rf "$figures"' EXIT
dotnet build -c Release -v q loadtests/MuxChat.LoadTests >"$figures/build" 2>&1 || { cat "$figures/build" >&2; exit 1; }
load=(dotnet loadtests/MuxChat.LoadTests/bin/Release/net10.0/MuxChat.LoadTests.dll)
"${load[@]}" compare --with floor --json "$figures/example.json" --html "${1:-$figures/example.html}"
"${load[@]}" report "$figures/example.json" --documents . >/dev/null
