using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// Plays one case of datagrams against a running server, beside two who sit in the room of the alerts, and requires everything that the
/// case says. That nothing else came is known by a probe: from one socket to another this machine keeps the order of datagrams.
/// </summary>
internal sealed class DatagramRun : IDisposable
{
    private const string Room = "#alerts";
    private const string From = "udp/localhost";
    private const string Key = "s3cret ";
    private const int ProbeAgainMs = 200;

    private static int _lastProbe;

    private readonly DatagramCase _case;
    private readonly ServerProcess _server;
    private readonly Bystanders _bystanders;
    private readonly LineClient _line;
    private readonly FrameClient _frame;
    private readonly DatagramClient[] _senders;

    private DatagramRun(DatagramCase hostile, ServerProcess server, PingTimes times)
    {
        (_case, _server) = (hostile, server);
        _line = server.ConnectLines();
        _line.Nick = Scene.NewNick("line");
        _line.Send("/nick " + _line.Nick, "/join " + Room, "/part #lobby");
        _line.Sync();
        _frame = server.ConnectFrames();
        _frame.Nick = Scene.NewNick("frame");
        _frame.Send($$"""{"type":"nick","nick":"{{_frame.Nick}}"}""", $$"""{"type":"join","room":"{{Room}}"}""",
            """{"type":"part","room":"#lobby"}""");
        _frame.Sync();
        _bystanders = new Bystanders(_line, _frame, times);
        _bystanders.Forget();
        _senders = [.. Enumerable.Range(0, hostile.Senders).Select(_ => NewSender())];
    }

    public static void Play(DatagramCase hostile, ServerProcess server, PingTimes times)
    {
        using var run = new DatagramRun(hostile, server, times);
        try
        {
            run.Play();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Hostile case \"{hostile.Name}\": {error.Message}", error);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_senders, sender => sender.Dispose());
        _line.Dispose();
        _frame.Dispose();
    }

    private void Play()
    {
        var answers = new List<byte[]>();
        for (var i = 0; i < _case.Datagrams.Length; i++)
        {
            var sender = _senders[i % _senders.Length];
            sender.Send(_case.Datagrams[i]);
            if (_case.LeavesAtOnce)
            {
                sender.Dispose();
                _senders[i % _senders.Length] = NewSender();
            }
            else if (_case.Answers.Length > 0 && !_case.IsFlood)
            {
                answers.Add(sender.Receive());
            }
        }

        if (!_case.IsFlood)
        {
            Assert.Equal(_case.LeavesAtOnce ? [] : _case.Answers.Select(Convert.ToHexString), answers.Select(Convert.ToHexString));
        }

        _bystanders.Ping();
        Array.ForEach(_senders, ProbeForAnswers);
        ExpectRoom();
        Assert.DoesNotContain(_server.Errors.Lines, line => line.Contains("this is a bug", StringComparison.Ordinal));
    }

    // Its own answer is the next that comes, or after a flood the next that is none of those awaited.
    private void ProbeForAnswers(DatagramClient sender)
    {
        if (_case.Listener == "notify+udp")
        {
            return;
        }

        var probe = $"PROBE-{Interlocked.Increment(ref _lastProbe)}";
        var known = _case.Answers.Select(Convert.ToHexString).ToHashSet();
        var patience = new Patience();
        sender.Send(probe);
        while (true)
        {
            patience.Check("the probe is answered");
            if (sender.TryReceive(ProbeAgainMs) is not { } answer)
            {
                // The kernel drops what a full socket cannot hold.
                sender.Send(probe);
                continue;
            }

            if (Encoding.ASCII.GetString(answer) == probe)
            {
                return;
            }

            Assert.True(_case.IsFlood && known.Contains(Convert.ToHexString(answer)),
                $"an answer that nobody asked for: {Convert.ToHexString(answer)}");
        }
    }

    // All alerts of the case were said before the probe's, and nothing else.
    private void ExpectRoom()
    {
        using var sender = new DatagramClient(_server.EndPoint("notify+udp"));
        List<string> probes = [Probe(sender)];
        Guard.Until(
            () =>
            {
                _bystanders.Ping();
                if (_bystanders.Lines.Contains(AsLine(probes[^1])))
                {
                    return true;
                }

                if (_case.IsFlood)
                {
                    // The kernel drops what a full socket cannot hold. Each is another, so that none is left when the last was heard.
                    probes.Add(Probe(sender));
                }

                return false;
            },
            "the alert behind the case's is said");
        if (_case.IsFlood)
        {
            var known = _case.Said.Concat(probes).Select(AsLine).ToHashSet();
            Assert.All(_bystanders.Lines, line => Assert.Contains(line, known));
            return;
        }

        _bystanders.ExpectHeard(_case.Said.Concat(probes).Select(text => ((string?)AsLine(text), (string?)AsFrame(text))));
    }

    private static string Probe(DatagramClient sender)
    {
        var probe = $"probe-{Interlocked.Increment(ref _lastProbe).ToString(CultureInfo.InvariantCulture)}";
        sender.Send(Key + probe);
        return probe;
    }

    private static string AsLine(string text) => $"<{From}> {text}";

    private static string AsFrame(string text) => new JsonObject
    {
        ["type"] = "said",
        ["room"] = Room,
        ["seq"] = "...",
        ["time"] = "...",
        ["from"] = From,
        ["text"] = text,
    }.ToJsonString();

    private DatagramClient NewSender() => new(_server.EndPoint(_case.Listener));
}
