using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Notify;

/// <summary>
/// Says each datagram as one line in a room, under a name that shows where it came from, such as <c>udp/192.0.2.7</c>. There is no answer.
/// </summary>
/// <remarks>
/// The slash keeps the name apart from every nick, as the relayed names of IRC have it (draft/relaymsg). A sender gets no answer, so
/// a datagram is mended where that is possible and refused only where nothing is left of it.
/// </remarks>
/// <param name="hub">The chat.</param>
/// <param name="room">The room's name, which is valid.</param>
/// <param name="key">The first word that each datagram must have, in UTF-8; empty for none.</param>
public sealed class NotifyDatagrams(ChatHub hub, byte[] room, byte[] key) : IDatagramService
{
    private const byte Space = (byte)' ';

    /// <inheritdoc/>
    public DatagramResult Handle(Span<byte> datagram, IDatagramSender sender)
    {
        if (!TakeKey(ref datagram))
        {
            return DatagramResult.WrongKey;
        }

        var text = AsText(datagram);
        if (text.IsEmpty)
        {
            return DatagramResult.Refused;
        }

        var address = sender.DescribeAddress();
        byte[] name = [.. Nickname.DatagramPrefix, .. Encoding.ASCII.GetBytes(address)];
        var said = hub.Announce(new Source(address, sender.DescribeHost()), name, room, text);
        return said.IsOk ? DatagramResult.Done : DatagramResult.Refused;
    }

    private bool TakeKey(ref Span<byte> datagram)
    {
        if (key.Length == 0)
        {
            return true;
        }

        var end = datagram.IndexOf(Space);
        var word = end < 0 ? datagram : datagram[..end];
        if (!CryptographicOperations.FixedTimeEquals(word, key))
        {
            return false;
        }

        datagram = datagram[word.Length..];
        return true;
    }

    // Control characters become blanks: an alert of several lines is still one line. Bytes that are not UTF-8 become U+FFFD.
    private static Span<byte> AsText(Span<byte> datagram)
    {
        ChatText.BlankControls(datagram);
        var text = datagram.Trim(Space);
        return ChatText.IsUtf8(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
    }

    /// <summary>A sender as a recipient, which hears nothing.</summary>
    private sealed class Source(string address, byte[] host) : IRecipient
    {
        public string ProtocolName => DatagramTable.Notify;

        public string RemoteName => address;

        public int WrongPasswords { get; set; }

        public byte[] DescribeHost() => host;

        public void Expel(CloseReason why)
        {
        }

        public void Receive(in ChatEvent chatEvent)
        {
        }
    }
}
