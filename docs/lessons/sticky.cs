// Chapter 2, sticky.md: two sends are read as one.
using System.Net;
using System.Net.Sockets;
using System.Text;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var buffer = new byte[64];

client.Send("hello"u8);
client.Send("world"u8);
WaitFor(10);
var read = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
Console.WriteLine($"two sends, hello and world; one read: {read}");
var isRight = read == "helloworld";

// The cure: each message ends with a line feed, and the reader cuts at line feeds.
client.Send("hello\n"u8);
client.Send("world\n"u8);
WaitFor(12);
var count = server.Receive(buffer);
var start = 0;
while (buffer.AsSpan(start, count - start).IndexOf((byte)'\n') is >= 0 and var length)
{
    var line = Encoding.ASCII.GetString(buffer, start, length);
    Console.WriteLine($"the cure: one read of {count} bytes, and this line in it: {line}");
    isRight &= line == (start == 0 ? "hello" : "world");
    start += length + 1;
}

return isRight && start == count ? 0 : 1;

// So that the result does not depend on speed: the reader comes late, when both messages are there.
void WaitFor(int bytes) => SpinWait.SpinUntil(() => server.Available == bytes);

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
