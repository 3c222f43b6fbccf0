namespace MuxChat.Simulation.Fuzz;

/// <summary>Makes a failing input shorter and plainer as long as it still fails.</summary>
internal static class Shrinker
{
    private const int MaxTries = 20_000;
    private const byte Plain = (byte)'a';

    public static byte[] Shrink(byte[] input, Func<byte[], bool> fails)
    {
        var tries = 0;
        bool isShorter;
        do
        {
            isShorter = false;
            for (var part = Math.Max(1, input.Length / 2); part >= 1; part /= 2)
            {
                for (var at = 0; at + part <= input.Length && tries < MaxTries;)
                {
                    byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + part)];
                    tries++;
                    if (fails(shorter))
                    {
                        input = shorter;
                        isShorter = true;
                    }
                    else
                    {
                        at += part;
                    }
                }
            }
        }
        while (isShorter && tries < MaxTries);

        for (var at = 0; at < input.Length && tries < MaxTries; at++, tries++)
        {
            byte[] plainer = [.. input];
            plainer[at] = Plain;
            input = fails(plainer) ? plainer : input;
        }

        return input;
    }
}
