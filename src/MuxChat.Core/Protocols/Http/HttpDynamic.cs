using System.Buffers;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>A resource that is written anew for each request, on the loop's thread. It is never cached.</summary>
/// <param name="path">The path.</param>
/// <param name="contentType">The media type, with its charset.</param>
/// <param name="write">Writes the body: at most <see cref="HttpLimits.DynamicBodyBytes"/>. It returns 200, or 503 for something that
/// is not well.</param>
public sealed class HttpDynamic(string path, string contentType, Func<IBufferWriter<byte>, HttpStatus> write) : HttpResource(path)
{
    internal byte[] ContentType { get; } = Encoding.ASCII.GetBytes(contentType);

    internal HttpStatus Write(IBufferWriter<byte> body) => write(body);
}
