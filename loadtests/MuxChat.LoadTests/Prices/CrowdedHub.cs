using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.LoadTests.Prices;

/// <summary>
/// A chat without sockets, as full as it may be: 10,000 clients, all in the lobby, and 10,000 rooms of the longest names, with full
/// histories and lists of bans where the commands look at them.
/// </summary>
/// <remarks>
/// The flood budget is one, and fills by one a second: so what a command costs can be told from how long its client is held back after it.
/// </remarks>
internal sealed class CrowdedHub
{
    public const int Clients = 10_000;
    public const int Rooms = 10_000;

    /// <summary>The room that each asker operates, and that holds 60 bans.</summary>
    public const string Mine = "#mine";

    /// <summary>A room that remembers as many short lines as it may by default.</summary>
    public const string Talkative = "#talkative";

    /// <summary>A room that remembers as much as an admin can have it remember, of which one line was said.</summary>
    public const string Quiet = "#quiet";

    /// <summary>The epoch of both.</summary>
    public const int PastEpoch = 7;

    private const int MaxRemembered = 1_000_000;
    private const int RoomsPerClient = 18;
    private const int Remembered = 1_000;
    private const int Bans = 60;

    // For the lobby, and for the rooms that are made while it is measured.
    private const int SparePlaces = 60;
    private const int MillisecondsPerSecond = 1000;

    private readonly BenchTime _time = new();
    private readonly TickClock _clock;
    private readonly Broadcaster _broadcaster = new(new SegmentPool());
    private readonly ClientContext _context;
    private readonly LineProtocol _line = new();
    private readonly JsonProtocol _frame = new();
    private readonly IrcProtocol _irc = new();

    public CrowdedHub()
    {
        _clock = new TickClock(_time);
        var limits = new ChatLimits { Rooms = Rooms, History = MaxRemembered };
        var hub = new ChatHub(_broadcaster, new MetricSet(), _clock, limits, "#lobby"u8.ToArray(), new Epochs(1));
        Remember(hub, Quiet, MaxRemembered, static i => i == 0);
        Remember(hub, Talkative, Remembered, static _ => true);
        hub.FinishRestoring(new NoJournal(), wasClean: true);
        _context = new ClientContext(
            hub,
            _broadcaster,
            _clock,
            new ProtocolDetector(_line, new JsonProtocol.Signature(_frame)),
            new Acknowledgements(new NoJournal()),
            new ClientLimits { FloodBurst = 1, FloodPerSecond = 1, LoginBudget = 0, FlushFirstBytes = 64 * 1024 });
        Fill();
    }

    /// <summary>A name of the greatest length, unlike the others in its beginning.</summary>
    public static string RoomName(int number) => $"#{number}-".PadRight(60, 'x');

    /// <summary>Lets another client in, that is in the lobby and in a room of its own besides.</summary>
    public ProtocolConnection Enter(string protocol, string nick)
    {
        IProtocol spoken = protocol == _irc.Name ? _irc : protocol == _frame.Name ? _frame : _line;
        var talk = new ProtocolConnection(_context, new Recipient(_broadcaster, owner: null));
        talk.Begin(spoken);
        Do(talk, protocol switch
        {
            "irc" => $"NICK {nick}\r\nUSER u 0 * :u\r\nJOIN #lobby\r\n",
            "frame" => $$"""{"type":"nick","nick":"{{nick}}"}""",
            _ => $"/nick {nick}\n",
        });
        return talk;
    }

    /// <summary>Carries out what a client sends, with all that goes on later.</summary>
    public CommandCost Do(ProtocolConnection talk, string input)
    {
        // The budget is whole again.
        Advance(3600 * MillisecondsPerSecond);
        var pending = talk.Recipient.ProtocolName == _frame.Name ? Frames(input) : Encoding.UTF8.GetBytes(input);
        var (used, total, longest, bytes, price) = (0, 0L, 0L, 0L, 0.0);
        while (true)
        {
            var begun = Stopwatch.GetTimestamp();
            var status = Tick(talk, pending.AsSpan(used), out var consumed, ref bytes);
            var worked = Stopwatch.GetTimestamp() - begun;
            used += consumed;
            total += worked;
            longest = Math.Max(longest, worked);
            var waitMs = talk.FloodResumeMs - _clock.NowMs;
            price = Math.Max(price, (double)waitMs / MillisecondsPerSecond);
            if (status is FeedStatus.Ended || (status is FeedStatus.NeedMore && used == pending.Length))
            {
                return new CommandCost(Stopwatch.GetElapsedTime(0, total), Stopwatch.GetElapsedTime(0, longest), bytes,
                    Math.Max(0, (int)Math.Ceiling(price)));
            }

            Advance(Math.Max(1, waitMs));
        }
    }

    private static byte[] Frames(string json)
    {
        var all = new List<byte>();
        foreach (var line in json.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var body = Encoding.UTF8.GetBytes(line);
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
            all.AddRange(length);
            all.AddRange(body);
        }

        return [.. all];
    }

    // A tick as the loop has it, but that what is queued is thrown away instead of written.
    private FeedStatus Tick(ProtocolConnection talk, Span<byte> pending, out int consumed, ref long bytes)
    {
        consumed = 0;
        while (true)
        {
            var status = talk.Feed(pending[consumed..], out var taken);
            consumed += taken;
            _broadcaster.Distribute();
            while (_broadcaster.TryTakeDirty(out var recipient))
            {
                bytes += ReferenceEquals(recipient, talk.Recipient) ? recipient.Outbox.QueuedBytes : 0;
                recipient.Outbox.Clear();
            }

            if (status != FeedStatus.FlushFirst)
            {
                return status;
            }
        }
    }

    private void Advance(long milliseconds)
    {
        _time.Advance(milliseconds);
        _clock.Refresh();
    }

    private static void Remember(ChatHub hub, string room, int events, Predicate<int> isSaid)
    {
        for (var i = 0; i < events; i++)
        {
            hub.Restore(new StoredEvent
            {
                Kind = isSaid(i) ? EventKind.Said : EventKind.Joined,
                Room = Encoding.UTF8.GetBytes(room),
                Epoch = PastEpoch,
                Seq = i + 1,
                UnixMs = i,
                Nick = "a"u8,
                Text = isSaid(i) ? "x"u8 : default,
            });
        }
    }

    private void Fill()
    {
        string[] protocols = ["line", "frame", "irc"];
        for (var i = 0; i < Clients; i++)
        {
            var talk = Enter(protocols[i % protocols.Length], $"client-{i}");
            for (var room = i * RoomsPerClient; room < Math.Min(Rooms - SparePlaces, (i + 1) * RoomsPerClient); room++)
            {
                Do(talk, protocols[i % protocols.Length] switch
                {
                    "irc" => $"JOIN {RoomName(room)}\r\n",
                    "frame" => $$"""{"type":"join","room":"{{RoomName(room)}}"}""",
                    _ => $"/join {RoomName(room)}\n",
                });
            }
        }

        var owner = Enter("line", "owner");
        Do(owner, $"/join {Mine}\n");
        for (var i = 0; i < Remembered; i++)
        {
            Do(owner, new string('x', 4000) + "\n");
        }

        for (var i = 0; i < Bans; i++)
        {
            Do(owner, $"/mode +b *{new string('?', 70)}{i}x\n");
        }
    }
}
