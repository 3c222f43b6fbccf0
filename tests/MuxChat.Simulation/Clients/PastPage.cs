namespace MuxChat.Simulation.Clients;

/// <summary>The answer to one request for the past, as far as it was seen: pages, or that not all of it is held.</summary>
internal sealed class PastPage(Intent asked, string room, RoomPicture? picture)
{
    public Intent Asked => asked;

    public string Room => room;

    /// <summary>The room as it was seen when the first part came; null where the client was not in it.</summary>
    public RoomPicture? Picture => picture;

    /// <summary>The last number that was seen then.</summary>
    public long Last { get; } = picture is null ? 0 : Math.Max(picture.Entered, picture.Last);

    public List<FrameFields> Events { get; } = [];

    public int Parts { get; set; }

    /// <summary>What the last part said: there is more.</summary>
    public bool More { get; set; }

    /// <summary>Not all of it is held.</summary>
    public FrameFields? Gap { get; set; }
}
