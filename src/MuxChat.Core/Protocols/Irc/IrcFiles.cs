using System.Text;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Shared files on IRC: a notice with a link to the server's site.</summary>
internal static class IrcFiles
{
    /// <summary>The longest name in a notice, in bytes: 80. A longer one is cut, and then left out of the link.</summary>
    private const int MaxNameBytes = 80;

    /// <summary>Returns <c>shared report.pdf (12 KB): LINK</c>.</summary>
    /// <param name="text">The text of the event.</param>
    /// <param name="publicUrl">The server's own URL; empty if it has no site. There is no link then.</param>
    public static byte[] Describe(ReadOnlySpan<byte> text, ReadOnlySpan<byte> publicUrl)
    {
        if (!FileText.TryRead(text, out var file))
        {
            return [.. "shared "u8, .. text];
        }

        var fits = ChatText.Fit(file.Name, MaxNameBytes);
        var isCut = fits < file.Name.Length;
        byte[] described =
        [
            .. "shared "u8,
            .. file.Name[..fits],
            .. isCut ? "..."u8 : default,
            .. Encoding.ASCII.GetBytes($" ({FileText.DescribeSize(file.SizeBytes)})"),
        ];
        return publicUrl.IsEmpty ? described
            : [.. described, .. ": "u8, .. publicUrl, .. FileLink.PathOf(file.Id, isCut ? default : file.Name)];
    }
}
