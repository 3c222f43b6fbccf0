namespace MuxChat.Core.Chat;

/// <summary>The last messages of a session that are no events of a room, so that the session may remove them: 64.</summary>
internal sealed class SentMessages
{
    /// <summary>Messages remembered: 64. The oldest is forgotten.</summary>
    public const int Max = 64;

    private readonly (long Number, long To)[] _ring = new (long Number, long To)[Max];
    private int _next;

    /// <summary>Notes a message.</summary>
    /// <param name="id">The message's id.</param>
    /// <param name="to">The target, see <see cref="Of(Person)"/> and <see cref="Of(Rooms.Room)"/>.</param>
    public void Add(MessageId id, long to)
    {
        _ring[_next] = (id.Number, to);
        _next = (_next + 1) % Max;
    }

    /// <summary>Forgets a message of this run of the server. False if it is not remembered, or went elsewhere.</summary>
    public bool TryTake(MessageId id, long to)
    {
        var at = Array.IndexOf(_ring, (id.Number, to));
        if (at >= 0)
        {
            _ring[at] = default;
        }

        return at >= 0;
    }

    /// <summary>Names a person as the target of a message, above 0.</summary>
    public static long Of(Person person) => person.Number;

    /// <summary>Names a room as the target of a message, below 0. A room keeps its epoch while it has members.</summary>
    public static long Of(Rooms.Room room) => -room.Epoch;
}
