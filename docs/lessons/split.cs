// Chapter 3, split.md: one send is read as several pieces.
using System.Net;
using System.Net.Sockets;

const int MessageBytes = 1_000_000;
const int KernelBytes = 4096;

using var listener = NewSocket();
listener.ReceiveBufferSize = KernelBytes;
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.SendBufferSize = KernelBytes;
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();

// One message, which ends with a line feed, by one call of Send. The small buffers of the kernel make the pieces small.
var message = new byte[MessageBytes];
message.AsSpan().Fill((byte)'x');
message[^1] = (byte)'\n';
var sender = new Thread(() => client.Send(message));
sender.Start();

// The reader has room for all of it, and asks for all of it.
var buffer = new byte[MessageBytes];
var received = server.Receive(buffer);
Console.WriteLine($"one send of {MessageBytes:N0} bytes; the first read: {received:N0} bytes");
var isCut = received < MessageBytes;

// The cure: what came is kept, and the next read goes after it, until the line feed is there.
var reads = 1;
while (buffer[received - 1] != (byte)'\n')
{
    received += server.Receive(buffer.AsSpan(received)) is > 0 and var more ? more : throw new EndOfStreamException();
    reads++;
}

sender.Join();
Console.WriteLine($"the cure: the line is whole with {received:N0} bytes, after {reads} reads");
return isCut && received == MessageBytes ? 0 : 1;

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
