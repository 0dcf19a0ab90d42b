namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// The messages of system objects that clients know word by word (docs/openidm.md#get, docs/openidm.md#crest-errors,
/// 1.9, 1.10). Identifiers are repeated as sent unless they hold no letter:
/// what is only digits and signs may be a phone number that went into the wrong place.
/// </summary>
public static class SystemErrors
{
    private const int Longest = 256;

    /// <summary>404: a read found no object. <paramref name="collection"/> is <c>system/azuread/user</c>.</summary>
    public static CrestError ObjectNotFound(string id, string collection) => new(CrestStatus.NotFound, $"Object {Shown(id)} not found on {collection}");

    /// <summary>404: an operation (READ, UPDATE, DELETE, …) found no object.</summary>
    public static CrestError ResourceNotFound(string operation, string id, string collection) =>
        new(CrestStatus.NotFound, $"Operation {operation} could not find resource {Shown(id)} on system object: {collection}");

    /// <summary>404: there is no such system, or the caller may not know of it.</summary>
    public static CrestError SystemNotAvailable(string system) => new(CrestStatus.NotFound, $"System: {Shown(system)} is not available.");

    /// <summary>404: there is no such run.</summary>
    public static CrestError ReconciliationNotFound(string id) => new(CrestStatus.NotFound, $"Reconciliation with id {Shown(id)} not found.");

    /// <summary>400: the resource does not know the action; the right names are in <c>detail</c>.</summary>
    public static CrestError UnsupportedAction(string action, IReadOnlyCollection<string> known) =>
        new(CrestStatus.BadRequest, $"Action {SafeQuote.Quote(action, "of this name")} is not supported here.",
            ErrorDetail.Advice(NearestName.Advice(action, known)));

    /// <summary>400: the object type has no such attribute; the nearest right name is in <c>detail</c>.</summary>
    public static CrestError UnknownAttribute(string attribute, IReadOnlyCollection<string> known) => new(
        CrestStatus.BadRequest,
        $"Target does not support attribute {SafeQuote.Bare(attribute, "(not a name)")}",
        ErrorDetail.Advice(NearestName.Advice(attribute, known)));

    private static string Shown(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        bool fits = id.Length <= Longest && id.Any(char.IsLetter) && !id.Any(char.IsControl);
        return fits ? id : "(not repeated here)";
    }
}
