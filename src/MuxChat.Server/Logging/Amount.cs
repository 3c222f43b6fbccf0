namespace MuxChat.Server.Logging;

/// <summary>A number of things in a line of the log, such as <c>1 client</c> or <c>2 clients</c>.</summary>
/// <typeparam name="TUnit">The things.</typeparam>
/// <param name="Number">How many there are.</param>
internal readonly record struct Amount<TUnit>(long Number)
    where TUnit : IUnit
{
    public static implicit operator Amount<TUnit>(long number) => new(number);

    public override string ToString() => Number == 1 ? $"1 {TUnit.Name}" : $"{Number} {TUnit.Name}s";
}

/// <summary>Events that a rate limit has suppressed, as the end of a line of the log. Nothing is written about none.</summary>
/// <param name="Number">How many there were since the last line of the kind.</param>
internal readonly record struct Suppressed(long Number)
{
    public static implicit operator Suppressed(long number) => new(number);

    public override string ToString() => Number == 0 ? "" : $"; {Number} more since the last such line";
}

/// <summary>A kind of things that the log counts.</summary>
internal interface IUnit
{
    /// <summary>The word for one of them; for more it gets an s.</summary>
    static abstract string Name { get; }
}

/// <summary>The kinds.</summary>
internal static class Units
{
    public readonly struct Client : IUnit
    {
        public static string Name => "client";
    }

    public readonly struct Byte : IUnit
    {
        public static string Name => "byte";
    }

    public readonly struct Event : IUnit
    {
        public static string Name => "event";
    }

    public readonly struct Segment : IUnit
    {
        public static string Name => "segment";
    }

    public readonly struct Line : IUnit
    {
        public static string Name => "line";
    }

    public readonly struct Descriptor : IUnit
    {
        public static string Name => "descriptor";
    }

    public readonly struct Day : IUnit
    {
        public static string Name => "day";
    }
}
