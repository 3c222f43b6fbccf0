using Microsoft.Extensions.Logging;

namespace MuxChat.Server.Logging;

/// <summary>All messages of the log, one line per event. The server never logs a line of chat.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "serving with {Io}: at most {Clients:client}, room {Room}")]
    public static partial void Serving(this ILogger logger, string io, Amount clients, string room);

    [LoggerMessage(2, LogLevel.Debug, "accepted {Remote}, now {Clients:client}")]
    public static partial void Accepted(this ILogger logger, string remote, Amount clients);

    [LoggerMessage(3, LogLevel.Debug, "closed {Remote} ({Nick}): {Reason}, now {Clients:client}")]
    public static partial void Closed(this ILogger logger, string remote, string nick, string reason, Amount clients);

    [LoggerMessage(4, LogLevel.Information,
        "cut {Remote} ({Nick}) as a slow consumer: {Bytes:byte} queued, now {Clients:client}{Suppressed}")]
    public static partial void CutSlowConsumer(this ILogger logger, string remote, string nick,
        Amount bytes, Amount clients, Suppressed suppressed);

    [LoggerMessage(5, LogLevel.Warning, "full: turned {Remote} away, {Clients:client}{Suppressed}")]
    public static partial void TurnedAway(this ILogger logger, string remote, Amount clients, Suppressed suppressed);

    [LoggerMessage(6, LogLevel.Warning,
        "out of descriptors: not accepting for {PauseMs} ms, {Clients:client}{Suppressed}")]
    public static partial void AcceptPaused(this ILogger logger, int pauseMs, Amount clients, Suppressed suppressed);

    [LoggerMessage(7, LogLevel.Information, "stopping: saying goodbye to {Clients:client}")]
    public static partial void Draining(this ILogger logger, Amount clients);

    [LoggerMessage(8, LogLevel.Information, "stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(27, LogLevel.Warning, "{Path} could not be written, so bans of hosts end when the server stops: {Why}")]
    public static partial void HostKeyNotKept(this ILogger logger, string path, string why);

    [LoggerMessage(26, LogLevel.Information,
        "server operator {Nick} from {Remote} changed {Room}: {Modes}")]
    public static partial void Overrode(this ILogger logger, string nick, string remote, string room, string modes);

    [LoggerMessage(24, LogLevel.Error, "stopped, but {Events:event} of rooms could not be stored and got lost; {Why}")]
    public static partial void StoppedNotStored(this ILogger logger, Amount events, string why);

    [LoggerMessage(64, LogLevel.Information,
        "{Nick} from {Remote} ran {Command}: {Outcome} after {DurationMs} ms, {Bytes:byte}{Suppressed}")]
    public static partial void CommandRan(this ILogger logger, string nick, string remote, string command, string outcome,
        long durationMs, Amount bytes, Suppressed suppressed);

    [LoggerMessage(9, LogLevel.Warning, "a second signal: stopping at once")]
    public static partial void StoppingAtOnce(this ILogger logger);

    [LoggerMessage(10, LogLevel.Warning, "skipped {Address}: {Reason}")]
    public static partial void AddressSkipped(this ILogger logger, string address, string reason);

    [LoggerMessage(11, LogLevel.Warning, "--max-clients is lowered from {Asked} to {Max}, because the limit is {Descriptors:descriptor}")]
    public static partial void ClientsLowered(this ILogger logger, int asked, Amount descriptors, int max);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "cut {Remote} ({Nick}): queued output over the server limit; this client had the most, {Bytes:byte}, now {Clients:client}{Suppressed}")]
    public static partial void CutForOutputCap(this ILogger logger, string remote, string nick,
        Amount bytes, Amount clients, Suppressed suppressed);

    [LoggerMessage(13, LogLevel.Warning, "turned {Remote} away: its address {Why}{Suppressed}")]
    public static partial void RefusedAddress(this ILogger logger, string remote, string why, Suppressed suppressed);

    [LoggerMessage(14, LogLevel.Information,
        "cut {Remote} ({Nick}): wrong password, now {Clients:client}{Suppressed}")]
    public static partial void CutForPassword(this ILogger logger, string remote, string nick,
        Amount clients, Suppressed suppressed);

    [LoggerMessage(15, LogLevel.Information,
        "{Nick} from {Remote} gave the password of server operator {Name}{Suppressed}")]
    public static partial void BecameOperator(this ILogger logger, string nick, string remote, string name, Suppressed suppressed);

    [LoggerMessage(16, LogLevel.Warning,
        "{Nick} from {Remote} gave a wrong password for server operator {Name}{Suppressed}")]
    public static partial void WrongOperator(this ILogger logger, string nick, string remote, string name, Suppressed suppressed);

    [LoggerMessage(17, LogLevel.Information,
        "server operator {Nick} from {Remote} killed {Victim}{Suppressed}")]
    public static partial void Killed(this ILogger logger, string nick, string remote, string victim, Suppressed suppressed);

    [LoggerMessage(18, LogLevel.Information,
        "{Nick} from {Remote} asked to read the server's files again: {Outcome}{Suppressed}")]
    public static partial void Rehashed(this ILogger logger, string nick, string remote, string outcome, Suppressed suppressed);

    [LoggerMessage(47, LogLevel.Information, "SIGHUP: the server's files were read again: {Outcome}")]
    public static partial void ReadAgain(this ILogger logger, string outcome);

    [LoggerMessage(48, LogLevel.Warning, "SIGHUP: not all of the server's files could be read again: {Outcome}")]
    public static partial void NotReadAgain(this ILogger logger, string outcome);

    [LoggerMessage(49, LogLevel.Information, "TLS certificate for {Name}: valid until {Until:yyyy-MM-dd HH:mm} UTC")]
    public static partial void CertificateRead(this ILogger logger, string name, DateTime until);

    [LoggerMessage(50, LogLevel.Warning, "the TLS certificate for {Name} expires in {Days:day} at most, at {Until:yyyy-MM-dd HH:mm} UTC")]
    public static partial void CertificateExpires(this ILogger logger, string name, DateTime until, Amount days);

    [LoggerMessage(51, LogLevel.Error, "the TLS certificate for {Name} has expired at {Until:yyyy-MM-dd HH:mm} UTC: clients refuse it")]
    public static partial void CertificateExpired(this ILogger logger, string name, DateTime until);

    [LoggerMessage(52, LogLevel.Warning,
        "the TLS certificate for {Name} is valid only from {From:yyyy-MM-dd HH:mm} UTC: clients refuse it")]
    public static partial void CertificateNotYetValid(this ILogger logger, string name, DateTime from);

    [LoggerMessage(29, LogLevel.Information,
        "{Nick} from {Remote} is a server operator by --oper-uid {User}{Suppressed}")]
    public static partial void IsOperatorByUser(this ILogger logger, string nick, string remote, string user, Suppressed suppressed);

    [LoggerMessage(61, LogLevel.Warning, "gateway {Remote} gave a wrong password with WEBIRC{Suppressed}")]
    public static partial void WrongGateway(this ILogger logger, string remote, Suppressed suppressed);

    [LoggerMessage(62, LogLevel.Warning,
        "cut {Remote}: it sent WEBIRC, which only a --gateway may send, whole and as its first command{Suppressed}")]
    public static partial void GatewayRefused(this ILogger logger, string remote, Suppressed suppressed);

    [LoggerMessage(63, LogLevel.Warning,
        "turned {Remote} away: it sent a PROXY header, and --proxy-from does not list its address{Suppressed}")]
    public static partial void ProxyNotListed(this ILogger logger, string remote, Suppressed suppressed);

    [LoggerMessage(42, LogLevel.Warning, "dropped a datagram that says it is from {Remote}, which {Why}{Suppressed}")]
    public static partial void DatagramDropped(this ILogger logger, string remote, string why, Suppressed suppressed);

    [LoggerMessage(45, LogLevel.Warning,
        "a UDP socket failed in every call: not receiving for {PauseMs} ms{Suppressed}")]
    public static partial void DatagramsPaused(this ILogger logger, int pauseMs, Suppressed suppressed);

    [LoggerMessage(43, LogLevel.Information, "{Address} takes IPv6 only: for IPv4 add ?ipv4=on, or another --listen")]
    public static partial void TakesIPv6Only(this ILogger logger, string address);

    [LoggerMessage(44, LogLevel.Information, "{Address} takes IPv4 too")]
    public static partial void TakesIPv4Too(this ILogger logger, string address);

    [LoggerMessage(19, LogLevel.Error,
        "internal error {Number} while {Doing}: this is a bug in MuxChat, please report it{Suppressed}")]
    public static partial void InternalError(this ILogger logger, Exception error, long number, string doing, Suppressed suppressed);

    [LoggerMessage(46, LogLevel.Information, "the connection of {Remote} did not open: {Why}{Suppressed}")]
    public static partial void NotOpened(this ILogger logger, string remote, string why, Suppressed suppressed);

    [LoggerMessage(25, LogLevel.Warning, "{Variable} is ignored: no option has this variable; the closest is {Nearest}")]
    public static partial void VariableIgnored(this ILogger logger, string variable, string nearest);

    [LoggerMessage(28, LogLevel.Warning, "--motd has {Lines:line}: the first {Shown} are shown")]
    public static partial void MotdCut(this ILogger logger, Amount lines, int shown);

    [LoggerMessage(30, LogLevel.Information,
        "journal in {Directory}: {Events:event} in {Segments:segment}, {Restored} of them remembered, last end {Ending}")]
    public static partial void JournalOpened(this ILogger logger, string directory, Amount events,
        Amount segments, long restored, string ending);

    [LoggerMessage(31, LogLevel.Warning, "journal: cut {Bytes:byte} off the end of {Path}, at byte {Offset}: {Reason}")]
    public static partial void JournalTailCut(this ILogger logger, string path, long offset, Amount bytes, string reason);

    [LoggerMessage(32, LogLevel.Information, "journal: rebuilt the index of {Path}: {Reason}")]
    public static partial void JournalIndexRebuilt(this ILogger logger, string path, string reason);

    [LoggerMessage(33, LogLevel.Critical,
        "THE JOURNAL FAILED: {Path}: {Message}. Nothing is stored or acknowledged from now on; people can still talk. "
            + "Restart the server with a disk that works")]
    public static partial void JournalFailed(this ILogger logger, string path, string message);

    [LoggerMessage(
        34,
        LogLevel.Critical,
        "THE DISK IS FULL: {Path}: {Message}. Nothing is stored or acknowledged until it has space; people "
        + "can still talk{Suppressed}")]
    public static partial void JournalFull(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(
        35,
        LogLevel.Warning,
        "journal: the disk has space again, writing to {Path}{Suppressed}")]
    public static partial void JournalResumed(this ILogger logger, string path, Suppressed suppressed);

    [LoggerMessage(
        36,
        LogLevel.Information,
        "journal: deleted {Path} ({Bytes:byte}): over --retain-mb or --retain-days{Suppressed}")]
    public static partial void JournalSegmentDeleted(this ILogger logger, string path, Amount bytes, Suppressed suppressed);

    [LoggerMessage(37, LogLevel.Warning, "journal: {Path}: {Message}{Suppressed}")]
    public static partial void JournalHousekeepingFailed(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(38, LogLevel.Warning,
        "journal: the disk is too slow, with {Bytes:byte} waiting; senders are slowed down{Suppressed}")]
    public static partial void JournalFellBehind(this ILogger logger, Amount bytes, Suppressed suppressed);

    [LoggerMessage(
        39,
        LogLevel.Error,
        "journal: waiting for the disk with {Bytes:byte}, so new events are not stored{Suppressed}")]
    public static partial void JournalBacklogFull(this ILogger logger, Amount bytes, Suppressed suppressed);

    [LoggerMessage(41, LogLevel.Error, "stopped, but the last events may not be stored: the disk did not answer within {Seconds} s")]
    public static partial void JournalNotClosed(this ILogger logger, double seconds);

    [LoggerMessage(40, LogLevel.Information, "journal: the disk has caught up{Suppressed}")]
    public static partial void JournalCaughtUp(this ILogger logger, Suppressed suppressed);

    [LoggerMessage(70, LogLevel.Information, "shared files in {Place}: {Files:file}, {Bytes:byte}")]
    public static partial void FilesOpened(this ILogger logger, string place, Amount files, Amount bytes);

    [LoggerMessage(71, LogLevel.Information, "shared files: removed {Files:file} that the last server had not finished")]
    public static partial void UnfinishedFilesRemoved(this ILogger logger, Amount files);

    [LoggerMessage(72, LogLevel.Warning, "shared files: {Path} is not served: {Reason}{Suppressed}")]
    public static partial void FileNotServed(this ILogger logger, string path, string reason, Suppressed suppressed);

    [LoggerMessage(73, LogLevel.Error, "shared files: THE DISK IS FULL: {Path}: {Message}. The upload failed{Suppressed}")]
    public static partial void FilesFull(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(74, LogLevel.Error, "shared files: {Path} could not be stored, and the upload failed: {Message}{Suppressed}")]
    public static partial void FileNotStored(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(75, LogLevel.Error, "shared files: {Path} could not be read: {Message}{Suppressed}")]
    public static partial void FileNotRead(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(76, LogLevel.Warning, "shared files: {Path} could not be removed; it is not served, and tried again: {Message}{Suppressed}")]
    public static partial void FileNotRemoved(this ILogger logger, string path, string message, Suppressed suppressed);

    [LoggerMessage(77, LogLevel.Warning,
        "stopped, but uploads and removals of shared files may be unfinished: the disk did not answer within {Seconds} s")]
    public static partial void FilesNotClosed(this ILogger logger, double seconds);
}
