namespace MuxChat.EndToEndTests.Documents;

/// <summary>One client of an example, whatever it speaks.</summary>
public interface IActor : IDisposable
{
    /// <summary>Reads what a newcomer is told.</summary>
    void SkipGreeting();

    void Send(string text);

    void Expect(string pattern);

    /// <summary>Requires that nothing is left to read but the end of the connection.</summary>
    void ExpectEnd();

    /// <summary>Requires that nothing is left to read, on a connection that stays.</summary>
    void ExpectNothing();

    void ShutdownSend();
}
