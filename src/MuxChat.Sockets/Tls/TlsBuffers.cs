namespace MuxChat.Sockets.Tls;

/// <summary>The buffers that all TLS connections of one event loop share. Each is empty again when a call on a channel ends.</summary>
/// <remarks>Owner: one <see cref="TlsServer"/>, or one rehearsal. The first thread that uses them is the only one that may.</remarks>
internal sealed class TlsBuffers
{
    /// <summary>The most bytes that one call receives: 64 KiB.</summary>
    public const int ReceiveBytes = 64 * 1024;

    private const int FirstOutputBytes = 32 * 1024;

    private byte[] _output = new byte[FirstOutputBytes];
    private int _thread;

    /// <summary>Bytes as they came from the network.</summary>
    public byte[] Cipher { get; } = new byte[ReceiveBytes];

    /// <summary>Bytes before encryption or after decryption.</summary>
    public byte[] Plain { get; } = new byte[ReceiveBytes];

    /// <summary>The number of bytes made for the network.</summary>
    public int OutputCount { get; private set; }

    /// <summary>The bytes made for the network, which the caller sends or keeps before the next call.</summary>
    public ReadOnlySpan<byte> Output => _output.AsSpan(0, OutputCount);

    /// <summary>Adds bytes for the network.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _output.Length - OutputCount)
        {
            Array.Resize(ref _output, Math.Max(_output.Length * 2, OutputCount + bytes.Length));
        }

        bytes.CopyTo(_output.AsSpan(OutputCount));
        OutputCount += bytes.Length;
    }

    /// <summary>Drops the bytes made for the network, because they were sent or kept.</summary>
    public void ClearOutput() => OutputCount = 0;

    /// <summary>Checks that the calling thread is the one that owns these buffers.</summary>
    /// <exception cref="InvalidOperationException">Another thread called.</exception>
    public void CheckThread()
    {
        var current = Environment.CurrentManagedThreadId;
        _thread = _thread == 0 ? current : _thread;
        if (_thread != current)
        {
            throw new InvalidOperationException("A thread other than the event loop's uses a TLS connection.");
        }
    }
}
