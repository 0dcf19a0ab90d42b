using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retiring;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>
/// <c>doctor</c>: tries everything that a run needs, without writing to the tenant. Shows each check as it ends; ends with 1 when something is wrong.
/// </summary>
internal sealed class DoctorVerb(WorkspaceOpening workspaces, WriterOpening writers, DoctorOutput output)
{
    private const string NoToken = "no token";

    public async Task<int> RunAsync(CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await output.AddAsync(new("configuration", "ok",
            $"Tenant '{workspace.Tenant.Name}'{(workspace.Settings.IsBuiltIn ? " (built-in sandbox: no tenant is configured)" : "")}."));
        await output.AddAsync(new("store", "ok", "The store can be read and written."));
        if (Retiring(workspace) is { } retiring) await output.AddAsync(retiring);
        // A sandbox that does not start is an error of its files, not of a token.
        ReadingTenant? opened = workspace.Tenant.Kind == TenantKind.Sandbox ? await workspace.Opening().OpenAsync(null, stop) : null;
        bool hasToken = await TryAsync("token", async () =>
        {
            opened ??= await workspace.Opening().OpenAsync(null, stop);
            TokenFacts token = await opened.AuthenticateAsync(stop);
            return token.IsDelegated ? "Delegated token." : "App-only token.";
        });
        await using ReadingTenant? tenant = opened;
        if (workspace.Tenant.WriteCredential is not null)
        {
            await TryAsync("writeToken", async () =>
            {
                if (tenant is null) return null;
                using TenantWriter session = writers.Open(tenant, null);
                TokenFacts token = await session.AuthenticateAsync(stop);
                return token.IsDelegated ? "Delegated token of the WriteCredential." : "App-only token of the WriteCredential.";
            });
        }

        foreach (string step in workspace.Tenant.StepCredentials.ByStep.Keys)
        {
            await TryAsync($"{step}Token", async () =>
            {
                if (tenant is null) return null;
                using TenantWriter session = writers.Open(tenant, step);
                ImmutableArray<string> missing = StepCredentials.Missing(step, (await session.AuthenticateAsync(stop)).Roles);
                return missing.IsEmpty
                    ? $"The credential of 'migrate {step}' may write what the step needs and nothing else."
                    : $"The token of 'migrate {step}' may write nothing else, but does not name {string.Join(", ", missing)}, which the step needs.";
            });
        }

        if (hasToken && tenant is not null) await TryReadingAsync(workspace, tenant, stop);
        else foreach (string name in Reading(workspace)) await output.AddAsync(new(name, "skipped", NoToken));
        return await output.EndAsync() ? ExitCodes.Done : ExitCodes.Error;
    }

    /// <summary>What becomes of phones when Microsoft's SMS and voice end; null: the dates are far, or none is announced for this tenant.</summary>
    private static DoctorCheck? Retiring(Workspace workspace)
    {
        RetiringTerms terms = workspace.Tenant.Retiring;
        RetiringPolicy policy = workspace.Tenant.Guardrails.RetiringMethod;
        DateOnly today = DateOnly.FromDateTime(workspace.Time.GetUtcNow().UtcDateTime);
        if (policy == RetiringPolicy.Off || terms.Dates is not { } dates || !terms.IsNear(today)) return null;
        string then = policy == RetiringPolicy.Hold
            ? "Phones that serve no longer are held from then on." : "RetiringMethod is Warn: phones are written all the same.";
        return new("retiring", "warning", $"Microsoft's SMS and voice end on {RetiringTerms.Words(dates.Members)}, "
            + $"for Global Administrators and external users on "
            + $"{RetiringTerms.Words(dates.GlobalAdministratorsAndExternals)}. {then} 'provision readiness' shows who is affected.");
    }

    /// <summary>What only a token lets one try, in this order.</summary>
    private static IEnumerable<string> Reading(Workspace workspace) =>
    [
        "users", "methods", "defaultMethod", .. workspace.Tenant.Protected.IsEmpty ? [] : (string[])["protected"],
        .. workspace.Tenant.Guardrails.ProtectPrivileged ? (string[])["roles"] : [],
    ];

    private async Task TryReadingAsync(Workspace workspace, ReadingTenant tenant, CancellationToken stop)
    {
        DirectoryUser? first = null;
        await TryAsync("users", async () =>
        {
            await foreach (ImmutableArray<DirectoryUser> page in tenant.Directory.PagesAsync(stop))
            {
                first = page.FirstOrDefault();
                if (first is not null) break;
            }

            return first is null ? "The directory can be read and is empty." : "The directory can be read.";
        });
        if (first is { } user)
        {
            await TryAsync("methods", async () => (await tenant.Methods.ReadAsync([new UserRead(user.Uid)], stop))[0] switch
            {
                MethodsReading.Complete => "A user's methods can be read and are not masked.",
                MethodsReading.NoUser none => throw new TenantException(none.Error),
                MethodsReading.Failed failed => throw new TenantException(failed.Error),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
            DefaultMethod preferred = await tenant.Methods.ReadDefaultAsync(user.Uid, stop);
            await output.AddAsync(preferred.Knowledge == DefaultMethodKnowledge.Unreadable
                ? new("defaultMethod", "warning",
                    "Default methods (beta signInPreferences) cannot be read; deletions of a default will be refused by the service instead of held.")
                : new("defaultMethod", "ok", "Default methods can be read."));
        }

        if (!workspace.Tenant.Protected.IsEmpty)
        {
            foreach (DoctorCheck check in await ProtectedAsync(workspace, tenant, stop)) await output.AddAsync(check);
        }

        if (workspace.Tenant.Guardrails.ProtectPrivileged)
        {
            await TryAsync("roles", async () => await tenant.Directory.ReadPrivilegedAsync(stop) switch
            {
                PrivilegedReading.Known known => $"{Quantity.Of(known.Uids.Count, "user holds", "users hold")} a directory role (read from {known.Origin}).",
                PrivilegedReading.Unreadable unreadable => throw new TenantException(unreadable.Error),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
        }
    }

    /// <summary>Each entry of <c>Protected</c> must name a user, or nothing is changed. One that could not be looked up is not checked, and never ok.</summary>
    private static async Task<IEnumerable<DoctorCheck>> ProtectedAsync(Workspace workspace, ReadingTenant tenant, CancellationToken stop)
    {
        try
        {
            ProtectedUsers users = await new ProtectedLookUp(workspace.Tenant.Protected).EndAsync(tenant.Directory, stop);
            DoctorCheck[] problems =
            [
                .. users.NotFound.Select(entry => new DoctorCheck("protected", "error", ProtectedUsers.Words(entry))),
                .. users.NotChecked.Select(entry => new DoctorCheck("protected", "warning", ProtectedUsers.Words(entry))),
            ];
            return problems.Length > 0
                ? problems : [new("protected", "ok", $"The tenant has every user whom Protected names ({workspace.Tenant.Protected.Count}).")];
        }
        catch (TenantException exception)
        {
            return [new("protected", "warning", $"Not checked: {exception.Error.Message} {exception.Error.Advice}".TrimEnd())];
        }
    }

    /// <summary>Whether it is as it should be.</summary>
    /// <param name="name">Of the check.</param>
    /// <param name="attempt">What was found; null where it cannot be tried without what failed before.</param>
    private async Task<bool> TryAsync(string name, Func<Task<string?>> attempt)
    {
        try
        {
            await output.AddAsync(await attempt() is { } found ? new(name, "ok", found) : new(name, "skipped", NoToken));
            return true;
        }
        catch (TenantException exception)
        {
            await output.AddAsync(new(name, "error", $"{exception.Error.Message} {exception.Error.Advice}".TrimEnd()));
        }
        catch (ProvisioningException exception)
        {
            await output.AddAsync(new(name, "error", $"{exception.Message} {exception.Advice}".TrimEnd()));
        }

        return false;
    }
}
