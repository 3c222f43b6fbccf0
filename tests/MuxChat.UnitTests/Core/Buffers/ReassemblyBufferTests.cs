using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

public sealed class ReassemblyBufferTests
{
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

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Buffer_randomSteps_holdsWhatAByteListHolds(int seed)
    {
        var random = new Random(seed);
        var buffer = new ReassemblyBuffer();
        var model = new List<byte>();
        for (var step = 0; step < 4000; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    var appended = Bytes.Random(random, random.Next(0, random.Next(2) == 0 ? 30 : 3000));
                    buffer.Append(appended);
                    model.AddRange(appended);
                    break;
                case 2:
                    var received = Bytes.Random(random, random.Next(1, 500));
                    received.CopyTo(buffer.GetSpan(received.Length + random.Next(0, 100)));
                    buffer.Advance(received.Length);
                    model.AddRange(received);
                    break;
                default:
                    var consumed = random.Next(6) == 0 ? model.Count : random.Next(0, model.Count + 1);
                    buffer.Consume(consumed);
                    model.RemoveRange(0, consumed);
                    break;
            }

            var isSame = buffer.Pending.SequenceEqual(model.ToArray()) && buffer.IsEmpty == (model.Count == 0) && (model.Count > 0 || buffer.RentedBytes == 0);
            Assert.True(isSame, $"seed {seed}, step {step}");
        }
    }
}
