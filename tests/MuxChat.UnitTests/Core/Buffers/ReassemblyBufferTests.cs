using CsCheck;
using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class ReassemblyBufferTests
{
    private static readonly Gen<(int Do, int Bytes, int Room)[]> Steps = Gen.Select(
        Gen.Frequency((4, 0), (4, 1), (4, 2), (1, 3), (7, 4)),
        Gen.Frequency((1, (IGen<int>)Gen.Int[0, 30]), (1, Gen.Int[0, 3000])),
        Gen.Int[1, 100]).Array[0, 150];

    [Fact]
    public void RentedBytes_whenEmpty_areNone()
    {
        var buffer = new ReassemblyBuffer();
        Assert.Equal(0, buffer.RentedBytes);
        buffer.Append([1, 2, 3]);
        Assert.InRange(buffer.RentedBytes, 3, 4096);
        buffer.Consume(2);
        Assert.Equal([3], buffer.Pending.ToArray());
        Assert.NotEqual(0, buffer.RentedBytes);
        buffer.Consume(1);
        Assert.Equal((true, 0), (buffer.IsEmpty, buffer.RentedBytes));
    }

    [Fact]
    public void Append_nothing_rentsNothing()
    {
        var buffer = new ReassemblyBuffer();
        buffer.Append([]);
        Assert.Equal(0, buffer.RentedBytes);
    }

    [Fact]
    public void Release_heldBytes_givesTheMemoryBack()
    {
        var buffer = new ReassemblyBuffer();
        buffer.Append(new byte[1000]);
        buffer.Release();
        Assert.Equal((true, 0, 0), (buffer.IsEmpty, buffer.RentedBytes, buffer.Pending.Length));
    }

    [Fact]
    public void Pending_changedInPlace_staysChanged()
    {
        var buffer = new ReassemblyBuffer();
        buffer.Append([1, 2, 3]);
        buffer.Pending[1] = 9;
        buffer.Append(new byte[5000]);
        Assert.Equal([1, 9, 3], buffer.Pending[..3].ToArray());
    }

    [Fact]
    public void GetSpan_ofAnySize_keepsWhatIsHeldAndHasRoom()
    {
        var random = new Random(7);
        var buffer = new ReassemblyBuffer();
        buffer.Append([1, 2, 3]);
        for (var i = 0; i < 50; i++)
        {
            var asked = random.Next(0, 40_000);
            Assert.True(buffer.GetSpan(asked).Length >= asked);
            Assert.Equal([1, 2, 3], buffer.Pending.ToArray());
        }
    }

    [Fact]
    public void Buffer_halfConsumed_usesTheFreedRoomBeforeItGrows()
    {
        var buffer = new ReassemblyBuffer();
        buffer.Append(new byte[500]);
        var rented = buffer.RentedBytes;
        for (var i = 0; i < 100; i++)
        {
            buffer.Consume(400);
            buffer.Append(new byte[400]);
        }

        Assert.Equal(rented, buffer.RentedBytes);
    }

    [Fact]
    public void Buffer_anySteps_holdsWhatAByteListHolds() => Property.Holds(Steps, AssertHoldsWhatAByteListHolds, samples: 100);

    private static void AssertHoldsWhatAByteListHolds((int Do, int Bytes, int Room)[] steps)
    {
        var buffer = new ReassemblyBuffer();
        var model = new List<byte>();
        foreach (var (what, count, room) in steps)
        {
            byte[] bytes = [.. Enumerable.Range(model.Count, count).Select(static i => (byte)(i * 7))];
            switch (what)
            {
                case 0 or 1:
                    buffer.Append(bytes);
                    model.AddRange(bytes);
                    break;
                case 2 when count > 0:
                    bytes.CopyTo(buffer.GetSpan(count + room));
                    buffer.Advance(count);
                    model.AddRange(bytes);
                    break;
                case 3:
                    buffer.Consume(model.Count);
                    model.Clear();
                    break;
                default:
                    var consumed = Math.Min(count, model.Count);
                    buffer.Consume(consumed);
                    model.RemoveRange(0, consumed);
                    break;
            }

            Assert.Equal(model.ToArray(), buffer.Pending.ToArray());
            Assert.Equal(model.Count == 0, buffer.IsEmpty);
            Assert.True(model.Count > 0 || buffer.RentedBytes == 0, "Nothing is held, and memory is.");
        }
    }
}
