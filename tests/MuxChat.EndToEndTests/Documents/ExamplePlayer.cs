using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Documents;

/// <summary>
/// Plays an example on a server of its own. A step is <c>name&gt; text</c> (the client sends it), <c>name&lt; text</c> (it is the next
/// thing the client receives; <c>...</c> stands for anything), or <c>name: what it does</c>. A client connects where its name first stands.
/// </summary>
public sealed partial class ExamplePlayer : IDisposable
{
    private readonly Example _example;
    private readonly ServerProcess _server;
    private readonly Dictionary<string, IActor> _actors = [];
    private readonly HashSet<string> _ended = [];

    private ExamplePlayer(Example example)
    {
        _example = example;
        _server = ServerProcess.Start([.. example.Options]);
    }

    /// <summary>Plays it to its end; in the end nobody may have received anything that does not stand in the example.</summary>
    public static void Play(Example example)
    {
        using var player = new ExamplePlayer(example);
        for (var i = 0; i < example.Steps.Count; i++)
        {
            player.PlayStep(example.Steps[i], example.Line + i);
        }

        foreach (var (name, actor) in player._actors)
        {
            if (!player._ended.Contains(name))
            {
                player.At(example.Line + example.Steps.Count, actor.ExpectNothing);
            }
        }
    }

    public void Dispose()
    {
        foreach (var actor in _actors.Values)
        {
            actor.Dispose();
        }

        _server.Dispose();
    }

    private void PlayStep(string step, int line)
    {
        var match = Step().Match(step);
        Assert.True(match.Success, $"{_example.Document}:{line}: no step: {step}");
        var name = match.Groups["name"].Value;
        var text = match.Groups["text"].Value;
        switch (match.Groups["kind"].Value)
        {
            case ">":
                At(line, () => ActorOf(name, text).Send(text));
                break;
            case "<":
                At(line, () => ActorOf(name, text).Expect(text));
                break;
            default:
                At(line, () => Do(name, text));
                break;
        }
    }

    private void Do(string name, string what)
    {
        var actor = ActorOf(name, what);
        switch (what)
        {
            case "connects" or "connects with lines" or "connects with frames":
                actor.SkipGreeting();
                break;
            case "closes its side":
                actor.ShutdownSend();
                _ended.Add(name);
                break;
            case "is closed":
                actor.ExpectEnd();
                _ended.Add(name);
                break;
            default:
                Assert.Fail($"no such thing to do: {what}");
                break;
        }
    }

    private IActor ActorOf(string name, string what)
    {
        if (!_actors.TryGetValue(name, out var actor))
        {
            var speaksFrames = what.EndsWith("with frames", StringComparison.Ordinal)
                || (_example.Protocol == "frames" && !what.EndsWith("with lines", StringComparison.Ordinal));
            actor = speaksFrames ? new FrameActor(_server.ConnectFrames()) : new LineActor(_server.ConnectLines());
            _actors.Add(name, actor);
        }

        return actor;
    }

    private void At(int line, Action play)
    {
        try
        {
            play();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{_example.Document}:{line}: {_example.Protocol}: {error.Message}", error);
        }
    }

    [GeneratedRegex(@"^(?<name>[a-z]+)(?<kind>[><:])( (?<text>.*))?$")]
    private static partial Regex Step();
}
