using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>What can be asked on lines: rooms, members, pongs, figures, help.</summary>
public sealed partial class QueryTests(SharedServers servers)
{
    private static readonly string[] Commands =
    [
        "/me text", "/msg NICK text", "/nick NAME", "/join ROOM [KEY]", "/part [ROOM]", "/topic [#ROOM] [text]",
        "/mode [#ROOM] [MODES ...]", "/kick [#ROOM] NICK [text]", "/invite [#ROOM] NICK", "/away [text]", "/rooms", "/who [ROOM]",
        "/whois NICK", "/history [ROOM] [N]", "/ping [TOKEN]", "/stats", "/help [COMMAND]", "/quit [text]", "/pass PASSWORD",
        "/oper NAME PASSWORD", "/kill NICK [reason]", "/op [#ROOM] NICK", "/rehash", "/wallops text", "/run [NAME [ARGS]]",
        "/files [ROOM]", "/get NUMBER", "/ban [#ROOM] [MASK]", "/unban [#ROOM] MASK", "/deop [#ROOM] NICK", "/voice [#ROOM] NICK",
        "/devoice [#ROOM] NICK", "//text",
    ];

    [Theory]
    [EveryIo]
    public void Rooms_lists_rooms_with_their_members_and_the_total(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        scene.Line("bob");
        alice.Send("/rooms");
        var lines = alice.ReadUntil(line => line.StartsWith("* rooms: ", StringComparison.Ordinal));
        Assert.Contains($"* {scene.Room} 2", lines);
        Assert.Contains(lines, line => line.StartsWith("* #lobby ", StringComparison.Ordinal));
        Assert.Equal($"* rooms: {lines.Count - 1}", lines[^1]);
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Who_lists_the_members_of_this_room_or_another(string io)
    {
        using var scene = servers.Scene(io);
        using var elsewhere = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var carol = elsewhere.Line("carol");
        alice.Send("/who", "/who " + elsewhere.Room, "/who " + elsewhere.Room[1..]);
        alice.Expect($"* in {scene.Room}: @{alice.Nick} {bob.Nick}", $"* members of {scene.Room}: 2");
        alice.Expect($"* in {elsewhere.Room}: @{carol.Nick}", $"* members of {elsewhere.Room}: 1");
        alice.Expect($"* in {elsewhere.Room}: @{carol.Nick}", $"* members of {elsewhere.Room}: 1");
        alice.ExpectError("/who #a,b", "a room name is ...");
    }

    [Theory]
    [EveryIo]
    public void Ping_is_answered_with_its_token(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("/ping", "/ping one  two 世");
        alice.Expect("* pong", "* pong one  two 世");
        var longest = new string('t', 256);
        alice.Send("/ping " + longest);
        alice.Expect("* pong " + longest);
        alice.ExpectError("/ping " + longest + "t", "the token has 257 bytes: at most 256 are allowed");
    }

    [Theory]
    [EveryIo]
    public void Stats_tells_the_figures(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var before = Stats(alice);
        alice.Send("one", "two");
        bob.ReadLines(2);
        var after = Stats(alice);
        Assert.True(Figure(after, "clients") >= 2);
        Assert.True(Figure(after, "rooms") >= 2);
        Assert.True(Figure(after, "in") >= Figure(before, "in") + 2);
        Assert.True(Figure(after, "delivered") >= Figure(before, "delivered") + 2);
        Assert.True(Figure(after, "allocated") >= Figure(before, "allocated"));
        var model = after.Groups["io"].Value;
        Assert.Contains(model, io == "auto" ? ["select", "epoll"] : new[] { io });
        Assert.True(io is "threads" or "async" || Figure(after, "ticks") > Figure(before, "ticks"));
    }

    [Theory]
    [EveryIo]
    public void Help_lists_every_command_and_explains_one(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("/help");
        var lines = alice.Ping();
        Assert.Equal(Commands.Length, lines.Count);
        Assert.All(Commands, command => Assert.Single(lines, line => line.StartsWith($"* {command}  ", StringComparison.Ordinal)));
        alice.Send("/help nick", "/help /nick", "/help NICK");
        alice.Expect("* /nick NAME  ...", "* /nick NAME  ...", "* /nick NAME  ...");
        alice.Send("/help leave", "/help unban");
        alice.Expect("* /part [ROOM]  leaves a room; also /leave", "* /unban [#ROOM] MASK  lifts a ban; short for /mode -b");
        alice.Send("/help mode");
        var modes = alice.Ping();
        Assert.Equal("* /mode [#ROOM] [MODES ...]  shows or changes a room's modes", modes[0]);
        Assert.All(["+b MASK", "+i ", "+k KEY", "/mode +b bob ", "/mode +k sesame ", "/mode +i "], told =>
            Assert.Contains(modes, line => line.Contains(told, StringComparison.Ordinal)));
        alice.ExpectError("/help nonsense", "unknown command: help without a word lists the commands");
    }

    private static Match Stats(LineClient client)
    {
        client.Send("/stats");
        var match = StatsLines().Match(string.Join('\n', client.ReadLines(6)));
        Assert.True(match.Success);
        client.ExpectNothing();
        return match;
    }

    private static long Figure(Match stats, string name) =>
        long.Parse(stats.Groups[name].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\* clients (?<clients>[\d,]+), rooms (?<rooms>[\d,]+)\n"
        + @"\* lines in (?<in>[\d,]+), delivered (?<delivered>[\d,]+)\n"
        + @"\* uptime \d+ (s|min \d+ s), io (?<io>\w+)\n\* ticks (?<ticks>[\d,]+), longest tick [\d,]+ us\n"
        + @"\* allocated (?<allocated>[\d,]+) bytes, collections [\d,]+\n\* datagrams in 0, dropped 0$")]
    private static partial Regex StatsLines();
}
