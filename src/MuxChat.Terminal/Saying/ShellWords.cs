namespace MuxChat.Terminal.Saying;

/// <summary>Puts the server's errors into words for a shell. The server advises commands of a chat, which a shell does not have.</summary>
internal static class ShellWords
{
    /// <summary>Returns the message with the advice that a user of <c>muxchat say</c> can follow, or without any.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">Its message, which may end with a colon and the server's advice.</param>
    public static string Explain(string code, string message)
    {
        var command = message.IndexOf(": /", StringComparison.Ordinal);
        var join = message.IndexOf(": join ", StringComparison.Ordinal);
        return command >= 0 && code == "bad_key" ? $"{message[..command]}: give it with --key KEY"
            : command >= 0 ? message[..command]
            : join >= 0 ? message[..join] : message;
    }
}
