using System.Text.RegularExpressions;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols.Irc;
using static MuxChat.UnitTests.Core.Bytes;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>What reads and writes IRC here, against the cases of <see cref="ParserCollection"/>.</summary>
public sealed partial class ParserCollectionTests
{
    public static TheoryData<string> Lines => [.. ParserCollection.Splits.Select(static one => one.Line)];

    public static TheoryData<int> Joins => [.. Enumerable.Range(0, ParserCollection.Joins.Length)];

    public static TheoryData<string> Masks => [.. ParserCollection.Masks.Select(static one => one.Mask)];

    public static TheoryData<string> Sources => [.. ParserCollection.UserHosts.Select(static one => one.Source)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_isCutIntoItsParts(string line)
    {
        var right = ParserCollection.Splits.Single(one => one.Line == line);

        var message = IrcMessage.Parse(Utf8(line));

        Assert.Equal(right.Tags, Utf8(message.Tags));
        Assert.Equal(right.Source, Utf8(message.Source));
        Assert.Equal(right.Command, Utf8(message.Command));
        var parameters = new List<string>();
        for (var i = 0; i < message.Count; i++)
        {
            parameters.Add(Utf8(message[i]));
        }

        Assert.Equal(right.Parameters, parameters);
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void Line_isBuiltFromItsParts(int index)
    {
        var (source, command, parameters, right) = ParserCollection.Joins[index];
        var line = new IrcLine(new IrcServer()).Begin();
        if (source.Length > 0)
        {
            line.Put(Utf8($":{source} "));
        }

        line.Put(Utf8(command));
        foreach (var parameter in parameters.SkipLast(1))
        {
            line.Param(Utf8(parameter));
        }

        if (parameters.Length > 0)
        {
            line.Last(Utf8(parameters[^1]));
        }

        var output = new WrittenOutput();
        line.SendTo(output);

        Assert.Contains(output.Text, right.Select(static one => one + "\r\n"));
    }

    [Theory]
    [MemberData(nameof(Masks))]
    public void Mask_matchesWhatItMust_andNothingElse(string mask)
    {
        var (_, matches, fails) = ParserCollection.Masks.Single(one => one.Mask == mask);

        Assert.All(matches, text => Assert.True(WildcardMask.IsMatch(Utf8(mask), Utf8(text)), text));
        Assert.All(fails, text => Assert.False(WildcardMask.IsMatch(Utf8(mask), Utf8(text)), text));
    }

    // The server cuts no source into nick, user and host; masks are what tells them apart.
    [Theory]
    [MemberData(nameof(Sources))]
    public void Source_isKeptWhole_andMatchedByItsPartsOnly(string source)
    {
        var (_, nick, user, host) = ParserCollection.UserHosts.Single(one => one.Source == source);

        Assert.Equal(source, Utf8(IrcMessage.Parse(Utf8($":{source} PRIVMSG a :b")).Source));
        Assert.True(WildcardMask.IsMatch(Utf8(nick + "*"), Utf8(source)));
        Assert.Equal(user.Length > 0, WildcardMask.IsMatch(Utf8(nick + "!?*"), Utf8(source)));
        Assert.True(WildcardMask.IsMatch(Utf8($"*{user}*{host}"), Utf8(source)));
        Assert.Equal(host.Length > 0, WildcardMask.IsMatch("*@?*"u8, Utf8(source)));
        Assert.False(WildcardMask.IsMatch(Utf8($"*@{host}x"), Utf8(source)));
    }

    [Fact]
    public void Rule_forHostNames_agreesWithTheCollection()
    {
        Assert.All(ParserCollection.HostNames, static name => Assert.True(IsHostName(name), name));
        Assert.All(ParserCollection.NoHostNames, static name => Assert.False(IsHostName(name), name));
    }

    [Fact]
    public void HostNames_thatAreMadeOfAddresses_areHostNames()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var hosts = new HostNames(Random(random, 32));
            var name = Utf8(hosts.Describe(PeerAddress.Of(Random(random, 16), isLoopback: false)));
            Assert.True(IsHostName(name), name);
        }
    }

    // The one name without a dot: reserved for this machine (RFC 6761, section 6.3), and among the collection's own sources.
    [Fact]
    public void Machine_itself_hasTheReservedName()
    {
        var name = Utf8(new HostNames([1]).Describe(new PeerAddress(1, IsLoopback: true)));

        Assert.Equal("localhost", name);
        Assert.Contains(ParserCollection.UserHosts, one => one.Host == name);
    }

    // Labels of letters, digits and inner hyphens, at most 63 bytes each (RFC 952, RFC 1123 section 2.1); at least two
    // of them, so that it is no nick.
    private static bool IsHostName(string name) =>
        name.Length is > 0 and <= 253 && name.Split('.') is { Length: > 1 } labels && labels.All(static label => Label().IsMatch(label));

    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
