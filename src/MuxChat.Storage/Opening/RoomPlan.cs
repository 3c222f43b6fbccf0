namespace MuxChat.Storage.Opening;

/// <summary>Which events of a room in one segment are in the room's tail.</summary>
/// <param name="from">No event before this offset.</param>
/// <param name="skip">And not the first so many from there on.</param>
internal sealed class RoomPlan(long from, long skip)
{
    private long _skip = skip;

    /// <summary>Where the first event is that may be in the tail.</summary>
    public long From => from;

    /// <summary>Whether the next event of the room, at this offset, is in its tail.</summary>
    public bool Takes(long offset) => offset >= from && --_skip < 0;
}
