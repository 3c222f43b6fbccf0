using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>One command, as both protocols name it and as help explains it.</summary>
internal sealed class CommandInfo
{
    public CommandInfo(string name, CommandKind kind, string lineSyntax, string frameFields, string summary)
    {
        Name = Encoding.ASCII.GetBytes(name);
        Kind = kind;
        LineSyntax = Encoding.ASCII.GetBytes(lineSyntax);
        FrameFields = Encoding.ASCII.GetBytes(frameFields);
        Summary = Encoding.ASCII.GetBytes(summary);
    }

    /// <summary>The word: <c>/word</c> on lines, the <c>type</c> on frames.</summary>
    public byte[] Name { get; }

    public CommandKind Kind { get; }

    /// <summary>How it is typed on lines; empty where lines have no such command.</summary>
    public byte[] LineSyntax { get; }

    /// <summary>The fields it takes on frames beside <c>type</c> and <c>id</c>.</summary>
    public byte[] FrameFields { get; }

    public byte[] Summary { get; }
}
