using System.Globalization;

using MuxChat.Testing.Processes;

namespace MuxChat.Testing.Clients;

/// <summary>
/// One test's clients in a room of their own. Whoever enters has a nick that is unique on the server, is in this room and no other, and has
/// nothing left to read; those who were there before have read that it came.
/// </summary>
public sealed class Scene : IDisposable
{
    // All numbers have as many digits: how long a line is must not depend on how many tests ran before.
    private static int _lastNumber = 10_000;

    private readonly List<WireClient> _clients = [];
    private readonly List<WireClient> _inRoom = [];

    public Scene(ServerProcess server)
    {
        Server = server;
        Room = NewRoom();
    }

    public ServerProcess Server { get; }

    public string Room { get; }

    public static string NewRoom() => "#r" + NextNumber();

    /// <summary>A nick that nobody else has; it begins with <paramref name="name"/>.</summary>
    public static string NewNick(string name) => name + "_" + NextNumber();

    /// <summary>A line client in the room.</summary>
    public LineClient Line(string name) => Enter(Nobody(), name);

    /// <summary>A frame client in the room.</summary>
    public FrameClient Frame(string name)
    {
        var client = Track(Server.ConnectFrames());
        client.Nick = NewNick(name);
        client.Send(
            $$"""{"type":"nick","nick":"{{client.Nick}}"}""",
            $$"""{"type":"join","room":"{{Room}}"}""",
            """{"type":"part","room":"#lobby"}""");
        Settle(client);
        return client;
    }

    /// <summary>A line client that has just connected, greeting unread.</summary>
    public LineClient Nobody() => Track(Server.ConnectLines());

    /// <summary>Gives a fresh line client a nick and brings it into the room.</summary>
    public LineClient Enter(LineClient client, string name)
    {
        client.Nick = NewNick(name);
        client.Send("/nick " + client.Nick, "/join " + Room, "/part #lobby");
        Settle(client);
        return client;
    }

    /// <summary>Keeps a client so that it is closed with the scene.</summary>
    public T Track<T>(T client)
        where T : WireClient
    {
        _clients.Add(client);
        return client;
    }

    /// <summary>Forgets a client that has left, so that it is not waited for.</summary>
    public void Forget(WireClient client) => _inRoom.Remove(client);

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private static string NextNumber() => Interlocked.Increment(ref _lastNumber).ToString(CultureInfo.InvariantCulture);

    private void Settle(WireClient client)
    {
        client.Sync();
        _inRoom.ForEach(other => other.Sync());
        _inRoom.Add(client);
    }
}
