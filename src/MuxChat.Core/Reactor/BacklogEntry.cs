namespace MuxChat.Core.Reactor;

/// <summary>One connection's part of the <see cref="Backlog"/>.</summary>
internal sealed class BacklogEntry(Connection owner)
{
    public Connection Owner { get; } = owner;

    /// <summary>Bytes counted; 0 while it does not stand in the backlog.</summary>
    public long Bytes { get; set; }

    /// <summary>Where it stands; -1 for nowhere.</summary>
    public int Place { get; set; } = -1;
}
