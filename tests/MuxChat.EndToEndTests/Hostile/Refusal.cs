namespace MuxChat.EndToEndTests.Hostile;

/// <summary>The words with which lines are refused, and the codes with which frames are.</summary>
internal static class Refusal
{
    public const string UnknownCommand = "! unknown command: /help lists the commands; //text says a line that begins with a slash";
    public const string BadNick = "! a nick is 1 to 30 letters, digits or -_[]{}^| and does not start with a digit or -";
    public const string NickTaken = "! somebody is called ... already: choose another nick";
    public const string BadRoom = "! a room is # and 1 to 63 characters without space, comma, colon or control...";
    public const string NotUtf8 = "! the line is not UTF-8: it was not sent on";
    public const string LineTooLong = "! the line is longer than 4096 bytes: it was not sent on";
    public const string LineOverrun = "! no end of line within 16384 bytes: goodbye";
    public const string NoRoom = "! you are in no room: join one first";
    public const string NoHelp = "! there is no such command: help without a word lists all";

    /// <summary>A control character in a text, a topic, a reason or a token.</summary>
    public static string Control(string what) => $"! the {what} holds a control character: of those only tab is allowed";
}
