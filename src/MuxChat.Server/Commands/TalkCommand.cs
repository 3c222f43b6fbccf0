using System.CommandLine;
using MuxChat.Terminal.Talking;

namespace MuxChat.Server.Commands;

/// <summary><c>muxchat talk</c>: a client for the terminal; by lines where there is no terminal.</summary>
internal static class TalkCommand
{
    public static Command Create(ProgramEnvironment environment)
    {
        var shared = new ClientArguments("talk", environment);
        var address = new Argument<string?>("HOST:PORT")
        {
            Description = "The server: a listener for auto or frame. [default: 127.0.0.1:7070]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var rooms = new Option<string[]>("--room")
        {
            HelpName = "ROOM",
            Description = "A room to enter, with or without its #; may be given several times. [default: the lobby]",
        };
        var talk = new Command("talk", "A client for the terminal. Without one it prints events and says the lines of standard input.")
        {
            address, rooms,
        };
        shared.AddTo(talk);
        talk.SetAction(parsed => Run(environment, new TalkOptions
        {
            Connection = shared.ConnectionIn(parsed, parsed.GetValue(address), "HOST:PORT"),
            Rooms = [.. (parsed.GetValue(rooms) ?? []).Select(shared.RoomOf)],
            Nick = shared.NickIn(parsed),
        }));
        return talk;
    }

    private static int Run(ProgramEnvironment environment, TalkOptions options)
    {
        var terminal = environment.Variables.ValueOf("TERM");
        var hasColours = TalkProgram.HasColours(environment.Variables.ValueOf("NO_COLOR"), terminal);
        return TalkProgram.HasScreen(terminal)
            ? TalkProgram.RunOnScreen(options, hasColours, environment.Errors)
            : TalkProgram.RunPlain(options, environment.Input?.Invoke() ?? Console.OpenStandardInput(), environment.Output,
                environment.Errors);
    }
}
