using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>Reads <c>--allow KEY=N</c> and <c>--allow KEY</c> (docs/cli.md#options).</summary>
internal static class AllowOptions
{
    private static readonly ImmutableArray<string> Keys =
        ["deletes", "updates", "adds", "lastPhone", "readErrors", "sharedNumber", "sourceShrink", "sourceOlder", "protected", "identityChanged"];

    /// <exception cref="ProvisioningException">An allowance that does not exist or lacks its number.</exception>
    public static Allowances Read(ImmutableArray<string> options)
    {
        Allowances allowances = Allowances.None;
        foreach (string option in options)
        {
            int at = option.IndexOf('=', StringComparison.Ordinal);
            string key = (at < 0 ? option : option[..at]).Trim();
            string value = at < 0 ? string.Empty : option[(at + 1)..].Trim();
            string known = Keys.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase))
                ?? throw new ProvisioningException("unknownAllowance", $"--allow {option}: '{key}' is not something that can be allowed.",
                    Suggestion.Hint(key, Keys));
            allowances = known switch
            {
                "deletes" => allowances with { Deletes = Number(option, value) },
                "updates" => allowances with { Updates = Number(option, value) },
                "adds" => allowances with { Adds = Number(option, value) },
                "lastPhone" => allowances with { LastPhone = Number(option, value) },
                "readErrors" => allowances with { ReadErrors = Number(option, value) },
                "sharedNumber" => allowances with { SharedNumber = Number(option, value) },
                "protected" => allowances with { ProtectedUsers = allowances.ProtectedUsers.Add(User(option, value)) },
                "identityChanged" => allowances with { MovedNames = allowances.MovedNames.Add(User(option, value)) },
                "sourceShrink" => allowances with { SourceShrink = Percent(option, value) },
                "sourceOlder" => value.Length == 0
                    ? allowances with { SourceOlder = true }
                    : throw new ProvisioningException("badAllowance", $"--allow {option}: this takes no number.",
                        "Write --allow sourceOlder."),
                _ => throw new InvalidOperationException($"An unknown allowance: {known}."),
            };
        }

        return allowances;
    }

    private static long Number(string option, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new ProvisioningException("badAllowance", $"--allow {option}: give a number.",
                "Write the exact number to allow, such as --allow deletes=312.");

    private static decimal Percent(string option, string value) =>
        decimal.TryParse(value.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent) && percent <= 100
            ? percent
            : throw new ProvisioningException("badAllowance", $"--allow {option}: give a percentage from 0 to 100.",
                "Write the percentage by which the source may shrink, such as --allow sourceShrink=15.");

    private static string User(string option, string value) =>
        UserName.TryRead(value, out UserKey user, out string? problem)
            ? user.ToString()
            : throw new ProvisioningException("badAllowance", $"--allow {option}: name one user. {problem}".TrimEnd(),
                "Write the user principal name or object id, such as --allow protected=kim@contoso.com; wildcards are not supported.");
}
