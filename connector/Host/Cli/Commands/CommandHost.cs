using System.CommandLine;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>
/// Runs one command: parses, composes what its verb works with, calls the verb, turns expected problems into an error document and an exit code. The
/// composition root of the command line: nothing else asks the container for anything.
/// </summary>
/// <param name="terminal">The streams.</param>
/// <param name="time">The clock.</param>
/// <param name="actor">Who runs the command; null: the user of the operating system.</param>
internal sealed class CommandHost(Terminal terminal, TimeProvider time, string? actor = null)
{
    /// <summary>Users who have begun have so long to be finished after the first signal; <c>serve</c> has a setting of its own.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(30);

    /// <summary>What the service writes to standard error is its log, in which it acknowledges the signal itself.</summary>
    private const string Service = "serve";

    private readonly ErrorOutput _errors = new(terminal);

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
        RootCommand root = ProvisionCommand.Build(line, new VerbRunner(this, line, new EndSignals(stop, CancellationToken.None, cancellation)));
        HelpCommands.AddTo(root, line, terminal);
        ParseResult parsed = root.Parse(arguments);
        if (UsageErrors.Of(root, parsed) is { } usage)
        {
            await _errors.WriteAsync(line.FormatOf(parsed), usage, isRefusal: false, []);
            return ExitCodes.Error;
        }

        try
        {
            InvocationConfiguration asIs = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(asIs, cancellation);
        }
        catch (ProvisioningException wrong)
        {
            (ErrorDocument document, int exit) = CommandErrors.From(wrong, signalled: false);
            await _errors.WriteAsync(line.FormatOf(parsed), document, isRefusal: false, []);
            return exit;
        }
    }

    /// <summary>The services of one command. It is never started: a command has no work beside its verb, and signals are the program's.</summary>
    /// <param name="options">The options that all verbs have.</param>
    /// <param name="signals">How the command is asked to end.</param>
    /// <param name="log">Where requests are logged; null: nowhere.</param>
    internal IHost Compose(CommonOptions options, EndSignals signals, ILoggerProvider? log)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        if (log is not null) builder.Logging.AddProvider(log);
        Invocation invocation = new(actor ?? Identity.Actor, signals) { GoneWithin = GoneWithin };
        CommandServices.Add(builder.Services, options, terminal, time, invocation);
        return builder.Build();
    }

    private async Task<int> CallAsync<TVerb>(CommonOptions options, string command, EndSignals signals, Func<TVerb, CancellationToken, Task<int>> call)
        where TVerb : class
    {
        using ILoggerProvider? log = LogProviders.OfCommand(SettingsFile.Logging(options.ConfigFile), terminal.Error, options.Verbose);
        using CancellationTokenSource cut = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenRegistration stopping = signals.Stop.Register(() => cut.CancelAfter(FinishWithin));
        using IHost composed = Compose(options, signals with { Cut = cut.Token }, log);
        if (Requests is not null && command != Service)
        {
            Messages messages = composed.Services.GetRequiredService<Messages>();
            Requests.Acknowledge = () => messages.Report("Stopping: finishing what has begun. Press Ctrl-C again to stop at once.");
        }

        return await call(composed.Services.GetRequiredService<TVerb>(), signals.Stop);
    }

    private sealed class VerbRunner(CommandHost host, CommandLine line, EndSignals signals) : IVerbRunner
    {
        public async Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
            where TVerb : class
        {
            CommonOptions options = line.Common(parsed);
            try
            {
                return await host.CallAsync(options, parsed.CommandResult.Command.Name, signals, call);
            }
            catch (Exception problem)
            {
                bool signalled = signals.Stop.IsCancellationRequested || signals.Gone.IsCancellationRequested;
                (ErrorDocument document, int exit) = CommandErrors.From(problem, signalled);
                await host._errors.WriteAsync(options.Format, document, exit == ExitCodes.Blocked, ErrorSteps.From(document.Code, options));
                return exit;
            }
        }
    }
}
