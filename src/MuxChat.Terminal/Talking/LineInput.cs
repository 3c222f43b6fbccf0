using System.Text;

namespace MuxChat.Terminal.Talking;

/// <summary>Reads lines from a stream on a thread of its own, and waits when the reader is behind.</summary>
/// <param name="input">The stream.</param>
/// <param name="post">Gets each line, and the end.</param>
internal sealed class LineInput(Stream input, Action<TalkInput> post)
{
    /// <summary>Lines that were read and not taken: 64. The thread then waits, and the writer of the pipe with it.</summary>
    public const int MaxWaiting = 64;

    /// <summary>The longest line: 1 MiB. A longer one ends the input.</summary>
    public const int MaxLineBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly object _changed = new();
    private int _waiting;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "lines in" }.Start();

    /// <summary>A line was carried out, so one more may come.</summary>
    public void Free()
    {
        lock (_changed)
        {
            _waiting--;
            Monitor.Pulse(_changed);
        }
    }

    private void Run()
    {
        string? trouble = null;
        try
        {
            trouble = Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            trouble = $"cannot read standard input: {error.Message}";
        }

        post(new TalkInput.Ended(trouble));
    }

    // Returns why it stopped before the end, or null.
    private string? Read()
    {
        var buffer = new byte[4096];
        var line = new MemoryStream();
        for (var number = 1; ;)
        {
            var count = input.Read(buffer);
            if (count == 0)
            {
                return line.Length > 0 ? Give(line, number) : null;
            }

            for (var rest = buffer.AsSpan(0, count); !rest.IsEmpty;)
            {
                var end = rest.IndexOf((byte)'\n');
                line.Write(end < 0 ? rest : rest[..end]);
                if (line.Length > MaxLineBytes)
                {
                    return $"line {number} of standard input has more than {MaxLineBytes} bytes";
                }

                rest = end < 0 ? default : rest[(end + 1)..];
                if (end >= 0 && Give(line, number++) is { } trouble)
                {
                    return trouble;
                }
            }
        }
    }

    private void WaitForRoom()
    {
        lock (_changed)
        {
            while (_waiting >= MaxWaiting)
            {
                Monitor.Wait(_changed);
            }

            _waiting++;
        }
    }

    private string? Give(MemoryStream line, int number)
    {
        var bytes = line.GetBuffer().AsSpan(0, (int)line.Length);
        line.SetLength(0);
        try
        {
            var text = Strict.GetString(bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes);
            WaitForRoom();
            post(new TalkInput.Line(text));
            return null;
        }
        catch (DecoderFallbackException)
        {
            return $"line {number} of standard input is not UTF-8";
        }
    }
}
