using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>One write to the tenant, for one user. A closed family; each kind knows its action and its part.</summary>
public abstract record Operation(Reason Reason)
{
    public abstract OperationAction Action { get; }

    public abstract Part Part { get; }

    /// <summary>The slot that gets a number; null for all other operations.</summary>
    public PhoneType? Writes => this switch
    {
        AddPhone add => add.Slot,
        UpdatePhone update => update.Slot,
        _ => null,
    };

    /// <summary>Fill an empty slot: <c>POST phoneMethods</c>.</summary>
    public sealed record AddPhone(PhoneType Slot, PhoneNumber Number, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Add;

        public override Part Part => Part.Phones;
    }

    /// <summary>Change the number of an occupied slot in place: <c>PATCH phoneMethods/{slot}</c>.</summary>
    public sealed record UpdatePhone(PhoneType Slot, CurrentSlot Before, PhoneNumber Number, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Update;

        public override Part Part => Part.Phones;
    }

    /// <summary>Empty an occupied slot: <c>DELETE phoneMethods/{slot}</c>.</summary>
    public sealed record DeletePhone(PhoneType Slot, CurrentSlot Before, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Delete;

        public override Part Part => Part.Phones;
    }

    public sealed record AddEmail(string Address, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Add;

        public override Part Part => Part.Email;
    }

    public sealed record UpdateEmail(CurrentEmail Before, string Address, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Update;

        public override Part Part => Part.Email;
    }

    public sealed record DeleteEmail(CurrentEmail Before, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Delete;

        public override Part Part => Part.Email;
    }

    /// <summary>Remove one method of a removable kind from its typed collection (docs/graph.md#other-methods).</summary>
    public sealed record RemoveMethod(AuthenticationMethod Method, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Delete;

        public override Part Part => Parts.From(Method.Kind);
    }

    /// <summary>Switch SMS sign-in of the mobile number on or off; skipped with <c>alreadySo</c> when the service already did it.</summary>
    public sealed record SwitchSmsSignIn(bool On, SmsSignInState Before, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => On ? OperationAction.Enable : OperationAction.Disable;

        public override Part Part => Part.SmsSignIn;
    }

    /// <summary>
    /// Set the default method: beta <c>PATCH signInPreferences</c>. With <see cref="Reason.DefaultMayMove"/> it is conditional:
    /// skipped with <c>alreadySo</c> when the default did not move.
    /// </summary>
    public sealed record Prefer(DefaultMethod Before, PreferredMethod Method, Reason Reason, Part ForPart) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Prefer;

        /// <summary>The part that needs the switch: <see cref="Part.PreferredMethod"/> itself, or the part that deletes or adds.</summary>
        public override Part Part => ForPart;
    }

    /// <summary>
    /// Deactivate a hardware token: beta <c>POST hardwareOathMethods/{id}/deactivate</c>. It may stay assigned to the user (docs/graph.md#other-methods), so
    /// the service's answer is all that shows.
    /// </summary>
    public sealed record DeactivateToken(AuthenticationMethod Method, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Disable;

        public override Part Part => Parts.From(Method.Kind);
    }

    /// <summary>Give the user a temporary access pass: <c>POST temporaryAccessPassMethods</c>; the pass itself never stands in a plan.</summary>
    /// <param name="LifetimeInMinutes">Null: as the tenant's policy sets.</param>
    /// <param name="Once">Null: as the tenant's policy sets.</param>
    /// <param name="Replaces">Id of the pass that the user has now; null for none.</param>
    /// <param name="Reason">Why.</param>
    public sealed record IssuePass(int? LifetimeInMinutes, bool? Once, string? Replaces, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Add;

        public override Part Part => Part.TemporaryAccessPass;
    }

    /// <summary>Put the user into a group: <c>POST groups/{id}/members/$ref</c>. Planned by <c>migrate invite</c> only.</summary>
    public sealed record AddMember(string Group, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Add;

        public override Part Part => Part.Membership;
    }

    /// <summary>Take the user out of a group: <c>DELETE groups/{id}/members/{user}/$ref</c>. Planned by the undo of <c>migrate invite</c> only.</summary>
    public sealed record RemoveMember(string Group, Reason Reason) : Operation(Reason)
    {
        public override OperationAction Action => OperationAction.Delete;

        public override Part Part => Part.Membership;
    }

    /// <summary>Give the user a new password; the password itself never stands in a plan.</summary>
    public sealed record ResetPassword(Reason Reason) : Operation(Reason)
    {
        /// <summary>By which request, and whether the password is chosen or made; null in plans made by versions that did not store it.</summary>
        [JsonPropertyName("wish")]
        public PasswordResetRequest? Request { get; init; }

        public override OperationAction Action => OperationAction.Reset;

        public override Part Part => Part.Password;
    }
}

/// <summary>What an operation does; the keys of <c>summary.operations</c> (docs/documents.md#summary).</summary>
public enum OperationAction : byte
{
    Add,
    Update,
    Delete,
    Enable,
    Disable,
    Prefer,
    Reset,
}

/// <summary>Names of actions in documents.</summary>
public static class OperationActions
{
    public static string Name(this OperationAction action) => action switch
    {
        OperationAction.Add => "add",
        OperationAction.Update => "update",
        OperationAction.Delete => "delete",
        OperationAction.Enable => "enable",
        OperationAction.Disable => "disable",
        OperationAction.Prefer => "prefer",
        OperationAction.Reset => "reset",
    };
}
