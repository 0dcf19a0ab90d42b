using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Which properties of a user are written. Without <c>$select</c> Graph gives a default set without <c>accountEnabled</c> and the like.</summary>
internal sealed class UserShape
{
    private static readonly string[] Default = ["id", "displayName", "userPrincipalName", "mail"];
    private readonly string[] _names;

    private readonly bool _manager;

    /// <param name="select"><c>$select</c>.</param>
    /// <param name="expand"><c>$expand</c>; of a user only the manager can be expanded.</param>
    public UserShape(string? select, string? expand = null) => (_names, _manager) = (Names(select),
        expand?.StartsWith("manager", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Whether something is asked for that needs a licence.</summary>
    public bool NeedsLicence => _names.Contains("signInActivity", StringComparer.OrdinalIgnoreCase);

    private static string[] Names(string? select) =>
         string.IsNullOrEmpty(select) ? Default : select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public void Write(Utf8JsonWriter w, SandboxUser user, UserDirectory? directory = null)
    {
        if (_manager && user.Personal.Manager is { } manager && directory?.Find(manager) is { } boss) PersonShape.Manager(w, boss);
        foreach (string name in _names)
            switch (name.ToLowerInvariant())
            {
                case "id": w.WriteString("id", user.Id); break;
                case "userprincipalname": w.WriteString("userPrincipalName", user.UserPrincipalName); break;
                case "displayname": w.WriteString("displayName", user.DisplayName); break;
                case "mail": w.WriteString("mail", user.Mail); break;
                case "employeeid": w.WriteString("employeeId", user.EmployeeId); break;
                case "accountenabled": w.WriteBoolean("accountEnabled", user.AccountEnabled); break;
                case "usertype": w.WriteString("userType", user.IsGuest ? "Guest" : "Member"); break;
                case "onpremisessyncenabled":
                    if (user.OnPremisesSyncEnabled is { } synced) w.WriteBoolean("onPremisesSyncEnabled", synced);
                    else w.WriteNull("onPremisesSyncEnabled");
                    break;
                default: PersonShape.Write(w, name, user); break;
            }
    }

    /// <summary>The value of a property for <c>$filter</c>.</summary>
    public static object? Value(SandboxUser user, string property) => property.ToLowerInvariant() switch
    {
        "id" => user.Id.ToString(),
        "userprincipalname" => user.UserPrincipalName,
        "displayname" => user.DisplayName,
        "mail" => user.Mail,
        "employeeid" => user.EmployeeId,
        "accountenabled" => user.AccountEnabled,
        "usertype" => user.IsGuest ? "Guest" : "Member",
        "onpremisessyncenabled" => user.OnPremisesSyncEnabled,
        _ => throw new FilterException($"Could not find a property named '{property}' on type 'microsoft.graph.user'."),
    };
}
