using MuxChat.Core.Chat;

namespace MuxChat.Core.Reactor;

/// <summary>The figures of whatever serves, written by it and read by <c>/stats</c>.</summary>
public sealed class LoopFigures : IHostFigures
{
    /// <inheritdoc/>
    public string Io { get; set; } = "";

    /// <inheritdoc/>
    public long Ticks { get; set; }

    /// <inheritdoc/>
    public long LongestTickUs { get; set; }

    /// <inheritdoc/>
    public long AllocatedBytes => GC.GetTotalAllocatedBytes();

    /// <inheritdoc/>
    public int Collections => GC.CollectionCount(0);
}
