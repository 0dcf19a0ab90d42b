using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>One element of a PATCH body: an operation, or what is wrong with it.</summary>
internal readonly record struct PatchItem
{
    private PatchItem(PatchOperation? operation, string trouble) => (Operation, Trouble) = (operation, trouble);

    private PatchOperation? Operation { get; }

    private string Trouble { get; }

    public static PatchItem Right(PatchOperation operation) => new(operation, "");

    public static PatchItem Wrong(string trouble) => new(null, trouble);

    public bool Succeeded([NotNullWhen(true)] out PatchOperation? operation, out string trouble)
    {
        (operation, trouble) = (Operation, Trouble);
        return operation is not null;
    }
}
