using System.Text;

namespace MuxChat.Core.Chat;

/// <summary>What is known of a person beside the nick, as protocols show it that have that: all of it ASCII or UTF-8 that was checked.</summary>
/// <param name="User">A user name: no space, no <c>@</c> and no <c>!</c> in it.</param>
/// <param name="Host">Where it comes from, see <see cref="IRecipient.DescribeHost"/>.</param>
/// <param name="RealName">What it calls itself.</param>
public sealed record Identity(byte[] User, byte[] Host, byte[] RealName)
{
    /// <summary>Who has told nothing is named after its protocol.</summary>
    internal static Identity OfGuest(Session session) => new(
        Encoding.ASCII.GetBytes(session.Recipient.ProtocolName),
        session.Recipient.DescribeHost(),
        Encoding.ASCII.GetBytes($"somebody on {session.Recipient.ProtocolName}"));
}
