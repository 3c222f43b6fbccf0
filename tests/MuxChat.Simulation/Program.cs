return MuxChat.Simulation.CommandLine.Run(args, Console.Out, Console.Error);
