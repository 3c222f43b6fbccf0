using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Documents;

/// <summary>A frame client of an example: each step is the JSON of a frame.</summary>
public sealed class FrameActor(FrameClient client) : IActor
{
    public void SkipGreeting() => client.ReadUntil(frame => (string?)frame["type"] == "room");

    public void Send(string text) => client.Send(text);

    public void Expect(string pattern) => client.Expect(pattern);

    public void ExpectEnd() => client.ExpectEnd();

    public void ExpectNothing() => client.ExpectNothing();

    public void ShutdownSend() => client.ShutdownSend();

    public void Dispose() => client.Dispose();
}
