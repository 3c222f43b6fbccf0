using System.Text.Json;

namespace MuxChat.Terminal.Connection;

/// <summary>News of a connection.</summary>
/// <param name="Source">The connection.</param>
internal abstract record ConnectionNews(FrameConnection Source)
{
    /// <summary>The server is there, and the first frame is on its way.</summary>
    public sealed record Opened(FrameConnection Source) : ConnectionNews(Source);

    /// <summary>A frame came.</summary>
    public sealed record Received(FrameConnection Source, JsonElement Frame) : ConnectionNews(Source);

    /// <summary>It has ended, or was never there. No news follows.</summary>
    public sealed record Closed(FrameConnection Source, string Reason) : ConnectionNews(Source);
}
