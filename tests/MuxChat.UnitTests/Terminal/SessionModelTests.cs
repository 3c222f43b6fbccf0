using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>
/// A session against a model of the server, in every order of typing, carrying out, delivering, storing, breaking and crashing: each event
/// is shown once and in order, and each line that was typed is said once.
/// </summary>
public sealed class SessionModelTests
{
    private const int Samples = 1500;

    private static readonly Gen<List<(int Act, int Count)>> Acts = Gen.Select(Gen.Int[0, 99], Gen.Int[1, 6]).List[5, 120];

    [Fact]
    public void Lines_are_said_once_and_events_are_shown_once_whatever_breaks()
    {
        var (breaks, crashes, ghosts, again) = (0, 0, 0, 0);
        Property.Holds(Acts, acts =>
        {
            var life = new Life();
            acts.ForEach(act => life.Act(act.Act, act.Count));
            life.ComeToRest();
            life.Check();
            (breaks, crashes, ghosts, again) = (breaks + life.Breaks, crashes + life.Crashes, ghosts + life.Ghosts, again + life.SaidAgain);
        }, Samples);
        Assert.True(breaks > Samples / 2 && crashes > Samples / 10 && ghosts > Samples / 10 && again > Samples / 10,
            $"{breaks} breaks, {crashes} crashes, {ghosts} connections that stayed, {again} lines that were sent twice");
    }

    [Fact]
    public void Lines_are_said_at_most_once_and_each_fate_is_told_whatever_the_room_forgets()
    {
        var failed = 0;
        Property.Holds(Acts, acts =>
        {
            var life = new Life { IsForgetful = true };
            acts.ForEach(act => life.Act(act.Act, act.Count));
            life.ComeToRest();
            life.CheckFates();
            failed += life.Failed;
        }, Samples);
        Assert.True(failed > Samples / 100, $"{failed} lines of a fate that cannot be known");
    }

    /// <summary>One session and one server, and what is between them.</summary>
    private sealed class Life
    {
        private readonly FakeTimeProvider _time = Clocks.Create();
        private readonly ModelServer _server = new();
        private readonly ChatSession _session;
        private readonly List<ChatLine> _shown = [];
        private readonly List<string> _typed = [];
        private readonly List<ModelServer.Client> _ghosts = [];
        private readonly HashSet<string> _sent = [];
        private ModelServer.Client? _client;
        private int _said;

        public Life()
        {
            _session = new ChatSession(new SessionOptions { Rooms = [ModelServer.Room], Nick = "alice" }, (view, line) =>
            {
                if (view.IsRoom)
                {
                    _shown.Add(line);
                }
            }, _time);
        }

        /// <summary>Whether the room keeps few events while the connection is broken.</summary>
        public bool IsForgetful { get; init; }

        public int Failed => _session.Lines.Failed;

        public int Breaks { get; private set; }

        public int Crashes { get; private set; }

        public int Ghosts { get; private set; }

        public int SaidAgain { get; private set; }

        public void Act(int act, int count)
        {
            switch (act)
            {
                case < 20:
                    Type();
                    break;
                case < 32:
                    _server.OtherSays($"bob {++_said}");
                    break;
                case < 55:
                    Repeat(count, CarryOut);
                    break;
                case < 80:
                    Repeat(count, Deliver);
                    break;
                case < 86:
                    _server.Store();
                    break;
                case < 90:
                    Break(count, isNoticed: true);
                    break;
                case < 93:
                    Break(count, isNoticed: false);
                    break;
                case < 95:
                    Crash();
                    break;
                case < 97:
                    Connect();
                    break;
                case < 98 when _client is not null:
                    _session.Nicks.Change(_session.Nick == "ally" ? "alice" : "ally");
                    break;
                default:
                    _time.Advance(TimeSpan.FromSeconds(1));
                    _session.Tick();
                    EndGhost();
                    break;
            }
        }

        /// <summary>Nothing breaks any more, and all that is on its way arrives.</summary>
        public void ComeToRest()
        {
            for (var round = 0; round < 20; round++)
            {
                Connect();
                while (CarryOut() || Deliver())
                {
                    _server.Store();
                }

                EndGhost();
                _server.Store();
                _time.Advance(TimeSpan.FromSeconds(1));
                _session.Tick();
            }
        }

        public void Check()
        {
            var said = _server.Log.Where(static one => one is { Type: "said", Nick: not "bob" }).Select(static one => one.Text).ToList();
            Assert.Equal(_typed, said);
            Assert.Equal((0, 0), (_session.Lines.Pending, _session.Lines.Failed));
            Assert.Equal(_typed.Count, _session.Lines.Acknowledged);

            // All that is in the room now was shown once and in order. Lines that a crash took were shown too, and never acknowledged.
            var kept = _server.Log.Where(static one => one.Type == "said").Select(static one => one.Text).ToList();
            var shown = _shown.Where(static line => line.Kind == LineKind.Said).Select(static line => line.Text).ToList();
            var first = kept.Count > 0 ? shown.IndexOf(kept.Intersect(shown).FirstOrDefault("")) : 0;
            Assert.Equal(kept.SkipWhile(text => !shown.Contains(text)), shown.Skip(Math.Max(0, first)).Where(kept.Contains).Distinct());

            // After several crashes the server may have no event that the client knows: then it cannot know that nothing is missing.
            Assert.True(Crashes > 1 || !_shown.Exists(static line => line.Kind == LineKind.Gap));
            if (Crashes == 0)
            {
                Assert.Equal(shown.Distinct(), shown);
            }
        }

        public void CheckFates()
        {
            var said = _server.Log.Where(static one => one is { Type: "said", Nick: not "bob" }).Select(static one => one.Text).ToList();
            Assert.Equal(said.Distinct(), said);
            Assert.True(_session.Find(ModelServer.Room)!.IsJoined);
            Assert.Equal((0, _typed.Count), (_session.Lines.Pending, _session.Lines.Acknowledged + _session.Lines.Failed));
        }

        private static void Repeat(int count, Func<bool> act)
        {
            while (count-- > 0 && act())
            {
            }
        }

        private void Type()
        {
            var text = $"line {_typed.Count}";
            _typed.Add(text);
            Assert.True(_session.Lines.Say(_session.Find(ModelServer.Room)!, text, isAction: false));
        }

        private void Connect()
        {
            if (_client is null)
            {
                if (IsForgetful)
                {
                    _server.Forget(kept: 3);
                }

                var client = _server.Connect();
                _client = client;
                _session.Opened(request =>
                {
                    client.Send(request);
                    if ((string?)client.Requests.Last()["type"] == "say" && !_sent.Add((string)client.Requests.Last()["text"]!))
                    {
                        SaidAgain++;
                    }
                });
            }
        }

        private bool CarryOut() => _client is not null && _server.CarryOut(_client);

        private bool Deliver()
        {
            if (_client is null || !_client.Frames.TryDequeue(out var frame))
            {
                return false;
            }

            _session.Receive(frame);
            return true;
        }

        // Of the requests on their way, the server carries some out. If it does not notice the end, it goes on later.
        private void Break(int carriedOut, bool isNoticed)
        {
            if (_client is not { } client)
            {
                return;
            }

            Breaks++;
            _client = null;
            _session.Closed();
            Repeat(carriedOut - 1, () => _server.CarryOut(client));
            if (isNoticed)
            {
                _server.Drop(client);
            }
            else
            {
                Ghosts++;
                _ghosts.Add(client);
            }
        }

        private void EndGhost()
        {
            foreach (var ghost in _ghosts)
            {
                Repeat(int.MaxValue, () => _server.CarryOut(ghost));
                _server.Drop(ghost);
            }

            _ghosts.Clear();
        }

        private void Crash()
        {
            Crashes++;
            _server.Crash();
            _ghosts.Clear();
            if (_client is not null)
            {
                _client = null;
                _session.Closed();
            }
        }
    }
}
