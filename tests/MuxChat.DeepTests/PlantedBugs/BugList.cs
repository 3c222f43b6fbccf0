namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>
/// The mistakes that the simulation must find. Each is a change of the production sources' text, so that the production code holds no hook for it; when the
/// code there changes, the text is not found any more and the test says so.
/// </summary>
public static partial class BugList
{
    /// <summary>
    /// The checks by which clients see that what they are sent is not what was meant, or not in its order: those on IRC look at every line, and which of them is
    /// the first depends on where it goes wrong.
    /// </summary>
    private static string[] Garbled => ["views", "injection", "answers", "login", "tags", "pieces", "replay", "messages", "membership", "echo"];

    public static IEnumerable<PlantedBug> All => [.. Delivery, .. Loop, .. Talk, .. Past, .. Journal, .. Limits, .. Found, .. Irc];
}
