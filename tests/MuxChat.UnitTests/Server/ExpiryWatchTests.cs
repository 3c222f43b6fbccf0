using Microsoft.Extensions.Time.Testing;
using MuxChat.Server.Hosting;
using MuxChat.Sockets.Tls;

namespace MuxChat.UnitTests.Server;

/// <summary>The log names a certificate when it is read, and warns as its end comes nearer.</summary>
public sealed class ExpiryWatchTests
{
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = Clocks.Create();

    [Fact]
    public void Certificate_isLoggedWhenRead_andAgainAt30And7And1DaysAndItsEnd()
    {
        var watch = new ExpiryWatch(_lines, _time);
        var certificates = Certificates(days: 90);
        watch.Begin(certificates);
        Assert.Contains("TLS certificate for a.test: valid until ", Assert.Single(_lines.Taken()), StringComparison.Ordinal);
        var warned = new List<string>();
        for (var day = 0; day < 100; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            watch.Check(certificates);
            watch.Check(certificates);
            warned.AddRange(_lines.Taken().Select(line => $"{day + 1}: {line}"));
        }

        Assert.Equal(4, warned.Count);
        Assert.Matches("^60: .*the TLS certificate for a.test expires in 30 days at most", warned[0]);
        Assert.Matches("^83: .*expires in 7 days at most", warned[1]);
        Assert.Matches("^89: .*expires in 1 day at most", warned[2]);
        Assert.Matches("^90: .*has expired at .*: clients refuse it", warned[3]);
    }

    [Fact]
    public void Certificate_thatHasExpiredOrIsNotYetValid_isAWarningWhenRead()
    {
        var watch = new ExpiryWatch(_lines, _time);
        watch.Begin(Certificates(days: -1));
        Assert.Contains("has expired", _lines.Taken()[1], StringComparison.Ordinal);
        var later = Certificates(days: 90, from: 2);
        watch.Begin(later);
        Assert.Contains("is valid only from", _lines.Taken()[1], StringComparison.Ordinal);
        watch.Check(later);
        Assert.Empty(_lines.Taken());
    }

    private TlsCertificates Certificates(int days, int from = -400)
    {
        var (certificate, key) = SelfSignedCertificate.Create(["a.test"], _time.GetUtcNow().AddDays(from), _time.GetUtcNow().AddDays(days));
        return new TlsCertificates([TlsCertificate.TryRead(certificate, key, out _)!]);
    }
}
