using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>audit verify</c> and <c>audit export --out FILE</c>: the chain of evidence.</summary>
internal sealed class AuditVerbs(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Goes along the whole chain and compares it with the second sink and with the runs of the store.</summary>
    public async Task<int> VerifyAsync(CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        (ImmutableArray<AuditHead> heads, ImmutableArray<AuditFinding> sink) = await SecondAsync(workspace.Audit.Second, stop);
        AuditCheck check = new(await workspace.Store.KeyAsync(AuditChain.KeyName, stop), heads);
        await foreach (AuditRecord record in workspace.Audit.Trail.RecordsAsync(stop)) check.Observe(record);
        check.End();
        await foreach (RunHeader run in workspace.Store.RunsAsync(stop)) check.AddRun(run.RunId, run.StartedAt, run.EndedAt);
        bool firstUse = sink is [{ Number: 0 }] && !check.Findings.Any(f => f.Code == AuditFinding.SecondSink);
        ImmutableArray<AuditFinding> findings = firstUse ? check.Findings : [.. sink, .. check.Findings];
        if (workspace.Audit.Second is null) messages.Report(
            "note: no second sink is configured (Audit:HeadFile), so records cut off at the end show only where the store knows of a later run.");
        string end = check.Head is { } head
            ? string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(check.Records, "record")}, the last is {head.Number} with MAC {head.Mac}")
            : "no records yet";
        await results.WriteAsync(new
        {
            kind = "auditVerify", formatVersion = "1.0", clean = findings.IsEmpty, records = check.Records,
            head = check.Head is { } last ? new { number = last.Number, mac = last.Mac } : null,
            secondSink = workspace.Audit.Second?.Path,
            findings = findings.Select(f => new { code = f.Code, record = f.Number, message = f.Message }),
        }, [.. findings.Select(f => $"{f.Code}: {f.Message}"),
            $"audit trail: {(findings.IsEmpty ? "clean" : Quantity.Of(findings.Length, "finding"))}; {end}"]);
        return findings.IsEmpty ? ExitCodes.Done : ExitCodes.Error;
    }

    /// <summary>One JSON object per record and line, as signed.</summary>
    public async Task<int> ExportAsync(string target, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        long count = 0;
        await ResultFile.WriteAsync(target, async output =>
        {
            ArrayBufferWriter<byte> line = new();
            await foreach (AuditRecord record in workspace.Audit.Trail.RecordsAsync(stop))
            {
                line.ResetWrittenCount();
                Write(line, record);
                await output.WriteAsync(line.WrittenMemory, stop);
                count++;
            }
        }, stop);
        await workspace.Audit.ExportedAsync("audit trail", target, count, options.Reason, stop);
        await results.WriteAsync(new { kind = "auditExport", formatVersion = "1.0", file = target, records = count },
            [$"{Quantity.Of(count, "record")} exported to {target} (readable by you only); 'audit verify' checks the chain"]);
        return ExitCodes.Done;
    }

    private static void Write(ArrayBufferWriter<byte> line, AuditRecord record)
    {
        using (Utf8JsonWriter writer = new(line, Writing))
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", record.Number);
            writer.WriteString("previous", Convert.ToHexStringLower(record.Previous.AsSpan()));
            writer.WriteString("mac", Convert.ToHexStringLower(record.Mac.AsSpan()));
            // What was tampered with may be no JSON; it must neither break the line nor hide.
            if (AuditBody.TryRead(record.Body.AsSpan()) is not null)
            {
                writer.WritePropertyName("record");
                writer.WriteRawValue(record.Body.AsSpan());
            }
            else
            {
                writer.WriteBase64String("unreadable", record.Body.AsSpan());
            }

            writer.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <summary>Heads that the second sink knows, and what is wrong with it; a finding of number 0 when it is not there.</summary>
    private static async Task<(ImmutableArray<AuditHead> Heads, ImmutableArray<AuditFinding> Findings)> SecondAsync(HeadFile? second,
        CancellationToken cancellation)
    {
        if (second is null) return ([], []);
        try
        {
            (ImmutableArray<AuditHead> heads, ImmutableArray<long> unreadable) = await second.ReadAsync(cancellation);
            return (heads,
                [.. unreadable.Select(l => new AuditFinding(AuditFinding.SecondSink, null,
                    string.Create(CultureInfo.InvariantCulture,
                        $"Line {l} of the second sink '{second.Path}' is not a head: the file was damaged or edited.")))]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ([], [new AuditFinding(AuditFinding.SecondSink, 0, $"The second sink '{second.Path}' is not there.")]);
        }
    }
}
