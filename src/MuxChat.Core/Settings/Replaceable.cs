namespace MuxChat.Core.Settings;

/// <summary>
/// A record of limits that may be replaced while the server runs. Its users keep this and not the record, and read
/// <see cref="Current"/> at each use, so that what is set holds from the next use on.
/// </summary>
/// <typeparam name="T">The record; it never changes itself.</typeparam>
/// <param name="current">The first one.</param>
/// <remarks>Read and written by the thread that serves; where several serve, under their one lock.</remarks>
public sealed class Replaceable<T>(T current)
    where T : class
{
    /// <summary>The record that holds now.</summary>
    public T Current { get; internal set; } = current;

    /// <summary>One that nothing else refers to, for a server whose limits stay as they are.</summary>
    public static implicit operator Replaceable<T>(T current) => new(current);
}
