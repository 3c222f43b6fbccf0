using MuxChat.Core.Chat;

namespace MuxChat.Simulation;

/// <summary>Figures that are the same in every run: those of the runtime are not.</summary>
internal sealed class SimFigures : IServerMetrics
{
    public string Io => "sim";

    public long Ticks => 1;

    public long LongestTickUs => 2;

    public long AllocatedBytes => 3;

    public int Collections => 4;
}
