using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Proposals;

/// <summary>Commands that outputs propose, and what a shell makes of them.</summary>
internal static partial class Proposed
{
    /// <summary>Commands stand alone on their line, indented.</summary>
    public static string[] InText(string text) => [.. TextCommand().Matches(text).Select(static match => match.Groups[1].Value)];

    public static string[] InMarkdown(string text) => [.. MarkdownCommand().Matches(text).Select(static match => match.Groups[2].Value)];

    public static string[] InHtml(string page) => [.. HtmlCommand().Matches(page).Select(static match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    /// <summary>The words that a shell hands to the program.</summary>
    public static async Task<string[]> WordsAsync(string command)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])["-c", $"provision() {{ printf '%s\\0' \"$@\"; }}; {command}"]) start.ArgumentList.Add(argument);
        using Process shell = Process.Start(start) ?? throw new InvalidOperationException("There is no shell.");
        string words = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.That(shell.ExitCode, Is.Zero, $"a shell does not take: {command}");
        return words.Split('\0')[..^1];
    }

    [GeneratedRegex("^  (provision .*)$", RegexOptions.Multiline)]
    private static partial Regex TextCommand();

    [GeneratedRegex("^(`{3,})sh\n(provision .*)\n\\1$", RegexOptions.Multiline)]
    private static partial Regex MarkdownCommand();

    [GeneratedRegex("<p class=\"command\"><code>(provision .*)</code></p>")]
    private static partial Regex HtmlCommand();
}

/// <summary>Pastes what was proposed: from another folder, with nothing added.</summary>
/// <param name="shell">Where the proposing command ran.</param>
/// <param name="files">The files that a proposed command may mean.</param>
internal sealed class Paste(Shell shell, params string[] files)
{
    /// <summary>Errors that mean that the command, or what it names, is not what it should be.</summary>
    private static readonly string[] Wrong =
    [
        "usage", "configuration", "unknownTenant", "tenantNeeded", "unknownRun", "runOfAnotherTenant", "sourceMissing", "notAPlan", "planMasked",
        "planOfAnotherTenant", "planSealBroken", "unknownAllowance", "badAllowance", "reasonNeeded", "nothingToAllow", "userNeeded",
    ];

    private readonly HashSet<string> _pasted = new(StringComparer.Ordinal);

    /// <summary>Verbs that were proposed so far.</summary>
    public IEnumerable<string> Verbs => _pasted.Select(static command => command.Split(' ')[1]);

    /// <summary>Runs all of them, each once.</summary>
    public async Task AllAsync(IEnumerable<string> commands, string tenantId)
    {
        foreach (string command in commands.Where(_pasted.Add)) await OneAsync(command, tenantId);
    }

    private async Task OneAsync(string command, string tenantId)
    {
        string[] words = await Proposed.WordsAsync(command);
        Assert.That(words, Does.Contain("--config").And.Contain(shell.ConfigFile), command);
        foreach (string file in words.Where(static word => word.Contains('/', StringComparison.Ordinal) && !word.StartsWith("http", StringComparison.Ordinal)))
        {
            Assert.That(files.Append(shell.ConfigFile), Does.Contain(file), $"another file than was typed or written: {command}");
        }

        // What is saved without a path goes where the command runs, which is not the tests' folder.
        string[] exact = [.. words.Select((word, i) => i > 0 && words[i - 1] == "--out" && !Path.IsPathRooted(word) ? shell.At(word) : word)];
        Answer answer = await shell.RunExactAsync([.. exact, "--format", "json"]);
        if (answer.Document.TryGetProperty("tenant", out System.Text.Json.JsonElement tenant) && tenant.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            Assert.That(Lines.Text(tenant, "id"), Is.EqualTo(tenantId), command);
        }

        if (answer.Text("kind") == "error") Assert.That(Wrong, Does.Not.Contain(answer.Text("code")), $"{command}{Environment.NewLine}{answer}");
    }
}
