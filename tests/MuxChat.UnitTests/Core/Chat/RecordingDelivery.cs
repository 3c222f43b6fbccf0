using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Delivers at once, to everyone but the one who spoke.</summary>
internal sealed class RecordingDelivery : IDelivery
{
    public int Announcements { get; private set; }

    public IRoomSubscribers CreateSubscribers() => new RecordingSubscribers();

    public void BeginAnnouncement() => Announcements++;

    private sealed class RecordingSubscribers : IRoomSubscribers
    {
        private readonly List<IRecipient> _members = [];

        public void Add(IRecipient recipient)
        {
            Assert.DoesNotContain(recipient, _members);
            _members.Add(recipient);
        }

        public void Remove(IRecipient recipient) => Assert.True(_members.Remove(recipient), "The recipient was not in the room.");

        public int Publish(in ChatEvent chatEvent, IRecipient? actor)
        {
            var reached = 0;
            foreach (var member in _members)
            {
                if (chatEvent.Kind is not (EventKind.Said or EventKind.Acted) || !ReferenceEquals(member, actor))
                {
                    member.Receive(chatEvent);
                    reached++;
                }
            }

            return reached;
        }
    }
}
