using System.Net.Sockets;
using System.Runtime.Versioning;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets;

/// <summary>Unix sockets: what is removed and what is not, the file's permissions, and the user behind a connection.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnixListenerTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("unix");
    private readonly List<IDisposable> _open = [];

    public UnixListenerTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The listeners know a stale socket on Linux only.");

    private string SocketPath => Path.Combine(_directory.FullName, "a.sock");

    public void Dispose()
    {
        _open.ForEach(static one => one.Dispose());
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void File_has_the_mode_and_is_removed_with_the_socket()
    {
        using (Open())
        {
            Assert.Equal(Mode, File.GetUnixFileMode(SocketPath));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void File_that_no_process_listens_on_is_replaced()
    {
        LeaveStale();
        using var listener = Open();
        Connect().Send([1]);
        using var accepted = listener.Socket.Accept();
        Assert.Equal(1, accepted.Receive(new byte[1]));
    }

    [Fact]
    public void Path_that_a_server_listens_on_is_left_alone()
    {
        using var first = Open();
        Assert.Contains("another server listens there", Refusal(SocketPath), StringComparison.Ordinal);
        Connect();
        first.Socket.Accept().Dispose();
    }

    [Fact]
    public void File_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(SocketPath, "precious");
        Assert.Contains("no socket", Refusal(SocketPath), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void Directory_and_links_are_left_alone()
    {
        Directory.CreateDirectory(SocketPath);
        Assert.Contains("no socket", Refusal(SocketPath), StringComparison.Ordinal);

        // A link to a stale socket is no socket itself: removing it would remove what the admin made.
        var link = Path.Combine(_directory.FullName, "link");
        var target = Path.Combine(_directory.FullName, "target");
        LeaveStale(target);
        File.CreateSymbolicLink(link, target);
        Assert.Contains("no socket", Refusal(link), StringComparison.Ordinal);
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
    }

    [Theory]
    [InlineData(108, "the path has 108 bytes: a Unix socket's has at most 107")]
    [InlineData(4000, "the path has 4000 bytes: a Unix socket's has at most 107")]
    public void Path_that_is_too_long_is_refused(int bytes, string says)
    {
        var path = "/" + new string('x', bytes - 1);
        Assert.Equal(says, Refusal(path));
        Assert.Equal(says, Refusal("/" + new string('x', (bytes - 1) % 2) + new string('ü', (bytes - 1) / 2)));
    }

    [Fact]
    public void Longest_path_works()
    {
        var path = Path.Combine(_directory.FullName, new string('x', UnixListener.MaxPathBytes - _directory.FullName.Length - 1));
        Assert.Equal(UnixListener.MaxPathBytes, path.Length);
        using var listener = UnixListener.Open(path, Mode, group: null);
        Connect(path);
        listener.Socket.Accept().Dispose();
    }

    [Fact]
    public void Directory_that_is_missing_is_told()
    {
        var missing = Path.Combine(_directory.FullName, "missing", "a.sock");
        Assert.Equal($"there is no directory {Path.GetDirectoryName(missing)}", Refusal(missing));
    }

    [Fact]
    public void Group_is_set()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can give a file to any group.");
        using var listener = UnixListener.Open(SocketPath, Mode, group: 12_345);
        Assert.Equal(Mode, File.GetUnixFileMode(SocketPath));
        var told = ProgramRun.Of(Programs.Command(["stat", "-c", "%u %g", SocketPath]), Guard.ProgramMs);
        Assert.Equal(["0 12345"], told.Output);
    }

    [Fact]
    public void Channel_knows_the_user_and_has_an_address_of_the_user()
    {
        var users = new LocalUsers(new HashSet<uint>());
        using var network = new SocketNetwork(Pollers.Create("select"), [Open().Socket], users);
        Connect();
        Assert.Equal(1, network.Wait(Guard.Ms, new Readiness[1]));
        Assert.Equal(AcceptStatus.Accepted, network.Accept(0, out var channel));
        var user = channel!.User!;
        Assert.Equal((Environment.UserName, Environment.ProcessId, false), (user.Name, user.ProcessId, user.IsOperator));
        Assert.Equal(PeerAddress.OfUser(user.Id), channel.Address);
        Assert.Equal($"unix:{user.Name}:{user.ProcessId}", channel.RemoteName);
        network.Add(channel, new Token(1, 1), Interest.Read);
        Assert.Equal(2 * ClientSockets.SendBufferBytes, ((SocketChannel)channel).Socket.SendBufferSize);
        network.Close(channel);
    }

    [Fact]
    public void Operator_is_the_user_that_the_admin_named()
    {
        var own = Accounts.FindUser(Environment.UserName)!.Value;
        using var listener = Open();
        Connect();
        using var accepted = listener.Socket.Accept();
        Assert.True(new LocalUsers(new HashSet<uint> { own }).Of(accepted)!.IsOperator);
        Assert.False(new LocalUsers(new HashSet<uint> { own + 1 }).Of(accepted)!.IsOperator);
    }

    [Fact]
    public void Names_are_read_again_when_their_file_has_changed_and_kept_while_it_cannot_be_read()
    {
        var file = Path.Combine(_directory.FullName, "passwd");
        var own = Accounts.FindUser(Environment.UserName)!.Value;
        using var listener = Open();
        Connect();
        using var accepted = listener.Socket.Accept();
        var users = new LocalUsers(new HashSet<uint>(), file);
        Assert.Equal($"uid-{own}", users.Of(accepted)!.Name);

        File.WriteAllText(file, $"broken\n:x:{own}:\nalice:x:{own}:{own}::/:/bin/sh\nlater:x:{own}:\n");
        Assert.Equal("alice", users.Of(accepted)!.Name);

        File.WriteAllText(file, $"bob:x:{own}:\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("bob", users.Of(accepted)!.Name);

        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.Equal("bob", users.Of(accepted)!.Name);
    }

    // A peer that closes is a hang-up at once, while what it sent is still there to be read.
    [Theory]
    [InlineData("select")]
    [InlineData("epoll")]
    public void Words_before_the_close_are_read(string poller)
    {
        using var network = new SocketNetwork(Pollers.Create(poller), [Open().Socket]);
        var client = Connect();
        client.Send("last words"u8);
        client.Dispose();
        var ready = new Readiness[1];
        Assert.Equal(1, network.Wait(Guard.Ms, ready));
        network.Accept(0, out var channel);
        network.Add(channel!, new Token(1, 1), Interest.Read);
        Assert.Equal(1, network.Wait(Guard.Ms, ready));
        Assert.NotEqual(ReadinessFlags.None, ready[0].Flags & ReadinessFlags.Readable);
        var buffer = new byte[100];
        Assert.Equal(ChannelStatus.Ok, channel!.Receive(buffer, out var received));
        Assert.Equal(10, received);
        Assert.Equal(ChannelStatus.EndOfInput, channel.Receive(buffer, out _));
        network.Close(channel);
    }

    [Fact]
    public void Accounts_are_found_by_number_and_name()
    {
        Assert.Equal(0U, Accounts.FindUser("0"));
        Assert.Equal(0U, Accounts.FindUser("root"));
        Assert.Equal("root", Accounts.ReadUserNames(Accounts.PasswordFile)[0]);
        Assert.Equal(0U, Accounts.FindGroup("root"));
        Assert.Equal(4_000_000_000U, Accounts.FindUser("4000000000"));
        Assert.Null(Accounts.FindUser("no such user"));
        Assert.Null(Accounts.FindUser("-1"));
        Assert.Null(Accounts.FindUser(""));
        Assert.DoesNotContain(4_000_000_000U, Accounts.ReadUserNames(Accounts.PasswordFile).Keys);
    }

    [Fact]
    public void File_that_came_to_the_path_since_is_left_alone()
    {
        using (Open())
        {
            File.Delete(SocketPath);
            File.WriteAllText(SocketPath, "precious");
        }

        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void Socket_of_another_server_that_took_the_path_is_left_alone()
    {
        var first = Open();
        File.Delete(SocketPath);
        using var second = Open();
        first.Dispose();
        Connect();
        second.Socket.Accept().Dispose();
    }

    // A server that is full still listens, and asking it must not wait.
    [Fact]
    public void Server_with_a_full_queue_is_no_stale_one()
    {
        using var full = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(SocketPath));
        full.Listen(0);
        Connect();
        Assert.Contains("another server listens there", Refusal(SocketPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_else_is_left_in_the_directory()
    {
        using (Open())
        {
            Assert.Equal([SocketPath], Directory.GetFileSystemEntries(_directory.FullName));
        }

        File.WriteAllText(SocketPath, "precious");
        Refusal(SocketPath);
        Assert.Equal([SocketPath], Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void Mask_of_the_process_is_as_before()
    {
        var (before, after) = (Path.Combine(_directory.FullName, "before"), Path.Combine(_directory.FullName, "after"));
        File.WriteAllText(before, "");
        using var listener = Open();
        File.WriteAllText(after, "");
        Assert.Equal(File.GetUnixFileMode(before), File.GetUnixFileMode(after));
    }

    private static string Refusal(string path) =>
        Assert.ThrowsAny<IOException>(() => UnixListener.Open(path, Mode, group: null).Dispose()).Message;

    private UnixListener Open() => UnixListener.Open(SocketPath, Mode, group: null);

    private Socket Connect(string? path = null)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _open.Add(client);
        client.Connect(new UnixDomainSocketEndPoint(path ?? SocketPath));
        return client;
    }

    // As a killed server leaves it: the socket is closed, and the file stays. .NET removes the file of a bound socket, so it is moved away
    // meanwhile.
    private void LeaveStale(string? path = null)
    {
        var stale = path ?? SocketPath;
        using (UnixListener.Open(stale, Mode, group: null))
        {
            File.Move(stale, stale + "-moved");
        }

        File.Move(stale + "-moved", stale);
    }
}
