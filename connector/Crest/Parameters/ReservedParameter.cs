namespace ProvisioningConnector.Crest.Parameters;

/// <summary>The query parameters that CREST reserves (idm-conventions 1.1), and our <see cref="DryRun"/>.</summary>
public enum ReservedParameter
{
    Action,
    Api,
    CrestApi,
    DryRun,
    Fields,
    MimeType,
    PageSize,
    PagedResultsCookie,
    PagedResultsOffset,
    PrettyPrint,
    QueryExpression,
    QueryFilter,
    QueryId,
    SortKeys,
    TotalPagedResultsPolicy,
}
