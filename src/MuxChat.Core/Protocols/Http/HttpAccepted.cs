using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The codings that a client accepts, with their weights (RFC 9110, section 12.5.3).</summary>
internal readonly ref struct HttpAccepted
{
    private const int NotNamed = -1;

    private readonly int _identity;
    private readonly int _gzip;
    private readonly int _brotli;
    private readonly int _any;

    /// <summary>Reads the weights from the values of Accept-Encoding.</summary>
    public HttpAccepted(HttpFields values)
    {
        (_identity, _gzip, _brotli, _any) = (NotNamed, NotNamed, NotNamed, NotNamed);
        foreach (var value in values)
        {
            foreach (var element in new HttpList(value))
            {
                var semicolon = element.IndexOf((byte)';');
                var name = (semicolon < 0 ? element : element[..semicolon]).TrimEnd(" \t"u8);
                var weight = semicolon < 0 ? 1000 : WeightOf(element[(semicolon + 1)..].Trim(" \t"u8));
                if (Ascii.EqualsIgnoreCase(name, "br"u8))
                {
                    _brotli = weight;
                }
                else if (Ascii.EqualsIgnoreCase(name, "gzip"u8) || Ascii.EqualsIgnoreCase(name, "x-gzip"u8))
                {
                    _gzip = weight;
                }
                else if (Ascii.EqualsIgnoreCase(name, "identity"u8))
                {
                    _identity = weight;
                }
                else if (name.SequenceEqual("*"u8))
                {
                    _any = weight;
                }
            }
        }
    }

    /// <summary>The weight of a coding, in thousandths; 0 if the client does not accept it.</summary>
    /// <remarks>
    /// Without a weight of its own, identity is acceptable, but comes after every coding that the client names. The asterisk speaks for all
    /// codings that are not named.
    /// </remarks>
    public int WeightOf(HttpCoding coding)
    {
        var own = coding switch
        {
            HttpCoding.Brotli => _brotli,
            HttpCoding.Gzip => _gzip,
            _ => _identity,
        };
        return own != NotNamed ? own : _any != NotNamed ? _any : coding == HttpCoding.Identity ? 1 : 0;
    }

    // weight = "q=" and at most three decimals (RFC 9110, section 12.4.2). A weight that cannot be read accepts nothing.
    private static int WeightOf(ReadOnlySpan<byte> parameter)
    {
        if (parameter.Length is < 3 or > 7 || (parameter[0] | 0x20) != 'q' || parameter[1] != (byte)'=')
        {
            return 0;
        }

        var number = parameter[2..];
        if (number[0] is not ((byte)'0' or (byte)'1') || (number.Length > 1 && number[1] != (byte)'.'))
        {
            return 0;
        }

        var weight = (number[0] - '0') * 1000;
        var unit = 100;
        foreach (var digit in number.Length > 1 ? number[2..] : default)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return 0;
            }

            weight += (digit - '0') * unit;
            unit /= 10;
        }

        return Math.Min(weight, 1000);
    }
}
