const int Usage = 2;

await Console.Error.WriteLineAsync(
    "NBomber is not compiled in; this turns it on: "
        + "dotnet run -c Release -p:WithNBomber=true --project loadtests/MuxChat.NBomber -- broadcast (docs/LOADTESTS.md)");
return Usage;
