namespace ProvisioningConnector.Engine.Planning;

/// <summary>What an operation does; the keys of <c>summary.operations</c> (design 8).</summary>
public enum OperationAction : byte
{
    Add,
    Update,
    Delete,
    Enable,
    Disable,
    Prefer,
    Reset,
}

/// <summary>Names of actions in documents.</summary>
public static class OperationActions
{
    public static string Name(this OperationAction action) => action switch
    {
        OperationAction.Add => "add",
        OperationAction.Update => "update",
        OperationAction.Delete => "delete",
        OperationAction.Enable => "enable",
        OperationAction.Disable => "disable",
        OperationAction.Prefer => "prefer",
        OperationAction.Reset => "reset",
    };
}
