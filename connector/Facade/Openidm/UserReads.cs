using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>GET of one user.</summary>
internal sealed class UserReads(RequestTenants tenants, ReplyDeadline deadline)
{
    public async Task ReadAsync(HttpContext context, UserPath path, SystemCall call, RevisionCondition? unless)
    {
        context.Demand(path.Tenant, Right.Read);
        ShownFields shown = ShownFields.From(call.Query.Fields);
        if (unless is not null) shown = shown with { NeedsRevision = true };
        TenantSession session = await tenants.OpenAsync(context);
        bool full = context.Caller().Can(session.Settings.Name, Right.ReadFull);
        ConnectorObject user = await path.FindingAsync("READ", deadline.GiveAsync(
            context, Answers.Late, session.Settings.Name,
            (_, cancellation) => session.Icf.GetAsync(path.Class, new Uid(path.Id ?? ""), shown.Options(full), cancellation)));
        if (user.Uid.Revision is { } revision) context.Response.Headers.ETag = EntityTags.Header(revision);
        if (unless?.Holds(user.Uid.Revision) == true)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(context, call, user, shown);
    }

    /// <summary>200 with the object; with <c>_mimeType</c> the bare value of its one field.</summary>
    public static async Task WriteAsync(HttpContext context, SystemCall call, ConnectorObject user, ShownFields shown)
    {
        JsonElement json = ObjectJson.Write(user, shown);
        if (call.Request is CrestRequest.Read && call.Query.MimeType is { } type)
        {
            byte[] value = RawValue.Decode(json, call.Query.Fields.Fields[0]).OrRefuse();
            await Answers.BytesAsync(context, value, type);
            return;
        }

        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter writer = new(body, CrestJson.Options(call.Query.PrettyPrint))) shown.Projection.Write(writer, json);
        await Answers.BytesAsync(context, body.WrittenMemory, CrestJson.ContentType);
    }
}
