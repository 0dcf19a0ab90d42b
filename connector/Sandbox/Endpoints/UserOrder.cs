using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary><c>$orderby</c> of <c>/users</c>: one of the two names, ascending or descending. Everything else is refused, as by Graph.</summary>
internal sealed record UserOrder(string Property, bool Descending)
{
    /// <summary>False when it cannot be understood; no order where none is asked for.</summary>
    public static bool TryParse(string? text, out UserOrder? order)
    {
        order = null;
        if (text is null) return true;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc"))) return false;
        if (words[0] is not ("displayName" or "userPrincipalName")) return false;
        order = new UserOrder(words[0], words is [_, "desc"]);
        return true;
    }

    public IReadOnlyList<SandboxUser> Of(IReadOnlyList<SandboxUser> users)
    {
        var sorted = users.OrderBy(u => UserShape.Value(u, Property) as string, StringComparer.OrdinalIgnoreCase).ToList();
        if (Descending) sorted.Reverse();
        return sorted;
    }
}
