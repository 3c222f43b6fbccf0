using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// Plays one case of the table against a running server whose log is at debug, and requires everything that the case says.
/// </summary>
public sealed partial class HostileRun : IDisposable
{
    private static int _lastMark;

    private readonly HostileCase _case;
    private readonly ServerProcess _server;
    private readonly Scene _scene;
    private readonly Bystanders _bystanders;
    private readonly HostileClient _client;
    private readonly string _mark = "mark" + Interlocked.Increment(ref _lastMark).ToString(CultureInfo.InvariantCulture);
    private readonly int _logged;
    private string _at = "the beginning";

    public HostileRun(HostileCase hostile, ServerProcess server, PingTimes times)
    {
        _case = hostile;
        _server = server;
        _scene = new Scene(server);
        _bystanders = hostile.IsResident ? InRoom(times) : InLobby(times);
        _bystanders.Forget();
        _logged = server.Errors.Count;
        _client = _scene.Track(
            new HostileClient(server.Address(hostile.Listener), hostile.Language) { WhileWaiting = _bystanders.Ping });
        if (hostile.IsResident)
        {
            _client.Nick = Scene.NewNick("evil");
            _client.MoveIn(Room);
            _bystanders.Forget();
        }
    }

    private string Room => _case.IsResident ? _scene.Room : "#lobby";

    public static void Play(HostileCase hostile, ServerProcess server, PingTimes times)
    {
        using var run = new HostileRun(hostile, server, times);
        try
        {
            run.Play();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Hostile case \"{hostile.Name}\" ({hostile.Listener}), {run._at}: {error.Message}", error);
        }
    }

    public void Play()
    {
        for (var i = 0; i < _case.Steps.Length; i++)
        {
            _at = $"step {i + 1} of {_case.Steps.Length}, {_case.Steps[i].Act}";
            Take(_case.Steps[i]);
        }

        _at = $"its end, {_case.End.How}";
        End();
        _client.Dispose();
        _at = "what is logged and heard of it";
        ExpectReasonInLog();
        _bystanders.Ping();
        _bystanders.ExpectHeard(Expected().Select(one => (Filled(one.Line), Filled(one.Frame))), _case.IsResident ? null : Words());
    }

    public void Dispose() => _scene.Dispose();

    private Bystanders InRoom(PingTimes times) => new(_scene.Line("line"), _scene.Frame("frame"), times);

    private Bystanders InLobby(PingTimes times)
    {
        var line = _scene.Nobody();
        line.Nick = Scene.NewNick("line");
        line.Send("/nick " + line.Nick);
        var frame = _scene.Track(_server.ConnectFrames());
        frame.Nick = Scene.NewNick("frame");
        frame.Send($$"""{"type":"nick","nick":"{{frame.Nick}}"}""");
        return new Bystanders(line, frame, times);
    }

    private void Take(HostileStep step)
    {
        switch (step.Act)
        {
            case HostileAct.Send:
                SendInHalves(Repeated(Filled(step.Bytes), step.Times));
                break;
            case HostileAct.Drip:
                Drip(Filled(step.Bytes));
                break;
            case HostileAct.SendFrame:
                var body = Filled(step.Bytes);
                SendInHalves(Repeated(_client.Framed(body), step.Times));
                break;
            case HostileAct.Get:
                for (var i = 0; i < step.Times; i++)
                {
                    GetMatching(Filled(Encoding.UTF8.GetString(step.Bytes))!);
                }

                break;
            case HostileAct.ReadUntil:
                for (var i = 0; i < step.Times; i++)
                {
                    ReadUntil(Filled(Encoding.UTF8.GetString(step.Bytes))!);
                }

                break;
            case HostileAct.GetBytes:
                GetBytes(Filled(step.Bytes));
                break;
            case HostileAct.GetMessage:
                for (var i = 0; i < step.Times; i++)
                {
                    Assert.Equal(Convert.ToHexString(Filled(step.Bytes)), Convert.ToHexString(_client.TryReadBody() ?? []));
                }

                break;
            case HostileAct.GetResponse:
                Assert.Equal(Encoding.UTF8.GetString(step.Bytes), _client.ReadResponse(hasBody: step.Times > 0));
                break;
            case HostileAct.ReadLineGreeting:
                var welcome = GetMatching("* Welcome to MuxChat! You are ..., in #lobby. ...");
                _client.Nick = LineWelcome().Match(welcome).Groups["nick"].Value;
                GetMatching("* you are in #lobby (... here), ...");
                break;
            case HostileAct.ReadFrameGreeting:
                ReadFrameGreeting();
                break;
            case HostileAct.Wait:
                _server.LetASecondPass(_bystanders.Ping);
                break;
        }
    }

    private void GetBytes(byte[] expected)
    {
        while (_case.HearsLobby && _client.PeekByte() is '*' or '<')
        {
            Assert.Matches(LobbyTalk(), _client.TryReadLine());
        }

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(_client.ReadBytes(expected.Length)));
    }

    private void ReadFrameGreeting()
    {
        var welcome = JsonNode.Parse(_client.TryReadText(isJson: true) ?? "{}");
        Assert.Equal("welcome", (string?)welcome?["type"]);
        _client.Nick = (string)welcome!["nick"]!;
        GetMatching($$"""{"type":"joined","room":"#lobby","seq":"...","time":"...","nick":"{{_client.Nick}}"}""");
        GetMatching("""{"type":"room","room":"#lobby","topic":"...","members":"...","seq":"...","epoch":"..."}""");
    }

    // The server may close before it has all: then the rest cannot be sent, and need not be.
    private void SendInHalves(byte[] bytes)
    {
        _client.TrySendBytes(bytes.AsSpan(0, bytes.Length / 2));
        _bystanders.Ping();
        _client.TrySendBytes(bytes.AsSpan(bytes.Length / 2));
        _bystanders.Ping();
    }

    private void Drip(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            _client.TrySendBytes(bytes.AsSpan(i, 1));
            _bystanders.Ping();
        }
    }

    private void ReadUntil(string pattern)
    {
        string? read;
        do
        {
            read = _client.TryReadText(isJson: false);
            Assert.True(read is not null, $"the connection ended where this was expected: {pattern}");
            Assert.StartsWith("* ", read, StringComparison.Ordinal);
        }
        while (!LinePattern.Matches(pattern, read));
    }

    private string GetMatching(string pattern)
    {
        while (true)
        {
            var isJson = pattern.StartsWith('{');
            var read = _client.TryReadText(isJson);
            Assert.True(read is not null, $"the connection ended where this was expected: {pattern}");
            if (isJson ? JsonPattern.Matches(JsonNode.Parse(pattern), JsonNode.Parse(read)) : LinePattern.Matches(pattern, read))
            {
                return read;
            }

            // A newcomer hears what goes on in the lobby.
            Assert.True(_case.HearsLobby && LobbyTalk().IsMatch(read), $"expected: {pattern}\nand read: {read}");
        }
    }

    private void End()
    {
        switch (_case.End.How)
        {
            case HostileEnd.Way.StaysOpen:
                Assert.DoesNotContain(_client.Ping(), read => !_case.HearsLobby || !LobbyTalk().IsMatch(read));
                _client.ShutdownSend();
                _client.ReadToEnd();
                break;
            case HostileEnd.Way.Leaves:
                _client.ShutdownSend();
                var rest = Encoding.UTF8.GetString(_client.ReadToEnd());
                Assert.True(rest.Length == 0 || _case.HearsLobby, $"read when all was read: {rest}");
                break;
            case HostileEnd.Way.Resets:
                _client.Reset();
                return;
            case HostileEnd.Way.ClosedByServer:
                _client.ExpectEnd();
                break;
        }

        Assert.False(_client.WasReset, "the server reset the connection");
    }

    private void ExpectReasonInLog()
    {
        // Ports come back in a long run: with the nick it is this client and no other. Over a Unix socket a newcomer may have the name of
        // another, and is known by its reason.
        var closed = $" closed {_client.LocalName} ({Filled(_case.NickAtEnd)}): ";
        var reason = $"): {_case.End.Reason}, now ";
        var isNamesake = _case is { IsLocal: true, IsResident: false };
        var logged = _server.Errors.WaitFor(_logged, line => line.Contains(closed, StringComparison.Ordinal)
            && (!isNamesake || line.Contains(reason, StringComparison.Ordinal)));
        Assert.Contains(reason, logged);
    }

    private IEnumerable<Hears> Expected()
    {
        if (_case.IsResident)
        {
            return _case.IsMissed ? _case.Others.Append(Hears.Quit(_case.End.Words)) : _case.Others;
        }

        if (_client.Nick.Length == 0)
        {
            return _case.Others;
        }

        return _case.IsMissed ? [Hears.Joined(), .. _case.Others, Hears.Quit(_case.End.Words)] : [Hears.Joined(), .. _case.Others];
    }

    private List<string> Words() => _client.Nick.Length == 0 ? [_mark] : [_mark, _client.Nick];

    private static byte[] Repeated(byte[] bytes, int times)
    {
        var all = new byte[bytes.Length * times];
        for (var i = 0; i < times; i++)
        {
            bytes.CopyTo(all, i * bytes.Length);
        }

        return all;
    }

    private byte[] Filled(byte[] bytes) => Encoding.Latin1.GetBytes(Filled(Encoding.Latin1.GetString(bytes))!);

    private string? Filled(string? text) => text?
        .Replace("{me}", _client.Nick, StringComparison.Ordinal)
        .Replace("{room}", Room, StringComparison.Ordinal)
        .Replace("{ME}", _client.Nick.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{LINE}", _bystanders.LineNick.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{line}", _bystanders.LineNick, StringComparison.Ordinal)
        .Replace("{frame}", _bystanders.FrameNick, StringComparison.Ordinal)
        .Replace("{MARK}", _mark.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{mark}", _mark, StringComparison.Ordinal);

    [GeneratedRegex(@"You are (?<nick>\S+), in")]
    private static partial Regex LineWelcome();

    [GeneratedRegex("""^(\* |<guest-|\*\* guest-|\{"type":"(joined|left|quit|renamed|said|acted|topic)")""")]
    private static partial Regex LobbyTalk();
}
