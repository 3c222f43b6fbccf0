using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Saying, acting, private messages, nicks and quitting, on lines.</summary>
public sealed class TalkTests(SharedServers servers)
{
    private const string NickRule = "a nick is 1 to 30 letters, digits or -_[]\\`{}^| and does not start with a digit or -";

    [Theory]
    [EveryIo]
    public void Line_reaches_everyone_in_the_room_but_its_sender(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var carol = scene.Line("carol");
        using var elsewhere = servers.Scene(io);
        var dave = elsewhere.Line("dave");
        alice.Send("hi there");
        bob.Expect($"<{alice.Nick}> hi there");
        carol.Expect($"<{alice.Nick}> hi there");
        alice.ExpectNothing();
        bob.ExpectNothing();
        dave.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Two_slashes_say_a_line_that_begins_with_one(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("//quit", "///", "//");
        bob.Expect($"<{alice.Nick}> /quit", $"<{alice.Nick}> //", $"<{alice.Nick}> /");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Me_says_what_one_does(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("/me waves 👋");
        bob.Expect($"** {alice.Nick} waves 👋");
        alice.ExpectError("/me", "the text is missing: /me text");
    }

    [Theory]
    [EveryIo]
    public void Message_reaches_one_person_wherever_it_is(string io)
    {
        using var scene = servers.Scene(io);
        using var elsewhere = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var carol = elsewhere.Line("carol");
        alice.Send($"/msg {carol.Nick.ToUpperInvariant()} psst,  you");
        carol.Expect($"<{alice.Nick} -> {carol.Nick}> psst,  you");
        alice.Expect($"* to {carol.Nick}: psst,  you");
        alice.ExpectNothing();
        bob.ExpectNothing();
        alice.Send($"/msg @{scene.Room.ToUpperInvariant()} to the operators", $"/msg {alice.Nick} to myself");
        alice.Expect($"* to @{scene.Room}: to the operators", $"<{alice.Nick} -> {alice.Nick}> to myself", $"* to {alice.Nick}: to myself");
        alice.ExpectError("/msg nobody-at-all hello", "no such nick: nobody-at-all");
        alice.ExpectError("/msg 1bad hello", NickRule);
        alice.ExpectError("/msg " + bob.Nick, "the text is missing: /msg NICK text");
        alice.ExpectError("/msg", "the nick is missing: /msg NICK text");
    }

    [Theory]
    [EveryIo]
    public void Nick_is_taken_whatever_its_case_and_free_again_after_its_owner(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        bob.ExpectError("/nick " + alice.Nick, $"the nick {alice.Nick} is taken: choose another");
        bob.ExpectError("/nick " + alice.Nick.ToUpperInvariant(), $"the nick {alice.Nick} is taken: choose another");
        alice.Send("/nick " + alice.Nick.ToUpperInvariant());
        alice.Expect($"* {alice.Nick} is now {alice.Nick.ToUpperInvariant()}");
        bob.Expect($"* {alice.Nick} is now {alice.Nick.ToUpperInvariant()}");
        alice.Send("/quit");
        bob.Expect($"* {alice.Nick.ToUpperInvariant()} quit");
        bob.Send("/nick " + alice.Nick);
        bob.Expect($"* {bob.Nick} is now {alice.Nick}");
    }

    [Theory]
    [EveryIo]
    public void Nick_that_is_none_is_refused(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        foreach (var bad in (string[])["1st", "-dash", "a b", "a.b", "é", "a,b", "#a", "@a", new string('x', 31)])
        {
            alice.ExpectError("/nick " + bad, NickRule);
        }

        alice.ExpectError("/nick", "the nick is missing: /nick NAME");
        var longest = Scene.NewNick("[]\\`{}^|_-Zz9");
        longest += new string('x', 30 - longest.Length);
        alice.Send("/nick " + longest);
        alice.Expect($"* {alice.Nick} is now {longest}");
    }

    [Theory]
    [EveryIo]
    public void Client_in_no_room_is_told_its_new_nick(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("/part");
        alice.Sync();
        var renamed = Scene.NewNick("anna");
        alice.Send("/nick " + renamed);
        alice.Expect($"* {alice.Nick} is now {renamed}");
    }

    [Theory]
    [EveryIo]
    public void Quit_says_goodbye_closes_and_tells_the_room(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var carol = scene.Line("carol");
        alice.Send("/quit time for tea", "too late");
        alice.Expect("* goodbye: you quit");
        alice.ExpectEnd();
        bob.Expect($"* {alice.Nick} quit: Quit: time for tea");
        bob.Send("/quit");
        bob.Expect("* goodbye: you quit");
        bob.ExpectEnd();
        carol.Expect($"* {alice.Nick} quit: Quit: time for tea", $"* {bob.Nick} quit");
        carol.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Unknown_command_is_refused_with_what_would_be_right(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        const string Rest = "/help lists the commands; //text sends a line that begins with a slash";
        foreach (var unknown in (string[])["/nonsense", "/", "/say hi", "/ nick x", "/世界"])
        {
            alice.ExpectError(unknown, $"unknown command: {Rest}");
        }

        alice.ExpectError("/nicks x", $"unknown command: did you mean /nick? {Rest}");
        alice.ExpectError("/JION #x", $"unknown command: did you mean /join? {Rest}");
        alice.ExpectError("/help jion", "unknown command: did you mean join? help without a word lists the commands");

        alice.Send("/PING in any case");
        alice.Expect("* pong in any case");
    }
}
