namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// The numeric replies that the server sends. The names are those of RFC 1459 (section 6), else of
/// RFC 2812 (section 5), else of modern.ircdocs.horse.
/// </summary>
internal static class IrcNumeric
{
    // RFC 2812, 5.1.
    public const int Welcome = 1;
    public const int YourHost = 2;
    public const int Created = 3;
    public const int MyInfo = 4;

    // modern.ircdocs.horse, "RPL_ISUPPORT".
    public const int ISupport = 5;

    // RFC 1459, 6.2.
    public const int EndOfStats = 219;
    public const int UModeIs = 221;
    public const int StatsUptime = 242;
    public const int LUserClient = 251;
    public const int LUserOp = 252;
    public const int LUserChannels = 254;
    public const int LUserMe = 255;
    public const int AdminMe = 256;
    public const int AdminLoc1 = 257;
    public const int AdminEmail = 259;
    public const int TryAgain = 263;
    public const int Away = 301;
    public const int UserHost = 302;
    public const int IsOn = 303;
    public const int UnAway = 305;
    public const int NowAway = 306;
    public const int WhoIsUser = 311;
    public const int WhoIsServer = 312;
    public const int WhoIsOperator = 313;
    public const int WhoWasUser = 314;
    public const int EndOfWho = 315;
    public const int WhoIsIdle = 317;
    public const int EndOfWhoIs = 318;
    public const int WhoIsChannels = 319;
    public const int ListStart = 321;
    public const int List = 322;
    public const int ListEnd = 323;
    public const int ChannelModeIs = 324;
    public const int NoTopic = 331;
    public const int Topic = 332;
    public const int Inviting = 341;
    public const int InviteList = 346;
    public const int EndOfInviteList = 347;
    public const int ExceptList = 348;
    public const int EndOfExceptList = 349;
    public const int Version = 351;
    public const int WhoReply = 352;
    public const int NameReply = 353;
    public const int LinksReply = 364;
    public const int EndOfLinks = 365;
    public const int EndOfNames = 366;
    public const int BanList = 367;
    public const int EndOfBanList = 368;
    public const int EndOfWhoWas = 369;
    public const int Info = 371;
    public const int Motd = 372;
    public const int EndOfInfo = 374;
    public const int MotdStart = 375;
    public const int EndOfMotd = 376;
    public const int Rehashing = 382;
    public const int Time = 391;

    // IRCv3, WHOX.
    public const int WhoSpecialReply = 354;

    // modern.ircdocs.horse.
    public const int LocalUsers = 265;
    public const int GlobalUsers = 266;
    public const int CreationTime = 329;
    public const int TopicWhoTime = 333;
    public const int InvitedTo = 336;
    public const int EndOfInvitedTo = 337;
    public const int WhoIsHost = 378;

    public const int WhoIsCertificate = 276;
    public const int WhoIsSecure = 671;

    // IRCv3, bot mode.
    public const int WhoIsBot = 335;

    // RFC 1459, 6.1.
    public const int NoSuchNick = 401;
    public const int NoSuchChannel = 403;
    public const int CannotSendToChannel = 404;
    public const int TooManyChannels = 405;
    public const int WasNoSuchNick = 406;
    public const int TooManyTargets = 407;
    public const int NoRecipient = 411;
    public const int NoTextToSend = 412;
    public const int InputTooLong = 417;
    public const int UnknownCommand = 421;
    public const int NoMotd = 422;
    public const int NoNicknameGiven = 431;
    public const int ErroneousNickname = 432;
    public const int NicknameInUse = 433;
    public const int UserNotInChannel = 441;
    public const int NotOnChannel = 442;
    public const int UserOnChannel = 443;
    public const int NotRegistered = 451;
    public const int NeedMoreParams = 461;
    public const int AlreadyRegistered = 462;
    public const int PasswordMismatch = 464;
    public const int ChannelIsFull = 471;
    public const int UnknownMode = 472;
    public const int InviteOnlyChan = 473;
    public const int BannedFromChan = 474;
    public const int BadChannelKey = 475;
    public const int BanListFull = 478;
    public const int NoPrivileges = 481;
    public const int ChanOpPrivsNeeded = 482;
    public const int CantKillServer = 483;
    public const int NoOperHost = 491;
    public const int UModeUnknownFlag = 501;
    public const int UsersDontMatch = 502;

    // RFC 2812, 5.2.
    public const int UnavailableResource = 437;

    // The same number has a second meaning in Bahamut, ircu, Hybrid and UnrealIRCd: the nick may not be changed.
    public const int BanNickChange = 437;

    // IRCnet, Charybdis.
    public const int TooManyMatches = 416;

    // IRCv3, capability negotiation.
    public const int InvalidCapCommand = 410;

    // modern.ircdocs.horse, "MODE".
    public const int InvalidModeParam = 696;

    // IRCv3, MONITOR.
    public const int MonOnline = 730;
    public const int MonOffline = 731;
    public const int MonList = 732;
    public const int EndOfMonList = 733;
    public const int MonListFull = 734;

    // modern.ircdocs.horse, "HELP".
    public const int HelpNotFound = 524;
    public const int HelpStart = 704;
    public const int HelpText = 705;
    public const int EndOfHelp = 706;
}
