using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>One kind of load.</summary>
internal interface IScenario
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What happens and what one learns, in one line.</summary>
    string Description { get; }

    /// <summary>The settings where they are not given.</summary>
    LoadSettings Defaults { get; }

    /// <summary>The options that it uses, without those that every scenario uses: <see cref="LoadOptionSet.Common"/>.</summary>
    IReadOnlyList<string> Options { get; }

    /// <summary>Runs it against a server. Whatever goes wrong with lines stands in the results' audit.</summary>
    /// <exception cref="LoadException">It could not be run.</exception>
    IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress);
}
