using System.CommandLine;
using System.CommandLine.Invocation;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>Runs one command: parses, calls the verb, turns expected problems into an error document and an exit code.</summary>
internal sealed class CommandHost(Terminal terminal, TimeProvider time, string? actor = null)
{
    /// <summary>Users who have begun have so long to be finished after the first signal; <c>serve</c> has a setting of its own.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(30);

    /// <summary>Where signals come from; null: nowhere.</summary>
    public StopRequests? Requests { get; init; }

    /// <summary>Sees to it that the process is gone so long after the first signal, whatever it is doing.</summary>
    public Action<TimeSpan> GoneWithin { get; init; } = static _ => { };

    /// <param name="arguments">The command line.</param>
    /// <param name="stop">First signal.</param>
    /// <param name="cancellation">Second signal.</param>
    public async Task<int> RunAsync(string[] arguments, CancellationToken stop, CancellationToken cancellation)
    {
        CommandLine line = new();
        RootCommand root = ProvisionCommand.Build(line, (parsed, verb) => GuardedAsync(line, parsed, verb, stop, cancellation));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            string errors = string.Join(" ", parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal));
            string help = parsed.CommandResult.Command is RootCommand ? "provision --help" : $"provision {parsed.CommandResult.Command.Name} --help";
            return await FailAsync(line.FormatOf(parsed), new ErrorDocument("usage", errors, $"See '{help}'."), ExitCodes.Error);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
    }

    private async Task<int> GuardedAsync(CommandLine line, ParseResult parsed, Func<VerbContext, Task<int>> verb,
        CancellationToken stop, CancellationToken cancellation)
    {
        CommonOptions options = line.Common(parsed);
        try
        {
            using CommandLog log = CommandLog.Open(options, terminal.Error);
            using CancellationTokenSource cut = new(Timeout.InfiniteTimeSpan, time);
            using CancellationTokenRegistration stopping = stop.Register(() => cut.CancelAfter(FinishWithin));
            using VerbContext context = new(options, terminal, time, log.Trace, stop, cancellation)
            {
                Actor = actor ?? Identity.Actor, Cut = cut.Token, GoneWithin = GoneWithin,
            };
            // What the service writes to standard error is its log, in which it acknowledges the signal itself.
            if (Requests is not null && parsed.CommandResult.Command.Name != "serve")
            {
                Requests.Acknowledge = () => context.Report("Stopping: finishing what has begun. Press Ctrl-C again to stop at once.");
            }

            return await verb(context);
        }
        catch (ProvisioningException stopped)
        {
            return await FailAsync(options.Format, new ErrorDocument(stopped.Code, stopped.Message, stopped.Advice), ExitCodes.Of(stopped.Kind));
        }
        catch (SettingsException wrong)
        {
            return await FailAsync(options.Format, new ErrorDocument("configuration", wrong.Message, "Fix the configuration. Nothing was changed."),
                ExitCodes.Error);
        }
        catch (SourceException wrong)
        {
            return await FailAsync(options.Format, SourceErrors.Document(wrong), ExitCodes.Error);
        }
        catch (StoreException wrong)
        {
            return await FailAsync(options.Format, new ErrorDocument("store", wrong.Message, wrong.Advice), ExitCodes.Error);
        }
        catch (TenantException wrong)
        {
            return await FailAsync(options.Format, new ErrorDocument(wrong.Error.Code, wrong.Error.Message, wrong.Error.Advice), ExitCodes.Error);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(options.Format,
                new ErrorDocument("io", wrong.Message, "Fix that and run again; if a run was under way, 'provision runs' shows how to go on with it."),
                ExitCodes.Error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || cancellation.IsCancellationRequested)
        {
            return await FailAsync(options.Format,
                new ErrorDocument("interrupted", "Interrupted.", "Nothing more was started. If a run had begun, 'provision runs' shows how to go on with it."),
                ExitCodes.Interrupted);
        }
        catch (Exception unexpected)
        {
            return await FailAsync(options.Format, Unexpected.Document(unexpected), ExitCodes.Error);
        }
    }

    private async Task<int> FailAsync(OutputFormat format, ErrorDocument error, int exit)
    {
        if (format == OutputFormat.Json)
        {
            await JsonReports.WriteAsync(error, terminal.Output, CancellationToken.None);
            await terminal.Output.FlushAsync(CancellationToken.None);
        }
        else
        {
            await terminal.Error.WriteLineAsync($"error: {Visible.OfLines(error.Message)}");
            if (error.Advice.Length > 0) await terminal.Error.WriteLineAsync($"       {Visible.OfLines(error.Advice)}");
        }

        return exit;
    }
}
