namespace MuxChat.Server.Logging;

/// <summary>
/// A number of things in a line of the log. The message names one of them as the format: <c>{Clients:client}</c> is <c>1 client</c> or
/// <c>2 clients</c>.
/// </summary>
/// <param name="Number">How many there are.</param>
internal readonly record struct Amount(long Number) : IFormattable
{
    public static implicit operator Amount(long number) => new(number);

    public string ToString(string? format, IFormatProvider? formatProvider) => Number == 1 ? $"1 {format}" : $"{Number} {format}s";
}

/// <summary>Events that a rate limit has suppressed, as the end of a line of the log. Nothing is written about none.</summary>
/// <param name="Number">How many there were since the last line of the kind.</param>
internal readonly record struct Suppressed(long Number)
{
    public static implicit operator Suppressed(long number) => new(number);

    public override string ToString() => Number == 0 ? "" : $"; {Number} more since the last such line";
}
