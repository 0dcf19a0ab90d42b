using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>One row with its user, both states and the plan.</summary>
/// <param name="Row">The source row.</param>
/// <param name="User">The directory's user; null when there is none.</param>
/// <param name="Current">The tenant's state the plan was made from; null when it was not read.</param>
/// <param name="Plan">What is to be done.</param>
/// <param name="IsPrivileged">Whether the user holds an active directory role.</param>
public sealed record PlannedUser(
    SourceRow Row,
    DirectoryUser? User,
    CurrentMethods? Current,
    UserPlan Plan,
    bool IsPrivileged = false);
