#!/bin/sh
# Posts one alert by one datagram.
# Usage: notify.sh HOST PORT TEXT
echo "$3" | nc -u -w 1 "$1" "$2"
