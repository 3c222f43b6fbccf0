using System.Buffers;
using System.Text;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>The mangler itself: the tests of the audit are worth what it is worth.</summary>
public class ManglerTests
{
    private const int Lines = 100_000;

    [Theory]
    [InlineData(Mangling.None, 0, 0)]
    [InlineData(Mangling.Drop, 10, -10)]
    [InlineData(Mangling.Repeat, 10, 10)]
    [InlineData(Mangling.SwapWithNext, 10, 0)]
    [InlineData(Mangling.ChangeOneBit, 10, 0)]
    public void One_line_in_so_many_is_mangled_and_no_other(Mangling kind, int mangled, int more)
    {
        var mangler = new Mangler(kind, Lines / 10, seed: 3);
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Lines; i += 5)
        {
            mangler.Pass(Encoding.ASCII.GetBytes($"<a> {i}\n<a> {i + 1}\n* b joined\n<a> {i + 2}\n<a> {i + 3}\n<a> {i + 4}\n"), output);
        }

        var came = Encoding.Latin1.GetString(output.WrittenSpan).Split('\n')[..^1].Where(line => line != "* b joined").ToList();
        Assert.Equal((mangled, Lines), (mangler.Mangled, mangler.Said));
        Assert.Equal(Lines + more, came.Count);
        var right = Enumerable.Range(0, Lines).Select(i => $"<a> {i}").ToList();
        Assert.Equal(kind is Mangling.Drop or Mangling.ChangeOneBit ? Lines - mangled : Lines, came.Intersect(right).Count());
        if (kind == Mangling.SwapWithNext)
        {
            Assert.Equal(2 * mangled, came.Zip(right).Count(pair => pair.First != pair.Second));
        }
    }

    [Fact]
    public void Lines_of_different_senders_change_places_and_no_others()
    {
        var mangler = new Mangler(Mangling.SwapSenders, every: 1, seed: 3);
        var output = new ArrayBufferWriter<byte>();
        mangler.Pass("<a> 0\n<a> 1\n<b> 0\n<b> 1\n<a> 2\n"u8, output);
        Assert.Equal("<a> 0\n<b> 0\n<a> 1\n<a> 2\n<b> 1\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Line_without_a_neighbour_leaves_its_turn_to_the_next_that_has_one()
    {
        var mangler = new Mangler(Mangling.SwapWithNext, every: 1, seed: 3);
        var output = new ArrayBufferWriter<byte>();
        foreach (var lines in (string[])["<a> 0\n", "<a> 1\n* b left\n", "<a> 2\n<a> 3\n"])
        {
            mangler.Pass(Encoding.ASCII.GetBytes(lines), output);
        }

        Assert.Equal("<a> 0\n<a> 1\n* b left\n<a> 3\n<a> 2\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }
}
