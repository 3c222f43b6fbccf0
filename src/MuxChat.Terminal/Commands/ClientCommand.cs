namespace MuxChat.Terminal.Commands;

/// <summary>A command that the user can type: a row of <see cref="CommandTable"/>.</summary>
/// <param name="Name">The name without its slash.</param>
/// <param name="Parameters">Its parameters, for help.</param>
/// <param name="Summary">Its effect, for help.</param>
/// <param name="Run">Carries it out, with the text after its name.</param>
internal sealed record ClientCommand(string Name, string Parameters, string Summary, Action<CommandContext, string> Run)
{
    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How many words come before the path that it takes; null if it takes none.</summary>
    public int? WordsBeforePath { get; init; }

    /// <summary>How it is typed.</summary>
    public string Syntax => $"/{Name} {Parameters}".TrimEnd();
}
