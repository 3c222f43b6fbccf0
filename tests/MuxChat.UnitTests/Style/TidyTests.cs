using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>The rules of <see cref="TidyRules"/> hold everywhere, and each of them sees a source that breaks it.</summary>
public sealed partial class TidyTests
{
    public static TheoryData<string> Rules => [.. TidyRules.All.Select(static rule => rule.Name)];

    /// <summary>For each rule what breaks it: the rule, the file's path and its source.</summary>
    public static TheoryData<string, string, string> Broken => new()
    {
        { "file has at most 300 lines of code", "src/A/B.cs", new('\n', 301) },
        { "method has at most 60 lines", "src/A/B.cs", "class B { void M() {" + new string('\n', 60) + "} }" },
        { "method has at most 60 lines", "src/A/B.cs", "class B { int M => 1 switch {" + new string('\n', 60) + " _ => 2 }; }" },
        { "namespace is file-scoped and the folder", "src/MuxChat.A/C/B.cs", "namespace MuxChat.A;\nclass B;" },
        { "namespace is file-scoped and the folder", "src/MuxChat.A/B.cs", "namespace MuxChat.A { class B; }" },
        { "file has at most one top-level class and a type of its name", "src/A/B.cs", "namespace A;\nclass C;" },
        { "file has at most one top-level class and a type of its name", "src/A/B.cs", "namespace A;\nclass B;\nstatic class C;" },
        { "file has at most one top-level class and a type of its name", "src/A/B.cs", "namespace A;\nenum C;\ndelegate void D();" },
        { "type is not named for doing things in general", "src/A/B.cs", "class B { class RoomManager; }" },
        { "type is not named for doing things in general", "src/A/B.cs", "enum TextUtils { One }" },
        { "word of an older name is gone", "src/A/B.cs", "/// <summary>Ends the conversation.</summary>\nclass B;" },
        { "word of an older name is gone", "src/A/B.cs", "class B { IDialogue _seats; }" },
        { "comment is in plain English", "src/A/B.cs", "// Nobody is here.\nclass B;" },
        { "comment is in plain English", "src/A/B.cs", "/// <summary>\n/// Ten at\n/// the most.</summary>\nclass B;" },
        { "comment is in plain English", "src/A/B.cs", "class B { int A; // Right. Who asks is answered.\n}" },
        { "comment is in plain English", "src/A/B.cs", "/// <summary>A.</summary>\n/// <param name=\"a\">What is sent.</param>\nclass B;" },
        { "comment is in plain English", "src/A/B.cs", "// a a a a a a a a a a a a a a a a\n// a a a a a a a a a a a a a a a\nclass B;" },
        { "line has at most 140 columns", "src/A/B.cs", "class B;" + new string(' ', 140) },
        { "nothing is left to be done", "src/A/B.cs", "class B; // TO" + "DO: more" },
        { "no exception is swallowed", "src/A/B.cs",
            "class B { void M() { try { N(); } catch (E e) when (e.Is({})) { /* never mind */ } } }" },
        { "no exception is swallowed", "src/A/B.cs", "class B { void M() { try { N(); } catch { } } }" },
        { "no region hides code", "src/A/B.cs", "class B {\n#region old\n#endregion\n}" },
        { "type that the server alone uses is internal", "src/MuxChat.Server/B.cs", "namespace MuxChat.Server;\npublic sealed class B;" },
        { "test waits for events and not for time", "tests/A/B.cs", "class B { void M() => Thread.Sleep(1); }" },
        { "test waits for events and not for time", "tests/A/B.cs", "class B { Task M() => System.Threading.Tasks.Task.Delay(1); }" },
        { "test is named subject and outcome", "tests/A/B.cs", "class B { [Fact] public void Works() { } }" },
        { "test is named subject and outcome", "tests/A/B.cs",
            "class B { [Theory, InlineData(1)] public async Task room_works(int a) { } }" },
        { "limit of a wait is the guard", "tests/A/B.cs", "class B { void M() => _thread.Join(1000); }" },
        { "limit of a wait is the guard", "tests/A/B.cs", "class B { void M() => task.Wait(TimeSpan.FromSeconds(5)); }" },
        { "figures of the process are for the deep run", "tests/A/B.cs",
            "class B { [Fact] public void A_b() => Assert.Equal(0, GC.GetTotalMemory(true)); }" },
        { "figures of the process are for the deep run", "tests/A/B.cs",
            """class B { [Fact, Trait("run", "deep")] public void A_b() => C(); [Fact] public void A_c() => C(process.WorkingSet64); }""" },
        { "test of the deep project is deep", "tests/MuxChat.DeepTests/B.cs", "class B { [Fact] public void A_b() { } }" },
        { "trait run has the one value that the build knows", "tests/A/B.cs", """[Trait("run", "slow")] class B;""" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_holds_everywhere(string rule) => Assert.Empty(CodeTree.Everything.SelectMany(RuleOf(rule).Check));

    [Theory]
    [MemberData(nameof(Broken))]
    public void Rule_sees_what_breaks_it(string rule, string path, string source) =>
        Assert.NotEmpty(RuleOf(rule).Check(CodeFile.Parse(source, path)));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_a_source_that_breaks_it(string rule) => Assert.Contains(rule, Broken.Select(static row => row.Data.Item1));

    [Theory]
    [InlineData("src/MuxChat.Server/B.cs", "namespace MuxChat.Server;\ninternal sealed class B { public int A; }")]
    [InlineData("src/MuxChat.A/B.Part.cs",
        "namespace MuxChat.A;\npartial class B { static readonly int[] Table = [\n// Thread.Sleep, catch { }\n]; string s = "
            + "\"Task.Delay\"; }")]
    [InlineData("tests/MuxChat.A/B.cs",
        "namespace MuxChat.A;\n[Trait(\"run\", \"deep\")] class B { [Fact] void A_b() { GC.CollectionCount(0); Thread.Join(Guard.Ms); "
            + "Probe.Wait(15); e.WaitOne(0); } }")]
    public void Source_that_is_right_passes_every_rule(string path, string source) =>
        Assert.Empty(TidyRules.All.SelectMany(rule => rule.Check(CodeFile.Parse(source, path))));

    [Fact]
    public void Tree_is_seen_whole()
    {
        Assert.All(["src/MuxChat.Core", "src/MuxChat.Sockets", "src/MuxChat.Storage", "src/MuxChat.Comparison", "src/MuxChat.Server"],
            folder => Assert.NotEmpty(CodeTree.Below(folder)));
        var tests = CodeTree.Below("tests/MuxChat.UnitTests").SelectMany(static file => file.Tests)
            .Select(static test => test.Identifier.Text).ToHashSet();
        var compiled = typeof(TidyTests).Assembly.GetTypes().SelectMany(static type => type.GetMethods())
            .Where(static method => Attribute.IsDefined(method, typeof(FactAttribute), inherit: true));
        Assert.All(compiled, method => Assert.Contains(method.Name, tests));
    }

    [Fact]
    public void Sample_server_is_a_loop_of_150_lines_and_a_client_of_150()
    {
        const int maxLines = 150;
        Assert.Equal(["Program.cs", "EchoClient.cs"], CodeTree.Below("docs/samples/UpperEcho")
            .Where(static file => file.Source.Count(static one => one == '\n') <= maxLines)
            .Select(static file => Path.GetFileName(file.Path)).OrderDescending());
        Assert.Equal(2, CodeTree.Below("docs/samples").Count());
    }

    [Fact]
    public void Every_option_is_in_a_document_that_is_not_made_from_the_options()
    {
        var documents = string.Concat(
            DocumentTree.All.Where(static path => !path.StartsWith("tests/", StringComparison.Ordinal) && path != "docs/LIMITS.md")
                .Select(Repository.Read));
        string[] itself = ["-?", "-h", "--help", "--version"];
        var options = Muxchat.Run(["--help"]).Output.SelectMany(line => Option().Match(line).Groups["name"].Captures)
            .Select(name => name.Value).Except(itself).ToList();
        Assert.True(options.Count >= 21, string.Join(' ', options));
        Assert.All(options, option => Assert.Matches($@"(?<![\w-]){Regex.Escape(option)}(?![\w-])", documents));
    }

    private static TidyRule RuleOf(string name) => TidyRules.All.Single(rule => rule.Name == name);

    [GeneratedRegex(@"^ +((?<name>--?[\w?-]+)(, )?)+")]
    private static partial Regex Option();
}
