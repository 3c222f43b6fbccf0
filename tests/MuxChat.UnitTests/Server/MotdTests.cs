using System.Text;
using MuxChat.Server;
using MuxChat.Server.Hosting;

namespace MuxChat.UnitTests.Server;

/// <summary>The file of the message of the day: what is taken from it, and what keeps the server from starting.</summary>
public sealed class MotdTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muxchat-motd");

    [Fact]
    public void No_file_is_no_message() => Assert.Null(Read(null));

    [Theory]
    [InlineData("Be kind.", "Be kind.")]
    [InlineData("Be kind.\r\n\r\nTea, 茶 too.\n\n", "Be kind.\n\nTea, 茶 too.")]
    [InlineData("\uFEFFBe kind.", "Be kind.")]
    [InlineData("\uFEFF", "")]
    [InlineData("", "")]
    public void Text_has_plain_line_ends_and_none_at_its_end(string written, string read) =>
        Assert.Equal(read, Encoding.UTF8.GetString(Read(File(Encoding.UTF8.GetBytes(written)))!));

    [Fact]
    public void Text_of_the_greatest_length_is_taken_and_one_byte_more_is_not()
    {
        var longest = Enumerable.Repeat((byte)'"', Motd.MaxBytes).ToArray();
        Assert.Equal(longest, Read(File(longest)));
        ExpectRefused(File([.. longest, (byte)'"']), " has more than 16384 bytes, the maximum");
    }

    [Fact]
    public void What_is_no_plain_text_is_refused()
    {
        foreach (var bad in (byte[][])[[.. "\u001b[2J"u8], [0xFF, 0xFE], [.. "a\0b"u8], [.. "a\u009bb"u8]])
        {
            ExpectRefused(File(bad), " is not plain UTF-8 text");
        }
    }

    [Fact]
    public void What_cannot_be_read_is_refused()
    {
        ExpectRefused(Path.Combine(_folder.FullName, "none"), ": ");
        ExpectRefused(_folder.FullName, ": ");
    }

    /// <summary>A pipe that nobody writes to would be waited for, and a device has no end.</summary>
    [Fact]
    public void What_has_no_end_is_refused_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and devices as files");
        var pipe = Path.Combine(_folder.FullName, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            make.WaitForExit();
        }

        ExpectRefused(pipe, ": it is a pipe or a terminal, not a file", "cannot read --motd ");
        ExpectRefused("/dev/zero", " has more than 16384 bytes");
        Assert.Empty(Read("/dev/null")!);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 501)]
    [InlineData(16_384, 16_384)]
    public void Lines_beyond_the_most_are_cut_and_told(int lines, int told)
    {
        var warned = 0;
        var read = Motd.Read(File(Encoding.UTF8.GetBytes(new string('\n', lines - 1) + "x")), tooMany => warned = tooMany);
        Assert.Equal(Math.Min(lines, Motd.MaxLines), read!.Count(one => one == (byte)'\n') + 1);
        Assert.Equal(told, warned);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(byte[] content)
    {
        var path = Path.Combine(_folder.FullName, "motd.txt");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[]? Read(string? path) => Motd.Read(path, static lines => Assert.Fail($"{lines} lines are too many"));

    private static void ExpectRefused(string path, string says, string begins = "")
    {
        var error = Assert.Throws<StartupException>(() => Read(path));
        Assert.Equal(StartupException.CouldNotStart, error.ExitCode);
        Assert.StartsWith(begins, error.Message, StringComparison.Ordinal);
        Assert.Contains($"--motd {path}{says}", error.Message, StringComparison.Ordinal);
    }
}
