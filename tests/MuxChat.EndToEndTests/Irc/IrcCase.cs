namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// A conversation and where it is written that it goes like this. A step is <c>who text</c>, which is sent, or <c>who&lt; pattern</c>,
/// which must be what comes next; <c>who&lt; END</c> is the end of its connection. After the last step nothing more may come.
/// <see cref="IrcPlay"/> has the table of who is who.
/// </summary>
/// <param name="Section">What says so.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Steps">
/// The steps. In them <c>$a</c> is a's nick and <c>$A</c> its source (<c>nick!user@host</c>), and so on for all roles; <c>$room</c>
/// is the room of this case and <c>$room2</c> another. <c>...</c> in what must come stands for anything; <c>%1%</c> to <c>%9%</c> for
/// a word that is not known before, and for the same word from then on. <c>\x01</c>, <c>\x02</c>, <c>\x03</c> and <c>\x1b</c> are
/// these control characters, and what is sent may have the byte <c>\xff</c>, which is not UTF-8. </param>
public sealed record IrcCase(string Section, string Name, string[] Steps)
{
    public override string ToString() => $"{Section}: {Name}";
}
