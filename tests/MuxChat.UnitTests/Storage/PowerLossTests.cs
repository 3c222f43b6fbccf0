using MuxChat.Storage;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>
/// The power goes at any moment, and the disk forgets what was not synced, or half of it, in any order: what was acknowledged is there.
/// </summary>
public sealed class PowerLossTests
{
    [Theory]
    [InlineData(Durability.Fsync, false)]
    [InlineData(Durability.Fsync, true)]
    [InlineData(Durability.Os, false)]
    [InlineData(Durability.Os, true)]
    [InlineData(Durability.None, false)]
    public void Power_lost_at_every_change_of_the_disk_leaves_what_was_promised(Durability durability, bool mayFill)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var whole = new PowerLossRun(seed, durability, mayFill);
            whole.Live(long.MaxValue);
            whole.Check();
            Assert.True(whole.Changes > 5);
            for (var changes = 0; changes < whole.Changes; changes++)
            {
                var run = new PowerLossRun(seed, durability, mayFill);
                run.Live(changes);
                run.Check();
            }
        }
    }

    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.Os)]
    public void Power_lost_or_process_killed_again_and_again_leaves_what_was_promised(Durability durability)
    {
        for (var seed = 1000; seed < 1200; seed++)
        {
            var random = new Random(seed);
            var run = new PowerLossRun(seed, durability, mayFill: seed % 2 == 0, retainBytes: seed % 3 == 0 ? 2500 : 0, mayBeKilled: true);
            for (var lives = 0; lives < 6; lives++)
            {
                run.Live(random.Next(4) == 0 ? long.MaxValue : random.Next(60));
            }

            run.Check();
        }
    }
}
