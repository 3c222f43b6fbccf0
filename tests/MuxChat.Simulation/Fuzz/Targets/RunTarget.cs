using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Exec;
using MuxChat.Simulation.Fuzz.Crowd;
using MuxChat.Simulation.Fuzz.Generating;
using MuxChat.Simulation.Programs;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// Requests to run programs on an <c>exec</c> listener: each has one answer, whole and in order, however the bytes come and however late
/// the output is. A program is run exactly when an independent model says so, with these arguments. A client that goes ends what it asked
/// for.
/// </summary>
internal sealed class RunTarget : IFuzzTarget
{
    private const int HeaderBytes = 4;
    private const int StepMs = 7;
    private const int MaxSteps = 5_000;

    private static readonly string[] Words =
        ["count", "both", "fail", "big", "1", "12",
            "999", "1000", "-1", "abc", "x", "\"a b\"", "\"", "\\", "\"\\\"\"", "世界", "\t",
            "\u001b[2J", "\u0085", "Both", "/p", ";id", ""];

    private readonly Broadcaster _broadcaster = new(new SegmentPool());
    private readonly byte[] _scratch = new byte[Segment.SizeBytes];
    private readonly InputBuffer _told = new(16 * 1024 * 1024);
    private readonly CrowdClock _time = new();

    public string Name => "exec";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        for (var lines = random.Next(1, 5); lines > 0; lines--)
        {
            input.Put(random.Pick(Words[..4]));
            for (var words = random.Next(4); words > 0; words--)
            {
                input.Put(random.OneIn(5) ? "  " : " ");
                input.Put(random.OneIn(30) ? random.Pick(Nasty.Utf8) : Encoding.UTF8.GetBytes(random.Pick(Words)));
            }

            input.Put(random.Next(8) switch { 0 => "\r\n"u8, 1 => "\n\n"u8, 2 => " \n"u8, 3 when lines == 1 => ""u8, _ => "\n"u8 });
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        _told.Clear();
        var clock = new TickClock(_time);
        var hub = new ChatHub(_broadcaster, new MetricSet(), clock, new ChatLimits(), "#lobby"u8.ToArray(), new Epochs(1));
        var runner = new SimRunner(() => _time.NowMs, random.Next);
        hub.Programs.Use(runner);
        var detector = new ProtocolDetector(new Core.Protocols.Line.LineProtocol());
        var context = new ClientContext(hub, _broadcaster, clock, detector, new Acknowledgements(new NoJournal()),
            new ClientLimits { Flood = false, OutputPauseBytes = random.OneIn(2) ? 100 : 100_000 });
        var limits = new FrameLimits { LineBytes = 16 * 1024 };
        var recipient = new Recipient(_broadcaster, owner: null);
        var client = new ProtocolConnection(context, recipient);
        client.Begin(new ExecProtocol(limits, LengthHeader.BigEndian32));
        var leavesEarly = random.OneIn(10);
        Play(client, clock, input, random, leavesEarly);
        var isForeign = client.Ending is not (CloseReason.None or CloseReason.EndOfInput);
        client.End(CloseReason.EndOfInput);
        Deliver(recipient);
        recipient.Close();
        return runner.HasForgotten ? "a client has gone, and its run goes on"
            : isForeign || leavesEarly ? null : Compare(input, runner);
    }

    private void Play(ProtocolConnection client, TickClock clock, ReadOnlySpan<byte> input, FuzzRandom random, bool leavesEarly)
    {
        byte[] bytes = [.. input];
        var (start, end, isAtEnd) = (0, 0, false);
        for (var step = 0; step < MaxSteps && client.Ending == CloseReason.None; step++)
        {
            var status = client.Feed(bytes.AsSpan(start, end - start), out var consumed);
            start += consumed;
            if (status == FeedStatus.NeedMore && (isAtEnd || (leavesEarly && random.OneIn(3))))
            {
                return;
            }

            if (status == FeedStatus.NeedMore && end < bytes.Length)
            {
                end += random.OneIn(3) ? 1 : random.Next(1, bytes.Length - end + 1);
                client.NoteInput();
                continue;
            }

            if (status == FeedStatus.NeedMore)
            {
                // A line without an end is taken after a while; after it there is nothing more to come.
                isAtEnd = start == end;
                _time.NowMs += ExecHandler.QuietMs;
            }
            else if (leavesEarly && random.OneIn(5))
            {
                return;
            }

            _time.NowMs += StepMs;
            clock.Refresh();
            client.OnDeadline();
            Deliver(client.Recipient);
        }
    }

    private void Deliver(Recipient recipient)
    {
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out _))
        {
        }

        while (recipient.Outbox.QueuedBytes > 0)
        {
            var bytes = recipient.Outbox.Peek(_scratch);
            _told.Put(bytes);
            recipient.Outbox.Consume(bytes.Length);
        }
    }

    private string? Compare(ReadOnlySpan<byte> input, SimRunner runner)
    {
        var told = (ReadOnlySpan<byte>)_told.Bytes;
        var runs = new Queue<SimRun>(runner.Started);
        foreach (var line in Lines(input))
        {
            if (told.Length < HeaderBytes)
            {
                return $"{Convert.ToHexString(line)} has no answer";
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(told);
            using var header = JsonDocument.Parse(told.Slice(HeaderBytes, length).ToArray());
            told = told[(HeaderBytes + length)..];
            var wanted = ReferenceRuns.Read(line);
            var isRun = header.RootElement.GetProperty("error").ValueKind == JsonValueKind.Null;
            if (isRun != wanted is not null)
            {
                return $"{Convert.ToHexString(line)} is run: {isRun}, and the model says {wanted}";
            }

            var size = header.RootElement.GetProperty("data_size").GetInt32();
            var (output, error, exitCode) = wanted is null ? ([], [], 0) : SimRunner.OutputOf(wanted.Name, wanted.Arguments);
            if (size != output.Length || told.Length < size || !told[..size].SequenceEqual(output))
            {
                return $"{wanted} has {size} bytes, and is to have {output.Length}";
            }

            told = told[size..];
            if (wanted is not null && (!runs.TryDequeue(out var run) || !wanted.IsSameAs(run.Request)
                || header.RootElement.GetProperty("exit_code").GetInt32() != exitCode
                || header.RootElement.GetProperty("stderr_size").GetInt32() != error.Length
                || header.RootElement.GetProperty("stderr").GetString() != Encoding.UTF8.GetString(error[..Math.Min(error.Length, 4096)])))
            {
                return $"{wanted} is not what was run, or its end or its errors are others: {header.RootElement}";
            }
        }

        return told.Length > 0 || runs.Count > 0 ? $"{told.Length} bytes and {runs.Count} runs are left over" : null;
    }

    // Only spaces ask for nothing.
    private static List<byte[]> Lines(ReadOnlySpan<byte> input)
    {
        var lines = new List<byte[]>();
        foreach (var range in input.Split((byte)'\n'))
        {
            var line = input[range];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.TrimEnd((byte)' ').Length > 0)
            {
                lines.Add(line.ToArray());
            }
        }

        return lines;
    }
}
