namespace ProvisioningConnector.Engine.Records;

/// <summary>What earlier runs of a tenant applied within the windows of <c>PerDay</c> and <c>PerWeek</c>.</summary>
/// <param name="Day">Within the last 24 hours.</param>
/// <param name="Week">Within the last 7 days.</param>
public sealed record PastWrites(AppliedWrites Day, AppliedWrites Week)
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    internal static readonly TimeSpan OneWeek = TimeSpan.FromDays(7);

    public static PastWrites None { get; } = new(AppliedWrites.None, AppliedWrites.None);

    /// <summary>With what was applied in one more hour, as far as it lies within the windows.</summary>
    public PastWrites Plus(AppliedHour hour, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hour);
        return new(
            hour.Latest > now - OneDay ? Day.Plus(hour.Writes) : Day,
            hour.Latest > now - OneWeek ? Week.Plus(hour.Writes) : Week);
    }
}
