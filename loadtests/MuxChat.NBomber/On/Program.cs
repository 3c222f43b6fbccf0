using MuxChat.NBomber;

return NBomberCommandLine.Run(args);
