namespace MuxChat.Core.Metrics;

/// <summary>The outcomes of a request to resume a room, as values of a label.</summary>
public static class ResumeOutcomes
{
    /// <summary>The room's missed events followed.</summary>
    public const string Resumed = "resumed";

    /// <summary>Some missed events are lost.</summary>
    public const string Gap = "gap";

    /// <summary>The request was refused.</summary>
    public const string Refused = "refused";
}
