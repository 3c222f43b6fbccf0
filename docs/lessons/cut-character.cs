// Chapter 11, cut-character.md: a read ends inside a character.
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var text = "世界\n"u8.ToArray();
var buffer = new byte[4];

// Seven bytes: three for each character and one for the line feed. The reader decodes each read by itself.
client.Send(text);
SpinWait.SpinUntil(() => server.Available == text.Length);
var first = Encoding.UTF8.GetString(buffer, 0, server.Receive(buffer));
var second = Encoding.UTF8.GetString(buffer, 0, server.Receive(buffer)).TrimEnd('\n');
Console.WriteLine($"two reads of at most 4 bytes, each decoded by itself: {Mark(first)} and {Mark(second)}");
var isRight = first == "世\uFFFD" && second == "\uFFFD\uFFFD";

// The cure: bytes stay bytes until the line is whole. No byte of a character looks like a line feed, so the cut is safe.
client.Send(text);
var kept = new List<byte>();
while (!kept.Contains((byte)'\n'))
{
    kept.AddRange(buffer.AsSpan(0, server.Receive(buffer) is > 0 and var got ? got : throw new EndOfStreamException()));
}

var line = kept[..kept.IndexOf((byte)'\n')].ToArray();
Console.WriteLine($"the cure: the whole line, decoded once: {Encoding.UTF8.GetString(line)}");
isRight &= Encoding.UTF8.GetString(line) == "世界";

// Then a line that is not UTF-8 is its sender's fault, and the server can say so.
Console.WriteLine($"is the whole line UTF-8? {Utf8.IsValid(line)}; is its first half? {Utf8.IsValid(line.AsSpan(0, 4))}");
return isRight && Utf8.IsValid(line) && !Utf8.IsValid(line.AsSpan(0, 4)) ? 0 : 1;

static string Mark(string decoded) => decoded.Replace("\uFFFD", "[U+FFFD]", StringComparison.Ordinal);

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
