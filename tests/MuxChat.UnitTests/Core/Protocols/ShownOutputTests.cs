using System.Text;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>A program's bytes as lines for people: whole, in order, and without anything that controls a terminal.</summary>
public sealed class ShownOutputTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\n", "| a;")]
    [InlineData("a\nb", "| a;| b;")]
    [InlineData("a\r\nb\r\n", "| a;| b;")]
    [InlineData("a\rb\n", "| a\\x0Db;")]
    [InlineData("a\r", "| a\\x0D;")]
    [InlineData("\n\n", "| ;| ;")]
    [InlineData("a\tb\n", "| a\tb;")]
    [InlineData("\u001b[2J\u0000\u007f\u009b\n", "| \\x1B[2J\\x00\\x7F\\xC2\\x9B;")]
    [InlineData("世界 👋\n", "| 世界 👋;")]
    public void Bytes_become_lines_however_they_are_cut(string output, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(output);
        for (var size = 1; size <= Math.Max(1, bytes.Length); size++)
        {
            Assert.Equal(expected, Show(bytes.Chunk(size).Select(static part => (ProgramStream.Output, part))));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_escaped_however_they_are_cut()
    {
        byte[] bytes = [0xFF, (byte)'a', 0xE4, 0xB8, (byte)'b', 0xF0, 0x9F, 0x91, (byte)'\n', 0xC3];
        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.Equal("| \\xFFa\\xE4\\xB8b\\xF0\\x9F\\x91;| \\xC3;",
                Show(bytes.Chunk(size).Select(static part => (ProgramStream.Output, part))));
        }
    }

    [Fact]
    public void Long_line_goes_on_with_another_mark_and_loses_nothing()
    {
        var line = string.Concat(Enumerable.Range(0, 500).Select(static i => $"{i} "));
        var bytes = Encoding.UTF8.GetBytes(line + "\nx\n");
        var shown = Show([(ProgramStream.Output, bytes)]).Split(';', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(shown, static one => Assert.True(one.Length - 3 <= ShownOutput.MaxLineBytes));
        Assert.Equal(["| ", "|+", "|+", "|+", "|+", "| "], shown.Select(static one => one[..2]));
        Assert.Equal(line, string.Concat(shown[..^1].Select(static one => one[(one[1] == '+' ? 3 : 2)..])));
    }

    [Fact]
    public void Streams_have_marks_of_their_own_and_do_not_share_a_line()
    {
        var shown = Show([(ProgramStream.Output, "a"u8.ToArray()), (ProgramStream.Error, "b"u8.ToArray()),
            (ProgramStream.Output, "c\n"u8.ToArray()), (ProgramStream.Error, "d"u8.ToArray())]);
        Assert.Equal("| ac;! bd;", shown);
    }

    [Fact]
    public void Block_of_line_ends_is_written_in_several_calls()
    {
        var shown = new ShownOutput(static (_, _) => { });
        var block = Enumerable.Repeat((byte)'\n', OutputBlock.MaxBytes).ToArray();
        var used = shown.Add(ProgramStream.Output, block);
        Assert.InRange(used, 1, block.Length / 10);
    }

    private static string Show(IEnumerable<(ProgramStream Stream, byte[] Bytes)> blocks)
    {
        var text = new StringBuilder();
        var shown = new ShownOutput((mark, line) => text.Append(Encoding.UTF8.GetString([.. mark.Span, .. line.Span])).Append(';'));
        foreach (var (stream, bytes) in blocks)
        {
            for (var used = 0; used < bytes.Length;)
            {
                used += shown.Add(stream, bytes.AsSpan(used));
            }
        }

        shown.Finish();
        return text.ToString();
    }
}
