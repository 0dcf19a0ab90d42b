using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Reports.Json;

/// <summary>Writes documents as JSON: UTF-8, one user per line, never more than one user in memory.</summary>
public static class JsonReports
{
    /// <summary>Writes a plan or a run.</summary>
    public static async Task WriteAsync(Report report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ReportJson json = ReportJson.For(report.Head);
        byte[] head = Head(report.Head);
        await output.WriteAsync(head.AsMemory(0, head.Length - 1), cancellation); // without its last brace
        await output.WriteAsync(",\"users\":["u8.ToArray(), cancellation);
        ArrayBufferWriter<byte> line = new();
        bool first = true;
        await foreach (UserEntry user in report.Users(cancellation).WithCancellation(cancellation))
        {
            line.ResetWrittenCount();
            line.Write(first ? "\n"u8 : ",\n"u8);
            using (Utf8JsonWriter writer = new(line, ReportJson.Writing)) JsonSerializer.Serialize(writer, user, json.User);
            await output.WriteAsync(line.WrittenMemory, cancellation);
            first = false;
        }

        await output.WriteAsync("]}\n"u8.ToArray(), cancellation);
    }

    /// <summary>Writes the history of runs.</summary>
    public static async Task WriteAsync(RunsDocument runs, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(runs, ReportJson.OfRuns.Runs), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    /// <summary>Writes who ended with fewer methods.</summary>
    public static async Task WriteAsync(RecoveryDocument recovery, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(recovery, ReportJson.OfRuns.Recovery), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    /// <summary>Writes the history of one user.</summary>
    public static async Task WriteAsync(HistoryDocument history, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(history, ReportJson.OfRuns.History), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    /// <summary>Writes what a user has.</summary>
    public static async Task WriteAsync(MethodsDocument methods, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(methods, ReportJson.OfRuns.Methods), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    /// <summary>Writes an error.</summary>
    public static async Task WriteAsync(ErrorDocument error, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error, ReportJson.OfPlans.Error), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    internal static byte[] Head(ReportHead head) => head switch
    {
        PlanDocument plan => JsonSerializer.SerializeToUtf8Bytes(plan, ReportJson.OfPlans.Plan),
        RunDocument run => JsonSerializer.SerializeToUtf8Bytes(run, ReportJson.OfRuns.Run),
        // ReportHead is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(head)),
    };
}
