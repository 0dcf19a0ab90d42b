using System.Globalization;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Quotas;

/// <summary>What a call costs (docs/graph.md#throttling): reads one unit, less for <c>$select</c> and small pages, more for <c>$expand</c>, never below
/// one.</summary>
internal static class Cost
{
    public static double ResourceUnits(Call call)
    {
        if (call.Route.Class == RouteClass.Write) return 1;
        int units = 1;
        if (call.Query["select"] is not null) units--;
        if (call.Query["expand"] is not null) units++;
        if (call.Query["top"] is { } top && int.TryParse(top, CultureInfo.InvariantCulture, out int size) && size < 20) units--;
        return Math.Max(1, units);
    }
}
