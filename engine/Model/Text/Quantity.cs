using System.Globalization;

namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>Numbers in messages and reports: grouped thousands, singular and plural.</summary>
public static class Quantity
{
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 user</c>, <c>1,024 users</c>.</summary>
    public static string Of(long number, string one, string? many = null) => $"{Of(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary><c>44 s</c>, <c>12 min</c>, <c>3 h 20 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0) return "?";
        long whole = (long)Math.Ceiling(Math.Min(seconds, 1e12));
        if (whole < 120) return $"{whole} s";
        long minutes = (whole + 59) / 60;
        return minutes < 120 ? $"{minutes} min" : $"{Of(minutes / 60)} h {minutes % 60} min";
    }
}
