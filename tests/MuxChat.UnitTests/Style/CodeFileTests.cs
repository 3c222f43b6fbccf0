namespace MuxChat.UnitTests.Style;

/// <summary>The scan that the other tests here rely on sees what it should.</summary>
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
            private void Last()
            {
            }
        }

        public readonly record struct Second(int A, int B = 0);
        """";

    [Fact]
    public void Types_and_members_are_found_with_their_lengths()
    {
        var file = CodeFile.Parse(Source);
        Assert.Equal("A.B", file.Namespace);
        Assert.Equal(["First", "Inner", "Small", "Second"], file.Types);
        Assert.Equal(["First", "Second"], file.TopLevelTypes);
        Assert.Contains(("public First(int a)", 5), file.Members);
        Assert.Contains(("public int Value { get; set; } = 3;", 1), file.Members);
        Assert.Contains(("public string Name => Value switch", 5), file.Members);
        Assert.Contains(("private void Last()", 3), file.Members);
    }

    [Fact]
    public void Comments_and_strings_are_not_code()
    {
        var code = CodeText.Strip(Source);
        Assert.DoesNotContain("lock", code, StringComparison.Ordinal);
        Assert.DoesNotContain("async", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Comment", code, StringComparison.Ordinal);
        Assert.Equal(Source.Count(character => character == '\n'), code.Count(character => character == '\n'));
        Assert.Equal(code.Count(character => character == '{'), code.Count(character => character == '}'));
    }
}
