using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.Storage;

/// <summary>How each room stands by what is in the journal: for each the last standing, without rooms that were forgotten.</summary>
internal sealed class StandingTable
{
    private readonly Dictionary<byte[], RoomStanding> _byRoom = new(AsciiCaseInsensitive.Instance);

    /// <summary>How many rooms there are.</summary>
    public int Count => _byRoom.Count;

    /// <summary>The standings.</summary>
    public IReadOnlyCollection<RoomStanding> All => _byRoom.Values;

    /// <summary>Takes the payload of a record, after its kind, in the order they were written. False when it is no standing.</summary>
    public bool TryTake(ReadOnlySpan<byte> body)
    {
        if (!StandingRecord.TryRead(body, out var standing))
        {
            return false;
        }

        if (standing.IsForgotten)
        {
            _byRoom.Remove(standing.Room);
        }
        else
        {
            _byRoom[standing.Room] = standing;
        }

        return true;
    }
}
