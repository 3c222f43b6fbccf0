namespace MuxChat.Testing.Processes;

/// <summary>For asking again and again until something has come about: fails when it has taken as long as nothing ever should.</summary>
public sealed class Patience
{
    private readonly long _endMs = Environment.TickCount64 + Guard.Ms;

    public void Check(string what) => Assert.True(Environment.TickCount64 < _endMs, $"within {Guard.Ms} ms it did not come about: {what}");
}
