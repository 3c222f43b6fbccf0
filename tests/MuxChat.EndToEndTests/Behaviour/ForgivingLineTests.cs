using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Lines as people type them: rooms with and without their mark, short forms, and facts about people.</summary>
public sealed class ForgivingLineTests(SharedServers servers)
{
    private const string NoModes =
        "modes begin with + or -, such as /mode +t; a room begins with #, such as /mode #tea +t; /help mode lists the modes";

    [Theory]
    [EveryIo]
    public void Room_without_its_mark_never_changes_modes(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.ExpectError("/mode ops", NoModes);
        alice.ExpectError($"/mode {scene.Room[1..]} +i", NoModes);
        alice.ExpectError($"/mode {scene.Room} ops", NoModes);
        alice.ExpectError($"/invite {scene.Room[1..]} {bob.Nick}", "too many words: /invite [#ROOM] NICK; a room begins with #");
        alice.Send($"/mode {scene.Room}", "/mode b");
        alice.Expect($"* modes of {scene.Room}: +Cn", $"* masks of {scene.Room}, mode b: 0");
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Topic_of_a_room_that_is_named_is_that_rooms(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var other = Scene.NewRoom();
        alice.Send("/join " + other, "/join " + scene.Room);
        alice.Expect($"* you are in {other} ...", $"* you are in {scene.Room} ...");
        alice.Send($"/topic {other} #1 new", $"/topic {other}", "/topic");
        alice.Expect($"* {alice.Nick} set the topic of {other}: #1 new", $"* {other} (1 here), topic: #1 new",
            $"* you are in {scene.Room} (2 here), no topic");
        bob.ExpectError($"/topic {other} mine", $"you are not in {other}: join it first");
        bob.ExpectError("/topic #nowhere_at_all", "there is no room #nowhere_at_all: join it to create it");
        alice.ExpectNothing();
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Past_of_a_room_is_found_by_its_name_with_or_without_the_mark(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var other = Scene.NewRoom();
        alice.Send("one", "two", "/join " + other);
        alice.Expect($"* you are in {other} ...");
        alice.Send($"/history {scene.Room[1..]} 1", $"/history {scene.Room}", "/history 1");
        alice.Expect($"* ... <{alice.Nick}> two", $"* ... <{alice.Nick}> one", $"* ... <{alice.Nick}> two");
        alice.ExpectError($"/history {other[1..]}x", $"there is no room {other}x: join it to create it");
    }

    [Theory]
    [EveryIo]
    public void Short_forms_do_what_their_long_forms_do(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        Changes($"/voice {bob.Nick}", $"+v {bob.Nick}");
        Changes($"/devoice {scene.Room} {bob.Nick}", $"-v {bob.Nick}");
        Changes("/ban troll", "+b troll!*@*");
        alice.Send("/ban", "/names", "/list");
        alice.Expect($"* +b troll!*@* by {alice.Nick}", $"* masks of {scene.Room}, mode b: 1",
            $"* in {scene.Room}: @{alice.Nick} {bob.Nick}", $"* members of {scene.Room}: 2");
        Assert.Contains($"* {scene.Room} 2", alice.ReadUntil(static line => line.StartsWith("* rooms: ", StringComparison.Ordinal)));
        Changes("/unban troll!*@*", "-b troll!*@*");
        bob.ExpectError("/op " + bob.Nick, $"you are not an operator of {scene.Room}");
        Changes($"/op {bob.Nick}", $"+o {bob.Nick}");
        Changes($"/deop {bob.Nick}", $"-o {bob.Nick}");
        alice.Send("/leave");
        alice.Expect($"* {alice.Nick} left {scene.Room}");
        bob.Expect($"* {alice.Nick} left {scene.Room}");
        alice.Send("/exit so long");
        alice.Expect("* goodbye: you quit");
        alice.ExpectEnd();

        void Changes(string typed, string told)
        {
            alice.Send(typed);
            alice.Expect($"* {alice.Nick} set the modes of {scene.Room}: {told}");
            bob.Expect($"* {alice.Nick} set the modes of {scene.Room}: {told}");
        }
    }

    [Theory]
    [EveryIo]
    public void Whois_tells_who_a_person_is_and_hides_what_is_hidden(string io)
    {
        using var scene = new Scene(servers.WithOperators(io));
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var robot = scene.Frame("robot");
        var secret = Scene.NewRoom();
        bob.Send("/join " + secret, "/mode +s", "/away at lunch");
        bob.Sync();
        alice.Expect($"* {bob.Nick} is away: at lunch");
        robot.Sync();
        alice.Send("/whois " + bob.Nick.ToUpperInvariant());
        alice.Expect($"* {bob.Nick} is line@localhost (line client)", $"* {bob.Nick} is in: {scene.Room}",
            $"* {bob.Nick} is away: at lunch", $"* {bob.Nick} has been idle for ..., and here since 20...");
        bob.Send("/whois " + bob.Nick);
        Assert.Contains($"* {bob.Nick} is in: {scene.Room} @{secret}", bob.Ping());
        alice.Send("/oper root secret");
        alice.Expect("* you are a server operator");
        robot.Send($$"""{"type":"whois","nick":"{{bob.Nick}}","id":1}""", $$"""{"type":"whois","nick":"{{alice.Nick}}"}""");
        robot.Expect(
            Facts(bob.Nick, $$"""{"room":"{{scene.Room}}"}""", """ "away":"at lunch" """),
            """{"type":"ok","id":1}""",
            Facts(alice.Nick, $$"""{"room":"{{scene.Room}}","rank":"operator"}""", """ "operator":true """));
        alice.ExpectError("/whois nobody-at-all", "no such nick: nobody-at-all");
        alice.ExpectError("/whois a b", "a nick is 1 to 30 ...");
        alice.ExpectError("/whois", "the nick is missing: /whois NICK");
        robot.ExpectError("""{"type":"whois"}""", "missing_field");
    }

    // What frames tell about a person of the line protocol, with what else is to be told of it.
    private static string Facts(string nick, string room, string more) =>
        $$"""{"type":"whois","nick":"{{nick}}","user":"line","host":"localhost","name":"line """
            + $$"""client","rooms":[{{room}}],{{more.Trim()}},"idle_s":"...","since":"..."}""";
}
