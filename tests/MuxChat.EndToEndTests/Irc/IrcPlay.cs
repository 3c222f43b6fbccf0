using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// Plays a case against a server. Everyone whom the case names comes first, in the order they are named; then its steps are taken one after
/// the other; in the end nobody may have been told more than the steps say. The roles, each a letter:
/// <list type="table">
/// <item><term>a, b, c</term><description>on IRC, logged in without capabilities, in <c>$room</c></description></item>
/// <item><term>t</term><description>the same with all tags and its own echo: capabilities <see cref="AllTags"/></description></item>
/// <item><term>x</term><description>on IRC, logged in, in no room</description></item>
/// <item><term>n, o</term><description>have connected to the listener and sent nothing</description></item>
/// <item><term>l, f</term><description>on the line protocol and on frames, in <c>$room</c></description></item>
/// <item><term>z</term><description>nobody: <c>$z</c> is a nick that is free</description></item>
/// </list>
/// </summary>
public sealed class IrcPlay : IDisposable
{
    internal const string AllTags = "server-time message-tags echo-message extended-join userhost-in-names multi-prefix standard-replies";

    private readonly Scene _scene;
    private readonly EndPoint _listener;
    private readonly string _user;
    private readonly Dictionary<string, WireClient> _clients = [];
    private readonly Dictionary<string, string> _names = [];

    /// <param name="server">The server, which has listeners for lines and frames too.</param>
    /// <param name="listener">The scheme of the listener where the clients of IRC connect.</param>
    public IrcPlay(ServerProcess server, string listener = "auto")
    {
        // The kernel tells the user of a Unix socket, so that its name is verified and has no tilde.
        _listener = server.Address(listener);
        _user = _listener.AddressFamily == AddressFamily.Unix ? Machine.UserNick : "~tester";
        _scene = new Scene(server);
        _names["$room2"] = Scene.NewRoom();
        _names["$room"] = _scene.Room;
    }

    public void Play(IrcCase played)
    {
        // Everyone is there before the first step, in the order they are named.
        foreach (var who in played.Steps.SelectMany(Who).Distinct())
        {
            Enter(who);
        }

        for (var i = 0; i < played.Steps.Length; i++)
        {
            At(played, $"step {i + 1} of {played.Steps.Length}, \"{played.Steps[i]}\"", () => Take(played.Steps[i]));
        }

        foreach (var (who, client) in _clients.Where(one => !one.Value.IsAtEnd))
        {
            At(played, "after the last step",
                () => Assert.True(Rest(client) is var rest && rest.Count == 0, $"{who} was also told: {string.Join('\n', rest)}"));
        }
    }

    public void Dispose() => _scene.Dispose();

    private static IEnumerable<string> Who(string step) =>
        Regex.Matches(step, @"\$([a-zA-Z])\b").Select(match => match.Groups[1].Value.ToLowerInvariant()).Prepend(step[..1]);

    private static void At(IrcCase played, string where, Action act)
    {
        try
        {
            act();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"IRC case \"{played}\", {where}: {error.Message}", error);
        }
    }

    private void Enter(string who)
    {
        _names["$" + who] = Scene.NewNick(who);
        if (who == "z")
        {
            return;
        }

        WireClient client = who switch
        {
            "l" => _scene.Line(who),
            "f" => _scene.Frame(who),
            "n" or "o" => Connect(),
            "x" => Connect().LogIn(_names["$" + who]),
            "t" => Join(Connect().LogIn(_names["$" + who], AllTags)),
            _ => Join(Connect().LogIn(_names["$" + who])),
        };
        if (who is "l" or "f")
        {
            _names["$" + who] = client.Nick;
        }

        var user = who switch { "l" => "line", "f" => "frame", _ => _user };
        _names["$" + who.ToUpperInvariant()] = $"{_names["$" + who]}!{user}@localhost";
        foreach (var other in _clients.Values)
        {
            Rest(other);
        }

        _clients[who] = client;
    }

    private IrcClient Connect() => _scene.Track(new IrcClient(_listener));

    private IrcClient Join(IrcClient client)
    {
        client.Send("JOIN " + _scene.Room);
        client.Sync();
        return client;
    }

    private void Take(string step)
    {
        var client = _clients[step[..1]];
        var isExpected = step[1] == '<';
        var text = Fill(step[(isExpected ? 3 : 2)..]);
        if (!isExpected)
        {
            switch (client)
            {
                case IrcClient irc:
                    irc.SendBytes(ToBytes(text + "\r\n"));
                    break;
                case LineClient line:
                    line.Send(text);
                    break;
                case FrameClient frame:
                    frame.Send(text);
                    break;
            }

            return;
        }

        if (text == "END")
        {
            client.ExpectEnd();
            client.IsAtEnd = true;
            return;
        }

        switch (client)
        {
            case IrcClient irc:
                var read = irc.Read(text);
                while (IsPlaceForUploads(read) && !IsPlaceForUploads(text))
                {
                    // Only the event loop has one, and other models play the same cases.
                    read = irc.Read(text);
                }

                Assert.True(LinePattern.Matches(Capture(text, read), read), $"{step[..1]} expected: {text}\nand read: {read}");
                break;
            case LineClient line:
                line.Expect(text);
                break;
            case FrameClient frame:
                frame.Expect(text);
                break;
        }
    }

    private static bool IsPlaceForUploads(string line) => line.Contains("/FILEHOST=", StringComparison.Ordinal);

    private static List<string> Rest(WireClient client) => client switch
    {
        IrcClient irc => irc.Ping(),
        LineClient line => line.Ping(),
        FrameClient frame => [.. frame.Ping().Select(told => told.ToJsonString())],
        _ => [],
    };

    // What stands for a word that is not known yet is known from here on.
    private string Capture(string pattern, string read)
    {
        var words = Regex.Matches(pattern, "%[0-9]%").Select(match => match.Value).Distinct().ToArray();
        if (words.Length == 0)
        {
            return pattern;
        }

        var match = Regex.Match(read,
            "^" + Regex.Replace(
                Regex.Escape(pattern).Replace("\\.\\.\\.", ".*?", StringComparison.Ordinal), "%([0-9])%", "(?<w$1>[^ ;]*)") + "$");
        foreach (var word in words)
        {
            _names[word] = match.Groups["w" + word[1]].Value;
        }

        return Fill(pattern);
    }

    private static byte[] ToBytes(string text) =>
        [.. text.Split("\\xff").SelectMany(static (part, i) => Encoding.UTF8.GetBytes(part).Prepend((byte)0xFF).Skip(i == 0 ? 1 : 0))];

    private string Fill(string text)
    {
        foreach (var (name, value) in _names.OrderByDescending(one => one.Key.Length))
        {
            text = text.Replace(name, value, StringComparison.Ordinal);
        }

        return text.Replace("\\x01", "\u0001", StringComparison.Ordinal).Replace("\\x02", "\u0002", StringComparison.Ordinal)
            .Replace("\\x03", "\u0003", StringComparison.Ordinal).Replace("\\x1b", "\u001b", StringComparison.Ordinal);
    }
}
