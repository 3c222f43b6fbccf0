// Chapter 12, thread-per-client.md: a thread for each client, and what they share.
using System.Net;
using System.Net.Sockets;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen(128);
var members = 0;
var gate = new Lock();
using var bothHaveRead = new Barrier(2);

// The barrier forces an order of steps that the kernel may choose at any time: both read, then both write.
var naive = Join(2, () => { var read = members; bothHaveRead.SignalAndWait(); members = read + 1; });
Console.WriteLine($"2 clients joined on 2 threads without a lock; members: {naive}");

var locked = Join(100, () => { lock (gate) { members++; } });
Console.WriteLine($"100 clients joined on 100 threads with a lock; members: {locked}");

var loop = JoinOnOneThread(100);
Console.WriteLine($"100 clients joined on 1 thread without a lock; members: {loop}");
return naive == 1 && locked == 100 && loop == 100 ? 0 : 1;

int Join(int count, Action join)
{
    members = 0;
    var clients = Connect(count);
    var servers = Enumerable.Range(0, count).Select(_ => listener.Accept()).ToList();
    var threads = servers.ConvertAll(server => new Thread(() => { server.Receive(new byte[1]); join(); }));
    threads.ForEach(thread => thread.Start());
    clients.ForEach(client => client.Send("j"u8));
    threads.ForEach(thread => thread.Join());
    clients.Concat(servers).ToList().ForEach(socket => socket.Dispose());
    return members;
}

int JoinOnOneThread(int count)
{
    members = 0;
    var clients = Connect(count);
    var servers = Enumerable.Range(0, count).Select(_ => listener.Accept()).ToList();
    clients.ForEach(client => client.Send("j"u8));
    while (servers.Count > 0)
    {
        var ready = servers.ToList();
        Socket.Select(ready, null, null, -1);
        foreach (var server in ready) { server.Receive(new byte[1]); members++; servers.Remove(server); server.Dispose(); }
    }

    clients.ForEach(client => client.Dispose());
    return members;
}

List<Socket> Connect(int count)
{
    var clients = Enumerable.Range(0, count).Select(_ => NewSocket()).ToList();
    clients.ForEach(client => client.Connect(listener.LocalEndPoint!));
    return clients;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
