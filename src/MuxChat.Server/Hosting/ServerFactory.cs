using System.Security.Cryptography;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Conversations;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Frame;
using MuxChat.Core.Protocols.Line;
using MuxChat.Core.Reactor;
using MuxChat.Sockets;
using MuxChat.Sockets.Async;
using MuxChat.Sockets.Polling;
using MuxChat.Sockets.Threaded;

namespace MuxChat.Server.Hosting;

/// <summary>Puts a server together: the one place where all parts are named.</summary>
internal static class ServerFactory
{
    public static IChatServer Create(ServerOptions options, ListenerSet listeners, byte[]? motd, ILoopObserver observer)
    {
        var line = new LineProtocol(options.MaxLineBytes);
        var frame = new FrameProtocol(options.MaxFrameBytes);
        var protocols = listeners.Uris.Select(uri => uri.Protocol switch
        {
            "line" => line,
            "frame" => frame,
            _ => (IProtocol?)null,
        }).ToArray();

        var figures = new LoopFigures();
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(new SegmentPool());
        var hub = new ChatHub(broadcaster, figures, clock, options.Chat, options.Lobby, NewEpochs(), null, motd);
        var detector = new ProtocolDetector(line, new FrameSignature(frame));
        var conversations = new ConversationContext(hub, broadcaster, clock, detector, new Acknowledgements(new NoJournal()), options.Conversation);

        if (options.Io is IoModels.Threads or IoModels.Async)
        {
            figures.Io = options.Io;
            return options.Io == IoModels.Threads
                ? new ThreadHost(new ThreadedServer(listeners.Sockets, protocols, conversations, options.Loop, observer))
                : new AsyncHost(new AsyncServer(listeners.Sockets, protocols, conversations, options.Loop, observer));
        }

        var network = new SocketNetwork(Pollers.Create(options.Io), listeners.Sockets);
        return new LoopServer(network, new EventLoop(network, protocols, conversations, options.Loop, figures, observer));
    }

    private static Epochs NewEpochs() => new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
}
