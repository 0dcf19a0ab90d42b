using System.Globalization;
using ProvisioningConnector.Engine.Reconciliation;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Asks the person at the terminal before the first write: the worst number has to be typed, so that it is read.</summary>
internal static class Confirmation
{
    /// <exception cref="CommandStopped">Declined, or nobody can be asked.</exception>
    public static void Ask(Terminal terminal, PlanHead plan, bool yes, string advice = "Look at the plan (provision plan SOURCE), then run apply with --yes.")
    {
        if (yes) return;
        if (!terminal.InputIsTerminal)
        {
            throw new CommandStopped("confirmationNeeded", "Nothing was written: nobody can be asked to confirm here.", advice);
        }

        (string word, string question) = Question(plan);
        string? answer = terminal.Ask($"{question}{Environment.NewLine}> ");
        if (string.Equals(answer?.Trim(), word, StringComparison.OrdinalIgnoreCase)) return;
        throw new CommandStopped("declined", "Nothing was written: the plan was not confirmed.");
    }

    private static (string Word, string Question) Question(PlanHead plan)
    {
        OperationCounts operations = plan.Summary.Operations;
        string tenant = plan.Tenant.IsSandbox ? $"the SANDBOX tenant '{plan.Tenant.Name}'" : $"tenant '{plan.Tenant.Name}' ({plan.Tenant.Id})";
        return operations.Delete > 0
            ? (operations.Delete.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{operations.Total} writes to {tenant}, {operations.Delete} of them deletions. Type {operations.Delete} to go on."))
            : ("yes", string.Create(CultureInfo.InvariantCulture, $"{operations.Total} writes to {tenant}. Type yes to go on."));
    }
}
