using System.Text;
using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>How the bytes of a line client become lines: pieces, ends, lengths, telnet.</summary>
public sealed class LineFramingTests(SharedServers servers)
{
    private const int MaxLineBytes = 4096;
    private const string TooLong = "! the line is longer than 4096 bytes: it was dropped";

    [Theory]
    [EveryIo]
    public void Text_in_any_script_arrives_byte_for_byte(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var text in (string[])["hello, 世界", "👋🏽 👨‍👩‍👧‍👦 🇪🇺", "עברית العربية", "a\ttab", "né e\u0301", "\u00A0\u2028\uFEFF",
            "  blanks stay  "])
        {
            alice.Send(text);
            bob.Expect($"<{alice.Nick}> {text}");
        }

        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Longest_line_arrives_whole(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var ascii = new string('x', MaxLineBytes);
        var chinese = string.Concat(Enumerable.Repeat("世", MaxLineBytes / 3)) + "!";
        Assert.Equal(MaxLineBytes, Encoding.UTF8.GetByteCount(chinese));
        alice.Send(ascii, chinese);
        alice.SendBytes(Encoding.UTF8.GetBytes(ascii + "\r\n"));
        bob.Expect($"<{alice.Nick}> {ascii}", $"<{alice.Nick}> {chinese}", $"<{alice.Nick}> {ascii}");
    }

    [Theory]
    [EveryIo]
    public void Line_too_long_is_refused_once_and_the_next_one_works(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var length in (int[])[MaxLineBytes + 1, MaxLineBytes + 2, MaxLineBytes * 2, MaxLineBytes * 4])
        {
            alice.Send(new string('x', length), "next");
            alice.Expect(TooLong);
            alice.ExpectNothing();
            bob.Expect($"<{alice.Nick}> next");
        }

        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Line_without_end_is_closed_beyond_four_times_the_limit(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.SendBytes(Encoding.ASCII.GetBytes(new string('x', (MaxLineBytes * 4) + 1)));
        alice.Expect(TooLong, "! no end of line within 16384 bytes: goodbye");
        alice.ExpectEnd();
        bob.Expect($"* {alice.Nick} quit: sent an oversized line or frame");
    }

    [Theory]
    [EveryIo]
    public void Half_a_line_and_then_the_rest_with_three_more_are_four_lines(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var bytes = Encoding.UTF8.GetBytes("one 世界\ntwo\nthree\nfour\n");

        // In the middle of a character. The barrier makes sure that the first half was read alone.
        alice.SendBytes(bytes.AsSpan(0, 5));
        bob.ExpectNothing();
        alice.SendBytes(bytes.AsSpan(5));
        bob.Expect($"<{alice.Nick}> one 世界", $"<{alice.Nick}> two", $"<{alice.Nick}> three", $"<{alice.Nick}> four");
        bob.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Line_in_single_bytes_is_one_line(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        var bytes = Encoding.UTF8.GetBytes("你好 👋\r\n");
        foreach (var one in bytes[..^1])
        {
            alice.SendBytes([one]);
            bob.ExpectNothing();
        }

        alice.SendBytes([bytes[^1]]);
        bob.Expect($"<{alice.Nick}> 你好 👋");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Crlf_and_empty_lines_leave_no_trace(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.SendBytes("\r\n\n\r\none\r\ntwo\n\r\n"u8);
        bob.Expect($"<{alice.Nick}> one", $"<{alice.Nick}> two");
        bob.ExpectNothing();
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Telnet_negotiation_is_ignored_wherever_it_stands(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");

        // IAC WILL SUPPRESS-GO-AHEAD; he; IAC SB TERMINAL-TYPE IS "x" IAC IAC "y" IAC SE; llo; IAC NOP.
        alice.SendBytes([255, 251, 3, (byte)'h', (byte)'e', 255, 250, 24, 0, (byte)'x', 255, 255, (byte)'y', 255, 240]);
        alice.SendBytes([(byte)'l', (byte)'l', (byte)'o', 255, 241, (byte)'\r', (byte)'\n']);
        bob.Expect($"<{alice.Nick}> hello");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Telnet_client_on_auto_is_greeted_as_a_line_client(string io)
    {
        using var client = servers.For(io).ConnectLines("auto");
        client.SendBytes([255, 253, 3, 255, 251, 24]);
        client.Expect("* Welcome to MuxChat! You are guest-...");
        client.Expect("* you are in #lobby (... here), no topic");
    }

    [Theory]
    [EveryIo]
    public void Bytes_that_are_not_utf8_are_refused_and_reach_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var bad in (byte[][])[[0xC3, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80],
            [0x80], [0xFF, 0xFF]])
        {
            alice.SendBytes([(byte)'a', .. bad, (byte)'\n']);
            alice.Expect("! the line is not UTF-8: it was dropped");
            alice.SendBytes([.. "/me "u8, .. bad, (byte)'\n']);
            alice.Expect("! the line is not UTF-8: it was dropped");
        }

        alice.Send("fine");
        bob.Expect($"<{alice.Nick}> fine");
        alice.ExpectNothing();
    }
}
