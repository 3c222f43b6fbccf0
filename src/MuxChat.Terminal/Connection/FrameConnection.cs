using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Terminal.Connection;

/// <summary>One connection to a server, over which JSON frames go both ways. One thread reads, and one writes.</summary>
/// <remarks>
/// The threads post news to the queue of the caller's loop. The loop bounds what it sends by what the server has acknowledged.
/// </remarks>
internal sealed class FrameConnection : IDisposable
{
    /// <summary>Until the server has accepted and the encryption is agreed upon: 15 s.</summary>
    public const int OpenTimeoutMs = 15_000;

    /// <summary>The largest frame that is read: below 16 MiB, because the first byte of its length is zero.</summary>
    public const int MaxFrameBytes = 0xFFFFFF;

    private const int HeaderBytes = 4;
    private const int MaxShownCharacters = 300;
    private const byte TlsAlert = 0x15;

    private readonly ConnectionOptions _options;
    private readonly Action<ConnectionNews> _post;
    private readonly BlockingCollection<byte[]> _outgoing = [];
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private FrameConnection(ConnectionOptions options, Action<ConnectionNews> post)
    {
        _options = options;
        _post = post;
    }

    /// <summary>Begins to connect, and sends a first frame: an <c>auto</c> listener knows a client by it.</summary>
    public static FrameConnection Open(ConnectionOptions options, byte[] first, Action<ConnectionNews> post)
    {
        var connection = new FrameConnection(options, post);
        connection._outgoing.Add(first);
        new Thread(connection.Run) { IsBackground = true, Name = "frames in" }.Start();
        return connection;
    }

    /// <summary>Sends a frame. Frames after the end of the connection are dropped: the news of its end says so.</summary>
    public void Send(byte[] json)
    {
        try
        {
            _outgoing.Add(json);
        }
        catch (InvalidOperationException) when (_outgoing.IsAddingCompleted)
        {
            // The connection's own threads end it at any time, so looking before would not help.
            return;
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _outgoing.CompleteAdding();
        _socket.Dispose();
    }

    private void Run()
    {
        string reason;
        try
        {
            using var stream = Connect();
            _post(new ConnectionNews.Opened(this));
            new Thread(() => Write(stream)) { IsBackground = true, Name = "frames out" }.Start();
            reason = Read(stream);
        }
        catch (Exception error) when (IsTrouble(error))
        {
            reason = WordsOf(error);
        }

        Dispose();
        _post(new ConnectionNews.Closed(this, reason));
    }

    private Stream Connect()
    {
        using var deadline = new CancellationTokenSource(OpenTimeoutMs);
        try
        {
            _socket.ConnectAsync(new DnsEndPoint(_options.Address.Host, _options.Address.Port), deadline.Token)
                .AsTask().GetAwaiter().GetResult();
            var stream = new NetworkStream(_socket, ownsSocket: true);
            return _options.IsEncrypted ? Encrypt(stream, deadline.Token) : stream;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new IOException($"no answer within {OpenTimeoutMs / 1000} s");
        }
    }

    private SslStream Encrypt(Stream stream, CancellationToken deadline)
    {
        var encrypted = new SslStream(stream);
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (_options.Roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        var how = new SslClientAuthenticationOptions { TargetHost = _options.Address.Host, CertificateChainPolicy = policy };
        encrypted.AuthenticateAsClientAsync(how, deadline).GetAwaiter().GetResult();
        return encrypted;
    }

    private void Write(Stream stream)
    {
        try
        {
            foreach (var json in _outgoing.GetConsumingEnumerable())
            {
                var frame = new byte[HeaderBytes + json.Length];
                BinaryPrimitives.WriteInt32BigEndian(frame, json.Length);
                json.CopyTo(frame, HeaderBytes);
                stream.Write(frame);
            }
        }
        catch (Exception error) when (IsTrouble(error))
        {
            // The reader reports the end.
            _outgoing.CompleteAdding();
        }
    }

    // Returns why there is no more to read.
    private string Read(Stream stream)
    {
        var header = new byte[HeaderBytes];
        var isFirst = true;
        while (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (length > MaxFrameBytes)
            {
                return NotFrames(header, stream);
            }

            var json = new byte[length];
            stream.ReadExactly(json);
            _post(new ConnectionNews.Received(this, FrameText.Parse(json)));
            isFirst = false;
        }

        return isFirst
            ? "the server closed the connection without a word: is that an auto or frame listener, and does it want --tls?"
            : "the server closed the connection";
    }

    // An auto listener rejects a client by a line, because it does not know the protocol yet.
    private static string NotFrames(byte[] start, Stream stream)
    {
        if (start[0] == TlsAlert)
        {
            return "the server wants an encrypted connection: --tls";
        }

        var text = new List<byte>(start);
        while (text.Count < MaxShownCharacters && stream.ReadByte() is >= 0 and not '\n' and var next)
        {
            text.Add((byte)next);
        }

        var line = PlainText.Escape(Encoding.UTF8.GetString([.. text]).Split('\n')[0].TrimEnd('\r'), MaxShownCharacters);
        return line.StartsWith("! ", StringComparison.Ordinal)
            ? line[2..] : $"that is no server of JSON frames (an auto or frame listener of muxchat), it says: {line}";
    }

    private static bool IsTrouble(Exception error) =>
        error is IOException or SocketException or AuthenticationException or ObjectDisposedException or InvalidOperationException
            or JsonException;

    private static string WordsOf(Exception error) => error switch
    {
        JsonException => "the server sent a frame that is not JSON, or has a text that is not Unicode",
        AuthenticationException => $"the server's certificate was not accepted: {error.Message}",
        IOException { InnerException: SocketException inner } => inner.Message,
        ObjectDisposedException => "this client ended the connection",
        _ => error.Message,
    };
}
