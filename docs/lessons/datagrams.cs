// Chapter 14, datagrams.md: UDP keeps the borders of messages, and promises nothing else.
using System.Net;
using System.Net.Sockets;
using System.Text;

using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
server.ReceiveBufferSize = 4096;
server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
client.Connect(server.LocalEndPoint!);
var buffer = new byte[64];

client.Send("hello"u8);
client.Send("world"u8);
var (first, second) = (Read(), Read());
Console.WriteLine($"two sends are two reads: {first} and {second}");
var isRight = first == "hello" && second == "world";

client.Send(""u8);
var empty = server.Receive(buffer);
Console.WriteLine($"an empty datagram is a message: Receive returns {empty}, and it is not the end");
isRight &= empty == 0;

client.Send("hello, world"u8);
client.Send("next"u8);
EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
var flags = SocketFlags.None;
var cut = server.ReceiveMessageFrom(buffer.AsSpan(0, 5), ref flags, ref sender, out _);
var next = Read();
Console.WriteLine($"a buffer of 5 bytes for a datagram of 12: {cut} bytes, {flags}; the rest is gone, and the next read is {next}");
isRight &= cut == 5 && flags.HasFlag(SocketFlags.Truncated) && next == "next";

var sent = 0;
for (; sent < 1000; sent++)
{
    isRight &= client.Send("chat"u8) == 4;
}

var received = 0;
for (var text = ""; text != "end"; received += text == "chat" ? 1 : 0)
{
    if (server.Available == 0) { client.Send("end"u8); }
    text = Read();
}

Console.WriteLine($"no read for a while: {sent} sends succeeded, and {received} datagrams are there");
isRight &= received < sent;

server.Dispose();
client.Send("hello"u8);
client.Receive(buffer, SocketFlags.None, out var error);
Console.WriteLine($"no listener: the send succeeded, and the next call says {error}");
return isRight && error != SocketError.Success ? 0 : 1;

string Read() => Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
