namespace MuxChat.Terminal.Screen;

/// <summary>
/// Colours and other marks of text, as a terminal takes them (ECMA-48, SGR). Without colours only bold and reverse remain.
/// </summary>
/// <param name="hasColours">Whether the terminal has colours and the user wants them.</param>
internal sealed class TextStyle(bool hasColours)
{
    private const string Reset = "\e[0m";

    // Red is for errors. The dark blue of many terminals cannot be read.
    private static readonly int[] NickColours = [32, 33, 35, 36, 92, 93, 94, 95, 96];

    /// <summary>Whether to colour, by the environment: NO_COLOR (no-color.org) and TERM.</summary>
    public static bool HasColours(string? noColour, string? terminal) =>
        string.IsNullOrEmpty(noColour) && terminal is not (null or "" or "dumb");

    public string Nick(string text, string nick) => Colour(text, NickColours[Hash(nick) % NickColours.Length]);

    public static string Own(string text) => Mark(text, 1);

    public static string Loud(string text) => Mark(text, 1);

    public string Quiet(string text) => hasColours ? Mark(text, 2) : text;

    public string Error(string text) => hasColours ? Colour(text, 31) : Mark(text, 1);

    public static string Bar(string text) => Mark(text, 7);

    private string Colour(string text, int colour) => hasColours ? Mark(text, colour) : text;

    private static string Mark(string text, int code) => $"\e[{code}m{text}{Reset}";

    private static int Hash(string nick) => Session.Names.Fold(nick).Aggregate(7, static (hash, letter) => ((hash * 31) + letter) & 0xFFFF);
}
