using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Seal;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>
/// <c>approve PLAN.json --sign-with KEY.pem --reason TEXT</c>: an approval as a signed file beside the plan, made with a key that only the approver
/// holds. It opens neither the store nor the tenant, so that any account can do it (docs/safety.md#approvals).
/// </summary>
internal sealed class SignApprovalVerb(CommonOptions options, Terminal terminal, TimeProvider time, ResultLines results)
{
    public async Task<int> RunAsync(string path, string keyFile, string? lifetime, string? target, CancellationToken stop)
    {
        OpeningArguments.Reason(options.Reason);
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        TenantSettings tenant = WorkspaceOpening.Choose(settings, options.Tenant);
        using ECDsa key = Key(keyFile);
        Approver person = Person(settings.Approvers, key, keyFile);
        await using SavedPlanFile plan = await SavedPlanFile.OpenWithoutStoreAsync(path, stop);
        Approval approval = new PlanApproval(tenant, settings.Approvers, RehearsalClock.For(tenant, time)).Make(
            plan, tenant.Graph.TenantId ?? plan.Head.Tenant.Id, person.SignedBy, new ApprovalRequest(options.Reason, options.Allow, lifetime));
        string file = target ?? SignedApproval.PathOf(path, person.Name);
        byte[] text = Encoding.ASCII.GetBytes(SignedApproval.Sign(approval, person.Name, plan.Content, key) + "\n");
        await ResultFile.WriteAsync(file, async output => await output.WriteAsync(text, stop), stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await results.WriteAsync(
            ApprovalDocument.From(approval),
            [Describe(plan.Head), $"signed by {ApproveVerb.Describe(approval)}: {file}",
             .. NextLines.From("The planner, or a third person, applies it", (options.Context with { Tenant = tenant.Name }).WithPlan(path)
                .Apply(plan.Head.Tenant.Name))]);
        return ExitCodes.Done;
    }

    /// <summary>What was signed: the figures of the plan itself.</summary>
    private static string Describe(PlanHeader plan)
    {
        OperationCounts operations = plan.Summary.Operations;
        return string.Create(CultureInfo.InvariantCulture, $"plan {plan.PlanId} of {Visible.Escape(plan.Source.Name)} for tenant {plan.Tenant.Name}, made by "
            + $"{Visible.Escape(plan.Actor)} at {plan.CreatedAt:u}: {Quantity.Of(operations.Total, "change")} "
            + $"to {Quantity.Of(plan.Summary.Changed, "user")}, "
            + $"{Quantity.Of(operations.Delete)} of them {(operations.Delete == 1 ? "a deletion" : "deletions")}");
    }

    private ECDsa Key(string file)
    {
        byte[] content = CredentialFile.Read(file, out string? problem);
        ECDsa? key = problem is null
            ? ApprovalKeys.Private(Encoding.UTF8.GetString(content), () => terminal.InputIsTerminal ? terminal.AskHidden($"Password of {file}: ") : null)
            : null;
        return key ?? throw new ProvisioningException("signingKey",
            $"The key file '{file}' {problem ?? "holds no private key of the curve P-256 in PEM, or the password is wrong"}.",
            "Make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -out KEY.pem");
    }

    private static Approver Person(Approvers approvers, ECDsa key, string file)
    {
        byte[] open = key.ExportSubjectPublicKeyInfo();
        return approvers.Signing.FirstOrDefault(person => person.PublicKey.AsSpan().SequenceEqual(open)) ?? throw new ProvisioningException("notApprover",
            $"The configuration has no person under Approvers whose PublicKeyFile belongs to the key in '{file}'.",
            $"Make the public key (openssl pkey -in {file} -pubout -out PUBLIC.pem) and name its file in the configuration of those who apply: "
            + "Approvers:NAME:PublicKeyFile.");
    }
}
