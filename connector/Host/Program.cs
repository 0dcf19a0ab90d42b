namespace ProvisioningConnector.Host;

/// <summary>The executable <c>provision</c>.</summary>
internal static class Program
{
    private static int Main() => 0;
}
