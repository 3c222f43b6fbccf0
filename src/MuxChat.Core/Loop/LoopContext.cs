using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>The state that the connections of one event loop share with it.</summary>
internal sealed class LoopContext
{
    private readonly Replaceable<LoopLimits> _limits;

    public LoopContext(INetwork network, ClientContext shared, Replaceable<LoopLimits> limits)
    {
        Datagrams = new AddressRates(shared.AddressKey);
        Network = network;
        Shared = shared;
        _limits = limits;
        Metrics = shared.Metrics;
        Recorder = new TickRecorder(shared.Clock, shared.Hub.Metrics);
        Limiter = new ConnectionLimiter(limits);
        Flusher = new Flusher(shared.Broadcaster, limits, Recorder);
        var readBytes = Math.Max(limits.Current.ReadBytesPerTick, IChannel.MaxReceiveBytes);
        ReadScratch = GC.AllocateUninitializedArray<byte>(readBytes, pinned: true);
        WriteScratch = GC.AllocateUninitializedArray<byte>(WriteScratchBytes, pinned: true);
    }

    private int _openingSteps;

    /// <summary>Bytes in which slices of an outbox are gathered for one send: 64 KiB.</summary>
    public const int WriteScratchBytes = 64 * 1024;

    public INetwork Network { get; }

    public ClientContext Shared { get; }

    /// <summary>The limits in force.</summary>
    public LoopLimits Limits => _limits.Current;

    /// <summary>The figures of connections.</summary>
    public ConnectionMetrics Metrics { get; }

    /// <summary>Records the ticks while the loop is watched.</summary>
    public TickRecorder Recorder { get; }

    /// <summary>Decides which connections are admitted.</summary>
    public ConnectionLimiter Limiter { get; }

    /// <summary>Decides which datagrams are handled.</summary>
    public AddressRates Datagrams { get; }

    /// <summary>Catches internal errors, so that each costs one client.</summary>
    public InternalErrors Errors => Shared.Broadcaster.Errors;

    public TimerQueue Timers { get; } = new();

    /// <summary>The buffer that all connections read into. Each connection copies only an unfinished frame.</summary>
    public byte[] ReadScratch { get; }

    public byte[] WriteScratch { get; }

    /// <summary>Writes published events, and lists the connections to resume or close after that.</summary>
    public Flusher Flusher { get; }

    public long NowMs => Shared.Clock.NowMs;

    /// <summary>
    /// Runs a step for one connection. An internal error in the step ends that connection only; the caller goes on with the next.
    /// </summary>
    public void Serve<T>(Connection connection, Action<Connection, T> step, T value, string doing) =>
        Errors.Try(connection, step, value, doing);

    /// <summary>Reads from a channel, and records the time.</summary>
    public ChannelStatus Receive(IChannel channel, Span<byte> space, out int received)
    {
        var before = Recorder.Enter(TickPhase.Read);
        var status = channel.Receive(space, out received);
        Recorder.Enter(before);
        return status;
    }

    /// <summary>Begins a tick, with its own share of opening steps.</summary>
    public void BeginTick() => _openingSteps = Limits.HandshakeStepsPerTick;

    /// <summary>Uses up one of the tick's opening steps. False if none is left.</summary>
    public bool TryOpeningStep() => _openingSteps-- > 0;

    /// <summary>Closes a channel, even if the poller fails.</summary>
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
