using System.Buffers;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The column <c>email</c>: an address alone, or <c>none</c>.</summary>
internal static class EmailCell
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;

    // A display name, a list of addresses, or a quoted name: legal somewhere, and never a person's address in a tenant.
    private static readonly SearchValues<char> Foreign = SearchValues.Create("<>()[],;:\\\"");

    public static Managed<string> Read(Cell cell, RowFaultList faults)
    {
        if (cell.IsBlank) return default;
        if (cell.IsNone) return Managed.None<string>();
        if (cell.Kind != CellKind.Text)
        {
            faults.Add(RowFaults.NotText(faults.At(SourceColumn.Email), cell));
            return default;
        }

        string address = InvisibleCharacters.Trim(cell.Text);
        if (address.AsSpan().ContainsAny('*', '•', '●'))
        {
            faults.Add(RowFaults.Masked(faults.At(SourceColumn.Email)));
            return default;
        }

        if (!CellTexts.AreSeen(address, SourceColumn.Email, faults) || CellTexts.IsMissing(address, SourceColumn.Email, faults)) return default;
        if (Problem(address) is not { } why) return Managed.Value(address);
        faults.Add(RowFaults.BadEmail(faults.At(SourceColumn.Email), why));
        return default;
    }

    /// <summary>Why it is not an address; null when it is one.</summary>
    private static string? Problem(string address)
    {
        int at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0) return "has no name before an @";
        if (address.AsSpan(at + 1).Contains('@')) return "has more than one @";
        if (address.Any(c => c == ' ')) return "has a space in it";
        if (address.AsSpan().ContainsAny(Foreign)) return "has a character that an address cannot have";
        if (address.Length > MaxLength || at > MaxLocalLength) return "is too long";
        string[] labels = address[(at + 1)..].Split('.');
        if (labels.Length < 2) return "has no complete domain behind the @";
        if (labels.Any(label => label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !label.All(c => char.IsLetterOrDigit(c) || c == '-')))
        {
            return "has a domain that cannot exist";
        }

        string local = address[..at];
        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) ? "has a dot in a wrong place" : null;
    }
}
