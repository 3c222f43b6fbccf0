namespace MuxChat.EndToEndTests.Hostile;

/// <summary>The words with which lines are refused, and the codes with which frames are.</summary>
internal static class Refusal
{
    public const string UnknownCommand = "! unknown command: /help lists the commands; //text sends a line that begins with a slash";
    public const string BadNick = "! a nick is 1 to 30 letters, digits or -_[]\\`{}^| and does not start with a digit or -";
    public const string NickTaken = "! the nick ... is taken: choose another";
    public const string BadRoom = "! a room name is # and 1 to 63 characters without spaces, commas, colons or control characters...";
    public const string NotUtf8 = "! the line is not UTF-8: it was dropped";
    public const string LineTooLong = "! the line is longer than 4096 bytes: it was dropped";
    public const string NoUtfLength = "! the first two bytes are letters and not the length of a message: goodbye";

    public const string LineOverrun = "! no end of line within 16384 bytes: goodbye";
    public const string NoRoom = "! you are not in a room: join one first";
    public const string NoHelp = "! unknown command: help without a word lists the commands";

    /// <summary>A control character in a text, a topic, a reason or a token.</summary>
    public static string Control(string what) => $"! the {what} contains a control character: only tab is allowed";
}
