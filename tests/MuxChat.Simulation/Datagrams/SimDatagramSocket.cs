using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Datagrams;

/// <summary>
/// A UDP socket of the server's: what arrived and waits to be read, and the errors that reading it gives. It tells the check of all that
/// the server does.
/// </summary>
internal sealed class SimDatagramSocket(SimDatagrams datagrams, SimNetwork network, Machine machine, int listener, SeededRandom random)
    : IDatagramChannel
{
    /// <summary>Reports in a row of something ready that is not served.</summary>
    private const int MaxReports = 3;

    private readonly Queue<SimDatagram> _waiting = new();
    private SimDatagram? _last;
    private bool _isRefused;
    private int _failing;
    private int _reports;

    public PeerAddress Address => _last?.From.Address ?? default;

    public int SenderPort => _last?.From.Port ?? 0;

    public string RemoteName => $"sender-{_last?.From.Number}";

    public bool IsReadable => _waiting.Count > 0 || _isRefused || _failing > 0;

    public DatagramStatus Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        network.BeginDatagramCall(random);
        _reports = 0;
        datagrams.Check?.Conclude();
        if (_isRefused || _failing > 0 || random.Chance(datagrams.Faults.ReadFails))
        {
            return Fail();
        }

        if (_waiting.Count == 0 || random.Chance(datagrams.Faults.ReadBlocks))
        {
            machine.Note(TraceKind.Fault, -1, listener, _waiting.Count, "no datagram to be read from listener {0}, {1} wait");
            return DatagramStatus.WouldBlock;
        }

        _last = _waiting.Dequeue();
        received = Math.Min(buffer.Length, _last.Content.Length);
        _last.Content.AsSpan(0, received).CopyTo(buffer);
        machine.Note(TraceKind.Receive, -1, _last.Number, listener, "datagram {0} from listener {1}", _last.Content);
        network.NoteProgress(true);
        datagrams.Check?.Received(_last);
        return DatagramStatus.Ok;
    }

    public DatagramStatus Answer(ReadOnlySpan<byte> datagram)
    {
        network.BeginDatagramCall(random);
        var faults = datagrams.Faults;
        var status = random.Chance(faults.AnswerBlocks) ? DatagramStatus.WouldBlock
            : random.Chance(faults.AnswerFails) ? DatagramStatus.Failed
            : DatagramStatus.Ok;
        machine.Note(TraceKind.Send, -1, _last?.Number ?? -1, (long)status, "answer to datagram {0}, outcome {1}", datagram);
        datagrams.Check?.Answered(datagram, status);
        if (status != DatagramStatus.Ok)
        {
            return status;
        }

        if (random.Chance(faults.Refused))
        {
            machine.Agenda.Add(machine.Clock.NowUs + random.Below(faults.MaxDelayUs + 1), () => _isRefused = !network.AreListenersClosed);
        }
        else
        {
            datagrams.SendBack(_last!.From, datagram.ToArray());
        }

        return status;
    }

    /// <summary>A datagram arrives. The kernel drops it when too many wait, or when nobody listens.</summary>
    public void Arrive(DatagramSender from, byte[] content)
    {
        if (network.AreListenersClosed || _waiting.Count >= datagrams.Plan.WaitingMost)
        {
            return;
        }

        var arrived = new SimDatagram(datagrams.NextNumber(), from, listener, content);
        machine.Note(TraceKind.Arrive, -1, arrived.Number, from.Number, "datagram {0} of sender {1}", content);
        _waiting.Enqueue(arrived);
    }

    /// <summary>A wait has reported that it can be read.</summary>
    public void CountReport() => Checks.Check.Fail(++_reports > MaxReports, CheckNames.Served,
        $"listener {listener} was reported ready {MaxReports} times, and no datagram was read");

    /// <summary>The server is gone, and what waited for it.</summary>
    public void Abandon()
    {
        _waiting.Clear();
        _last = null;
        (_isRefused, _failing, _reports) = (false, 0, 0);
    }

    /// <summary>From now on reading does not fail for what was before.</summary>
    public void CalmDown() => _failing = 0;

    // What is refused is told once. Any other error lasts: reading again gives it again, and no time goes by.
    private DatagramStatus Fail()
    {
        if (_isRefused)
        {
            _isRefused = false;
            network.NoteProgress(true);
        }
        else
        {
            _failing = _failing > 0 ? _failing - 1 : random.Pick(0, 0, 0, 0, 0, 0, 2, 2, 2, 70, 70, 2_500);
        }

        machine.Note(TraceKind.Fault, -1, listener, _failing, "reading from listener {0} fails, {1} times more");
        machine.Milestones.Note(Milestone.DatagramReadsFailed);
        return DatagramStatus.Failed;
    }
}
