using System.Runtime.Versioning;
using MuxChat.Terminal.Commands;
using MuxChat.Terminal.Editing;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Paths as they are typed and completed: the command reads back what Tab offers.</summary>
public sealed class PathTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("muxhome").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("a b.pdf", "a b.pdf")]
    [InlineData("~", "/home/me")]
    [InlineData("~/x.pdf", "/home/me/x.pdf")]
    [InlineData("a/~/x", "a/~/x")]
    [InlineData("./~x", "./~x")]
    [InlineData("\"~/x \"", "~/x ")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("5\" disk", "5\" disk")]
    public void Path_is_read_as_it_is_but_for_the_home_directory_and_quotes(string typed, string path)
    {
        Assert.True(TypedPath.TryRead(typed, "/home/me", out var read, out var why), why);
        Assert.Equal(path, read);
    }

    [Theory]
    [InlineData("~bob/x.pdf", "/home/me", "~ alone is your home directory, and this client knows no other")]
    [InlineData("~/x.pdf", "", "there is no home directory")]
    [InlineData("\"a b", "/home/me", "a path in quotes")]
    [InlineData("\"a\" b", "/home/me", "a path in quotes")]
    public void Path_that_means_no_file_says_why(string typed, string home, string why)
    {
        Assert.False(TypedPath.TryRead(typed, home, out _, out var says));
        Assert.StartsWith(why, says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/share ~", "~/")]
    [InlineData("/share ~/", "~/docs/|~/my report.pdf|~/notes.txt")]
    [InlineData("/share ~/my r", "~/my report.pdf")]
    [InlineData("/share ~/.", "~/.hidden")]
    [InlineData("/share ~/docs/", "~/docs/a/|~/docs/b")]
    [InlineData("/get 7 ~/d", "~/docs/")]
    [InlineData("one\n/share ~/d", "~/docs/")]
    [InlineData("/share ~/nowhere/", "")]
    [InlineData("/share ~/notes.txt/", "")]
    [InlineData("/share ~bob/", "")]
    public void Tab_offers_the_files_that_are_there(string before, string offered)
    {
        Make("docs/a/x", "docs/b", "my report.pdf", "notes.txt", ".hidden", "control\u0007character");
        Assert.Equal(offered, string.Join('|', FileCompletion.For(before, _home)!.Words));
    }

    [Theory]
    [InlineData("/get ")]
    [InlineData("/get 7")]
    [InlineData("/share")]
    [InlineData("/msg ~/")]
    [InlineData("//share ~/")]
    [InlineData("share ~/")]
    public void Elsewhere_there_are_no_files_to_offer(string before) => Assert.Null(FileCompletion.For(before, _home));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Directory_that_may_not_be_read_offers_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Make("closed/x");
        var closed = Path.Combine(_home, "closed");
        File.SetUnixFileMode(closed, UnixFileMode.None);
        var offered = FileCompletion.For("/share ~/closed/", _home)!.Words;
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(Environment.IsPrivilegedProcess ? ["~/closed/x"] : [], offered);
    }

    [Theory]
    [InlineData("", "plain.txt")]
    [InlineData("", "two words.txt")]
    [InlineData("", " blank first")]
    [InlineData("", "blank last ")]
    [InlineData("", "\"quote\" first")]
    [InlineData("", "~first")]
    [InlineData("", "back\\slash ")]
    [InlineData("\"", "two words.txt")]
    [InlineData("\"", "a\"quote")]
    public void Offered_path_is_read_back_as_the_file(string quote, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        Make(name);
        var typed = Assert.Single(FileCompletion.For($"/share {quote}{_home}/", "/home/me")!.Words);
        Assert.True(TypedPath.TryRead(typed.Trim(' '), "/home/me", out var path, out var why), why);
        Assert.Equal($"{_home}/{name}", path);
    }

    [Fact]
    public void Tab_after_the_only_directory_looks_into_it()
    {
        Make("docs/deep/x.txt");
        var editor = new LineEditor(before => FileCompletion.For(before, _home) ?? Completion.None);
        editor.Take(new Key(KeyKind.Text, "/share ~/"));
        string[] texts = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            editor.Take(new Key(KeyKind.Tab));
            return editor.Text;
        })];
        Assert.Equal(["/share ~/docs/", "/share ~/docs/deep/", "/share ~/docs/deep/x.txt", "/share ~/docs/deep/x.txt"], texts);
    }

    private void Make(params string[] names)
    {
        foreach (var name in names)
        {
            var path = $"{_home}/{name}";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
