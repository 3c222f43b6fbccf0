using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols;

/// <summary>
/// How a protocol writes the answers to what a client asks. Each method encodes one part, which holds until the next call, and is empty
/// where the protocol says nothing.
/// </summary>
public interface IQueryAnswers
{
    /// <summary>A part of the list of rooms.</summary>
    /// <param name="part">The rooms.</param>
    /// <param name="total">How many the client may know of in all.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore);

    /// <summary>A part of the list of a room's members.</summary>
    /// <param name="room">The room.</param>
    /// <param name="part">The members.</param>
    /// <param name="total">How many the client may know of in all.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore);

    /// <summary>A room's modes.</summary>
    /// <param name="room">The room.</param>
    /// <param name="modes">Its modes, with the parameters that the client may know.</param>
    ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes);

    /// <summary>One of a room's lists of masks, whole: it has a few dozen at most.</summary>
    /// <param name="room">The room.</param>
    /// <param name="letter">The list's mode.</param>
    /// <param name="masks">The masks.</param>
    ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks);

    /// <summary>The answer to a ping.</summary>
    /// <param name="token">What came with the ping: checked; empty for nothing.</param>
    ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token);

    /// <summary>The server's figures.</summary>
    ReadOnlySpan<byte> Stats(MetricSet metrics);

    /// <summary>Help on one command, or on all.</summary>
    /// <param name="topic">The command's name, with or without its slash; empty or unknown for all.</param>
    ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic);

    /// <summary>The server asks for its password before anything else.</summary>
    ReadOnlySpan<byte> PasswordWanted();

    /// <summary>The client is in, and gave a password.</summary>
    ReadOnlySpan<byte> PasswordNotNeeded();
}
