namespace MuxChat.LoadTests.Prices;

/// <summary>What one command took.</summary>
/// <param name="Total">Processor time of all of it.</param>
/// <param name="LongestTick">The same of the longest tick of it: so long others waited.</param>
/// <param name="AnswerBytes">Bytes that its client was sent.</param>
/// <param name="Price">What it cost of the flood budget.</param>
internal readonly record struct CommandCost(TimeSpan Total, TimeSpan LongestTick, long AnswerBytes, int Price);
