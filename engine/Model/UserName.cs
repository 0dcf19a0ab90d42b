using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// Reads how a person names a user in a setting or an option. The name is compared with what the tenant holds, so it must not
/// differ from that in ways that cannot be seen or that only some programs overlook.
/// </summary>
public static class UserName
{
    /// <summary>The name without white space and invisible characters around it.</summary>
    /// <param name="text">As written.</param>
    /// <param name="key">The user meant.</param>
    /// <param name="problem">What is wrong and what to write instead; null when nothing is.</param>
    public static bool TryRead(string text, out UserKey key, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = default;
        problem = null;
        string shown = InvisibleCharacters.Escape(text.Trim());
        if (InvisibleCharacters.Find(text) is { } character) problem = $"'{shown}' has {character}. Type the name again.";
        else if (!UserKey.TryParse(InvisibleCharacters.Trim(text), out key)
        || !Clean(ref key)) problem = $"'{shown}' is not a user name. Write a user principal name, an object id, employeeId:… or mail:….";
        else if (key.Kind == UserKeyKind.Name && Guid.TryParse(key.Value, out Guid id)
        && !Guid.TryParseExact(key.Value, "D", out _)) problem = $"'{shown}' is an object id in an unusual form. Write {id:D}.";
        return problem is null;
    }

    /// <summary>Behind a prefix there may be invisible characters again.</summary>
    private static bool Clean(ref UserKey key)
    {
        string value = InvisibleCharacters.Trim(key.Value);
        key = key with { Value = value };
        return value.Length > 0 && !value.Contains('*', StringComparison.Ordinal);
    }
}
