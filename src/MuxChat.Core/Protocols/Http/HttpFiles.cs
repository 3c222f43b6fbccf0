using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The shared files and their uploads: every path that begins with <see cref="FileLink.Prefix"/>.</summary>
public sealed class HttpFiles() : HttpResource(FileLink.Prefix)
{
    internal override bool IsAt(ReadOnlySpan<byte> path) => path.StartsWith(Path);
}
