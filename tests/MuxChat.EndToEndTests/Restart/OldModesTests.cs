using System.Reflection;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.EndToEndTests.Support;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>A journal of a server that still stored every toggle opens, and what it holds is shown without harm.</summary>
public sealed class OldModesTests
{
    private const int Toggles = 2_656;

    [Theory]
    [EveryIo]
    public void Event_of_thousands_of_mode_changes_is_shown(string io)
    {
        using var data = new DataFolder();
        Store(data.Path);
        using var server = ServerProcess.Start("--data", data.Path, "--io", io, "--flood", "off");
        using var scene = new Scene(server);
        var (line, robot) = (scene.Line("line"), scene.Frame("robot"));
        var irc = scene.Track(new IrcClient(server.EndPoint("auto"))).LogIn("irc", "batch draft/chathistory draft/event-playback");
        irc.Send("JOIN #old");
        irc.Send("CHATHISTORY LATEST #old * 100");
        var modes = irc.Ping().Where(static told => told.Contains(" MODE #old ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Toggles, modes.Sum(static told => told.Count(static letter => letter == 'i') - told.Split(" MODE ")[0]
            .Count(static letter => letter == 'i')));
        robot.Send("""{"type":"join","room":"#old"}""", """{"type":"history","room":"#old","epoch":1,"after":0}""");
        Assert.Contains(robot.Ping(), static told => told.ToJsonString().Contains("i-i\\u002Bi-i", StringComparison.Ordinal));
        line.Send("/join #old", "/history");
        line.Sync();
        irc.Send("PRIVMSG #old :and on");
        line.Expect("[#old] <irc> and on");
    }

    private static void Store(string path)
    {
        Assert.True(RealDisk.Open(path, create: true, out var disk).IsOk);
        var opening = JournalOpener.Open(disk!, new JournalOptions(), new NoPast(), DispatchProxy.Create<IJournalObserver, Unheard>(),
            TimeProvider.System);
        using var thread = StorageThread.Start(opening.Session!, static () => { });
        opening.Session!.Journal.Append(new StoredEvent
        {
            Kind = EventKind.ModeSet,
            Room = "#old"u8,
            Epoch = 1,
            Seq = 1,
            UnixMs = 1_000,
            Nick = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"u8,
            Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("+i-i", Toggles / 2))),
        });
        opening.Session.Journal.Submit();
        Assert.True(thread.Close(TimeSpan.FromMilliseconds(Guard.Ms)), "The journal did not end.");
    }

    private sealed class NoPast : IEventSink
    {
        public void Restore(in StoredEvent past) => Assert.Fail("The journal is new.");

        public void Restore(RoomStanding standing) => Assert.Fail("The journal is new.");

        public void OnUncleanShutdown() => Assert.Fail("The journal is new.");
    }

    /// <summary>Fails the test at whatever the journal tells, but for the end of each batch.</summary>
    public class Unheard : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod?.Name != nameof(IJournalObserver.BatchEnded))
            {
                Assert.Fail($"{targetMethod}: {string.Join(' ', args ?? [])}");
            }

            return null;
        }
    }
}
