using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MuxChat.Core.Chat.Text;
using MuxChat.Terminal.Saying;

namespace MuxChat.Server.Commands;

/// <summary><c>muxchat say</c>: says a text, or each line of standard input, and waits for the acknowledgements.</summary>
internal static partial class SayCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "say";

    private const int MaxTimeoutSeconds = 86_400;

    public static Command Create(ProgramEnvironment environment)
    {
        var shared = new ClientArguments(Name, environment);
        var texts = new Argument<string[]>("TEXT")
        {
            Description = "The text; several words are joined by blanks. Without it, each line of standard input is said.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var server = new Option<string?>("--server")
        {
            HelpName = "HOST:PORT",
            Description = "The server: a listener for auto or frame. [default: 127.0.0.1:7070]",
        };
        var room = new Option<string>("--room") { HelpName = "ROOM", Description = "The room, with or without its #.", Required = true };
        var key = new Option<string?>("--key") { HelpName = "KEY", Description = "The room's key. [default: none]" };
        var timeout = new Option<string?>("--timeout-s")
        {
            HelpName = "N",
            Description = "The seconds for all of it. [default: as long as the server acknowledges a line within 60 s]",
        };
        var say = new Command(Name, "Says a text in a room. Exit code 0 only when the server acknowledged every line.")
        {
            texts, server, room, key, timeout,
        };
        shared.AddTo(say);
        say.SetAction(parsed =>
        {
            RefuseUnknownOption(parsed, texts, shared);
            var options = new SayOptions
            {
                Connection = shared.ConnectionIn(parsed, parsed.GetValue(server), "--server"),
                Room = shared.RoomOf(parsed.GetValue(room)!),
                Key = parsed.GetValue(key),
                Nick = shared.NickIn(parsed),
                Timeout = TimeoutOf(parsed.GetValue(timeout), shared),
            };
            var text = parsed.GetValue(texts) is { Length: > 0 } words ? string.Join(' ', words) : null;
            return SayProgram.Run(options, text, () => environment.Input?.Invoke() ?? Console.OpenStandardInput(), environment.Errors);
        });
        return say;
    }

    // The parser takes a misspelt option for a word of the text, and its value too, which may be a password.
    private static void RefuseUnknownOption(ParseResult parsed, Argument<string[]> texts, ClientArguments shared)
    {
        var words = parsed.GetResult(texts)?.Tokens ?? [];
        var option = parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => words.Contains(token) && OptionWord().IsMatch(token.Value))?.Value.Split('=')[0];
        if (option is not null)
        {
            var meant = Spelling.Meant(option, parsed.CommandResult.Command.Options.Select(static one => one.Name));
            throw shared.Mistake($"there is no option {option}: "
                + $"{(meant is null ? "" : $"do you mean {meant}? ")}A text that begins with it goes after --");
        }
    }

    private static TimeSpan? TimeoutOf(string? given, ClientArguments shared) => given switch
    {
        null => null,
        _ when int.TryParse(given, out var seconds) && seconds is >= 1 and <= MaxTimeoutSeconds => TimeSpan.FromSeconds(seconds),
        _ => throw shared.Mistake($"--timeout-s {given}: it takes a whole number from 1 to {MaxTimeoutSeconds}"),
    };

    [GeneratedRegex("^--?[A-Za-z][A-Za-z0-9-]*(=|$)", RegexOptions.CultureInvariant)]
    private static partial Regex OptionWord();
}
