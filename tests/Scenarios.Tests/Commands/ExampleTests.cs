using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Host.Cli.Help;
using ProvisioningConnector.Scenarios.Tests.Proposals;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Every example of help runs, with the sample list, against the sandbox as it is without a configuration of its own.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ExampleTests : IVerbRunner
{
    /// <summary>They run until a signal; here it has come before.</summary>
    private static readonly string[] UntilSignal = ["serve", "sandbox"];

    private static IEnumerable<TestCaseData> Examples()
    {
        CommandLine line = new();
        RootCommand root = ProvisionCommand.Build(line, new ExampleTests());
        HelpCommands.AddTo(root, line, new Terminal(Stream.Null, TextWriter.Null, static () => Stream.Null, false, false, false));
        return HelpTopics.All(root).Prepend(root).SelectMany(verb => HelpTopics.Of(root, verb).Examples)
            .Select(static example => new TestCaseData(example.Command).SetArgDisplayNames(example.Command));
    }

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_does_what_it_says(string command)
    {
        using Shell shell = await PreparedAsync();
        string[] typed = await Proposed.WordsAsync($"provision {await FilledAsync(shell, command)}");
        string[] words = [.. typed.Select(word => IsFile(word) ? shell.At(word) : word)];
        using CancellationTokenSource stop = new();
        bool untilSignal = UntilSignal.Contains(words[0]) && !words.Any(static word => word is "reset" or "sample");
        if (untilSignal) await stop.CancelAsync();
        shell.Typed = "yes";
        if (command.StartsWith("sandbox sample", StringComparison.Ordinal)) File.Delete(shell.At("people.csv"));

        Answer answer = await shell.RunAsync(stop.Token, words);

        if (answer.Exit == 1 && Number().Match(answer.Error) is { Success: true } asked)
        {
            shell.Typed = asked.Groups[1].Value;
            answer = await shell.RunAsync(stop.Token, words);
        }

        int[] ends = untilSignal ? [0, 130] : words[0] switch
        {
            // The sandbox has people who are affected, and a run of the sample removes what no one can give back.
            "readiness" when words[1..] is not ["forget", ..] => [4],
            "undo" => [4],
            "migrate" when words[1] == "undo" => [4],
            "plan" when words.Contains("--detailed-exitcode") => [2],
            _ => [0],
        };
        Assert.That(ends, Does.Contain(answer.Exit), $"{answer}");
        Assert.That(words.Where((_, i) => i > 0 && words[i - 1] is "--out" or "--report"), Has.All.Matches<string>(File.Exists));
    }

    /// <summary>For the grammar alone.</summary>
    public Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
        where TVerb : class => Task.FromResult(0);

    /// <summary>The sample list, a saved plan of it and a file with a password beside a sandbox on which nothing was done yet.</summary>
    private static async Task<Shell> PreparedAsync()
    {
        Shell shell = new();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "people.csv"), shell.At("people.csv"));
        shell.Write("password.txt", "Correct-horse-77-battery\n");
        shell.Configure(new JsonObject
        {
            ["Tenants"] = new JsonObject
            {
                ["sandbox"] = new JsonObject
                {
                    ["Kind"] = "Sandbox", ["State"] = shell.At("sandbox.json"),
                    ["Migration"] = new JsonObject { ["InviteGroup"] = "5a17b0c5-0000-4000-8000-00000000cafe" },
                }
            },
            ["DefaultTenant"] = "sandbox", ["Facade"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" },
        });
        shell.Actor = "planner@example";
        await DoneAsync(shell, "plan", "@people.csv", "--out", "@plan.json");
        shell.Actor = "second@example";
        return shell;
    }

    /// <summary>With the ids of a run and of a key that there are.</summary>
    private static async Task<string> FilledAsync(Shell shell, string command)
    {
        if (command.Contains("KEY-ID", StringComparison.Ordinal))
        {
            Answer key = await DoneAsync(shell, "keys", "new", "--name", "test", "--tenant", "sandbox", "--format", "json");
            return command.Replace("KEY-ID", key.Text("id"), StringComparison.Ordinal);
        }

        if (!command.Contains("RUN-ID", StringComparison.Ordinal)) return command;
        Answer run = command.StartsWith("resume", StringComparison.Ordinal)
            ? await shell.RunAsync("apply", "@people.csv", "--yes", "--limit", "2", "--format", "json")
            : await DoneAsync(shell, "apply", "@people.csv", "--yes", "--format", "json");
        return command.Replace("RUN-ID", run.Text("runId"), StringComparison.Ordinal);
    }

    private static async Task<Answer> DoneAsync(Shell shell, params string[] words)
    {
        Answer answer = await shell.RunAsync(words);
        Assert.That(answer.Exit, Is.Zero, $"{answer}");
        return answer;
    }

    private static bool IsFile(string word) => FileName().IsMatch(word);

    [GeneratedRegex(@"^[\w-]+\.(csv|json|html|md|txt|xlsx|ndjson)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"Type (\d+) to continue")]
    private static partial Regex Number();
}
