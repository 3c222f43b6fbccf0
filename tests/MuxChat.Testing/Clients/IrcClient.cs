using System.Globalization;
using System.Net;
using System.Text;


namespace MuxChat.Testing.Clients;

/// <summary>A client of IRC, with a reader of its own.</summary>
public sealed class IrcClient(EndPoint server) : WireClient(server)
{
    private static int _lastToken;

    /// <summary>The server's name, from which its lines come.</summary>
    public string Server { get; init; } = "muxchat.local";

    public void Send(string line) => SendBytes(Encoding.UTF8.GetBytes(line + "\r\n"));

    /// <summary>
    /// The next line, which must end with CRLF, and without its tags be no longer than 512 bytes; null at the end of the connection.
    /// </summary>
    public string? TryRead()
    {
        var line = TryReadLine();
        if (line is null)
        {
            return null;
        }

        Assert.EndsWith("\r", line, StringComparison.Ordinal);
        var untagged = line.StartsWith('@') ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line;
        Assert.True(Encoding.UTF8.GetByteCount(untagged) <= 511, $"{Describe()}: a line of more than 512 bytes: {line}");
        return line[..^1];
    }

    public string Read(string awaited = "any line")
    {
        Awaited = awaited;
        var line = TryRead();
        Assert.True(line is not null, EndedBefore());
        return line;
    }

    /// <summary>Asks for a pong, and returns every line that came before it.</summary>
    public List<string> Ping()
    {
        var token = "t" + Interlocked.Increment(ref _lastToken).ToString(CultureInfo.InvariantCulture);
        Send("PING " + token);
        var lines = new List<string>();
        while (true)
        {
            var line = Read("PONG " + token);
            if (line == $":{Server} PONG {Server} :{token}")
            {
                return lines;
            }

            lines.Add(line);
        }
    }

    public override void Sync() => Ping();

    /// <summary>Logs in and drops the welcome.</summary>
    public IrcClient LogIn(string nick, string caps = "")
    {
        Nick = nick;
        if (caps.Length > 0)
        {
            Send($"CAP REQ :{caps}");
        }

        Send($"NICK {nick}");
        Send("USER tester 0 * :A tester");
        if (caps.Length > 0)
        {
            Send("CAP END");
        }

        Sync();
        return this;
    }
}
