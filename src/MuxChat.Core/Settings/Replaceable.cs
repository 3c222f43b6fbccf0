namespace MuxChat.Core.Settings;

/// <summary>
/// A record of limits that the server may replace while it runs. Users keep this reference instead of the record, and read
/// <see cref="Current"/> at each use, so that a replacement applies from the next use on.
/// </summary>
/// <typeparam name="T">The record type, which must be immutable.</typeparam>
/// <param name="current">The initial record.</param>
/// <remarks>Only the serving thread reads and writes it. Several serving threads do so under their one lock.</remarks>
public sealed class Replaceable<T>(T current)
    where T : class
{
    /// <summary>The record in force.</summary>
    public T Current { get; internal set; } = current;

    /// <summary>Wraps a record for a server whose limits never change.</summary>
    public static implicit operator Replaceable<T>(T current) => new(current);
}
