// Chapter 1, one-at-a-time.md: a server that serves one client to its end before it accepts the next.
using System.Net;
using System.Net.Sockets;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();

var isRight = Play("one at a time", ServeOneByOne, isBobToWait: true) & Play("one loop", ServeAll, isBobToWait: false);
return isRight ? 0 : 1;

bool Play(string name, ThreadStart serve, bool isBobToWait)
{
    var server = new Thread(serve);
    server.Start();
    using var alice = NewSocket();
    alice.Connect(listener.LocalEndPoint!);
    var isAnswered = alice.Send("?"u8) == 1 && alice.Receive(new byte[1]) == 1;
    using var bob = NewSocket();
    bob.Connect(listener.LocalEndPoint!);
    bob.Send("?"u8);
    if (isBobToWait)
    {
        // A listener is readable while a client waits to be accepted.
        isAnswered &= listener.Poll(-1, SelectMode.SelectRead) && bob.Available == 0;
        Console.WriteLine($"{name}: bob has connected and asked, and waits until alice leaves");
        alice.Close();
    }

    isAnswered &= bob.Receive(new byte[1]) == 1;
    Console.WriteLine($"{name}: bob has his answer, and alice {(isBobToWait ? "is gone" : "is still there")}");
    alice.Close();
    bob.Close();
    server.Join();
    return isAnswered;
}

void ServeOneByOne() { ServeToEnd(); ServeToEnd(); }

void ServeToEnd() { using var client = listener.Accept(); while (Answer(client)) { } }

void ServeAll()
{
    var clients = new List<Socket> { listener.Accept() };
    while (clients.Count > 0)
    {
        List<Socket> ready = [listener, .. clients];
        Socket.Select(ready, null, null, -1);
        if (ready.Remove(listener)) { clients.Add(listener.Accept()); }
        foreach (var gone in ready.Where(client => !Answer(client))) { clients.Remove(gone); gone.Dispose(); }
    }
}

static bool Answer(Socket client)
{
    var bytes = new byte[64];
    return client.Receive(bytes) is > 0 and var count && client.Send(bytes.AsSpan(0, count)) == count;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
