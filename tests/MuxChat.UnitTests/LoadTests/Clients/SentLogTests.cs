using MuxChat.LoadTests.Clients;

namespace MuxChat.UnitTests.LoadTests.Clients;

public class SentLogTests
{
    [Fact]
    public void Log_knows_every_line_that_somebody_has_still_to_hear_however_many_they_are()
    {
        const int Lines = 300_000;
        var log = new SentLog(() => 0);
        for (var number = 0; number < Lines; number++)
        {
            log.Note(number, number * 3L);
        }

        for (var number = 0; number < Lines; number++)
        {
            Assert.True(log.TryFind(number, out var dueUs));
            Assert.Equal(number * 3L, dueUs);
        }

        Assert.False(log.TryFind(Lines, out _));
    }

    [Fact]
    public void Log_of_lines_that_all_have_heard_does_not_grow()
    {
        var said = 0;
        var log = new SentLog(() => said - 100);
        for (; said < 1_000_000; said++)
        {
            log.Note(said, said * 3L);
            Assert.True(log.TryFind(Math.Max(0, said - 100), out var dueUs));
            Assert.Equal(Math.Max(0, said - 100) * 3L, dueUs);
        }

        Assert.InRange(log.Capacity, 1, 1 << 13);
        Assert.False(log.TryFind(0, out _));
    }

    [Fact]
    public void Log_may_begin_with_any_number()
    {
        var log = new SentLog(() => 1_000);
        for (var number = 1_000; number < 1_100; number++)
        {
            log.Note(number, number);
        }

        Assert.True(log.TryFind(1_000, out var first));
        Assert.Equal(1_000, first);
        Assert.False(log.TryFind(999, out _));
    }
}
