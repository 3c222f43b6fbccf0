using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>
/// The source of channels and of their readiness: the operating system's sockets, or a simulation. Only the event
/// loop's thread may call its members, except <see cref="Wake"/>.
/// </summary>
public interface INetwork : IDisposable
{
    /// <summary>The I/O model in use now, such as <c>select</c> or <c>epoll</c>.</summary>
    string IoName { get; }

    /// <summary>The number of listeners. They are registered from the start, with the tokens of <see cref="Token.ForListener"/>.</summary>
    int ListenerCount { get; }

    /// <summary>
    /// Waits until something is ready, <see cref="Wake"/> is called, or the timeout passes. May also return early with nothing ready.
    /// </summary>
    /// <param name="timeoutMs">The longest wait, in milliseconds; 0 returns at once, -1 waits without limit.</param>
    /// <param name="ready">Receives the ready registrations. The next call reports those that do not fit.</param>
    /// <returns>The number of entries written to <paramref name="ready"/>.</returns>
    int Wait(int timeoutMs, Span<Readiness> ready);

    /// <summary>Blocks for a number of microseconds, whatever becomes ready. May return early or slightly late.</summary>
    void Hold(int microseconds);

    /// <summary>Makes the current or next <see cref="Wait"/> return at once. Callable from any thread, and after disposal.</summary>
    void Wake();

    /// <summary>Accepts one pending connection from a listener.</summary>
    AcceptStatus Accept(int listener, out IChannel? channel);

    /// <summary>Returns a listener's datagrams; null if it accepts connections.</summary>
    IDatagramChannel? DatagramsOf(int listener) => null;

    /// <summary>
    /// Switches a listener's readiness on or off. The kernel goes on queueing connections, and as many datagrams as its buffer holds.
    /// </summary>
    void SetListening(int listener, bool isListening);

    /// <summary>Closes all listeners: the kernel refuses new connections from now on.</summary>
    void CloseListeners();

    /// <summary>Registers a channel under its token, with its first interest.</summary>
    void Add(IChannel channel, Token token, Interest interest);

    /// <summary>Changes the interest of a registered channel.</summary>
    void SetInterest(IChannel channel, Token token, Interest interest);

    /// <summary>Unregisters a channel: <see cref="Wait"/> reports nothing more about it. It stays open and readable.</summary>
    void Remove(IChannel channel);

    /// <summary>Unregisters a channel if it is registered, and closes it.</summary>
    void Close(IChannel channel);
}

/// <summary>
/// A byte endpoint: a socket, or a simulated one. A channel knows no protocol, never blocks, and never throws for anything a peer does.
/// </summary>
public interface IChannel : IPeer
{
    /// <summary>The most that a channel may ask for in <see cref="MinReceiveBytes"/>: 32 KiB.</summary>
    const int MaxReceiveBytes = 32 * 1024;

    /// <summary>Reads the bytes that are available, at most the buffer's length.</summary>
    /// <remarks>A cipher may find the end of input in the bytes that it reads: it then returns the last bytes with it.</remarks>
    ChannelStatus Receive(Span<byte> buffer, out int received);

    /// <summary>
    /// Writes as many bytes as the channel accepts without waiting. Call it with no bytes only while <see cref="HasUnsent"/> is true.
    /// </summary>
    ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent);

    /// <summary>
    /// Whether the peer itself ended the input that <see cref="Receive"/> found at its end. Under a cipher anyone on the way can cut it
    /// short (RFC 8446, section 6.1), so only the peer's own word counts there.
    /// </summary>
    bool IsEndOrderly => true;

    /// <summary>Whether the channel, such as a cipher, holds bytes that the kernel has not accepted yet.</summary>
    /// <remarks>
    /// While this is true, the loop watches the channel for writing and does not shut it down. A <see cref="Send"/> of no bytes writes as
    /// many of the held bytes as the kernel accepts. A <see cref="Send"/> of some bytes then accepts none of them, because the limits on
    /// queued output do not count held bytes. A channel never holds bytes that it has received: <see cref="Receive"/> returns all that it
    /// can.
    /// </remarks>
    bool HasUnsent => false;

    /// <summary>Whether the channel still opens, as with a TLS handshake. The client begins when it has opened.</summary>
    /// <remarks>
    /// A channel opens from its start, or from its first <see cref="Receive"/> if its first bytes ask for it; never after a
    /// <see cref="Send"/> of some bytes, or after <see cref="ShutdownSend"/>. While it opens, <see cref="Receive"/> moves it on, and
    /// returns <see cref="ChannelStatus.WouldBlock"/> for more. The call that opens it may return the first bytes of the client. Any other
    /// result ends the connection. <see cref="Send"/> then accepts no bytes, but still writes the held ones.
    /// </remarks>
    bool IsOpening => false;

    /// <summary>
    /// Why the channel could not open, as a phrase for the log; empty if the peer only went away. A channel that could not open stays
    /// <see cref="IsOpening"/>.
    /// </summary>
    string OpeningFault => "";

    /// <summary>The protocol agreed on while the channel opened (RFC 7301), as a listen URI spells it; empty for none.</summary>
    string AgreedProtocol => "";

    /// <summary>
    /// The client that a trusted proxy named when the channel opened; null if it named none. As a peer, the channel stays the proxy.
    /// </summary>
    ForwardedPeer? Forwarded => null;

    /// <summary>
    /// The least space that <see cref="Receive"/> needs, in bytes: at most <see cref="MaxReceiveBytes"/>. A cipher needs more than a whole
    /// record, because it can return all of a record or nothing.
    /// </summary>
    int MinReceiveBytes => 1;

    /// <summary>Ends the sending side. Bytes already sent still arrive.</summary>
    void ShutdownSend();
}

/// <summary>
/// A datagram socket: UDP, or a simulated one. It never blocks, and never throws for anything that a peer does. As a peer, it is the sender
/// of the last datagram.
/// </summary>
public interface IDatagramChannel : IPeer
{
    /// <summary>Reads one datagram, whose bytes beyond the buffer are lost. It may be empty.</summary>
    DatagramStatus Receive(Span<byte> buffer, out int received);

    /// <summary>Sends one datagram, perhaps empty, to the sender of the last one read.</summary>
    DatagramStatus Answer(ReadOnlySpan<byte> datagram);

    /// <summary>The port that the last datagram came from.</summary>
    int SenderPort { get; }
}

/// <summary>The outcome of a call on a datagram socket.</summary>
public enum DatagramStatus
{
    /// <summary>One datagram was read or sent.</summary>
    Ok,

    /// <summary>None is there, or none can be sent now.</summary>
    WouldBlock,

    /// <summary>
    /// One datagram failed, this one or an earlier one: it was too large, or its receiver refused it. The socket goes on working.
    /// </summary>
    Failed,
}

/// <summary>The outcome of an accept.</summary>
public enum AcceptStatus
{
    /// <summary>A new channel was accepted.</summary>
    Accepted,

    /// <summary>No connection is pending.</summary>
    WouldBlock,

    /// <summary>The pending connection is gone, or the accept was interrupted. Another accept may succeed.</summary>
    Failed,

    /// <summary>No descriptors or memory are left for another channel, or another lasting error occurred. Accepting pauses.</summary>
    OutOfDescriptors,
}

/// <summary>The outcome of a read or write on a channel. A peer's behaviour is a value, never an exception.</summary>
public enum ChannelStatus
{
    /// <summary>At least one byte was moved, perhaps fewer than requested.</summary>
    Ok,

    /// <summary>No byte can be moved now.</summary>
    WouldBlock,

    /// <summary>The peer has closed its side: no more bytes will arrive.</summary>
    EndOfInput,

    /// <summary>The connection is broken.</summary>
    Broken,
}

/// <summary>
/// Names one registration with a network: an index into the event loop's table, and its generation. The token of a closed connection never
/// names a later one, even if the kernel reuses the descriptor's number.
/// </summary>
/// <param name="Index">Index in the table; listeners count from -1 downwards.</param>
/// <param name="Generation">How often the index has been reserved.</param>
public readonly record struct Token(int Index, uint Generation)
{
    /// <summary>The token as one 64-bit number, for system calls that carry one.</summary>
    public ulong Packed => ((ulong)Generation << 32) | (uint)Index;

    /// <summary>Returns the token of a listener, by its number from 0.</summary>
    public static Token ForListener(int listener) => new(-1 - listener, 0);

    /// <summary>Returns the token that <see cref="Packed"/> encodes.</summary>
    public static Token Unpack(ulong packed) => new((int)(uint)packed, (uint)(packed >> 32));

    /// <summary>Whether the token names a listener, and its number from 0.</summary>
    public bool IsListener(out int listener)
    {
        listener = -1 - Index;
        return Index < 0;
    }
}

/// <summary>The readiness of one registration. It is level-triggered: each wait reports it until the caller has used it up.</summary>
/// <param name="Token">The registration.</param>
/// <param name="Flags">The operations that are ready.</param>
public readonly record struct Readiness(Token Token, ReadinessFlags Flags);

/// <summary>The operations that should not block. This is a hint: a read or write may still return "would block".</summary>
[Flags]
public enum ReadinessFlags
{
    /// <summary>No operation is ready.</summary>
    None = 0,

    /// <summary>Readable, or at the end of input.</summary>
    Readable = 1,

    /// <summary>Writable.</summary>
    Writable = 2,

    /// <summary>There is an error, or both sides are closed.</summary>
    Error = 4,
}

/// <summary>The readiness that a registration asks for. Errors and hang-ups are always reported.</summary>
[Flags]
public enum Interest
{
    /// <summary>Errors only.</summary>
    None = 0,

    /// <summary>Readable (a listener: acceptable).</summary>
    Read = 1,

    /// <summary>Writable.</summary>
    Write = 2,
}
