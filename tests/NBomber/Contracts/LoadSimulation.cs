namespace NBomber.Contracts;

/// <summary>The package has more kinds; these are the ones that the scenarios make.</summary>
public abstract record LoadSimulation(TimeSpan During)
{
    public sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation(During);

    public sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation(During);

    public sealed record RampingInject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation(During);

    public sealed record Inject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation(During);
}
