using System.Runtime.InteropServices;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Native;

/// <summary>
/// The server as one native executable, published once for all tests of a class into a temporary folder, which goes with it.
/// </summary>
public sealed class NativeExecutable : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muxchat-native");

    /// <summary>Publishes, if this machine has a linker.</summary>
    public NativeExecutable()
    {
        if (HasLinker)
        {
            Publish();
        }
    }

    /// <summary>The folder that was published.</summary>
    public string Folder => Path.Combine(_folder.FullName, "publish");

    /// <summary>What a program must have in its environment to start this server.</summary>
    /// <remarks>Skips the test on a machine without a linker.</remarks>
    public Dictionary<string, string> Environment
    {
        get
        {
            Assert.SkipUnless(HasLinker, "A native executable takes clang or gcc, and PATH has neither.");
            return new() { [Programs.ServerVariable] = Path.Combine(Folder, OperatingSystem.IsWindows() ? "muxchat.exe" : "muxchat") };
        }
    }

    // On Windows the SDK looks for the linker of Visual Studio, which is not in PATH.
    private static bool HasLinker { get; } = OperatingSystem.IsWindows() || Programs.IsInPath("clang") || Programs.IsInPath("gcc");

    public void Dispose() => _folder.Delete(recursive: true);

    // All that is built goes into the temporary folder, so that no other build is disturbed. A build server would outlive the test.
    private void Publish()
    {
        var run = ProgramRun.Of(
            Programs.Command(
            [
                Programs.Dotnet, "publish", "-c", "Release", Path.Combine(Repository.Root, "src", "MuxChat.Server"),
                "-r", RuntimeInformation.RuntimeIdentifier, "-o", Folder, "--artifacts-path", Path.Combine(_folder.FullName, "build"),
                "--disable-build-servers",
            ]),
            Guard.ProgramMs);
        Assert.True(run.ExitCode == 0, run.ToString());
    }
}
