using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Chat;

/// <summary>What the chat tells a protocol that answers a question: rooms, members, figures. It changes nothing.</summary>
internal sealed class QueryCommands(ChatState state)
{
    /// <summary>Rooms that are looked through for one more of the flood budget: 2,500.</summary>
    public const int RoomsPerToken = 2_500;

    /// <summary>The chat's limits.</summary>
    public ChatLimits Limits => state.Limits;

    /// <summary>What looking through all rooms costs of the flood budget, beside the command itself.</summary>
    public int PriceOfRooms => state.Rooms.Listed.Count / RoomsPerToken;

    /// <summary>The largest rooms that a person knows of.</summary>
    /// <param name="person">The person who asks.</param>
    /// <param name="total">How many it knows of in all.</param>
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

    /// <summary>The room of that name, or the person's current one for an empty name; else why there is none.</summary>
    public CommandResult FindRoom(Person person, ReadOnlySpan<byte> name, out Room room) => state.FindRoom(person, name, out room);

    /// <summary>Whether a ping may have this token; else why not.</summary>
    public CommandResult CheckPingToken(ReadOnlySpan<byte> token) => token.Length > state.Limits.PingTokenBytes
        ? CommandResult.Error(ErrorCode.TooLong, $"the token has {token.Length} bytes: at most {state.Limits.PingTokenBytes} are allowed")
        : state.CheckOptionalText(token, "the token");

    /// <summary>The server's figures.</summary>
    public MetricSet Stats() => state.Metrics;
}
