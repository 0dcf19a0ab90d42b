using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>What a user has after operations that were done and verified: the state the plan was made from, with their effects.</summary>
internal static class AfterOperations
{
    public static CurrentMethods Apply(CurrentMethods before, ImmutableArray<OperationResult> results)
    {
        CurrentMethods after = before;
        foreach (OperationResult result in results)
        {
            if (result.CountsAsDone) after = Apply(after, result.Operation);
        }

        return after;
    }

    private static CurrentMethods Apply(CurrentMethods user, Operation operation) => operation switch
    {
        Operation.AddPhone add => user.With(add.Slot, CurrentSlot.From(add.Number)),
        Operation.UpdatePhone update => user.With(update.Slot, CurrentSlot.From(update.Number)),
        Operation.DeletePhone delete => user.With(delete.Slot, CurrentSlot.Empty),
        Operation.AddEmail add => user with { Email = new CurrentEmail(string.Empty, add.Address) },
        Operation.UpdateEmail update => user with { Email = update.Before with { Address = update.Address } },
        Operation.DeleteEmail => user with { Email = null },
        Operation.RemoveMethod remove => Without(user, remove.Method),
        Operation.SwitchSmsSignIn { On: true } => user with { SmsSignIn = SmsSignInState.Ready },
        Operation.SwitchSmsSignIn => user with { SmsSignIn = SmsSignInState.NotEnabled },
        Operation.Prefer prefer => user with { Default = DefaultMethod.From(prefer.Method) },
        Operation.DeactivateToken token => Without(user, token.Method),
        Operation.AddMember add => user with { Membership = new GroupMembership(add.Group, IsMember: true) },
        Operation.RemoveMember remove => user with { Membership = new GroupMembership(remove.Group, IsMember: false) },
        Operation.ResetPassword or Operation.IssuePass => user,
        _ => throw new InvalidOperationException($"An operation is of an unknown kind: {operation.GetType().Name}."),
    };

    private static CurrentMethods Without(CurrentMethods user, AuthenticationMethod method) =>
        user with { Others = [.. user.Others.Where(m => m.Kind != method.Kind || !string.Equals(m.Id, method.Id, StringComparison.OrdinalIgnoreCase))] };
}
