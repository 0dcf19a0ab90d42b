namespace ProvisioningConnector.Crest.Paging;

/// <summary><c>_totalPagedResultsPolicy</c>. Real system objects answer NONE and -1 whatever was asked for (idm-conventions 1.7).</summary>
public enum CountPolicy
{
    None,
    Estimate,
    Exact,
}
