using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>A hub whose clients keep what they hear.</summary>
internal sealed class HubFixture
{
    public HubFixture(ChatLimits? limits = null, string lobby = "#lobby", byte[]? motd = null, IJournal? journal = null,
        ulong seed = 1)
    {
        Clock = new TickClock(Time);
        Hub = new ChatHub(Delivery, new MetricSet(), Clock, limits ?? new ChatLimits(), Bytes.Utf8(lobby), new Epochs(seed), motd);
        Hub.FinishRestoring(journal ?? new NoJournal(), wasClean: true);
    }

    public FakeTimeProvider Time { get; } = Clocks.Create();

    public TickClock Clock { get; }

    public RecordingDelivery Delivery { get; } = new();

    public ChatHub Hub { get; }

    /// <summary>A client under this nick, that has heard nothing yet.</summary>
    public Session Connect(string? nick = null, string host = "somewhere")
    {
        var session = Hub.Connect(new RecordingRecipient { Host = host });
        if (nick is not null)
        {
            Assert.True(Nick(session, nick).IsOk);
        }

        Take(session);
        return session;
    }

    public CommandResult Do(CommandKind kind, Session session, string room = "", string nick = "", string? text = null, string key = "")
    {
        var recipient = (RecordingRecipient)session.Recipient;
        var result = new QueryHandler(Hub, session, new RecordingAnswers(recipient), recipient).Execute(new Command
        {
            Kind = kind,
            Room = Bytes.Utf8(room),
            Nick = Bytes.Utf8(nick),
            Key = Bytes.Utf8(key),
            Text = Bytes.Utf8(text ?? ""),
            HasText = text is not null,
        });
        GoOn(session);
        return result;
    }

    /// <summary>Takes the outcomes of the background worker, and gives a client the answers that waited for them.</summary>
    public void Collect(Session session)
    {
        Hub.Operators.Collect();
        GoOn(session);
    }

    public CommandResult Say(Session session, string text, string room = "") => Do(CommandKind.Say, session, room, text: text);

    public CommandResult Join(Session session, string room) => Do(CommandKind.Join, session, room);

    public CommandResult Part(Session session, string room = "", string? reason = null) =>
        Do(CommandKind.Part, session, room, text: reason);

    public CommandResult Nick(Session session, string nick) => Do(CommandKind.Nick, session, nick: nick);

    public static List<Heard> EventsOf(Session session) => ((RecordingRecipient)session.Recipient).Events;

    public static string[] Take(Session session) => ((RecordingRecipient)session.Recipient).Take();

    private static void GoOn(Session session)
    {
        while (session is { HasMore: true, IsAnswerReady: true })
        {
            session.WritePart();
        }
    }

    /// <summary>The first event of a room, from a journal.</summary>
    public static StoredEvent Past(EventKind kind, ReadOnlySpan<byte> room, ReadOnlySpan<byte> text, bool isClosed) => new()
    {
        Kind = kind,
        Room = room,
        Epoch = 9,
        Seq = 1,
        UnixMs = 1,
        Nick = "alice"u8,
        Text = text,
        IsClosed = isClosed,
    };
}
