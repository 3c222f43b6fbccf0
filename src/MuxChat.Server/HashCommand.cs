using System.CommandLine;
using System.Text;
using MuxChat.Core.Protocols;

namespace MuxChat.Server;

/// <summary><c>muxchat hash</c>: reads a password from standard input and prints its hash, for <c>--oper NAME:HASH</c>.</summary>
internal static class HashCommand
{
    private const byte LineFeed = (byte)'\n';

    public static Command Create(Surroundings surroundings)
    {
        var hash = new Command("hash", "Reads a password from standard input, one line, and prints its hash for --oper.");
        hash.SetAction(_ => Run(surroundings));
        return hash;
    }

    private static int Run(Surroundings surroundings)
    {
        var password = surroundings.Input is { } open ? ReadLine(open()) : ReadUnseen();
        if (!ServerPassword.IsPossible(password))
        {
            throw new OperatorException(OperatorException.Usage, $"hash: {ServerPassword.Rule}");
        }

        surroundings.Output.WriteLine(PasswordHash.Of(password));
        return 0;
    }

    // As bytes: nobody converts them, so that they are those which a client will send.
    private static byte[] ReadLine(Stream standardInput)
    {
        using var input = standardInput;
        var line = new List<byte>();
        while (line.Count <= ServerPassword.MaxBytes + 1 && input.ReadByte() is >= 0 and not LineFeed and var next)
        {
            line.Add((byte)next);
        }

        return line is [.. var text, (byte)'\r'] ? [.. text] : [.. line];
    }

    private static byte[] ReadUnseen()
    {
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
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
