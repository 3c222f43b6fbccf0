using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>How the bytes of a frame client become frames: pieces, several at once, lengths that are none.</summary>
public sealed class FrameFramingTests(SharedServers servers)
{
    private const int MaxFrameBytes = 65_536;
    private const string Empty = """{"type":"error","code":"empty_frame","message":"..."}""";
    private const string TooLong = """{"type":"error","code":"too_long","message":"..."}""";

    [Theory]
    [EveryIo]
    public void Length_zero_is_an_error_and_the_connection_stays(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        robot.SendBytes([.. FrameClient.Header(0), .. FrameClient.Header(0), .. FrameClient.Frame("""{"type":"ping","token":"x"}""")]);
        robot.Expect(Empty, Empty, """{"type":"pong","token":"x"}""");
    }

    [Theory]
    [EveryIo]
    public void Frame_beyond_the_limit_is_skipped_and_the_next_one_works(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        foreach (var length in (uint[])[MaxFrameBytes + 1, MaxFrameBytes * 4])
        {
            // From the header alone: the error comes before the body is sent.
            robot.SendBytes(FrameClient.Header(length));
            robot.Expect(TooLong);
            var body = new byte[length];
            Array.Fill(body, (byte)'{');
            robot.SendBytes(body);
            robot.Send("""{"type":"ping","token":"next"}""");
            robot.Expect("""{"type":"pong","token":"next"}""");
        }
    }

    [Theory]
    [EveryIo]
    public void Length_beyond_four_times_the_limit_is_an_error_and_closed(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        foreach (var length in (uint[])[(MaxFrameBytes * 4) + 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
        {
            var robot = scene.Frame("robot");
            robot.SendBytes(FrameClient.Header(length));
            robot.Expect(TooLong);
            robot.ExpectEnd();
            scene.Forget(robot);
            alice.Expect($"* {robot.Nick} quit: sent an oversized line or frame");
        }
    }

    [Theory]
    [EveryIo]
    public void Longest_frame_is_taken(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        const string Start = """{"type":"ping","token":"long","pad":" """;
        var frame = Start + new string('x', MaxFrameBytes - Start.Length - 2) + "\"}";
        Assert.Equal(MaxFrameBytes, Encoding.UTF8.GetByteCount(frame));
        robot.Send(frame);
        robot.Expect("""{"type":"pong","token":"long"}""");
    }

    [Theory]
    [EveryIo]
    public void Frame_in_single_bytes_is_one_frame(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        var frame = FrameClient.Frame("""{"type":"say","text":"世"}""");
        foreach (var one in frame[..^1])
        {
            robot.SendBytes([one]);
            other.ExpectNothing();
        }

        robot.SendBytes([frame[^1]]);
        other.Expect("""{"type":"said","room":"...","seq":3,"time":"...","from":"...","text":"世"}""");
    }

    [Theory]
    [EveryIo]
    public void Half_a_frame_and_then_the_rest_with_three_more_are_four_frames(string io)
    {
        using var scene = servers.Scene(io);
        var robot = scene.Frame("robot");
        var other = scene.Frame("other");
        byte[] bytes = [.. Enumerable.Range(1, 4).SelectMany(n => FrameClient.Frame($$"""{"type":"say","text":"{{n}}","id":{{n}}}"""))];
        robot.SendBytes(bytes.AsSpan(0, 17));
        other.ExpectNothing();
        robot.SendBytes(bytes.AsSpan(17));
        for (var n = 1; n <= 4; n++)
        {
            robot.Expect($$"""{"type":"ok","id":{{n}},"seq":{{n + 2}}}""");
            other.Expect($$"""{"type":"said","room":"...","seq":{{n + 2}},"time":"...","from":"...","text":"{{n}}"}""");
        }
    }
}
