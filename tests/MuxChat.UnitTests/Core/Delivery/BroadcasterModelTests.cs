using CsCheck;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>
/// The broadcaster under the real chat, against <see cref="DeliveryModel"/>: every client hears exactly what it
/// should, in the order it happened.
/// </summary>
public sealed class BroadcasterModelTests
{
    private static readonly Gen<(int Who, int What, int Room, int More)[]> Talks =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 29], Gen.Int[0, 4], Gen.Int[0, 2999]).Array[0, 600];

    [Fact]
    public void Clients_inAnyTalk_hearExactlyWhatTheyShould() => Property.Holds(Talks, AssertAllHearWhatTheyShould, samples: 80);

    private static void AssertAllHearWhatTheyShould((int Who, int What, int Room, int More)[] talk)
    {
        var run = new DeliveryRun();
        foreach (var (who, what, room, more) in talk)
        {
            run.Step(who, what, room, more);
        }

        run.End();
    }
}
