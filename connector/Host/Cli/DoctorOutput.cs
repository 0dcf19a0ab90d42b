using System.Text;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>One thing that was tried.</summary>
/// <param name="Name">What.</param>
/// <param name="Verdict"><c>ok</c>, <c>warning</c>, <c>error</c> or <c>skipped</c>.</param>
/// <param name="Message">What came of it, and what to do.</param>
internal sealed record DoctorCheck(string Name, string Verdict, string Message);

/// <summary>
/// What <c>doctor</c> found: a line for each check as it ends, since one may wait for a network; with <c>--format json</c> one document at the end.
/// </summary>
internal sealed class DoctorOutput(CommonOptions options, Terminal terminal, ResultLines results)
{
    private const string Error = "error";
    private readonly List<DoctorCheck> _checks = [];

    /// <summary>An error that an earlier check had is not written out again.</summary>
    public async Task AddAsync(DoctorCheck check)
    {
        DoctorCheck? same = _checks.Find(earlier => earlier.Verdict == Error && earlier.Message == check.Message && earlier.Name != check.Name);
        if (same is not null) check = check with { Message = $"The same as '{same.Name}'." };
        _checks.Add(check);
        if (options.Format == OutputFormat.Json) return;
        string start = $"{check.Verdict,-8} {check.Name,-14} ";
        string line = LineBreaks.PutAll(start + Visible.OfLines(check.Message), terminal.OutputStyle(colours: false).Width, start.Length);
        await using StreamWriter output = new(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await output.WriteLineAsync(line);
    }

    /// <summary>False: something is wrong.</summary>
    public async Task<bool> EndAsync()
    {
        if (options.Format == OutputFormat.Json)
        {
            await results.WriteAsync(
                new
                {
                    kind = "doctor", formatVersion = "1.0",
                    checks = _checks.Select(c => new { name = c.Name, verdict = c.Verdict, message = c.Message }),
                }, []);
        }

        return !_checks.Exists(static check => check.Verdict == Error);
    }
}
