using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Ciphers;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Mistakes;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Wire;

/// <summary>
/// The server's end of a simulated connection: two queues of bytes and what can go wrong with them. It fails the run when it is used in
/// a way that real sockets punish.
/// </summary>
internal sealed class SimChannel(Machine machine, SimNetwork network, IFarEnd far, SeededRandom random) : IChannel
{
    public required PeerAddress Address { get; init; }

    public LocalUser? User { get; init; }

    public string RemoteName => $"client-{far.ClientNumber}";

    public IFarEnd Far => far;

    /// <summary>The cipher that the server speaks through, or may; null for none. The queues then hold what is sealed.</summary>
    public SimCipher? Cipher { get; set; }

    public bool HasUnsent => Cipher is { HasUnsent: true };

    public bool IsOpening => Cipher is { IsOpening: true };

    public string OpeningFault => Cipher?.OpeningFault ?? "";

    public int MinReceiveBytes => Cipher?.MinReceiveBytes ?? 1;

    /// <summary>What arrived and was not read by the server.</summary>
    public ByteQueue Incoming { get; } = new();

    /// <summary>What the server sent and the client has not read.</summary>
    public ByteQueue Outgoing { get; } = new();

    /// <summary>The client's last byte has arrived.</summary>
    public bool EndArrived { get; set; }

    public bool IsReset { get; private set; }

    /// <summary>The client has closed its end of a Unix socket: a hang-up at once, with what it sent still to be read.</summary>
    public bool IsHungUp { get; private set; }

    /// <summary>Bytes that could still be read when the server closed it, though the client had closed its end.</summary>
    public int UnreadBehindHangUp { get; private set; }

    public bool IsShutDown { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>The server was told that the connection is broken.</summary>
    public bool IsKnownBroken { get; private set; }

    /// <summary>The server was told by a write that the connection is broken. What had come in can still be read.</summary>
    public bool IsKnownDeaf { get; private set; }

    /// <summary>Nothing is reported of it any more.</summary>
    public bool IsUnwatched { get; set; }

    /// <summary>The server was told that the client closed its side.</summary>
    public bool IsKnownEnded { get; private set; }

    /// <summary>A wait has reported an error.</summary>
    public bool IsErrorReported { get; set; }

    /// <summary>The last write took less than was given.</summary>
    public bool LastSendFellShort { get; private set; }

    /// <summary>Content that the server has read.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Content that the server has written.</summary>
    public long BytesSent { get; private set; }

    public int Descriptor { get; set; } = -1;

    public Token Token { get; set; }

    public Interest Interest { get; set; }

    public bool IsRegistered { get; set; }

    /// <summary>After which wait it was registered.</summary>
    public int RegisteredAt { get; set; }

    /// <summary>Reports in a row that it can be read, without a read.</summary>
    public int ReadReports { get; set; }

    /// <summary>Reports in a row that it can be written, without a write.</summary>
    public int WriteReports { get; set; }

    public bool IsReadable => Incoming.Count > 0 || EndArrived || IsReset;

    public bool IsWritable => Outgoing.Count < machine.Faults.WindowBytes || IsReset || IsHungUp;

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        network.BeginCall(this, random, isRead: true);
        ReadReports = 0;
        received = 0;
        machine.Injector.Throw(MistakeKind.Receive, (Link)far);
        CheckFailed(buffer.IsEmpty, "it was read into nothing");
        var status = Cipher is null ? ReceiveWire(buffer, out received) : Cipher.Receive(buffer, out received);
        IsKnownEnded |= status == ChannelStatus.EndOfInput;
        IsKnownBroken |= status == ChannelStatus.Broken && !IsOpening;
        BytesReceived += received;
        return status;
    }

    /// <summary>Reads what has arrived, as it is.</summary>
    public ChannelStatus ReceiveWire(Span<byte> buffer, out int received)
    {
        received = 0;
        IsReset |= random.Chance(machine.Faults.ResetInCall);
        if (IsReset && Incoming.Count == 0)
        {
            return Broken();
        }

        // Behind an end there is always something to be read: bytes, or the end.
        if (!IsReset && !IsHungUp && random.Chance(machine.Faults.WouldBlock))
        {
            Note(TraceKind.Fault, 0, 0, "reading would block");
            return ChannelStatus.WouldBlock;
        }

        if (Incoming.Count == 0)
        {
            Note(TraceKind.Receive, 0, 0, EndArrived ? "end of input" : "nothing to read");
            network.NoteProgress(EndArrived);
            return EndArrived ? ChannelStatus.EndOfInput : ChannelStatus.WouldBlock;
        }

        // Behind a hang-up a kernel gives all that there is. Half a flight of a handshake, with an error, is that of a peer that is gone.
        var isWhole = IsHungUp && Cipher is not null;
        received = Cut(Math.Min(buffer.Length, Incoming.Count), isWhole ? 0 : machine.Faults.ShortRead);
        Incoming.Pending[..received].CopyTo(buffer);
        Note(TraceKind.Receive, received, Incoming.Count - received, "{0} bytes, {1} left", buffer[..received]);
        Incoming.Consume(received);
        network.NoteProgress(true);
        return ChannelStatus.Ok;
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        network.BeginCall(this, random, isRead: false);
        WriteReports = 0;
        sent = 0;
        machine.Injector.Throw(MistakeKind.Send, (Link)far);
        CheckFailed(bytes.IsEmpty && !HasUnsent, "nothing was written");
        CheckFailed(IsShutDown, "it was written to after it was shut down");
        var status = Cipher is null ? SendWire(bytes, out sent) : Cipher.Send(bytes, out sent);
        IsKnownDeaf |= status == ChannelStatus.Broken;
        LastSendFellShort = sent < bytes.Length || HasUnsent;
        if (sent > 0)
        {
            far.OnSent(bytes[..sent]);
            BytesSent += sent;
        }

        return status;
    }

    /// <summary>Sends bytes as they are.</summary>
    public ChannelStatus SendWire(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        IsReset |= random.Chance(machine.Faults.ResetInCall);
        network.ResetOther(this, random);
        if (IsReset || IsHungUp)
        {
            Note(TraceKind.Fault, 0, 0, "the server learns that the client no longer reads");
            network.NoteProgress(true);
            far.OnReadable();
            return ChannelStatus.Broken;
        }

        var free = machine.Faults.WindowBytes - Outgoing.Count;
        if (free <= 0 || random.Chance(machine.Faults.WouldBlock))
        {
            Note(TraceKind.Send, 0, bytes.Length, "writing would block, {1} offered");
            return ChannelStatus.WouldBlock;
        }

        sent = Cut(Math.Min(bytes.Length, free), machine.Faults.ShortWrite);
        Note(TraceKind.Send, sent, bytes.Length, "{0} of {1} bytes", bytes[..sent]);
        Outgoing.Append(bytes[..sent]);
        network.NoteProgress(true);
        far.OnReadable();
        return ChannelStatus.Ok;
    }

    public void ShutdownSend()
    {
        network.BeginCall(this, random, isRead: false);
        machine.Injector.Throw(MistakeKind.ShutDown, (Link)far);
        CheckFailed(IsShutDown, "it was shut down twice");
        Check.Fail(HasUnsent, CheckNames.Cipher, $"client {far.ClientNumber} was shut down, and its cipher held what was to be sent");
        Cipher?.SayGoodbye();
        IsShutDown = true;
        Note(TraceKind.ShutDown, 0, 0, "nothing more will be sent");
        network.NoteProgress(true);
        far.OnReadable();
    }

    /// <summary>The client closes its end of a Unix socket.</summary>
    public void PeerCloses()
    {
        if (!IsClosed && !IsReset)
        {
            Note(TraceKind.Arrive, 0, 0, "its close: nothing more can be written to it");
            machine.Milestones.Note(Milestone.BothSidesClosed);
            (EndArrived, IsHungUp) = (true, true);
        }
    }

    /// <summary>The connection breaks: nothing more arrives on either side. What has arrived can still be read, as on Linux.</summary>
    public void Reset()
    {
        if (!IsClosed && !IsReset)
        {
            Note(TraceKind.Fault, 0, 0, "reset");
            IsReset = true;
            far.OnReadable();
        }
    }

    public void NoteClosed()
    {
        if (!IsShutDown)
        {
            Cipher?.SayGoodbye();
        }

        IsClosed = true;
        UnreadBehindHangUp = IsHungUp && !IsReset ? Incoming.Count : 0;
        // Closed with unread input, it is reset: what the client has not read is lost (RFC 9293, section 3.10.4).
        IsReset |= Incoming.Count > 0;
        far.OnReadable();
    }

    public void CheckFailed(bool failed, string what)
    {
        if (failed)
        {
            throw new CheckFailedException(CheckNames.Doomed, $"the connection of client {far.ClientNumber}: {what}");
        }
    }

    private ChannelStatus Broken()
    {
        IsKnownBroken = true;
        Incoming.Clear();
        Note(TraceKind.Fault, 0, 0, "the server learns that it is broken");
        network.NoteProgress(true);
        far.OnReadable();
        return ChannelStatus.Broken;
    }

    private int Cut(int max, double share) => random.Chance(share) ? (random.Chance(0.5) ? 1 : random.Between(1, max)) : max;

    private void Note(TraceKind kind, long a, long b, string word, ReadOnlySpan<byte> bytes = default) =>
        machine.Note(kind, far.ClientNumber, a, b, word, bytes);
}
