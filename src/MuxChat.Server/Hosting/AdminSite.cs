using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;
using MuxChat.Core.Settings;
using MuxChat.Server.Options;

namespace MuxChat.Server.Hosting;

/// <summary>
/// The site of <c>--admin</c>: <c>/healthz</c>, <c>/metrics</c>, and the page <c>/loop</c> with its events. See docs/OBSERVING.md.
/// </summary>
/// <remarks>The page's files and <c>/healthz</c> tell nothing of the clients, so no token guards them.</remarks>
internal static class AdminSite
{
    private const string Name = "admin";
    private const string LoopPath = "/loop";
    private const int KeyBytes = 32;

    /// <summary>Creates the protocol of the admin listeners.</summary>
    public static HttpProtocol Create(
        ServerOptions options, Replaceable<FrameLimits> frames, SegmentPool pool, MetricSet metrics, LoopWatch watch)
    {
        var hasJournal = options.Data is not null;
        var events = new WebSocketProtocol(new LoopEventsProtocol(frames, watch));
        HttpResource[] resources =
        [
            new HttpDynamic("/healthz", "text/plain; charset=utf-8", body => WriteHealth(body, metrics, hasJournal)),
            new HttpDynamic("/metrics", ExpositionWriter.ContentType, body => WriteMetrics(body, metrics)) { IsGuarded = true },
            new HttpWebSockets($"{LoopPath}/events", events, (LoopEventsProtocol.WebSocketName, events)) { IsGuarded = true },
            .. WebAssets.Read(WebAssets.Admin, LoopPath, $"{LoopPath}/"),
        ];
        return new HttpProtocol(new HttpSite(pool, resources, []) { Guard = new HttpGuard(TokenOf(options)) }, Name);
    }

    private static ServerPassword? TokenOf(ServerOptions options) => options.AdminToken is not { } token ? null
        : new ServerPassword(Encoding.ASCII.GetBytes(token), RandomNumberGenerator.GetBytes(KeyBytes));

    private static HttpStatus WriteHealth(IBufferWriter<byte> body, MetricSet metrics, bool hasJournal)
    {
        if (hasJournal && metrics.Journal.Up.Value == 0)
        {
            body.Write("the journal does not store events\n"u8);
            return HttpStatus.ServiceUnavailable;
        }

        body.Write("ok\n"u8);
        return HttpStatus.Ok;
    }

    private static HttpStatus WriteMetrics(IBufferWriter<byte> body, MetricSet metrics)
    {
        ExpositionWriter.Write(metrics, body);
        return HttpStatus.Ok;
    }
}
