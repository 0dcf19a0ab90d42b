using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>What ended a command before its result, as an error document and an exit code (docs/cli.md#exit-codes).</summary>
internal static class CommandErrors
{
    /// <param name="problem">What was thrown.</param>
    /// <param name="signalled">Whether a signal has come.</param>
    public static (ErrorDocument Document, int Exit) From(Exception problem, bool signalled) => problem switch
    {
        ProvisioningException stopped => (new ErrorDocument(stopped.Code, stopped.Message, stopped.Advice), ExitCodes.From(stopped.Kind)),
        SettingsException wrong => (new ErrorDocument("configuration", wrong.Message, "Fix the configuration. Nothing was changed."), ExitCodes.Error),
        SourceException wrong => (SourceErrors.Document(wrong), ExitCodes.Error),
        StoreException wrong => (new ErrorDocument("store", wrong.Message, wrong.Advice), ExitCodes.Error),
        TenantException wrong => (new ErrorDocument(wrong.Error.Code, wrong.Error.Message, wrong.Error.Advice), ExitCodes.Error),
        IOException or UnauthorizedAccessException => (new ErrorDocument("io", problem.Message,
            "Fix that and run again; if a run was under way, 'provision runs' shows how to continue it."), ExitCodes.Error),
        OperationCanceledException when signalled => (new ErrorDocument("interrupted", "Interrupted.",
            "Nothing more was started. If a run had begun, 'provision runs' shows how to continue it."), ExitCodes.Interrupted),
        _ => (Unexpected.Document(problem), ExitCodes.Error),
    };
}
