// Chapter 4, small-buffer.md: a buffer that is smaller than the message.
using System.Net;
using System.Net.Sockets;
using System.Text;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var buffer = new byte[10];

client.Send("I do not owe you money\n"u8);
SpinWait.SpinUntil(() => server.Available == 23);
var first = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
var second = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
var third = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer)).TrimEnd('\n');
Console.WriteLine($"a buffer of 10 bytes, three reads: [{first}] [{second}] [{third}]");
var isRight = first == "I do not o" && second == "we you mon" && third == "ey";

// The cure: bytes are kept until the line is whole, and a line has a limit.
client.Send("I do not owe you money\n"u8);
var line = ReadLine(limit: 64);
Console.WriteLine($"the cure: [{line}]");
isRight &= line == "I do not owe you money";

client.Send("a line that never ends, that never ends, that never ends, that never ends"u8);
var tooLong = ReadLine(limit: 64);
Console.WriteLine($"the limit: {tooLong ?? "more than 64 bytes without a line feed, so the server closes"}");
return isRight && tooLong is null ? 0 : 1;

string? ReadLine(int limit)
{
    var kept = new List<byte>();
    while (!kept.Contains((byte)'\n'))
    {
        if (kept.Count > limit)
        {
            return null;
        }

        kept.AddRange(buffer.AsSpan(0, server.Receive(buffer) is > 0 and var got ? got : throw new EndOfStreamException()));
    }

    return Encoding.ASCII.GetString([.. kept]).TrimEnd('\n');
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
