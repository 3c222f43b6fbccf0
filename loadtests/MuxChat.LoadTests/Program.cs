using MuxChat.LoadTests;

return LoadCommandLine.Run(args);
