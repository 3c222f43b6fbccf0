using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using Person = MuxChat.UnitTests.Core.Delivery.DeliveryModel.Person;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>A talk through the broadcaster under the real chat, against <see cref="DeliveryModel"/>.</summary>
internal sealed class DeliveryRun
{
    private const int MaxClients = 14;

    private static readonly string[] Rooms = ["#lobby", "#a", "#b", "#c", "#d"];

    private readonly SegmentPool _pool = new();
    private readonly Broadcaster _broadcaster;
    private readonly ChatHub _hub;
    private readonly IProtocol[] _protocols = [new LineProtocol(), new JsonProtocol()];
    private readonly DeliveryModel _model = new();
    private readonly List<(Person Person, Listener Listener)> _here = [];
    private readonly List<(Person Person, Listener Listener)> _gone = [];
    private readonly byte[] _scratch = new byte[300];
    private int _guests;
    private int _step;

    public DeliveryRun()
    {
        _broadcaster = new Broadcaster(_pool);
        var limits = new ChatLimits { Replay = 0 };
        var metrics = new MuxChat.Core.Metrics.MetricSet();
        var clock = new TickClock(new FakeTimeProvider());
        _hub = new ChatHub(_broadcaster, metrics, clock, limits, Bytes.Utf8(DeliveryModel.Lobby), new Epochs(1));
    }

    /// <summary>Takes one step; the first two clients are there before it.</summary>
    /// <param name="who">Which of those who are there.</param>
    /// <param name="what">What it does: 0 to 29.</param>
    /// <param name="room">Where: 0 to 4.</param>
    /// <param name="more">Whatever else there is to choose: 0 to 2,999.</param>
    public void Step(int who, int what, int room, int more)
    {
        _step++;
        while (_here.Count < 2)
        {
            Connect(isFrame: more % 2 == 1);
        }

        var (person, listener) = _here[who % _here.Count];
        Step(person, listener, what, Rooms[room], more);
    }

    /// <summary>Everybody reads everything, and has heard what it should; then nothing is held.</summary>
    public void End()
    {
        CheckAll();
        Assert.InRange(_pool.Lent, 0, 2);
    }

    private void Step(Person person, Listener listener, int what, string room, int more)
    {
        switch (what)
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
            case 7 when more % 2 == 0:
                Quit(person, listener);
                break;
            case 8:
                Do(listener, new Command
                {
                    Kind = CommandKind.Topic,
                    Room = Bytes.Utf8(room),
                    Text = Bytes.Utf8($"t{_step}"),
                    HasText = true
                }, DeliveryModel.SetTopic(person, room, $"t{_step}"));
                break;
            case 9 or 10:
                var to = _here[more % _here.Count].Person;
                DeliveryModel.Message(person, to, $"m{_step}");
                Do(listener, new Command { Kind = CommandKind.Message, Nick = Bytes.Utf8(to.Nick), Text = Bytes.Utf8($"m{_step}") },
                    isDone: true);
                break;
            case 11:
                DeliveryModel.Ping(person, $"p{_step}");
                Do(listener, new Command { Kind = CommandKind.Ping, Text = Bytes.Utf8($"p{_step}") }, isDone: true);
                break;
            case 12:
                _broadcaster.Distribute();
                break;
            case 13 or 14:
                listener.Receive(_scratch, more % 500);
                break;
            case 15 when more % 4 == 0:
                Break(person, listener);
                break;
            case 16 or 17 when _here.Count < MaxClients:
                Connect(isFrame: more % 2 == 1);
                break;
            default:
                Say(person, listener, room, isAct: what == 18, bytes: more % 20 == 0 ? more : more % 30);
                break;
        }
    }

    private void Say(Person person, Listener listener, string room, bool isAct, int bytes)
    {
        var text = $"x{_step}" + new string('.', bytes);
        var kind = isAct ? CommandKind.Act : CommandKind.Say;
        Do(listener, new Command { Kind = kind, Room = Bytes.Utf8(room), Text = Bytes.Utf8(text) },
            DeliveryModel.Say(person, room, text, isAct));
    }

    private void Connect(bool isFrame)
    {
        var person = new Person($"guest-{++_guests}", isFrame);
        _model.Connect(person);
        _here.Add((person, new Listener(_broadcaster, _hub, _protocols[person.IsFrame ? 1 : 0])));
    }

    private void Quit(Person person, Listener listener)
    {
        DeliveryModel.Quit(person, "Quit: bye");
        Do(listener, new Command { Kind = CommandKind.Quit, Text = "bye"u8 }, isDone: true);
        _here.Remove((person, listener));
        _gone.Add((person, listener));
    }

    // A connection breaks: it gets nothing more, and the rooms hear of it later.
    private void Break(Person person, Listener listener)
    {
        var heard = listener.Heard();
        Assert.True(heard.SequenceEqual(person.Expected.Take(heard.Count)), $"step {_step}");
        listener.Recipient.Close();
        _here.Remove((person, listener));
        DeliveryModel.Quit(person, "broken");
        _hub.Disconnect(listener.Session, "broken");
        Assert.Equal(0, listener.Recipient.Outbox.QueuedBytes);
    }

    private void Do(Listener listener, Command command, bool isDone) =>
        Assert.True(isDone == listener.Commands.Execute(command).IsOk, $"step {_step}");

    private void CheckAll()
    {
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var recipient))
        {
            ((Listener)recipient.Owner!).Receive(_scratch);
        }

        foreach (var (person, listener) in _here.Concat(_gone))
        {
            listener.Receive(_scratch);
            var heard = listener.Heard();
            var at = heard.Zip(person.Expected).TakeWhile(static pair => pair.First == pair.Second).Count();
            var isSame = at == heard.Count && at == person.Expected.Count;
            Assert.True(isSame, $"step {_step}, event {at}: expected '{person.Expected.ElementAtOrDefault(at)}', heard '"
                + $"{heard.ElementAtOrDefault(at)}'");
        }

        _gone.Clear();
    }
}
