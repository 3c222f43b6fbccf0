namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// One hostile client: what it does, what it must be told, how it ends, and what others may notice of it,
/// which is all that they may notice.
/// </summary>
/// <param name="Name">Unique in the table.</param>
/// <param name="Listener">Where it connects: the scheme of a listener of <see cref="HostileServer"/>, such as line.</param>
/// <param name="Steps">What it does and is told, in order.</param>
/// <param name="End">How its connection ends.</param>
public sealed record HostileCase(string Name, string Listener, HostileStep[] Steps, HostileEnd End)
{
    /// <summary>
    /// Whether it has a nick and sits in the bystanders' room before the first step; else it only connects, and they sit in the lobby.
    /// </summary>
    public bool IsResident { get; init; } = true;

    /// <summary>Whether it is asked for its pong in frames at the end.</summary>
    public bool SpeaksFrames { get; init; } = Listener == "frame";

    /// <summary>How messages are told apart where it connects.</summary>
    public HostileLanguage Language => Listener switch
    {
        "frame+tcp" => HostileLanguage.ReversedFrames,
        "utf" => HostileLanguage.Utf,
        "echo" or "upper" => HostileLanguage.EchoedBytes,
        "echo+utf" or "upper+utf" => HostileLanguage.EchoedMessages,
        "exec" => HostileLanguage.Exec,
        "irc+unix" => HostileLanguage.Irc,
        _ => SpeaksFrames ? HostileLanguage.Frames : HostileLanguage.Lines,
    };

    /// <summary>Whether it connects over a Unix socket, where its name in the log is that of every other client of the tests.</summary>
    public bool IsLocal => Listener.EndsWith("+unix", StringComparison.Ordinal);

    /// <summary>Whether it is in the lobby from the start, and hears what goes on there.</summary>
    public bool HearsLobby => !IsResident
        && Language is not (HostileLanguage.EchoedBytes or HostileLanguage.EchoedMessages or HostileLanguage.Irc or HostileLanguage.Exec);

    /// <summary>Whether only the event loop does what the case says.</summary>
    public bool IsForLoop { get; init; }

    /// <summary>What the bystanders hear before it goes.</summary>
    public Hears[] Others { get; init; } = [];

    /// <summary>Whether it is in the bystanders' room when it goes, so that they are told.</summary>
    public bool IsMissed { get; init; } = true;

    /// <summary>The nick that it goes with, as the log has it.</summary>
    public string NickAtEnd { get; init; } = "{me}";

    /// <summary>What the server must do about it: cases of one kind differ in data alone.</summary>
    public string Kind => IsMoved ? $"{Listener}; as elsewhere; {IsResident}; {End.How}" : HostileKind.Of(this);

    /// <summary>Whether it is a case of another listener, where the server does the same.</summary>
    public bool IsMoved { get; init; }

    /// <summary>A resident that speaks lines.</summary>
    public static HostileCase Line(string name, HostileEnd end, params HostileStep[] steps) => new(name, "line", steps, end);

    /// <summary>A resident that speaks frames.</summary>
    public static HostileCase Frame(string name, HostileEnd end, params HostileStep[] steps) => new(name, "frame", steps, end);

    /// <summary>One that connects to a listener and begins with the first step.</summary>
    public static HostileCase Newcomer(string name, string listener, HostileEnd end, params HostileStep[] steps) =>
        new(name, listener, steps, end) { IsResident = false };

    /// <summary>What the bystanders hear of it before it goes.</summary>
    public HostileCase Heard(params Hears[] others) => this with { Others = others };

    /// <summary>
    /// The same on another listener of the same protocol. A Unix socket has no reset: the server sees the end of the input.
    /// </summary>
    public HostileCase On(string listener)
    {
        var moved = this with { Name = $"{listener} listener: {Name}", Listener = listener, IsMoved = true };
        return moved.IsLocal && End == HostileEnd.ResetsItself ? moved with { End = HostileEnd.ClosesAtOnce } : moved;
    }

    /// <summary>It is not in their room any more when it goes, or never was in it.</summary>
    public HostileCase Unmissed() => this with { IsMissed = false };

    public override string ToString() => Name;
}
