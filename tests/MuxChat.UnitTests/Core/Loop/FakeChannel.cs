using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>
/// A channel in memory, whose reads and writes fall short or fail as the test says. It fails the test when it is used after its end.
/// </summary>
internal sealed class FakeChannel : IChannel
{
    private readonly Queue<byte[]> _incoming = new();
    private readonly List<byte> _sent = [];
    private readonly List<byte> _held = [];
    private int _taken;

    public string RemoteName => "fake";

    /// <summary>This machine, which has no limits unless a test says so.</summary>
    public PeerAddress Address { get; init; } = new(0, IsLoopback: true);

    /// <summary>The most that one read gives.</summary>
    public int MaxRead { get; set; } = int.MaxValue;

    /// <summary>The most that one write takes.</summary>
    public int MaxSend { get; set; } = int.MaxValue;

    /// <summary>Bytes that writes take before they would block.</summary>
    public long Window { get; set; } = long.MaxValue;

    /// <summary>The window from which the network reports that it can be written, as a kernel waits for a third of its buffer.</summary>
    public long ReportedWindow { get; set; } = 1;

    /// <summary>Bytes that can be sent before the connection breaks.</summary>
    public long BreaksAfter { get; set; } = long.MaxValue;

    /// <summary>Nothing arrives any more, on either side. What has arrived can still be read.</summary>
    public bool IsBroken { get; set; }

    public bool ReportsError { get; set; }

    public bool PeerHasClosed { get; set; }

    /// <summary>The network says that it can be read though there is nothing.</summary>
    public bool IsSpuriouslyReadable { get; set; }

    public bool IsShutDown { get; private set; }

    public bool IsClosed { get; set; }

    public Interest Interest { get; set; }

    public Token Token { get; set; }

    public List<Interest> InterestsAsked { get; } = [];

    public int Sends { get; private set; }

    public int Reads { get; private set; }

    /// <summary>Milliseconds that each write takes.</summary>
    public int SendMs { get; set; }

    /// <summary>The clock that such a write moves.</summary>
    public FakeTimeProvider? Time { get; set; }

    /// <summary>The call that meets a mistake of the program.</summary>
    public ChannelCall Fails { get; set; }

    /// <summary>
    /// The most that one write takes and holds, as a cipher does, until the window lets it through; 0 for a channel that holds nothing.
    /// </summary>
    public int HoldsAtMost { get; set; }

    /// <summary>What a cipher answers by itself to what it reads next, of which nothing is for the connection.</summary>
    public byte[] OwnAnswer { get; set; } = [];

    public bool HasUnsent => _held.Count > 0;

    /// <summary>Pieces that it reads to open, each a step of a handshake; 0 for a channel that is open.</summary>
    public int OpeningPieces { get; set; }

    /// <summary>The first byte that makes it open; null for none.</summary>
    public byte? OpensOn { get; init; }

    /// <summary>Whether it cannot open: its next read finds that out.</summary>
    public bool CannotOpen { get; set; }

    public bool IsOpening => OpeningPieces > 0;

    public string OpeningFault { get; private set; } = "";

    /// <summary>The client that a proxy names, known once the channel has read its first piece.</summary>
    public ForwardedPeer? Names { get; init; }

    public ForwardedPeer? Forwarded => Reads > 0 ? Names : null;

    public int MinReceiveBytes { get; init; } = 1;

    public bool IsReadable => _incoming.Count > 0 || OwnAnswer.Length > 0 || PeerHasClosed || IsBroken || IsSpuriouslyReadable;

    public bool IsWritable => Window >= ReportedWindow || IsBroken;

    public int BytesToRead => _incoming.Sum(static piece => piece.Length) - _taken;

    /// <summary>What comes in. One piece is never read together with the next.</summary>
    public void Type(string text) => Type(Bytes.Utf8(text));

    public void Type(byte[] bytes) => _incoming.Enqueue(bytes);

    /// <summary>Returns the bytes sent since the last call.</summary>
    public byte[] ReadBytes()
    {
        byte[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    public string ReadText() => Bytes.Utf8(ReadBytes());

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        Assert.False(IsClosed, "It was read from after it was closed.");
        Assert.False(buffer.IsEmpty, "It was read into nothing.");
        Assert.True(buffer.Length >= MinReceiveBytes, "It was read into too little.");
        FaultException.ThrowIf(Fails == ChannelCall.Receive);
        Reads++;
        received = 0;
        if (OwnAnswer.Length > 0)
        {
            _held.AddRange(OwnAnswer);
            OwnAnswer = [];
            return ChannelStatus.WouldBlock;
        }

        if (!_incoming.TryPeek(out var piece))
        {
            return IsBroken ? ChannelStatus.Broken : PeerHasClosed ? ChannelStatus.EndOfInput : ChannelStatus.WouldBlock;
        }

        if (OpensOn is { } first && piece[0] == first && _sent.Count == 0 && Reads == 1)
        {
            OpeningPieces++;
        }

        if (IsOpening && !IsShutDown)
        {
            return Open();
        }

        received = Math.Min(Math.Min(piece.Length - _taken, buffer.Length), MaxRead);
        piece.AsSpan(_taken, received).CopyTo(buffer);
        _taken += received;
        if (_taken == piece.Length)
        {
            _incoming.Dequeue();
            _taken = 0;
        }

        return ChannelStatus.Ok;
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        Assert.False(IsClosed || IsShutDown, "It was written to after its end.");
        Assert.False(bytes.IsEmpty && !HasUnsent, "Nothing was written.");
        Assert.True(bytes.IsEmpty || !IsOpening, "It was written to before it was open.");
        FaultException.ThrowIf(Fails == ChannelCall.Send);
        Sends++;
        Time?.AdvanceMs(SendMs);
        sent = 0;
        IsBroken |= BreaksAfter <= 0;
        if (IsBroken)
        {
            return ChannelStatus.Broken;
        }

        if (HasUnsent || HoldsAtMost > 0)
        {
            PassOn();
            sent = HasUnsent ? 0 : Math.Min(bytes.Length, HoldsAtMost);
            _held.AddRange(bytes[..sent]);
            PassOn();
        }
        else
        {
            sent = Pass(bytes);
        }

        return sent == 0 && (HasUnsent || !bytes.IsEmpty) ? ChannelStatus.WouldBlock : ChannelStatus.Ok;
    }

    private ChannelStatus Open()
    {
        if (CannotOpen)
        {
            OpeningFault = "no shared cipher";
            _held.AddRange("alert"u8);
            PassOn();
            return ChannelStatus.Broken;
        }

        _incoming.Dequeue();
        OpeningPieces--;
        return ChannelStatus.WouldBlock;
    }

    private void PassOn()
    {
        var passed = Pass(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held));
        _held.RemoveRange(0, passed);
    }

    private int Pass(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(Math.Min(bytes.Length, MaxSend), Math.Min(Window, BreaksAfter));
        _sent.AddRange(bytes[..count]);
        Window -= Window == long.MaxValue ? 0 : count;
        BreaksAfter -= BreaksAfter == long.MaxValue ? 0 : count;
        return count;
    }

    public void ShutdownSend()
    {
        Assert.False(IsClosed || IsShutDown, "It was shut down after its end.");
        Assert.False(HasUnsent, "It was shut down with bytes that it held.");
        FaultException.ThrowIf(Fails == ChannelCall.ShutdownSend);
        IsShutDown = true;
    }
}
