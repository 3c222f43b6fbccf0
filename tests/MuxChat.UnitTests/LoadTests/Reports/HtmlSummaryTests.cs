using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

public class HtmlSummaryTests
{
    [Fact]
    public void Model_that_is_the_best_or_as_good_everywhere_is_to_be_chosen() => Assert.Equal(
        "Choose epoll: it was the best, or as good as the best, in 2 of 2 questions; select in 1, threads in 0.",
        Advice(Row(10, "select", 700), Row(10, "epoll", 690), Row(10, "threads", 90),
            Row(1_000, "select", 100), Row(1_000, "epoll", 700), Row(1_000, "threads", 90)));

    [Fact]
    public void Models_that_are_as_good_everywhere_are_named_together() => Assert.Equal(
        "Choose select or epoll: each of them was the best, or as good as the best, in 1 of 1 questions.",
        Advice(Row(10, "select", 700), Row(10, "epoll", 690)));

    [Fact]
    public void Model_that_is_not_the_best_everywhere_comes_with_a_warning() => Assert.Equal(
        "Choose epoll: it was the best, or as good as the best, in 2 of 3 questions; async in 1. "
            + "No model was best everywhere: look at the questions that matter to you.",
        Advice(Row(10, "epoll", 700), Row(10, "async", 100), Row(20, "epoll", 700), Row(20, "async", 100),
            Row(30, "epoll", 100), Row(30, "async", 700)));

    [Fact]
    public void Other_servers_are_not_to_be_chosen_and_do_not_beat_a_model() => Assert.Equal(
        "Choose epoll: it was the best, or as good as the best, in 1 of 1 questions; async in 0.",
        Advice(Row(10, "epoll", 700), Row(10, "async", 100), Row(10, "redis", 7_000)));

    [Fact]
    public void One_round_or_one_model_gives_no_advice()
    {
        const string None = "This run cannot say which model to choose: that takes at least two models and 3 rounds.";
        Assert.Equal(None, Advice(Row(10, "epoll", 700)));
        Assert.Equal(None, Advice(MadeUp.OneRound(Row(10, "epoll", 700)), MadeUp.OneRound(Row(10, "select", 10))));
    }

    [Fact]
    public void Question_is_asked_of_the_server_on_one_processor_where_it_was()
    {
        var questions = HtmlSummary.QuestionsOf([Row(10, "epoll", 700), Row(10, "epoll", 900) with { IsOnAll = true }]);
        Assert.False(Assert.Single(Assert.Single(questions).Rows).IsOnAll);
    }

    [Fact]
    public void Every_scenario_has_a_question() => Assert.All(ComparedScenario.All,
        static scenario => Assert.EndsWith("?", HtmlSummary.Question(scenario), StringComparison.Ordinal));

    private static string Advice(params ComparisonRow[] rows) => HtmlSummary.Advice(HtmlSummary.QuestionsOf(rows));

    private static ComparisonRow Row(int clients, string io, double perCpuSecond) => MadeUp.Row(clients, io, perCpuSecond);
}
