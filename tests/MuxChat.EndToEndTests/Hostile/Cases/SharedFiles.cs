using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Requests for files that lack a field, name what is not there, lie about lengths and hashes, or begin what they do not end. Nobody else
/// hears of any.
/// </summary>
internal static class SharedFiles
{
    private const string NoFile = "! there is no file 9007199254740991 in your rooms: /files lists them";
    private const string NoNumber = "! /get takes the number of a file, such as /get 7; /files lists them";
    private static readonly string Id = new('0', 32);
    private static readonly string Hash = new('a', 64);

    private static readonly (string Name, string Json, string Code)[] Refused =
    [
        ("a share without a name", """{"type":"share","size":1}""", "missing_field"),
        ("a share with an empty name", """{"type":"share","name":"","size":1}""", "missing_field"),
        ("a share without a size", """{"type":"share","name":"a.txt"}""", "missing_field"),
        ("a size below 0", """{"type":"share","name":"a.txt","size":-1}""", "bad_field"),
        ("a size that is no whole number", """{"type":"share","name":"a.txt","size":1.5}""", "bad_field"),
        ("a size that is a string", """{"type":"share","name":"a.txt","size":"1"}""", "bad_field"),
        ("a size that no number holds", """{"type":"share","name":"a.txt","size":1e99}""", "bad_field"),
        ("a size of all that a number holds", """{"type":"share","name":"a.txt","size":9007199254740991}""", "file_too_large"),
        ("a size of a byte too many", """{"type":"share","name":"a.txt","size":16777217}""", "file_too_large"),
        ("a hash of 63 digits", $$"""{"type":"share","name":"a.txt","size":1,"sha256":"{{Hash[1..]}}"}""", "bad_field"),
        ("a hash that is no number", $$"""{"type":"share","name":"a.txt","size":1,"sha256":"{{Hash[1..]}}g"}""", "bad_field"),
        ("a hash of MD5", $$"""{"type":"share","name":"a.txt","size":1,"sha256":"{{Hash[32..]}}"}""", "bad_field"),
        ("a share in a room without the client", """{"type":"share","room":"#lobby","name":"a.txt","size":1}""", "not_in_room"),
        ("a share in no room", """{"type":"share","room":"#nowhere_{mark}","name":"a.txt","size":1}""", "unknown_room"),
        ("a share in a path", """{"type":"share","room":"../../etc","name":"a.txt","size":1}""", "bad_room"),
        ("a name that is half a surrogate pair", """{"type":"share","name":"a\ud800","size":1}""", "bad_field"),
        ("two names", """{"type":"share","name":"a","nick":"b","size":1}""", "bad_field"),
        ("a chunk without an upload", """{"type":"chunk","offset":0,"data":"YQ=="}""", "unknown_file"),
        ("a chunk of no upload", $$"""{"type":"chunk","file":"{{Id}}","offset":0,"data":"YQ=="}""", "unknown_file"),
        ("a chunk of a path", """{"type":"chunk","file":"../../../../../../../etc/passwd0","offset":0,"data":"YQ=="}""", "unknown_file"),
        ("a chunk at no place", $$"""{"type":"chunk","file":"{{Id}}","offset":-1,"data":"YQ=="}""", "bad_field"),
        ("a chunk with two contents", $$"""{"type":"chunk","file":"{{Id}}","data":"YQ==","text":"b"}""", "bad_field"),
        ("nothing to get", """{"type":"get"}""", "missing_field"),
        ("file 0", """{"type":"get","number":0}""", "missing_field"),
        ("a number that is not there", """{"type":"get","number":9007199254740991}""", "unknown_file"),
        ("an id that is not there", $$"""{"type":"get","file":"{{Id}}"}""", "unknown_file"),
        ("an id in capitals", $$"""{"type":"get","file":"{{new string('A', 32)}}"}""", "unknown_file"),
        ("an id that is a path", """{"type":"get","file":"../journal/00000001.journal000000"}""", "unknown_file"),
        ("an offset below 0", """{"type":"get","number":1,"offset":-1}""", "bad_field"),
        ("a length below 0", """{"type":"get","number":1,"length":-1}""", "bad_field"),
        ("the files of a room without the client", """{"type":"files","room":"#lobby"}""", "not_in_room"),
        ("the files of no room", """{"type":"files","room":"#nowhere_{mark}"}""", "unknown_room"),
    ];

    private static readonly (string Command, string Answer)[] OnLines =
    [
        ("/get", NoNumber),
        ("/get 0", NoNumber),
        ("/get -1", NoNumber),
        ("/get 1.5", NoNumber),
        ("/get 1 2", NoNumber),
        ("/get ../../etc/passwd", NoNumber),
        ("/get 99999999999999999999", NoNumber),
        ("/get 9007199254740991", NoFile),
        ("/files #nowhere_{mark}", "! there is no room #nowhere_{mark}: join it to create it"),
        ("/files #lobby", "! you are not in #lobby: join it first"),
        ("/files a,b", Refusal.BadRoom),
        ("/share a.txt", Refusal.UnknownCommand),
        ("/chunk", Refusal.UnknownCommand),
    ];

    public static IEnumerable<HostileCase> All => Refused
        .Select(static one => HostileCase.Frame($"frames: files, {one.Name}", HostileEnd.StaysOpen, Frame(one.Json), GetsError(one.Code)))
        .Concat(OnLines.Select(static one =>
            HostileCase.Line($"lines: files, \"{one.Command}\"", HostileEnd.StaysOpen, Sends(one.Command + "\n"), Gets(one.Answer))))
        .Concat(Unfinished)
        .Select(static hostile => hostile with { IsForLoop = true });

    private static IEnumerable<HostileCase> Unfinished =>
    [
        HostileCase.Frame(
            "frames: files, a name that leads elsewhere is only a name",
            HostileEnd.StaysOpen,
            Frame("""{"type":"share","name":"../../../etc/\u202e\u0000passwd.","size":5}"""),
            Gets(Begun("passwd"))),
        HostileCase.Frame(
            "frames: files, a name of dots",
            HostileEnd.StaysOpen,
            Frame("""{"type":"share","name":"..","size":5}"""),
            Gets(Begun("file"))),
        HostileCase.Frame(
            "frames: files, more uploads than one client may have",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"share","name":"a","size":16777216}""", 5),
            Gets(Begun("a"), 4),
            GetsError("busy")),
        HostileCase.Frame(
            "frames: files, an upload that its client leaves",
            HostileEnd.ResetsItself,
            Frame($$"""{"type":"share","name":"a","size":16777216,"sha256":"{{Hash}}"}"""),
            Gets(Begun("a"))),
        HostileCase.Frame(
            "frames: files, a thousand lists of no files",
            HostileEnd.StaysOpen,
            FloodsFrame("""{"type":"files","room":"{room}"}""", 1_000),
            Gets("""{"type":"files","room":"{room}","files":[],"total":0,"more":false}""", 1_000)),
        HostileCase.Frame(
            "frames: files, a thousand files that are not there",
            HostileEnd.StaysOpen,
            FloodsFrame($$"""{"type":"get","file":"{{Id}}"}""", 1_000),
            GetsError("unknown_file", 1_000)),
    ];

    private static string Begun(string name) =>
        $$"""{"type":"upload","file":"...","name":"{{name}}","offset":0,"chunk_bytes":45000,"key":"...","path":"..."}""";
}
