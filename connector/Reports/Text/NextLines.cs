using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>What to do next, as the last lines of a text: a sentence, and under it the command alone on its line.</summary>
public static class NextLines
{
    /// <param name="text">A sentence without its end.</param>
    /// <param name="command">The command; null: not enough is known to propose one.</param>
    public static IEnumerable<string> From(string text, string? command) =>
        From(ProposedStep.From(text, command)).Select(static line => line.Render(TextStyle.Plain));

    internal static IEnumerable<TextLine> From(ProposedStep step)
    {
        yield return new(Visible.Escape(step.Text), Paint: static (style, text) => style.Bold(text));
        if (step.Command is { } command) yield return TextLine.OfCommand(command);
    }
}
