namespace MuxChat.EndToEndTests.Hostile;

/// <summary>How a hostile client's connection ends.</summary>
/// <param name="How">Who ends it, and how.</param>
/// <param name="Reason">The reason that the server must log.</param>
/// <param name="Words">What its rooms must be told.</param>
public sealed record HostileEnd(HostileEnd.Way How, string Reason, string Words)
{
    /// <summary>It answers a ping at the end, so it is open and in step; then the client closes.</summary>
    public static readonly HostileEnd StaysOpen = new(Way.StaysOpen, "EndOfInput", "connection closed");

    /// <summary>
    /// What it sent has no end, so it cannot be asked: it is open until the client closes its side, or the reason logged would be another.
    /// </summary>
    public static readonly HostileEnd OpenUntilItLeaves = new(Way.Leaves, "EndOfInput", "connection closed");

    /// <summary>The client resets the connection.</summary>
    public static readonly HostileEnd ResetsItself = new(Way.Resets, "Reset", "connection reset");

    /// <summary>The client closes both sides, where that is no reset.</summary>
    public static readonly HostileEnd ClosesAtOnce = new(Way.Resets, "EndOfInput", "connection closed");

    public static readonly HostileEnd Overrun = ClosedByServer("FrameOverrun", "sent an oversized line or frame");

    public static readonly HostileEnd SpokeHttp = ClosedByServer("SpokeHttp", "spoke HTTP");

    public static readonly HostileEnd HttpRefused = ClosedByServer("HttpRefused", "");

    public static readonly HostileEnd SpokeTls = ClosedByServer("SpokeTls", "spoke TLS");

    /// <summary>Who ends it.</summary>
    public enum Way
    {
        StaysOpen,
        Leaves,
        Resets,
        ClosedByServer,
    }

    /// <summary>It quit, with these last words.</summary>
    public static HostileEnd Quit(string words = "") => ClosedByServer("Quit", words.Length == 0 ? "" : "Quit: " + words);

    public static HostileEnd ClosedByServer(string reason, string words) => new(Way.ClosedByServer, reason, words);
}
