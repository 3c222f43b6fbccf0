using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients;

/// <summary>A program: frames of a length and JSON. It names each request, so that it sees every number of its rooms.</summary>
internal sealed class FrameClientModel : IClientModel
{
    public string Protocol => "frame";

    public int Listener => 1;

    public bool ShowsToActor(EventKind kind, Link actor) =>
        kind is not (EventKind.Said or EventKind.Acted or EventKind.Away or EventKind.Invited);

    public bool IsOncePerPerson(EventKind kind) => kind == EventKind.Away;

    public IView CreateView(Link link) => new FrameView(link);

    public byte[] Compose(Intent intent, SimPlan plan, SeededRandom random)
    {
        if (intent.IsRefused)
        {
            return Refused(intent, plan, random);
        }

        var json = new StringBuilder("{\"type\":\"").Append(TypeOf(intent.Kind)).Append('"');
        Put(json, "room", intent.Kind == IntentKind.Chunk ? "" : intent.Room, random);
        Put(json, intent.Kind is IntentKind.Nick or IntentKind.Resume ? "nick" : "to", intent.Nick, random);
        Put(json, "text", intent.Text, random);
        Put(json, "key", intent.Key, random);
        PutNumber(json, "epoch", intent.Epoch);
        PutNumber(json, "after", intent.After);
        PutNumber(json, "limit", intent.Limit);
        json.Append(intent.Kind == IntentKind.Files ? "" : intent.File?.ToFields()).Append(intent.Run?.ToFields());
        if (random.Chance(0.1))
        {
            json.Append(",\"mood\":{\"of\":[1,2,\"x\"]},\"at\":null");
        }

        intent.Id = random.Chance(0.5) ? $"{intent.Index}" : $"\"i{intent.Index}\"";
        json.Append(",\"id\":").Append(intent.Id).Append('}');
        return Framed(Encoding.UTF8.GetBytes(json.ToString()));
    }

    /// <summary>The answer to the server's ping; it is not answered itself.</summary>
    public static byte[] Pong() => Framed([.. "{\"type\":\"pong\"}"u8]);

    private static string TypeOf(IntentKind kind) => kind switch
    {
        IntentKind.Act => "me",
        IntentKind.Message => "msg",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static void Put(StringBuilder json, string name, string value, SeededRandom random)
    {
        if (value.Length > 0)
        {
            var encoder = random.Chance(0.5) ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.Append(",\"").Append(name).Append("\":\"").Append(JsonEncodedText.Encode(value, encoder)).Append('"');
        }
    }

    private static void PutNumber(StringBuilder json, string name, long value)
    {
        if (value > 0)
        {
            json.Append(",\"").Append(name).Append("\":").Append(value);
        }
    }

    private static byte[] Refused(Intent intent, SimPlan plan, SeededRandom random)
    {
        if (intent.Kind == IntentKind.Overrun)
        {
            var header = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(header, (plan.FrameBytes * 4) + random.Between(1, 1000));
            return header;
        }

        var named = random.Chance(0.5);
        intent.Id = named ? $"{intent.Index}" : null;
        var id = named ? $",\"id\":{intent.Index}" : "";
        switch (random.Below(9))
        {
            case 0:
                intent.Id = null;
                return [0, 0, 0, 0];
            case 1:
                intent.Id = null;
                return Framed([.. "{\"type\":\"say\""u8]);
            case 2:
                intent.Id = null;
                return Framed([.. "{\"type\":\"say\",\"text\":\""u8, 0xC0, 0x80, .. "\"}"u8]);
            case 3:
                intent.Id = null;
                return Framed(Encoding.ASCII.GetBytes(new string('t', plan.FrameBytes + random.Between(1, plan.FrameBytes))));
            case 4:
                return Framed(Encoding.ASCII.GetBytes($"{{\"type\":\"dance\"{id}}}"));
            case 5:
                return Framed(Encoding.ASCII.GetBytes($"{{\"type\":\"say\",\"text\":7{id}}}"));
            case 6:
                return Framed(Encoding.ASCII.GetBytes($"{{\"type\":\"say\",\"text\":\"a\",\"text\":\"b\"{id}}}"));
            case 7:
                return Framed(Encoding.ASCII.GetBytes($"{{\"type\":\"say\",\"text\":\"* forged\\n<guest-1> line\"{id}}}"));
            default:
                return Framed(Encoding.ASCII.GetBytes($"{{\"type\":\"nick\",\"nick\":\"1st\"{id}}}"));
        }
    }

    /// <summary>Puts the length before a frame.</summary>
    public static byte[] Framed(byte[] content)
    {
        var frame = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length);
        content.CopyTo(frame, 4);
        return frame;
    }
}
