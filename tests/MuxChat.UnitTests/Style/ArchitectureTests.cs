using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>
/// Dependencies point one way: between projects by their references, between the folders of Core by what their code names.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>
    /// What each folder of Core may name beside itself. A folder that is not listed is one that nobody has decided about.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Metrics"] = [],
        ["Settings"] = [],
        ["Buffers"] = ["Metrics", "Settings"],
        ["Chat"] = ["Metrics", "Settings"],
        ["Framing"] = ["Metrics", "Settings", "Buffers"],
        ["Protocols"] = ["Metrics", "Settings", "Buffers", "Framing", "Chat"],
        ["Delivery"] = ["Metrics", "Settings", "Buffers", "Protocols", "Chat"],
        ["Clients"] = ["Metrics", "Settings", "Buffers", "Framing", "Protocols", "Chat", "Delivery"],
        ["Loop"] = ["Metrics", "Settings", "Buffers", "Framing", "Protocols", "Chat", "Delivery", "Clients"],
    };

    private static readonly string[] NotInCore =
    [
        @"System\.Net\b", @"System\.Threading\.Tasks\b", @"System\.IO\.File\b", @"\block\b", @"\basync\b", @"\bawait\b", @"\bTask\b",
        @"\bValueTask\b",
        @"\bThread\b", @"\bMonitor\b", @"\bInterlocked\b", @"\bConcurrent\w+", @"\bSocket\b", @"\bFile\.", @"\bFileStream\b",
        @"\bDirectory\.", @"\bConsole\b",
        @"\bDateTime\.(Now|UtcNow|Today)\b", @"\bDateTimeOffset\.(Now|UtcNow)\b", @"\bStopwatch\b", @"\bTickCount(64)?\b",
        @"\bRandom\.Shared\b", @"\bGuid\.NewGuid\b",
        @"\bEnvironment\.", @"\bTimeProvider\.System\b", @"\bDllImport\b", @"\bLibraryImport\b",
    ];

    /// <summary>
    /// Sources of time and chance. The chat has the time of the tick (<c>TickClock</c>, which the loop refreshes) and the epochs that are
    /// handed to it.
    /// </summary>
    private static readonly string[] NotInChat =
    [
        @"\bDateTime(Offset)?\b", @"\bTimeOnly\b", @"\bStopwatch\b", @"\bTimeProvider\b", @"\bTickCount(64)?\b", @"\.Refresh\(",
        @"\bReadMicroseconds\b", @"\bEnvironment\b", @"\bAppContext\b", @"\bRandom\w*\b", @"\bGuid\b",
    ];

    [Fact]
    public void Projects_refer_to_each_other_one_way()
    {
        Assert.Empty(ReferencesOf("MuxChat.Core"));
        Assert.Equal(["MuxChat.Core"], ReferencesOf("MuxChat.Sockets"));
        Assert.Equal(["MuxChat.Core"], ReferencesOf("MuxChat.Storage"));
        Assert.Equal(["MuxChat.Sockets"], ReferencesOf("MuxChat.Comparison"));
        Assert.Equal(["MuxChat.Core"], ReferencesOf("MuxChat.Terminal"));
        Assert.Equal(["MuxChat.Comparison", "MuxChat.Sockets", "MuxChat.Storage", "MuxChat.Terminal"], ReferencesOf("MuxChat.Server"));
        Assert.Equal(["MuxChat.Comparison", "MuxChat.Core", "MuxChat.Server", "MuxChat.Sockets", "MuxChat.Storage", "MuxChat.Terminal"],
            Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order());
        Assert.Empty(XDocument.Parse(Repository.Read("src/MuxChat.Core/MuxChat.Core.csproj")).Descendants("PackageReference"));
    }

    [Fact]
    public void Folders_of_core_name_only_what_they_may()
    {
        var wrong = CoreFiles().SelectMany(WrongArrows).ToList();
        Assert.Empty(wrong);
        Assert.Equal(Arrows.Keys.Order(), CoreFiles().Select(file => FolderOf(file.Path)).Distinct().Order());
    }

    [Theory]
    [InlineData("Metrics", "using MuxChat.Core.Buffers;")]
    [InlineData("Buffers", "using MuxChat.Core.Framing;")]
    [InlineData("Chat", "using MuxChat.Core.Protocols.Line;")]
    [InlineData("Chat", "class A { Delivery.Broadcaster b; }")]
    [InlineData("Framing", "class A { MuxChat.Core.Chat.Room r; }")]
    [InlineData("Protocols", "class A { Loop.EventLoop e; }")]
    [InlineData("Delivery", "using MuxChat.Core.Loop;")]
    [InlineData("Clients", "using static MuxChat.Core.Loop.Token;")]
    public void Arrow_that_runs_the_other_way_is_noticed(string folder, string code) =>
        Assert.NotEmpty(WrongNames(folder, CodeFile.Parse(code).Code));

    [Fact]
    public void Core_has_no_operating_system_no_threads_and_no_clock()
    {
        var wrong = from file in CoreFiles()
                    from word in NotInCore
                    from Match match in Regex.Matches(file.Code, word)
                    select $"{file.Path}: {match.Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Chat_decides_only_by_what_comes_with_the_command_or_the_tick()
    {
        var wrong = CodeTree.Below("src/MuxChat.Core/Chat")
            .Where(static file => !file.Path.EndsWith("/TickClock.cs", StringComparison.Ordinal))
            .SelectMany(static file => OwnSources(file).Select(source => $"{file.Path}: {source}"));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("class A { long b = DateTimeOffset.MaxValue.Ticks; }")]
    [InlineData("class A { long B(TickClock clock) => clock.ReadMicroseconds(); }")]
    [InlineData("class A { void B() => _clock.Refresh(); }")]
    [InlineData("class A { int B() => RandomNumberGenerator.GetInt32(2); }")]
    [InlineData("class A(ChatLimits limits) { int B() => limits.History; }")]
    [InlineData("class A { ChatLimits Limits { get; } }")]
    [InlineData("class A(ChatState state) { int _b = state.Limits.History; }")]
    [InlineData("class A { A(Replaceable<ChatLimits> limits) { _b = limits.Current.History; } }")]
    [InlineData("class A(Replaceable<ChatLimits> limits) { int B { get; } = limits.Current.History; }")]
    public void Source_of_the_chats_own_is_noticed(string code) => Assert.NotEmpty(OwnSources(CodeFile.Parse(code)));

    [Theory]
    [InlineData("class A(Replaceable<ChatLimits> limits) { ChatLimits Limits => limits.Current; }")]
    [InlineData("class A { A(Replaceable<ChatLimits> limits) => _limits = limits; bool B => 1 < _limits.Current.Rooms; }")]
    [InlineData("record ChatLimits { int History { get; init; } = 200; }")]
    public void Limit_that_is_read_when_it_is_needed_is_allowed(string code) => Assert.Empty(OwnSources(CodeFile.Parse(code)));

    // An IRC client has no /files, and a frame client no /join.
    [Fact]
    public void Chat_names_no_command_as_one_protocol_spells_it()
    {
        var wrong = from file in CodeTree.Below("src/MuxChat.Core/Chat")
                    from Match match in CommandInText().Matches(file.Source)
                    select $"{file.Path}: {match.Value}";
        Assert.Empty(wrong);
        Assert.Matches(CommandInText(), "\"there is no file 7: /files lists them\"");
    }

    [Fact]
    public void Sockets_has_no_lock_no_asynchronous_wait_and_no_chat()
    {
        var wrong = SocketsFiles()
            .Where(file => (MayNameTasks(file.Path) ? WaitWords() : AsyncWords()).IsMatch(file.Code) || LockWords().IsMatch(file.Code)
            || file.Code.Contains("Core.Chat", StringComparison.Ordinal))
            .Select(file => file.Path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Storage_knows_no_network_and_waits_for_nothing_asynchronously()
    {
        var wrong = CodeTree.Below("src/MuxChat.Storage")
            .Where(file => AsyncWords().IsMatch(file.Code) || file.Code.Contains("System.Net", StringComparison.Ordinal))
            .Select(file => file.Path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Terminal_knows_the_server_by_its_frames_and_of_core_only_the_rules_for_names()
    {
        var wrong = from file in CodeTree.Below("src/MuxChat.Terminal")
                    from Match match in CoreName().Matches(file.Code)
                    where match.Value is not ("Core.Chat.Text" or "Core.Chat.Rooms")
                    select $"{file.Path}: {match.Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Storage_has_its_threads_in_one_place()
    {
        string[] found = [.. CodeTree.Below("src/MuxChat.Storage")
            .Where(file => ThreadWords().IsMatch(file.Code))
            .Select(file => file.Path)];
        Assert.Equal(["src/MuxChat.Storage/StorageThread.cs"], found);
    }

    private static IEnumerable<CodeFile> CoreFiles() => CodeTree.Below("src/MuxChat.Core");

    // Limits may be replaced while the server runs: what keeps them, or copies one as it is made, goes on with the old ones.
    private static IEnumerable<string> OwnSources(CodeFile file)
    {
        var words = NotInChat.SelectMany(word => Regex.Matches(file.Code, word)).Select(static match => match.Value);
        var kept = KeptLimits().Matches(file.Code).Select(static match => match.Value);
        var copied = file.Members.Select(WhenMade).Where(static code => LimitRead().IsMatch(code));
        return [.. words, .. kept, .. copied];
    }

    // What runs when an object is made: its constructors, and the values that its fields and properties begin with.
    private static string WhenMade(MemberDeclarationSyntax member) => member switch
    {
        ConstructorDeclarationSyntax or FieldDeclarationSyntax => member.ToString(),
        PropertyDeclarationSyntax property => property.Initializer?.ToString() ?? "",
        _ => "",
    };

    private static IEnumerable<CodeFile> SocketsFiles() => CodeTree.Below("src/MuxChat.Sockets");

    // The base library's cipher has asynchronous methods only. Over a stream in memory each ends within its call, and nothing waits.
    private static bool MayNameTasks(string path) =>
        path.StartsWith("src/MuxChat.Sockets/Tls/", StringComparison.Ordinal)
        && Path.GetFileName(path) is "LoopStream.cs" or "TlsSession.cs" or "TlsRehearsal.cs";

    private static string FolderOf(string path) => path.Split('/')[2];

    private static IEnumerable<string> WrongArrows(CodeFile file) =>
        WrongNames(FolderOf(file.Path), file.Code).Select(name => $"{file.Path} names {name}");

    // Inside MuxChat.Core a folder can be named in full or from Core on: "Protocols.IProtocol" as well as "MuxChat.Core.Protocols".
    private static IEnumerable<string> WrongNames(string folder, string code) => Arrows.Keys
        .Where(other => other != folder && !Arrows[folder].Contains(other))
        .Where(other => Regex.IsMatch(code, $@"\bCore\.{other}\b|(?<![\w.]){other}\.[A-Z]"));

    private static IEnumerable<string> ReferencesOf(string project) => XDocument
        .Parse(Repository.Read($"src/{project}/{project}.csproj"))
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

    [GeneratedRegex("\"[^\"\n]*[ (]/[a-z]+")]
    private static partial Regex CommandInText();

    [GeneratedRegex(@"\basync\b|\bawait\b|\bTask\b|\bValueTask\b|\w+Async\(|\bSocketAsyncEventArgs\b|System\.Threading\.Tasks\b")]
    private static partial Regex AsyncWords();

    [GeneratedRegex(@"\basync\b|\bawait\b|\.Wait\(|\bTask\.(?!CompletedTask)|\.Result\b|\bThread\b")]
    private static partial Regex WaitWords();

    [GeneratedRegex(@"\block\b|\bMonitor\b|\bSemaphoreSlim\b")]
    private static partial Regex LockWords();

    [GeneratedRegex(@"(?<!Replaceable<|record )\bChatLimits\b(?! \w+ =>)")]
    private static partial Regex KeptLimits();

    [GeneratedRegex(@"\bCore\.\w+(\.\w+)?")]
    private static partial Regex CoreName();

    [GeneratedRegex(@"\b_?[lL]imits\.\w")]
    private static partial Regex LimitRead();

    [GeneratedRegex(@"\bThread\b|\block\b|\bMonitor\b|\bAutoResetEvent\b|\bSemaphoreSlim\b")]
    private static partial Regex ThreadWords();
}
