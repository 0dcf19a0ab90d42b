using System.Globalization;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Limits of a number; of a duration in seconds.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most; null: no limit.</param>
/// <param name="IsAbove">Whether it must be above the least.</param>
internal sealed record SettingRange(double Least, double? Most = null, bool IsAbove = false)
{
    public static SettingRange AtLeastOne { get; } = new(1);

    public static SettingRange AboveZero { get; } = new(0, IsAbove: true);

    /// <summary>A part of a whole, more than nothing of it.</summary>
    public static SettingRange Share { get; } = new(0, 1, IsAbove: true);

    /// <summary>Above zero, at most an hour.</summary>
    public static SettingRange UpToAnHour { get; } = new(0, TimeSpan.FromHours(1).TotalSeconds, IsAbove: true);

    public bool Holds(double value) => (IsAbove ? value > Least : value >= Least) && !(value > Most);

    /// <summary>Such as <c>1 to 1000</c>.</summary>
    public string Words() => Words(static value => value.ToString("0.####", CultureInfo.InvariantCulture));

    /// <summary>The same of a duration.</summary>
    public string DurationWords() => Words(static value => value == 0 ? "0" : TimeSpan.FromSeconds(value).ToString("c", CultureInfo.InvariantCulture));

    private string Words(Func<double, string> text) => (IsAbove, Most) switch
    {
        (true, { } most) => $"above {text(Least)}, at most {text(most)}",
        (true, null) => $"above {text(Least)}",
        (false, { } most) => $"{text(Least)} to {text(most)}",
        (false, null) => $"{text(Least)} or more",
    };
}
