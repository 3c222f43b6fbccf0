using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>Limits how many datagrams of one address are handled per second.</summary>
/// <remarks>
/// The memory is fixed, because a sender's address can be forged and so there may be any number of them. An address has one of
/// <see cref="Buckets"/> token buckets, by a keyed hash. Two addresses may share one, and then share its rate.
/// </remarks>
/// <param name="key">Secret and random, so that a sender cannot choose the bucket of another.</param>
internal sealed class AddressRates(ulong key)
{
    /// <summary>The token buckets: 4,096, about 160 KB.</summary>
    public const int Buckets = 4096;

    private readonly TokenBucket[] _buckets = new TokenBucket[Buckets];
    private readonly bool[] _isUsed = new bool[Buckets];

    /// <summary>Whether one more datagram of this address may be handled now. If so, it counts.</summary>
    /// <param name="address">The sender's address.</param>
    /// <param name="perSecond">Datagrams per second, which is also the burst.</param>
    /// <param name="nowMs">The clock's time, in milliseconds.</param>
    public bool TryPass(PeerAddress address, int perSecond, long nowMs)
    {
        var place = AddressPlaces.Find(address, key, Buckets);
        ref var bucket = ref _buckets[place];
        if (!_isUsed[place])
        {
            _isUsed[place] = true;
            bucket = new TokenBucket(perSecond, perSecond, nowMs);
        }

        bucket.SetRate(perSecond, perSecond);
        if (!bucket.IsOpen(nowMs))
        {
            return false;
        }

        bucket.Pass();
        return true;
    }
}
