using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Planned users from the entries of a full plan: the way back of <see cref="UserEntries"/>.</summary>
internal static class PlannedUsers
{
    /// <exception cref="JsonException">The entry is not one of a full plan.</exception>
    public static PlannedUser Of(UserEntry entry)
    {
        RowEntry row = entry.Row ?? throw new JsonException("A user without 'row': the plan does not hold what applying it needs.");
        DesiredEntry desired = entry.Desired ?? throw new JsonException("A user without 'desired': the plan does not hold what applying it needs.");
        UserKey? key = UserKey.TryParse(entry.User, out UserKey read) ? read : null;
        return new(
            new SourceRow(
                row.Ordinal,
                entry.Place,
                entry.User,
                key,
                DesiredEntries.ToDesired(desired),
                row.AsOf,
                // Entries do not tell the row's diagnostics from the planner's; a row is bad exactly when its user is invalid.
                entry.Situation == Situation.Invalid ? entry.Diagnostics : []),
            row.Account,
            entry.Current is { } current ? CurrentEntries.ToCurrent(current) : null,
            new UserPlan
            {
                Situation = entry.Situation,
                Operations = [.. entry.Operations.Select(PlannedOperations.Of)],
                Held = entry.Held,
                Diagnostics = entry.Diagnostics,
                MethodsBefore = entry.MethodsBefore ?? 0,
                MethodsAfter = entry.MethodsAfter ?? 0,
                LosesLastPhone = entry.LosesLastPhone,
            },
            entry.Privileged);
    }
}
