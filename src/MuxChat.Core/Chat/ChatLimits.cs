namespace MuxChat.Core.Chat;

/// <summary>The limits of the chat itself. What happens at each: the request is refused with an error, and nothing else.</summary>
public sealed record ChatLimits
{
    /// <summary>
    /// The longest text, topic or reason in bytes of UTF-8: 4,096. The same for every protocol, so that what one can say another can show.
    /// </summary>
    public int TextBytes { get; init; } = 4096;

    /// <summary>Rooms that one client may be in at once: 20.</summary>
    public int RoomsPerClient { get; init; } = 20;

    /// <summary>Rooms in all: 10,000.</summary>
    public int Rooms { get; init; } = 10_000;

    /// <summary>What making a room costs of the flood budget beyond entering one: 4. Each takes the place of another in the end.</summary>
    public int MakingRoomPrice { get; init; } = 4;

    /// <summary>Events that a room remembers: 1,000. The oldest goes when there is another.</summary>
    public int History { get; init; } = 1000;

    /// <summary>Lines last said that a newcomer is shown, where its protocol does that: 20; 0 for none.</summary>
    public int Replay { get; init; } = 20;

    /// <summary>
    /// Memory for what all rooms remember, in bytes: 256 MiB. At it, the room that has been empty the longest is forgotten; when all have
    /// members, a room lets its own oldest events go.
    /// </summary>
    public long HistoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes of the past, as they may be encoded at the most, that one request is answered with: 128 KiB. The rest is asked for again.
    /// </summary>
    public int HistoryAnswerBytes { get; init; } = 128 * 1024;

    /// <summary>The same for one part of an answer: 60,000, so that it fits a segment.</summary>
    public int HistoryPartBytes { get; init; } = 60_000;

    /// <summary>The longest ping token in bytes: 256.</summary>
    public int PingTokenBytes { get; init; } = 256;

    /// <summary>Rooms that one answer to a list request shows, largest first: 500. The number of all is told beside.</summary>
    public int ListedRooms { get; init; } = 500;

    /// <summary>Rooms in one part of a room list: 50, so that a part of the longest names still fits a frame.</summary>
    public int RoomsPerPart { get; init; } = 50;

    /// <summary>Members in one part of a member list: 200.</summary>
    public int MembersPerPart { get; init; } = 200;
}
