namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// Figures that are measured on the way and are no condition of any test. <c>HOSTILE_FIGURES</c> names a file that they are appended to.
/// </summary>
internal static class Figures
{
    private static readonly Lock Gate = new();

    public static void Note(string metrics)
    {
        if (Environment.GetEnvironmentVariable("HOSTILE_FIGURES") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllLines(file, [metrics]);
            }
        }
    }
}
