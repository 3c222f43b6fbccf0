using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>
/// Where channels come from and who says which are ready: the operating system's sockets, or a simulation. All members but
/// <see cref="Wake"/> are for the event loop's thread alone.
/// </summary>
public interface INetwork : IDisposable
{
    /// <summary>The I/O model in use at this moment, such as <c>select</c> or <c>epoll</c>.</summary>
    string IoName { get; }

    /// <summary>How many listeners there are; they are registered from the start, with tokens <see cref="Token.ForListener"/>.</summary>
    int ListenerCount { get; }

    /// <summary>
    /// Waits until something is ready, <see cref="Wake"/> is called, or the time is over; may also return early with nothing.
    /// </summary>
    /// <param name="timeoutMs">How long at the most, in milliseconds; 0 not to wait, -1 for ever.</param>
    /// <param name="ready">Receives what is ready; what does not fit is reported by the next call.</param>
    /// <returns>How many were put into <paramref name="ready"/>.</returns>
    int Wait(int timeoutMs, Span<Readiness> ready);

    /// <summary>Lets time pass, in microseconds, whatever is ready. May return early, and may last a little longer.</summary>
    void Hold(int microseconds);

    /// <summary>Makes the current or the next <see cref="Wait"/> return at once. From any thread, and after disposal too.</summary>
    void Wake();

    /// <summary>Takes one waiting connection from a listener.</summary>
    AcceptStatus Accept(int listener, out IChannel? channel);

    /// <summary>Switches a listener's readiness on or off; connections keep queueing in the kernel.</summary>
    void SetListening(int listener, bool isListening);

    /// <summary>Closes all listeners: new connections are refused from now on.</summary>
    void CloseListeners();

    /// <summary>Registers a channel.</summary>
    void Add(IChannel channel, Token token, Interest interest);

    /// <summary>Changes what a registered channel is watched for.</summary>
    void SetInterest(IChannel channel, Token token, Interest interest);

    /// <summary>Unregisters a channel: nothing more is reported of it. It stays open and can be read from.</summary>
    void Remove(IChannel channel);

    /// <summary>Unregisters a channel if it is registered, and closes it.</summary>
    void Close(IChannel channel);
}

/// <summary>
/// A byte endpoint: a socket, or the simulation of one. It knows no protocol, never blocks, and never throws for what a peer does.
/// </summary>
public interface IChannel : IPeer
{
    /// <summary>Reads what is there, at most the buffer's length.</summary>
    ChannelStatus Receive(Span<byte> buffer, out int received);

    /// <summary>Writes as much as can be taken at once. No bytes are sent only where <see cref="HasUnsent"/>.</summary>
    ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent);

    /// <summary>
    /// Whether the channel holds bytes that it has taken and the kernel has not, as a cipher does. Meanwhile it is watched for writing and
    /// not shut down, and a <see cref="Send"/> of no bytes passes on what it can.
    /// </summary>
    bool HasUnsent => false;

    /// <summary>Says that nothing more will be sent; what was sent still arrives.</summary>
    void ShutdownSend();
}

/// <summary>How an accept ended.</summary>
public enum AcceptStatus
{
    /// <summary>There is a new channel.</summary>
    Accepted,

    /// <summary>Nobody is waiting.</summary>
    WouldBlock,

    /// <summary>The one who was waiting is gone, or the accept was interrupted: the next one may do.</summary>
    Failed,

    /// <summary>
    /// There are no descriptors or no memory left for another channel, or something else is wrong that would be so again: accepting pauses.
    /// </summary>
    OutOfDescriptors,
}

/// <summary>How a read or write on a channel ended. What a peer does is a value, never an exception.</summary>
public enum ChannelStatus
{
    /// <summary>Some bytes were moved: at least one, perhaps fewer than asked.</summary>
    Ok,

    /// <summary>Nothing can be moved now.</summary>
    WouldBlock,

    /// <summary>The peer closed its side: nothing more will be read.</summary>
    EndOfInput,

    /// <summary>The connection is broken.</summary>
    Broken,
}
