using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>
/// The same commands at the same moments make the same chat, whatever process it runs in: the ground on which several servers may one day
/// apply one ordered log of commands.
/// </summary>
public sealed class DeterminismTests
{
    private const int Clients = 24;
    private const int CommandsPerLook = 5_000;

    private static readonly CommandKind[] Kinds =
    [
        CommandKind.Say, CommandKind.Say, CommandKind.Say, CommandKind.Act, CommandKind.Nick, CommandKind.Join, CommandKind.Join,
        CommandKind.Part, CommandKind.Message, CommandKind.Away, CommandKind.Topic, CommandKind.Modes, CommandKind.Modes, CommandKind.Kick,
        CommandKind.Invite, CommandKind.Resume, CommandKind.Quit,
    ];

    private static readonly string[] Modes = ["+m", "-m", "+i", "-i", "+k key", "-k key", "+l 5", "-l", "+t", "-n", "+s", "-s"];

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000, Traits = ["run", "deep"])]
    public void Hubs_fedTheSameCommands_areTheSameAtEachLook(int commands)
    {
        Replica[] replicas = [new(uptimeMs: 0), new(uptimeMs: 86_400_000), new(uptimeMs: 7)];
        var random = new Random(11);
        for (var done = 0; done < commands; done += CommandsPerLook)
        {
            foreach (var step in Enumerable.Range(0, CommandsPerLook).Select(_ => Step.Draw(random)))
            {
                Array.ForEach(replicas, replica => replica.Do(step));
            }

            var first = replicas[0].Describe();
            Assert.All(replicas, replica => Assert.Equal(first, replica.Describe()));
            Assert.All(replicas, replica => Assert.Equal(replicas[0].Told, replica.Told));
        }
    }

    /// <summary>Three servers, and one ordered log: each client has its session on one of them, and is a person of all three.</summary>
    [Theory]
    [InlineData(20_000)]
    [InlineData(500_000, Traits = ["run", "deep"])]
    public void Hubs_thatHaveTheirClientsElsewhere_areTheSame(int commands)
    {
        Replica[] replicas =
        [
            .. Enumerable.Range(0, 3).Select(static index => new Replica(uptimeMs: index, isHomeOf: client => client % 3 == index)),
        ];
        var random = new Random(12);
        for (var done = 0; done < commands; done += CommandsPerLook)
        {
            for (var i = 0; i < CommandsPerLook; i++)
            {
                var step = Step.Draw(random);
                // A client's own server knows its current room: in the log each command names its room.
                var named = step.Room.Length > 0 ? step : step with { Room = replicas[step.Client % 3].CurrentOf(step.Client) };
                Array.ForEach(replicas, replica => replica.Do(named));
            }

            var first = replicas[0].Describe();
            Assert.All(replicas, replica => Assert.Equal(first, replica.Describe()));
        }
    }

    [Fact]
    public void Hub_withAnotherSeedAnotherTimeOrOtherLimits_isAnother()
    {
        Replica[] replicas =
        [
            new(uptimeMs: 0), new(uptimeMs: 0, epochSeed: 2), new(uptimeMs: 0, aheadMs: 1),
            new(uptimeMs: 0, limits: new ChatLimits { RoomsPerClient = 2 }),
        ];
        var random = new Random(11);
        foreach (var step in Enumerable.Range(0, CommandsPerLook).Select(_ => Step.Draw(random)))
        {
            Array.ForEach(replicas, replica => replica.Do(step));
        }

        Assert.Equal(replicas.Length, replicas.Select(static replica => replica.Describe()).Distinct().Count());
    }

    /// <summary>One command of one client, and how much later it comes than the one before.</summary>
    private sealed record Step(int Client, CommandKind Kind, string Room, string Nick, string Text, int LaterMs)
    {
        public static Step Draw(Random random)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var text = kind switch
            {
                CommandKind.Modes when random.Next(3) == 0 =>
                    $"{(random.Next(2) == 0 ? "+" : "-")}{"ovb"[random.Next(3)]} {NickOf(random)}",
                CommandKind.Modes => Modes[random.Next(Modes.Length)],
                _ => $"text {random.Next(1000)}",
            };
            var isShort = random.Next(4) == 0;
            return new Step(random.Next(Clients), kind, isShort && kind != CommandKind.Join ? "" : $"#room{random.Next(10)}",
                NickOf(random), text, random.Next(3));
        }

        private static string NickOf(Random random) => $"nick{random.Next(Clients + 6)}";
    }

    /// <summary>One server's chat: its own process time, the same moments.</summary>
    private sealed class Replica
    {
        private readonly FakeTimeProvider _time;
        private readonly TickClock _clock;
        private readonly ChatHub _hub;
        private readonly Func<int, bool>? _isHomeOf;
        private readonly Person[] _persons;
        private readonly RecordingRecipient[] _recipients = new RecordingRecipient[Clients];
        private int _connected;

        public Replica(long uptimeMs, ulong epochSeed = 1, long aheadMs = 0, ChatLimits? limits = null, Func<int, bool>? isHomeOf = null)
        {
            _isHomeOf = isHomeOf;
            _time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero).AddMilliseconds(aheadMs - uptimeMs));
            _clock = new TickClock(_time);
            _time.AdvanceMs(uptimeMs);
            _clock.Refresh();
            _hub = new ChatHub(new RecordingDelivery(), new MetricSet(), _clock, limits ?? new ChatLimits { History = 50 },
                "#lobby"u8.ToArray(), new Epochs(epochSeed));
            _hub.FinishRestoring(new NoJournal(), wasClean: true);
            _persons = [.. Enumerable.Range(0, Clients).Select(Connect)];
        }

        /// <summary>A hash of all that clients were told so far, in order.</summary>
        public long Told { get; private set; }

        /// <summary>The room that a client of this server is in at the moment; empty for none.</summary>
        public string CurrentOf(int client) => _persons[client].Session!.Current is { } room ? Bytes.Utf8(room.Name) : "";

        public void Do(Step step)
        {
            _time.AdvanceMs(step.LaterMs);
            _clock.Refresh();
            var person = _persons[step.Client];
            _hub.Execute(person, new Command
            {
                Kind = step.Kind,
                Room = Bytes.Utf8(step.Room),
                Nick = Bytes.Utf8(step.Nick),
                Text = Bytes.Utf8(step.Text),
                HasText = true,
                Limit = 3,
                After = 1,
                Epoch = 1,
            });
            while (person.Session is { HasMore: true } session)
            {
                session.WritePart();
            }

            foreach (var recipient in _recipients)
            {
                foreach (var heard in recipient.Take())
                {
                    Told = (Told * 31) + string.GetHashCode(heard, StringComparison.Ordinal);
                }
            }

            if (person.IsGone)
            {
                _persons[step.Client] = Connect(step.Client);
            }
        }

        /// <summary>Everything that is remembered of members, ranks, modes, masks, topics, epochs and the past.</summary>
        public string Describe()
        {
            var all = new StringBuilder();
            foreach (var person in _persons)
            {
                all.Append(CultureInfo.InvariantCulture, $"{Bytes.Utf8(person.Nick)} away:{Bytes.Utf8(person.Away ?? [])}");
                foreach (var membership in person.Memberships)
                {
                    all.Append(CultureInfo.InvariantCulture, $" {Bytes.Utf8(membership.Room.Name)}:{membership.Rank}");
                }

                all.Append('\n');
            }

            foreach (var room in _hub.ListRooms().OrderBy(static room => Bytes.Utf8(room.Name), StringComparer.Ordinal))
            {
                DescribeRoom(room, all);
            }

            return all.ToString();
        }

        private static void DescribeRoom(Room room, StringBuilder all)
        {
            var rules = room.Rules;
            all.Append(CultureInfo.InvariantCulture,
                $"{Bytes.Utf8(room.Name)} {room.Epoch} {room.FirstSeq}..{room.LastSeq} {rules.Modes} ");
            all.Append(CultureInfo.InvariantCulture,
                $"{Bytes.Utf8(rules.Key ?? [])} {rules.Limit} {Bytes.Utf8(room.Topic)} {room.TopicUnixMs} {room.CreatedUnixMs}");
            foreach (var ban in rules.Bans.Entries)
            {
                all.Append(CultureInfo.InvariantCulture, $" {Bytes.Utf8(ban.Mask)} {Bytes.Utf8(ban.SetBy)} {ban.UnixMs}");
            }

            for (var i = 0; i < room.Log.Count; i++)
            {
                var past = room.Log.Read(i, room.Name);
                all.Append(CultureInfo.InvariantCulture,
                    $"\n  {past.Kind} {past.Seq} {past.UnixMs} {Bytes.Utf8(past.Nick)} {Bytes.Utf8(past.NewNick)} {Bytes.Utf8(past.Text)}");
            }

            all.Append('\n');
        }

        private Person Connect(int client)
        {
            var recipient = _recipients[client] = new RecordingRecipient();
            if (_isHomeOf is null)
            {
                return _hub.Connect(recipient).Person;
            }

            var nick = Bytes.Utf8($"new{++_connected}");
            var identity = new Identity("u"u8.ToArray(), "h"u8.ToArray(), "r"u8.ToArray());
            return _isHomeOf(client) ? _hub.Connect(recipient, nick, identity).Person : _hub.Admit(recipient, nick, identity);
        }
    }
}
