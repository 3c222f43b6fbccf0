namespace MuxChat.Simulation.Running;

/// <summary>One step of a trace, to be read.</summary>
/// <param name="Client">Whom it concerns; -1 for nobody in particular.</param>
/// <param name="Text">The step.</param>
internal sealed record TraceLine(int Client, string Text);
