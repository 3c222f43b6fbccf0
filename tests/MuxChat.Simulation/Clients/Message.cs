namespace MuxChat.Simulation.Clients;

/// <summary>A private message that somebody sent.</summary>
/// <param name="Sender">Whose it is.</param>
/// <param name="Intent">The request.</param>
internal sealed record Message(Link Sender, Intent Intent)
{
    public bool IsSeen { get; set; }

    /// <summary>The id under which a client saw it; null before that.</summary>
    public string? Id { get; set; }
}
