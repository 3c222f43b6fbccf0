using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>
/// The handler of lines and frames on a server with a password. Until the password is right, it executes no other command, and the client
/// has no session and gets no events. After that it forwards to a <see cref="CommandHandler"/>.
/// </summary>
internal sealed class PasswordHandler : IProtocolHandler
{
    private static readonly CommandResult Wrong = CommandResult.Error(ErrorCode.BadPassword, "wrong server password");
    private static readonly CommandResult Missing = CommandResult.Error(ErrorCode.MissingField, "the password is missing");

    private readonly ICommandProtocol _protocol;
    private readonly IHandlerHost _host;
    private readonly ServerPassword _password;
    private CommandHandler? _inside;
    private int _tries;

    /// <summary>Asks the client for the password.</summary>
    public PasswordHandler(ICommandProtocol protocol, IHandlerHost host, ServerPassword password)
    {
        _protocol = protocol;
        _host = host;
        _password = password;
        host.Output.SendAsIs(protocol.Answers.PasswordWanted());
    }

    public Session? Session => _inside?.Session;

    public int PatienceMs => _inside is null ? ServerPassword.PatienceMs : 0;

    public bool HasMore => _inside is { HasMore: true };

    public bool IsAnswerReady => _inside is null or { IsAnswerReady: true };

    public long DeadlineMs => _inside?.DeadlineMs ?? long.MaxValue;

    public CloseReason DeadlineReason => _inside?.DeadlineReason ?? CloseReason.IdleTimeout;

    public bool TryPassDeadline() => _inside is not null && _inside.TryPassDeadline();

    public bool TakesUnfinished => _inside is { TakesUnfinished: true };

    public bool TryEndInput() => _inside is not null && _inside.TryEndInput();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        if (_inside is not null)
        {
            return _inside.HandleFrame(frame);
        }

        var parsed = _protocol.Parse(frame, out var command);
        if (parsed.IsOk && command.Kind == CommandKind.None && command.Id.IsEmpty)
        {
            return new FrameResult { Result = parsed, Cost = 1 };
        }

        var answer = !parsed.IsOk && parsed.Code != ErrorCode.UnknownCommand
            ? parsed : command.Kind == CommandKind.Pass ? Try(command.Text)
            : CommandResult.Error(ErrorCode.PasswordNeeded,
                $"this server needs its password first: {_protocol.Answers.CommandMark}pass PASSWORD");

        // Input that is not a command is charged as such, whatever the answer.
        return new FrameResult { Result = parsed.IsOk ? answer : parsed, HasAnswer = true, Answer = answer, Id = command.Id, Cost = 1 };
    }

    public FrameResult Refuse(DecodeStatus status)
    {
        if (_inside is not null)
        {
            return _inside.Refuse(status);
        }

        var wrong = _protocol.Describe(status);
        return new FrameResult { Result = wrong, HasAnswer = true, Answer = wrong, Cost = 1 };
    }

    public FrameResult WriteMore() => _inside!.WriteMore();

    public void Abandon() => _inside?.Abandon();

    public void Release() => _inside?.Release();

    private CommandResult Try(ReadOnlySpan<byte> given)
    {
        if (given.IsEmpty)
        {
            return Missing;
        }

        if (_password.IsRight(given))
        {
            _inside = new CommandHandler(_protocol, _host);
            return CommandResult.Ok();
        }

        if (++_tries >= ServerPassword.MaxTries)
        {
            _host.Output.Expel(CloseReason.WrongPassword);
        }

        return Wrong;
    }
}
