using System.Text;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// One thing that a hostile client does or must be told. In texts and bytes <c>{me}</c> stands for its nick, <c>{room}</c> for the room,
/// <c>{line}</c> and <c>{frame}</c> for the nicks of the two bystanders, <c>{ME}</c> and <c>{LINE}</c> for the same in capitals,
/// <c>{mark}</c> for a word that nobody else says, and <c>{MARK}</c> for that in capitals.
/// </summary>
public sealed record HostileStep(HostileAct Act, byte[] Bytes, int Times = 1)
{
    /// <summary>Sends bytes in two halves, between which the bystanders are answered.</summary>
    public static HostileStep Sends(params ReadOnlySpan<byte> bytes) => new(HostileAct.Send, bytes.ToArray());

    public static HostileStep Sends(string text) => Sends(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends the same bytes many times over, in one go.</summary>
    public static HostileStep Floods(string text, int times) => new(HostileAct.Send, Encoding.UTF8.GetBytes(text), times);

    /// <summary>Sends bytes one by one, each in a packet of its own.</summary>
    public static HostileStep Drips(params ReadOnlySpan<byte> bytes) => new(HostileAct.Drip, bytes.ToArray());

    public static HostileStep Drips(string text) => Drips(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a frame with an honest length, as the listener has it.</summary>
    public static HostileStep Frame(string json) => Frame(Encoding.UTF8.GetBytes(json));

    public static HostileStep Frame(params ReadOnlySpan<byte> body) => new(HostileAct.SendFrame, body.ToArray());

    /// <summary>Sends the same frame many times over, in one go.</summary>
    public static HostileStep FloodsFrame(string json, int times) => new(HostileAct.SendFrame, Encoding.UTF8.GetBytes(json), times);

    /// <summary>
    /// The next thing that it must be told: a frame where the text begins with a brace, else a line; <c>...</c> stands for anything.
    /// </summary>
    public static HostileStep Gets(string pattern, int times = 1) => new(HostileAct.Get, Encoding.UTF8.GetBytes(pattern), times);

    /// <summary>Reads answers of the server's on lines, however many, up to this one.</summary>
    public static HostileStep ReadsUntil(string pattern, int times = 1) =>
        new(HostileAct.ReadUntil, Encoding.UTF8.GetBytes(pattern), times);

    /// <summary>Exactly these bytes come next.</summary>
    public static HostileStep GetsBytes(params ReadOnlySpan<byte> bytes) => new(HostileAct.GetBytes, bytes.ToArray());

    /// <summary>Exactly this text comes next, as it is.</summary>
    public static HostileStep GetsBytes(string text) => GetsBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>A message with its length before it comes next, and this is its content.</summary>
    public static HostileStep GetsMessage(params ReadOnlySpan<byte> body) => new(HostileAct.GetMessage, body.ToArray());

    public static HostileStep GetsMessage(string text, int times = 1) =>
        new(HostileAct.GetMessage, Encoding.UTF8.GetBytes(text), times);

    /// <summary>An error frame with this code, and no id.</summary>
    public static HostileStep GetsError(string code, int times = 1) =>
        Gets($$"""{"type":"error","code":"{{code}}","message":"..."}""", times);

    /// <summary>A whole response of HTTP, with this status line, comes next.</summary>
    public static HostileStep GetsResponse(string status, bool hasBody = true) =>
        new(HostileAct.GetResponse, Encoding.UTF8.GetBytes("HTTP/1.1 " + status), hasBody ? 1 : 0);

    /// <summary>Reads what a newcomer on lines is told.</summary>
    public static HostileStep IsGreeted() => new(HostileAct.ReadLineGreeting, []);

    /// <summary>Reads what a newcomer on frames is told.</summary>
    public static HostileStep IsGreetedByFrames() => new(HostileAct.ReadFrameGreeting, []);

    /// <summary>Lets at least a second pass, by the server's own clock.</summary>
    public static HostileStep Waits() => new(HostileAct.Wait, []);
}
