namespace MuxChat.Core.Reactor;

/// <summary>One registration that is ready. Level-triggered: it is reported again until what is ready was used up.</summary>
/// <param name="Token">Which one.</param>
/// <param name="Flags">What for.</param>
public readonly record struct Readiness(Token Token, ReadinessFlags Flags);
