using System.Globalization;

namespace MuxChat.LoadTests.Measures;

/// <summary>Shows numbers with as many digits as they are good for: three.</summary>
internal static class Numbers
{
    private const int Digits = 3;

    /// <summary>
    /// The number with three significant digits, and commas between thousands: 7,680, 2.41, 0.0512. A small whole number has no fraction.
    /// </summary>
    public static string Show(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1000)
        {
            return value.ToString("0", CultureInfo.InvariantCulture);
        }

        var rounded = Round(value);
        var decimals = rounded == 0 ? 0 : Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))), 0, 6);
        return rounded.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>Microseconds in milliseconds, with three significant digits.</summary>
    public static string Milliseconds(double microseconds) => Show(microseconds / 1000);

    /// <summary>A share in whole percent: 0.914 is 91%.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%";

    /// <summary>The number rounded to three significant digits.</summary>
    public static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var scale = Math.Pow(10, Digits - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale) / scale;
    }
}
