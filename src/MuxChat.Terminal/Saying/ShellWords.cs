namespace MuxChat.Terminal.Saying;

/// <summary>Puts the server's errors into words for a shell. The server advises commands of a chat, which a shell does not have.</summary>
internal static class ShellWords
{
    /// <summary>Returns the message with the advice that a user of <c>muxchat say</c> can follow, or without any.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">Its message, which may end with a colon and the server's advice.</param>
    public static string Explain(string code, string message)
    {
        var advice = Array.Find([": /", ": join "], mark => message.Contains(mark, StringComparison.Ordinal));
        var fault = advice is null ? message : message[..message.IndexOf(advice, StringComparison.Ordinal)];
        return advice is not null && code == "bad_key" ? $"{fault}: give it with --key KEY" : fault;
    }
}
