using System.CommandLine;
using System.Text;
using MuxChat.Core.Protocols;

namespace MuxChat.Server.Commands;

/// <summary><c>muxchat hash</c>: reads a password from standard input and prints its hash, for <c>--oper NAME:HASH</c>.</summary>
internal static class HashCommand
{
    private const byte LineFeed = (byte)'\n';

    // A terminal sends EOT for Ctrl-D.
    private const char EndOfInput = '\u0004';

    public static Command Create(ProgramEnvironment environment)
    {
        var hash = new Command("hash",
            "Reads one line from standard input as a password (at a terminal twice, without echo) and prints its hash for --oper.");
        hash.SetAction(_ => Run(environment));
        return hash;
    }

    private static int Run(ProgramEnvironment environment)
    {
        var password = environment.Input is { } open ? ReadLine(open()) : ReadTwice();
        environment.Output.WriteLine(PasswordHash.Of(password));
        return 0;
    }

    private static byte[] Checked(byte[] password) => ServerPassword.IsPossible(password)
        ? password
        : throw new StartupException(StartupException.Usage, $"hash: {ServerPassword.Rule}");

    // Read bytes, not text: a client sends these bytes, so no conversion may change them.
    private static byte[] ReadLine(Stream standardInput)
    {
        using var input = standardInput;
        var line = new List<byte>();
        try
        {
            while (line.Count <= ServerPassword.MaxBytes + 1 && input.ReadByte() is >= 0 and not LineFeed and var next)
            {
                line.Add((byte)next);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(StartupException.Usage, $"hash: cannot read standard input: {error.Message}");
        }

        return Checked(line is [.. var text, (byte)'\r'] ? [.. text] : [.. line]);
    }

    private static byte[] ReadTwice()
    {
        // From here on the terminal echoes nothing and passes on each key, including keys typed before the question.
        _ = Console.KeyAvailable;
        var password = Checked(ReadUnseen("Password: "));
        return password.AsSpan().SequenceEqual(ReadUnseen("Again: "))
            ? password
            : throw new StartupException(StartupException.Usage, "hash: the two passwords differ");
    }

    private static byte[] ReadUnseen(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.KeyChar == EndOfInput)
            {
                Console.Error.WriteLine();
                throw new StartupException(StartupException.Usage, "hash: standard input ended without a password");
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                // A visible character may be a surrogate pair.
                typed.Length = Math.Max(0, typed.Length - (typed.Length > 1 && char.IsLowSurrogate(typed[^1]) ? 2 : 1));
            }
            else if (key.KeyChar != '\0')
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return Encoding.UTF8.GetBytes(typed.ToString());
    }
}
