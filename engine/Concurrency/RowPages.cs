using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>Rows, so many at a time.</summary>
internal static class RowPages
{
    public static async IAsyncEnumerable<ImmutableArray<T>> OfAsync<T>(IAsyncEnumerable<T> rows,
        int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ImmutableArray<T>.Builder page = ImmutableArray.CreateBuilder<T>();
        await foreach (T row in rows.WithCancellation(cancellation))
        {
            page.Add(row);
            if (page.Count == size) yield return page.DrainToImmutable();
        }

        if (page.Count > 0) yield return page.DrainToImmutable();
    }
}
