# An IRC client over a Unix socket: logs in, joins a channel, says something and leaves.
# Usage: python3 irc_unix.py PATH NICK CHANNEL
import socket
import sys

path, nick, channel = sys.argv[1:4]
irc = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
irc.connect(path)


def send(line):
    irc.send((line + "\r\n").encode())


def read_until(word):
    while True:
        line = lines.readline().rstrip("\r\n")
        if word in line:
            print(line)
            return


lines = irc.makefile("r", encoding="utf-8", newline="\n")
send("NICK " + nick)
send("USER " + nick + " 0 * :A beginner")
read_until(" 001 ")
send("JOIN " + channel)
read_until(" JOIN ")
read_until(" 366 ")
send("PRIVMSG " + channel + " :hello from python")
send("PING done")
read_until("PONG")
send("QUIT :bye")
read_until("ERROR")
irc.close()
