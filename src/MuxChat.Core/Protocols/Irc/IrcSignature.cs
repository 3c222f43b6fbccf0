using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Recognises IRC by the first word: a command with which IRC clients begin, in any case.</summary>
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
    /// <remarks>Requires capitals and a parameter, as programs send them, because a person may say "ping" or "pass the salt".</remarks>
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
