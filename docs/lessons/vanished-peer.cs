// Chapter 9, vanished-peer.md: how a server learns that a client is gone, and when it does not.
using System.Net;
using System.Net.Sockets;

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
var buffer = new byte[64];
return ClientEnds() & ClientResets() & ClientIsSilent() ? 0 : 1;

bool ClientEnds()
{
    var (client, server) = Connect();
    using (client)
    using (server)
    {
        client.Shutdown(SocketShutdown.Send);
        var (first, second) = (server.Receive(buffer), server.Receive(buffer));
        Console.WriteLine($"the end: Receive returns {first}, and then {second}: a loop that goes on reading spins");
        server.Send("bye"u8);
        var answer = client.Receive(buffer);
        Console.WriteLine($"half closed: the client has ended its side, and still reads {answer} bytes");
        return first == 0 && second == 0 && answer == 3;
    }
}

bool ClientResets()
{
    var (client, server) = Connect();
    using (server)
    {
        // A close with bytes unread resets the connection. So does a close with a linger time of 0, which is surer here.
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
        server.Poll(-1, SelectMode.SelectRead);
        server.Receive(buffer, SocketFlags.None, out var received);
        server.Send("bye"u8, SocketFlags.None, out var sent);
        Console.WriteLine($"a reset: Receive says {received}, and a later Send says {sent}");
        return received != SocketError.Success && sent != SocketError.Success;
    }
}

bool ClientIsSilent()
{
    using var server = NewSocket();
    var before = server.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime);
    server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
    server.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
    var after = server.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime);
    Console.WriteLine($"a cut cable: no byte comes, ever; keep-alive probes begin after {before} s by default, after {after} s by choice");
    return after is 120;
}

(Socket Client, Socket Server) Connect()
{
    var client = NewSocket();
    client.Connect(listener.LocalEndPoint!);
    return (client, listener.Accept());
}
static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
