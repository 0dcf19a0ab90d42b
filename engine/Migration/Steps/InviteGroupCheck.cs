using System.Collections.Immutable;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>
/// Whether people may be put into the group of invited people (docs/retirement.md#invite): asked before a plan is made, and again before each write. An answer
/// is believed for <see cref="MaxAge"/>, so that a thousand writes do not ask a thousand times.
/// </summary>
public sealed class InviteGroupCheck
{
    /// <summary>How long what was read of the group is believed.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromMinutes(1);

    private readonly string? _group;
    private readonly Remembered<GroupTraits> _traits;

    /// <param name="groups">Reads the group.</param>
    /// <param name="group">Object id of the group that the configuration names; null: none.</param>
    /// <param name="time">The clock.</param>
    public InviteGroupCheck(IGroupReader groups, string? group, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _group = group;
        _traits = new Remembered<GroupTraits>(
            () => groups.ReadTraitsAsync(group ?? string.Empty, CancellationToken.None).AsTask(), static _ => true, MaxAge, time);
    }

    /// <summary>What speaks against the group; null: nothing.</summary>
    public async ValueTask<string?> ProblemAsync(CancellationToken cancellation)
    {
        if (_group is null) return "The configuration names no group of invited people.";
        ImmutableArray<string> problems = InviteGroupRules.Problems(await _traits.GetAsync(cancellation));
        return problems.IsEmpty ? null : $"The group {_group} must not be used for invitations: {string.Join(' ', problems)}";
    }

    /// <summary>Why a person must not be put into a group now; null: they may.</summary>
    public async ValueTask<HoldReason?> HoldAsync(string group, CancellationToken cancellation)
    {
        if (!string.Equals(group, _group, StringComparison.OrdinalIgnoreCase))
        {
            return Unfit($"The plan is for the group {group}, and Migration:InviteGroup names another one, or none.");
        }

        try
        {
            return await ProblemAsync(cancellation) is { } problem ? Unfit(problem) : null;
        }
        catch (TenantException)
        {
            return Unfit("What the group confers could not be read.");
        }
    }

    private static HoldReason Unfit(string why) =>
        new(HoldCodes.InviteGroupUnfit, Standing: false, $"{why} Use a group that confers nothing else, and plan again.");
}
