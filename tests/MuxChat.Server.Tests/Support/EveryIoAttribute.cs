using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace MuxChat.Server.Tests.Support;

/// <summary>Runs a theory once for each I/O model, given as its only argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryIoAttribute : DataAttribute
{
    /// <summary>A model that the test does not run on; the test says why.</summary>
    public string? Except { get; set; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. IoModels.All.Where(io => io != Except).Select(io => new TheoryDataRow<string>(io))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
