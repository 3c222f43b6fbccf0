namespace MuxChat.Core.Chat;

/// <summary>
/// The limits of the chat. A request beyond a limit gets an error and the connection stays open, unless the limit says otherwise.
/// </summary>
public sealed record ChatLimits
{
    /// <summary>
    /// The longest text, topic or reason: 4,096 bytes of UTF-8. All protocols share the limit, so that each can show texts from the others.
    /// </summary>
    public int TextBytes { get; init; } = 4096;

    /// <summary>Rooms that one client may be in at once: 20.</summary>
    public int RoomsPerClient { get; init; } = 20;

    /// <summary>Rooms in all: 10,000.</summary>
    public int Rooms { get; init; } = 10_000;

    /// <summary>
    /// The flood-budget cost of creating a room, in addition to entering it: 4. Each new room eventually displaces another.
    /// </summary>
    public int MakingRoomPrice { get; init; } = 4;

    /// <summary>Events that a room remembers: 1,000. The next event then replaces the oldest.</summary>
    public int History { get; init; } = 1000;

    /// <summary>The last lines said that a newcomer gets, if its protocol replays on entry: 20; 0 for none.</summary>
    public int Replay { get; init; } = 20;

    /// <summary>
    /// Memory for the history of all rooms: 256 MiB, in bytes. At the limit, the server first forgets dormant rooms in which nothing was
    /// said, and then halves histories that are larger than the growing room's. After those it forgets other dormant rooms, longest dormant
    /// first. If none of these frees enough, a room drops its own oldest events.
    /// </summary>
    public long HistoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes of history in the answer to one request: 128 KiB, by an upper bound of the encoded size. The client asks again for the rest.
    /// </summary>
    public int HistoryAnswerBytes { get; init; } = 128 * 1024;

    /// <summary>The same bound for one part of an answer: 60,000 bytes, so that it fits a segment.</summary>
    public int HistoryPartBytes { get; init; } = 60_000;

    /// <summary>The longest ping token: 256 bytes.</summary>
    public int PingTokenBytes { get; init; } = 256;

    /// <summary>Rooms in the answer to one list request, largest first: 500. The answer also gives the total.</summary>
    public int ListedRooms { get; init; } = 500;

    /// <summary>Rooms in one part of a room list: 50, so that a part with the longest names still fits a frame.</summary>
    public int RoomsPerPart { get; init; } = 50;

    /// <summary>Members in one part of a member list: 200.</summary>
    public int MembersPerPart { get; init; } = 200;
}
