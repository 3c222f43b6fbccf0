using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Documents;

/// <summary>A line client of an example: each step is a raw line.</summary>
public sealed class LineActor(LineClient client) : IActor
{
    public void SkipGreeting() => client.ReadUntil(line => line.StartsWith("* you are in ", StringComparison.Ordinal));

    public void Send(string text) => client.Send(text);

    public void Expect(string pattern) => client.Expect(pattern);

    public void ExpectEnd() => client.ExpectEnd();

    public void ExpectNothing() => client.ExpectNothing();

    public void ShutdownSend() => client.ShutdownSend();

    public void Dispose() => client.Dispose();
}
