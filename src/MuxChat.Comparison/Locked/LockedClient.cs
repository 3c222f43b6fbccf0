using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using Phase = MuxChat.Core.Delivery.ClosingPhase;

namespace MuxChat.Comparison.Locked;

/// <summary>
/// One client where many threads serve: what is the same for a thread per client and for async. A reader waits for bytes and carries them
/// out under the gate; a writer sends what is queued, outside of it. The reader lives as long as the client and closes it.
/// </summary>
/// <remarks>
/// It goes one way, as in the event loop: talking, finishing, lingering, closed. All members are used under the
/// gate unless they say otherwise.
/// </remarks>
internal abstract class LockedClient : IOutputOwner
{
    /// <summary>
    /// A writer that has been in one send for this long, in milliseconds, is stuck: 1,000. A shorter one may just not have had its turn.
    /// </summary>
    private const int StuckMs = 1_000;

    /// <summary>
    /// A writer that has been in one send for this long, in milliseconds, does not keep up: 100, which is how often it is looked at.
    /// </summary>
    private const int BehindMs = 100;

    private readonly ProtocolConnection _client;
    private FeedStatus _fed;
    private long _overSinceMs = -1;
    private long _droppedInFlight;

    protected LockedClient(LockedContext server, Socket socket)
    {
        Server = server;
        Socket = socket;
        RemoteName = SocketNames.Remote(socket);
        Address = PeerAddresses.Of(socket);
        _client = new ProtocolConnection(server.Shared, new Recipient(server.Shared.Broadcaster, this));
    }

    public string RemoteName { get; }

    public PeerAddress Address { get; }

    public Recipient Recipient => _client.Recipient;

    private ClosingState Closing => _client.Recipient.Closing;

    /// <summary>
    /// Bytes that count for the cap on queued output: all that is queued or under way while one send takes longer than
    /// <see cref="BehindMs"/>, else none.
    /// </summary>
    public long BacklogBytes => !Recipient.IsClosed && IsSendingFor(BehindMs) ? UnsentBytes : 0;

    /// <summary>Whether the writer may end once nothing is queued: not while answers wait for the journal.</summary>
    public bool IsFinishing => !Closing.IsOpen && Recipient.PendingAnswers == 0;

    protected LockedContext Server { get; }

    protected Socket Socket { get; }

    protected ReassemblyBuffer Buffer { get; } = new();

    /// <summary>When the writer began the send that is under way; -1 when none is.</summary>
    protected long SendingSinceMs { get; set; } = -1;

    /// <summary>Bytes that have left the outbox and are not sent yet.</summary>
    protected long InFlightBytes { get; set; }

    /// <summary>The same as slices. Who sends them holds the references.</summary>
    protected List<Slice> InFlight { get; } = [];

    private long UnsentBytes => Recipient.Outbox.QueuedBytes + InFlightBytes;

    /// <summary>Copies all that is queued or under way, for whoever counts it.</summary>
    public void CopyQueued(List<Slice> into)
    {
        into.AddRange(InFlight);
        Recipient.Outbox.CopyTo(into);
    }

    /// <summary>Greets the client, if its protocol is known.</summary>
    public void Begin(IProtocol? protocol)
    {
        Try(static (self, protocol) => self._client.Begin(protocol), protocol, "greeting");
        FinishIfEnded();
    }

    /// <inheritdoc/>
    public void Flush() => Try(static (self, _) => self.Write(), 0, "writing to");

    /// <summary>Does what is due.</summary>
    public void OnTime()
    {
        Try(static (self, _) => self.DoWhatIsDue(), 0, "running a timer of");

        // Who is expelled and does not read is not waited for.
        var isStubborn = Closing.Phase == Phase.Finishing && Closing.IsExpelled && IsSendingFor(BehindMs);
        if (isStubborn || Server.Shared.Clock.NowMs >= Closing.PhaseEndsMs)
        {
            // Still talking, it is lost, and its last words took too long.
            End(CloseReason.Reset);
            Abandon();
        }
    }

    /// <inheritdoc/>
    public void Fail(long number)
    {
        if (Closing.IsOpen)
        {
            _client.Fail(number);
            FinishIfEnded();
        }
        else
        {
            Abandon();
        }
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        Closing.EndPhaseAt(long.MaxValue);
        _droppedInFlight = Math.Max(_droppedInFlight, InFlightBytes);
        SocketNames.TryShutdown(Socket, SocketShutdown.Both);
        EndWaits();
    }

    /// <summary>Closes it at once, because it does not read what it is sent.</summary>
    public void Cut(CloseReason reason)
    {
        Recipient.Close();
        End(reason);
        Abandon();
    }

    /// <summary>Tells the client that the server stops.</summary>
    public void Stop() => Try(static (self, reason) => self.End(reason), CloseReason.ServerStopping, "stopping");

    /// <summary>The connection broke.</summary>
    public void OnBroken()
    {
        End(CloseReason.Reset);
        Abandon();
    }

    /// <summary>
    /// The writer cannot send any more: the peer is gone. What it had said is still carried out, for as long as
    /// <see cref="LoopLimits.LastWordsMs"/> allows.
    /// </summary>
    public void OnUnheard()
    {
        if (!Closing.IsOpen)
        {
            Abandon();
            return;
        }

        Recipient.Close();
        Closing.EndPhaseAt(Server.Shared.Clock.NowMs + Server.Limits.LastWordsMs);
    }

    /// <summary>The writer has sent everything and will send no more: give the client the chance to read it.</summary>
    public void BeginLingering()
    {
        if (Closing.Phase == Phase.Finishing)
        {
            Closing.Enter(Phase.Lingering, Server.Shared.Clock.NowMs + Server.Limits.LingerMs);
        }
    }

    /// <summary>Wakes the writer: there is something to send, or the client is finishing.</summary>
    protected abstract void SignalWriter();

    /// <summary>Ends every wait of the reader's and the writer's that is not a socket call.</summary>
    protected abstract void EndWaits();

    /// <summary>Feeds the client once with what is in the buffer. Takes the gate.</summary>
    /// <param name="hasInput">Whether bytes came in since the last time.</param>
    /// <param name="inputEnded">Whether the client has closed its side.</param>
    /// <param name="pauseMs">How long to wait when the client has said too much.</param>
    protected FeedStatus Feed(bool hasInput, bool inputEnded, out int pauseMs)
    {
        lock (Server.Gate)
        {
            var nowMs = Server.RefreshNowMs();
            _fed = FeedStatus.Ended;
            Try(static (self, now) => self._fed = self.HandleInput(now.HasInput, now.InputEnded),
                (HasInput: hasInput, InputEnded: inputEnded),
                "serving");
            var status = _fed;
            if (status == FeedStatus.Ended)
            {
                // What still comes is dropped.
                Buffer.Release();
            }

            FinishIfEnded();
            pauseMs = status == FeedStatus.FloodPaused ? (int)Math.Max(1, _client.FloodResumeMs - nowMs) : 0;
            Server.Deliver();
            return status;
        }
    }

    private FeedStatus HandleInput(bool hasInput, bool inputEnded)
    {
        if (hasInput)
        {
            _client.NoteInput();
        }

        var status = _client.Feed(Buffer.Pending, out var consumed);
        Buffer.Consume(consumed);
        if (status == FeedStatus.NeedMore && inputEnded)
        {
            _client.End(CloseReason.EndOfInput);
        }

        return status;
    }

    /// <summary>A read failed. Takes the gate.</summary>
    protected void ReadFailed()
    {
        lock (Server.Gate)
        {
            Server.RefreshNowMs();
            OnBroken();
            Server.Deliver();
        }
    }

    /// <summary>Whether the client closed its side only, so that what is queued still reaches it. Takes the gate.</summary>
    protected bool IsHalfClosed()
    {
        lock (Server.Gate)
        {
            return _client.Ending == CloseReason.EndOfInput && !Recipient.IsClosed;
        }
    }

    /// <summary>Nothing more is queued, and what is under way ends. Takes the gate.</summary>
    protected void CloseDown()
    {
        lock (Server.Gate)
        {
            Closing.Enter(Phase.Closed);
            Recipient.Close();
            Abandon();
        }
    }

    /// <summary>Reader and writer have ended. Takes the gate.</summary>
    protected void Forget()
    {
        lock (Server.Gate)
        {
            Server.Clients.Remove(this);
            Server.Limiter.Release(Address);
            Server.Observer.Closed(this, _client.NickForLog, _client.Ending, Recipient.UnsentBytes + _droppedInFlight,
                Server.Clients.Count);
        }

        Buffer.Release();
        Socket.Dispose();
    }

    protected void End(CloseReason reason)
    {
        _client.End(reason);
        FinishIfEnded();
    }

    /// <summary>Its reader or writer met a mistake of the program. Takes the gate.</summary>
    protected internal void Failed(Exception error, string doing)
    {
        lock (Server.Gate)
        {
            Server.RefreshNowMs();
            Try(static (_, error) => ExceptionDispatchInfo.Throw(error), error, doing);
            Abandon();
            Server.Deliver();
        }
    }

    private void Write()
    {
        _client.EndIfExpelled();
        FinishIfEnded();
        Recipient.Outbox.Compact(Server.Shared.Broadcaster.Pool);
        CutIfTooSlow();
        SignalWriter();
    }

    private void DoWhatIsDue()
    {
        _client.OnDeadline();
        FinishIfEnded();
        CutIfTooSlow();
    }

    private void Try<T>(Action<LockedClient, T> step, T value, string doing) => Server.Errors.Try(this, step, value, doing);

    private void CutIfTooSlow()
    {
        if (Closing.Phase is not (Phase.Open or Phase.Finishing))
        {
            return;
        }

        var rule = Server.Limits.SlowConsumer;
        var nowMs = Server.Shared.Clock.NowMs;
        var counted = IsSendingFor(StuckMs) ? UnsentBytes : Math.Min(UnsentBytes, rule.HardBytes);
        if (rule.IsExceeded(counted, nowMs, ref _overSinceMs))
        {
            Cut(CloseReason.SlowConsumer);
        }
    }

    private bool IsSendingFor(int milliseconds) => SendingSinceMs >= 0 && Server.Shared.Clock.NowMs - SendingSinceMs >= milliseconds;

    private void FinishIfEnded()
    {
        if (Closing is { IsOpen: true, IsEnded: true })
        {
            Closing.Enter(Phase.Finishing, Server.Shared.Clock.NowMs + Server.Limits.FlushMs);
            SignalWriter();
        }
    }
}
