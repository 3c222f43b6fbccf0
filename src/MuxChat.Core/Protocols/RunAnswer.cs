using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Core.Protocols;

/// <summary>The output of a program, written as it comes and as its client reads it, and then the end.</summary>
internal sealed class RunAnswer(IProgramRun run, IRunWriter writer) : ILongAnswer
{
    private OutputBlock _block;
    private int _written;

    public bool IsReady => _written < _block.Bytes.Length || run.IsReady;

    public bool WritePart()
    {
        // The end is read first: all blocks can be taken by the time it is known.
        var end = run.End;
        if (_written == _block.Bytes.Length)
        {
            _written = 0;
            if (!run.TryTake(out _block))
            {
                if (end is not null)
                {
                    writer.End(end);
                }

                return end is null;
            }
        }

        _written += writer.Write(_block.Stream, _block.Bytes.Span[_written..]);
        return true;
    }

    public void Abandon() => run.Cancel();
}

/// <summary>Writes the output of one run in a client's protocol.</summary>
public interface IRunWriter
{
    /// <summary>Writes bytes of a stream, at most a segment's worth.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="bytes">At least one byte.</param>
    /// <returns>The number of bytes written, at least one. The caller comes back with the rest.</returns>
    int Write(ProgramStream stream, ReadOnlySpan<byte> bytes);

    /// <summary>Writes the end, after all output.</summary>
    void End(RunEnd end);
}
