namespace MuxChat.Testing.Processes;

/// <summary>For asking again and again until something has come about: fails when it has taken as long as nothing ever should.</summary>
public sealed class Patience
{
    private readonly long _endMs = Environment.TickCount64 + Guard.Ms;

    /// <param name="what">The state that is waited for.</param>
    public void Check(string what) =>
        Assert.True(Environment.TickCount64 < _endMs, $"Within {Guard.Ms} ms it did not come to this: {what}");
}
