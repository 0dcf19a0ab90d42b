using System.Globalization;

namespace ProvisioningConnector.Stores.Database;

/// <summary>Points in time as columns: UTC text of fixed length, so that its order is the order of time.</summary>
internal static class Instants
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
