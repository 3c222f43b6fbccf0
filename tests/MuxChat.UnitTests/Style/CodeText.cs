using System.Text;

namespace MuxChat.UnitTests.Style;

/// <summary>C# with its comments and the contents of its strings blanked out, so that words and braces can be looked for. Lines stay where they are.</summary>
public static class CodeText
{
    private const string RawQuotes = "\"\"\"";

    public static string Strip(string source)
    {
        var text = new StringBuilder(source.Length);
        var at = 0;
        while (at < source.Length)
        {
            var end = EndOfHidden(source, at);
            if (end == at)
            {
                text.Append(source[at++]);
                continue;
            }

            for (; at < end; at++)
            {
                text.Append(source[at] == '\n' ? '\n' : ' ');
            }
        }

        return text.ToString();
    }

    // Where the comment, string or character that begins here ends; here, when none begins.
    private static int EndOfHidden(string source, int at)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("//"))
        {
            return EndAfter(source, at, "\n") - (source.IndexOf('\n', at) < 0 ? 0 : 1);
        }

        if (rest.StartsWith("/*"))
        {
            return EndAfter(source, at + 2, "*/");
        }

        if (rest[0] == '\'')
        {
            return EndOfQuoted(source, at + 1, '\'');
        }

        var quote = at;
        while (quote < source.Length && source[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= source.Length || source[quote] != '"')
        {
            return at;
        }

        if (source.AsSpan(quote).StartsWith(RawQuotes))
        {
            return EndAfter(source, quote + RawQuotes.Length, RawQuotes);
        }

        var prefix = source.AsSpan(at, quote - at);
        return prefix.Contains('@') ? EndOfVerbatim(source, quote + 1) : EndOfQuoted(source, quote + 1, '"', holes: prefix.Contains('$'));
    }

    private static int EndAfter(string source, int from, string mark)
    {
        var found = source.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? source.Length : found + mark.Length;
    }

    private static int EndOfVerbatim(string source, int at)
    {
        while (at < source.Length)
        {
            if (source[at] == '"')
            {
                if (at + 1 >= source.Length || source[at + 1] != '"')
                {
                    return at + 1;
                }

                at++;
            }

            at++;
        }

        return at;
    }

    private static int EndOfQuoted(string source, int at, char quote, bool holes = false)
    {
        var depth = 0;
        while (at < source.Length)
        {
            switch (source[at])
            {
                case '\\' when depth == 0:
                    at++;
                    break;
                case '{' when holes && source[at + 1] == '{' && depth == 0:
                    at++;
                    break;
                case '{' when holes:
                    depth++;
                    break;
                case '}' when holes && depth > 0:
                    depth--;
                    break;
                case '"' when holes && depth > 0:
                    at = EndOfQuoted(source, at + 1, '"') - 1;
                    break;
                case var end when end == quote && depth == 0:
                    return at + 1;
            }

            at++;
        }

        return at;
    }
}
