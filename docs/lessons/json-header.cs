// Chapter 6, json-header.md: a header in JSON says how many bytes follow, and it must count bytes.
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

const int LongestHeaderBytes = 1024;
const int LongestDataBytes = 65_536;
const string Text = "世界";

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
var isWrongSeen = !Exchange("size in characters", Text.Length);
var isRightSeen = Exchange("size in bytes", Encoding.UTF8.GetByteCount(Text));
return isWrongSeen && isRightSeen ? 0 : 1;

// Sends two messages on a new connection. Returns whether the server understood both.
bool Exchange(string name, int size)
{
    using var client = NewSocket();
    client.Connect(listener.LocalEndPoint!);
    using var server = listener.Accept();
    Send(client, size, Text);
    Send(client, 2, "ok");
    return Receive(server, name) && Receive(server, name);
}

static void Send(Socket client, int size, string text)
{
    var json = Encoding.UTF8.GetBytes($$"""{"type":"text","size":{{size}}}""");
    var length = new byte[2];
    BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)json.Length);
    client.Send([.. length, .. json, .. Encoding.UTF8.GetBytes(text)]);
}

static bool Receive(Socket server, string name)
{
    var length = BinaryPrimitives.ReadUInt16BigEndian(ReadExactly(server, 2));
    if (length > LongestHeaderBytes) { Console.WriteLine($"{name}: a header of {length} bytes is announced: refused"); return false; }
    using var header = JsonDocument.Parse(ReadExactly(server, length));
    var isSized = header.RootElement.GetProperty("size").TryGetInt32(out var size) && size is >= 0 and <= LongestDataBytes;
    Console.WriteLine($"{name}: {header.RootElement} {(isSized ? Encoding.UTF8.GetString(ReadExactly(server, size)) : "refused")}");
    return isSized;
}

static byte[] ReadExactly(Socket server, int count)
{
    var bytes = new byte[count];
    for (var at = 0; at < count;) { at += server.Receive(bytes.AsSpan(at)) is > 0 and var got ? got : throw new EndOfStreamException(); }
    return bytes;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
