namespace MuxChat.Core.Chat.History;

/// <content>The authors of held events, and the removal of their texts and tags.</content>
internal sealed partial class EventLog
{
    /// <summary>Notes the author of the event that was appended last, by <see cref="Person.Number"/>.</summary>
    public void NoteAuthor(uint author)
    {
        if (Count > 0)
        {
            EntryAt(Count - 1).Author = author;
        }
    }

    /// <summary>Returns the author of a held event, by <see cref="Person.Number"/>; 0 for an event of an earlier run.</summary>
    public uint AuthorOf(int index) => EntryAt(index).Author;

    /// <summary>Erases the text and the tags of a held event. Its number, time and nick remain.</summary>
    public void Erase(int index)
    {
        ref var entry = ref EntryAt(index);
        _bytes.AsSpan((int)(entry.At & (_bytes.Length - 1)), entry.Length)[^entry.RestLength..].Clear();
        entry = entry.Erased();
    }
}
