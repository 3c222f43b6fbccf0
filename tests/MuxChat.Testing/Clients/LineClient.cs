using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;


namespace MuxChat.Testing.Clients;

/// <summary>A client of the line protocol, with a reader of its own.</summary>
public sealed class LineClient(EndPoint server, int receiveBufferBytes = 0, IPAddress? from = null)
    : WireClient(server, receiveBufferBytes, from)
{
    private static int _lastToken;

    public void Send(string line) => SendBytes(Encoding.UTF8.GetBytes(line + "\n"));

    public void Send(params string[] lines) => SendBytes(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public string ReadLine() => ReadLine("any line");

    public List<string> ReadLines(int count) => [.. Enumerable.Range(0, count).Select(_ => ReadLine())];

    /// <summary>All lines until the connection ends.</summary>
    public List<string> ReadLinesToEnd()
    {
        var lines = new List<string>();
        while (TryReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Requires that the next line is this one; <c>...</c> stands for anything.</summary>
    public void Expect(string pattern)
    {
        var line = ReadLine(pattern);
        Assert.True(LinePattern.Matches(pattern, line), $"{Describe()} expected: {pattern}\nand read: {line}");
    }

    public void Expect(params string[] patterns)
    {
        foreach (var pattern in patterns)
        {
            Expect(pattern);
        }
    }

    /// <summary>Sends a line and requires one error line as the answer; the connection stays in step.</summary>
    public void ExpectError(string line, string pattern)
    {
        Send(line);
        Expect("! " + pattern);
        ExpectNothing();
    }

    /// <summary>All lines up to the first that fits, that one included.</summary>
    public List<string> ReadUntil(Func<string, bool> fits, [CallerArgumentExpression(nameof(fits))] string awaited = "")
    {
        var lines = new List<string>();
        do
        {
            lines.Add(ReadLine(awaited));
        }
        while (!fits(lines[^1]));
        return lines;
    }

    /// <summary>Asks for a pong, and returns every line that came before it: everything that was due until then.</summary>
    public List<string> Ping()
    {
        var token = "t" + Interlocked.Increment(ref _lastToken).ToString(CultureInfo.InvariantCulture);
        Send("/ping " + token);
        var lines = ReadUntil(line => line == "* pong " + token);
        lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>Requires that nothing came but what was read.</summary>
    public void ExpectNothing() => Assert.Empty(Ping());

    public override void Sync() => Ping();

    private string ReadLine(string awaited)
    {
        Awaited = awaited;
        var line = TryReadLine();
        Assert.True(line is not null, EndedBefore());
        return line;
    }
}
