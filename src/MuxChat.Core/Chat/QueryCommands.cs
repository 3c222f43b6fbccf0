using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Chat;

/// <summary>Answers the questions of protocols about rooms, members and figures. Changes nothing.</summary>
internal sealed class QueryCommands(ChatState state)
{
    /// <summary>Rooms scanned for each additional unit of the flood budget: 2,500.</summary>
    public const int RoomsPerToken = 2_500;

    /// <summary>The chat's limits.</summary>
    public ChatLimits Limits => state.Limits;

    /// <summary>The flood-budget cost of scanning all rooms, in addition to the command's own cost.</summary>
    public int PriceOfRooms => state.Rooms.Listed.Count / RoomsPerToken;

    /// <summary>Returns the largest rooms that a person may see, at most <see cref="ChatLimits.ListedRooms"/>.</summary>
    /// <param name="person">The person who asks.</param>
    /// <param name="total">The number of all rooms that the person may see.</param>
    public List<Room> ListRooms(Person person, out int total)
    {
        var listed = new List<Room>();
        total = 0;
        foreach (var room in state.Rooms.Listed.Rooms)
        {
            if (room.IsSeenBy(person) && total++ < state.Limits.ListedRooms)
            {
                listed.Add(room);
            }
        }

        return listed;
    }

    /// <summary>
    /// Finds the room of that name, or the session's current room for an empty name. Otherwise returns why there is none.
    /// </summary>
    public CommandResult FindRoom(Person person, ReadOnlySpan<byte> name, out Room room) => state.FindRoom(person, name, out room);

    /// <summary>Checks whether a ping may have this token. Otherwise returns why not.</summary>
    public CommandResult CheckPingToken(ReadOnlySpan<byte> token) => token.Length > state.Limits.PingTokenBytes
        ? CommandResult.Error(ErrorCode.TooLong, $"the token has {token.Length} bytes: at most {state.Limits.PingTokenBytes} are allowed")
        : state.CheckOptionalText(token, "the token");

    /// <summary>Returns the server's figures.</summary>
    public MetricSet Stats() => state.Metrics;
}
