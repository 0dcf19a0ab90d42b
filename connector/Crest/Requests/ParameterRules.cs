using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>
/// Which parameters may come with which request. <b>Writes and actions</b>: only those that mean something there, and for actions those that the
/// caller lists; anything else is a 400 with the nearest right name, because a mistyped <c>_dryRun</c> must not write. <b>Reads and queries</b>:
/// an unknown name with an underscore in front is a 400 (a mistyped <c>_queryFilter</c> would read something else), except <c>_</c> alone, with which
/// browsers defeat caches; other unknown names are ignored, as are reserved ones without meaning there. <c>_action</c> with GET is a 400.
/// </summary>
public static class ParameterRules
{
    private static readonly ReservedParameter[] OfWrites = [ReservedParameter.DryRun, ReservedParameter.Fields,
        ReservedParameter.MimeType, ReservedParameter.PrettyPrint];
    private static readonly ReservedParameter[] OfActions = [.. OfWrites, ReservedParameter.Action];
    private static readonly ReservedParameter[] OfReads = [.. Enum.GetValues<ReservedParameter>().Where(p => p != ReservedParameter.Action)];

    /// <summary>The 400, or null when everything may be sent.</summary>
    /// <param name="request">What the request is.</param>
    /// <param name="query">Its parameters.</param>
    /// <param name="ofAction">The names of the action's own parameters; ignored for everything else.</param>
    public static CrestError? Check(CrestRequest request, CrestQuery query, IReadOnlyCollection<string> ofAction)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(ofAction);
        return request switch
        {
            CrestRequest.Read or CrestRequest.Query or CrestRequest.Describe => Misplaced(query, OfReads, "a GET") ?? Mistyped(query),
            CrestRequest.Update or CrestRequest.Patch or CrestRequest.Delete => Misplaced(query, OfWrites, "this write") ?? Unknown(query, OfWrites, []),
            CrestRequest.Create => Misplaced(query, OfActions, "a create") ?? Unknown(query, OfActions, []),
            CrestRequest.Action => Misplaced(query, OfActions, "an action") ?? Unknown(query, OfActions, ofAction),
            _ => throw new InvalidOperationException($"A request is of an unknown kind: {request.GetType().Name}."),
        };
    }

    private static CrestError? Misplaced(CrestQuery query, ReservedParameter[] allowed, string where)
    {
        foreach (ReservedParameter parameter in query.Sent)
        {
            if (!allowed.Contains(parameter)) return CrestError.Bad($"The request parameter '{ParameterNames.For(parameter)}' means nothing with {where}. "
                + $"Nothing was done. Leave it out.");
        }

        return null;
    }

    private static CrestError? Mistyped(CrestQuery query)
    {
        foreach ((string name, _) in query.Additional)
        {
            if (name.StartsWith('_') && name.Length > 1) return Refusal(name, [.. OfReads.Select(ParameterNames.For)]);
        }

        return null;
    }

    private static CrestError? Unknown(CrestQuery query, ReservedParameter[] reserved, IReadOnlyCollection<string> own)
    {
        foreach ((string name, _) in query.Additional)
        {
            if (!own.Contains(name, StringComparer.Ordinal)) return Refusal(name, [.. own, .. reserved.Select(ParameterNames.For)]);
        }

        return null;
    }

    private static CrestError Refusal(string name, string[] right)
    {
        string advice = NearestName.Advice(name, right);
        return new(CrestStatus.BadRequest, $"Unrecognized request parameter {SafeQuote.Quote(name, "(its name is not repeated here)")}. Nothing was done. "
            + $"{advice}",
            ErrorDetail.Advice(advice));
    }
}
