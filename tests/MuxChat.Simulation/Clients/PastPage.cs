namespace MuxChat.Simulation.Clients;

/// <summary>The answer to one request for the past, as far as it was seen: pages, or that not all of it is held.</summary>
internal sealed class PastPage(Intent asked, string room)
{
    public Intent Asked => asked;

    public string Room => room;

    public List<FrameFields> Events { get; } = [];

    /// <summary>What the last part said: there is more.</summary>
    public bool More { get; set; }

    /// <summary>Not all of it is held.</summary>
    public FrameFields? Gap { get; set; }
}
