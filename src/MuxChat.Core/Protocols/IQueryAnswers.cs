using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Writes a protocol's answers to queries. Each method encodes one part. Its bytes are valid until the
/// next call, and empty if the protocol sends nothing.
/// </summary>
/// <remarks>An exception ends the client that asked, and no other.</remarks>
public interface IQueryAnswers
{
    /// <summary>
    /// Whether the past is shown as people want it: the last lines said, on entering a room and on request. If not, all events after a
    /// number, on request only.
    /// </summary>
    bool ShowsSaidOnly { get; }

    /// <summary>
    /// The mark before a command's name where an error names one, as its client sends it: a slash on lines, and none in frames.
    /// </summary>
    string CommandMark { get; }

    /// <summary>Encodes a page of a room's past.</summary>
    /// <param name="room">The room.</param>
    /// <param name="page">The events.</param>
    /// <param name="hasMore">Whether more events follow, in the next page or on request.</param>
    ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore);

    /// <summary>Encodes that a room no longer remembers all events after the one that the client gave.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">The number of that event.</param>
    ReadOnlySpan<byte> Gap(Room room, long after);

    /// <summary>Encodes a part of the list of rooms.</summary>
    /// <param name="part">The rooms.</param>
    /// <param name="total">The number of rooms that the client may see.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore);

    /// <summary>Encodes a part of the list of a room's members.</summary>
    /// <param name="room">The room.</param>
    /// <param name="part">The members.</param>
    /// <param name="total">The number of members that the client may see.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore);

    /// <summary>Encodes who a person is, as a whole: a person is in a few dozen rooms at most.</summary>
    ReadOnlySpan<byte> WhoIs(PersonFacts facts);

    /// <summary>Encodes a room's modes.</summary>
    /// <param name="room">The room.</param>
    /// <param name="modes">The modes, with the parameters that the client may see.</param>
    ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes);

    /// <summary>Encodes one of a room's mask lists as a whole: it has a few dozen masks at most.</summary>
    /// <param name="room">The room.</param>
    /// <param name="letter">The list's mode letter.</param>
    /// <param name="masks">The masks.</param>
    ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks);

    /// <summary>Encodes the answer to a ping.</summary>
    /// <param name="token">The token of the ping, already checked; empty for none.</param>
    ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token);

    /// <summary>Encodes the server's metrics.</summary>
    ReadOnlySpan<byte> Stats(MetricSet metrics);

    /// <summary>Encodes the list of programs that the client may run.</summary>
    ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs);

    /// <summary>Begins the answer to a request to run a program.</summary>
    /// <param name="output">The client's output.</param>
    /// <param name="name">The program's name.</param>
    /// <param name="id">The request's id; empty for none.</param>
    IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id);

    /// <summary>Encodes help on one command, or on all.</summary>
    /// <param name="topic">The command's name, with or without its slash; empty or unknown for all.</param>
    ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic);

    /// <summary>Writes the answers about files.</summary>
    IFileAnswers Files { get; }

    /// <summary>Encodes the request for the server's password, which comes before anything else.</summary>
    ReadOnlySpan<byte> PasswordWanted();

    /// <summary>Encodes the notice that no password is needed, for a client that already has a session.</summary>
    ReadOnlySpan<byte> PasswordNotNeeded();
}
