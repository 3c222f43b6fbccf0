using System.Text;
using MuxChat.Server.Commands;

namespace MuxChat.UnitTests.Server;

/// <summary>A password as it is kept: what is one, and what is none.</summary>
public sealed class PasswordHashTests
{
    // 16 bytes of salt and 32 of hash, each with a digit, a plus and a slash among its letters.
    private const string Salt = "AAECAwQFBgcICQ+/DA0ODw==";
    private const string Hash = "AAECAwQFBgcICQ+/DA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Theory]
    [InlineData("1000", Salt, Hash)]
    [InlineData("10000000", Salt, Hash)]
    [InlineData("1000", "AAECAwQFBgc=", Hash)]
    public void What_is_well_formed_is_taken_and_shown_as_it_was(string iterations, string salt, string hash)
    {
        var text = $"pbkdf2-sha256${iterations}${salt}${hash}";
        Assert.True(PasswordHash.TryParse(text, out var parsed));
        Assert.Equal(text, parsed!.ToString());
    }

    [Theory]
    [InlineData("pbkdf2-sha1", "1000", Salt, Hash)]
    [InlineData("PBKDF2-SHA256", "1000", Salt, Hash)]
    [InlineData("pbkdf2-sha256", "999", Salt, Hash)]
    [InlineData("pbkdf2-sha256", "10000001", Salt, Hash)]
    [InlineData("pbkdf2-sha256", "+1000", Salt, Hash)]
    [InlineData("pbkdf2-sha256", " 1000", Salt, Hash)]
    [InlineData("pbkdf2-sha256", "", Salt, Hash)]
    [InlineData("pbkdf2-sha256", "1000", "", Hash)]
    [InlineData("pbkdf2-sha256", "1000", "AAECAwQFBg==", Hash)]
    [InlineData("pbkdf2-sha256", "1000", " " + Salt, Hash)]
    [InlineData("pbkdf2-sha256", "1000", "AAECAwQFBgcI\tCQ+/DA0ODw==", Hash)]
    [InlineData("pbkdf2-sha256", "1000", "AAECAwQFBgcICQ-_DA0ODw==", Hash)]
    [InlineData("pbkdf2-sha256", "1000", Salt, "")]
    [InlineData("pbkdf2-sha256", "1000", Salt, Salt)]
    [InlineData("pbkdf2-sha256", "1000", Salt, Hash + "\n")]
    [InlineData("pbkdf2-sha256", "1000", Salt, Hash + "$")]
    public void What_is_not_is_none(string scheme, string iterations, string salt, string hash) =>
        Assert.False(PasswordHash.TryParse($"{scheme}${iterations}${salt}${hash}", out _));

    [Fact]
    public void A_salt_may_have_64_bytes_and_no_more()
    {
        Assert.True(PasswordHash.TryParse($"pbkdf2-sha256$1000${Convert.ToBase64String(new byte[64])}${Hash}", out _));
        Assert.False(PasswordHash.TryParse($"pbkdf2-sha256$1000${Convert.ToBase64String(new byte[65])}${Hash}", out _));
    }

    [Fact]
    public void Only_the_password_itself_is_right_and_two_hashes_of_it_differ()
    {
        var (one, other) = (PasswordHash.Of("sesame"u8, 1000), PasswordHash.Of("sesame"u8, 1000));
        Assert.NotEqual(one.ToString(), other.ToString());
        Assert.True(PasswordHash.TryParse(one.ToString(), out var read));
        Assert.True(read!.IsRight("sesame"u8));
        foreach (var wrong in new[] { "", "sesam", "sesame ", "Sesame", "sesame1" })
        {
            Assert.False(read.IsRight(Encoding.UTF8.GetBytes(wrong)), wrong);
        }
    }
}
