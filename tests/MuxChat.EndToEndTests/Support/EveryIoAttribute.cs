using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace MuxChat.EndToEndTests.Support;

/// <summary>
/// Runs a theory once for each I/O model, given as its only argument. In the default run that is <c>auto</c> alone; the
/// others belong to the deep run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryIoAttribute : DataAttribute
{
    /// <summary>A model that the test does not run on; the test says why.</summary>
    public string? Except { get; set; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. IoModels.All.Where(io => io != Except).Select(io => Row(io))]);

    private static TheoryDataRow<string> Row(string io) =>
        io == IoModels.Default ? new(io) : new TheoryDataRow<string>(io).WithTrait("run", "deep");

    public override bool SupportsDiscoveryEnumeration() => true;
}
