using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Faults;

/// <summary>Which requests a rule is about; all that is given must hold. Stars stand for anything.</summary>
public sealed record FaultMatch
{
    /// <summary>The endpoint's name: <c>phone.create</c>, <c>phone.*</c>, <c>*.delete</c>, <c>batch</c>; several separated by blanks.</summary>
    public string? Kind { get; init; }

    /// <summary><c>GET</c>, <c>POST</c>…</summary>
    public string? Method { get; init; }

    /// <summary>The path with its query, as sent: <c>*/phoneMethods</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Object id or user principal name.</summary>
    public string? User { get; init; }

    /// <summary>Only reads or only writes.</summary>
    public FaultAccess? Access { get; init; }

    internal bool Holds(Call call) =>
        (Kind is null || Kind.Split(' ').Any(k => Glob(k, call.Route.Kind)))
        && (Method is null || Method.Equals(call.Method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Glob(Path, call.Target))
        && (User is null || IsUser(call.Subject))
        && (Access is null || (Access == FaultAccess.Write) == (call.Route.Class == RouteClass.Write));

    internal string? Complaint() => Kind?.Length == 0 || Path?.Length == 0 ? "matches an empty kind or path." : null;

    private bool IsUser(SandboxUser? user) => user is not null
        && (user.UserPrincipalName.Equals(User, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(User, out Guid id) && id == user.Id));

    private static bool Glob(string pattern, string text)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1) return text.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        int at = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            at = found + part.Length;
        }
        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}

public enum FaultAccess { Read, Write }
