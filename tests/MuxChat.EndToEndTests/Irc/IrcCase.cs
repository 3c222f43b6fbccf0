namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// A conversation and where it is written that it goes like this. A step is <c>who text</c>, which is sent, or <c>who&lt; pattern</c>, which must be what comes
/// next; behind the last step nothing more may come.
/// </summary>
/// <param name="Section">What says so.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Steps">
/// The steps. Clients: a, b, c are on IRC, logged in and in <c>$room</c>; n, o are on IRC and have just connected; t has all tags and echoes; x is logged in and in
/// no room; l is on lines, f on frames, both in the room. <c>$a</c> is a's nick, <c>$A</c> its source, and so on; <c>$z</c> is a nick that nobody has; <c>$room2</c> is another room.
/// <c>%1%</c> to <c>%9%</c> in what must come is a word that is not known before, and stands for it from then on.
/// </param>
public sealed record IrcCase(string Section, string Name, string[] Steps)
{
    public override string ToString() => $"{Section}: {Name}";
}
