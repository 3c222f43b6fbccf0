// Chapter 7, sleep.md: a pause between two sends does not keep them apart.
using System.Net;
using System.Net.Sockets;
using System.Text;

const int PauseMs = 50;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var buffer = new byte[64];

client.Send("hello"u8);
Thread.Sleep(PauseMs);
client.Send("world"u8);

// The reader is busy for longer than any pause: it reads when both are there.
SpinWait.SpinUntil(() => server.Available == 10);
var read = Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer));
Console.WriteLine($"hello, a pause of {PauseMs} ms, world; one read: {read}");
Console.WriteLine($"the price: at most {1000 / PauseMs} messages a second, and a thread that sleeps serves no client");
var isRight = read == "helloworld";

// The cure: no pause, and a border in the bytes. A hundred messages, however they come.
for (var number = 1; number <= 100; number++)
{
    client.Send(Encoding.ASCII.GetBytes($"message {number}\n"));
}

client.Shutdown(SocketShutdown.Send);
using var reader = new StreamReader(new NetworkStream(server), Encoding.ASCII);
var lines = 0;
while (reader.ReadLine() is { } line)
{
    lines++;
    isRight &= line == $"message {lines}";
}

Console.WriteLine($"the cure: {lines} sends without a pause, {lines} lines");
return isRight && lines == 100 ? 0 : 1;

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
