using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The argument USER of a verb.</summary>
internal static class UserArgument
{
    /// <exception cref="ProvisioningException">It names no user, or has a character inside that cannot be seen.</exception>
    public static UserKey Key(string text) => UserKey.TryParse(Text(text), out UserKey key)
        ? key
        : throw new ProvisioningException("userNeeded", "Name a user.", "Use the user principal name, the object id, employeeId:… or mail:….");

    /// <summary>The same where a user may also be written as a source writes it.</summary>
    /// <exception cref="ProvisioningException">As for <see cref="Key"/>.</exception>
    public static string Text(string text)
    {
        if (InvisibleCharacters.Find(text) is { } sign) throw new ProvisioningException(InvisibleCharacter.Code,
            $"The argument USER has {sign}.", "Type the name again instead of pasting it.");
        return InvisibleCharacters.Trim(text) is { Length: > 0 } name
            ? name
            : throw new ProvisioningException("userNeeded", "Name a user.", "Use the object id, the user principal name, or the user as the source writes it.");
    }
}
