using CsCheck;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

public sealed class FileTextTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly string Sha256 = new('a', 64);

    [Fact]
    public void Text_has_all_facts_and_gives_them_back() => Property.Holds(
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Long[0, long.MaxValue], Gen.Byte.Array[32], Gen.String.Select(Bytes.Utf8), Gen.Bool),
        static one =>
        {
            var (number, size, hash, name, isImage) = one;
            var file = Samples.File(new FileId(7), number, size: size) with
            {
                Name = FileName.Clean(name),
                Sha256 = hash,
                ImageType = isImage ? "image/png" : "",
            };
            Assert.True(FileText.TryRead(FileText.Encode(file), out var note));
            Assert.Equal(number, note.Number);
            Assert.Equal(size, note.SizeBytes);
            Assert.Equal(file.Id.ToBytes(), note.Id);
            Assert.Equal(hash, Convert.FromHexString(Bytes.Utf8(note.Sha256)));
            Assert.Equal(file.Name, note.Name);
            Assert.Equal(file.ImageType, Bytes.Utf8(note.ImageType));
        },
        samples: 500);

    [Fact]
    public void Text_of_another_form_is_not_read()
    {
        var whole = $"7 {Id} 12 {Sha256} image/png a b.png";
        Assert.True(FileText.TryRead(Bytes.Utf8(whole), out _));
        string[] damaged =
        [
            "", " ", "hello", whole.Replace("7 ", "0 ", StringComparison.Ordinal), whole.Replace("7 ", "-7 ", StringComparison.Ordinal),
            whole.Replace("7 ", "7x ", StringComparison.Ordinal), whole.Replace("7 ", "99999999999999999999 ", StringComparison.Ordinal),
            whole.Replace(" 12 ", " -1 ", StringComparison.Ordinal), whole.Replace(" 12 ", " ", StringComparison.Ordinal),
            whole.Replace(Id, Id[1..], StringComparison.Ordinal), whole.Replace(Id, Id.ToUpperInvariant(), StringComparison.Ordinal),
            whole.Replace(Sha256, Sha256[1..], StringComparison.Ordinal),
            whole.Replace(Sha256, new string('z', 64), StringComparison.Ordinal),
            $"7 {Id} 12 {Sha256} image/png", $"7 {Id} 12 {Sha256} -",
        ];
        Assert.All(damaged, static text => Assert.False(FileText.TryRead(Bytes.Utf8(text), out _), text));
    }

    [Fact]
    public void Any_text_cut_anywhere_is_read_or_not_without_a_fault()
    {
        var whole = FileText.Encode(Samples.File(new FileId(1)));
        for (var length = 0; length < whole.Length; length++)
        {
            var isName = length > whole.Length - "a.txt".Length;
            Assert.Equal(isName, FileText.TryRead(whole.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KB")]
    [InlineData(1025, "2 KB")]
    [InlineData(1024 * 1024, "1 MB")]
    [InlineData((1024 * 1024) - 1, "1 MB")]
    [InlineData(16L * 1024 * 1024 * 1024, "16 GB")]
    [InlineData(5L * 1024 * 1024 * 1024 * 1024, "5120 GB")]
    public void Size_is_described_in_units_of_1024_rounded_up(long bytes, string words) =>
        Assert.Equal(words, FileText.DescribeSize(bytes));
}
