using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Simulation.Programs;
using MuxChat.Testing.Files;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>One chat with clients of every protocol, made anew for each script. It catches no exception: each is a finding.</summary>
internal sealed class CrowdChat
{
    /// <summary>
    /// Clients at once: three on lines, two on frames, four on IRC, and one that is recognised by what it sends. The last of lines and of
    /// IRC read slowly.
    /// </summary>
    public const int Clients = 10;

    // One for the events of rooms, one for what goes to one client.
    private const int Writers = 2;

    // How often a slow disk works.
    private const int SlowDiskMs = 20;

    private static readonly ClientLimits Limits = new() { Flood = false };
    private static readonly byte[] Motd = "one\ntwo\n"u8.ToArray();
    private static readonly ServerPassword Password = new(CrowdWords.ServerPassword, new byte[32]);

    private readonly byte[] _scratch = new byte[Segment.SizeBytes];
    private readonly CrowdClient?[] _clients = new CrowdClient?[Clients];
    private readonly Broadcaster _broadcaster;
    private readonly CrowdClock _time = new();
    private readonly CrowdWorker _desk = new();
    private readonly ImmediateFileStore _files;
    private readonly bool _isDiskSlow;
    private readonly TickClock _clock;
    private readonly ChatHub _hub;
    private readonly ClientContext _context;
    private readonly IProtocol?[] _protocols;

    /// <summary>Creates a chat.</summary>
    /// <param name="broadcaster">The way out, in which nothing is left of another chat.</param>
    /// <param name="coverage">Counts the commands.</param>
    /// <param name="choices">Bits: a password, a message of the day, little memory, a disk that hangs now and then.</param>
    public CrowdChat(Broadcaster broadcaster, CommandCoverage coverage, int choices)
    {
        _broadcaster = broadcaster;
        _clock = new TickClock(_time);
        var isSmall = (choices & 4) != 0;
        var limits = new ChatLimits
        {
            Rooms = isSmall ? 4 : 50,
            RoomsPerClient = isSmall ? 3 : 20,
            History = isSmall ? 10 : 1000,
            HistoryBytes = isSmall ? 20_000 : 8 * 1024 * 1024,
            Files = new FileLimits { FileBytes = 10, TotalBytes = 12, Files = 3, Uploads = 3, UploadsPerClient = 2, Downloads = 2 },
        };
        var motd = (choices & 2) != 0 ? Motd : null;
        _hub = new ChatHub(broadcaster, new MetricSet(), _clock, limits, "#lobby"u8.ToArray(), new Epochs(CrowdWords.EpochSeed), motd);
        _hub.Operators.Use(_desk);
        _hub.Programs.Use(new SimRunner(() => _time.NowMs, static most => most / 2));
        _isDiskSlow = (choices & 8) != 0;
        _files = ImmediateFileStore.Open(disk: null, new SilentFileStoreObserver(), _time);
        UInt128 ids = 0;
        _hub.Files.Use(_files, [], () => new FileId(++ids));
        var lines = new CountedCommandProtocol(new LineProtocol(), coverage);
        var (ofFrames, ofIrc) = (new JsonProtocol(), new IrcProtocol());
        var (frames, irc) = (new CountedCommandProtocol(ofFrames, coverage), new CountedIrc(ofIrc, coverage));
        var detector = new ProtocolDetector(
            lines, new CountedSignature(new JsonProtocol.Signature(ofFrames), frames),
            new CountedSignature(new IrcProtocol.Signature(ofIrc), irc));
        _context = new ClientContext(_hub, broadcaster, _clock, detector, new Acknowledgements(new NoJournal()), Limits)
        {
            Password = (choices & 1) != 0 ? Password : null,
        };
        _protocols = [lines, lines, lines, frames, frames, irc, irc, irc, irc, null];
    }

    /// <summary>A client sends bytes; one that is gone comes back first. Then everybody reads, and a millisecond goes by.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Send(int who, ReadOnlySpan<byte> bytes)
    {
        _clients[who] ??= new CrowdClient(this, who, _context, _protocols[who], isSlow: who is 2 or 8);
        _clients[who]!.Send(bytes);
        return Pass(1);
    }

    /// <summary>Time goes by, and what is due is done.</summary>
    public string? Pass(int milliseconds)
    {
        _time.NowMs += milliseconds;
        _clock.Refresh();
        _desk.Step();
        _files.IsHeld = _isDiskSlow && _time.NowMs % SlowDiskMs != 0;
        _hub.Files.Collect();
        string? wrong = null;
        foreach (var client in _clients)
        {
            client?.GoOn(_clock.NowMs);
        }

        _hub.Operators.Collect();
        _hub.Programs.Collect();
        Flush();
        for (var who = 0; who < Clients; who++)
        {
            wrong ??= CloseIfOver(who);
        }

        return wrong;
    }

    /// <summary>Everybody reads.</summary>
    public void Flush()
    {
        do
        {
            _broadcaster.Distribute();
            while (_broadcaster.TryTakeDirty(out var recipient))
            {
                recipient.Owner!.Flush();
            }
        }
        while (_broadcaster.HasWork);
        foreach (var client in _clients)
        {
            client?.Read(_scratch);
        }
    }

    /// <summary>Everybody leaves. Nothing of them is left then.</summary>
    public string? Close()
    {
        string? wrong = null;
        for (var who = 0; who < Clients; who++)
        {
            _clients[who]?.Client.End(CloseReason.EndOfInput);
            wrong ??= CloseIfOver(who);
        }

        Flush();
        return wrong
            ?? (_hub.SessionCount > 0 ? $"{_hub.SessionCount} sessions are left" : null)
            ?? (_hub.PersonCount > 0 ? $"{_hub.PersonCount} nicks are left" : null)
            ?? (_hub.RoomCount > 1 ? $"{_hub.RoomCount} rooms have members" : null)
            ?? (_hub.Files.DownloadCount > 0 ? $"{_hub.Files.DownloadCount} downloads are left" : null)
            ?? (_hub.Operators.Count > 0 ? $"{_hub.Operators.Count} operators are left" : null)
            ?? (_hub.InvisibleCount > 0 ? $"{_hub.InvisibleCount} invisible clients are left" : null)
            ?? (_broadcaster.Pool.Lent > Writers ? $"{_broadcaster.Pool.Lent} segments are lent, {Writers} writers hold one each" : null);
    }

    private string? CloseIfOver(int who)
    {
        if (_clients[who] is not { IsOver: true } client)
        {
            return null;
        }

        Flush();
        client.Close(_scratch);
        _clients[who] = null;
        return CrowdEar.WhatIsWrong(client);
    }
}
