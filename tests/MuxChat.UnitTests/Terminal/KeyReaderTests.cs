using System.Text;
using CsCheck;
using MuxChat.Terminal.Editing;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Keys from the bytes of a terminal.</summary>
public sealed class KeyReaderTests
{
    private static readonly string[] Inputs =
    [
        "a", "世", "👋", "\e[A", "\e[1;5C", "\eOH", "\e[3~", "\e1", "\eb", "\e[200~x\ny\e[201~", "\t", "\r", "\u0001", "\e[999;1~",
        "\e\e[D",
    ];

    [Theory]
    [InlineData("\e[A", nameof(KeyKind.Up))]
    [InlineData("\eOB", nameof(KeyKind.Down))]
    [InlineData("\e[1;5D", nameof(KeyKind.WordLeft))]
    [InlineData("\e[1;3C", nameof(KeyKind.WordRight))]
    [InlineData("\e[1~", nameof(KeyKind.Home))]
    [InlineData("\e[4~", nameof(KeyKind.End))]
    [InlineData("\e[3~", nameof(KeyKind.Delete))]
    [InlineData("\e[5~", nameof(KeyKind.PageUp))]
    [InlineData("\e[6~", nameof(KeyKind.PageDown))]
    [InlineData("\e[Z", nameof(KeyKind.BackTab))]
    [InlineData("\e\u007F", nameof(KeyKind.DeleteWordLeft))]
    [InlineData("\u007F", nameof(KeyKind.Backspace))]
    [InlineData("\u0003", nameof(KeyKind.Interrupt))]
    [InlineData("\u0004", nameof(KeyKind.EndOfInput))]
    [InlineData("\u000C", nameof(KeyKind.Redraw))]
    [InlineData("\u001A", nameof(KeyKind.Suspend))]
    public void Sequence_is_a_key(string bytes, string kind) => Assert.Equal([new Key(Enum.Parse<KeyKind>(kind))], Read(bytes));

    [Fact]
    public void Alt_and_a_digit_is_a_view()
    {
        Assert.Equal([new Key(KeyKind.View, Number: 3)], Read("\e3"));
        Assert.Equal([new Key(KeyKind.View, Number: 10)], Read("\e0"));
    }

    [Fact]
    public void Pasted_text_is_one_key_with_its_line_ends() =>
        Assert.Equal([new Key(KeyKind.Paste, "a\nb\e[A"), new Key(KeyKind.Enter)], Read("\e[200~a\nb\e[A\e[201~\r"));

    [Fact]
    public void Unknown_sequences_and_control_characters_mean_nothing() => Assert.Empty(Read("\e[999~\e[?1;2c\e%\u0002\u0086"[..^2]));

    [Fact]
    public void Bytes_that_are_no_text_are_dropped() =>
        Assert.Equal([new Key(KeyKind.Text, "ab")], new KeyReader().Read([(byte)'a', 0xFF, 0xC2, 0x85, (byte)'b']));

    [Fact]
    public void Endless_sequence_and_paste_stay_within_their_limits()
    {
        var reader = new KeyReader();
        Assert.NotEmpty(reader.Read(Encoding.UTF8.GetBytes("\e[" + new string('1', KeyReader.MaxSequence) + "x")));
        reader = new KeyReader();
        reader.Read("\e[200~"u8);
        reader.Read(Encoding.UTF8.GetBytes(new string('x', KeyReader.MaxPasteBytes + 100)));
        Assert.Equal(KeyReader.MaxPasteBytes, Assert.Single(reader.Read("\e[201~"u8)).Text.Length);
    }

    [Fact]
    public void Keys_are_the_same_in_whatever_pieces_the_bytes_come() => Property.Holds(
        Gen.Select(Gen.Int[0, Inputs.Length - 1].Select(static at => Inputs[at]).List[1, 12], Gen.Int[1, 7]),
        (inputs, size) =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(inputs));
            var whole = new KeyReader().Read(bytes);
            var reader = new KeyReader();
            var pieces = bytes.Chunk(size).SelectMany(piece => reader.Read(piece));
            Assert.Equal(Flat(whole), Flat(pieces));
        },
        samples: 500);

    private static IReadOnlyList<Key> Read(string text) => new KeyReader().Read(Encoding.UTF8.GetBytes(text));

    // Text may come in more or fewer keys.
    private static string Flat(IEnumerable<Key> keys) =>
        string.Concat(keys.Select(static key => key.Kind == KeyKind.Text ? key.Text : $"<{key.Kind} {key.Text} {key.Number}>"));
}
