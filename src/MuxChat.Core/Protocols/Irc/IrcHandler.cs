using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Carries one command out and answers it.</summary>
internal delegate CommandResult IrcHandler(IrcDialogue client, in IrcMessage message);
