using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>The state behind the server: tests look at it, and act in it as a person or another administrator would.</summary>
public sealed class SandboxTenant
{
    private SandboxSettings _settings;

    internal SandboxTenant(SandboxSeed seed, TimeProvider time)
    {
        TenantId = seed.TenantId ?? SeedLoading.ContosoTenantId;
        DisplayName = seed.DisplayName ?? "Contoso";
        _settings = seed.Settings ?? SandboxSettings.Default;
        Directory = SeedLoading.Load(seed);
        Time = time;
        Audit = new AuditLog();
        Views = new LaggingViews();
        History = new ChangeHistory();
    }

    public Guid TenantId { get; }
    public string DisplayName { get; }

    /// <summary>May be replaced at any time; the next request sees it.</summary>
    public SandboxSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set
        {
            lock (Sync) Volatile.Write(ref _settings, value);
            Changed();
        }
    }

    /// <summary>All users that exist, in the order of the list.</summary>
    public ImmutableArray<SandboxUser> Users
    {
        get { lock (Sync) return [.. Directory.Users.Where(u => u.Exists)]; }
    }

    /// <summary>Every state that users went through since the start, oldest first: for checks at every instant. Keeps the newest 100,000.</summary>
    public ImmutableArray<CredentialChange> Changes
    {
        get { lock (Sync) return History.All; }
    }

    /// <summary>Ids of the direct members of a group; empty when there is none.</summary>
    public ImmutableArray<Guid> Members(Guid group)
    {
        lock (Sync) return Directory.Groups.TryGetValue(group, out SandboxGroup? found) ? found.Members : [];
    }

    internal Lock Sync { get; } = new();
    internal UserDirectory Directory { get; }
    internal TimeProvider Time { get; }
    internal AuditLog Audit { get; }
    internal LaggingViews Views { get; }
    internal ChangeHistory History { get; }

    /// <summary>Called after everything that a saved state would show. Must be quick.</summary>
    internal Action Changed { get; set; } = static () => { };

    /// <summary>The user by object id or user principal name; null when there is none.</summary>
    public SandboxUser? Find(string idOrName)
    {
        lock (Sync) return Directory.Find(idOrName);
    }

    /// <summary>The user by object id or user principal name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public SandboxUser User(string idOrName) =>
        Find(idOrName) ?? throw new KeyNotFoundException($"The sandbox tenant has no user '{idOrName}'.");

    /// <exception cref="SandboxSeedException">The name or id is taken, or the seed contradicts itself.</exception>
    public SandboxUser Add(SeedUser seed)
    {
        lock (Sync)
        {
            SandboxUser user = SeedLoading.User(seed, Settings);
            Directory.Add(user);
            if (seed.IsAdmin) SeedLoading.AddRole(Directory, new SeedRoleAssignment { Role = "GlobalAdministrator", Principal = seed.UserPrincipalName });
            Changed();
            return user;
        }
    }

    /// <summary>Lets something happen to a user outside the API, at once visible to reads and written to the audit log as the user's own doing.</summary>
    public void Change(string idOrName, TenantChange change)
    {
        lock (Sync) Apply(User(idOrName), change);
    }

    internal void Apply(SandboxUser user, TenantChange change)
    {
        TenantChanges.Apply(this, user, change);
        Changed();
    }
}
