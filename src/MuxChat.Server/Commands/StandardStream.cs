using MuxChat.Sockets.Listening;

namespace MuxChat.Server.Commands;

/// <summary>
/// Standard output or standard error, which may be closed, full or gone. A failed write ends the command with one
/// line, or loses the text, but never prints a stack trace.
/// </summary>
internal sealed class StandardStream : Stream
{
    private const int InputDescriptor = 0;
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    private readonly Stream? _stream;
    private readonly Action<string> _onTrouble;

    private StandardStream(Stream? stream, Action<string> onTrouble)
    {
        _stream = stream;
        _onTrouble = onTrouble;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens standard input.</summary>
    /// <exception cref="StartupException">Standard input is closed.</exception>
    public static Stream OpenInput() => Descriptors.IsInherited(InputDescriptor)
        ? Console.OpenStandardInput()
        : throw new StartupException(StartupException.Usage, "standard input is closed");

    /// <summary>
    /// Opens standard output, for a command's result. A failed write throws
    /// <see cref="StartupException"/>, because a command without its output has failed.
    /// </summary>
    public static Stream OpenOutput() => new StandardStream(
        Descriptors.IsInherited(OutputDescriptor) ? Console.OpenStandardOutput() : null,
        message => throw new StartupException(StartupException.CouldNotStart, $"cannot write to standard output: {message}"));

    /// <summary>
    /// Opens standard error, for messages and the log. A failed write loses the text, because no
    /// other stream could report it; the exit code remains.
    /// </summary>
    public static Stream OpenError() => new StandardStream(Descriptors.IsInherited(ErrorDescriptor) ? Console.OpenStandardError() : null,
        _ => { });

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_stream is null)
        {
            _onTrouble("it is closed");
            return;
        }

        try
        {
            _stream.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _onTrouble(error.Message);
        }
    }

    public override void Flush()
    {
        // A console stream buffers nothing.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
