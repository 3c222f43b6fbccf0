using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Channels;

/// <summary>A channel over another one, such as a cipher. The lowest is always a socket, which the poller watches.</summary>
/// <remarks>
/// Disposed once, before the socket closes and after the layer above. It then says its last bytes, if it has any and they can be sent at
/// once, and releases what it holds. It does not dispose the channel below.
/// </remarks>
internal interface IChannelLayer : IChannel, IDisposable
{
    /// <summary>The channel below.</summary>
    IChannel Below { get; }
}
