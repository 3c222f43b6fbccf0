using System.Text.Json;
using System.Text.Json.Nodes;

namespace MuxChat.UnitTests.Terminal;

/// <summary>
/// A model of the server with one room and a journal: enough of the frame protocol for a session, and every way to fail. It carries out a
/// request, delivers a frame or stores its events only when a test says so.
/// </summary>
internal sealed class ModelServer
{
    public const string Room = "#tea";

    private readonly List<Entry> _log = [];
    private readonly List<Client> _clients = [];
    private long _epoch = 100;
    private int _stored;
    private int _guests;

    /// <summary>Makes a server whose room has an event on the disk.</summary>
    public ModelServer()
    {
        Publish("joined", "bob", "", null);
        Store();
    }

    /// <summary>All that the room remembers.</summary>
    public IReadOnlyList<Entry> Log => _log;

    /// <summary>How many events at the beginning are forgotten.</summary>
    public int Forgotten { get; private set; }

    private long LastSeq => _log.Count == 0 ? 0 : _log[^1].Seq;

    /// <summary>A client connects, and is welcomed.</summary>
    public Client Connect()
    {
        var client = new Client($"guest-{++_guests}");
        _clients.Add(client);
        client.Put(new JsonObject { ["type"] = "welcome", ["nick"] = client.Nick, ["room"] = "#lobby", ["text_bytes"] = 4096 });
        return client;
    }

    /// <summary>Carries out the client's next request; false if it has sent none.</summary>
    public bool CarryOut(Client client)
    {
        if (!client.Requests.TryDequeue(out var request))
        {
            return false;
        }

        var id = (string?)request["id"];
        var seq = LastSeq;
        var error = Do(client, request);
        if (id is not null && error is not null)
        {
            client.Put(new JsonObject { ["type"] = "error", ["id"] = id, ["code"] = error, ["message"] = error });
        }
        else if (id is not null)
        {
            var ok = new JsonObject { ["type"] = "ok", ["id"] = id };
            if (LastSeq > seq)
            {
                ok["seq"] = LastSeq;
                client.Unstored.Add((_log.Count, ok));
            }
            else
            {
                client.Put(ok);
            }
        }

        return true;
    }

    /// <summary>Another person says something.</summary>
    public void OtherSays(string text) => Publish("said", "bob", text, null);

    /// <summary>The disk has all events: their acknowledgements go out.</summary>
    public void Store()
    {
        _stored = _log.Count;
        foreach (var client in _clients)
        {
            client.Unstored.ForEach(one => client.Put(one.Ok));
            client.Unstored.Clear();
        }
    }

    /// <summary>The server notices that a connection is gone. It has carried out what it wants of the requests.</summary>
    public void Drop(Client client)
    {
        if (_clients.Remove(client) && client.IsIn)
        {
            Publish("quit", client.Nick, "gone", null);
        }
    }

    /// <summary>The server is killed: events that are not stored are lost, and the room goes on in another epoch.</summary>
    public void Crash()
    {
        _log.RemoveRange(_stored, _log.Count - _stored);
        Forgotten = Math.Min(Forgotten, _log.Count);
        _clients.Clear();
        _epoch++;
    }

    /// <summary>The room forgets its oldest events.</summary>
    public void Forget(int kept) => Forgotten = Math.Max(Forgotten, _log.Count - kept);

    private string? Do(Client client, JsonObject request)
    {
        switch ((string?)request["type"])
        {
            case "nick":
                return Rename(client, (string)request["nick"]!);
            case "join":
                Enter(client);
                return null;
            case "resume":
                Resume(client, (long)request["epoch"]!, (long)request["after"]!);
                return null;
            case "history":
                var after = (long)request["after"]!;
                SendPast(client, _log.Skip(Forgotten).Where(one => one.Seq > after).Take(5), after);
                return null;
            case "say":
                Publish("said", client.Nick, (string)request["text"]!, client);
                return null;
            case "who":
                client.Put(new JsonObject { ["type"] = "who", ["room"] = Room, ["members"] = new JsonArray(client.Nick) });
                return null;
            default:
                return null;
        }
    }

    private string? Rename(Client client, string nick)
    {
        if (_clients.Exists(other => other != client && other.Nick == nick))
        {
            return "nick_taken";
        }

        if (client.IsIn)
        {
            Publish("renamed", client.Nick, nick, null);
        }

        client.Nick = nick;
        return null;
    }

    private void Resume(Client client, long epoch, long after)
    {
        var known = _log.FindIndex(Forgotten, one => one.Epoch == epoch && one.Seq == after);
        if (known < 0)
        {
            client.Put(new JsonObject
            {
                ["type"] = "gap",
                ["room"] = Room,
                ["after"] = after,
                ["epoch"] = _epoch,
                ["first"] = Forgotten + 1,
                ["last"] = LastSeq,
            });
        }
        else
        {
            SendPast(client, _log.Skip(known + 1).Take(4), after);
        }

        Enter(client);
    }

    private void SendPast(Client client, IEnumerable<Entry> past, long after)
    {
        Entry[] shown = [.. past];
        var last = shown.Length > 0 ? shown[^1].Seq : after;
        client.Put(new JsonObject
        {
            ["type"] = "history",
            ["room"] = Room,
            ["events"] = new JsonArray([.. shown.Select(static one => one.ToJson(isPast: true))]),
            ["more"] = last < LastSeq,
        });
    }

    private void Enter(Client client)
    {
        client.IsIn = true;
        Publish("joined", client.Nick, "", null);
        client.Put(new JsonObject
        {
            ["type"] = "room",
            ["room"] = Room,
            ["topic"] = "",
            ["members"] = 1,
            ["seq"] = LastSeq,
            ["epoch"] = _epoch,
        });
    }

    private void Publish(string type, string nick, string text, Client? speaker)
    {
        var entry = new Entry(_epoch, LastSeq + 1, type, nick, text);
        _log.Add(entry);
        foreach (var client in _clients.Where(client => client.IsIn && client != speaker))
        {
            client.Put(entry.ToJson(isPast: false));
        }
    }

    /// <summary>One event of the room.</summary>
    public sealed record Entry(long Epoch, long Seq, string Type, string Nick, string Text)
    {
        public JsonObject ToJson(bool isPast)
        {
            var json = new JsonObject { ["type"] = Type, ["seq"] = Seq, ["time"] = "2026-11-21T10:00:00.000Z" };
            json[isPast ? "epoch" : "room"] = isPast ? JsonValue.Create(Epoch) : JsonValue.Create(Room);
            json[Type is "said" or "renamed" ? "from" : "nick"] = Nick;
            json[Type == "said" ? "text" : Type == "renamed" ? "to" : "reason"] = Text;
            return json;
        }
    }

    /// <summary>One connection, with what is on its way in both directions.</summary>
    public sealed class Client(string nick)
    {
        public string Nick { get; set; } = nick;

        public bool IsIn { get; set; }

        public Queue<JsonObject> Requests { get; } = [];

        public Queue<JsonElement> Frames { get; } = [];

        public List<(int Events, JsonObject Ok)> Unstored { get; } = [];

        public void Put(JsonObject frame) => Frames.Enqueue(JsonElement.Parse(frame.ToJsonString()));

        public void Send(byte[] request) => Requests.Enqueue(JsonNode.Parse(request)!.AsObject());
    }
}
