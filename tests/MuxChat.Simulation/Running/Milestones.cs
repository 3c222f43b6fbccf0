using MuxChat.Core.Chat;
using MuxChat.Simulation.Mistakes;

namespace MuxChat.Simulation.Running;

/// <summary>How often runs came to what.</summary>
internal sealed class Milestones
{
    private readonly long[] _counts = new long[Enum.GetValues<Milestone>().Length];

    public long this[Milestone milestone] => _counts[(int)milestone];

    public void Note(Milestone milestone) => _counts[(int)milestone]++;

    public void Note(CloseReason reason) => Note(reason switch
    {
        CloseReason.Quit => Milestone.QuitClosed,
        CloseReason.EndOfInput => Milestone.EndOfInputClosed,
        CloseReason.Reset => Milestone.ResetClosed,
        CloseReason.SlowConsumer => Milestone.SlowConsumerClosed,
        CloseReason.IdleTimeout => Milestone.IdleTimeoutClosed,
        CloseReason.OutputCap => Milestone.OutputCapClosed,
        CloseReason.FrameOverrun => Milestone.FrameOverrunClosed,
        CloseReason.WrongPassword => Milestone.WrongPasswordClosed,
        CloseReason.LoginTimeout => Milestone.LoginTimeoutClosed,
        CloseReason.Killed => Milestone.KilledClosed,
        CloseReason.HandshakeFailed => Milestone.HandshakeFailedClosed,
        CloseReason.HandshakeTimeout => Milestone.HandshakeTimeoutClosed,
        CloseReason.SpokeTls => Milestone.SpokeTlsClosed,
        CloseReason.InternalError => Milestone.InternalErrorClosed,
        _ => Milestone.ServerStoppingClosed,
    });

    public void Note(MistakeKind kind) => Note(Enum.Parse<Milestone>($"Threw{kind}"));

    public void Add(Milestones others)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += others._counts[i];
        }
    }

    public override string ToString() =>
        string.Join(", ", Enum.GetValues<Milestone>().Select(milestone => $"{milestone} {this[milestone]}"));
}
