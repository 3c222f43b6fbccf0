return MuxChat.Fuzz.FuzzCommandLine.Run(args);
