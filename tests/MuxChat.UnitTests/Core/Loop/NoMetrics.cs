using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>Figures of no host.</summary>
internal sealed class NoMetrics : IServerMetrics
{
    public string Io => "none";

    public long Ticks => 0;

    public long LongestTickUs => 0;

    public long AllocatedBytes => 0;

    public int Collections => 0;
}
