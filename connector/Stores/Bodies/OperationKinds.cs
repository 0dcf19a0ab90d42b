using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>The names under which the kinds of operation are stored. A name, once stored, stays.</summary>
internal static class OperationKinds
{
    public const string Discriminator = "kind";

    public static ImmutableArray<(Type Type, string Name)> All { get; } =
    [
        (typeof(Operation.AddPhone), "addPhone"),
        (typeof(Operation.UpdatePhone), "updatePhone"),
        (typeof(Operation.DeletePhone), "deletePhone"),
        (typeof(Operation.AddEmail), "addEmail"),
        (typeof(Operation.UpdateEmail), "updateEmail"),
        (typeof(Operation.DeleteEmail), "deleteEmail"),
        (typeof(Operation.RemoveMethod), "removeMethod"),
        (typeof(Operation.SwitchSmsSignIn), "switchSmsSignIn"),
        (typeof(Operation.Prefer), "prefer"),
        (typeof(Operation.ResetPassword), "resetPassword"),
        (typeof(Operation.IssuePass), "issuePass"),
        (typeof(Operation.DeactivateToken), "deactivateToken"),
        (typeof(Operation.AddMember), "addMember"),
        (typeof(Operation.RemoveMember), "removeMember"),
    ];

    /// <summary>Teaches the serialiser the family.</summary>
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Type != typeof(Operation)) return;
        JsonPolymorphismOptions family = new() { TypeDiscriminatorPropertyName = Discriminator };
        foreach ((Type kind, string name) in All) family.DerivedTypes.Add(new(kind, name));
        type.PolymorphismOptions = family;
    }
}
