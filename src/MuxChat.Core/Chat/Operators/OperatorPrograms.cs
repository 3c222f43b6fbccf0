using System.Text;

namespace MuxChat.Core.Chat.Operators;

/// <summary>Decides which client may run which of the admin's programs. Owned by the hub.</summary>
public sealed class OperatorPrograms
{
    /// <summary>The price of a run in the flood budget, in frames, in addition to that of its line: 1.</summary>
    public const int Price = 1;

    private static readonly CommandResult None = CommandResult.Error(ErrorCode.UnknownProgram, "this server runs no commands");
    private static readonly CommandResult AtItsLimit =
        CommandResult.Error(ErrorCode.Busy, "too many commands are waiting: try again later");

    // The runs whose clients wait for them: as many as the runner accepts.
    private readonly List<(IProgramRun Run, IRecipient Client)> _awaited = [];
    private IProgramRunner _runner = new NoProgramRunner();

    /// <summary>Sets the runner. Called before the first client is let in.</summary>
    public void Use(IProgramRunner runner) => _runner = runner;

    /// <summary>Starts the runs whose turn it is, and wakes the clients whose runs have output or have ended.</summary>
    public void Collect()
    {
        _runner.Collect();

        // A run may end at any time on another thread. It is forgotten only if its client was woken after that.
        _awaited.RemoveAll(static one =>
        {
            var isOver = one.Run.End is not null;
            if (isOver || one.Run.IsReady)
            {
                one.Client.Wake();
            }

            return isOver;
        });
    }

    /// <summary>Whether a person may know and run the programs, if there are any.</summary>
    internal bool IsOpenTo(Person person) => _runner.Programs.Count > 0 && (_runner.IsForMembers || person.IsOperator);

    /// <summary>Returns the programs that a person may run.</summary>
    internal CommandResult List(Person person, out IReadOnlyList<AllowedProgram> programs)
    {
        programs = IsOpenTo(person) ? _runner.Programs : [];
        return _runner.Programs.Count == 0 ? None : programs.Count == 0 ? ServerOperators.NotOperator : CommandResult.Ok();
    }

    /// <summary>Starts a program for a person.</summary>
    /// <param name="person">The person who asks.</param>
    /// <param name="name">The program's name.</param>
    /// <param name="arguments">Each argument with a NUL before it, in well-formed UTF-8.</param>
    /// <param name="run">The run; null if the request is refused.</param>
    internal CommandResult Start(Person person, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, out IProgramRun? run)
    {
        run = null;
        var allowed = List(person, out _);
        return allowed.IsOk
            ? Start(person.Subscriber!, Encoding.UTF8.GetString(person.Nick), name, arguments, isCollected: false, out run)
            : allowed;
    }

    /// <summary>
    /// Starts a program for a client of an <c>exec</c> listener, which may run all of them. Its output is taken as a whole.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The program's name.</param>
    /// <param name="arguments">Each argument with a NUL before it, in well-formed UTF-8.</param>
    /// <param name="run">The run; null if the request is refused.</param>
    internal CommandResult Start(IRecipient client, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, out IProgramRun? run) =>
        Start(client, "", name, arguments, isCollected: true, out run);

    private CommandResult Start(
        IRecipient client, string nick, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, bool isCollected, out IProgramRun? run)
    {
        run = null;
        if (Find(name) is not { } program)
        {
            return _runner.Programs.Count == 0 ? None
                : CommandResult.Error(ErrorCode.UnknownProgram, "this command is not one that the server runs");
        }

        var bound = program.Bind(arguments, out var all);
        if (!bound.IsOk)
        {
            return bound;
        }

        var by = new OperatorAct(nick, client.RemoteName);
        run = _runner.TryStart(new ProgramRequest(program, all, by) { IsCollected = isCollected });
        if (run is null)
        {
            return AtItsLimit;
        }

        _awaited.Add((run, client));
        return CommandResult.Ok() with { Price = Price };
    }

    private AllowedProgram? Find(ReadOnlySpan<byte> name)
    {
        foreach (var program in _runner.Programs)
        {
            if (Ascii.Equals(name, program.Name))
            {
                return program;
            }
        }

        return null;
    }
}
