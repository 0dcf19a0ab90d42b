using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>A planned user on the way to the writer: still readable.</summary>
internal sealed record StoredUser(long Ordinal, string? Uid, string Situation, byte[] Body, string[] Names)
{
    public static StoredUser From(PlannedUser planned) =>
        new(planned.Row.Ordinal, planned.User?.Uid, planned.Plan.Situation.Name(), Bodies.Body.Write(planned), UserNames.From(planned));
}

/// <summary>What a user is called besides the object id, as keyed digests: a user is found by
/// name though the database does not reveal the names.</summary>
internal static class UserNames
{
    /// <summary>The name in the source, the principal name and the mail address; each once.</summary>
    public static string[] From(PlannedUser user) =>
    [
        .. new[] { user.Row.UserText, user.User?.PrincipalName, user.User?.Mail }.OfType<string>()
            .Select(static name => name.Trim()).Where(static name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Never the same as the digest of an object id.</summary>
    public static byte[] Digest(ValueEncryption vault, string name) => vault.Digest("name " + name);
}
