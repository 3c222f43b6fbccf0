// Chapter 13, select.md: what select does with its lists, what it reports again, and what it costs.
using System.Net;
using System.Net.Sockets;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen(128);
var clients = Enumerable.Range(0, 100).Select(_ => NewSocket()).ToList();
clients.ForEach(client => client.Connect(listener.LocalEndPoint!));
var servers = clients.ConvertAll(_ => listener.Accept());
var (alice, bob) = (ClientOf(servers[0]), ClientOf(servers[1]));

// The failure: select takes out of the list all that are not ready, and the loop uses that list for the next wait.
var list = servers.ToList();
alice.Send("12345"u8);
Socket.Select(list, null, null, -1);
var left = list.Count;
bob.Send("hello"u8);
servers[1].Poll(-1, SelectMode.SelectRead);
Socket.Select(list, null, null, -1);
Console.WriteLine($"one list for every wait: {servers.Count} sockets, then {left}; is bob heard? {list.Contains(servers[1])}");
var isRight = left == 1 && !list.Contains(servers[1]);

// The cure: a fresh list for each wait. Alice is reported again for as long as bytes are left: select is level-triggered.
var (waits, reported, isBobHeard) = (0, 0, false);
while (servers[0].Available > 0)
{
    list = [.. servers];
    Socket.Select(list, null, null, -1);
    waits++;
    reported += list.Count;
    servers[0].Receive(new byte[1]);
    isBobHeard |= list.Contains(servers[1]);
}

Console.WriteLine($"a fresh list for every wait: is bob heard? {isBobHeard}");
Console.WriteLine($"level-triggered: alice sent 5 bytes, the loop reads 1 in each turn, and she was reported {waits} times");
Console.WriteLine($"the price: {waits} waits named {waits * servers.Count} sockets to hear of {reported}");
clients.Concat(servers).ToList().ForEach(socket => socket.Dispose());
return isRight && isBobHeard && waits == 5 ? 0 : 1;

Socket ClientOf(Socket server) => clients.Single(client => client.LocalEndPoint!.Equals(server.RemoteEndPoint));

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
