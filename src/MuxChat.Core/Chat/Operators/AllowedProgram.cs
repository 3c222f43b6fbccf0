using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Operators;

/// <summary>A program that the admin allows, and the arguments that it takes: <c>NAME=/PATH [WORD...]</c>.</summary>
/// <remarks>
/// A word is a fixed argument, or <c>{PATTERN}</c> for one that the user gives. The last word may be <c>{PATTERN}?</c> for an optional one,
/// or <c>{PATTERN}*</c> for any number. No shell ever reads an argument.
/// </remarks>
public sealed class AllowedProgram
{
    /// <summary>Arguments that a user may give: 32.</summary>
    public const int MaxArguments = 32;

    /// <summary>Bytes of all arguments that a user may give: 4,096.</summary>
    public const int MaxArgumentBytes = 4096;

    /// <summary>Characters of the longest name: 32.</summary>
    public const int MaxNameLength = 32;

    private const string Form = "NAME=/ABSOLUTE/PATH [WORD...], where a WORD is a fixed argument or {PATTERN}";
    private const int MaxWords = 64;

    private readonly List<Parameter> _parameters = [];

    private AllowedProgram(string name, string path) => (Name, Path) = (name, path);

    /// <summary>The name: lower-case ASCII letters, digits, underscores and hyphens.</summary>
    public string Name { get; }

    /// <summary>The absolute path of the executable file.</summary>
    public string Path { get; }

    /// <summary>The arguments that a user gives, as the admin wrote them; empty for none.</summary>
    public string Syntax { get; private set; } = "";

    /// <summary>Reads the admin's text. If it is wrong, returns false and says what is wrong.</summary>
    public static bool TryParse(string given, out AllowedProgram? program, out string mistake)
    {
        program = null;
        var equals = given.IndexOf('=', StringComparison.Ordinal);
        var words = given[(equals + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (equals < 0 || words.Length == 0)
        {
            mistake = $"it takes {Form}";
            return false;
        }

        var read = new AllowedProgram(given[..equals], words[0]);
        mistake = !IsName(read.Name) ? $"a name has 1 to {MaxNameLength} small letters, digits, underscores or hyphens, and begins with one"
                + " of the first two"
            : !read.Path.StartsWith('/') ? $"the path {read.Path} must be absolute"
            : words.Length > MaxWords ? $"at most {MaxWords} words are possible"
            : ChatText.HasControl(Encoding.UTF8.GetBytes(given)) ? "it contains a control character"
            : read.ReadParameters(words.AsSpan(1));
        program = mistake.Length == 0 ? read : null;
        return program is not null;
    }

    /// <summary>Checks a user's arguments against the parameters.</summary>
    /// <param name="given">Each argument with a NUL before it, in well-formed UTF-8.</param>
    /// <param name="all">All arguments of the program, fixed ones too; empty if the user's are refused.</param>
    internal CommandResult Bind(ReadOnlySpan<byte> given, out IReadOnlyList<byte[]> all)
    {
        all = [];
        var arguments = new List<byte[]>();
        if (given.Length - given.Count((byte)0) > MaxArgumentBytes || given.Count((byte)0) > MaxArguments)
        {
            return CommandResult.Error(ErrorCode.TooLong,
                $"the arguments are too long: at most {MaxArguments} with {MaxArgumentBytes} bytes are allowed");
        }

        while (!given.IsEmpty)
        {
            var end = given[1..].IndexOf((byte)0);
            var argument = end < 0 ? given[1..] : given.Slice(1, end);
            given = given[(argument.Length + 1)..];
            if (ChatText.HasControl(argument) || argument.Contains((byte)'\t'))
            {
                return CommandResult.Error(ErrorCode.ControlCharacter, "an argument contains a control character");
            }

            arguments.Add(argument.ToArray());
        }

        return Fill(arguments, out all);
    }

    private CommandResult Fill(List<byte[]> arguments, out IReadOnlyList<byte[]> all)
    {
        var filled = new List<byte[]>();
        var next = 0;
        all = [];
        foreach (var parameter in _parameters)
        {
            if (parameter.Pattern is null)
            {
                filled.Add(parameter.Fixed);
                continue;
            }

            var max = parameter.Repeat == Repeat.Any ? arguments.Count : Math.Min(arguments.Count, next + 1);
            if (next == max && parameter.Repeat == Repeat.One)
            {
                return CommandResult.Error(ErrorCode.MissingField, $"an argument is missing: {Name} {Syntax}");
            }

            for (; next < max; next++)
            {
                if (!parameter.Pattern.Matches(arguments[next]))
                {
                    return CommandResult.Error(ErrorCode.BadField, $"argument {next + 1} is not allowed: {Name} {Syntax}");
                }

                filled.Add(arguments[next]);
            }
        }

        if (next < arguments.Count)
        {
            return CommandResult.Error(ErrorCode.BadField,
                Syntax.Length == 0 ? $"{Name} takes no arguments" : $"there are too many arguments: {Name} {Syntax}");
        }

        all = filled;
        return CommandResult.Ok();
    }

    private string ReadParameters(ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (!word.StartsWith('{'))
            {
                _parameters.Add(new Parameter(Encoding.UTF8.GetBytes(word), null, Repeat.One));
                continue;
            }

            var repeat = word.EndsWith("}*", StringComparison.Ordinal) ? Repeat.Any
                : word.EndsWith("}?", StringComparison.Ordinal) ? Repeat.Optional : Repeat.One;
            if (word.Length < 3 || (repeat == Repeat.One && !word.EndsWith('}')))
            {
                return $"the word {word} begins with {{ and must end with }}, }}? or }}*; a pattern has \\s for a space";
            }

            if (repeat != Repeat.One && i < words.Length - 1)
            {
                return $"the word {word} must be the last one";
            }

            if (!ArgumentPattern.TryParse(word[1..(repeat == Repeat.One ? ^1 : ^2)], out var parsed, out var mistake))
            {
                return $"the pattern {word}: {mistake}";
            }

            _parameters.Add(new Parameter([], parsed, repeat));
            Syntax += Syntax.Length == 0 ? word : $" {word}";
        }

        return "";
    }

    private static bool IsName(string name) => name.Length is > 0 and <= MaxNameLength && name[0] is not ('_' or '-')
        && name.All(static letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');

    private enum Repeat
    {
        One,
        Optional,
        Any,
    }

    private readonly record struct Parameter(byte[] Fixed, ArgumentPattern? Pattern, Repeat Repeat);
}
