using System.Numerics;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>Spreads addresses over the places of a table of fixed size, by a keyed hash.</summary>
internal static class AddressPlaces
{
    // The multiplier of splitmix64, which mixes all bits (Steele, Lea and Flood, OOPSLA 2014).
    private const ulong Mixer = 0xBF58_476D_1CE4_E5B9;

    /// <summary>Returns the place of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="key">Secret and random, so that a peer cannot choose the place of another.</param>
    /// <param name="places">The number of places: a power of two.</param>
    public static int Find(PeerAddress address, ulong key, int places)
    {
        var bits = (ulong)(address.Prefix >> 64) ^ key;
        bits = (bits ^ (bits >> 31)) * Mixer;
        bits = (bits ^ (ulong)address.Prefix ^ (bits >> 29)) * Mixer;
        return (int)((bits ^ (bits >> 32)) * (key | 1) >> (64 - BitOperations.Log2((uint)places)));
    }
}
