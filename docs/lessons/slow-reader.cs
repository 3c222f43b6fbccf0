// Chapter 15, slow-reader.md: one client that does not read stops the server for all.
using System.Net;
using System.Net.Sockets;

const int Lines = 256;
const int LineBytes = 16 * 1024;
const int OutboxLimitBytes = 1024 * 1024;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var slow = NewSocket();
using var fast = NewSocket();
slow.ReceiveBufferSize = LineBytes;
slow.Connect(listener.LocalEndPoint!);
using var toSlow = listener.Accept();
fast.Connect(listener.LocalEndPoint!);
using var toFast = listener.Accept();
toSlow.SendBufferSize = LineBytes;
var line = new byte[LineBytes];

// The failure: a blocking send to each. The timeout is there so that this program ends; a server without one waits forever.
toSlow.SendTimeout = 200;
var heard = 0;
while (TrySendBlocking()) { SendToFast(); }
Console.WriteLine($"blocking: stuck in the send to the slow client, so the fast one waits too, after {heard} lines");
var isRight = heard < Lines;

// The cure: a send that never blocks, an outbox for what the kernel does not take, and a limit.
toSlow.Blocking = false;
var outbox = new Queue<ReadOnlyMemory<byte>>();
for (heard = 0; heard < Lines; SendToFast())
{
    outbox.Enqueue(line);
    while (outbox.TryPeek(out var first) && toSlow.Send(first.Span, SocketFlags.None, out _) is > 0 and var taken)
    {
        outbox.Dequeue();
        if (taken < first.Length) { outbox = new Queue<ReadOnlyMemory<byte>>([first[taken..], .. outbox]); }
    }

    if (outbox.Count * LineBytes > OutboxLimitBytes) { break; }
}

Console.WriteLine("the cure: the slow client's outbox is over 1 MiB, so the server closes it");
toSlow.Close();
while (heard < Lines) { SendToFast(); }
Console.WriteLine($"the cure: the fast client has all {heard} lines");
return isRight && outbox.Count * LineBytes > OutboxLimitBytes ? 0 : 1;

bool TrySendBlocking() { toSlow.Send(line, SocketFlags.None, out var error); return error == SocketError.Success; }

// The fast client reads at once.
void SendToFast()
{
    toFast.Send(line);
    for (var left = line.Length; left > 0;) { left -= fast.Receive(line) is > 0 and var got ? got : throw new EndOfStreamException(); }
    heard++;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
