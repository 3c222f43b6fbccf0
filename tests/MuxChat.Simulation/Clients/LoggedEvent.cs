using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Simulation.Datagrams;
using MuxChat.Simulation.Past;

namespace MuxChat.Simulation.Clients;

/// <summary>One event of a room as the chat published it, in the one log of all rooms.</summary>
internal sealed class LoggedEvent
{
    private byte[]? _line;
    private byte[]? _lineWithRoom;
    private string? _time;
    private readonly Link? _author;

    /// <summary>Its place in the log of all rooms.</summary>
    public required long Index { get; init; }

    public required EventKind Kind { get; init; }

    public required string Room { get; init; }

    public required long Seq { get; init; }

    public required long UnixMs { get; init; }

    public required string Nick { get; init; }

    public required string NewNick { get; init; }

    public required string Text { get; init; }

    /// <summary>The client whose event it is; null for a datagram's.</summary>
    public required Link? Author
    {
        get => _author;
        init => (_author, Protocol) = (value, value?.ServedBy.Protocol ?? "notify");
    }

    /// <summary>The sender of the datagram that it is of; null for a client's.</summary>
    public DatagramSender? Sender { get; init; }

    /// <summary>The client whose event it is.</summary>
    /// <exception cref="InvalidOperationException">It is a datagram's.</exception>
    public Link Actor => _author ?? throw new InvalidOperationException($"No client is the author: {this}");

    /// <summary>What its author spoke with the server then.</summary>
    public string Protocol { get; private init; } = "";

    /// <summary>What its number belongs to.</summary>
    public required long Epoch { get; init; }

    /// <summary>A notice: IRC alone shows that it is one.</summary>
    public bool IsNotice { get; init; }

    /// <summary>The command by which IRC shows a text.</summary>
    public string TalkCommand => IsNotice ? "NOTICE" : "PRIVMSG";

    /// <summary>Caused by a program: a datagram's sender is one, and no client says that it is.</summary>
    public bool IsByBot => Sender is not null;

    /// <summary>Who was in the room after it, by nick; told only of entering.</summary>
    public IReadOnlyList<string> Members { get; set; } = [];

    /// <summary>What its room remembered when it was published.</summary>
    public RoomMemory? Memory { get; set; }

    /// <summary>The room's topic from then on.</summary>
    public string Topic { get; set; } = "";

    /// <summary>Of an entry: the last event of the room that the client had heard when it left before; 0 where it is not known.</summary>
    public long HeardSeq { get; set; }

    /// <summary>What the journal said of it; null while it has said nothing.</summary>
    public JournalStatus? Outcome { get; set; }

    /// <summary>To whom it was done; null for nobody.</summary>
    public Link? Other { get; init; }

    /// <summary>Whether strangers were kept out of the room then: it is for nobody who comes later.</summary>
    public bool IsClosed { get; set; }

    /// <summary>In which life of the server it happened.</summary>
    public required int Life { get; init; }

    /// <summary>A start has given it back since: it is there for good.</summary>
    public bool IsSettled { get; set; }

    /// <summary>It stands in a file, whole.</summary>
    public bool IsWritten { get; set; }

    /// <summary>It survives a power cut.</summary>
    public bool IsDurable { get; set; }

    /// <summary>The line by which a person is shown later what was said.</summary>
    public string HistoryLine =>
        $"* {DateTimeOffset.FromUnixTimeMilliseconds(UnixMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} "
            + (Kind == EventKind.Shared ? $"{Nick} {SharedWords("")}"
            : $"{(Kind == EventKind.Acted ? $"** {Nick} " : $"<{Nick}> ")}{Text}");

    /// <summary>Whether it is one of those that people are shown of the past.</summary>
    public bool IsSaid => Kind is EventKind.Said or EventKind.Acted or EventKind.Shared;

    /// <summary>What the client attached for programs; empty for nothing.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The bytes of its names, its text and its tags.</summary>
    public int TextBytes => Encoding.UTF8.GetByteCount(Nick) + Encoding.UTF8.GetByteCount(NewNick) + Encoding.UTF8.GetByteCount(Text)
        + Encoding.UTF8.GetByteCount(Tags);

    /// <summary>The time that a program must see: RFC 3339, UTC, milliseconds.</summary>
    public string Time => _time ??= DateTimeOffset.FromUnixTimeMilliseconds(UnixMs)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>What it takes in any protocol, in bytes at the most: each character as an escape, and the names of the fields.</summary>
    public long MaxBytes => 500 + (6L * (Text.Length + Room.Length + Nick.Length + NewNick.Length));

    /// <summary>Whether these are its time, names and text.</summary>
    public bool IsSame(long unixMs, ReadOnlySpan<byte> nick, ReadOnlySpan<byte> newNick, ReadOnlySpan<byte> text) =>
        unixMs == UnixMs && nick.SequenceEqual(Encoding.UTF8.GetBytes(Nick)) && newNick.SequenceEqual(Encoding.UTF8.GetBytes(NewNick))
        && text.SequenceEqual(Encoding.UTF8.GetBytes(Text));

    /// <summary>Whether these are its marks and its tags; the marks are 1 for a notice, and 2 for what a program did.</summary>
    public bool IsSaidSo(int marks, ReadOnlySpan<byte> tags) =>
        marks == (IsNotice ? 1 : 0) + (IsByBot ? 2 : 0) && tags.SequenceEqual(Encoding.UTF8.GetBytes(Tags));

    /// <summary>The line that a person must see, without its end.</summary>
    public byte[] Line(bool showsRoom) => showsRoom ? _lineWithRoom ??= Render(showsRoom) : _line ??= Render(showsRoom);

    public override string ToString() => $"{Kind} #{Seq} in {Room} by {Nick}{(NewNick.Length > 0 ? " -> " + NewNick : "")}: '{Text}'";

    private byte[] Render(bool showsRoom)
    {
        var colon = Text.Length > 0 ? ": " : "";
        var prefix = showsRoom ? $"[{Room}] " : "";
        return Encoding.UTF8.GetBytes(Kind switch
        {
            EventKind.Said => $"{prefix}<{Nick}> {Text}",
            EventKind.Acted => $"{prefix}** {Nick} {Text}",
            EventKind.Shared => $"* {Nick} {SharedWords(showsRoom ? $" in {Room}" : "")}",
            EventKind.Joined => $"* {Nick} joined {Room}",
            EventKind.Left => $"* {Nick} left {Room}{colon}{Text}",
            EventKind.Quit => $"* {Nick} quit{colon}{Text}",
            EventKind.Renamed => $"* {Nick} is now {NewNick}",
            EventKind.Away => Text.Length == 0 ? $"* {Nick} is back" : $"* {Nick} is away: {Text}",
            EventKind.Kicked => $"* {Nick} kicked {NewNick} from {Room}{colon}{Text}",
            EventKind.ModeSet => $"* {Nick} set the modes of {Room}: {Text}",
            EventKind.Invited => $"* {Nick} invited {NewNick} to {Room}",
            EventKind.TopicSet when Text.Length == 0 => $"* {Nick} removed the topic of {Room}",
            EventKind.TopicSet => $"* {Nick} set the topic of {Room}: {Text}",
            _ => throw new InvalidOperationException($"{Kind} is no event of a room."),
        });
    }

    // The words by which people are told of a file: its name, its size in units of 1,024, rounded up, and how to get it.
    private string SharedWords(string room)
    {
        var words = Text.Split(' ', 6);
        var bytes = long.Parse(words[2], CultureInfo.InvariantCulture);
        var size = bytes == 1 ? "1 byte" : bytes < 1024 ? $"{bytes} bytes" : $"{(bytes + 1023) / 1024} KB";
        return $"shared {words[5]} ({size}){room}: /get {words[0]}";
    }
}
