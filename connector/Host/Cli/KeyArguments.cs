using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Cli;

/// <summary>What <c>keys new</c> is given, as typed.</summary>
internal sealed record KeyArguments(string Name, ImmutableArray<string> Tenants, ImmutableArray<string> Rights, string? Expires, ImmutableArray<string> From)
{
    private const int LongestName = 64;

    /// <exception cref="ProvisioningException">The name cannot be one.</exception>
    public string CheckedName()
    {
        string name = Name.Trim();
        bool plain = name.Length is > 0 and <= LongestName && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or ' ');
        if (!plain || Facade.Access.KeyText.IsId(name)) throw new ProvisioningException("badName",
            $"--name '{Name}' is not valid.", "Name the program that uses the key, such as pingidm-production: letters, digits, blanks and -_.@, at most 64.");
        return name;
    }

    /// <summary>Rights by tenant: <c>--rights a,b</c> is for all tenants named, <c>--rights TENANT:a,b</c> for one.</summary>
    /// <exception cref="ProvisioningException">A tenant or a right does not exist.</exception>
    public ImmutableSortedDictionary<string, ImmutableArray<Right>> Grants(ConnectorSettings settings)
    {
        string[] tenants = [.. Tenants.Select(t => Known(settings, t)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (tenants.Length == 0) throw new ProvisioningException("tenantNeeded", "A key needs at least one tenant.",
            $"Name them with --tenant: {string.Join(", ", settings.Tenants.Keys.Order(StringComparer.Ordinal))}.");
        Dictionary<string, ImmutableArray<Right>> own = new(StringComparer.OrdinalIgnoreCase);
        List<Right> common = [];
        foreach (string text in Rights)
        {
            string[] parts = text.Split(':', 2);
            ImmutableArray<Right> rights = Read(parts[^1]);
            if (parts.Length == 1) common.AddRange(rights);
            else if (tenants.Contains(parts[0], StringComparer.OrdinalIgnoreCase)) own[parts[0]] = [.. own.GetValueOrDefault(parts[0], []).Union(rights)];
            else throw new ProvisioningException("unknownTenant", $"--rights {text} names a tenant that --tenant does not.",
                Suggestion.Hint(parts[0], tenants));
        }

        if (common.Count == 0 && own.Count == 0) common.AddRange(Engine.Evidence.Access.Rights.Standard);
        ImmutableSortedDictionary<string, ImmutableArray<Right>> grants = tenants.ToImmutableSortedDictionary(
            t => t, t => common.Union(own.GetValueOrDefault(t, [])).Order().ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
        return grants.FirstOrDefault(g => g.Value.IsEmpty) is { Key: { } bare }
            ? throw new ProvisioningException("noRights", $"The key would have no right in '{bare}'.", $"Add --rights {bare}:read, or leave that tenant out.")
            : grants;
    }

    /// <exception cref="ProvisioningException">No point in time, or one that is over.</exception>
    public DateTimeOffset? ExpiresAt(DateTimeOffset now)
    {
        if (Expires is not { } text) return null;
        DateTimeOffset? at = !text.Contains('T', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan after) ? now + after
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTimeOffset point) ? point
            : throw new ProvisioningException("usage", $"--expires '{text}' is not a time.",
                "Write 2027-01-31, 2027-01-31T12:00:00Z, or from now 90.00:00:00.");
        return at > now ? at : throw new ProvisioningException("usage", $"--expires '{text}' is in the past.", "Choose a later one.");
    }

    /// <exception cref="ProvisioningException">No address.</exception>
    public ImmutableArray<string> Networks()
    {
        string[] all = [.. From.SelectMany(f => f.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        foreach (string text in all)
        {
            if (!ApiKey.TryReadNetwork(text, out IPNetwork _)) throw new ProvisioningException("usage",
                $"--from '{text}' is not an IP address or network.", "Write 10.0.0.7, 10.0.0.0/24 or 2001:db8::/32, separated by commas.");
        }

        return [.. all];
    }

    private static string Known(ConnectorSettings settings, string name) => settings.Tenants.TryGetValue(name, out TenantSettings? tenant)
        ? tenant.Name
        : throw new ProvisioningException("unknownTenant", $"The configuration has no tenant '{name}'.", Suggestion.Hint(name, settings.Tenants.Keys));

    private static ImmutableArray<Right> Read(string text) =>
        Engine.Evidence.Access.Rights.TryReadList(text, out ImmutableArray<Right> rights, out string problem)
        ? rights
        : throw new ProvisioningException("unknownRight", problem,
            $"The rights are {string.Join(", ", Engine.Evidence.Access.Rights.All.Select(r => r.Name()))}.");
}
