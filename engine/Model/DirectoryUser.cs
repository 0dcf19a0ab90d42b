namespace ProvisioningConnector.Engine.Model;

/// <summary>What the tenant's directory says of a user, as far as resolution and policies need it (docs/design.md#resolving-users).</summary>
/// <param name="Uid">The object id; everything after resolution uses it.</param>
/// <param name="PrincipalName">The user principal name.</param>
/// <param name="DisplayName">For reports.</param>
/// <param name="Mail">For look-ups by <c>mail:</c>.</param>
/// <param name="EmployeeId">For look-ups by <c>employeeId:</c>.</param>
/// <param name="Enabled">Null when the tenant did not say.</param>
/// <param name="IsGuest">Whether <c>userType</c> is Guest.</param>
/// <param name="OnPremisesSynced">Whether the account is mastered on premises.</param>
public sealed record DirectoryUser(
    string Uid,
    string? PrincipalName,
    string? DisplayName = null,
    string? Mail = null,
    string? EmployeeId = null,
    bool? Enabled = null,
    bool IsGuest = false,
    bool OnPremisesSynced = false);
