using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Asks the person at the terminal before the first write: the worst number has to be typed, so that it is read.</summary>
internal static class Confirmation
{
    /// <exception cref="ProvisioningException">Declined, or no one can be asked.</exception>
    public static void Ask(Terminal terminal, PlanHeader plan, bool yes)
    {
        if (yes) return;
        if (!terminal.InputIsTerminal)
        {
            throw new ProvisioningException("confirmationNeeded", "Nothing was written: this needs confirmation, but there is no terminal.",
                "Review the plan first, then confirm with --yes.");
        }

        Ask(terminal, plan.Tenant, plan.Summary.Operations, "");
    }

    /// <summary>Asks before something that cannot be taken back and that has no plan.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="yes">Do not ask.</param>
    /// <param name="consequence">What happens, in sentences.</param>
    /// <exception cref="ProvisioningException">Declined, or no one can be asked.</exception>
    public static void AskBefore(Terminal terminal, bool yes, string consequence)
    {
        if (yes) return;
        if (!terminal.InputIsTerminal)
        {
            throw new ProvisioningException("confirmationNeeded", "Nothing was changed: this needs confirmation, but there is no terminal.",
                $"{consequence} If that is intended, confirm with --yes.");
        }

        string? answer = terminal.Ask($"{consequence} Type yes to continue.{Environment.NewLine}> ");
        if (string.Equals(answer?.Trim(), "yes", StringComparison.OrdinalIgnoreCase)) return;
        throw new ProvisioningException("declined", "Nothing was changed: it was not confirmed.");
    }

    /// <summary>Asks about what is left of a run.</summary>
    /// <exception cref="ProvisioningException">Declined.</exception>
    public static void AskLeft(Terminal terminal, TenantIdentity tenant, LeftOver left) =>
        Ask(terminal, tenant, left.Operations,
            string.Create(CultureInfo.InvariantCulture, $" for {Quantity.Of(left.Users, "user")} are left"));

    private static void Ask(Terminal terminal, TenantIdentity tenant, OperationCounts operations, string left)
    {
        (string word, string question) = Question(tenant, operations, left);
        string? answer = terminal.Ask($"{question}{Environment.NewLine}> ");
        if (string.Equals(answer?.Trim().Replace(",", "", StringComparison.Ordinal), word, StringComparison.OrdinalIgnoreCase)) return;
        throw new ProvisioningException("declined", "Nothing was written: the plan was not confirmed.");
    }

    private static (string Word, string Question) Question(TenantIdentity tenant, OperationCounts operations, string left)
    {
        string where = tenant.IsSandbox ? $"the SANDBOX tenant '{tenant.Name}'" : $"tenant '{tenant.Name}' ({tenant.Id})";
        return operations.Delete > 0
            ? (operations.Delete.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture,
                    $"{Writes(operations.Total)} to {where}{left}, {Deletions(operations)}. Type {operations.Delete} to continue."))
            : ("yes", string.Create(CultureInfo.InvariantCulture, $"{Writes(operations.Total)} to {where}{left}. Type yes to continue."));
    }

    private static string Writes(long count) => Quantity.Of(count, "write");

    private static string Deletions(OperationCounts operations) => operations.Delete == operations.Total
        ? operations.Total == 1 ? "a deletion" : "all of them deletions"
        : $"{Quantity.Of(operations.Delete)} of them {(operations.Delete == 1 ? "a deletion" : "deletions")}";
}
