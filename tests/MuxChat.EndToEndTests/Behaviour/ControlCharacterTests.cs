using System.Text;
using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Terminal escapes and forged lines: no control character but tab ever reaches another client, by whatever command it comes.
/// </summary>
public sealed class ControlCharacterTests(SharedServers servers)
{
    private const string Refused = "... contains a control character: only tab is allowed";

    /// <summary>C0 without tab and LF (which ends the line), DEL, and C1.</summary>
    private static IEnumerable<char> Controls =>
        Enumerable.Range(0, 32).Where(code => code is not ('\t' or '\n')).Append(127).Concat(Enumerable.Range(0x80, 32))
        .Select(code => (char)code);

    [Theory]
    [EveryIo]
    public void Control_character_in_a_line_is_refused_and_reaches_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var control in Controls)
        {
            alice.Send($"a{control}b");
            alice.Expect("! the text contains a control character: only tab is allowed");
        }

        alice.Send("tab\tis fine");
        bob.Expect($"<{alice.Nick}> tab\tis fine");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Control_character_in_a_command_is_refused_and_reaches_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var evil in (string[])["\u001b[2J", "\0", "\r* forged", "\u009b2J"])
        {
            alice.ExpectError("//" + evil, Refused);
            alice.ExpectError("/me " + evil, Refused);
            alice.ExpectError($"/msg {bob.Nick} {evil}", Refused);
            alice.ExpectError("/topic " + evil, Refused);
            alice.ExpectError("/ping " + evil, Refused);
            alice.ExpectError("/quit " + evil, Refused);
            alice.ExpectError("/nick " + evil, "a nick is ...");
            alice.ExpectError($"/join #{evil}", "a room name is ...");
            alice.ExpectError($"/part #{evil}", "a room name is ...");
            alice.ExpectError($"/who #{evil}", "a room name is ...");
            alice.ExpectError($"/msg {evil} hello", "a nick is ...");
            alice.ExpectError("/help " + evil, "unknown command...");
            alice.ExpectError("/" + evil, "unknown command...");
        }

        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Control_character_in_a_frame_is_refused_and_reaches_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var bob = scene.Line("bob");
        foreach (var evil in (string[])["\\u001b[2J", "\\u0000", "\\n* forged", "\\r\\n", "\\u009b2J", "\u009b2J", "\u007f"])
        {
            robot.ExpectError($$"""{"type":"say","text":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"me","text":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"msg","to":"{{bob.Nick}}","text":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"topic","text":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"part","reason":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"quit","reason":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"ping","token":"{{evil}}"}""", "control_character");
            robot.ExpectError($$"""{"type":"nick","nick":"a{{evil}}"}""", "bad_nick");
            robot.ExpectError($$"""{"type":"join","room":"#{{evil}}"}""", "bad_room");
        }

        bob.ExpectNothing();
        robot.Send("""{"type":"say","text":"tab\tis fine"}""");
        bob.Expect($"<{robot.Nick}> tab\tis fine");
    }

    [Theory]
    [EveryIo]
    public void Nothing_that_a_line_client_hears_holds_a_control_character(string io)
    {
        using var scene = servers.Scene(io);
        var bob = scene.Line("bob");
        var alice = scene.Line("alice");
        bob.ShutdownSend();
        foreach (var control in Controls)
        {
            alice.Send($"a{control}b", $"/me a{control}b", $"/topic a{control}b", $"/msg {bob.Nick} a{control}b", $"/quit a{control}b");
        }

        alice.Send("/quit");
        var heard = Encoding.UTF8.GetString(bob.ReadToEnd());
        Assert.DoesNotContain(heard, character => char.IsControl(character) && character != '\n');
    }
}
