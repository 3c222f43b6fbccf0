using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The opening handshake of a WebSocket, on the server's side (RFC 6455, section 4.2).</summary>
internal static class WebSocketHandshake
{
    private const int KeyCharacters = 24;
    private const int KeyBytes = 16;

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Checks a request. Returns <see cref="HttpStatus.None"/>, or the status with which to refuse it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="site">The site, which knows its origins.</param>
    /// <param name="isLoopback">Whether the client comes from a loopback address.</param>
    public static HttpStatus Check(scoped in HttpRequest request, HttpSite site, bool isLoopback)
    {
        if (request.Method != HttpMethod.Get || !request.Is11 || !request.ValuesOf("upgrade"u8).HaveToken("websocket"u8)
            || !request.ValuesOf("connection"u8).HaveToken("upgrade"u8)
            || !request.ValuesOf("sec-websocket-version"u8).Single().SequenceEqual("13"u8))
        {
            return HttpStatus.UpgradeRequired;
        }

        if (!IsKey(request.ValuesOf("sec-websocket-key"u8).Single()))
        {
            return HttpStatus.BadRequest;
        }

        // Without an origin the client is no browser, and acts for no page.
        var origins = request.ValuesOf("origin"u8);
        return origins.Count() == 0 || site.Allows(origins.Single(), request.Authority, isLoopback)
            ? HttpStatus.None : HttpStatus.Forbidden;
    }

    /// <summary>Chooses the first of the client's subprotocols that the server knows (section 4.2.2).</summary>
    /// <param name="sockets">The subprotocols.</param>
    /// <param name="request">The request.</param>
    /// <param name="name">Its name, for the response; empty if the client names none that is known.</param>
    public static WebSocketProtocol Choose(HttpWebSockets sockets, scoped in HttpRequest request, out ReadOnlySpan<byte> name)
    {
        foreach (var value in request.ValuesOf("sec-websocket-protocol"u8))
        {
            foreach (var element in new HttpList(value))
            {
                if (sockets.Find(element) is { } found)
                {
                    name = element;
                    return found;
                }
            }
        }

        name = default;
        return sockets.WithoutName;
    }

    /// <summary>Writes the value of Sec-WebSocket-Accept (section 4.2.2, step 5.4).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol names SHA-1. It guards nothing secret here.")]
    public static void PutAccept(scoped in HttpRequest request, HttpHead head)
    {
        Span<byte> joined = stackalloc byte[KeyCharacters + 36];
        request.ValuesOf("sec-websocket-key"u8).Single().CopyTo(joined);
        Guid.CopyTo(joined[KeyCharacters..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(joined, hash);
        Span<byte> text = stackalloc byte[28];
        Base64.EncodeToUtf8(hash, text, out _, out _);
        head.Put(text);
    }

    /// <summary>The text for a client that is refused.</summary>
    public static ReadOnlySpan<byte> Explain(HttpStatus status) => status switch
    {
        HttpStatus.UpgradeRequired => "This path is for WebSockets of version 13 (RFC 6455).\n"u8,
        HttpStatus.Forbidden => "Pages of this origin may not connect here. The server's admin can allow it with --origin.\n"u8,
        _ => "Sec-WebSocket-Key must be 16 bytes in Base64.\n"u8,
    };

    /// <summary>The fields that a refusal needs (section 4.4; RFC 9110, section 15.5.22).</summary>
    public static ReadOnlySpan<byte> FieldsFor(HttpStatus status) => status == HttpStatus.UpgradeRequired
        ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"u8 : default;

    private static bool IsKey(ReadOnlySpan<byte> key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key.Length == KeyCharacters && Base64.DecodeFromUtf8(key, bytes, out _, out var written) == OperationStatus.Done
            && written == KeyBytes;
    }
}
