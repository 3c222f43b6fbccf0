namespace MuxChat.Core.Reactor;

/// <summary>How far a connection is on its way, which goes in this direction only.</summary>
internal enum ConnectionPhase
{
    /// <summary>It is read from and written to.</summary>
    Talking,

    /// <summary>It is over: what is queued is still sent.</summary>
    Finishing,

    /// <summary>Nothing more is sent; input is dropped until the peer closes.</summary>
    Lingering,

    /// <summary>It is closed at the end of the tick.</summary>
    Doomed,
}
