using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>A user who ended a run with fewer usable methods than before.</summary>
/// <param name="User">The user of the run.</param>
/// <param name="Left">The methods that are left.</param>
public sealed record FewerMethods(RunUser User, MethodsLeft Left)
{
    /// <summary>Null for users who have as many as before, or more.</summary>
    public static FewerMethods? From(RunUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Planned.Plan.Operations.IsEmpty) return null;
        MethodsLeft left = MethodsLeft.From(user);
        return left.IsFewer ? new FewerMethods(user, left) : null;
    }

    /// <summary>Whether <c>undo</c> can bring back what an operation took; otherwise the person registers it again.</summary>
    public static bool IsRestorable(Operation operation) => operation is Operation.DeletePhone { Before.Unreadable: null };
}
