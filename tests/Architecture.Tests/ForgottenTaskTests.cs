using Mono.Cecil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>No work is started and forgotten: a task is awaited, returned or held by what waits for it (docs/contributing.md#c).</summary>
public sealed class ForgottenTaskTests
{
    private static readonly string[] Tasks = ["Task", "Task`1", "ValueTask", "ValueTask`1"];

    [Test]
    public void No_task_is_thrown_away()
    {
        using ProductCode product = new();

        string[] forgotten = [.. product.Bodies.SelectMany(static method => ProductCode.Discarded(method).Where(IsTask)
            .Select(call => $"{ProductCode.Outermost(method.DeclaringType).FullName} forgets {call.Name}"))];

        Assert.That(forgotten, Is.Empty, "Await it, return it, or start it with WorkInFlight.");
    }

    [Test]
    public void No_method_is_async_void()
    {
        using ProductCode product = new();

        string[] found = [.. product.Types.Where(static type => type.Fields.Any(static field => field.FieldType.Name == "AsyncVoidMethodBuilder"))
            .Select(static type => ProductCode.Outermost(type).FullName)];

        Assert.That(found, Is.Empty);
    }

    private static bool IsTask(MethodReference call) => call.ReturnType.Namespace == "System.Threading.Tasks"
        && Tasks.Contains(call.ReturnType is GenericInstanceType generic ? generic.ElementType.Name : call.ReturnType.Name, StringComparer.Ordinal);
}
