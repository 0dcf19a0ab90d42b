using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The order in which a user is left without methods: the default last, because the service deletes it once it is the only one
/// (docs/graph.md#default-method-and-deletion). alternateMobile cannot outlive mobile; where it is the default, mobile becomes the default first. A pass comes
/// at the very end, because it would be one more method beside the default; without it the person is where everybody is who must register.
/// </summary>
internal static class ClearingOrder
{
    public static ImmutableArray<Operation> Sort(CurrentMethods current, ImmutableArray<Operation> operations)
    {
        ImmutableArray<Operation> passes = [.. operations.Where(o => o is Operation.IssuePass)];
        return [.. Takings(current, operations.RemoveRange(passes)), .. passes];
    }

    private static ImmutableArray<Operation> Takings(CurrentMethods current, ImmutableArray<Operation> operations)
    {
        if (current.Default.Knowledge != DefaultMethodKnowledge.Known) return operations;
        PreferredMethod now = current.Default.Method;
        if (now == PreferredMethod.VoiceAlternateMobile && operations.FirstOrDefault(o => Takes(o, PreferredMethod.VoiceMobile)) is not null)
        {
            int first = operations.IndexOf(operations.First(IsTaking));
            operations = operations.Insert(first,
                new Operation.Prefer(current.Default, PreferredMethod.VoiceMobile, Reason.DefaultWouldBeDeleted, Part.Phones));
            now = PreferredMethod.VoiceMobile;
        }

        return [.. operations.Where(o => !Takes(o, now)), .. operations.Where(o => Takes(o, now))];
    }

    private static bool IsTaking(Operation operation) =>
        operation is Operation.DeletePhone or Operation.RemoveMethod { Method.Kind: not MethodKind.TemporaryAccessPass } or Operation.DeactivateToken;

    private static bool Takes(Operation operation, PreferredMethod method) => operation switch
    {
        Operation.DeletePhone delete => ServiceRules.SlotOf(method) == delete.Slot,
        Operation.RemoveMethod remove => ServiceRules.Serves(remove.Method.Kind, method),
        Operation.DeactivateToken token => ServiceRules.Serves(token.Method.Kind, method),
        _ => false,
    };
}
