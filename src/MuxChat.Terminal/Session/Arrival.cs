using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>The way into a room. Until all that came before is there, its events wait here.</summary>
/// <param name="isReturn">Whether the client was in the room before, and asks for all that it missed.</param>
internal sealed class Arrival(bool isReturn)
{
    /// <summary>Events that may wait: 20,000. One more, and the client connects again.</summary>
    public const int MaxWaiting = 20_000;

    public bool IsReturn { get; } = isReturn;

    /// <summary>Events since the client entered, or while it does.</summary>
    public List<RoomEvent> Waiting { get; } = [];

    /// <summary>Events before the client entered.</summary>
    public List<RoomEvent> Past { get; } = [];

    /// <summary>Whether the last answer said that more can be had.</summary>
    public bool HasMore { get; set; }

    /// <summary>Whether the server no longer has the event that the client knows last, or has forgotten later ones.</summary>
    public bool HasGap { get; set; }

    /// <summary>Whether the client has asked for what the server still has before the client entered. It asks once.</summary>
    public bool HasLookedBack { get; set; }

    /// <summary>The epoch of the room, from the frame that says what the room is; 0 before it came.</summary>
    public long Epoch { get; set; }

    /// <summary>The number of the event by which the client entered; 0 before it came.</summary>
    public long EnteredSeq => Waiting.FindLast(static happened => happened is { Type: "joined", IsOwn: true })?.Seq ?? 0;

    /// <summary>Takes a part of an answer.</summary>
    public void AddPast(JsonElement frame, DateTimeOffset now)
    {
        foreach (var item in frame.Items("events"))
        {
            Past.Add(RoomEvent.Read(item, 0, now));
        }

        HasMore = frame.Flag("more");
    }
}
