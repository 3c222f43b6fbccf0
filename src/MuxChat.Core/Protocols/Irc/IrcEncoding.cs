using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Lines that are not UTF-8 (IRCv3 UTF8ONLY). A command with which a client logs in or out is carried out all the same, so that the client
/// does not wait for an answer. Any other is refused.
/// </summary>
/// <remarks>FAIL and WARN go to every client, because the specification does not ask for the capability standard-replies.</remarks>
internal static class IrcEncoding
{
    /// <summary>Tells the client about its line.</summary>
    /// <param name="client">The client.</param>
    /// <param name="line">A line that is not UTF-8.</param>
    /// <param name="mended">The line with U+FFFD in the place of wrong bytes: up to three times as long.</param>
    /// <returns>Whether <paramref name="mended"/> is to be carried out.</returns>
    public static bool TryMend(IrcProtocolHandler client, ReadOnlySpan<byte> line, out byte[] mended)
    {
        var given = IrcMessage.Parse(line).Command;
        var command = IrcCommands.Find(given);
        var name = command is null ? IrcProtocolHandler.Shown(given) : command.Name;
        if (command is not { IsMended: true })
        {
            Tell(client, "FAIL "u8, name, "the line is not UTF-8: it was dropped");
            mended = [];
            return false;
        }

        Tell(client, "WARN "u8, name, "the line is not UTF-8: what is not was replaced");
        mended = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line));
        return true;
    }

    private static void Tell(IrcProtocolHandler client, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> command, string why) =>
        client.Line().Put(kind).Put(command).Put(" INVALID_UTF8"u8).Last(why).SendTo(client.Output);
}
