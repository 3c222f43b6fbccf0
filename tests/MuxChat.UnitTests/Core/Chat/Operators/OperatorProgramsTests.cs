using MuxChat.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Chat.Operators;

/// <summary>Clients that wait for runs, which end on other threads.</summary>
public sealed class OperatorProgramsTests
{
    [Theory]
    [InlineData(nameof(IProgramRun.End))]
    [InlineData(nameof(IProgramRun.IsReady))]
    public void Run_that_ends_right_after_a_look_at_it_wakes_its_client_in_the_next_tick(string look)
    {
        var (programs, client) = (new OperatorPrograms(), new RecordingRecipient());
        programs.Use(new OneRun(new EndingRun(look)));
        Assert.True(programs.Start(client, "sh"u8, [], out _).IsOk);
        programs.Collect();
        var before = client.Wakes;
        programs.Collect();
        Assert.Equal(before + 1, client.Wakes);
        programs.Collect();
        Assert.Equal(before + 1, client.Wakes);
    }

    /// <summary>Ends after the first look at one of its members, as if another thread had ended it then.</summary>
    private sealed class EndingRun(string look) : IProgramRun
    {
        private bool _hasEnded;

        public bool IsReady => Look(nameof(IsReady));

        public RunEnd? End => Look(nameof(End)) ? new RunEnd(RunFault.None, 0, 0) : null;

        public bool TryTake(out OutputBlock block)
        {
            block = default;
            return false;
        }

        public void Cancel()
        {
        }

        private bool Look(string at)
        {
            var hadEnded = _hasEnded;
            _hasEnded |= at == look;
            return hadEnded;
        }
    }

    private sealed class OneRun(IProgramRun run) : IProgramRunner
    {
        public IReadOnlyList<AllowedProgram> Programs { get; } =
            AllowedProgram.TryParse("sh=/bin/sh", out var shell, out _) ? [shell!] : [];

        public bool IsForMembers => true;

        public IProgramRun? TryStart(ProgramRequest request) => run;

        public void Collect()
        {
        }
    }
}
