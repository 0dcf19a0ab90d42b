using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>
/// One row of the error table. It applies when any of its fragments is found in message or code; a row without fragments applies by
/// its codes; a row with neither applies by status alone. In a fragment, '*' stands for anything in between.
/// </summary>
internal sealed record ErrorRule(string Code, ErrorKind Kind, string Message, string Advice = "")
{
    public string[] Fragments { get; init; } = [];

    public string[] Codes { get; init; } = [];

    public int[] Statuses { get; init; } = [];

    /// <summary>Every status from here on; 0: no such limit.</summary>
    public int From { get; init; }

    /// <summary>The purposes it is limited to; empty: all.</summary>
    public Purpose[] Only { get; init; } = [];

    /// <summary>Recognised by text rather than by status: it wins whatever the status is (statuses of these answers are not known,
    /// docs/graph.md#error-catalogue).</summary>
    public bool IsSpecific => Fragments.Length > 0 || Codes.Length > 0;

    public bool Matches(int status, in ErrorEnvelope envelope, Purpose purpose)
    {
        if (Only.Length > 0 && Array.IndexOf(Only, purpose) < 0) return false;
        if (Statuses.Length > 0 && Array.IndexOf(Statuses, status) < 0) return false;
        if (status < From) return false;
        return !IsSpecific || HasCode(envelope) || HasFragment(envelope);
    }

    private bool HasCode(in ErrorEnvelope envelope)
    {
        foreach (string code in Codes)
        {
            if (string.Equals(code, envelope.Code, StringComparison.OrdinalIgnoreCase)
                || string.Equals(code, envelope.InnerCode, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private bool HasFragment(in ErrorEnvelope envelope)
    {
        foreach (string fragment in Fragments)
        {
            if (Holds(envelope.Message, fragment)) return true;
        }

        return false;
    }

    private static bool Holds(ReadOnlySpan<char> text, ReadOnlySpan<char> fragment)
    {
        foreach (Range part in fragment.Split('*'))
        {
            int at = text.IndexOf(fragment[part], StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            text = text[(at + fragment[part].Length)..];
        }

        return true;
    }
}
