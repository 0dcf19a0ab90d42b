using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Patches;

namespace ProvisioningConnector.Crest.Tests.Patches;

/// <summary>PATCH bodies (docs/openidm.md#patch).</summary>
public sealed class PatchBodyTests
{
    [TestCase("""[]""", "")]
    [TestCase("""[{"operation":"add","field":"/phones","value":"a"}]""", "add /phones \"a\"")]
    [TestCase("""[{"operation":"ADD","field":"phones","value":["a","b"]}]""", "add /phones [\"a\",\"b\"]")]
    [TestCase("""[{"operation":"add","field":"/phones/-","value":"a"}]""", "add /phones \"a\"")]
    [TestCase("""[{"operation":"add","field":"/-","value":"a"}]""", "add /- \"a\"")]
    [TestCase("""[{"operation":"remove","field":"/phones"}]""", "remove /phones")]
    [TestCase("""[{"operation":"remove","field":"/phones","value":"a","from":null}]""", "remove /phones \"a\"")]
    [TestCase("""[{"operation":"replace","field":"/phones","value":[]}]""", "replace /phones []")]
    [TestCase("""[{"operation":"increment","field":"n","value":-1.5}]""", "increment /n -1.5")]
    [TestCase("""[{"operation":"move","field":"a","from":"/b"},{"operation":"copy","field":"a","from":"b","value":null}]""", "move /a /b;copy /a /b")]
    [TestCase("""[{"operation":"transform","field":"a","value":{"script":{}}}]""", "transform /a {\"script\":{}}")]
    public void Operations_are_read(string body, string expected) => Assert.That(string.Join(';', Given.Value(Read(body)).Select(Text)), Is.EqualTo(expected));

    [TestCase("""{}""", "content is not a JSON array of patch operations")]
    [TestCase("""null""", "content is not a JSON array of patch operations")]
    [TestCase("""{"operation":"add","field":"a","value":1}""", "content is not a JSON array of patch operations")]
    [TestCase("", "did not contain any JSON content")]
    [TestCase("[", "not valid JSON")]
    [TestCase("""[1]""", "an operation is not an object")]
    [TestCase("""[{}]""", "'operation' is missing")]
    [TestCase("""[{"operation":1,"field":"a"}]""", "'operation' is missing or no text")]
    [TestCase("""[{"op":"add","path":"/a","value":1}]""", "unknown")]
    [TestCase("""[{"operation":"add","field":"a","valeu":1}]""", "Did you mean 'value'?")]
    [TestCase("""[{"operation":"set","field":"a","value":1}]""", "Invalid patch operation type set")]
    [TestCase("""[{"operation":"add","value":1}]""", "'field' is missing")]
    [TestCase("""[{"operation":"add","field":"","value":1}]""", "no name")]
    [TestCase("""[{"operation":"add","field":"/","value":1}]""", "no name")]
    [TestCase("""[{"operation":"add","field":"/phones/0","value":1}]""", "Array indexes are not supported")]
    [TestCase("""[{"operation":"remove","field":"/phones/-"}]""", "only 'add'")]
    [TestCase("""[{"operation":"replace","field":"/phones/-","value":1}]""", "only 'add'")]
    [TestCase("""[{"operation":"add","field":"a"}]""", "No value field provided for 'add' operation")]
    [TestCase("""[{"operation":"add","field":"a","value":null}]""", "No value field provided for 'add' operation")]
    [TestCase("""[{"operation":"replace","field":"a","value":null}]""", "No value field provided for 'replace' operation")]
    [TestCase("""[{"operation":"increment","field":"a","value":null}]""", "No value field provided for 'increment' operation")]
    [TestCase("""[{"operation":"transform","field":"a"}]""", "No value field provided for 'transform' operation")]
    [TestCase("""[{"operation":"increment","field":"a","value":"1"}]""", "Non-numeric value")]
    [TestCase("""[{"operation":"remove","field":"a","value":null}]""", "'remove' has the value null")]
    [TestCase("""[{"operation":"add","field":"a","value":["x",null]}]""", "holds null")]
    [TestCase("""[{"operation":"add","field":"a","value":1,"from":"b"}]""", "'add' does not accept from field")]
    [TestCase("""[{"operation":"remove","field":"a","from":"b"}]""", "'remove' does not accept from field")]
    [TestCase("""[{"operation":"move","field":"a"}]""", "No from field provided for 'move' operation")]
    [TestCase("""[{"operation":"copy","field":"a","from":"b","value":1}]""", "'copy' does not accept value field")]
    [TestCase("""[{"operation":"add","field":"a","value":1,"value":2}]""", "twice")]
    public void A_wrong_operation_is_a_400(string body, string message)
    {
        CrestError error = Given.Error(Read(body));

        Assert.That(error.Status, Is.EqualTo(CrestStatus.BadRequest));
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public void The_error_says_which_operation() => Assert.That(
        Given.Error(Read("""[{"operation":"remove","field":"a"},{"operation":"add","field":"a"}]""")).Detail?.GetProperty("position").GetInt32(),
        Is.EqualTo(2));

    [Test]
    public void A_body_has_at_most_1000_operations()
    {
        string body = $"[{string.Join(',', Enumerable.Repeat("""{"operation":"remove","field":"a"}""", 1001))}]";

        Assert.That(Given.Error(Read(body)).Message, Does.Contain("more than 1000"));
    }

    private static Parsed<ImmutableArray<PatchOperation>> Read(string body) => PatchBody.Read(Encoding.UTF8.GetBytes(body), BodyLimits.Default);

    private static string Text(PatchOperation operation) => operation switch
    {
        PatchOperation.Add add => $"add {add.Field} {add.Value.GetRawText()}",
        PatchOperation.Remove remove => $"remove {remove.Field} {remove.Value?.GetRawText()}".TrimEnd(),
        PatchOperation.Replace replace => $"replace {replace.Field} {replace.Value.GetRawText()}",
        PatchOperation.Increment increment => $"increment {increment.Field} {increment.By.GetRawText()}",
        PatchOperation.Move move => $"move {move.Field} {move.From}",
        PatchOperation.Copy copy => $"copy {copy.Field} {copy.From}",
        PatchOperation.Transform transform => $"transform {transform.Field} {transform.Value.GetRawText()}",
        _ => "?",
    };
}
