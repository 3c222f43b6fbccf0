using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A talk in which a client passes over the lines that a test does not ask for.</summary>
internal static class LineTalk
{
    /// <summary>Takes a nick, after the greeting.</summary>
    public static LineClient As(this LineClient client, string nick)
    {
        client.Nick = nick;
        client.Send($"/nick {nick}");
        client.Hear($"* is now {nick}", line => line.EndsWith($"is now {nick}", StringComparison.Ordinal));
        return client;
    }

    /// <summary>Reads on to that line.</summary>
    public static void Hear(this LineClient client, string line) => client.Hear(line, read => read == line);

    /// <summary>Reads on to a line of that kind, and returns it.</summary>
    public static string Hear(this LineClient client, string what, Predicate<string> isMeant)
    {
        var others = new List<string>();
        while (true)
        {
            var line = client.TryReadLine();
            Assert.True(line is not null, $"{client.Nick}: the end came instead of \"{what}\", after: {string.Join(" | ", others)}");
            if (isMeant(line))
            {
                return line;
            }

            others.Add(line);
        }
    }
}
