using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>A planned user on the way to the writer: still readable.</summary>
internal sealed record StoredUser(long Ordinal, string? Uid, string Situation, byte[] Body, string[] Names)
{
    public static StoredUser Of(PlannedUser planned) =>
        new(planned.Row.Ordinal, planned.User?.Uid, planned.Plan.Situation.Name(), Bodies.Body.Write(planned), UserNames.Of(planned));
}
