using MuxChat.Server;
using MuxChat.Server.Hosting;

return CommandLine.Run(
    args,
    new Surroundings(
        Environment.GetEnvironmentVariable, Console.IsInputRedirected ? Console.OpenStandardInput : null, Console.Out, Console.Error, Host.Run));
