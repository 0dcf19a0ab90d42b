using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>Compares what a row manages with what the tenant holds, value by value.</summary>
internal static class ManagedValueComparison
{
    /// <summary>Whether the tenant holds a value as the row wants it; what the row does not manage, and what was not read, is as it should be.</summary>
    public static bool IsAsWanted(ManagedValue value, DesiredMethods desired, CurrentMethods current) => value switch
    {
        ManagedValue.Mobile => Comparison.Same(desired.Mobile, current.Mobile),
        ManagedValue.AlternateMobile => Comparison.Same(desired.AlternateMobile, current.AlternateMobile),
        ManagedValue.Office => Comparison.Same(desired.Office, current.Office),
        ManagedValue.Email => current.Unread.HasEmail() || Comparison.Same(desired.Email, current.Email),
        ManagedValue.SmsSignIn => Comparison.IsSmsSignInAsWanted(current, desired),
        ManagedValue.PreferredMethod => desired.Preferred is not { } preferred || current.Default.Knowledge == DefaultMethodKnowledge.NotRead
            || current.Default.Is(preferred),
        ManagedValue.Removals or ManagedValue.RemovalsWanted => !current.Others.Any(m => m.Kind.IsRemovable() && Goal.IsCovered(m, desired.Removals)),
    };
}
