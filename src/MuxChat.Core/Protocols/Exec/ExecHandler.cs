using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Exec;

/// <summary>One client of an <c>exec</c> listener: reads a line, runs it, and answers with a header and the output.</summary>
/// <remarks>
/// A client may leave out the end of its line. Its bytes are taken for a line when it has been quiet for <see cref="QuietMs"/>, or has
/// closed its side.
/// </remarks>
internal sealed class ExecHandler(ExecProtocol protocol, IHandlerHost host) : IProtocolHandler
{
    /// <summary>Milliseconds of silence that end a line without an end: 200.</summary>
    public const int QuietMs = 200;

    /// <summary>Bytes of output written in one part: 32 KiB.</summary>
    private const int PartBytes = 32 * 1024;

    private IProgramRun? _run;
    private bool _hasHeader;
    private long _left;
    private long _quietAtMs = long.MaxValue;

    public Session? Session => null;

    public int PatienceMs => 0;

    public bool HasMore => _run is not null;

    public bool IsAnswerReady => _run is null || _run.End is not null;

    public bool TakesUnfinished { get; private set; }

    public long DeadlineMs => _quietAtMs;

    public void NoteUnfinished() => _quietAtMs = host.Clock.NowMs + QuietMs;

    public bool TryPassDeadline()
    {
        _quietAtMs = long.MaxValue;
        TakesUnfinished = true;
        return true;
    }

    public bool TryEndInput() => _quietAtMs != long.MaxValue && !TakesUnfinished && TryPassDeadline();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        // The decoder has taken the CR off a line that has its end.
        frame = TakesUnfinished && frame.EndsWith("\r"u8) ? frame[..^1] : frame;
        _quietAtMs = long.MaxValue;
        TakesUnfinished = false;
        if (frame.IndexOfAnyExcept((byte)' ') < 0)
        {
            // Nothing was asked for. The end of a line that was taken without it comes here too.
            return new FrameResult { Cost = 0 };
        }

        var result = Start(frame);
        if (!result.IsOk)
        {
            host.Output.SendAsIs(ExecHeader.Refuse(protocol.Header, result.Message));
        }

        return new FrameResult { Result = result, Cost = 1 + result.Price };
    }

    public FrameResult Refuse(DecodeStatus status)
    {
        var max = protocol.Framing.MaxBytes;
        var wrong = CommandResult.Error(ErrorCode.TooLong, status == DecodeStatus.Overrun
            ? $"no end of line within {max * FrameLimits.OverrunFactor} bytes: goodbye"
            : $"the line is longer than {max} bytes: it was dropped");
        host.Output.SendAsIs(ExecHeader.Refuse(protocol.Header, wrong.Message));
        return new FrameResult { Result = wrong };
    }

    public FrameResult WriteMore()
    {
        if (!_hasHeader)
        {
            SendHeader(_run!, _run!.End!);
            return default;
        }

        // The rest stays with the run, so that it counts there until the client has read.
        for (var written = 0; written < PartBytes && _run!.TryTake(out var block); written += block.Bytes.Length)
        {
            host.Output.SendAsIs(block.Bytes.Span);
            _left -= block.Bytes.Length;
        }

        EndIfSent();
        return default;
    }

    public void Abandon() => _run?.Cancel();

    public void Release() => Abandon();

    private CommandResult Start(Span<byte> line)
    {
        if (!ChatText.IsUtf8(line))
        {
            return CommandResult.Error(ErrorCode.NotUtf8, "the line is not UTF-8");
        }

        ReadOnlySpan<byte> rest = line;
        var name = ChatText.ReadWord(ref rest);
        var arguments = line[(line.IndexOfAnyExcept((byte)' ') + name.Length)..];
        return ArgumentWords.TryCut(arguments, out var words)
            ? host.Hub.Programs.Start(host.Output, name, words, out _run)
            : ArgumentWords.Wrong;
    }

    // Standard error is taken before standard output.
    private void SendHeader(IProgramRun run, RunEnd end)
    {
        var errors = new List<byte>();
        for (var left = end.ErrorBytes; left > 0 && run.TryTake(out var block); left -= block.Bytes.Length)
        {
            errors.AddRange(block.Bytes.Span[..Math.Min(ExecHeader.MaxErrorBytes - errors.Count, block.Bytes.Length)]);
        }

        host.Output.SendAsIs(ExecHeader.Of(protocol.Header, end, errors.ToArray()));
        (_hasHeader, _left) = (true, end.OutputBytes);
        EndIfSent();
    }

    private void EndIfSent()
    {
        if (_left == 0)
        {
            (_run, _hasHeader) = (null, false);
        }
    }
}
