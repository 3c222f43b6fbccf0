namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes that a target of the fuzzer must find, not the simulation: the check is the target's name.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Fuzzed { get; } =
    [
        new("the halves of a surrogate pair are written in the wrong order", "Framing/ModifiedUtf8.cs",
            "                to = PutHalf(bytes, to, LowSurrogate | (beyond & 0x3FF));\n"
                + "                to = PutHalf(bytes, to, HighSurrogate | (beyond >> 10));\n",
            "                to = PutHalf(bytes, to, HighSurrogate | (beyond >> 10));\n"
                + "                to = PutHalf(bytes, to, LowSurrogate | (beyond & 0x3FF));\n",
            "modifiedutf8"),
        new("a text that grows is written over what is behind it", "Framing/UtfFraming.cs",
            "            writer.GetSpan(extra);\n",
            "",
            "modifiedutf8"),
        new("half a surrogate pair is taken for a whole one", "Framing/ModifiedUtf8.cs",
            "return (unit & 0xFC00) == kind;",
            "return (unit & 0xF800) == (kind & 0xF800);",
            "utf"),
        new("a message that is too long is not skipped", "Framing/LengthPrefixDecoder.cs",
            "            _toSkip = length;\n",
            "            _toSkip = header.IsShort ? 0 : length;\n",
            "utfecho"),
        new("an empty message is an error", "Framing/LengthHeader.cs",
            "public bool AllowsEmpty => IsShort;",
            "public bool AllowsEmpty => false;",
            "utfecho"),
        new("a length in the wrong byte order is not named as such", "Framing/LengthPrefixDecoder.cs",
            "header.ReadSwapped(pending) is > 0 and var swapped && swapped <= max",
            "header.ReadSwapped(pending) is > 0 and var swapped && swapped < max / 2",
            "frame-le"),
        new("an alert begins with any word of the key's length", "Protocols/Notify/NotifyDatagrams.cs",
            "if (!CryptographicOperations.FixedTimeEquals(word, key))",
            "if (word.Length != key.Length)",
            "notify"),
        new("a C1 control comes through in an alert", "Chat/Text/ChatText.cs",
            "rest[at + 1] is >= FirstC1 and <= LastC1)",
            "rest[at + 1] is >= FirstC1 and < LastC1)",
            "notify"),
    ];
}
