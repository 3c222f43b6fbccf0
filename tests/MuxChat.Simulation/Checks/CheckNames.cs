using System.Reflection;

namespace MuxChat.Simulation.Checks;

/// <summary>The names of the checks, as a failing seed prints them.</summary>
internal static class CheckNames
{
    /// <summary>
    /// Every member sees a contiguous part of its room's one log, in the log's order; across rooms in the order things happened.
    /// </summary>
    public const string Views = "views";

    /// <summary>Nobody hears what he said himself, and on lines, that he joined.</summary>
    public const string Echo = "echo";

    /// <summary>What a receiver's own parser sees is well formed and was sent by somebody: nothing is forged, cut or mixed.</summary>
    public const string Injection = "injection";

    /// <summary>The log itself: numbers without gaps, only what its author sent, once, in order, by a member, under its own nick.</summary>
    public const string Log = "log";

    /// <summary>Who hears a room is who is in it, for the chat, for the log, and for the member itself.</summary>
    public const string Membership = "membership";

    /// <summary>Each request is answered once, in order, and after everything that happened before.</summary>
    public const string Answers = "answers";

    /// <summary>Private messages come once, in order, from whom they were sent to whom they were sent.</summary>
    public const string Messages = "messages";

    /// <summary>What is queued and held stays within the limits.</summary>
    public const string Limits = "limits";

    /// <summary>What is counted is what there is: bytes of outboxes, references of segments, segments lent.</summary>
    public const string Sums = "sums";

    /// <summary>A connection is watched for writing exactly while output waits.</summary>
    public const string Interest = "interest";

    /// <summary>What is registered with the network are the connections that live, each under its own token.</summary>
    public const string Registration = "registration";

    /// <summary>What is ready is served within a few ticks.</summary>
    public const string Served = "served";

    /// <summary>A connection that is doomed or closed is not used, and none is closed before the end of a tick.</summary>
    public const string Doomed = "doomed";

    /// <summary>Time does not go by while there is work that could be done.</summary>
    public const string Time = "time";

    /// <summary>No tick without progress, again and again.</summary>
    public const string Progress = "progress";

    /// <summary>What is due at a time is done in the first tick at or after it.</summary>
    public const string Deadlines = "deadlines";

    /// <summary>How a room stands goes to the journal when it changes, and comes back at a start as it was promised.</summary>
    public const string Standings = "standings";

    /// <summary>Nobody says more than flood control allows.</summary>
    public const string Flood = "flood";

    /// <summary>A connection ends for the reason that is told, and who ends in order gets the last byte.</summary>
    public const string Ending = "ending";

    /// <summary>When the faults stop, everyone who is left is served to the end.</summary>
    public const string Convergence = "convergence";

    /// <summary>
    /// A room that is forgotten, or whose last life did not end well, goes on in an epoch that there never was; any other keeps its own.
    /// Epoch and number never name two events, in all lives of the server.
    /// </summary>
    public const string Epochs = "epochs";

    /// <summary>
    /// What is acknowledged is as durable as was promised, at the moment the answer is sent; what is not stored is said not to be.
    /// </summary>
    public const string Durability = "durability";

    /// <summary>A start gives back what was acknowledged before, and nothing but what was published.</summary>
    public const string Restart = "restart";

    /// <summary>
    /// The journal's directory holds what was to be kept, an index for each segment that is sealed, and nothing that was left over.
    /// </summary>
    public const string Housekeeping = "housekeeping";

    /// <summary>
    /// A repair keeps every whole event of a damaged journal, and the journal opens afterwards, also when the
    /// repair was cut short and run again.
    /// </summary>
    public const string Repair = "repair";

    /// <summary>Pages of the past are what happened, without a gap, and as much of it as was asked for and is held.</summary>
    public const string History = "history";

    /// <summary>Who resumes is sent exactly what it missed, or told that not all of it is held.</summary>
    public const string Resume = "resume";

    /// <summary>A newcomer on lines is shown what was said last.</summary>
    public const string Replay = "replay";

    /// <summary>What is said is delivered at once, whatever the disk does.</summary>
    public const string Live = "live";

    /// <summary>
    /// On IRC: who has said all that is needed is in, under its nick, and nobody else. In every protocol: nobody is in who has not given
    /// the server's password, where there is one.
    /// </summary>
    public const string Login = "login";

    /// <summary>On IRC: nobody is sent what belongs to a capability that it did not ask for, and everybody what does.</summary>
    public const string Tags = "tags";

    /// <summary>On IRC: a text that is too long for a line comes in pieces that join to the text, cut where no more fits.</summary>
    public const string Pieces = "pieces";

    /// <summary>On IRC: of the nicks that a client watches it is told each coming and going, in order, and nothing else.</summary>
    public const string Monitor = "monitor";

    /// <summary>On IRC: a page of the past that was asked for is what the room remembers of it, all of it, once, and in order.</summary>
    public const string ChatHistory = "chathistory";

    /// <summary>
    /// On IRC: each request with a label has one answer, which has it, and nothing else has; no line belongs to a batch that is not open.
    /// </summary>
    public const string Labels = "labels";

    /// <summary>Who comes from an address that has too many connections, or makes too many, is turned away, and nobody else.</summary>
    public const string Addresses = "addresses";

    /// <summary>
    /// Who is hit by a mistake of the program pays for it, alone. An event that a wire format cannot encode is missed by its readers,
    /// and they are told.
    /// </summary>
    public const string Firewall = "firewall";

    /// <summary>
    /// Nobody does what the room's rules, or the server's, do not let it do: speak, set the topic, enter, change modes, invite, put
    /// others out, disconnect others.
    /// </summary>
    public const string Rights = "rights";

    /// <summary>Nobody is refused what it may do at any time since it asked, and nothing that it may do is lost.</summary>
    public const string Refusals = "refusals";

    /// <summary>
    /// How a room stands is what its events made of it: modes, key, limit, masks, who is an operator or has a voice, who is invited.
    /// </summary>
    public const string Standing = "standing";

    /// <summary>
    /// Each datagram that is read has one outcome: it is answered by itself in capitals, said once in its room, or dropped for a reason
    /// that is true. No more of an address are handled than its rate allows, and no fewer.
    /// </summary>
    public const string Datagrams = "datagrams";

    /// <summary>
    /// Nobody is greeted or heard before its channel has opened. No channel takes longer than it may, and no tick moves on more than it
    /// may. Each opens, fails, is late or is gone, and that is true.
    /// </summary>
    public const string Opening = "opening";

    /// <summary>
    /// A cipher is read with space for a whole record, what it holds is sent before the end, and all that was written to it is heard.
    /// </summary>
    public const string Cipher = "cipher";

    /// <summary>
    /// A file is announced once, after it is stored whole, and read as it was sent. A file that a room remembers after a start is there,
    /// unless it was removed. Only the oldest go, and only for want of room. Nothing of a failed upload is ever seen.
    /// </summary>
    public const string Files = "files";

    /// <summary>
    /// A program runs once, if it may, and its output comes whole: each stream in its order, then the end. Who is gone runs nothing.
    /// </summary>
    public const string Runs = "runs";

    /// <summary>Nothing throws but what the simulation has put in.</summary>
    public const string Exception = "exception";

    /// <summary>The same seed gives the same run.</summary>
    public const string Trace = "trace";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(CheckNames).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!)];
}
