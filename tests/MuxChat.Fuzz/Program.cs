return MuxChat.Fuzz.FuzzCommandLine.Run(args, Console.Out, Console.Error);
