using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Scenarios.Tests.Documentation;

/// <summary>
/// A fenced block of a page. A reader does not see what stands in comments before it: <c>not run: WHY</c>, <c>first: COMMANDS</c> (the state that the page
/// assumes), <c>ends with: 4</c> (exit codes beside 0 that belong to what is shown), <c>output</c> (what the commands before it print).
/// </summary>
internal sealed partial record CommandBlock(string Page, int Line, string Language, string Text)
{
    public string? NotRun { get; init; }

    public string First { get; init; } = "";

    public string EndsWith { get; init; } = "";

    public bool IsOutput { get; init; }

    public bool IsCommands => Language == "bash";

    /// <summary>The blocks of a page, in order.</summary>
    public static ImmutableArray<CommandBlock> Read(string page, string[] lines)
    {
        ImmutableArray<CommandBlock>.Builder blocks = ImmutableArray.CreateBuilder<CommandBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            int end = Array.FindIndex(lines, i + 1, static line => line == "```");
            if (end < 0) throw new InvalidOperationException($"{page}:{i + 1}: the block has no end.");
            blocks.Add(Described(new(page, i + 1, lines[i][3..], string.Join('\n', lines[(i + 1)..end])), lines[..i]));
            i = end;
        }

        return blocks.ToImmutable();
    }

    private static CommandBlock Described(CommandBlock block, string[] before)
    {
        for (int i = before.Length - 1; i >= 0 && Comment().Match(before[i]) is { Success: true } comment; i--)
        {
            (string name, string value) = (comment.Groups[1].Value, comment.Groups[2].Value);
            block = name switch
            {
                "not run" => block with { NotRun = value },
                "first" => block with { First = value },
                "ends with" => block with { EndsWith = value },
                "output" => block with { IsOutput = true },
                _ => throw new InvalidOperationException($"{block.Page}:{i + 1}: '{name}' says nothing about a block."),
            };
        }

        return block;
    }

    [GeneratedRegex("^<!-- ([a-z ]+?)(?:: (.*))? -->$", RegexOptions.NonBacktracking)]
    private static partial Regex Comment();
}
