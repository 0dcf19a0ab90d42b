namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Where a code appears (docs/codes.md).</summary>
[Flags]
public enum CodePlaces
{
    None = 0,

    /// <summary>The error of an operation or of a user that could not be read; the code of an error document or answer when nothing else went on.</summary>
    Service = 1,

    /// <summary><c>guardrails[].name</c> of plans and runs.</summary>
    Guardrail = 2,

    /// <summary><c>held[].code</c> of a user.</summary>
    Held = 4,

    /// <summary><c>operations[].error.code</c>.</summary>
    Operation = 8,

    /// <summary><c>diagnostics[].code</c> of a user.</summary>
    User = 16,

    /// <summary><c>diagnostics[].code</c> of a user whose row is wrong, and the file of rejected rows.</summary>
    Row = 32,

    /// <summary><c>diagnostics[].code</c> of a whole plan or run.</summary>
    Run = 64,

    /// <summary><c>code</c> of the command line's error document.</summary>
    Error = 128,

    /// <summary>The message of the error <c>configuration</c>, which lists everything that is wrong.</summary>
    Setting = 256,

    /// <summary><c>code</c> of a problem document, or <c>detail.code</c> of OpenIDM's error.</summary>
    Answer = 512,

    /// <summary>The audit trail, and what its check and its comparison find.</summary>
    Audit = 1024,

    /// <summary><c>findings[].code</c> of a tenant's readiness.</summary>
    Finding = 2048,
}
