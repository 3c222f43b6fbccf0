using MuxChat.Core.Conversations;

namespace MuxChat.Core.Reactor;

/// <summary>What the doorkeeper knows of one address. While it has no connection it stands in the list of the idle.</summary>
internal sealed class AddressEntry(UInt128 prefix, int connectsPerMinute, long nowMs)
{
    private const double SecondsPerMinute = 60;

    private FloodGate _rate = new(connectsPerMinute, connectsPerMinute / SecondsPerMinute, nowMs);

    public UInt128 Prefix { get; } = prefix;

    /// <summary>The connections that it may still make.</summary>
    public ref FloodGate Rate => ref _rate;

    /// <summary>Connections at this moment.</summary>
    public int Connections { get; set; }

    /// <summary>The one before it among the idle: its last connection ended earlier.</summary>
    public AddressEntry? Older { get; set; }

    /// <summary>The one behind it among the idle.</summary>
    public AddressEntry? Newer { get; set; }
}
