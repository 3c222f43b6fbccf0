using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>RUN, a command of this server: runs a program of the admin, and answers with notices.</summary>
internal static class IrcPrograms
{
    public static CommandResult Run(IrcProtocolHandler client, in IrcMessage message)
    {
        if (!client.Hub.Programs.IsOpenTo(client.Person))
        {
            // The command does not exist for other clients.
            return client.ReplyError(IrcNumeric.UnknownCommand, "RUN"u8, "Unknown command", ErrorCode.UnknownCommand);
        }

        if (message.Count == 0)
        {
            client.Hub.Programs.List(client.Person, out var programs);
            foreach (var program in programs)
            {
                Notice(client, Encoding.UTF8.GetBytes($"RUN {program.Name} {program.Syntax}".TrimEnd()));
            }

            return CommandResult.Ok();
        }

        var arguments = new List<byte>();
        for (var i = 1; i < message.Count; i++)
        {
            arguments.Add(0);
            arguments.AddRange(message[i]);
        }

        var result = client.Hub.Programs.Start(client.Person, message[0], arguments.ToArray(), out var run);
        if (run is null)
        {
            return client.Fail("RUN"u8, result.Code == ErrorCode.Busy ? "BUSY"u8 : "INVALID_COMMAND"u8, result.Code, result.Message);
        }

        client.Cost += result.Price;
        client.Session!.EnqueueAnswer(new RunAnswer(run, new Writer(client, Encoding.UTF8.GetString(message[0]))));
        return CommandResult.Ok();
    }

    private static void Notice(IrcProtocolHandler client, ReadOnlySpan<byte> text) =>
        client.Line().Put(":"u8).Put(client.Server.Name).Put(" NOTICE "u8).Put(client.Nick).Last(text).SendTo(client.Output);

    private sealed class Writer : IRunWriter
    {
        private readonly IrcProtocolHandler _client;
        private readonly string _name;
        private readonly ShownOutput _lines;

        public Writer(IrcProtocolHandler client, string name)
        {
            (_client, _name) = (client, name);
            _lines = new ShownOutput((mark, text) => Notice(client, [.. mark.Span, .. text.Span]));
        }

        public int Write(ProgramStream stream, ReadOnlySpan<byte> bytes) => _lines.Add(stream, bytes);

        public void End(RunEnd end)
        {
            _lines.Finish();
            Notice(_client, Encoding.UTF8.GetBytes($"run {_name}: {end.Describe()}"));
        }
    }
}
