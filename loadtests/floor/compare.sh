#!/usr/bin/env bash
# Compares MuxChat with the floor, a bare C broadcaster: lines delivered per second of the server's processor time.
# Each round runs the floor and then the server, each in a fresh process, so that a machine that drifts hits both. Medians count.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: compare.sh [--io LIST] [--transport LIST] [--clients LIST] [--payload LIST] [--window LIST] [--rounds N] [--seconds S] [--warm S] [--server PATH]
  --io LIST       I/O models of the server, with commas between (epoll,select)
  --transport LIST  how the clients reach the server: tcp, unix (tcp); the floor's come by TCP
  --clients LIST  simulated clients (100,1000)
  --payload LIST  bytes in a line (64)
  --window LIST   lines in flight (64)
  --rounds N      rounds (5)
  --seconds S     seconds measured in each run (4)
  --warm S        seconds of load before that (1)
  --server PATH   muxchat.dll or a native muxchat; without it, a release build of this repository
It needs Linux and gcc. With two processors, the server runs on processor 0 and the load on processor 1.
Exit codes: 0 the table is printed, 1 a run failed or lost a line, 2 the command line is wrong.
USAGE
}

wrong() { echo "compare.sh: $1" >&2; usage >&2; exit 2; }
fail() { echo "compare.sh: $1" >&2; exit 1; }

io=epoll,select transport=tcp clients=100,1000 payload=64 window=64 rounds=5 seconds=4 warm=1 server=
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --io|--transport|--clients|--payload|--window|--rounds|--seconds|--warm|--server)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      printf -v "${1#--}" %s "$2"; shift 2 ;;
    *) wrong "unknown option: $1" ;;
  esac
done
for t in ${transport//,/ }; do [[ $t =~ ^(tcp|unix)$ ]] || wrong "--transport $t: tcp or unix is needed"; done
[[ $rounds =~ ^[1-9][0-9]*$ ]] || wrong "--rounds $rounds: a number from 1 is needed"
command -v gcc >/dev/null || fail "gcc is needed to build the floor"

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
running=
trap 'if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

for program in broadcaster load; do
  gcc -std=c11 -O2 -Wall -Wextra -o "$work/$program" "$here/$program.c"
done
if [ -z "$server" ]; then
  dotnet build -c Release -v q "$root/src/MuxChat.Server" >"$work/build" 2>&1 || { cat "$work/build" >&2; fail "the release build failed"; }
  server=$root/src/MuxChat.Server/bin/Release/net10.0/muxchat.dll
fi
[ -e "$server" ] || fail "there is no $server"
case $server in *.dll) muxchat=("${DOTNET_HOST_PATH:-dotnet}" "$server") ;; *) muxchat=("$server") ;; esac

on_server=() on_load=() bound="not bound to processors"
if taskset -c 0 true 2>/dev/null && taskset -c 1 true 2>/dev/null; then
  on_server=(taskset -c 0) on_load=(taskset -c 1) bound="server on processor 0, load on processor 1"
fi
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

# start COMMAND...: starts a server and waits until it is ready; sets `running`, and `where` for the load.
start() {
  : >"$work/out"
  "${on_server[@]}" "$@" >"$work/out" 2>"$work/err" &
  running=$!
  until grep -q '^ready' "$work/out"; do
    kill -0 "$running" 2>/dev/null || { running=; cat "$work/out" "$work/err" >&2; fail "this did not start: $*"; }
    sleep 0.05
  done
  where=(--port "$(sed -n 's|^listening on [a-z]*://127\.0\.0\.1:||p' "$work/out")")
  ! grep -q '^listening on line+unix' "$work/out" || where=(--path "$work/socket")
}

stop() {
  kill "$running"
  wait "$running" 2>/dev/null || true
  running=
}

# run KIND FILE: puts the load on the running server and appends its figures to FILE.
run() {
  "${on_load[@]}" "$work/load" --server "$1" "${where[@]}" --pid "$running" --clients "$c" --payload "$b" --window "$w" \
    --seconds "$seconds" --warm "$warm" >"$work/figures" || { cat "$work/figures" "$work/err" >&2; fail "the load on the $1 server failed"; }
  cat "$work/figures" >>"$2"
}

# values FILE NAME: one figure of all rounds. median, least, most: of the numbers on standard input.
values() { awk -v name="$2" '$1 == name { print $2 }' "$1"; }
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
least() { sort -g | head -n 1; }
most() { sort -g | tail -n 1; }
millions() { awk '{ printf "%.2f", $1 / 1e6 }'; }
ms() { awk '{ printf "%.1f", $1 / 1e3 }'; }

declare -A listen=([tcp]=line://127.0.0.1:0 [unix]="line+unix://$work/socket")
split() { tr ',' ' ' <<<"$1"; }

echo "$rounds rounds of $seconds s, $bound; $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)"
echo
echo "| io | transport | clients | line, bytes | in flight | server, million deliveries per cpu second | floor | ratio | least | most | p99, ms | floor's p99 |"
echo "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
for m in $(split "$io"); do for t in $(split "$transport"); do for c in $(split "$clients"); do for b in $(split "$payload"); do for w in $(split "$window"); do
  rm -f "$work/floor" "$work/server" "$work/ratios"
  for _ in $(seq "$rounds"); do
    start "$work/broadcaster" 0; run floor "$work/floor"; stop
    start "${muxchat[@]}" serve --listen "${listen[$t]}" --io "$m" --flood off; run lines "$work/server"; stop
  done
  paste <(values "$work/server" deliveries_per_cpu_s) <(values "$work/floor" deliveries_per_cpu_s) |
    awk '$2 > 0 { printf "%.3f\n", $1 / $2 }' >"$work/ratios"
  [ "$(wc -l <"$work/ratios")" -eq "$rounds" ] || fail "too short to measure processor time: raise --seconds"
  printf '| %s | %s | %s | %s | %s | %s | %s | %.2f | %.2f | %.2f | %s | %s |\n' "$m" "$t" "$c" "$b" "$w" \
    "$(values "$work/server" deliveries_per_cpu_s | median | millions)" "$(values "$work/floor" deliveries_per_cpu_s | median | millions)" \
    "$(median <"$work/ratios")" "$(least <"$work/ratios")" "$(most <"$work/ratios")" \
    "$(values "$work/server" p99_us | median | ms)" "$(values "$work/floor" p99_us | median | ms)"
done; done; done; done; done
