using System.Globalization;
using System.Text;

namespace MuxChat.Core.Delivery;

/// <summary>
/// A block of addresses of one family, as CIDR writes it: <c>10.0.0.0/8</c> (RFC 4632, 3.1). A plain address is a block of one.
/// </summary>
/// <remarks>Invariant: no bit of the first address is set after the common ones.</remarks>
public readonly record struct AddressRange
{
    private readonly InternetAddress _first;

    // Counted in 128 bits, for IPv4 too.
    private readonly int _commonBits;

    private AddressRange(InternetAddress first, int commonBits) => (_first, _commonBits) = (first, commonBits);

    /// <summary>Reads a block. Returns false, with the reason as a clause, if the text is none.</summary>
    public static bool TryParse(string text, out AddressRange range, out string why)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!InternetAddress.TryParse(Encoding.UTF8.GetBytes(slash < 0 ? text : text[..slash]), out var first))
        {
            why = "it takes an address or a block: 192.0.2.1, 10.0.0.0/8, 2001:db8::/32";
            return false;
        }

        var familyBits = first.IsIPv4 ? InternetAddress.AllBits - InternetAddress.MappedBits : InternetAddress.AllBits;
        var bits = familyBits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits)
            || bits > familyBits))
        {
            why = $"the number after the slash is from 0 to {familyBits}";
            return false;
        }

        var common = InternetAddress.AllBits - familyBits + bits;
        var start = new InternetAddress(Cut(first, common) << Rest(common));
        if (start != first)
        {
            why = $"bits are set after the first {bits}: write {start}/{bits}";
            return false;
        }

        why = "";
        range = new AddressRange(first, common);
        return true;
    }

    /// <summary>Whether the address is in the block. An unknown address is in none.</summary>
    public bool Contains(InternetAddress address) =>
        !address.IsUnknown && address.IsIPv4 == _first.IsIPv4 && Cut(address, _commonBits) == Cut(_first, _commonBits);

    // A shift by all 128 bits would shift by none.
    private static UInt128 Cut(InternetAddress address, int bits) => bits == 0 ? 0 : address.Bits >> Rest(bits);

    private static int Rest(int bits) => bits == 0 ? 0 : InternetAddress.AllBits - bits;
}
