using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Records;

/// <summary>Writes that someone wants to make, before the first of them leaves.</summary>
/// <param name="TenantId">Tenant id, ignoring case.</param>
/// <param name="Actor">Who: a key's name, or a person.</param>
/// <param name="Writes">How many.</param>
/// <param name="At">When.</param>
/// <param name="Budgets">What may happen at most.</param>
public sealed record WindowClaim(string TenantId, string Actor, AppliedWrites Writes, DateTimeOffset At, ImmutableArray<WindowBudget> Budgets);

/// <summary>What was granted; to be given back as far as it is not used.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Shares">What was taken from openings.</param>
public sealed record WindowGrant(WindowClaim Claim, ImmutableArray<OpeningShare> Shares);

/// <summary>A number taken from an opening.</summary>
public readonly record struct OpeningShare(string OpeningId, WindowMeasure Measure, long Number);

/// <summary>Answer to a claim.</summary>
public abstract record WindowAnswer
{
    private WindowAnswer()
    {
    }

    /// <summary>Counted from now on.</summary>
    public sealed record Granted(WindowGrant Grant) : WindowAnswer;

    /// <summary>Nothing was counted.</summary>
    public sealed record Refused(WindowRefusal Refusal) : WindowAnswer;
}

/// <summary>Why a claim was refused.</summary>
/// <param name="Budget">The budget that is broken most.</param>
/// <param name="Used">How many happened in its window before.</param>
/// <param name="Asked">How many were claimed.</param>
/// <param name="Opened">How many an approver has opened that are not used up.</param>
public sealed record WindowRefusal(WindowBudget Budget, long Used, long Asked, long Opened)
{
    /// <summary>What, where, why and what to do next.</summary>
    public string Message =>
        FormattableString.Invariant($"{Budget.Measure.Guardrail()} allows {Budget.Most:N0} within {Budget.Span.Name()} for ")
        + FormattableString.Invariant($"{(Budget.Scope == WindowScope.Tenant ? "the tenant" : "one key")}; ")
        + FormattableString.Invariant($"{Used:N0} were made, {Asked:N0} more were requested. ")
        + "Nothing was written. Check what sends these changes first; if they are intended, an approver can open the limit with 'provision approve' "
        + FormattableString.Invariant($"and --allow {Budget.Measure.AllowKey()}=NUMBER.");
}

/// <summary>An approver lets more happen than the limits allow, up to a number and a time.</summary>
/// <param name="OpeningId">Its id.</param>
/// <param name="TenantId">Tenant id, ignoring case.</param>
/// <param name="Measure">What.</param>
/// <param name="Number">How many beyond the limits.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when, exclusive.</param>
/// <param name="Approver">Who opened it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Used">How many were taken of it.</param>
public sealed record LimitOverride(
    string OpeningId, string TenantId, WindowMeasure Measure, long Number, DateTimeOffset From,
    DateTimeOffset Until, string Approver, string Reason, long Used = 0)
{
    public long Left => Math.Max(0, Number - Used);

    public bool IsOpen(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>What happened in the windows that end now.</summary>
public sealed record WindowUse(AppliedWrites Hour, AppliedWrites Day, AppliedWrites Week)
{
    public static WindowUse None { get; } = new(AppliedWrites.None, AppliedWrites.None, AppliedWrites.None);

    public AppliedWrites this[WindowSpan span] => span switch
    {
        WindowSpan.Hour => Hour,
        WindowSpan.Day => Day,
        WindowSpan.Week => Week,
    };
}
