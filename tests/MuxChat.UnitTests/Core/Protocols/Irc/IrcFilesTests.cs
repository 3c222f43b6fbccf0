using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Protocols.Irc;
using MuxChat.UnitTests.Core.Clients;
using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

public sealed class IrcFilesTests
{
    private const string Notice = ":muxchat.local NOTICE bob :";

    private readonly FileFixture _bench = new();

    [Fact]
    public void Welcome_names_the_place_for_uploads_of_this_client_alone()
    {
        string[] nicks = ["ann", "ben"];
        var places = nicks.Select(nick => Welcome(nick).Split("draft/FILEHOST=")[1].Split(' ')[0]).ToArray();
        Assert.All(places, static place => Assert.Matches($"^{FileFixture.Url}/files/upload/[0-9a-f]{{32}}$", place));
        Assert.NotEqual(places[0], places[1]);
        Assert.Contains($" soju.im/FILEHOST={FileFixture.Url}/files/upload/", Welcome("cat"), StringComparison.Ordinal);
        var response = _bench.Ask($"POST {places[0][FileFixture.Url.Length..]} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        Assert.Equal("201", FileFixture.StatusOf(response));
    }

    [Fact]
    public void Welcome_of_a_server_without_files_or_without_a_site_names_no_place()
    {
        _bench.Files.PublicUrl = [];
        Assert.DoesNotContain("FILEHOST", Welcome("ann"), StringComparison.Ordinal);
        var off = new FileFixture(new FileLimits { FileBytes = 0 });
        var talk = off.Clients.Start(off.Set.Find("irc"));
        talk.Feed("NICK ann\r\nUSER a 0 * :a\r\n");
        Assert.DoesNotContain("FILEHOST", talk.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_lists_those_of_a_room_that_the_client_is_in()
    {
        var talk = Join();
        for (var i = 0; i < 20; i++)
        {
            _bench.Share(new byte[i + 1], $"{i}.txt");
        }

        talk.Read();
        talk.Feed("FILES #lobby\r\n");
        var lines = _bench.ReadAll(talk).Split("\r\n")[..^1];
        Assert.Equal(21, lines.Length);
        Assert.Equal(($"{Notice}1 0.txt (1 byte) by guest-1", $"{Notice}20 19.txt (20 bytes) by guest-1", $"{Notice}files of #lobby: 20"),
            (lines[0], lines[19], lines[20]));
        talk.Feed("FILES\r\n");
        Assert.EndsWith($"{Notice}files of #lobby: 20\r\n", _bench.ReadAll(talk), StringComparison.Ordinal);
        talk.Feed("PART #lobby\r\nFILES #lobby\r\n");
        Assert.EndsWith($"{Notice}you are not in #lobby: join it first\r\n", _bench.ReadAll(talk), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_tells_the_facts_and_the_link_which_is_personal_in_a_closed_room()
    {
        var talk = Join();
        var file = _bench.Share("hello"u8.ToArray(), "é.txt");
        talk.Read();
        talk.Feed("GET 1\r\n");
        var lines = _bench.ReadAll(talk).Split("\r\n");
        Assert.Equal($"{Notice}é.txt, 5 bytes, by guest-1, sha256 {Convert.ToHexStringLower(file.Sha256)}",
            Bytes.Utf8(Bytes.Latin(lines[0])));
        Assert.Equal($"{Notice}link: {FileFixture.Url}/files/{file.Id}/%C3%A9.txt", lines[1]);

        _bench.Clients.Hub.FindRoom(_bench.Session.Person, "#lobby"u8)!.Rules.Modes |= RoomModes.InviteOnly;
        talk.Feed("GET 1\r\n");
        var link = _bench.ReadAll(talk).Split("\r\n")[1];
        Assert.Matches($"^{Notice}link for you alone: {FileFixture.Url}/files/{file.Id}/%C3%A9.txt\\?for=[0-9a-f]{{32}}$", link);
        var path = link[(link.IndexOf(FileFixture.Url, StringComparison.Ordinal) + FileFixture.Url.Length)..];
        Assert.Equal("200", FileFixture.StatusOf(_bench.Ask($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")));

        // The key of a link lets its reader read, and not upload.
        var key = path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.Equal("404", FileFixture.StatusOf(
            _bench.Ask($"POST /files/upload/{key} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")));
    }

    [Theory]
    [InlineData("GET 0")]
    [InlineData("GET x")]
    [InlineData("GET 1x")]
    [InlineData("GET -1")]
    [InlineData("GET 99999999999999999999")]
    [InlineData("GET 7")]
    public void Get_of_no_file_is_an_error(string line)
    {
        var talk = Join();
        talk.Feed(line + "\r\n");
        Assert.StartsWith(Notice, Assert.Single(_bench.ReadAll(talk).Split("\r\n")[..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_of_no_file_names_the_command_of_this_protocol()
    {
        var talk = Join();
        talk.Feed("GET 7\r\n");
        Assert.EndsWith("there is no file 7 in your rooms: FILES lists them\r\n", _bench.ReadAll(talk), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_without_a_number_has_too_few_parameters()
    {
        var talk = Join();
        talk.Feed("GET\r\n");
        Assert.Contains(" 461 bob GET ", talk.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_name_and_url_leave_the_link_whole_in_one_line()
    {
        _bench.Files.PublicUrl = Bytes.Utf8("https://" + new string('x', 120));
        var talk = Join();
        var file = _bench.Share([1], new string('é', 120) + ".txt");
        talk.Read();
        talk.Feed("GET 1\r\n");
        var lines = _bench.ReadAll(talk).Split("\r\n");
        Assert.EndsWith($"/files/{file.Id}/", lines[1], StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, IrcLine.MaxContent));
    }

    private ProtocolConnectionFixture.Talk Join()
    {
        var talk = _bench.Clients.Start(_bench.Set.Find("irc"));
        talk.Feed("NICK bob\r\nUSER b 0 * :b\r\nJOIN #lobby\r\n");
        talk.Read();
        return talk;
    }

    private string Welcome(string nick)
    {
        var talk = _bench.Clients.Start(_bench.Set.Find("irc"));
        talk.Feed($"NICK {nick}\r\nUSER b 0 * :b\r\n");
        return talk.Read();
    }
}
