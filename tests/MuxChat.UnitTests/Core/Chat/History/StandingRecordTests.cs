using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>Standings as the journal keeps them: written and read, and refused when they are none.</summary>
public sealed class StandingRecordTests
{
    private static readonly RoomStanding Full = new()
    {
        Room = Bytes.Utf8("#t\u00e9a"),
        CreatedUnixMs = 1_795_255_200_123,
        Modes = RoomModes.Secret | RoomModes.InviteOnly,
        Key = Bytes.Utf8("sesame"),
        Limit = 20,
        Topic = Bytes.Utf8("ours"),
        TopicBy = Bytes.Utf8("alice"),
        TopicUnixMs = 1_795_255_200_124,
        Bans = [Mask("a!*@*", "bob", 1), Mask("b!*@*", "carol", 2)],
        Exceptions = [Mask("c!*@*", "dave", 3)],
        Welcome = [Mask("d!*@*", "", 4)],
    };

    [Fact]
    public void Standing_writtenAndRead_isTheSame()
    {
        Assert.True(StandingRecord.TryRead(Write(Full), out var read));
        Assert.Equivalent(Full, read, strict: true);
        Assert.Equal(Write(Full), Write(read));
    }

    [Fact]
    public void Standing_ofANewRoom_orAForgottenOne_isTheSame()
    {
        foreach (var standing in new[] { new RoomStanding { Room = Bytes.Utf8("#a") },
            new() { Room = Bytes.Utf8("#a"), IsForgotten = true } })
        {
            Assert.True(StandingRecord.TryRead(Write(standing), out var read));
            Assert.Equivalent(standing, read, strict: true);
        }
    }

    // The form is on people's disks: it does not change.
    [Fact]
    public void Standing_written_hasThisForm() => Assert.Equal(
        "00" + "7B698CFDA1010000" + "14000000" + "7C698CFDA1010000" + "05020605" + "04000000" + "020101"
        + "2374C3A961" + "6973" + "736573616D65"
        + "616C696365" + "6F757273" + "0100000000000000" + "0503" + "61212A402A" + "626F62"
        + "0200000000000000" + "0505" + "62212A402A" + "6361726F6C"
        + "0300000000000000" + "0504" + "63212A402A" + "64617665" + "0400000000000000" + "0500" + "64212A402A",
        Convert.ToHexString(Write(Full)));

    [Fact]
    public void Standing_atItsLargest_fitsTheJournal()
    {
        var mask = Mask(new string('m', UserMask.MaxBytes), new string('n', Nickname.MaxLength), 1);
        var largest = new RoomStanding
        {
            Room = Bytes.Utf8("#" + new string('r', RoomName.MaxBytes - 1)),
            Key = new byte[RoomRules.MaxKeyBytes],
            Topic = new byte[16 * 1024],
            TopicBy = Bytes.Utf8(new string('n', Nickname.MaxLength)),
            Bans = [.. Enumerable.Repeat(mask, MaskList.MaxEntries)],
            Exceptions = [.. Enumerable.Repeat(mask, MaskList.MaxEntries)],
            Welcome = [.. Enumerable.Repeat(mask, MaskList.MaxEntries)],
        };
        Assert.InRange(StandingRecord.SizeOf(largest), 40_000, 48 * 1024);
    }

    [Fact]
    public void Bytes_cutOrTooLong_areNoStanding()
    {
        var bytes = Write(Full);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(StandingRecord.TryRead(bytes.AsSpan(0, length), out _));
        }

        Assert.False(StandingRecord.TryRead([.. bytes, 0], out _));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(8, 0x7F)]
    [InlineData(12, 0x80)]
    [InlineData(20, 0x80)]
    [InlineData(21, 1)]
    [InlineData(21, 0xFF)]
    [InlineData(28, 0x80)]
    [InlineData(29, 0xFF)]
    [InlineData(32, (int)'a')]
    [InlineData(37, (int)'?')]
    [InlineData(40, 0)]
    [InlineData(40, 0xFF)]
    public void Bytes_thatCannotBe_areNoStanding(int at, int value)
    {
        var bytes = Write(Full);
        bytes[at] = (byte)value;
        Assert.False(StandingRecord.TryRead(bytes, out _));
    }

    private static MaskEntry Mask(string mask, string by, long unixMs) => new(Bytes.Utf8(mask), Bytes.Utf8(by), unixMs);

    private static byte[] Write(RoomStanding standing)
    {
        var bytes = new byte[StandingRecord.SizeOf(standing)];
        StandingRecord.Write(standing, bytes);
        return bytes;
    }
}
