using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Evidence.Secrets;

/// <summary>What passwords are like that this program makes itself.</summary>
/// <param name="Length">Characters, <see cref="Shortest"/> to <see cref="Longest"/>.</param>
/// <param name="Alphabet">Characters to choose from. By default letters, digits and signs that no one mistakes for one another when reading them out.</param>
/// <param name="MustChange">Whether the person must change it at the next sign-in.</param>
public sealed record PasswordPolicy(int Length = 20, string Alphabet = PasswordPolicy.Readable, bool MustChange = true)
{
    public const int Shortest = 12;

    /// <summary>The service takes no longer ones.</summary>
    public const int Longest = 256;

    public const string Readable = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-=?_";

    /// <summary>Whether a text can be a password that someone chose: one line, neither empty nor too long. The service may ask for more.</summary>
    public static bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= Longest && !text.Any(char.IsControl);
    }

    /// <summary>What is wrong with it; empty when it can be used.</summary>
    public IEnumerable<SettingProblem> Problems()
    {
        if (Length is < Shortest or > Longest) yield return new(nameof(Length), $"Length is {Length}; it must be {Shortest} to {Longest}.");
        if (Alphabet.Distinct().Count() < 16)
            yield return new(nameof(Alphabet), "Alphabet has fewer than 16 different characters; its passwords could be guessed.");
        if (Alphabet.Any(c => c is <= ' ' or > '~'))
            yield return new(nameof(Alphabet), "Alphabet must hold printable ASCII characters without the blank only.");
        if (PasswordMaking.Classes(Alphabet).Length < 3) yield return new(nameof(Alphabet),
            "Alphabet must hold at least three of: lower-case letters, upper-case letters, digits, signs. The service refuses other passwords.");
    }
}

/// <summary>Makes passwords.</summary>
public static class PasswordMaking
{
    /// <summary>A password with at least one character of each class that the alphabet has.</summary>
    /// <param name="policy">A policy without <see cref="PasswordPolicy.Problems"/>.</param>
    /// <param name="pick">A random number from 0 to below its argument, from a source that no one can predict.</param>
    public static Secret Make(PasswordPolicy policy, Func<int, int> pick)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(pick);
        string alphabet = string.Concat(policy.Alphabet.Distinct());
        ImmutableArray<string> classes = Classes(alphabet);
        char[] characters = new char[policy.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            string from = i < classes.Length ? classes[i] : alphabet;
            characters[i] = from[pick(from.Length)];
        }

        // Where the characters of each class stand is random too.
        for (int i = characters.Length - 1; i > 0; i--)
        {
            int other = pick(i + 1);
            (characters[i], characters[other]) = (characters[other], characters[i]);
        }

        return Secret.From(new string(characters));
    }

    internal static ImmutableArray<string> Classes(string alphabet) =>
    [
        .. new[] { Only(alphabet, char.IsAsciiLetterLower), Only(alphabet, char.IsAsciiLetterUpper),
            Only(alphabet, char.IsAsciiDigit), Only(alphabet, static c => !char.IsAsciiLetterOrDigit(c)) }
            .Where(static c => c.Length > 0),
    ];

    private static string Only(string alphabet, Func<char, bool> which) => string.Concat(alphabet.Where(which));
}
