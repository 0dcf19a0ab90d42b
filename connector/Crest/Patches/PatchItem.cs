using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>One element of a PATCH body: an operation, or what is wrong with it.</summary>
internal readonly record struct PatchItem
{
    private PatchItem(PatchOperation? operation, string problem) => (Operation, Problem) = (operation, problem);

    private PatchOperation? Operation { get; }

    private string Problem { get; }

    public static PatchItem Right(PatchOperation operation) => new(operation, "");

    public static PatchItem Wrong(string problem) => new(null, problem);

    public bool Succeeded([NotNullWhen(true)] out PatchOperation? operation, out string problem)
    {
        (operation, problem) = (Operation, Problem);
        return operation is not null;
    }
}
