using CsCheck;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>Uploads, reads and deletions in any order, compared with a dictionary of byte arrays.</summary>
public sealed class FileModelTests
{
    private const int Files = 4;

    private static readonly Gen<(int Kind, int File, int Bytes)[]> Calls =
        Gen.Select(Gen.Int[0, 9], Gen.Int[1, Files], Gen.Int[1, 2 * FileStore.BlockBytes]).Array[1, 60];

    [Fact]
    public void Any_calls_on_a_disk_have_the_outcomes_of_the_model() =>
        Property.Holds(Calls, static calls => Run(calls, new MemoryDisk()), 150);

    [Fact]
    public void Any_calls_in_memory_have_the_outcomes_of_the_model() =>
        Property.Holds(Calls, static calls => Run(calls, new BlockDisk(long.MaxValue)), 150);

    private static void Run((int Kind, int File, int Bytes)[] calls, IDisk disk)
    {
        var model = new FileModel(new FileRig(disk));
        foreach (var (kind, file, bytes) in calls)
        {
            switch (kind)
            {
                case 0:
                    model.Create(file);
                    break;
                case 1 or 2 or 3:
                    model.Append(file, bytes);
                    break;
                case 4:
                    model.Seal(file, isRight: bytes % 5 != 0);
                    break;
                case 5 or 6:
                    model.Read(file, bytes);
                    break;
                case 7:
                    model.Delete(file);
                    break;
                case 8:
                    model.Rig.Store.IsHeld = !model.Rig.Store.IsHeld;
                    break;
                default:
                    model.Collect();
                    break;
            }
        }

        model.Finish();
        var again = new FileRig(disk);
        Assert.Equal(model.Sealed.Keys.Order(), again.Records.Select(static record => (int)record.Number).Order());
        Assert.All(model.Sealed, one => Assert.Equal(one.Value, again.ReadAll(one.Key, one.Value.Length)));
    }
}
