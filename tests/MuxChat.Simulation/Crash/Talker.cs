using System.Text.Json.Nodes;

namespace MuxChat.Simulation.Crash;

/// <summary>
/// One client on a thread of its own: it says lines, each with an id, some of them under way at once, until the connection is gone; and
/// writes down what is acknowledged and what it hears.
/// </summary>
internal sealed class Talker
{
    private const int UnderWay = 8;

    private readonly CrashLedger _ledger;
    private readonly string _room;
    private readonly string _name;
    private readonly FrameConnection _connection;
    private readonly Thread _thread;
    private long _epoch;
    private int _said;

    private Talker(CrashLedger ledger, FrameConnection connection, string room, string name)
    {
        _ledger = ledger;
        _connection = connection;
        _room = room;
        _name = name;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Connects, enters the room and begins to talk; null when the server is gone already.</summary>
    /// <param name="ledger">Where to write.</param>
    /// <param name="port">The server's port for frames.</param>
    /// <param name="room">Where to talk.</param>
    /// <param name="name">Begins every line, and is its alone in all rounds.</param>
    public static Talker? Start(CrashLedger ledger, int port, string room, string name)
    {
        var talker = new Talker(ledger, new FrameConnection(port), room, name);
        if (!talker.Enter())
        {
            talker._connection.Dispose();
            return null;
        }

        talker._thread.Start();
        return talker;
    }

    /// <summary>Waits until the connection is gone and everything is written down.</summary>
    public void Finish()
    {
        _thread.Join();
        _connection.Dispose();
    }

    private bool Enter()
    {
        _connection.TrySend(new JsonObject { ["type"] = "part" });
        if (!_connection.TrySend(new JsonObject { ["type"] = "join", ["room"] = _room, ["id"] = "join" }))
        {
            return false;
        }

        while (_connection.Read() is { } frame)
        {
            if ((string?)frame["type"] == "room" && (string?)frame["room"] == _room)
            {
                _epoch = (long)frame["epoch"]!;
                return true;
            }
        }

        return false;
    }

    private void Run()
    {
        for (var i = 0; i < UnderWay; i++)
        {
            Say();
        }

        while (_connection.Read() is { } frame)
        {
            switch ((string?)frame["type"])
            {
                case "ok" when frame["id"]!.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                    _ledger.WasAcknowledged(new EventName(_room, _epoch, (long)frame["seq"]!), TextOf((int)frame["id"]!));
                    Say();
                    break;
                case "said":
                    _ledger.Saw(new EventName(_room, _epoch, (long)frame["seq"]!), (string)frame["text"]!);
                    break;
                case "error":
                    _ledger.Fault($"{_name} was refused: {frame.ToJsonString()}");
                    return;
            }
        }
    }

    private void Say()
    {
        _said++;
        _connection.TrySend(new JsonObject { ["type"] = "say", ["room"] = _room, ["text"] = TextOf(_said), ["id"] = _said });
    }

    // Lines of many lengths, so that a kill finds records half written.
    private string TextOf(int number) => $"{_name} line {number} {new string('x', number * 37 % 300)}";
}
