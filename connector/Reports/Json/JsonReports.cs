using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    public static Task WriteAsync(RunsDocument runs, Stream output, CancellationToken cancellation) =>
        WholeAsync(runs, ReportJson.OfRuns.Runs, output, cancellation);

    /// <summary>Writes who ended with fewer methods.</summary>
    public static Task WriteAsync(RecoveryDocument recovery, Stream output, CancellationToken cancellation) =>
        WholeAsync(recovery, ReportJson.OfRuns.Recovery, output, cancellation);

    /// <summary>Writes the history of one user.</summary>
    public static Task WriteAsync(HistoryDocument history, Stream output, CancellationToken cancellation) =>
        WholeAsync(history, ReportJson.OfRuns.History, output, cancellation);

    /// <summary>Writes what a user has.</summary>
    public static Task WriteAsync(MethodsDocument methods, Stream output, CancellationToken cancellation) =>
        WholeAsync(methods, ReportJson.OfRuns.Methods, output, cancellation);

    /// <summary>Writes an error.</summary>
    public static Task WriteAsync(ErrorDocument error, Stream output, CancellationToken cancellation) =>
        WholeAsync(error, ReportJson.OfPlans.Error, output, cancellation);

    /// <summary>A small document, on one line.</summary>
    private static async Task WholeAsync<T>(T document, JsonTypeInfo<T> form, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document, form), cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    internal static byte[] Head(ReportHeader head) => head switch
    {
        PlanDocument plan => JsonSerializer.SerializeToUtf8Bytes(plan, ReportJson.OfPlans.Plan),
        RunDocument run => JsonSerializer.SerializeToUtf8Bytes(run, ReportJson.OfRuns.Run),
        // ReportHeader is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(head)),
    };
}
