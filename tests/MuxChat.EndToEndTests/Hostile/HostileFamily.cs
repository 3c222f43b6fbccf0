namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// The cases of one file of <c>Hostile/Cases</c>, which is named after its theme, or of one listener in <c>OtherListeners</c>.
/// </summary>
public sealed record HostileFamily(string Name, IReadOnlyList<HostileCase> Cases)
{
    /// <summary>Its cases by their kind, in the order of the file.</summary>
    public IEnumerable<IGrouping<string, HostileCase>> Kinds => Cases.GroupBy(hostile => hostile.Kind);
}
