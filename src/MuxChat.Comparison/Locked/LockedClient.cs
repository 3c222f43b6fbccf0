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

/// <summary>One client of a server with many threads: the common part of thread-per-client and async.</summary>
/// <remarks>
/// A reader waits for bytes and runs their commands under the gate. A writer sends queued bytes outside the gate. The reader lives as long
/// as the client and closes it. The phases follow the same order as in the event loop: open, finishing, lingering, closed. Every member
/// needs the gate unless its comment says otherwise.
/// </remarks>
internal abstract class LockedClient : IOutputOwner
{
    /// <summary>
    /// Milliseconds in one send after which the writer counts as stuck: 1,000. In a shorter send, its thread may just not have run yet.
    /// </summary>
    private const int StuckMs = 1_000;

    /// <summary>Milliseconds in one send after which the client does not keep up: 100, the interval of the deadline checks.</summary>
    private const int BehindMs = 100;

    /// <summary>
    /// Milliseconds after which a reader looks again whether an answer that waits for slow work is ready: 10. The writer has nothing to do
    /// with such an answer, so the reader waits as for the flood budget.
    /// </summary>
    private const int AnswerMs = 10;

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
    /// Bytes that count towards the limit on queued output. All queued and in-flight bytes count while one send takes longer than
    /// <see cref="BehindMs"/>; otherwise none do.
    /// </summary>
    public long BacklogBytes => !Recipient.IsClosed && IsSendingFor(BehindMs) ? UnsentBytes : 0;

    /// <summary>Whether the writer may end once its queue is empty. It must not while answers wait for the journal.</summary>
    public bool IsFinishing => !Closing.IsOpen && Recipient.PendingAnswers == 0;

    protected LockedContext Server { get; }

    protected Socket Socket { get; }

    protected ReassemblyBuffer Buffer { get; } = new();

    /// <summary>When the current send began, in the clock's milliseconds; -1 when there is none.</summary>
    protected long SendingSinceMs { get; set; } = -1;

    /// <summary>Bytes taken from the outbox and not sent yet.</summary>
    protected long InFlightBytes { get; set; }

    /// <summary>The slices of those bytes. The writer holds their references.</summary>
    protected List<Slice> InFlight { get; } = [];

    private long UnsentBytes => Recipient.Outbox.QueuedBytes + InFlightBytes;

    /// <summary>Copies all queued and in-flight slices, for a caller that counts bytes.</summary>
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

    /// <summary>Handles each deadline that has passed.</summary>
    public void OnTime()
    {
        Try(static (self, _) => self.DoWhatIsDue(), 0, "running a timer of");

        // An expelled client that does not read is not waited for.
        var isStubborn = Closing.Phase == Phase.Finishing && Closing.IsExpelled && IsSendingFor(BehindMs);
        if (isStubborn || Server.Shared.Clock.NowMs >= Closing.PhaseEndsMs)
        {
            // If the phase is still open, the connection is lost, and its last words took too long.
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

    /// <summary>Closes the client at once, because it reads too slowly.</summary>
    public void Cut(CloseReason reason)
    {
        Recipient.Close();
        End(reason);
        Abandon();
    }

    /// <summary>Tells the client that the server is stopping.</summary>
    public void Stop() => Try(static (self, reason) => self.End(reason), CloseReason.ServerStopping, "stopping");

    /// <summary>Handles a broken connection.</summary>
    public void OnBroken()
    {
        End(CloseReason.Reset);
        Abandon();
    }

    /// <summary>
    /// Handles a failed send: the peer is gone. The commands that it has already sent still run,
    /// for at most <see cref="LoopLimits.LastWordsMs"/>.
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

    /// <summary>
    /// Begins the lingering phase, in which the client can read the last bytes. Called when the writer has sent everything.
    /// </summary>
    public void BeginLingering()
    {
        if (Closing.Phase == Phase.Finishing)
        {
            Closing.Enter(Phase.Lingering, Server.Shared.Clock.NowMs + Server.Limits.LingerMs);
        }
    }

    /// <summary>Wakes the writer to send bytes or to finish.</summary>
    protected abstract void SignalWriter();

    /// <summary>Ends every wait of the reader and the writer other than a socket call.</summary>
    protected abstract void EndWaits();

    /// <summary>Feeds the client once with the buffered bytes. Takes the gate.</summary>
    /// <param name="hasInput">Whether bytes arrived since the last call.</param>
    /// <param name="inputEnded">Whether the client has closed its side.</param>
    /// <param name="pauseMs">Milliseconds to wait when flood control pauses the client, or its answer is not ready; else 0.</param>
    protected FeedStatus Feed(bool hasInput, bool inputEnded, out int pauseMs)
    {
        lock (Server.Gate)
        {
            var nowMs = Server.RefreshNowMs();
            _fed = FeedStatus.Ended;
            Try(static (self, now) => self._fed = self.HandleInput(now.HasInput, now.InputEnded),
                (HasInput: hasInput, InputEnded: inputEnded), "serving");
            var status = _fed;
            if (status == FeedStatus.Ended)
            {
                // Further input is dropped.
                Buffer.Release();
            }

            FinishIfEnded();
            var isUnready = status == FeedStatus.OutputPaused && !_client.IsAnswerReady;
            pauseMs = isUnready ? AnswerMs : status == FeedStatus.FloodPaused ? (int)Math.Max(1, _client.FloodResumeMs - nowMs) : 0;
            Server.Deliver();
            return isUnready ? FeedStatus.FloodPaused : status;
        }
    }

    private FeedStatus HandleInput(bool hasInput, bool inputEnded)
    {
        if (hasInput)
        {
            _client.NoteInput();
        }

        FeedStatus status;
        do
        {
            status = _client.Feed(Buffer.Pending, out var consumed);
            Buffer.Consume(consumed);
        }
        while (status == FeedStatus.NeedMore && inputEnded && _client.TryEndInput(Buffer.Pending));

        if (status == FeedStatus.NeedMore && inputEnded)
        {
            _client.End(CloseReason.EndOfInput);
        }

        return status;
    }

    /// <summary>Handles a failed read. Takes the gate.</summary>
    protected void ReadFailed()
    {
        lock (Server.Gate)
        {
            Server.RefreshNowMs();
            OnBroken();
            Server.Deliver();
        }
    }

    /// <summary>Whether the client closed only its side, so that queued bytes still reach it. Takes the gate.</summary>
    protected bool IsHalfClosed()
    {
        lock (Server.Gate)
        {
            return _client.Ending == CloseReason.EndOfInput && !Recipient.IsClosed;
        }
    }

    /// <summary>Closes the outbox and ends the current send. Takes the gate.</summary>
    protected void CloseDown()
    {
        lock (Server.Gate)
        {
            Closing.Enter(Phase.Closed);
            Recipient.Close();
            Abandon();
        }
    }

    /// <summary>Removes the client after its reader and writer have ended. Takes the gate.</summary>
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

    /// <summary>Handles an internal error in the reader or the writer. Takes the gate.</summary>
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
