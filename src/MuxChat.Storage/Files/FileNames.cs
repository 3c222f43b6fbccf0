using System.Text;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Storage.Files;

/// <summary>The names of shared files on the disk: the id, and an end that says in which state the file is.</summary>
internal static class FileNames
{
    private const string PartEnd = ".part";
    private const string SealedEnd = ".file";

    /// <summary>Returns the name of a file that is being uploaded.</summary>
    public static string Part(FileId id) => id + PartEnd;

    /// <summary>Returns the name of a sealed file.</summary>
    public static string Sealed(FileId id) => id + SealedEnd;

    /// <summary>Returns the name under which a start keeps a damaged file.</summary>
    public static string Damaged(FileId id) => Sealed(id) + ".damaged";

    /// <summary>Whether the name is that of a file that was being uploaded.</summary>
    public static bool IsPart(string name) => TryRead(name, PartEnd, out _);

    /// <summary>Parses the id in a sealed file's name.</summary>
    public static bool TryReadSealed(string name, out FileId id) => TryRead(name, SealedEnd, out id);

    private static bool TryRead(string name, string end, out FileId id)
    {
        id = default;
        return name.EndsWith(end, StringComparison.Ordinal)
            && FileId.TryParse(Encoding.UTF8.GetBytes(name[..^end.Length]), out id);
    }
}
