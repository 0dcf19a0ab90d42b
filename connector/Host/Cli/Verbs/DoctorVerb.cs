using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>doctor</c>: tries everything that a run needs, without writing to the tenant. Ends with 1 when something is wrong.</summary>
internal sealed class DoctorVerb(WorkspaceOpening workspaces, WriterOpening writers, ResultLines results)
{
    private sealed record Check(string Name, string Verdict, string Message);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        List<Check> checks = [];
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        checks.Add(new("configuration", "ok",
            $"Tenant '{workspace.Tenant.Name}'{(workspace.Settings.IsBuiltIn ? " (built-in sandbox: no tenant is configured)" : "")}."));
        checks.Add(new("store", "ok", "The store can be read and written."));
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(null, stop);
        await TryAsync(checks, "token", async () =>
        {
            TokenFacts token = await tenant.AuthenticateAsync(stop);
            return token.IsDelegated ? "Delegated token." : "App-only token.";
        });
        if (workspace.Tenant.WriteCredential is not null)
        {
            await TryAsync(checks, "writeToken", async () =>
            {
                using TenantWriter session = writers.Open(tenant);
                TokenFacts token = await session.AuthenticateAsync(stop);
                return token.IsDelegated ? "Delegated token of the WriteCredential." : "App-only token of the WriteCredential.";
            });
        }

        DirectoryUser? first = null;
        await TryAsync(checks, "users", async () =>
        {
            await foreach (ImmutableArray<DirectoryUser> page in tenant.Directory.PagesAsync(stop))
            {
                first = page.FirstOrDefault();
                if (first is not null) break;
            }

            return first is null ? "The directory is readable and empty." : "The directory is readable.";
        });
        if (first is { } user)
        {
            await TryAsync(checks, "methods", async () => (await tenant.Methods.ReadAsync([new UserRead(user.Uid)], stop))[0] switch
            {
                MethodsReading.Complete => "A user's methods are readable and not masked.",
                MethodsReading.NoUser none => throw new TenantException(none.Error),
                MethodsReading.Failed failed => throw new TenantException(failed.Error),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
            DefaultMethod preferred = await tenant.Methods.ReadDefaultAsync(user.Uid, stop);
            checks.Add(preferred.Knowledge == DefaultMethodKnowledge.Unreadable
                ? new("defaultMethod", "warning",
                    "Default methods (beta signInPreferences) cannot be read; deletions of a default will be refused by the service instead of held.")
                : new("defaultMethod", "ok", "Default methods are readable."));
        }

        if (!workspace.Tenant.Protected.IsEmpty) checks.AddRange(await ProtectedAsync(workspace, tenant, stop));

        if (workspace.Tenant.Guardrails.ProtectPrivileged)
        {
            await TryAsync(checks, "roles", async () => await tenant.Directory.ReadPrivilegedAsync(stop) switch
            {
                PrivilegedReading.Known known => $"{known.Uids.Count} users hold a directory role (read from {known.Origin}).",
                PrivilegedReading.Unreadable unreadable => throw new TenantException(unreadable.Error),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
        }

        await WriteAsync(checks);
        return checks.Exists(c => c.Verdict == "error") ? ExitCodes.Error : ExitCodes.Done;
    }

    /// <summary>Each entry of <c>Protected</c> must name a user, or nothing is changed. One that could not be looked up is not checked, and never ok.</summary>
    private static async Task<IEnumerable<Check>> ProtectedAsync(Workspace workspace, ReadingTenant tenant, CancellationToken stop)
    {
        try
        {
            ProtectedUsers users = await new ProtectedLookUp(workspace.Tenant.Protected).EndAsync(tenant.Directory, stop);
            Check[] problems =
            [
                .. users.NotFound.Select(entry => new Check("protected", "error", ProtectedUsers.Words(entry))),
                .. users.NotChecked.Select(entry => new Check("protected", "warning", ProtectedUsers.Words(entry))),
            ];
            return problems.Length > 0
                ? problems : [new("protected", "ok", $"The tenant has every user whom Protected names ({workspace.Tenant.Protected.Count}).")];
        }
        catch (TenantException exception)
        {
            return [new("protected", "warning", $"Not checked: {exception.Error.Message} {exception.Error.Advice}".TrimEnd())];
        }
    }

    private static async Task TryAsync(List<Check> checks, string name, Func<Task<string>> attempt)
    {
        try
        {
            checks.Add(new(name, "ok", await attempt()));
        }
        catch (TenantException exception)
        {
            checks.Add(new(name, "error", $"{exception.Error.Message} {exception.Error.Advice}".TrimEnd()));
        }
    }

    private Task WriteAsync(List<Check> checks) => results.WriteAsync(
        new { kind = "doctor", formatVersion = "1.0", checks = checks.Select(c => new { name = c.Name, verdict = c.Verdict, message = c.Message }) },
        checks.Select(c => $"{c.Verdict,-8} {c.Name,-14} {c.Message}"));
}
