using System.Globalization;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Recovery;

/// <summary>The document <c>recovery</c> for people: lines for a terminal, or a Markdown table.</summary>
public static class RecoveryText
{
    private const string Undo = "To plan what brings methods back";

    public static async Task WriteAsync(RecoveryDocument document, CommandContext context, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Title(document) + "\n");
        foreach (RecoveryEntry user in document.Users)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {Visible.Escape(user.User)}{Name(user.DisplayName)}  {user.MethodsBefore} -> {user.MethodsNow}{Doubt(user)}  "
                + $"{Visible.Escape(Taken(user))}\n"));
        }

        if (!IsUndoable(document)) return;
        foreach (string line in NextLines.From(Undo, context.Undo(document.Tenant.Name, document.RunId))) await output.WriteAsync(line + "\n");
    }

    public static async Task WriteMarkdownAsync(RecoveryDocument document, CommandContext context, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync($"# Recovery\n\n{MarkdownText.Prose(Title(document))}\n");
        if (document.Users.IsEmpty) return;
        await output.WriteAsync("\n| User | Name | Before | Now | Taken away |\n|---|---|---:|---:|---|\n");
        foreach (RecoveryEntry user in document.Users)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Prose(user.User)} | {MarkdownText.Prose(user.DisplayName)} | {user.MethodsBefore} | {user.MethodsNow}{Doubt(user)} | "
                + $"{MarkdownText.Prose(Taken(user))} |\n"));
        }

        if (IsUndoable(document)) await output.WriteAsync($"\n{Undo}:\n\n{MarkdownText.Block(context.Undo(document.Tenant.Name, document.RunId))}");
    }

    private static bool IsUndoable(RecoveryDocument document) => document.Users.Any(static u => u.Taken.Any(static t => t.Restorable));

    private static string Title(RecoveryDocument document)
    {
        string tenant = document.Tenant.IsSandbox ? $"SANDBOX {document.Tenant.Name}" : document.Tenant.Name;
        string state = document.Outcome switch
        {
            RunOutcome.Running => " (still running)",
            RunOutcome.Interrupted => " (interrupted)",
            RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Blocked or RunOutcome.Failed => "",
        };
        string none = document.WithoutMethods == 0
            ? "" : $" {Quantity.Of(document.WithoutMethods, "of them is", "of them are")} left without any usable method, of what can be read.";
        string who = document.Users.IsEmpty
            ? "no user ended with fewer usable methods than before, of what can be read."
            : $"{Quantity.Of(document.Users.Length, "user")} ended with fewer usable methods than before.{none}";
        return $"Run {document.RunId}{state}, tenant {tenant}: {who}";
    }

    private static string Taken(RecoveryEntry user) => user.Taken.IsEmpty ? "not by this run" : string.Join("; ", user.Taken.Select(Words));

    private static string Name(string? displayName) => displayName is { Length: > 0 } name ? $" ({Visible.Escape(name)})" : "";

    private static string Doubt(RecoveryEntry user) => user.Seen ? "" : " (not seen)";

    private static string Words(TakenMethod taken)
    {
        string slot = taken.Slot is { } type ? $" {PhoneTypes.Name(type)}" : "";
        string value = taken.Before is { Length: > 0 } before ? $" {before}" : "";
        return $"{taken.Method}{slot}{value}: {(taken.Restorable ? "undo brings it back" : "register again")}";
    }
}
