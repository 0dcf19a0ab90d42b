using System.CommandLine;
using System.CommandLine.Invocation;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>
/// Runs one command: parses, composes what its verb works with, calls the verb, turns expected problems into an error document and an exit code. The
/// composition root of the command line: nothing else asks the container for anything.
/// </summary>
internal sealed class CommandHost(Terminal terminal, TimeProvider time, string? actor = null)
{
    /// <summary>Users who have begun have so long to be finished after the first signal; <c>serve</c> has a setting of its own.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(30);
    private readonly Terminal _terminal = terminal;
    private readonly TimeProvider _time = time;
    private readonly string? _actor = actor;

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
        RootCommand root = ProvisionCommand.Build(line, new VerbRunner(this, line, stop, cancellation));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            string errors = string.Join(" ", parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal));
            string help = parsed.CommandResult.Command is RootCommand ? "provision --help" : $"provision {parsed.CommandResult.Command.Name} --help";
            return await FailAsync(line.FormatOf(parsed), new ErrorDocument("usage", errors, $"See '{help}'."), ExitCodes.Error);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
    }

    /// <summary>The services of one command. It is never started: a command has no work beside its verb, and signals are the program's.</summary>
    /// <param name="options">The options that all verbs have.</param>
    /// <param name="invocation">Who runs the command, and how it is asked to end.</param>
    /// <param name="log">Where requests are logged; null: nowhere.</param>
    internal IHost Compose(CommonOptions options, Invocation invocation, ILoggerProvider? log)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        if (log is not null) builder.Logging.AddProvider(log);
        CommandServices.Add(builder.Services, options, _terminal, _time, invocation);
        return builder.Build();
    }

    private async Task<int> FailAsync(OutputFormat format, ErrorDocument error, int exit)
    {
        if (format == OutputFormat.Json)
        {
            await JsonReports.WriteAsync(error, _terminal.Output, CancellationToken.None);
            await _terminal.Output.FlushAsync(CancellationToken.None);
        }
        else
        {
            await _terminal.Error.WriteLineAsync($"error: {Visible.OfLines(error.Message)}");
            if (error.Advice.Length > 0) await _terminal.Error.WriteLineAsync($"       {Visible.OfLines(error.Advice)}");
        }

        return exit;
    }

    private sealed class VerbRunner(CommandHost host, CommandLine line, CancellationToken stop, CancellationToken cancellation) : IVerbRunner
    {
        public async Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
            where TVerb : class
        {
            CommonOptions options = line.Common(parsed);
            try
            {
                using ILoggerProvider? log = LogProviders.OfCommand(SettingsFile.Logging(options.ConfigFile), host._terminal.Error, options.Verbose);
                using CancellationTokenSource cut = new(Timeout.InfiniteTimeSpan, host._time);
                using CancellationTokenRegistration stopping = stop.Register(() => cut.CancelAfter(FinishWithin));
                Invocation invocation = new(host._actor ?? Identity.Actor, new EndSignals(stop, cut.Token, cancellation)) { GoneWithin = host.GoneWithin };
                using IHost composed = host.Compose(options, invocation, log);
                if (host.Requests is { } requests && parsed.CommandResult.Command.Name != "serve")
                {
                    // What the service writes to standard error is its log, in which it acknowledges the signal itself.
                    Messages messages = composed.Services.GetRequiredService<Messages>();
                    requests.Acknowledge = () => messages.Report("Stopping: finishing what has begun. Press Ctrl-C again to stop at once.");
                }

                return await call(composed.Services.GetRequiredService<TVerb>(), stop);
            }
            catch (Exception problem)
            {
                (ErrorDocument document, int exit) = CommandErrors.From(problem, stop.IsCancellationRequested || cancellation.IsCancellationRequested);
                return await host.FailAsync(options.Format, document, exit);
            }
        }
    }
}
