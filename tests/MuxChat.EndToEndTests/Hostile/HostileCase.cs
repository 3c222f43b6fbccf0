namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// One hostile client: what it does, what it must be told, how it ends, and what others may notice of it,
/// which is all that they may notice.
/// </summary>
/// <param name="Name">Unique in the table.</param>
/// <param name="Listener">Where it connects: line, frame or auto.</param>
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

    /// <summary>What the bystanders hear before it goes.</summary>
    public Hears[] Others { get; init; } = [];

    /// <summary>Whether it is in the bystanders' room when it goes, so that they are told.</summary>
    public bool IsMissed { get; init; } = true;

    /// <summary>The nick that it goes with, as the log has it.</summary>
    public string NickAtEnd { get; init; } = "{me}";

    /// <summary>What the server must do about it: cases of one kind differ in data alone.</summary>
    public string Kind => HostileKind.Of(this);

    /// <summary>A resident that speaks lines.</summary>
    public static HostileCase Line(string name, HostileEnd end, params HostileStep[] steps) => new(name, "line", steps, end);

    /// <summary>A resident that speaks frames.</summary>
    public static HostileCase Frame(string name, HostileEnd end, params HostileStep[] steps) => new(name, "frame", steps, end);

    /// <summary>One that connects to a listener and begins with the first step.</summary>
    public static HostileCase Newcomer(string name, string listener, HostileEnd end, params HostileStep[] steps) =>
        new(name, listener, steps, end) { IsResident = false };

    /// <summary>What the bystanders hear of it before it goes.</summary>
    public HostileCase Heard(params Hears[] others) => this with { Others = others };

    /// <summary>It is not in their room any more when it goes, or never was in it.</summary>
    public HostileCase Unmissed() => this with { IsMissed = false };

    public override string ToString() => Name;
}
