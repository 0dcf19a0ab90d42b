using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>
/// What a request allows for once, the HTTP form of <c>--allow identityChanged=USER --reason TEXT</c> for every API alike (docs/facade.md#allowances).
/// </summary>
/// <param name="Allowances">What is allowed.</param>
/// <param name="Allow">The same as it was written.</param>
/// <param name="Reason">Why; null: nothing is allowed.</param>
internal sealed record RequestAllowance(Allowances Allowances, ImmutableArray<string> Allow, string? Reason)
{
    /// <summary>Name of the header that says what is allowed.</summary>
    public const string Header = "X-Allow";

    /// <summary>Name of the header that says why.</summary>
    public const string ReasonHeader = "X-Reason";

    private const int LongestReason = 1000;

    /// <summary>Nothing is allowed.</summary>
    public static RequestAllowance None { get; } = new(Allowances.None, [], null);

    /// <summary>Reads <c>X-Allow</c> and <c>X-Reason</c>.</summary>
    /// <param name="context">The request; its caller needs the right <c>approve</c> where it allows something.</param>
    /// <param name="tenant">The tenant.</param>
    /// <exception cref="FacadeRefusal">400: not understood, or no reason; 403: the caller may not.</exception>
    public static RequestAllowance Read(HttpContext context, string tenant)
    {
        StringValues lines = context.Request.Headers[Header];
        if (lines.Count == 0) return None;
        ImmutableArray<string> allow = [.. lines.SelectMany(static line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))];
        Allowances allowances = Parse(allow);
        if (allowances with { MovedNames = Allowances.None.MovedNames } != Allowances.None) throw Bad("badAllowance",
            $"The header {Header} allows identityChanged=USER and nothing else. Nothing was done.");
        context.Demand(tenant, Right.Approve);
        string reason = context.Request.Headers[ReasonHeader].ToString().Trim();
        if (reason.Length is 0 or > LongestReason || reason.Any(char.IsControl)) throw Bad("reasonNeeded",
            $"The header {Header} needs a reason: say why in the header {ReasonHeader}, one line of at most {LongestReason} characters; it is recorded. "
            + "Nothing was done.");
        return new RequestAllowance(allowances, allow, reason);
    }

    private static Allowances Parse(ImmutableArray<string> allow)
    {
        try
        {
            return AllowOptions.Read(allow);
        }
        catch (ProvisioningException wrong)
        {
            throw Bad(wrong.Code, HttpWording.OfArgument($"The header {Header}: {wrong.Message} Nothing was done."));
        }
    }

    private static FacadeRefusal Bad(string code, string message) => new(StatusCodes.Status400BadRequest, message) { Word = code };
}
