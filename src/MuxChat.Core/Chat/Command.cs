namespace MuxChat.Core.Chat;

/// <summary>
/// One thing a client asks for. Its spans point into the client's frame and hold only while the command is executed; they are well-formed UTF-8
/// and otherwise unchecked: the hub checks names and texts.
/// </summary>
public ref struct Command
{
    /// <summary>What is asked.</summary>
    public CommandKind Kind;

    /// <summary>The room meant; empty for the room the client is in at the moment.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>The nick meant: of the person written to, or the new nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>What opens the room that is to be entered; empty for none.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The text, topic, modes, ping token, quit reason or help topic.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether <see cref="Text"/> was given at all: an empty topic is not a missing one.</summary>
    public bool HasText;

    /// <summary>Whether a private text tells what somebody does.</summary>
    public bool IsAction;

    /// <summary>Whether a text is one that no program may answer.</summary>
    public bool IsNotice;

    /// <summary>Whether the sender is told when the person written to is away.</summary>
    public bool TellsAway;

    /// <summary>Who is told how each of several mode changes ended; null to be told the first refusal only, as a result.</summary>
    public IModeAnswers? ModeAnswers;

    /// <summary>What the client's program attaches for other programs, as its protocol writes it; passed on as it is, to those whose protocol has such things.</summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The epoch that <see cref="After"/> belongs to; 0 when none was given.</summary>
    public long Epoch;

    /// <summary>The number of the last event known; 0 for the time before the first.</summary>
    public long After;

    /// <summary>How many events are wanted at the most; 0 when it was not said.</summary>
    public int Limit;

    /// <summary>How the client names this request in its own protocol, to be repeated in the answer as it is; empty for none.</summary>
    public ReadOnlySpan<byte> Id;
}
