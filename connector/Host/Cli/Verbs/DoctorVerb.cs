using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph;
using ProvisioningConnector.Host.Composition;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>doctor</c>: tries everything that a run needs, without writing to the tenant. Ends with 1 when something is wrong.</summary>
internal static class DoctorVerb
{
    private sealed record Check(string Name, string Verdict, string Message);

    public static async Task<int> RunAsync(VerbContext context)
    {
        CancellationToken stop = context.Stop;
        List<Check> checks = [];
        await using Workspace workspace = await Workspace.OpenAsync(context.Options, context.Time, context.Log, stop);
        checks.Add(new("configuration", "ok", $"Tenant '{workspace.Tenant.Name}'{(workspace.Settings.IsBuiltIn ? " (built-in sandbox: no tenant is configured)" : "")}."));
        checks.Add(new("store", "ok", "The store can be read and written."));
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(null, stop);
        await TryAsync(checks, "token", async () =>
        {
            TokenFacts token = await tenant.AuthenticateAsync(stop);
            return token.IsDelegated ? "Delegated token." : "App-only token.";
        });
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
                ? new("defaultMethod", "warning", "Default methods (beta signInPreferences) cannot be read; deletions of a default will be refused by the service instead of held.")
                : new("defaultMethod", "ok", "Default methods are readable."));
        }

        if (workspace.Tenant.Guardrails.ProtectPrivileged)
        {
            await TryAsync(checks, "roles", async () => await tenant.Directory.ReadPrivilegedAsync(stop) switch
            {
                PrivilegedReading.Known known => $"{known.Uids.Count} users hold a directory role (read from {known.Origin}).",
                PrivilegedReading.Unreadable unreadable => throw new TenantException(unreadable.Error),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
        }

        await WriteAsync(context, checks, stop);
        return checks.Exists(c => c.Verdict == "error") ? ExitCodes.Error : ExitCodes.Done;
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

    private static async Task WriteAsync(VerbContext context, List<Check> checks, CancellationToken cancellation)
    {
        await using StreamWriter output = new(context.Terminal.Output, leaveOpen: true);
        if (context.Options.Format == OutputFormat.Json)
        {
            var document = new { kind = "doctor", formatVersion = "1.0", checks = checks.Select(c => new { name = c.Name, verdict = c.Verdict, message = c.Message }) };
            await output.WriteLineAsync(JsonSerializer.Serialize(document).AsMemory(), cancellation);
            return;
        }

        foreach (Check check in checks) await output.WriteLineAsync($"{check.Verdict,-8} {check.Name,-14} {check.Message}".AsMemory(), cancellation);
    }
}
