// Chapter 5, fixed-header.md: a length of fixed size before each message, and its limits.
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

const int LongestBytes = 65_536;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();

// Four digits hold at most 9999. The fifth digit of 10000 is read as text, and the reader is out of step.
client.Send(Encoding.ASCII.GetBytes($"{10_000:D4}" + new string('x', 10_000)));
var claimed = int.Parse(Encoding.ASCII.GetString(ReadExactly(4)), CultureInfo.InvariantCulture);
ReadExactly(claimed);
var next = Encoding.ASCII.GetString(ReadExactly(4));
Console.WriteLine($"four digits: 10000 bytes were announced, {claimed} were read, and the next length is {next}");
var isRight = claimed == 1000 && next == "xxxx";
ReadExactly(10_005 - 4 - claimed - 4);

// Both ends must agree on the order of the bytes.
var header = new byte[4];
BinaryPrimitives.WriteUInt32LittleEndian(header, 5);
client.Send(header);
var swapped = BinaryPrimitives.ReadUInt32BigEndian(ReadExactly(4));
Console.WriteLine($"byte order: 5 was written little-endian, and {swapped} was read big-endian");
isRight &= swapped == 83_886_080;

// The cure: four bytes, big-endian, and a limit that is checked before a byte of memory is taken.
BinaryPrimitives.WriteUInt32BigEndian(header, 5);
client.Send([.. header, .. "hello"u8]);
client.Send([0xFF, 0xFF, 0xFF, 0xFF]);
var text = ReadMessage();
Console.WriteLine($"the cure: {text}");
var fromLiar = ReadMessage();
return isRight && text == "hello" && fromLiar is null ? 0 : 1;

string? ReadMessage()
{
    var length = BinaryPrimitives.ReadUInt32BigEndian(ReadExactly(4));
    if (length > LongestBytes) { Console.WriteLine($"a liar: {length} bytes announced, more than {LongestBytes}: refused"); return null; }
    return Encoding.UTF8.GetString(ReadExactly((int)length));
}

byte[] ReadExactly(int count)
{
    var bytes = new byte[count];
    for (var at = 0; at < count;) { at += server.Receive(bytes.AsSpan(at)) is > 0 and var got ? got : throw new EndOfStreamException(); }
    return bytes;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
