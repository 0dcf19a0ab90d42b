namespace ProvisioningConnector.Graph.Credentials;

/// <summary>An exception and all inside it.</summary>
internal static class Causes
{
    private const int Most = 64;

    /// <summary>From the outside in; of an aggregate, one branch after the other.</summary>
    public static IReadOnlyList<Exception> Find(Exception exception)
    {
        List<Exception> all = [];
        Add(exception);
        return all;

        void Add(Exception e)
        {
            if (all.Count == Most) return;
            all.Add(e);
            if (e is AggregateException many)
            {
                foreach (Exception one in many.InnerExceptions) Add(one);
            }
            else if (e.InnerException is { } inner)
            {
                Add(inner);
            }
        }
    }
}
