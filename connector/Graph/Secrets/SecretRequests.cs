using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Core;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Secrets;

/// <summary>The requests that carry or make a secret (docs/graph.md#other-methods, docs/graph.md#password-reset).</summary>
internal static class SecretRequests
{
    /// <summary>The fixed id of everybody's password method (docs/graph.md#password-reset).</summary>
    public const string PasswordId = "28c10230-6103-485e-b985-444c60001490";

    public static GraphCall Reset(string uid, Secret? given, GraphAddress address) =>
        new(RequestMethod.Post, address.V1($"{UserPath.Of(uid)}/authentication/methods/{PasswordId}/resetPassword"), Purpose.ResetPassword)
        {
            Body = Json(writer =>
            {
                if (given is not null) writer.WriteString("newPassword", given.Reveal());
            }),
        };

    public static GraphCall Set(string uid, Secret password, bool mustChange, GraphAddress address) =>
        new(RequestMethod.Patch, address.V1(UserPath.Of(uid)), Purpose.SetPassword)
        {
            Body = Json(writer =>
            {
                writer.WriteStartObject("passwordProfile");
                writer.WriteBoolean("forceChangePasswordNextSignIn", mustChange);
                writer.WriteString("password", password.Reveal());
                writer.WriteEndObject();
            }),
        };

    public static GraphCall Issue(string uid, Operation.IssuePass pass, GraphAddress address) =>
        new(RequestMethod.Post, address.V1($"{UserPath.Of(uid)}/authentication/temporaryAccessPassMethods"), Purpose.IssuePass)
        {
            Body = Json(writer =>
            {
                if (pass.Once is { } once) writer.WriteBoolean("isUsableOnce", once);
                if (pass.LifetimeInMinutes is { } minutes) writer.WriteNumber("lifetimeInMinutes", minutes);
            }),
        };

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new(128);
        using Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }
}
