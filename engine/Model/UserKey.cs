using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model;

/// <summary>By what a source names a user.</summary>
public enum UserKeyKind : byte
{
    /// <summary>An object id or a user principal name.</summary>
    Name,
    EmployeeId,
    Mail,
}

/// <summary>How a source names a user: object id or user principal name, <c>employeeId:…</c>, or <c>mail:…</c> (docs/sources.md#user-keys). Compared ignoring
/// case.</summary>
public readonly record struct UserKey(UserKeyKind Kind, string Value)
{
    /// <summary>
    /// Reads a cell. False when it is blank or names nothing after the prefix. Blanks and invisible characters around the name are
    /// cut; anyone who takes names from outside refuses those inside (<see cref="InvisibleCharacters.Find(ReadOnlySpan{char})"/>).
    /// </summary>
    public static bool TryParse(string text, out UserKey key)
    {
        ReadOnlySpan<char> rest = InvisibleCharacters.Trim(text.AsSpan());
        UserKeyKind kind = UserKeyKind.Name;
        if (Strip(ref rest, "employeeId:")) kind = UserKeyKind.EmployeeId;
        else if (Strip(ref rest, "mail:")) kind = UserKeyKind.Mail;
        key = new UserKey(kind, rest.ToString());
        return rest.Length > 0;
    }

    public bool Equals(UserKey other) => Kind == other.Kind && string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.OrdinalIgnoreCase.GetHashCode(Value));

    public override string ToString() => Kind switch
    {
        UserKeyKind.Name => Value,
        UserKeyKind.EmployeeId => "employeeId:" + Value,
        UserKeyKind.Mail => "mail:" + Value,
    };

    private static bool Strip(ref ReadOnlySpan<char> text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return false;
        text = InvisibleCharacters.Trim(text[prefix.Length..]);
        return true;
    }
}
