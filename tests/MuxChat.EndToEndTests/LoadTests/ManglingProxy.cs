using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// A TCP proxy before a server: what clients send passes as it is, what the server sends passes line by line
/// through a <see cref="Mangler"/>.
/// </summary>
internal sealed class ManglingProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPEndPoint _server;
    private readonly Mangler _mangler;
    private readonly Stall? _stall;
    private readonly Task _accepting;

    /// <param name="server">The server behind it.</param>
    /// <param name="mangler">What happens to lines.</param>
    /// <param name="stall">When it stops for a while; null for never.</param>
    public ManglingProxy(IPEndPoint server, Mangler mangler, Stall? stall = null)
    {
        _server = server;
        _mangler = mangler;
        _stall = stall;
        _listener.Start();
        _accepting = Accept();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                connections.Add(Serve(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Task.WhenAll(connections);
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _stopping.Token);
                await await Task.WhenAny(Copy(client, server), CopyLines(server, client));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // One side is gone, or the test is over: the other side goes as well.
                return;
            }
        }
    }

    private async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        int received;
        while ((received = await from.ReceiveAsync(buffer, _stopping.Token)) > 0)
        {
            _stall?.Note(buffer.AsSpan(0, received));
            await SendAll(to, buffer.AsMemory(0, received));
        }
    }

    private async Task CopyLines(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        var kept = 0;
        var output = new ArrayBufferWriter<byte>(BufferBytes * 2);
        int received;
        while ((received = await from.ReceiveAsync(buffer.AsMemory(kept), _stopping.Token)) > 0)
        {
            var length = kept + received;
            var whole = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            _mangler.Pass(buffer.AsSpan(0, whole), output);
            buffer.AsSpan(whole, length - whole).CopyTo(buffer);
            kept = length - whole;
            await (_stall?.Pass(_mangler.Said).WaitAsync(_stopping.Token) ?? Task.CompletedTask);
            await SendAll(to, output.WrittenMemory);
            output.ResetWrittenCount();
        }
    }

    private async Task SendAll(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, _stopping.Token)..];
        }
    }
}
