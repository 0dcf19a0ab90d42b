using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>Reads what an opening of a limit over time needs, for the verb and for the facade.</summary>
internal static class OpeningArguments
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Each measure once, such as <c>deletes=312</c>.</summary>
    /// <exception cref="ProvisioningException">Nothing, or something else, is allowed.</exception>
    public static ImmutableArray<(WindowMeasure Measure, long Number)> Allow(ImmutableArray<string> options)
    {
        string[] keys = [.. Enum.GetValues<WindowMeasure>().Select(m => m.AllowKey())];
        if (options.IsEmpty) throw new ProvisioningException("nothingToAllow", "The request does not say what to allow.",
            $"Name it with a number, such as deletes=312. Possible: {string.Join(", ", keys)}.");
        ImmutableArray<(WindowMeasure Measure, long Number)>.Builder allowed = ImmutableArray.CreateBuilder<(WindowMeasure, long)>();
        foreach (string option in options)
        {
            string[] parts = option.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!WindowWords.TryParse(parts[0], out WindowMeasure measure)) throw new ProvisioningException("unknownAllowance",
                "This is not one of the limits over time.", Suggestion.Hint(parts[0], keys));
            if (parts.Length < 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                || number < 1 || number > int.MaxValue)
            {
                throw new ProvisioningException("badAllowance", $"{measure.AllowKey()} needs a number of 1 or more.",
                    "Write the exact number to allow beyond the limit, such as deletes=312.");
            }

            if (allowed.Any(a => a.Measure == measure)) throw new ProvisioningException("badAllowance",
                $"{measure.AllowKey()} is allowed twice.", "Name it once.");
            allowed.Add((measure, number));
        }

        return allowed.ToImmutable();
    }

    /// <exception cref="ProvisioningException">Not a duration, or longer than 7 days.</exception>
    public static TimeSpan Duration(string? text)
    {
        bool right = text is not null && text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan parsed) && parsed > TimeSpan.Zero && parsed <= Longest;
        return right ? TimeSpan.Parse(text ?? "", CultureInfo.InvariantCulture)
            : throw new ProvisioningException("usage", "How long the limit stays open is missing or not valid.",
                "Write hours, minutes and seconds, such as --for 04:00:00; at most 7.00:00:00.");
    }

    /// <exception cref="ProvisioningException">There is none.</exception>
    public static string Reason(string? text) => string.IsNullOrWhiteSpace(text)
        ? throw new ProvisioningException("reasonNeeded", "An approval needs a reason.", "Give one with --reason TEXT; it is recorded.")
        : text.Length <= 1000 ? text : throw new ProvisioningException("reasonNeeded", "The reason is longer than 1000 characters.", "Shorten it.");
}
