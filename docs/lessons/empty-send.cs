// Chapter 8, empty-send.md: a send of nothing sends nothing, and then both ends wait for each other.
using System.Net;
using System.Net.Sockets;
using System.Text;

const int LookMicroseconds = 200_000;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var buffer = new byte[64];

// The user presses Enter. The client sends the empty text and waits for an answer; the server waits for a text.
var sent = client.Send(""u8);
var hasServerAText = server.Poll(LookMicroseconds, SelectMode.SelectRead);
var hasClientAnAnswer = client.Poll(LookMicroseconds, SelectMode.SelectRead);
Console.WriteLine($"an empty send: {sent} bytes sent");
Console.WriteLine($"has the server a text? {hasServerAText}; has the client an answer? {hasClientAnAnswer}; each waits for the other");
var isRight = sent == 0 && !hasServerAText && !hasClientAnAnswer;

// The empty text has left no trace in the stream: the next text is the first that comes.
client.Send("x"u8);
var first = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
Console.WriteLine($"then a send of x; the server's first read: [{first}]");
isRight &= first == "x";

// The cure: a border is sent even when the text is empty, so an empty line is one byte, and it gets its answer.
client.Send("\n"u8);
var received = server.Receive(buffer);
server.Send(buffer[0] == (byte)'\n' ? "empty line\n"u8 : "?\n"u8);
var answer = Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer)).TrimEnd('\n');
Console.WriteLine($"the cure: a line without text is {received} byte; the answer: {answer}");
return isRight && received == 1 && answer == "empty line" ? 0 : 1;

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
