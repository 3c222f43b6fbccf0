using System.Runtime.Versioning;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>
/// How much a journal keeps while people talk as fast as they can, what somebody else may do to it meanwhile, and whose its files are.
/// </summary>
public sealed class RetentionTests
{
    private const int MiB = 1024 * 1024;
    private const int BlockLines = 128;
    private const int TalkBlocks = 24;
    private const int Looks = 5;
    private const int HeaderBytes = 48;

    private static readonly string Text = new('x', 4000);

    [Fact]
    [Trait("run", "deep")]
    public void Journal_keeps_pace_with_four_clients_that_talk_as_fast_as_they_can()
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--retain-mb", "8");
        using var scene = new Scene(server);
        var robots = Enumerable.Range(0, 4).Select(i => scene.Frame($"robot{i}")).ToList();

        // Each in a room of its own, so that none has to read what the others say.
        robots.ForEach(robot => robot.Send($$"""{"type":"join","room":"{{Scene.NewRoom()}}"}""",
            $$"""{"type":"part","room":"{{scene.Room}}"}"""));
        robots.ForEach(robot => robot.Sync());
        using var said = new SemaphoreSlim(0);
        var talking = robots.ConvertAll(robot => OnAThread(() => Talk(robot, said)));
        for (var look = 0; look < Looks; look++)
        {
            for (var block = 0; block < TalkBlocks * 4 / (Looks + 1); block++)
            {
                Assert.True(said.Wait(Guard.Ms, TestContext.Current.CancellationToken), "The robots talk on.");
            }

            // It stands still while its files are counted, and is not given the time to tidy up first.
            server.Signal("STOP");
            var bytes = BytesOf(data);
            server.Signal("CONT");
            Assert.InRange(bytes, 0, (9 * MiB) + HeaderBytes);
        }

        talking.ForEach(Finish);
        Assert.InRange(BytesOf(data), 5 * MiB, 9 * MiB);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Oldest_segment_that_was_deleted_by_hand_does_not_end_retention()
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--retain-mb", "4");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        while (data.Segments.Length < 2)
        {
            SayBlock(robot);
            ReadBlock(robot);
        }

        File.Delete(data.Segments[0]);
        for (var block = 0; block < 16; block++)
        {
            SayBlock(robot);
            ReadBlock(robot);
        }

        Assert.InRange(BytesOf(data), 2 * MiB, 5 * MiB);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.DoesNotContain(server.Errors.Lines, line => line.Contains("no such file", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("run", "deep")]
    public void Journal_can_be_checked_and_printed_while_retention_deletes()
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--retain-mb", "2");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        using var isDone = new ManualResetEventSlim();
        var talking = OnAThread(() =>
        {
            while (!isDone.IsSet)
            {
                SayBlock(robot);
                ReadBlock(robot);
            }
        });
        for (var i = 0; i < 4; i++)
        {
            var check = Muxchat.Run(["journal", "check", data.Path]);
            Assert.True(check.ExitCode == 0, check.ToString());
            Assert.Equal("whole", check.Output.Last(line => line.Length > 0));
            var dump = Muxchat.Run(["journal", "dump", data.Path, "#nobodys"]);
            Assert.True(dump.ExitCode == 0, dump.ToString());
        }

        isDone.Set();
        Finish(talking);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Checking_and_printing_need_no_lock_and_make_none()
    {
        using var data = new DataFolder();
        using (var server = ServerProcess.Start("--data", data.Path))
        {
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        File.Delete(Path.Combine(data.Path, "lock"));
        Assert.Equal(0, Muxchat.Run(["journal", "check", data.Path]).ExitCode);
        Assert.Equal(0, Muxchat.Run(["journal", "dump", data.Path]).ExitCode);
        Assert.Equal([.. data.Segments, Path.Combine(data.Path, "hosts.key")], Directory.GetFiles(data.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0777")]
    [UnsupportedOSPlatform("windows")]
    public void Files_in_a_folder_made_beforehand_are_their_owners_alone_whatever_the_umask(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no modes");
        using var data = new DataFolder();
        File.SetUnixFileMode(data.Path, (UnixFileMode)0b111_101_101);
        using var server = ServerProcess.Serve(Muxchat.StartInfoWithUmask(umask, "serve", "--listen", "frame://127.0.0.1:0", "--data",
            data.Path, "--flood", "off", "--retain-mb", "8"));
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        var patience = new Patience();
        while (Directory.GetFiles(data.Path, "*.index").Length == 0)
        {
            patience.Check("a segment is full and has its index");
            SayBlock(robot);
            ReadBlock(robot);
        }

        var files = Directory.GetFiles(data.Path);
        Assert.InRange(files.Length, 4, int.MaxValue);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    // The next block is on its way before the last one is acknowledged: the writer always has something to write.
    private static void Talk(FrameClient robot, SemaphoreSlim said)
    {
        SayBlock(robot);
        for (var block = 1; block < TalkBlocks; block++)
        {
            SayBlock(robot);
            ReadBlock(robot);
            said.Release();
        }

        ReadBlock(robot);
        said.Release();
    }

    private static Task OnAThread(Action action) =>
        Task.Factory.StartNew(action, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Finish(Task talking) => talking.GetAwaiter().GetResult();

    private static void SayBlock(FrameClient robot) =>
        robot.Send([.. Enumerable.Range(1, BlockLines).Select(i => $$"""{"type":"say","text":"{{Text}}","id":{{i}}}""")]);

    private static void ReadBlock(FrameClient robot)
    {
        var last = robot.ReadUntil(frame => (string?)frame["type"] == "error"
            || ((string?)frame["type"] == "ok" && (long?)frame["id"] == BlockLines))[^1];
        Assert.Equal("ok", (string?)last["type"]);
    }

    // Files may go while they are counted.
    private static long BytesOf(DataFolder data) => new DirectoryInfo(data.Path).EnumerateFiles("*.journal")
        .Sum(static file => file.Exists ? file.Length : 0);
}
