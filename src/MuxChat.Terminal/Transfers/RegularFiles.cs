using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MuxChat.Terminal.Transfers;

/// <summary>
/// Tells regular files from others without opening them: to open a pipe waits for its writer, and a device may have no end.
/// </summary>
internal static partial class RegularFiles
{
    // statx(2): 256 bytes, the same for all processors. The mode is two bytes, of which these are the type.
    private const int StatusBytes = 256;
    private const int ModeAt = 28;
    private const int TypeWanted = 1;
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;
    private const int CurrentDirectory = -100;

    /// <summary>
    /// Whether something is there that is no regular file, nor a link to one. Other systems than Linux take a file without bytes for that.
    /// </summary>
    public static bool IsOther(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path.Exists(path) && (!File.Exists(path) || new FileInfo(path).Length == 0);
        }

        var status = new byte[StatusBytes];
        return GetStatus(CurrentDirectory, path, 0, TypeWanted, status) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt)) & TypeMask) != TypeRegular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int directory, string path, int flags, uint mask, byte[] status);
}
