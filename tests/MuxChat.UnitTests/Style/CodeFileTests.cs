namespace MuxChat.UnitTests.Style;

/// <summary>The reading that the other tests here rely on sees what it should.</summary>
public sealed class CodeFileTests
{
    private const string Source = """"
        namespace A.B;

        /// <summary>class Comment { }</summary>
        internal sealed class First<T> : IBase where T : class
        {
            private const string Words = "lock { // \" class Text {";
            private readonly int[] _list = [1, 2];
            private static readonly string Raw = """ lock } """;

            public First(int a)
            {
                if (a > 0) { Do($"{a} {(a > 1 ? "}" : "{")}"); }
                var c = '{'; // lock {
            }

            public int Value { get; set; } = 3;

            public string Name => Value switch
            {
                1 => @"a""}",
                _ => "b",
            };

            private enum Inner
            {
                One,
            }

            private sealed record Small(int X);

            /* async { */
            [Fact]
            private void Last()
            {
            }
        }

        public readonly record struct Second(int A, int B = 0);

        public delegate void Third();
        """";

    [Fact]
    public void Types_and_members_are_found_with_their_lengths()
    {
        var file = CodeFile.Parse(Source);
        Assert.Equal("A.B", file.Namespace);
        Assert.Equal(["First", "Inner", "Small", "Second", "Third"], file.Types);
        Assert.Equal(["First", "Second", "Third"], file.TopLevelTypes);
        var members = file.Members.Select(member => (CodeFile.NameOf(member), CodeFile.LinesOf(member))).ToList();
        Assert.Contains(("First", 5), members);
        Assert.Contains(("Value", 1), members);
        Assert.Contains(("Name", 5), members);
        Assert.Contains(("Last", 4), members);
        Assert.Equal(["Last"], file.Tests.Select(CodeFile.NameOf));
    }

    [Fact]
    public void Comments_and_strings_are_not_code()
    {
        var code = CodeFile.Parse(Source).Code;
        Assert.DoesNotContain("lock", code, StringComparison.Ordinal);
        Assert.DoesNotContain("async", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Comment", code, StringComparison.Ordinal);
        Assert.Contains("a > 1 ?", code, StringComparison.Ordinal);
        Assert.Equal(Source.Length, code.Length);
        Assert.Equal(Source.Count(character => character == '\n'), code.Count(character => character == '\n'));
        Assert.Equal(code.Count(character => character == '{'), code.Count(character => character == '}'));
    }
}
