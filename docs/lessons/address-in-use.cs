// Chapter 10, address-in-use.md: two servers on one port, and a port that is still in use after its server has ended.
using System.Net;
using System.Net.Sockets;

return BindTwice() & ShareInSilence() & StartAgain() ? 0 : 1;

static bool BindTwice()
{
    using var first = Listen(new IPEndPoint(IPAddress.Loopback, 0));
    try
    {
        using var second = Listen(first.LocalEndPoint!);
        return false;
    }
    catch (SocketException error)
    {
        Console.WriteLine($"a second server on the port: {error.SocketErrorCode}");
        return error.SocketErrorCode == SocketError.AddressAlreadyInUse;
    }
}

static bool ShareInSilence()
{
    using var first = Listen(new IPEndPoint(IPAddress.Loopback, 0), reuse: true);
    using var second = Listen(first.LocalEndPoint!, reuse: true);
    Console.WriteLine("two servers with ReuseAddress: both listen on the port, and no error says so");
    return first.LocalEndPoint!.Equals(second.LocalEndPoint);
}

static bool StartAgain()
{
    using var server = Listen(new IPEndPoint(IPAddress.Loopback, 0));
    var port = server.LocalEndPoint!;
    using var client = NewSocket();
    client.Connect(port);

    // The end that closes first keeps the connection in TIME_WAIT. Here that is the server, as at every stop with clients.
    server.Accept().Dispose();
    var isClosed = client.Receive(new byte[1]) == 0;
    client.Close();
    server.Close();
    using var next = Listen(port);
    Console.WriteLine("the cure: set nothing; the next server starts at once, and a second one at the same time gets an error");
    return isClosed;
}

static Socket Listen(EndPoint at, bool reuse = false)
{
    var socket = NewSocket();
    try
    {
        if (reuse) { socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true); }
        socket.Bind(at);
        socket.Listen();
    }
    catch (SocketException) { socket.Dispose(); throw; }
    return socket;
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
