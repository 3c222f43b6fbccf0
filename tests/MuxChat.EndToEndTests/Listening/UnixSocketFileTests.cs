using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>The file of a Unix socket: when it is made, with which rights, what it replaces, and that it goes.</summary>
[SupportedOSPlatform("linux")]
public sealed class UnixSocketFileTests : IDisposable
{
    private const string LeftAlone = "a file that is no socket is there: it was left alone";

    // sun_path has 108 bytes with the NUL at its end: unix(7).
    private const int MaxPathBytes = 107;

    private readonly DataFolder _folder = new();

    public UnixSocketFileTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells what kind of file it is");

    private string SocketPath => Path.Combine(_folder.Path, "chat.sock");

    private string Listen => $"line+unix://{SocketPath}";

    [Fact]
    public void Stale_file_is_replaced_a_live_one_is_not_and_it_goes_with_the_server()
    {
        using (var killed = ServerProcess.Start("--listen", Listen))
        {
            killed.Kill();
        }

        Assert.True(File.Exists(SocketPath), "a server that is killed leaves its file");
        using var server = ServerProcess.Start("--listen", Listen);
        using var first = server.ConnectLines("line+unix");
        first.Expect($"* Welcome to MuxChat! You are {Machine.UserNick}, ...");
        OneLine.Expect(OneLine.CouldNotStart, $"cannot listen on {Listen}: another server listens there: stop it or choose another path",
            ["--listen", Listen]);
        using var second = server.ConnectLines("line+unix");
        second.Expect($"* Welcome to MuxChat! You are {Machine.UserNick}-..., ...");
        first.Sync();
        second.Sync();
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.False(File.Exists(SocketPath), "the file is still there");
    }

    [Theory]
    [InlineData("a regular file")]
    [InlineData("a directory")]
    [InlineData("a pipe")]
    [InlineData("a link to a regular file")]
    [InlineData("a link to nothing")]
    [InlineData("a link to a socket of nobody")]
    public void File_that_is_no_socket_is_left_alone(string what)
    {
        var target = Path.Combine(_folder.Path, "target");
        switch (what)
        {
            case "a regular file":
                File.WriteAllText(SocketPath, "mine");
                break;
            case "a directory":
                Directory.CreateDirectory(SocketPath);
                break;
            case "a pipe":
                Assert.Equal(0, ProgramRun.Of(Programs.Command(["mkfifo", SocketPath]), Guard.Ms).ExitCode);
                break;
            case "a link to a regular file":
                File.WriteAllText(target, "mine");
                File.CreateSymbolicLink(SocketPath, target);
                break;
            case "a link to a socket of nobody":
                LeaveStaleSocket(target);
                File.CreateSymbolicLink(SocketPath, target);
                break;
            default:
                File.CreateSymbolicLink(SocketPath, target);
                break;
        }

        var before = Listing();
        OneLine.Expect(OneLine.CouldNotStart, $"cannot listen on {Listen}: {LeftAlone}", ["--listen", Listen]);
        Assert.Equal(before, Listing());
    }

    [Fact]
    public void Path_has_107_bytes_and_no_more()
    {
        var longest = Path.Combine(_folder.Path, new string('s', MaxPathBytes - _folder.Path.Length - 1));
        using (var server = ServerProcess.Start("--listen", $"line+unix://{longest}"))
        using (var client = server.ConnectLines("line+unix"))
        {
            client.Expect("* Welcome to MuxChat! ...");
        }

        OneLine.Expect(OneLine.CouldNotStart,
            $"cannot listen on line+unix://{longest}s: the path has 108 bytes: a Unix socket's has at most 107",
            ["--listen", $"line+unix://{longest}s"]);
    }

    [Fact]
    public void Mode_and_group_are_those_given_whatever_the_umask()
    {
        var group = Assert.Single(ProgramRun.Of(Programs.Command(["id", "-g"]), Guard.Ms).Output);
        var other = SocketPath + "2";
        using var server = ServerProcess.Serve(Muxchat.StartInfoWithUmask("077",
            "serve", "--listen", Listen, "--listen", $"line+unix://{other}?mode=0602&group={group}"));
        Assert.Equal(Convert.ToInt32("0660", 8), (int)File.GetUnixFileMode(SocketPath));
        Assert.Equal(Convert.ToInt32("0602", 8), (int)File.GetUnixFileMode(other));
        Assert.Equal(group, Assert.Single(ProgramRun.Of(Programs.Command(["stat", "-c", "%g", other]), Guard.Ms).Output));
    }

    [Fact]
    public void Group_that_this_machine_lacks_is_one_line_and_no_file()
    {
        OneLine.Expect(OneLine.CouldNotStart, $"cannot listen on {Listen}: this machine has no group no-such-group",
            ["--listen", Listen + "?group=no-such-group"]);
        Assert.Empty(Listing());
    }

    [Fact]
    public void File_goes_when_another_listener_cannot_be_opened()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        OneLine.Expect(OneLine.CouldNotStart, "the port is in use",
            ["--listen", Listen, "--listen", $"line://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}"]);
        Assert.Empty(Listing());
    }

    [Fact]
    public void Folder_that_is_not_there_is_one_line() => OneLine.Expect(OneLine.CouldNotStart,
        $"cannot listen on line+unix://{_folder.Path}/no/chat.sock: ", ["--listen", $"line+unix://{_folder.Path}/no/chat.sock"]);

    public void Dispose() => _folder.Dispose();

    // Bound and closed without its file being removed, as a process leaves it that is killed.
    private static void LeaveStaleSocket(string path)
    {
        using var server = ServerProcess.Start("--listen", $"line+unix://{path}");
        server.Kill();
    }

    private List<string> Listing() => [.. Directory.EnumerateFileSystemEntries(_folder.Path)
        .Select(path => new FileInfo(path))
        .Select(file => $"{file.FullName} {file.LinkTarget} {file.Attributes} {file.UnixFileMode}").Order()];
}
