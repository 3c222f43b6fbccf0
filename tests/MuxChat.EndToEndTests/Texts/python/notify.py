# Posts one alert by one datagram.
# Usage: python3 notify.py HOST PORT TEXT
import socket
import sys

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(sys.argv[3].encode(), (sys.argv[1], int(sys.argv[2])))
