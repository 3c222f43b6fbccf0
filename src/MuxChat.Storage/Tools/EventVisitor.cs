using MuxChat.Core.Chat.History;

namespace MuxChat.Storage.Tools;

/// <summary>Takes one event of a journal.</summary>
/// <returns>Whether the next one is wanted.</returns>
public delegate bool EventVisitor(in PastEvent past);
