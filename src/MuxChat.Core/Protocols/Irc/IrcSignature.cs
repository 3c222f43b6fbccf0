using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>A client whose first word is one that IRC clients begin with, in any case, speaks IRC.</summary>
public sealed class IrcSignature(IrcProtocol protocol) : IProtocolSignature
{
    private static readonly byte[][] Words =
        [.. new[] { "CAP", "NICK", "USER", "PASS", "PING", "QUIT", "WEBIRC" }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public IProtocol Protocol => protocol;

    /// <inheritdoc/>
    public ProtocolMatch Match(ReadOnlySpan<byte> first)
    {
        foreach (var word in Words)
        {
            var common = Math.Min(word.Length, first.Length);
            if (!Ascii.EqualsIgnoreCase(first[..common], word.AsSpan(0, common)))
            {
                continue;
            }

            if (first.Length <= word.Length)
            {
                return ProtocolMatch.Unsure;
            }

            return first[word.Length] is (byte)' ' or (byte)'\r' or (byte)'\n' ? ProtocolMatch.Yes : ProtocolMatch.No;
        }

        return ProtocolMatch.No;
    }

    /// <inheritdoc/>
    /// <remarks>In capitals and with a parameter, as programs send it: a person may well say "ping" or "pass the salt".</remarks>
    public ProtocolMatch MatchGreeted(ReadOnlySpan<byte> first)
    {
        foreach (var word in Words)
        {
            var common = Math.Min(word.Length, first.Length);
            if (!first[..common].SequenceEqual(word.AsSpan(0, common)))
            {
                continue;
            }

            if (first.Length <= word.Length)
            {
                return ProtocolMatch.Unsure;
            }

            return first[word.Length] == (byte)' ' ? ProtocolMatch.Yes : ProtocolMatch.No;
        }

        return ProtocolMatch.No;
    }
}
