using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Composition;

/// <summary>Signed approvals beside a plan file: one for each person of the configuration who has a key.</summary>
internal static class SignedApprovalFiles
{
    /// <param name="plan">Path of the plan.</param>
    /// <param name="content">Digest of its content.</param>
    /// <param name="approvers">Who signs.</param>
    public static SignedApprovals Read(string plan, string content, Approvers approvers)
    {
        ImmutableArray<Approval>.Builder intact = ImmutableArray.CreateBuilder<Approval>();
        ImmutableArray<Diagnostic>.Builder broken = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (Approver person in approvers.Signing)
        {
            string path = SignedApproval.PathOf(plan, person.Name);
            if (!File.Exists(path)) continue;
            if (Text(path, out string? problem) is { } text && SignedApproval.Read(text, person, content, out problem) is { } approval) intact.Add(approval);
            else broken.Add(Diagnostic.Warning("approvalUnfit", $"The signed approval '{path}' is not valid: {problem}"));
        }

        return new SignedApprovals(intact.ToImmutable(), broken.ToImmutable());
    }

    private static string? Text(string path, out string? problem)
    {
        try
        {
            problem = new FileInfo(path).Length > SignedApproval.MaxLength ? "it is too long." : null;
            return problem is null ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"it cannot be read ({error.Message}).";
            return null;
        }
    }
}
