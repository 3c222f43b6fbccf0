using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>What telnet clients send at the press of a key (inetutils 2.4, netkit 0.17), and that none of it leaves them deaf.</summary>
public sealed class TelnetTests(SharedServers servers)
{
    private static readonly byte[] TimingMarkRefused = [255, 252, 6];

    /// <summary>After each of these the client shows nothing before its DO TIMING-MARK is answered (RFC 860).</summary>
    private static readonly (string Key, byte[] Bytes)[] Interrupts =
    [
        ("Ctrl-C", [255, 244, 255, 253, 6]),
        ("Ctrl-\\", [255, 243, 255, 253, 6]),
        ("Ctrl-Z", [255, 237, 255, 253, 6]),
        ("send ao", [255, 245, 255, 253, 6]),
        ("send abort", [255, 238, 255, 253, 6]),
        ("send eof", [255, 236, 255, 253, 6]),
    ];

    [Theory]
    [EveryIo]
    public void Interrupt_is_answered_and_the_line_so_far_is_still_there(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        foreach (var (key, bytes) in Interrupts)
        {
            alice.SendBytes(bytes);
            AssertTimingMarkRefused(alice, key);

            alice.SendBytes([.. "half "u8, .. bytes, .. "and half\r\n"u8]);
            bob.Expect($"<{alice.Nick}> half and half");
            AssertTimingMarkRefused(alice, key + " in a line");
        }

        alice.ExpectNothing();
    }

    /// <summary>In an emoji, in a line that is skipped, after a subnegotiation that was cut, and where its bytes come one by one.</summary>
    [Theory]
    [EveryIo]
    public void Interrupt_is_answered_wherever_it_comes(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        byte[] interrupt = [255, 244, 255, 253, 6];

        alice.SendBytes([0xF0, 0x9F, .. interrupt, 0x91, 0x8B, .. "\r\n"u8]);
        bob.Expect($"<{alice.Nick}> 👋");
        AssertTimingMarkRefused(alice, "in an emoji");

        alice.SendBytes([0xF0, 0x9F, .. interrupt, .. "\r\n"u8]);
        alice.Expect("! the line is not UTF-8: it was dropped");
        AssertTimingMarkRefused(alice, "in place of half an emoji");

        alice.SendBytes([.. Enumerable.Repeat((byte)'x', 5000), .. interrupt, .. "\r\n"u8]);
        alice.Expect("! the line is longer than 4096 bytes: it was dropped");
        AssertTimingMarkRefused(alice, "in a line too long");

        alice.SendBytes([255, 250, 24, 0, .. "xterm"u8, .. interrupt]);
        AssertTimingMarkRefused(alice, "in a subnegotiation");

        foreach (var value in interrupt)
        {
            alice.SendBytes([value]);
            bob.Send("/ping between");
            bob.Expect("* pong between");
        }

        AssertTimingMarkRefused(alice, "byte by byte");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Return_key_in_character_mode_ends_a_line(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");

        alice.SendBytes("one\r\0"u8);
        bob.Expect($"<{alice.Nick}> one");
        alice.SendBytes("two\r"u8);
        bob.Expect($"<{alice.Nick}> two");
        foreach (var value in "\0three 👋\r\nfour\rfive\r\0\r\0six\n"u8.ToArray())
        {
            alice.SendBytes([value]);
        }

        bob.Expect($"<{alice.Nick}> three 👋", $"<{alice.Nick}> four", $"<{alice.Nick}> five", $"<{alice.Nick}> six");
        alice.SendBytes([.. Enumerable.Repeat((byte)'x', 5000), .. "\r\0seven\r"u8]);
        bob.Expect($"<{alice.Nick}> seven");
        alice.Expect("! the line is longer than 4096 bytes: it was dropped");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Lone_cr_ends_a_line_once_the_client_has_shown_that_it_speaks_telnet(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");

        alice.Send("no\rend");
        alice.Expect("! the text contains a control character: only tab is allowed");

        // "mode character" asks for Suppress Go Ahead and Echo, which stay with the client (RFC 857, 858).
        alice.SendBytes([255, 253, 3, 255, 253, 1, .. "an\rend\r"u8]);
        bob.Expect($"<{alice.Nick}> an", $"<{alice.Nick}> end");
        alice.Sync();
        Assert.Equal([255, 252, 3, 255, 252, 1], alice.TakeTelnetAnswers());
    }

    /// <summary>The offers of a client on port 23, and then what a client says that has been refused.</summary>
    [Theory]
    [EveryIo]
    public void Options_are_refused_once_and_refusals_are_not_answered(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.SendBytes([255, 253, 3, 255, 251, 24, 255, 251, 31, 255, 253, 5]);
        alice.Sync();
        Assert.Equal([255, 252, 3, 255, 254, 24, 255, 254, 31, 255, 252, 5], alice.TakeTelnetAnswers());

        alice.SendBytes([255, 254, 3, 255, 252, 24, 255, 252, 31, 255, 254, 5]);
        alice.SendBytes([255, 246, 255, 247, 255, 248, 255, 249, 255, 250, 31, 0, 80, 0, 24, 255, 240]);
        alice.Sync();
        Assert.Empty(alice.TakeTelnetAnswers());
    }

    [Theory]
    [EveryIo]
    public void Line_of_nothing_but_sequences_is_an_overrun(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.SendBytes([.. Enumerable.Repeat<byte[]>([255, 241], 8192).SelectMany(nop => nop), .. "\nfine\n"u8]);
        alice.ExpectNothing();

        alice.TrySendBytes([.. Enumerable.Repeat<byte[]>([255, 241], 8193).SelectMany(nop => nop)]);
        Assert.Equal(["! no end of line within 16384 bytes: goodbye"], alice.ReadLinesToEnd());
    }

    private static void AssertTimingMarkRefused(Testing.Clients.LineClient client, string when)
    {
        client.Sync();
        Assert.True(TimingMarkRefused.AsSpan().SequenceEqual(client.TakeTelnetAnswers()), $"{when}: the timing mark is not answered once");
    }
}
