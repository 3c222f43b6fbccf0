using MuxChat.LoadTests.Clients;

namespace MuxChat.UnitTests.LoadTests.Clients;

public class SentLogTests
{
    [Fact]
    public void Log_of_many_lines_knows_the_last_65536()
    {
        const int Kept = 1 << 16;
        const int Lines = Kept + 5_000;
        var log = new SentLog();
        for (var number = 0; number < Lines; number++)
        {
            log.Note(number, number * 3L);
            Assert.Equal(number * 3L, log.DueUs(number));
        }

        for (var number = Lines - Kept; number < Lines; number++)
        {
            Assert.Equal(number * 3L, log.DueUs(number));
        }
    }
}
