namespace MuxChat.Simulation.Checks;

/// <summary>Something that must hold after every tick.</summary>
internal interface ICheck
{
    /// <exception cref="CheckFailedException">It does not hold.</exception>
    void AfterTick(SimWorld world);
}
