using System.Diagnostics;

namespace MuxChat.LoadTests.Yardsticks;

/// <summary>
/// The configuration of each yardstick: one room with thousands of clients from one address, no flood control, nothing written to the disk,
/// no log of lines. Each runs in the foreground.
/// </summary>
internal static class YardstickFiles
{
    private const string Source = "broadcaster.c";

    /// <summary>Compiles the floor.</summary>
    public static IReadOnlyList<string> Floor(YardstickPlace place)
    {
        using var resource = typeof(YardstickFiles).Assembly.GetManifestResourceStream(Source)
            ?? throw new InvalidOperationException($"the program lacks its resource {Source}");
        using var reader = new StreamReader(resource);
        var source = place.Write(Source, reader.ReadToEnd());
        var program = Path.Combine(place.Folder, "floor");
        using var compiler = Process.Start(
            new ProcessStartInfo(place.Program, ["-std=c11", "-O2", "-o", program, source]) { RedirectStandardError = true })
            ?? throw new LoadException($"{place.Program} could not be started");
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0
            ? [program, $"{place.Port}"]
            : throw new LoadException($"--with floor: {place.Program} failed: {errors.ReplaceLineEndings(" ")}");
    }

    public static IReadOnlyList<string> Redis(YardstickPlace place) => [place.Program, place.Write("redis.conf", $"""
        bind 127.0.0.1
        port {place.Port}
        dir {place.Folder}
        daemonize no
        save ""
        appendonly no
        maxclients 100000
        tcp-backlog 4096
        client-output-buffer-limit pubsub 0 0 0
        """)];

    // As root it runs as "nobody". Whatever it logs at a login goes to standard output. The name of the file must not end with .conf: the
    // files of that name in the folder of additions are read again.
    public static IReadOnlyList<string> NgIrcd(YardstickPlace place) => [place.Program, "-n", "-f", place.Write("ngircd", $"""
        [Global]
        Name = yardstick.local
        Info = a yardstick
        MotdPhrase = a yardstick
        Listen = 127.0.0.1
        Ports = {place.Port}
        [Limits]
        MaxConnections = 0
        MaxConnectionsIP = 0
        MaxJoins = 0
        MaxNickLength = 20
        MaxPenaltyTime = 0
        PingTimeout = 86400
        [Options]
        IncludeDir = {place.Folder}
        DNS = no
        Ident = no
        PAM = no
        """)];

    public static IReadOnlyList<string> InspIrcd(YardstickPlace place)
    {
        var file = place.Write("inspircd.conf", $"""
            <server name="yardstick.local" description="a yardstick" network="Yardstick" id="1YD">
            <admin name="a" nick="a" email="a@yardstick.local">
            <bind address="127.0.0.1" port="{place.Port}" type="clients">
            <connect name="all" allow="*" localmax="1000000" globalmax="1000000" limit="1000000" maxconnwarn="no" timeout="600"
                     pingfreq="1d" fakelag="no" threshold="1000000000" commandrate="1000000000" recvq="16M" softsendq="256M"
                     hardsendq="256M" resolvehostnames="no" useident="no">
            <performance netbuffersize="65534" somaxconn="4096" softlimit="1000000" clonesonconnect="no">
            <path configdir="{place.Folder}" datadir="{place.Folder}" logdir="{place.Folder}" runtimedir="{place.Folder}">
            <options casemapping="ascii" defaultmodes="n">
            """);
        string[] asRoot = Environment.IsPrivilegedProcess ? ["--runasroot"] : [];
        return [place.Program, "--nofork", "--nolog", "--nopid", .. asRoot, "--config", file];
    }

    public static IReadOnlyList<string> Nats(YardstickPlace place) => [place.Program, "-c", place.Write("nats.conf", $$"""
        listen: "127.0.0.1:{{place.Port}}"
        max_connections: 1000000
        max_pending: 256MB
        write_deadline: "60s"
        ping_interval: "24h"
        """)];

    // Since version 2.0, max_queued_messages counts messages of QoS 0 too, and the rest is dropped (mosquitto's ChangeLog).
    public static IReadOnlyList<string> Mosquitto(YardstickPlace place) => [place.Program, "-c", place.Write("mosquitto.conf", $"""
        listener {place.Port} 127.0.0.1
        allow_anonymous true
        persistence false
        connection_messages false
        log_dest stderr
        log_type error
        log_type warning
        max_queued_messages 0
        set_tcp_nodelay true
        {(Environment.IsPrivilegedProcess ? "user root" : "")}
        """)];
}
