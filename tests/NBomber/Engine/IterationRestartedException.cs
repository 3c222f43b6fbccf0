namespace NBomber.Engine;

/// <summary>A step failed, and the rest of the iteration is left out. It is no answer of the scenario's own.</summary>
public sealed class IterationRestartedException : Exception;
