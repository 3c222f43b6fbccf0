#!/usr/bin/env bash
# Measures how the server starts: milliseconds from the start of the process to its ready line, and its memory (VmRSS of proc(5)) at rest
# and with silent clients, who are in 50 rooms. Takes the native executable and muxchat.dll in turn.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: startup.sh [--rounds N] [--clients N] [--native PATH] [--dll PATH]
  --rounds N     starts of each form (5)
  --clients N    silent clients (1000)
  --native PATH  a native muxchat; without it, one is published from this repository
  --dll PATH     muxchat.dll; without it, a release build of this repository
It needs Linux.
Exit codes: 0 the table is printed, 1 a server did not start, 2 the command line is wrong.
USAGE
}

wrong() { echo "startup.sh: $1" >&2; usage >&2; exit 2; }
fail() { echo "startup.sh: $1" >&2; exit 1; }

rounds=5 clients=1000 native= dll=
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --rounds|--clients|--native|--dll)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      printf -v "${1#--}" %s "$2"; shift 2 ;;
    *) wrong "unknown option: $1" ;;
  esac
done
for number in rounds clients; do
  [[ ${!number} =~ ^[1-9][0-9]*$ ]] || wrong "--$number ${!number}: a number from 1 is needed"
done

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
running=
trap 'if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

build() { "$@" >"$work/build" 2>&1 || { cat "$work/build" >&2; fail "this failed: $*"; }; }
if [ -z "$dll" ]; then
  build dotnet build -c Release "$root/src/MuxChat.Server"
  dll=$root/src/MuxChat.Server/bin/Release/net10.0/muxchat.dll
fi
if [ -z "$native" ]; then
  build dotnet publish -c Release "$root/src/MuxChat.Server" -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" -o "$work/native"
  native=$work/native/muxchat
fi
for file in "$native" "$dll"; do [ -e "$file" ] || fail "there is no $file"; done

# until_line FD START: reads lines until one starts so, and leaves that line in REPLY.
until_line() { while IFS= read -r -t 60 -u "$1"; do [[ $REPLY == "$2"* ]] && return 0; done; return 1; }

memory() { awk '/^VmRSS/ { printf "%.1f\n", $2 / 1024 }' "/proc/$running/status"; }

# start NAME COMMAND...: one start; appends a figure to each of NAME's files.
start() {
  local name=$1 began out port fd i; shift
  began=$(date +%s%N)
  exec {out}< <(exec "$@" serve --listen line://127.0.0.1:0 --limit-loopback off 2>"$work/err")
  running=$!
  until_line "$out" "listening on " || { cat "$work/err" >&2; fail "this did not start: $*"; }
  port=${REPLY##*:}
  until_line "$out" "ready" || { cat "$work/err" >&2; fail "this did not start: $*"; }
  echo $((($(date +%s%N) - began) / 100000)) | awk '{ printf "%.1f\n", $1 / 10 }' >>"$work/$name.ready"
  sleep 1
  memory >>"$work/$name.rest"
  local held=()
  for i in $(seq "$clients"); do
    exec {fd}<>"/dev/tcp/127.0.0.1/$port"
    held+=("$fd")
    printf '/join #room%d\n/part #lobby\n/ping here\n' $((i % 50)) >&"$fd"
  done
  for fd in "${held[@]}"; do until_line "$fd" "* pong here" || fail "a client was not served by: $*"; done
  sleep 1
  memory >>"$work/$name.clients"
  for fd in "${held[@]}"; do exec {fd}>&-; done
  kill "$running"
  cat <&"$out" >/dev/null
  exec {out}<&-
  running=
}

# cell FILE: the median of its numbers, with the least and the most.
cell() { sort -g "$1" | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) " (" v[1] ", " v[NR] ")" }'; }

for _ in $(seq "$rounds"); do
  start native "$native"
  start dll "${DOTNET_HOST_PATH:-dotnet}" "$dll"
done
echo "| median of $rounds (least, most) | native | \`dotnet muxchat.dll\` |"
echo "|---|---|---|"
echo "| until \`ready\`, ms | $(cell "$work/native.ready") | $(cell "$work/dll.ready") |"
echo "| memory at rest, MiB | $(cell "$work/native.rest") | $(cell "$work/dll.rest") |"
echo "| memory with $clients silent clients, MiB | $(cell "$work/native.clients") | $(cell "$work/dll.clients") |"
