using MuxChat.LoadTests;

return LoadCommandLine.Run(args, Console.Out, Console.Error);
