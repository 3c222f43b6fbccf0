using System.Runtime.InteropServices;

namespace MuxChat.Server.Running;

/// <summary>Closes every other descriptor in a new process, even those that the server itself inherited.</summary>
/// <remarks>
/// The runtime opens all of its own so that no program inherits them. glibc 2.34 and later close the rest on request. macOS does so by a
/// flag (see <see cref="UnixCalls.SpawnFlags"/>). An older C library leaves those open that the server's parent left open.
/// </remarks>
internal static class InheritedDescriptors
{
    private const string Name = "posix_spawn_file_actions_addclosefrom_np";

    private static readonly nint Found =
        NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, Name, out var found) ? found : 0;

    /// <summary>Adds the closing to the actions of posix_spawn(3). Returns 0, or an error number.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="first">The first descriptor to close.</param>
    public static unsafe int AddClosing(byte* actions, int first) =>
        Found == 0 ? 0 : ((delegate* unmanaged<byte*, int, int>)Found)(actions, first);
}
