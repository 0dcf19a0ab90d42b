using Microsoft.Graph.Models;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Users;

/// <summary>The registration report: ids of the rows with <c>isAdmin</c>.</summary>
internal static class ReportedAdministrators
{
    /// <summary>A row that does not say whether it is an administrator makes the whole report useless for protection.</summary>
    public static SdkList<UserRegistrationDetails, string> List { get; } = new(UserRegistrationDetails.CreateFromDiscriminatorValue, static (row, uids) =>
    {
        if (row.Id is not { Length: > 0 } uid || row.IsAdmin is not { } isAdmin) return false;
        if (isAdmin) uids.Add(uid);
        return true;
    });
}
