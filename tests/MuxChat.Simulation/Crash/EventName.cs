namespace MuxChat.Simulation.Crash;

/// <summary>What names an event for ever: its room, the room's epoch and its number.</summary>
internal readonly record struct EventName(string Room, long Epoch, long Seq)
{
    public override string ToString() => $"{Room} {Epoch}/{Seq}";
}
