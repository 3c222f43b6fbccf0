namespace MuxChat.Simulation;

/// <summary>A check saw what must not be: ends the run of one seed.</summary>
/// <param name="check">The check's name; see <see cref="Checks.CheckNames"/>.</param>
/// <param name="message">What was expected and what was seen.</param>
internal sealed class CheckFailedException(string check, string message) : Exception(message)
{
    public string Check { get; } = check;
}
