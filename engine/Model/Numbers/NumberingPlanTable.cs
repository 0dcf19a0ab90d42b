namespace ProvisioningConnector.Engine.Model;

internal static class NumberingPlanTable
{
    public const string Rows =
        """
        US 1 011 1 10
        CA 1 011 1 10
        GB 44 00 0 9-10
        DE 49 00 0 6-11
        IT 39 00 - 6-11
        """;
}
