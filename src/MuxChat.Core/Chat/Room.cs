using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat;

/// <summary>
/// A group of sessions that hear each other. Owned by the hub. Invariant: <see cref="LastSeq"/> grows by one with every event, and every
/// event reaches the members there are at that moment, in that order.
/// </summary>
public sealed class Room
{
    private readonly List<Membership> _members = [];

    internal Room(byte[] name, IAudience audience)
    {
        Name = name;
        Audience = audience;
    }

    /// <summary>The name, with its <c>#</c>, as its first visitor spelled it.</summary>
    public byte[] Name { get; }

    /// <summary>The topic; empty when there is none.</summary>
    public byte[] Topic { get; internal set; } = [];

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long LastSeq { get; private set; }

    /// <summary>How many are in.</summary>
    public int MemberCount => _members.Count;

    internal ReadOnlySpan<Membership> Members => CollectionsMarshal.AsSpan(_members);

    internal IAudience Audience { get; }

    internal void Enter(Membership membership)
    {
        membership.Index = _members.Count;
        _members.Add(membership);
        Audience.Add(membership.Session.Recipient);
    }

    internal void Leave(Membership membership)
    {
        var last = _members[^1];
        _members[membership.Index] = last;
        last.Index = membership.Index;
        _members.RemoveAt(_members.Count - 1);
        Audience.Remove(membership.Session.Recipient);
    }

    internal long NextSeq() => ++LastSeq;
}
