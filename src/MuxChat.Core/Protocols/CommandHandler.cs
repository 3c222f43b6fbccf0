using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>The handler of a protocol in which every frame is one command.</summary>
internal sealed class CommandHandler : IProtocolHandler
{
    private readonly ICommandProtocol _protocol;
    private readonly Session _session;
    private readonly QueryHandler _commands;
    private bool _isBeginning = true;

    // The request whose answer goes on, and how it ended: told behind the last part.
    private byte[] _openId = [];
    private CommandResult _openResult;

    /// <summary>Lets the client in.</summary>
    public CommandHandler(ICommandProtocol protocol, IHandlerHost host)
    {
        _protocol = protocol;
        _session = host.Hub.Connect(host.Output);
        _commands = new QueryHandler(host.Hub, _session, protocol.Answers, host.Output);
    }

    public Session Session => _session;

    public int PatienceMs => 0;

    public bool HasMore => _session.HasMore;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        Command command = default;
        var result = _isBeginning ? _protocol.CheckFirst(frame, out _isBeginning) : CommandResult.Ok();
        if (result.IsOk)
        {
            result = _protocol.Parse(frame, out command);
        }

        if (result.IsOk)
        {
            result = _commands.Execute(command);
        }

        // What waits for the journal waits in line by its place there, so it does not wait for its answer's end too.
        var isAnswered = !HasMore || result.Position > 0;
        _openId = isAnswered ? [] : command.Id.ToArray();
        _openResult = isAnswered ? CommandResult.Ok() : result;
        return new FrameResult
        {
            Result = result,
            HasAnswer = isAnswered,
            Answer = result,
            Id = command.Id,
            Cost = 1 + result.Price,
            IsForLogin = result.IsOk && IsForLoginByKind(command),
            IsOver = _session.IsGone,
        };
    }

    public FrameResult Refuse(DecodeStatus status)
    {
        var wrong = _protocol.Describe(status);
        return new FrameResult { Result = wrong, HasAnswer = true, Answer = wrong, Cost = 1 };
    }

    public FrameResult WriteMore()
    {
        _session.WritePart();
        if (HasMore || (_openId.Length == 0 && _openResult.IsOk))
        {
            return default;
        }

        var ended = new FrameResult { HasAnswer = true, Answer = _openResult, Id = _openId };
        _openId = [];
        _openResult = CommandResult.Ok();
        return ended;
    }

    // What a client asks that comes back; nothing that others are told, but that it is there.
    private static bool IsForLoginByKind(in Command command) => command.Kind switch
    {
        CommandKind.Join or CommandKind.Resume or CommandKind.History or CommandKind.Who => true,
        CommandKind.Modes or CommandKind.Topic => command.Text.IsEmpty && !command.HasText,
        _ => false,
    };
}
