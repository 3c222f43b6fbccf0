namespace MuxChat.Simulation.Checks;

/// <summary>The checks that run after every tick.</summary>
internal static class AfterTickChecks
{
    public static ICheck[] Create() =>
    [
        new RegistrationCheck(),
        new InterestCheck(),
        new LimitsCheck(),
        new SumsCheck(),
        new MembershipCheck(),
        new OpeningCheck(),
        new DeadlinesCheck(),
        new StandingCheck(),
        new LocalUsersCheck(),
    ];
}
