namespace MuxChat.Simulation.Crash;

/// <summary>What to do how often.</summary>
/// <param name="Rounds">How many kills.</param>
/// <param name="Seed">Decides the moments of the kills, as far as the machine lets it.</param>
/// <param name="Clients">Clients that talk.</param>
/// <param name="MaxLines">A kill comes when so many lines of its round are acknowledged, at the latest.</param>
/// <param name="Data">The journal's directory.</param>
/// <param name="Io">The I/O model of the server.</param>
/// <param name="Durability">What the server is told to promise. With <c>none</c> lines are lost, and that is found.</param>
/// <param name="ReportEvery">Rounds between two lines of progress.</param>
internal sealed record CampaignSettings(int Rounds, int Seed, int Clients, int MaxLines, string Data, string Io, string Durability,
    int ReportEvery = 50);
