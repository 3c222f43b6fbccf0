using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The way into a room, where the server has less of its past than the client asks for.</summary>
public sealed class ArrivalTests : SessionPlay
{
    private const string Nothing = """{"type":"history","room":"#tea","events":[],"more":false}""";

    // The answer to the last request to resume: the server no longer has the last event that the client knows.
    private void ReturnToGap(long epoch, long entered) => Receive(
        $$"""{"type":"gap","room":"#tea","after":1,"epoch":{{epoch}},"first":{{entered}},"last":{{entered - 1}}}""",
        $$"""{"type":"joined","room":"#tea","seq":{{entered}},"nick":"{{Session.Nick}}"}""",
        $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{entered}},"epoch":{{epoch}}}""",
        $$"""{"type":"ok","id":"{{LastId("resume")}}","seq":{{entered}}}""");
}
