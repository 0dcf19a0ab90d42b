namespace ProvisioningConnector.Engine.Records;

/// <summary>How far back a window reaches. What a run may do once may be done once within the hour,
/// <c>PerDay</c> times within the day, <c>PerWeek</c> times within the week (docs/safety.md#limits-over-time).</summary>
public enum WindowSpan : byte
{
    Hour,
    Day,
    Week,
}

/// <summary>What is counted against a guardrail over time.</summary>
public enum WindowMeasure : byte
{
    /// <summary><c>MaxDeletes</c>.</summary>
    Deletes,

    /// <summary><c>MaxUpdates</c>.</summary>
    Updates,

    /// <summary><c>MaxAdds</c>.</summary>
    Adds,

    /// <summary><c>MaxLastPhone</c>: users losing their last phone.</summary>
    LastPhone,
}

/// <summary>Whose writes are counted together.</summary>
public enum WindowScope : byte
{
    /// <summary>All changes of single users in a tenant.</summary>
    Tenant,

    /// <summary>Those of one key, or one person.</summary>
    Actor,
}

/// <summary>Lengths and names of windows and measures.</summary>
public static class WindowWords
{
    public static TimeSpan Length(this WindowSpan span) => span switch
    {
        WindowSpan.Hour => TimeSpan.FromHours(1),
        WindowSpan.Day => TimeSpan.FromDays(1),
        WindowSpan.Week => TimeSpan.FromDays(7),
    };

    /// <summary>In a message, after "within".</summary>
    public static string Name(this WindowSpan span) => span switch
    {
        WindowSpan.Hour => "1 hour",
        WindowSpan.Day => "24 hours",
        WindowSpan.Week => "7 days",
    };

    /// <summary>The guardrail's name in the configuration.</summary>
    public static string Guardrail(this WindowMeasure measure) => measure switch
    {
        WindowMeasure.Deletes => "MaxDeletes",
        WindowMeasure.Updates => "MaxUpdates",
        WindowMeasure.Adds => "MaxAdds",
        WindowMeasure.LastPhone => "MaxLastPhone",
    };

    /// <summary>The key of <c>--allow</c>.</summary>
    public static string AllowKey(this WindowMeasure measure) => measure switch
    {
        WindowMeasure.Deletes => "deletes",
        WindowMeasure.Updates => "updates",
        WindowMeasure.Adds => "adds",
        WindowMeasure.LastPhone => "lastPhone",
    };

    /// <summary>Reads a key of <c>--allow</c>, ignoring case; false for others.</summary>
    public static bool TryParse(string key, out WindowMeasure measure)
    {
        foreach (WindowMeasure candidate in Enum.GetValues<WindowMeasure>())
        {
            measure = candidate;
            if (string.Equals(key, candidate.AllowKey(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        measure = default;
        return false;
    }
}
