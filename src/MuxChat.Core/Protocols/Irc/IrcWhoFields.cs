namespace MuxChat.Core.Protocols.Irc;

/// <summary>What a WHOX query asks for: <c>%fields,token</c> (ircv3.net/specs/extensions/whox).</summary>
internal sealed class IrcWhoFields
{
    /// <summary>The longest token: 3 digits.</summary>
    private const int MaxTokenDigits = 3;

    private readonly byte[] _fields;

    private IrcWhoFields(byte[] fields, byte[] token)
    {
        _fields = fields;
        Token = token;
    }

    /// <summary>What the client calls this query; <c>0</c> when it did not say.</summary>
    public byte[] Token { get; }

    /// <summary>Reads the second parameter of WHO; null when it asks for nothing of the kind.</summary>
    public static IrcWhoFields? Read(ReadOnlySpan<byte> parameter)
    {
        if (!parameter.StartsWith("%"u8))
        {
            return null;
        }

        var comma = parameter.IndexOf((byte)',');
        var token = comma < 0 ? default : parameter[(comma + 1)..];
        var isToken = token.Length is > 0 and <= MaxTokenDigits && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return new IrcWhoFields((comma < 0 ? parameter[1..] : parameter[1..comma]).ToArray(), isToken ? token.ToArray() : "0"u8.ToArray());
    }

    /// <summary>Whether a field is asked for, by its letter.</summary>
    public bool Has(char field) => _fields.AsSpan().Contains((byte)field);
}
