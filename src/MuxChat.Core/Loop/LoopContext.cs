using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>What the connections of one event loop share with it.</summary>
internal sealed class LoopContext
{
    private readonly Replaceable<LoopLimits> _limits;

    public LoopContext(INetwork network, ClientContext shared, Replaceable<LoopLimits> limits)
    {
        Network = network;
        Shared = shared;
        _limits = limits;
        Limiter = new ConnectionLimiter(limits);
        Flusher = new Flusher(shared.Broadcaster, limits);
        ReadScratch = GC.AllocateUninitializedArray<byte>(limits.Current.ReadBytesPerTick, pinned: true);
        WriteScratch = GC.AllocateUninitializedArray<byte>(WriteScratchBytes, pinned: true);
    }

    /// <summary>Several slices of an outbox are gathered here to be sent by one call: 64 KiB.</summary>
    public const int WriteScratchBytes = 64 * 1024;

    public INetwork Network { get; }

    public ClientContext Shared { get; }

    /// <summary>The limits that hold now.</summary>
    public LoopLimits Limits => _limits.Current;

    /// <summary>Decides which connections are let in.</summary>
    public ConnectionLimiter Limiter { get; }

    /// <summary>Mistakes of the program that one client pays for.</summary>
    public InternalErrors Errors => Shared.Broadcaster.Errors;

    public TimerQueue Timers { get; } = new();

    /// <summary>All connections read into this; only what is left of an unfinished frame is kept.</summary>
    public byte[] ReadScratch { get; }

    public byte[] WriteScratch { get; }

    /// <summary>Writes what was published, and knows which connections go on or end after that.</summary>
    public Flusher Flusher { get; }

    public long NowMs => Shared.Clock.NowMs;

    /// <summary>
    /// Does something for one connection. A mistake of the program in it ends that one, and the caller goes on with the next.
    /// </summary>
    public void Serve<T>(Connection connection, Action<Connection, T> step, T value, string doing) =>
        Errors.Try(connection, step, value, doing);

    /// <summary>Closes a channel, whatever the poller says to that.</summary>
    public void Close(IChannel channel)
    {
        try
        {
            Network.Close(channel);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            Errors.Note(error, $"closing {channel.RemoteName}");
        }
    }
}
