using MuxChat.Simulation;

return SimCommandLine.Run(args);
