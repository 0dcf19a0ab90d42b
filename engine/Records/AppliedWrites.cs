namespace ProvisioningConnector.Engine.Records;

/// <summary>Numbers of writes that count against limits over time. What may have been applied counts as applied.</summary>
public sealed record AppliedWrites(long Add = 0, long Update = 0, long Delete = 0, long LastPhone = 0)
{
    public static AppliedWrites None { get; } = new();

    public AppliedWrites Plus(AppliedWrites other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Add + other.Add, Update + other.Update, Delete + other.Delete, LastPhone + other.LastPhone);
    }
}

/// <summary>What a run applied within one hour of the clock.</summary>
/// <param name="Latest">When the last of them was sent.</param>
/// <param name="Writes">How many.</param>
public sealed record AppliedHour(DateTimeOffset Latest, AppliedWrites Writes);
