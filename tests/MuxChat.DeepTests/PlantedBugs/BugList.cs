namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>
/// The mistakes that the simulation must find. Each is a change of the production sources' text, so that the production code holds no hook
/// for it. When the code there changes, the text is not found any more and a test says so.
/// </summary>
public static partial class BugList
{
    public static IEnumerable<PlantedBug> All =>
        [.. Delivery, .. Loop, .. Talk, .. Past, .. Journal, .. Disk, .. Limits, .. Seen, .. Found, .. Irc, .. Mistakes, .. Password,
            .. IrcExtras, .. Standings, .. Moderation, .. Datagrams, .. LocalUsers, .. Ciphers, .. Files, .. Runs];
}
