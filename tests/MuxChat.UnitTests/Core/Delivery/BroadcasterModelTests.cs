using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Frame;
using MuxChat.Core.Protocols.Line;
using Person = MuxChat.UnitTests.Core.Delivery.DeliveryModel.Person;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>The broadcaster under the real chat, against <see cref="DeliveryModel"/>: every client hears exactly what it should, in the order it happened.</summary>
public sealed class BroadcasterModelTests
{
    private const int MostClients = 14;

    private static readonly string[] Rooms = ["#lobby", "#a", "#b", "#c", "#d"];

    private readonly SegmentPool _pool = new();
    private readonly Broadcaster _broadcaster;
    private readonly ChatHub _hub;
    private readonly IProtocol[] _protocols = [new LineProtocol(), new FrameProtocol()];
    private readonly DeliveryModel _model = new();
    private readonly List<(Person Person, Listener Listener)> _here = [];
    private readonly List<(Person Person, Listener Listener)> _gone = [];
    private readonly byte[] _scratch = new byte[300];
    private int _guests;
    private int _seed;
    private int _step;

    public BroadcasterModelTests()
    {
        _broadcaster = new Broadcaster(_pool);
        var limits = new ChatLimits { Replay = 0 };
        _hub = new ChatHub(_broadcaster, new Reactor.NoFigures(), new TickClock(new ManualTimeProvider()), limits, Bytes.Utf8(DeliveryModel.Lobby), new Epochs(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Clients_randomSteps_hearExactlyWhatTheyShould(int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        for (_step = 0; _step < 4000; _step++)
        {
            if (_here.Count < 2 || (_here.Count < MostClients && random.Next(12) == 0))
            {
                Connect(random);
            }

            Step(random);
            if (_step % 400 == 399)
            {
                CheckAll();
            }
        }

        CheckAll();
        Assert.True(_pool.Lent <= 2, $"seed {seed}: {_pool.Lent} segments are held when everything was read");
    }

    private void Step(Random random)
    {
        var (person, listener) = _here[random.Next(_here.Count)];
        var room = Rooms[random.Next(Rooms.Length)];
        switch (random.Next(26))
        {
            case 0 or 1 or 2:
                _model.Join(person, room);
                Do(listener, new Command { Kind = CommandKind.Join, Room = Bytes.Utf8(room) }, isDone: true);
                break;
            case 3 or 4:
                Do(listener, new Command { Kind = CommandKind.Part, Room = Bytes.Utf8(room) }, DeliveryModel.Part(person, room));
                break;
            case 5 or 6:
                var nick = $"n{_step}";
                DeliveryModel.Rename(person, nick);
                Do(listener, new Command { Kind = CommandKind.Nick, Nick = Bytes.Utf8(nick) }, isDone: true);
                break;
            case 7 when random.Next(2) == 0:
                Quit(person, listener);
                break;
            case 8:
                Do(listener, new Command { Kind = CommandKind.Topic, Room = Bytes.Utf8(room), Text = Bytes.Utf8($"t{_step}"), HasText = true }, DeliveryModel.SetTopic(person, room, $"t{_step}"));
                break;
            case 9 or 10:
                var to = _here[random.Next(_here.Count)].Person;
                DeliveryModel.Message(person, to, $"m{_step}");
                Do(listener, new Command { Kind = CommandKind.Message, Nick = Bytes.Utf8(to.Nick), Text = Bytes.Utf8($"m{_step}") }, isDone: true);
                break;
            case 11:
                DeliveryModel.Ping(person, $"p{_step}");
                Do(listener, new Command { Kind = CommandKind.Ping, Text = Bytes.Utf8($"p{_step}") }, isDone: true);
                break;
            case 12:
                _broadcaster.Distribute();
                break;
            case 13 or 14:
                listener.Receive(_scratch, random.Next(0, 500));
                break;
            case 15 when random.Next(4) == 0:
                Break(person, listener);
                break;
            default:
                Say(random, person, listener, room);
                break;
        }
    }

    private void Say(Random random, Person person, Listener listener, string room)
    {
        var text = $"x{_step}" + new string('.', random.Next(0, random.Next(20) == 0 ? 3000 : 30));
        var isAct = random.Next(5) == 0;
        var kind = isAct ? CommandKind.Act : CommandKind.Say;
        Do(listener, new Command { Kind = kind, Room = Bytes.Utf8(room), Text = Bytes.Utf8(text) }, DeliveryModel.Say(person, room, text, isAct));
    }

    private void Connect(Random random)
    {
        var person = new Person($"guest-{++_guests}", isFrame: random.Next(2) == 1);
        _model.Connect(person);
        _here.Add((person, new Listener(_broadcaster, _hub, _protocols[person.IsFrame ? 1 : 0])));
    }

    private void Quit(Person person, Listener listener)
    {
        DeliveryModel.Quit(person, "bye");
        Do(listener, new Command { Kind = CommandKind.Quit, Text = "bye"u8 }, isDone: true);
        _here.Remove((person, listener));
        _gone.Add((person, listener));
    }

    // A connection breaks: it gets nothing more, and the rooms hear of it later.
    private void Break(Person person, Listener listener)
    {
        var heard = listener.Heard();
        Assert.True(heard.SequenceEqual(person.Expected.Take(heard.Count)), $"seed {_seed}, step {_step}");
        listener.Recipient.Close();
        _here.Remove((person, listener));
        DeliveryModel.Quit(person, "broken");
        _hub.Disconnect(listener.Session, "broken");
        Assert.Equal(0, listener.Recipient.Outbox.QueuedBytes);
    }

    private void Do(Listener listener, Command command, bool isDone) =>
        Assert.True(isDone == _hub.Execute(listener.Session, command).IsDone, $"seed {_seed}, step {_step}");

    private void CheckAll()
    {
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var recipient))
        {
            ((Listener)recipient.Owner).Receive(_scratch);
        }

        foreach (var (person, listener) in _here.Concat(_gone))
        {
            listener.Receive(_scratch);
            var heard = listener.Heard();
            var at = heard.Zip(person.Expected).TakeWhile(static pair => pair.First == pair.Second).Count();
            var isSame = at == heard.Count && at == person.Expected.Count;
            Assert.True(isSame, $"seed {_seed}, step {_step}, event {at}: expected '{person.Expected.ElementAtOrDefault(at)}', heard '{heard.ElementAtOrDefault(at)}'");
        }

        _gone.Clear();
    }
}
