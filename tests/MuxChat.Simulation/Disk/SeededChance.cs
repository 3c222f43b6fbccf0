namespace MuxChat.Simulation.Disk;

/// <summary>The run's chance for code that asks the base library's class for it.</summary>
internal sealed class SeededChance(SeededRandom random) : Random
{
    public override int Next(int maxValue) => random.Below(maxValue);
}
