using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>The dialogue of a protocol in which every frame is one command.</summary>
internal sealed class CommandDialogue : IDialogue
{
    private readonly ICommandProtocol _protocol;
    private readonly IDialogueHost _host;
    private readonly Session _session;
    private bool _isBeginning = true;

    /// <summary>Lets the client in.</summary>
    public CommandDialogue(ICommandProtocol protocol, IDialogueHost host)
    {
        _protocol = protocol;
        _host = host;
        _session = host.Hub.Connect(host.Output);
    }

    public Session Session => _session;

    public bool IsOver => _session.IsGone;

    public int Cost => 1;

    public int PatienceMs => 0;

    public bool HasMore => false;

    public CommandResult Take(Span<byte> frame)
    {
        Command command = default;
        var result = _isBeginning ? _protocol.CheckFirst(frame, out _isBeginning) : CommandResult.Done();
        if (result.IsDone)
        {
            result = _protocol.Parse(frame, out command);
        }

        if (result.IsDone)
        {
            result = _host.Hub.Execute(_session, command);
        }

        _host.Answer(_session, command.Id, result);
        return result;
    }

    public CommandResult Refuse(DecodeStatus status)
    {
        var wrong = _protocol.Describe(status);
        _host.Answer(_session, default, wrong);
        return wrong;
    }

    public void WriteMore()
    {
    }
}
