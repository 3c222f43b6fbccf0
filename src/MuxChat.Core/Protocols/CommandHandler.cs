using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>The handler of a protocol in which every frame is one command.</summary>
internal sealed class CommandHandler : IProtocolHandler
{
    /// <summary>Digits of base64 from which a chunk of a file is free: 4,096. A smaller one costs as much as any frame.</summary>
    private const int MinFreeDigits = 4096;

    private static readonly CommandResult Unfinished = CommandResult.Error(
        ErrorCode.BadField, "the line has no end, so it may be half a command: it was not carried out");

    private readonly ICommandProtocol _protocol;
    private readonly Session _session;
    private readonly QueryHandler _commands;
    private OutputProgress _progress;
    private bool _isBeginning = true;

    // The request whose long answer is still being written, and its result, which is sent after the last part.
    private byte[] _openId = [];
    private CommandResult _openResult;

    /// <summary>Connects the client to the chat.</summary>
    public CommandHandler(ICommandProtocol protocol, IHandlerHost host)
    {
        _protocol = protocol;
        _progress = new OutputProgress(host);
        _session = host.Hub.Connect(host.Output);
        _commands = new QueryHandler(host.Hub, _session, protocol.Answers, host.Output);
        _commands.Replay();
    }

    public Session Session => _session;

    public int PatienceMs => 0;

    public bool HasMore => _session.HasMore;

    public bool IsAnswerReady => _session.IsAnswerReady;

    public long DeadlineMs => _session.IsAnswerFile ? _progress.DeadlineMs : long.MaxValue;

    public CloseReason DeadlineReason => CloseReason.SlowConsumer;

    // A client that takes nothing would keep one of the few places for downloads.
    public bool TryPassDeadline() => _progress.TryGoOn();

    public bool TakesUnfinished { get; private set; }

    // At most once, for the last bytes of the client.
    public bool TryEndInput() => !TakesUnfinished && (TakesUnfinished = _protocol.TakesUnfinishedText);

    public void Abandon() => _session.AbandonAnswers();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        // The decoder has taken the CR off a line that has its end.
        frame = TakesUnfinished && frame.EndsWith("\r"u8) ? frame[..^1] : frame;
        Command command = default;
        var result = _isBeginning ? _protocol.CheckFirst(frame, out _isBeginning) : CommandResult.Ok();
        if (result.IsOk)
        {
            result = _protocol.Parse(frame, out command);
        }

        if (result.IsOk && TakesUnfinished && command.Kind is not (CommandKind.Say or CommandKind.None))
        {
            result = Unfinished;
            command = default;
        }

        if (result.IsOk)
        {
            result = _commands.Execute(command);
        }

        _progress.Note();

        // A result that waits for the journal is acknowledged in journal order, so it does not also wait for the end of a long answer.
        var isAnswered = !HasMore || result.Position > 0;
        _openId = isAnswered ? [] : command.Id.ToArray();
        _openResult = isAnswered ? CommandResult.Ok() : result;
        return new FrameResult
        {
            IsFile = result.IsOk && command.Kind == CommandKind.Chunk && command.Text.Length >= MinFreeDigits,
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
        var isFile = _session.IsAnswerFile;
        _progress.Note();
        _session.WritePart();
        var result = _openResult.IsOk ? _session.AnswerResult : _openResult;
        if (HasMore || (_openId.Length == 0 && result.IsOk))
        {
            return new FrameResult { IsFile = isFile };
        }

        var ended = new FrameResult { IsFile = isFile, HasAnswer = true, Answer = result, Id = _openId };
        _openId = [];
        _openResult = CommandResult.Ok();
        return ended;
    }

    public void Release() => _session.DropAnswers();

    // Commands that a client sends when it reconnects. They send no text to other clients, but Join and Resume announce the client.
    private static bool IsForLoginByKind(in Command command) => command.Kind switch
    {
        CommandKind.Join or CommandKind.Resume or CommandKind.History or CommandKind.Who => true,
        CommandKind.Modes or CommandKind.Topic => command.Text.IsEmpty && !command.HasText,
        _ => false,
    };
}
